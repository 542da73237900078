"""Dense layers and embeddings: what replaces or adds the last axis."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import size


def dense(call: Call) -> Tensors:
    """Replace the last axis by `units`."""
    shape = call.shape
    return one((*shape[:-1], size(call.whole("units"))) if shape else None, call.dtype)


def embedding(call: Call) -> Tensors:
    """Add an axis of `output_dim`; the stored `input_length` says nothing that the input does not."""
    shape = call.shape
    added = None if shape is None else (*shape, size(call.whole("output_dim")))
    return one(added, call.dtype)


def reversible_embedding(call: Call) -> Tensors:
    """Embed, or, called with `reverse`, give a score for each of `input_dim` words."""
    if call.arguments.get("reverse") is not True:
        return embedding(call)
    shape = call.shape
    return one((*shape[:-1], size(call.whole("input_dim"))) if shape else None, call.dtype)


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("Dense", "TimeDistributedDense", "MaxoutDense"), dense),
    "Embedding": embedding,
    "ReversibleEmbedding": reversible_embedding,
}
