"""Layers that a reader of a figure seldom asks for: dropouts, reshapes, casts, and what lays a mask on data."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from cutaway.graph import Graph, Kind, Node

HELPERS: Final = ("dropouts", "reshapes", "casts")
"""Helpers that become small marks, or are left out."""

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("Reshape", "Flatten", "BatchFlatten", "Ravel", "View", "MergeDims"), "reshapes"),
        **dict.fromkeys(("Permute", "Transpose", "Moveaxis", "Swapaxes", "Rearrange"), "reshapes"),
        **dict.fromkeys(("ExpandDims", "Squeeze", "EnsureShape", "SetShape"), "reshapes"),
        **dict.fromkeys(("Cast", "SaturateCast", "ConvertToTensor", "Identity", "StopGradient"), "casts"),
        "Masking": "masks",
    }
)
"""What gives the same numbers in another shape, order or type, or says which of them count."""


def helpers(graph: Graph, words: Collection[str]) -> Mapping[str, str]:
    """Return the helpers of a graph for each of some words, by their ids: those of one tensor in and one out."""
    if not words:
        return MappingProxyType({})
    fed: dict[str, int] = {}
    for edge in graph.edges:
        fed[edge.target] = fed.get(edge.target, 0) + 1
    found = {node.id: word_for(node) for node in graph.nodes if fed.get(node.id) == 1 and len(node.outputs) < 2}
    return MappingProxyType({node: word for node, word in found.items() if word in words})


def word_for(node: Node) -> str:
    """Return the word for a helper; empty for any other layer, and for classes that are not the framework's own."""
    if node.custom:
        return ""
    return "dropouts" if node.kind is Kind.REGULARIZATION else _WORDS.get(node.operation, "")
