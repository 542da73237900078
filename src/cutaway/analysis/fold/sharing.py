"""Whose weights the blocks of a run have: their own, or all the same."""

from collections.abc import Mapping, Sequence
from typing import Final

from cutaway.analysis.fold.folded import Sharing
from cutaway.graph import Kind, Node

_WITHOUT: Final = frozenset({Kind.ACTIVATION, Kind.POOLING, Kind.MERGE, Kind.RESHAPE, Kind.REGULARIZATION})
"""Kinds of layers that have no weights where nothing is known of them."""


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
