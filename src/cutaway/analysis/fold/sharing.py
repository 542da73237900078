"""Whose weights the blocks of a run have: their own, or all the same."""

from collections.abc import Mapping, Sequence
from typing import Final

from cutaway.analysis.fold.folded import Sharing
from cutaway.graph import Kind, Node

_WITHOUT: Final = frozenset({Kind.ACTIVATION, Kind.POOLING, Kind.MERGE, Kind.RESHAPE, Kind.REGULARIZATION})
"""Kinds of layers that have no weights where nothing is known of them."""


def sharing(instances: Sequence[Sequence[str]], nodes: Mapping[str, Node]) -> Sharing:
    """Tell whether equal blocks share weights: by the keys of weights, or where these are unknown, by their layers."""
    own = same = others = 0
    for like in zip(*instances, strict=True):
        told = [_weights(nodes[each]) for each in like]
        if not any(told):
            continue
        if all(each == told[0] for each in told):
            same += 1
        elif sum(map(len, told)) == len(set().union(*told)):
            own += 1
        else:
            others += 1
    if others or (own and same):
        return Sharing.PARTLY
    if same:
        return Sharing.SAME
    return Sharing.OWN if own else Sharing.NONE


def _weights(node: Node) -> frozenset[str]:
    if node.weights is None:
        return frozenset() if node.kind in _WITHOUT else frozenset({node.owner})
    return frozenset(weight.key for weight in node.weights)
