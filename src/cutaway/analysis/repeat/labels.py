"""One level of a Graph as a line of items, and what makes two of them equal.

Items are the nodes and scopes that lie directly in a scope, in canonical order. Each has a number, the same for equal
ones, by exact comparison.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType, NoneType

from cutaway.analysis.traverse import Index
from cutaway.graph import Kind, Node, Value
from cutaway.record import Record
from cutaway.typed import Any

_Values = tuple[Value, ...]
_Names = tuple[int, Callable[[_Values], _Values] | None]
Key = tuple[int, ...]
"""A port of an item, free of names: the places of the nodes within, level by level, and the number of the port."""

Feed = tuple[Key, int, Key]
"""What feeds an item: its own port, the place of the item that feeds it, and that one's port.

A tensor from outside of the level has a negative place, one for each tensor.
"""

Use = tuple[Key, int]
"""What uses an item: its own port, and the place of what is fed; OUTSIDE for what lies elsewhere, or is an output."""

OUTSIDE = 1 << 60
NAMES = frozenset({"name", "seed", "seed_generator"})
"""Attributes that tell instances of one thing apart."""
_DEEPEST = 40
_PLAIN = frozenset({str, int, float, bool, NoneType})


class Level(Record):
    """The items directly in a scope (None: the whole graph) in an order in which regions stand together.

    `labels` are equal for equal items, `leads` tells with which a block of a plain chain begins, `leaves` are the ids
    of all nodes in each item in canonical order. Where the scopes of a level wait for each other in a circle, there is
    no order: `ordered` is False, and nothing in it is compared.
    """

    scope: str | None
    items: tuple[str, ...]
    labels: tuple[int, ...]
    leads: tuple[bool, ...]
    feeds: tuple[tuple[Feed, ...], ...]
    uses: tuple[tuple[Use, ...], ...]
    leaves: tuple[tuple[str, ...], ...]
    ordered: bool = True


class Labels:
    """Numbers for values: equal values, and only those, have one number.

    Values are kept and compared as a whole, so that equal numbers are a proof, as no hash is (hash consing, Ershov
    1958). With `shapes`, nodes are equal only where their tensors have equal shapes too; where labels are `loose`,
    already if they do the same operation, whatever its attributes (filters, strides and the like).
    """

    def __init__(self, *, shapes: bool = False, loose: bool = False) -> None:
        self.shapes = shapes
        self.loose = loose
        self._numbers: dict[Hashable, int] = {}
        self._classes: dict[tuple[type, ...], tuple[int, tuple[int, ...]]] = {}
        self._named: dict[tuple[str, ...], _Names] = {}
        self._orders: dict[frozenset[str], tuple[str, ...]] = {}

    def number(self, value: Hashable) -> int:
        """Return the number of a value."""
        return self._numbers.setdefault(value, len(self._numbers))

    def node(self, node: Node) -> int:
        """Return the number of what a node does: operation, attributes and ports; not its names, weights or place."""
        if self.loose:
            return self.number((node.operation, len(node.inputs), len(node.outputs)))
        shapes = self.shapes and tuple([(port.tensor.shape, port.tensor.dtype) for port in node.inputs + node.outputs])
        return self.number(
            (
                node.op,
                node.computes,
                node.kind,
                node.custom,
                node.trainable,
                self.attributes(node.attributes, node.kind) if node.attributes else None,
                len(node.inputs),
                len(node.outputs),
                shapes,
            )
        )

    def attributes(self, attributes: Mapping[str, Value], kind: Kind = Kind.OTHER) -> int:
        """Return the number of some attributes.

        How much a layer is disturbed in training (the rate of a dropout, which grows from block to block in stochastic
        depth, Huang et al. 2016, section 3) makes no difference between blocks: such numbers are left out.
        """
        if self.loose:
            return 0
        if kind is Kind.REGULARIZATION:
            attributes = {name: value for name, value in attributes.items() if not isinstance(value, float)}
        return self.number(self._frozen(attributes, 0))

    def _frozen(self, value: Value, depth: int) -> Hashable:
        """Return a value as something hashable; 1, 1.0 and True differ, and what is too deep is like nothing else."""
        if depth > _DEEPEST:
            return object()
        if isinstance(value, tuple):
            names, values = -1, value
        elif isinstance(value, (MappingProxyType, Mapping)):  # the first is told at once
            given, values = tuple(value), tuple(value.values())
            names, chosen = self._named.get(given) or self._names(given)
            if chosen is not None:
                values = chosen(values)
        else:
            return value
        classes = tuple(map(type, values))
        told, holding = self._classes.get(classes) or self._told(classes)
        if not holding:
            return names, told, values
        frozen: list[Any] = [*values]
        for place in holding:
            frozen[place] = self._frozen(values[place], depth + 1)
        return names, told, tuple(frozen)

    def _told(self, classes: tuple[type, ...]) -> tuple[int, tuple[int, ...]]:
        """Return the number of the classes of values, one for all mappings, and where those are that hold others."""
        told = self.number(tuple([Mapping if issubclass(each, Mapping) else each for each in classes]))
        self._classes[classes] = told, tuple([place for place, each in enumerate(classes) if each not in _PLAIN])
        return self._classes[classes]

    def _names(self, given: tuple[str, ...]) -> _Names:
        """Return the number of the names in attributes that count, whatever their order, and what puts values in order.

        That is the order in which these names came first; None for values that are in it.
        """
        names = frozenset(given) - NAMES
        order = self._orders.setdefault(names, tuple([name for name in given if name in names]))
        chosen = None if order == given else _values_at([given.index(name) for name in order])
        self._named[given] = self.number(names), chosen
        return self._named[given]


def _values_at(places: Sequence[int]) -> Callable[[_Values], _Values]:
    """Return what gives the values at some places; `itemgetter`, which is faster, gives no tuple of fewer than two."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple([values[place] for place in places])


class ItemLabels:
    """Numbers for the items of levels: of nodes, and, once their levels are told, of the scopes around them."""

    def __init__(self, known: Index, labels: Labels) -> None:
        self.known = known
        self.labels = labels
        self._scopes: dict[str, int] = {}

    def of(self, item: str) -> int:
        """Return the number of an item; a model's inputs are like nothing else."""
        if item in self._scopes:
            return self._scopes[item]
        node = self.known.nodes[item]
        return self.labels.number(("input", item)) if node.kind is Kind.INPUT else self.labels.node(node)

    def tell(self, level: Level) -> None:
        """Take in what a scope holds, so that it has a number: whatever it is called."""
        if level.scope is None:
            return
        whole = self.known.scopes[level.scope]
        feeds = tuple([tuple([(key, max(source, -1), port) for key, source, port in each]) for each in level.feeds])
        told = ("scope", whole.op, self.labels.attributes(whole.attributes), level.labels, feeds)
        self._scopes[level.scope] = self.labels.number(told if level.ordered else ("scope", level.scope))
