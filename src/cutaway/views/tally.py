"""How large a model is, in words."""

from cutaway.graph import Graph, Kind, Node
from cutaway.views.naming import border_names


def calls(graph: Graph) -> list[Node]:
    """Return the nodes that are calls of layers or operations: no inputs, and no borders of nested models."""
    borders = border_names(graph)
    return [node for node in graph.nodes if node.kind is not Kind.INPUT and node.id not in borders]


def tally(graph: Graph) -> tuple[str, ...]:
    """Say how many layers the model has, each once however often it is called, and operations that are no layers.

    Layers say whether they are trainable; operations such as `x + y` do not.
    """
    found = calls(graph)
    layers = [node for node in found if node.trainable is not None] or found
    words = [counted(len({_layer(node) for node in layers}), "layer")]
    if len(layers) < len(found):
        words.append(counted(len(found) - len(layers), "operation"))
    return tuple(words)


def _layer(node: Node) -> tuple[str, ...]:
    """Return what all calls of one layer have in common, at whatever depth: its weights, or where none, its owner."""
    return tuple([weight.key for weight in node.weights or ()]) or (node.owner,)


def counted(count: int, word: str) -> str:
    """Write a number of things: `1 layer`, `2 layers`."""
    return f"{count} {word}{'' if count == 1 else 's'}"
