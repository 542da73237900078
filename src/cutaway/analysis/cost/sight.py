"""How much of the model's input each output sees: receptive fields, through branches.

Source: Araujo, Norris & Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019: a window of
`width` taps, `dilation` apart, that moves by `stride`, widens the field r to r + (width - 1) × dilation × j and the
effective stride j (how far apart neighbours lie in the input) to j × stride; of several paths the largest counts. What
lies between the places of a grid is counted exactly (`Span`), as perturbing single elements of the input shows it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import inf
from operator import attrgetter
from typing import Final

from cutaway.analysis.cost.cost import Lengths
from cutaway.analysis.cost.span import ONE, WHOLE, Length, Span
from cutaway.analysis.order import ordered
from cutaway.analysis.shapes.call import Rule, call_of
from cutaway.analysis.traverse import index
from cutaway.graph import Dim, Graph
from cutaway.record import record, replace


@record
class Sight:
    """What one output sees of the input, for each spatial axis.

    `fields` and `jumps` are None where they are unknown, `extents` the sizes of the input; `mixed` says that the axes
    are no longer those of the input, as after a reshape, so that fields and jumps are not told, until all is seen.
    `steps` are how far the layer's own window moves.
    """

    fields: tuple[Span, ...] | None = None
    jumps: tuple[Length, ...] = ()
    extents: tuple[Dim, ...] = ()
    mixed: bool = False
    steps: Lengths | None = None

    @property
    def receptive_field(self) -> Lengths | None:
        """The field, the whole input being as large as it is; None where that, or the field, is unknown."""
        if not self.fields or (self.mixed and not self.is_whole):
            return None
        pairs = zip(self.fields, self.extents, strict=True)
        found = [extent if field == WHOLE else _exact(field.length) for field, extent in pairs]
        known = tuple([each for each in found if isinstance(each, int | Fraction)])
        return known if len(known) == len(found) else None

    @property
    def effective_stride(self) -> Lengths | None:
        """How far apart neighbours lie; None where there are no neighbours."""
        if not self.fields or self.mixed or not self.jumps or inf in self.jumps:
            return None
        return tuple([_exact(each) for each in self.jumps])

    @property
    def stride(self) -> Lengths | None:
        """How far the layer's own window moves."""
        return self.steps

    @property
    def is_whole(self) -> bool:
        """Whether all of the input is seen."""
        return self.fields is not None and all(field == WHOLE for field in self.fields)


UNKNOWN: Final = Sight()
EACH_STEP: Final = "TimeDistributed"
"""The class of the scopes in which a model runs at each step of a sequence."""


def whole(sight: Sight, axes: Iterable[int] | None = None) -> Sight:
    """Return what is seen after all places along some axes, or along all, were put together."""
    if sight.fields is None:
        return UNKNOWN
    chosen = set(range(len(sight.fields)) if axes is None else axes)
    fields = tuple([WHOLE if axis in chosen else field for axis, field in enumerate(sight.fields)])
    jumps = tuple([inf if axis in chosen else jump for axis, jump in enumerate(sight.jumps)])
    return replace(sight, fields=fields, jumps=jumps)


def joined(parts: Sequence[Sight]) -> Sight:
    """Return what is seen through several paths: the most of each axis. Inputs without spatial axes add nothing."""
    parts = [part for part in parts if part.fields != ()] or list(parts[:1])
    if not parts:
        return Sight(fields=())
    known = [part for part in parts if part.fields is not None]
    if len(known) < len(parts) or len({len(part.extents) for part in parts}) > 1:
        return UNKNOWN
    columns = zip(*(part.fields or () for part in known), strict=True)
    fields = tuple([max(column, key=attrgetter("length")) for column in columns])
    jumps = tuple([_jump(column) for column in zip(*(part.jumps for part in known), strict=True)])
    extents = tuple([_extent(column) for column in zip(*(part.extents for part in known), strict=True)])
    return Sight(fields=fields, jumps=jumps, extents=extents, mixed=any(part.mixed for part in parts))


