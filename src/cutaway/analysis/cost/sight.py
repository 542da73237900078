"""How much of the model's input each output sees: receptive fields, through branches.

Source: Araujo, Norris & Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019: a window of
`width` taps, `dilation` apart, that moves by `stride`, widens the field r to r + (width - 1) × dilation × j and the
effective stride j (how far apart neighbours lie in the input) to j × stride; of several paths the largest counts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import inf
from typing import Final, TypeAlias

from cutaway.analysis.cost.cost import Lengths
from cutaway.analysis.order import ordered
from cutaway.analysis.shapes.call import Rule, call_of
from cutaway.analysis.traverse import index
from cutaway.graph import Dim, Graph
from cutaway.record import record, replace

Length: TypeAlias = int | Fraction | float
"""A length in steps of the model's input; infinite for the whole of it."""


@record
class Sight:
    """What one output sees of the input, for each spatial axis.

    `fields` and `jumps` are None where they are unknown, `extents` the sizes of the input; `mixed` says that the axes
    are no longer those of the input, as after a reshape, so that fields and jumps are not told, until all is seen.
    `steps` are how far the layer's own window moves.
    """

    fields: tuple[Length, ...] | None = None
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
        found = [extent if field == inf else _exact(field) for field, extent in pairs]
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
        return self.fields is not None and all(field == inf for field in self.fields)


UNKNOWN: Final = Sight()
EACH_STEP: Final = "TimeDistributed"
"""The class of the scopes in which a model runs at each step of a sequence."""


def whole(sight: Sight, axes: Iterable[int] | None = None) -> Sight:
    """Return what is seen after all places along some axes, or along all, were put together."""
    if sight.fields is None:
        return UNKNOWN
    chosen = set(range(len(sight.fields)) if axes is None else axes)
    fields = tuple([inf if axis in chosen else field for axis, field in enumerate(sight.fields)])
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
    fields = tuple([max(column) for column in zip(*(part.fields or () for part in known), strict=True)])
    jumps = tuple([_jump(column) for column in zip(*(part.jumps for part in known), strict=True)])
    extents = tuple([_extent(column) for column in zip(*(part.extents for part in known), strict=True)])
    return Sight(fields=fields, jumps=jumps, extents=extents, mixed=any(part.mixed for part in parts))


def widened(sight: Sight, windows: Sequence[tuple[Length, Length]]) -> Sight:
    """Return what is seen through windows on the last axes: how far each reaches beyond one place, and its stride."""
    if sight.fields is None or len(windows) > len(sight.fields):
        return UNKNOWN
    if sight.mixed:
        return sight
    first = len(sight.fields) - len(windows)
    fields, jumps = list(sight.fields), list(sight.jumps)
    for axis, (reach, stride) in enumerate(windows, first):
        fields[axis] += reach * jumps[axis] if fields[axis] != inf else 0
        jumps[axis] *= stride
    steps = tuple([_exact(stride) for _, stride in windows])
    return replace(sight, fields=tuple(fields), jumps=tuple(jumps), steps=steps)


def entered(shape: Sequence[Dim] | None) -> Sight:
    """Return what an input sees of itself; its spatial axes are those between the batch and the last one."""
    if shape is None:
        return UNKNOWN
    count = max(len(shape) - 2, 0)
    return Sight(fields=(1,) * count, jumps=(1,) * count, extents=tuple(shape[1:-1]))


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
    found: dict[str, Sight] = {}
    inputs = set(graph.inputs)
    for each in ordered(graph):
        node, call = nodes[each], call_of(nodes[each], rules)
        if each in inputs:
            found[each] = entered(node.outputs[0].tensor.shape) if node.outputs else UNKNOWN
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
