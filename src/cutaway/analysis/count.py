"""Count parameters from stored weights: a shared weight once, and None wherever something is unknown."""

from collections.abc import Iterable

from cutaway.graph import Node, Weight


def weight_size(weight: Weight) -> int | None:
    """Return the number of values in a weight, or None where its shape is not wholly known."""
    if weight.shape is None:
        return None
    size = 1
    for dim in weight.shape:
        if not isinstance(dim, int):
            return None
        size *= dim
    return size


def parameters(nodes: Iterable[Node]) -> int | None:
    """Return the number of values in all weights of `nodes`, or None where a node's weights are unknown."""
    sizes: dict[str, int] = {}
    for node in nodes:
        if node.weights is None:
            return None
        for weight in node.weights:
            size = weight_size(weight)
            if size is None:
                return None
            sizes[weight.key] = size
    return sum(sizes.values())
