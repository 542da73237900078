"""What is said of a stage: the size that its volumes share, and their channels."""

from collections.abc import Sequence

from cutaway.graph import Dim, Kind, Node, Tensor
from cutaway.record import Record
from cutaway.theme import Theme
from cutaway.views.parts.box import TextLine
from cutaway.views.sizing import Axes
from cutaway.views.spelling import shape_text

Stage = tuple[object, ...]
"""What the volumes of one stage have in common."""


class Seen(Record):
    """A node with the output that it is drawn as, and what its axes mean."""

    node: Node
    tensor: Tensor
    axes: Axes

    @property
    def stage(self) -> Stage:
        """What it shares with its neighbours: all sizes but channels, or the whole of a vector."""
        dims = self.dims
        if self.axes.names is None:
            return ("?",)
        if self.axes.is_vector:
            return ("vector", *dims)
        return tuple(
            [(name, dim) for name, dim in zip(self.axes.names, dims, strict=True) if name not in {"channels", "heads"}]
        )

    @property
    def dims(self) -> tuple[Dim, ...]:
        """The sizes without the batch, or their names."""
        shape = (self.tensor.shape or (None,))[1:]
        return shape if len(shape) == len(self.axes.sizes) else self.axes.sizes

    def all(self, *names: str) -> tuple[Dim, ...]:
        """Return the sizes of the axes that mean one of these."""
        return tuple([dim for name, dim in zip(self.axes.names or (), self.dims, strict=True) if name in names])


def caption(stage: Sequence[Seen], theme: Theme, *, is_short: bool = False) -> tuple[TextLine, ...]:
    """Say how large the volumes of a stage are, and how their channels change; a short one only has the last."""
    first, sizes = stage[0], theme.sizes
    bold = TextLine(text=_size(first), size=sizes.detail, weight=700, role="ink")
    if first.axes.names is None or first.axes.is_vector or not first.axes.names:
        return (bold,)
    steps: list[str] = []
    for seen in stage:
        text = "×".join(map(_dim, seen.all("heads", "channels")))
        if text and (not steps or steps[-1] != text):
            steps.append(text)
    if is_short and len(steps) > 1:
        steps = ["…", steps[-1]]
    if len(steps) > _MOST:
        steps = [*steps[:2], "…", steps[-1]]
    if not steps:
        return (bold,)
    if first.axes.is_sequence and len(steps) == 1:
        return (TextLine(text=f"{bold.text} × {steps[0]}", size=sizes.detail, weight=700, role="ink"),)
    return (bold, TextLine(text=" → ".join(steps), size=sizes.detail))


_MOST = 4


def _size(seen: Seen) -> str:
    axes = seen.axes
    if axes.names is None:
        return "?"
    if not axes.names:
        return "scalar"
    if axes.is_vector:
        return _dim(seen.dims[0])
    spatial = seen.all("depth", "height", "width", "length", "other")
    if not spatial:
        return shape_text(seen.tensor.shape)
    if len(spatial) in {2, 3} and len(set(spatial)) == 1 and isinstance(spatial[0], int) and axes.is_image:
        return f"{spatial[0]}{'²³'[len(spatial) - 2]}"
    return "×".join(map(_dim, spatial))


def _dim(dim: Dim) -> str:
    return "?" if dim is None else str(dim)


def named(name: str, tensor: Tensor, theme: Theme, detail: str = "") -> tuple[TextLine, ...]:
    """Return the name of an input or output, with its shape."""
    sizes = theme.sizes
    shape = shape_text(tensor.shape)
    text = f"{shape}, {detail}" if detail else shape
    return (
        TextLine(text=name, size=sizes.detail, weight=700, role="ink"),
        TextLine(text=text, size=sizes.detail),
    )


THIN = frozenset(
    {Kind.INPUT, Kind.NORMALIZATION, Kind.ACTIVATION, Kind.REGULARIZATION, Kind.RESHAPE, Kind.PREPROCESSING}
)
"""Kinds that change nothing about the size of a tensor, or hold it only."""
ASIDE = THIN | {Kind.MERGE, Kind.OTHER}
"""Kinds that stand beside the layer of a vector of the same size."""
