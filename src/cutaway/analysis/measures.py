"""The numbers that tables and figures show, by name: what each is called, its unit, its values and its totals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from cutaway.analysis.count import Counting, Parameters, count
from cutaway.analysis.traverse import Index, index
from cutaway.errors import InputError
from cutaway.graph import Graph, Node
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from cutaway.analysis.cost import Cost, Lengths
    from cutaway.analysis.rules import Given


class Unit(StrEnum):
    """What a number counts."""

    COUNT = "count"
    BYTES = "bytes"
    LENGTH = "length"


class Measure(Record):
    """A number that can be had of every node, and of any set of them; `title` stands above its column."""

    name: str
    title: str
    unit: Unit


class Amount(Record):
    """A number, None where nothing is known of it; where it is not `exact`, it is at least that.

    `axes` are the lengths of which `value` is the largest, one for each spatial axis, () where there is none.
    """

    value: "int | Fraction | None" = None
    exact: bool = True
    axes: "Lengths | None" = None


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.name: measure
        for measure in (
            Measure(name="parameters", title="Parameters", unit=Unit.COUNT),
            Measure(name="trainable", title="Trainable", unit=Unit.COUNT),
            Measure(name="non_trainable", title="Non-trainable", unit=Unit.COUNT),
            Measure(name="macs", title="Multiply–adds", unit=Unit.COUNT),
            Measure(name="flops", title="FLOPs", unit=Unit.COUNT),
            Measure(name="memory", title="Activations", unit=Unit.BYTES),
            Measure(name="weight_memory", title="Weights", unit=Unit.BYTES),
            Measure(name="receptive_field", title="Receptive field", unit=Unit.LENGTH),
            Measure(name="stride", title="Stride", unit=Unit.LENGTH),
            Measure(name="effective_stride", title="Effective stride", unit=Unit.LENGTH),
        )
    }
)
"""All measures, in the order in which they are listed."""


class Measured:
    """The amounts of one measure in a graph, by the ids of its nodes and scopes alike.

    That of a scope is the total over all nodes in it, at any depth. A weight is counted once in a total, however many
    nodes share it; of lengths the total is the largest.
    """

    def __init__(
        self,
        measure: Measure,
        known: Index,
        amount: Callable[[Sequence[Node]], Amount],
        totals: Callable[[], Mapping[str | None, Amount]],
    ) -> None:
        self.measure = measure
        self._known = known
        self._amount = amount
        self._make_totals = totals
        self._made: Mapping[str | None, Amount] | None = None

    def __getitem__(self, identity: str) -> Amount:
        """Return the amount of a node or a scope; raises KeyError for what is neither."""
        node = self._known.nodes.get(identity)
        if node is not None:
            return self._amount((node,))
        found = self._totals.get(identity)
        if found is None:  # it lies nowhere, as in a broken graph
            self._known.scopes[identity]
            found = self.total(self._known.inside(identity))
        return found

    def total(self, nodes: Iterable[str] | None = None) -> Amount:
        """Return the amount of several nodes together, by their ids, or of the whole graph."""
        if nodes is None:
            return self._totals[None]
        return self._amount([self._known.nodes[node] for node in dict.fromkeys(nodes)])

    @property
    def _totals(self) -> Mapping[str | None, Amount]:
        """The amounts of all scopes, and, by None, of the whole graph."""
        if self._made is None:
            self._made = self._make_totals()
        return self._made


class Measures:
    """All measures of one graph whose shapes and weights are complete; costs are worked out once, when first asked for.

    `rules` are the caller's own, by class name.

        Measures(graph)["macs"].total().value
    """

    def __init__(self, graph: Graph, rules: "Given | None" = None) -> None:
        self.graph = graph
        self._rules = rules
        self._known = index(graph)
        self._costs: Mapping[str, Cost] | None = None
        self._held: Mapping[str | None, tuple[Parameters, int]] | None = None

    def __getitem__(self, name: str) -> Measured:
        """Return what is measured under a name of MEASURES; raises InputError for another name."""
        if name not in MEASURES:
            raise InputError(f"cannot measure {name!r}: choose from {', '.join(MEASURES)}")
        measure = MEASURES[name]
        if name in _COUNTED:
            numbers = _COUNTED[name]
            return Measured(measure, self._known, partial(_counted, numbers), lambda: self._counted_totals(numbers))
        costs, of_cost = self.costs, _COSTS[name]
        together = _largest if measure.unit is Unit.LENGTH else _sum

        def amount(nodes: Sequence[Node]) -> Amount:
            return together([of_cost(costs[node.id]) for node in nodes])

        return Measured(measure, self._known, amount, lambda: self._summed_totals(amount, together))

    @property
    def costs(self) -> "Mapping[str, Cost]":
        """The costs of all nodes, by id."""
        if self._costs is None:
            from cutaway.analysis.cost import costs

            self._costs = costs(self.graph, self._rules)
        return self._costs

    @property
    def counts(self) -> Mapping[str | None, tuple[Parameters, int]]:
        """The weights in each scope and, by None, in the whole graph, and in how many nodes they are."""
        if self._held is None:
            self._held = _counts(self._known)
        return self._held

    def _counted_totals(self, numbers: "_Numbers") -> Mapping[str | None, Amount]:
        """Return one number of the weights in each scope, and in all."""
        return {scope: _as_amount(numbers(found), nodes) for scope, (found, nodes) in self.counts.items()}

    def _summed_totals(
        self, amount: Callable[[Sequence[Node]], Amount], together: Callable[[Sequence[Amount]], Amount]
    ) -> Mapping[str | None, Amount]:
        """Return the amount of each scope, from those of its own nodes and of the scopes in it, if they hold any."""
        known = self._known
        found: dict[str | None, Amount] = {None: amount(self.graph.nodes)}
        holding = set()
        for scope in known.inmost_first():
            inner = [each for each in known.children.get(scope, ()) if each in holding]
            own = [known.nodes[node] for node in known.members.get(scope, ())]
            if own or inner:
                holding.add(scope)
            found[scope] = together([*([amount(own)] if own else ()), *[found[each] for each in inner]])
        return found


def measured(graph: Graph, name: str, rules: "Given | None" = None) -> Measured:
    """Return one measure of a graph; for several of them, Measures works out the costs once."""
    return Measures(graph, rules)[name]


def _sum(parts: Sequence[Amount]) -> Amount:
    """Return the sum of what is known; None where there is something, and nothing of it is known."""
    known = [part.value for part in parts if part.value is not None]
    exact = all(part.exact for part in parts)
    return Amount(value=sum(known) if known or not parts else None, exact=exact)


def _largest(parts: Sequence[Amount]) -> Amount:
    """Return the largest length that is known."""
    none = Amount(axes=()) if all(part.exact for part in parts) else Amount(exact=False)
    return max([part for part in parts if part.value], key=lambda part: part.value or 0, default=none)


def _number(value: int | None, *, exact: bool) -> Amount:
    return Amount(value=value, exact=value is not None and (exact or value == 0))


def _lengths(axes: "Lengths | None") -> Amount:
    return Amount(exact=False) if axes is None else Amount(value=max(axes, default=None), axes=axes)


def _counts(known: Index) -> Mapping[str | None, tuple[Parameters, int]]:
    nodes = known.graph.nodes
    found: dict[str | None, tuple[Parameters, int]] = {None: (count(nodes), len(nodes))}
    counting: dict[str, Counting] = {}
    for scope in known.inmost_first():
        held = Counting()
        for node in known.members.get(scope, ()):
            held.add(known.nodes[node])
        for child in known.children.get(scope, ()):
            held = held.with_all_of(counting.pop(child))
        found[scope], counting[scope] = (held.parameters(), held.nodes), held
    return found


def _counted(numbers: "_Numbers", nodes: Sequence[Node]) -> Amount:
    return _as_amount(numbers(count(nodes)), len(nodes))


def _as_amount(number: tuple[int, bool], nodes: int) -> Amount:
    value, exact = number
    return Amount(value=value if exact or value or nodes > 1 else None, exact=exact)


_Numbers = Callable[[Parameters], tuple[int, bool]]
_COSTS: "Mapping[str, Callable[[Cost], Amount]]" = MappingProxyType(
    {
        "macs": lambda cost: _number(cost.multiply_adds, exact=cost.exact),
        "flops": lambda cost: _number(cost.flops, exact=cost.exact),
        "memory": lambda cost: _number(cost.activation_bytes, exact=cost.exact),
        "receptive_field": lambda cost: _lengths(cost.receptive_field),
        "stride": lambda cost: _lengths(cost.stride),
        "effective_stride": lambda cost: _lengths(cost.effective_stride),
    }
)
_COUNTED: Mapping[str, _Numbers] = MappingProxyType(
    {
        "parameters": lambda found: (found.total, found.exact),
        "trainable": lambda found: (found.trainable, found.exact and not found.untold),
        "non_trainable": lambda found: (found.non_trainable, found.exact and not found.untold),
        "weight_memory": lambda found: (found.bytes, found.bytes_exact),
    }
)
