"""How much of the model's input each output sees: receptive fields, through branches.

Source: Araujo, Norris & Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019: a window of
`width` taps, `dilation` apart, that moves by `stride`, widens the field r to r + (width - 1) × dilation × j and the
effective stride j (how far apart neighbours lie in the input) to j × stride; of several paths the largest counts. What
lies between the places of a grid is counted exactly (`Span`), as perturbing single elements of the input shows it.
Each axis of the input is followed to where it lies (`Axis`), and never recognised by its size.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from math import inf

from cutaway.analysis.cost.axis import Axis, exact
from cutaway.analysis.cost.axis import joined as joined_axes
from cutaway.analysis.cost.cost import Lengths
from cutaway.analysis.cost.span import Length
from cutaway.analysis.shapes.call import Rule, call_of
from cutaway.analysis.shapes.dims import Shape
from cutaway.analysis.traverse import index, ordered
from cutaway.graph import Dim, Edge, Graph, Node, Port
from cutaway.record import Record, replace


class Sight(Record):
    """What one output sees of the input: its spatial axes, and how far the layer's own window moves.

    None is unknown, and () says that there is no such axis, or no window.
    """

    axes: tuple[Axis, ...] | None = None
    stride: Lengths | None = None

    @property
    def receptive_field(self) -> Lengths | None:
        """How much of each axis is seen; None where that is unknown."""
        if self.axes is None:
            return None
        found = tuple([seen for axis in self.axes if (seen := axis.seen) is not None])
        return found if len(found) == len(self.axes) else None

    @property
    def effective_stride(self) -> Lengths | None:
        """How far apart neighbours lie; None where that is unknown, () where there are none."""
        if self.axes is None or any(axis.jump != inf and not axis.is_clean for axis in self.axes):
            return None
        return () if any(axis.jump == inf for axis in self.axes) else tuple([exact(axis.jump) for axis in self.axes])

    def each(self, change: Callable[[Axis], Axis]) -> "Sight":
        """Return the sight with each axis changed that goes on anywhere."""
        if not self.axes:
            return self
        return replace(self, axes=tuple([change(axis) if axis.places else axis for axis in self.axes]))


UNKNOWN = Sight()
EACH_STEP = "TimeDistributed"
"""The class of the scopes in which a model runs at each step of a sequence."""


def put_together(sight: Sight, places: Iterable[int], sizes: Sequence[Dim]) -> Sight:
    """Return what is seen after all that lies along some axes of a tensor of such `sizes` was put together."""
    chosen = frozenset(places)
    return sight.each(lambda axis: axis.put_together(chosen, sizes))


def widened(sight: Sight, places: Iterable[int], windows: Sequence[tuple[Length, Length]]) -> Sight:
    """Return what is seen through windows on some axes: how far each reaches beyond one place, and its stride."""
    found = dict(zip(places, windows, strict=True))

    def through(axis: Axis) -> Axis:
        for place in axis.places:
            axis = axis.widened(*found[place]) if place in found else axis
        return axis

    return replace(sight.each(through), stride=tuple([exact(stride) for _, stride in windows]))


def joined(parts: Sequence[Sight]) -> Sight:
    """Return what is seen through several paths: the most of each axis. Inputs without spatial axes add nothing."""
    parts = [part for part in parts if part.axes != ()] or list(parts[:1])
    if not parts:
        return Sight(axes=())
    known = [part.axes for part in parts if part.axes is not None]
    if len(known) < len(parts) or len({len(axes) for axes in known}) > 1:
        return UNKNOWN
    return Sight(axes=tuple([joined_axes(column) for column in zip(*known, strict=True)]))


def entered(shape: Sequence[Dim] | None, *, channels_first: bool = False) -> Sight:
    """Return what an input sees of itself; its spatial axes are those between the batch and the channels, or behind."""
    if shape is None:
        return UNKNOWN
    places = range(2, len(shape)) if channels_first else range(1, len(shape) - 1)
    return Sight(axes=tuple([Axis(extent=shape[place], places=(place,)) for place in places]), stride=())


def of_each(sight: Sight, see: Callable[[Sight], Sight]) -> Sight:
    """Return what is seen where `see` runs for each place of the first axis behind the batch apart."""
    return see(sight.each(lambda axis: axis.shifted(-1))).each(lambda axis: axis.shifted(1))


def sights(graph: Graph, rules: Mapping[str, Rule], scopes: Mapping[str, str | None]) -> Mapping[str, Sight]:
    """Return what each node's outputs see of the model's inputs; `scopes` say where each node runs."""
    from cutaway.analysis.cost.seeing import seen

    nodes = {node.id: node for node in graph.nodes}
    edges: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        edges.setdefault(edge.target, []).append(edge)
    apart = _apart(graph)
    formats = [each for node in graph.nodes if isinstance(each := node.attributes.get("data_format"), str)]
    channels_first = set(formats) == {"channels_first"}
    found: dict[str, Sight] = {}
    inputs = set(graph.inputs)
    for each in ordered(graph):
        node = nodes[each]
        if each in inputs:
            found[each] = entered(_shape(node.outputs, 0), channels_first=channels_first)
            continue
        depth, around = (apart.get(scope or "", 0) for scope in (node.scope, scopes.get(each)))
        parts = []
        for edge in edges.get(each, ()):
            source = found.get(edge.source, UNKNOWN)
            outside = apart.get(scopes.get(edge.source) or "", 0) - depth
            parts.append(_arriving(source, edge, nodes, outside))
        before = replace(joined(parts), stride=())
        leaves = scopes.get(each) != node.scope
        after = before if leaves else seen(before, call_of(node, rules), node)
        found[each] = after.each(partial(Axis.shifted, by=depth - around)) if depth != around else after
    return {node: found.get(node, UNKNOWN) for node in nodes}


def _arriving(sight: Sight, edge: Edge, nodes: Mapping[str, Node], outside: int) -> Sight:
    """Return what is seen of a source, with its axes as they stand among those of the other inputs.

    Axes are aligned at the last one. Of what a layer returns besides, it is unknown how its axes lie.
    """
    if not sight.axes:
        return sight
    source, target = nodes.get(edge.source), nodes[edge.target]
    first, own = (None if source is None else _shape(source.outputs, place) for place in (0, edge.source_port))
    if edge.source_port and (first is None or own is None or len(first) != len(own)):
        return sight.each(lambda axis: axis.moved({}))
    here = _shape(target.inputs, edge.target_port)
    ranks = [len(port.tensor.shape or ()) for port in target.inputs]
    more = max(ranks, default=0) - len(here) if here is not None else 0
    aligned = {place: place + more for place in range(1, max(ranks, default=0))}
    return sight.each(lambda axis: axis.shifted(outside).moved(aligned)) if outside or more else sight


def _shape(ports: Sequence[Port], place: int) -> Shape | None:
    return ports[place].tensor.shape if place < len(ports) else None


def _apart(graph: Graph) -> Mapping[str, int]:
    """Return how many axes of steps lie outside of what a node in each scope sees."""
    known = index(graph)
    return {
        scope.id: sum(known.scopes[each].op == EACH_STEP for each in (*known.enclosing(scope.id), scope.id))
        for scope in graph.scopes
    }
