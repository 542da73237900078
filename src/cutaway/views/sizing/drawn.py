"""What the axes of drawn outputs mean: of single layers, of several in one box, of blocks and closed models."""

from collections.abc import Mapping

from cutaway.analysis.reduction import Reduction
from cutaway.graph import Graph, Tensor
from cutaway.typed import TYPE_CHECKING
from cutaway.views.sizing.axes import Axes, known_size
from cutaway.views.sizing.meaning import axes_of, meanings

if TYPE_CHECKING:
    from cutaway.views.preparing import Prepared


def drawn_axes(prepared: "Prepared") -> Mapping[str, tuple[Axes, ...]]:
    """Return the axes of all outputs of what is drawn, by the ids of drawn nodes; worked out once for all sizes."""
    if not prepared.axes:
        prepared.axes.update(axes_after(prepared.known, prepared.reduction))
    return prepared.axes


def axes_after(known: Graph, reduction: Reduction) -> dict[str, tuple[Axes, ...]]:
    """Return the axes of all outputs of what is left of a graph: those of the layers that the outputs are."""
    found, drawn = meanings(known), reduction.graph
    if drawn is known:
        return found
    ports = _ports(known, reduction)

    def axes(node: str, place: int, tensor: Tensor) -> Axes | None:
        source, port = ports.get((node, place), (node, place))
        each = found.get(source, ())
        return _sized(each[port], tensor) if port < len(each) else None

    return {
        node.id: tuple(
            [axes(node.id, place, port.tensor) or axes_of(node, port.tensor) for place, port in enumerate(node.outputs)]
        )
        for node in drawn.nodes
    }


def _ports(known: Graph, reduction: Reduction) -> dict[tuple[str, int], tuple[str, int]]:
    """Return which output of which layer each output of what is drawn is, as far as anything reads it."""
    stands_for, drawn = reduction.stands_for, reduction.graph
    edges = {edge.id: edge for edge in known.edges}
    own: dict[str, frozenset[str]] = {}
    found = {
        (left.node, left.port): (output.node, output.port)
        for left, output in zip(drawn.outputs, known.outputs, strict=False)
    }
    for edge in drawn.edges:
        key = (edge.source, edge.source_port)
        if key in found:
            continue
        if edge.source not in own:
            own[edge.source] = frozenset((edge.source, *stands_for.get(edge.source, ())))
        for each in (edge.id, *stands_for.get(edge.id, ())):
            told = edges.get(each)
            if told is not None and told.source in own[edge.source]:
                found[key] = (told.source, told.source_port)
                break
    return found


def _sized(axes: Axes, tensor: Tensor) -> Axes | None:
    """Return the axes with the sizes that are drawn, which of several blocks in one may be others; None if no such."""
    if axes.names is None or tensor.shape is None or len(tensor.shape) != len(axes.names) + 1:
        return None
    return Axes(names=axes.names, sizes=tuple([known_size(dim) for dim in tensor.shape[1:]]))