def widened(sight: Sight, windows: Sequence[tuple[Length, Length]]) -> Sight:
    """Return what is seen through windows on the last axes: how far each reaches beyond one place, and its stride.

    With a stride that is no whole number the outputs lie on a grid between the places, and the window reaches so far
    on that one.
    """
    if sight.fields is None or len(windows) > len(sight.fields):
        return UNKNOWN
    if sight.mixed:
        return sight
    first = len(sight.fields) - len(windows)
    fields, jumps = list(sight.fields), list(sight.jumps)
    for axis, (reach, stride) in enumerate(windows, first):
        if Fraction(stride).denominator > 1:
            fields[axis] = fields[axis].between(jumps[axis], reach * jumps[axis] * stride)
        elif jumps[axis] != inf:
            fields[axis] = fields[axis].wider(reach * jumps[axis])
        jumps[axis] *= stride
    steps = tuple([_exact(stride) for _, stride in windows])
    return replace(sight, fields=tuple(fields), jumps=tuple(jumps), steps=steps)


def entered(shape: Sequence[Dim] | None, *, channels_first: bool = False) -> Sight:
    """Return what an input sees of itself; its spatial axes are those between the batch and the channels, or behind."""
    if shape is None:
        return UNKNOWN
    count = max(len(shape) - 2, 0)
    return Sight(fields=(ONE,) * count, jumps=(1,) * count, extents=tuple(shape[2:] if channels_first else shape[1:-1]))


def of_each(sight: Sight, count: int, see: Callable[[Sight], Sight]) -> Sight:
    """Return what is seen where `see` runs for each place of the first axes apart."""
    if count == 0 or sight.fields is None or sight.mixed or len(sight.fields) < count:
        return see(sight)
    rest = replace(sight, fields=sight.fields[count:], jumps=sight.jumps[count:], extents=sight.extents[count:])
    found = see(rest)
    if found.fields is None:
        return UNKNOWN
    return Sight(
        fields=(*sight.fields[:count], *found.fields),
        jumps=(*sight.jumps[:count], *found.jumps),
        extents=sight.extents,
        mixed=found.mixed,
        steps=found.steps,
    )


def sights(graph: Graph, rules: Mapping[str, Rule], scopes: Mapping[str, str | None]) -> Mapping[str, Sight]:
    """Return what each node's outputs see of the model's inputs; `scopes` say where each node runs."""
    from cutaway.analysis.cost.seeing import seen

    nodes = {node.id: node for node in graph.nodes}
    sources: dict[str, list[str]] = {}
    for edge in graph.edges:
        sources.setdefault(edge.target, []).append(edge.source)
    apart = _apart(graph)
    formats = [each for node in graph.nodes if isinstance(each := node.attributes.get("data_format"), str)]
    channels_first = set(formats) == {"channels_first"}
    found: dict[str, Sight] = {}
    inputs = set(graph.inputs)
    for each in ordered(graph):
        node, call = nodes[each], call_of(nodes[each], rules)
        if each in inputs:
            shape = node.outputs[0].tensor.shape if node.outputs else None
            found[each] = entered(shape, channels_first=channels_first)
            continue
        before = replace(joined([found.get(source, UNKNOWN) for source in sources.get(each, ())]), steps=None)
        leaves = scopes.get(each) != node.scope
        count = apart.get(node.scope or "", 0)
        found[each] = before if leaves else of_each(before, count, partial(seen, call=call, node=node))
    return {node: found.get(node, UNKNOWN) for node in nodes}


def _apart(graph: Graph) -> Mapping[str, int]:
    """Return how many axes of steps lie outside of what a node in each scope sees."""
    known = index(graph)
    return {
        scope.id: sum(known.scopes[each].op == EACH_STEP for each in (*known.enclosing(scope.id), scope.id))
        for scope in graph.scopes
    }


def _exact(length: Length) -> int | Fraction:
    """Return a finite length, a whole one as such."""
    exact = Fraction(length)
    return exact.numerator if exact.denominator == 1 else exact


def _jump(column: Sequence[Length]) -> Length:
    """Return the largest distance of neighbours; a path on which everything was put together has none."""
    return max([jump for jump in column if jump != inf], default=inf)


def _extent(column: Sequence[Dim]) -> Dim:
    sizes = [dim for dim in column if isinstance(dim, int)]
    return max(sizes) if len(sizes) == len(column) else None
