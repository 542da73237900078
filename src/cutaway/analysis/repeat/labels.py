"""What makes two nodes equal: a number for each, the same for equal ones, by exact comparison."""

from collections.abc import Hashable, Mapping
from typing import Final

from cutaway.graph import Kind, Node, Value

NAMES: Final = frozenset({"name", "seed", "seed_generator"})
"""Attributes that tell instances of one thing apart."""

_DEEPEST: Final = 40


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

    def number(self, value: Hashable) -> int:
        """Return the number of a value."""
        return self._numbers.setdefault(value, len(self._numbers))

    def node(self, node: Node) -> int:
        """Return the number of what a node does: operation, attributes and ports; not its names, weights or place."""
        if self.loose:
            return self.number((node.operation, len(node.inputs), len(node.outputs)))
        shapes = tuple((port.tensor.shape, port.tensor.dtype) for port in (*node.inputs, *node.outputs))
        return self.number(
            (
                node.op,
                node.computes,
                node.kind,
                node.custom,
                node.trainable,
                self.attributes(node.attributes, node.kind),
                len(node.inputs),
                len(node.outputs),
                shapes if self.shapes else None,
            )
        )

    def attributes(self, attributes: Mapping[str, Value], kind: Kind = Kind.OTHER) -> int:
        """Return the number of some attributes.

        How much a layer is disturbed in training (the rate of a dropout, which grows from block to block in stochastic
        depth, Huang et al. 2016, section 3) makes no difference between blocks: such numbers are left out.
        """
        if self.loose:
            return 0
        free = kind is Kind.REGULARIZATION
        try:
            told = frozenset(
                (name, _frozen(value, 0))
                for name, value in attributes.items()
                if name not in NAMES and not (free and isinstance(value, float))
            )
        except RecursionError:
            told = frozenset({("attributes too deep to compare", len(self._numbers))})
        return self.number(told)


def _frozen(value: Value, depth: int) -> Hashable:
    """Return a value as something hashable; 1, 1.0 and True differ."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, Mapping):
        return frozenset((name, _frozen(item, depth + 1)) for name, item in value.items() if name not in NAMES)
    if isinstance(value, tuple):
        return tuple(_frozen(item, depth + 1) for item in value)
    return type(value).__name__, value
