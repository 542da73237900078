"""What equal blocks share, and in what they differ though they are counted as equal: what a legend has to say."""

from collections.abc import Mapping, Sequence
from typing import Final

from cutaway.analysis.fold.folded import Sharing
from cutaway.graph import Kind, Node

SHAPES: Final = "shapes"
"""The word for the shapes of tensors; other words are the names of attributes, such as `rate`."""
_WITHOUT: Final = frozenset({Kind.ACTIVATION, Kind.POOLING, Kind.MERGE, Kind.RESHAPE, Kind.REGULARIZATION})
"""Kinds of layers that have no weights where nothing is known of them."""


def differing(instances: Sequence[Sequence[str]], nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """Return what differs between equal blocks: the shapes of their tensors, and how much layers drop in training."""
    found: dict[str, None] = {}
    for like in zip(*instances, strict=True):
        first = nodes[like[0]]
        if SHAPES not in found:
            shapes = [port.tensor.shape for port in first.outputs]
            if any([port.tensor.shape for port in nodes[each].outputs] != shapes for each in like):
                found[SHAPES] = None
        if first.kind is Kind.REGULARIZATION:
            for name, value in first.attributes.items():
                if isinstance(value, float) and any(nodes[each].attributes.get(name) != value for each in like):
                    found[name] = None
    return tuple(found)


def sharing(instances: Sequence[Sequence[str]], nodes: Mapping[str, Node]) -> Sharing:
    """Tell whether equal blocks share weights: by the keys of weights, or where these are unknown, by their layers.

    Those that have the same in other places than their likes share some.
    """
    told = [[_weights(nodes[each]) for each in instance] for instance in instances]
    if all(each == told[0] for each in told):
        return Sharing.SAME if any(told[0]) else Sharing.NONE
    held = [frozenset[str]().union(*each) for each in told]
    is_own = sum(map(len, held)) == len(frozenset[str]().union(*held))
    return Sharing.OWN if is_own else Sharing.PARTLY


def _weights(node: Node) -> frozenset[str]:
    if node.weights is None:
        return frozenset() if node.kind in _WITHOUT else frozenset({node.owner})
    return frozenset(weight.key for weight in node.weights)
