"""The numbers that tables and figures show, by name: what each is called, its unit, its values and its totals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cutaway.analysis.count import Parameters, count
from cutaway.analysis.traverse import index
from cutaway.errors import InputError
from cutaway.graph import Graph, Node
from cutaway.record import record

if TYPE_CHECKING:
    from cutaway.analysis.cost import Cost, Lengths
    from cutaway.analysis.rules import Given


class Unit(StrEnum):
    """What a number counts."""

    COUNT = "count"
    BYTES = "bytes"
    LENGTH = "length"


@record
class Measure:
    """A number that can be had of every node, and of any set of them; `title` stands above its column."""

    name: str
    title: str
    unit: Unit


@record
class Amount:
    """A number, None where nothing is known of it; where it is not `exact`, it is at least that.

    `axes` are the lengths of which `value` is the largest, one for each spatial axis.
    """

    value: int | Fraction | None = None
    exact: bool = True
    axes: "Lengths | None" = None


MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
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

    def __init__(self, graph: Graph, measure: Measure, amount: Callable[[Sequence[Node]], Amount]) -> None:
        self.measure = measure
        self._known = index(graph)
        self._amount = amount

    def __getitem__(self, identity: str) -> Amount:
        """Return the amount of a node or a scope; raises KeyError for what is neither."""
        node = self._known.nodes.get(identity)
        if node is not None:
            return self._amount((node,))
        self._known.scopes[identity]
        return self.total(self._known.inside(identity))

    def total(self, nodes: Iterable[str] | None = None) -> Amount:
        """Return the amount of several nodes together, by their ids, or of the whole graph."""
        found = self._known.nodes if nodes is None else dict.fromkeys(nodes)
        return self._amount([self._known.nodes[node] for node in found])


class Measures:
    """All measures of one graph whose shapes and weights are complete; costs are worked out once, when first asked for.

    `rules` are the caller's own, by class name.

        Measures(graph)["macs"].total().value
    """

    def __init__(self, graph: Graph, rules: "Given | None" = None) -> None:
        self.graph = graph
        self._rules = rules
        self._costs: Mapping[str, Cost] | None = None

    def __getitem__(self, name: str) -> Measured:
        """Return what is measured under a name of MEASURES; raises InputError for another name."""
        if name not in MEASURES:
            raise InputError(f"cannot measure {name!r}: choose from {', '.join(MEASURES)}")
        return Measured(self.graph, MEASURES[name], self._amounts(name))

    @property
    def costs(self) -> "Mapping[str, Cost]":
        """The costs of all nodes, by id."""
        if self._costs is None:
            from cutaway.analysis.cost import costs

            self._costs = costs(self.graph, self._rules)
        return self._costs

    def _amounts(self, name: str) -> Callable[[Sequence[Node]], Amount]:
        if name in _COUNTED:
            return _COUNTED[name]
        costs = self.costs
        of_cost = _COSTS[name]
        together = _largest if MEASURES[name].unit is Unit.LENGTH else _sum
        return lambda nodes: together([of_cost(costs[node.id]) for node in nodes])


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
    known = [part for part in parts if part.value is not None]
    return max(known, key=lambda part: part.value or 0) if known else Amount()


def _number(value: int | None, *, exact: bool) -> Amount:
    return Amount(value=value, exact=value is not None and (exact or value == 0))


def _lengths(axes: "Lengths | None") -> Amount:
    return Amount(value=max(axes), axes=axes) if axes else Amount(exact=axes is not None)


def _counted(nodes: Sequence[Node], numbers: Callable[[Parameters], tuple[int, bool]]) -> Amount:
    value, exact = numbers(count(nodes))
    return Amount(value=value if exact or value or len(nodes) > 1 else None, exact=exact)


_COSTS: "Final[Mapping[str, Callable[[Cost], Amount]]]" = MappingProxyType(
    {
        "macs": lambda cost: _number(cost.multiply_adds, exact=cost.exact),
        "flops": lambda cost: _number(cost.flops, exact=cost.exact),
        "memory": lambda cost: _number(cost.activation_bytes, exact=cost.exact),
        "receptive_field": lambda cost: _lengths(cost.receptive_field),
        "stride": lambda cost: _lengths(cost.stride),
        "effective_stride": lambda cost: _lengths(cost.effective_stride),
    }
)
_COUNTED: Final[Mapping[str, Callable[[Sequence[Node]], Amount]]] = MappingProxyType(
    {
        "parameters": lambda nodes: _counted(nodes, lambda found: (found.total, found.exact)),
        "trainable": lambda nodes: _counted(nodes, lambda found: (found.trainable, found.exact and not found.untold)),
        "non_trainable": lambda nodes: _counted(
            nodes, lambda found: (found.non_trainable, found.exact and not found.untold)
        ),
        "weight_memory": lambda nodes: _counted(nodes, lambda found: (found.bytes, found.bytes_exact)),
    }
)
