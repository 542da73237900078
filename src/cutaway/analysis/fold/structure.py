"""What a block is by its structure alone, by the name that papers give to that; nothing where there is none."""

from collections.abc import Sequence
from typing import Final

from cutaway.analysis.fold.called import Called, change, known
from cutaway.analysis.fold.convolutional import chain, residual
from cutaway.analysis.fold.filters import channels_before, filter_of
from cutaway.analysis.fold.folded import Pattern
from cutaway.analysis.fold.sketch import Sketch
from cutaway.analysis.fold.trail import Step, is_attention, trail
from cutaway.analysis.fold.transformer import transformer
from cutaway.record import replace

_SLICES: Final = frozenset({"GetItem", "StridedSlice"})
_PATCHES: Final = 4


def structure(pattern: Pattern) -> Called | None:
    """Return what a block is by its structure; None where no paper's name is sure to fit."""
    sketch = Sketch(pattern)
    steps = trail(sketch)
    if steps:
        return _merging(steps, sketch) or _shifted(_way(steps), pattern)
    from cutaway.analysis.fold.parallel import parallel

    return parallel(sketch)


def _merging(steps: Sequence[Step], sketch: Sketch) -> Called | None:
    """Name slices of a tensor, joined and mixed: what one patch of four has from now on (Liu et al. 2021, figure 3)."""
    slices = [node for node in sketch.nodes.values() if node.operation in _SLICES]
    if len(steps) != 2 or steps[0].node.operation != "Concatenate" or len(slices) != _PATCHES:
        return None
    if any(sketch.channels(each.inputs) != sketch.channels(each.outputs) for each in slices):
        return None  # parts of the channels, not of the places
    mixing = filter_of(steps[1].node)
    if mixing is None or not mixing.is_pointwise or len(steps[0].node.inputs) != _PATCHES:
        return None
    return Called("Patch merging", known(change(channels_before(steps[0].node), mixing.channels), "/2"))


def _shifted(name: Called | None, pattern: Pattern) -> Called | None:
    """Say that windows are shifted where the tensors are rolled before an attention (Liu et al. 2021, section 3.2)."""
    attentions = sum(map(is_attention, pattern.graph.nodes))
    if name is None or not attentions or not any(node.operation == "Roll" for node in pattern.graph.nodes):
        return name
    words = "shifted windows" if attentions == 1 else "some windows shifted"
    return (
        name if any("shifted" in detail for detail in name.details) else replace(name, details=(*name.details, words))
    )


def _way(steps: Sequence[Step]) -> Called | None:
    """Name a block that is a way from one tensor to another."""
    whole = chain(steps) if all(step.how in {"layer", "gate"} for step in steps) else transformer(steps)
    if whole is not None:
        return whole
    if len(steps) == 1:
        return _joined(steps) or (residual(steps[0]) if steps[0].how == "residual" else None)
    return _joined(steps) or _several(steps)


def _joined(steps: Sequence[Step]) -> Called | None:
    """Name layers of which each joins what it makes to what it reads (Huang et al. 2017, figure 1)."""
    growths: list[int | None] = []
    for step in steps:
        filters = [filter_of(each.node) for each in step.inner if each.how != "gate"]
        if step.how != "joined" or step.skip or not filters or None in filters:
            return None
        last = filters[-1]
        growths.append(last.channels if last else None)
    growth = known(f"growth {growths[0]}") if len(set(growths)) == 1 and growths[0] is not None else ()
    if len(steps) == 1:
        return Called("Dense layer", growth, widens=True)
    return Called("Dense block", (f"{len(steps)} dense layers", *growth), widens=True)


def _several(steps: Sequence[Step]) -> Called | None:
    """Name several residuals of one name behind each other."""
    names = [residual(step) if step.how == "residual" else None for step in steps]
    titles = {name.title for name in names if name}
    if None in names or len(titles) != 1:
        return None
    title = titles.pop()
    details = [name.details for name in names if name]
    return Called(f"{len(steps)} {title}s", details[0] if len(set(details)) == 1 else ())
