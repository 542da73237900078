"""Which layers are simplified, by the words for them."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from cutaway.graph import Graph, Kind, Node

MERGED: Final = ("activations", "normalizations", "padding")
"""What goes into a layer."""
HELPERS: Final = ("dropouts", "reshapes", "casts")
"""What becomes a small mark, or is left out."""

_KINDS: Final[Mapping[Kind, str]] = MappingProxyType({Kind.ACTIVATION: "activations", Kind.REGULARIZATION: "dropouts"})
_BATCH: Final = ("BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization")
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys((*_BATCH, "BatchNorm", "GroupNormalization"), "normalizations"),
        **dict.fromkeys(("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"), "padding"),
        **dict.fromkeys(("Reshape", "Flatten", "BatchFlatten", "Ravel", "View", "MergeDims"), "reshapes"),
        **dict.fromkeys(("Permute", "Transpose", "Moveaxis", "Swapaxes", "Rearrange"), "reshapes"),
        **dict.fromkeys(("ExpandDims", "Squeeze", "EnsureShape", "SetShape"), "reshapes"),
        **dict.fromkeys(("Cast", "SaturateCast", "ConvertToTensor", "Identity", "StopGradient"), "casts"),
        "Masking": "masks",
    }
)
"""Normalizations that belong to the layer before them (those of layers stand alone, as in transformers), padding, and
what gives the same numbers in another shape, order or type, or says which of them count."""


def helpers(graph: Graph, words: Collection[str]) -> Mapping[str, str]:
    """Return the layers of a graph for some of the words, by their ids: those of one tensor in and one out."""
    if not words:
        return MappingProxyType({})
    fed: dict[str, int] = {}
    for edge in graph.edges:
        fed[edge.target] = fed.get(edge.target, 0) + 1
    found = {node.id: word_for(node) for node in graph.nodes if fed.get(node.id) == 1 and len(node.outputs) < 2}
    return MappingProxyType({node: word for node, word in found.items() if word in words})


def word_for(node: Node) -> str:
    """Return the word for a layer; empty for those that are never simplified, and for classes of somebody's own."""
    return "" if node.custom else _KINDS.get(node.kind) or _WORDS.get(node.operation, "")
