"""Dense layers, einsum layers and embeddings: what replaces or adds the last axis."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.declared import stated_axes
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.analysis.shapes.equation import ELLIPSIS, parse


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


def einsum_dense(call: Call) -> Tensors:
    """Give the batch and then `output_shape`, with the axes for which the equation's ellipsis stands beside it."""
    return one(_einsum_dense(call), call.dtype)


def _einsum_dense(call: Call) -> Shape | None:
    equation = parse(call.text("equation"))
    stated = stated_axes(call.attributes.get("output_shape"))
    shape = call.shape
    if equation is None or not shape or stated is None or len(equation.inputs) != 2:
        return None
    term = equation.inputs[0]
    elided = len(shape) - len(term) + (1 if ELLIPSIS in term else 0)
    given = tuple(None if dim is None else size(dim) for dim in stated)
    if ELLIPSIS not in term:
        result: Shape = (shape[0], *given)
        return result if elided == 0 and len(result) == len(equation.output) else None
    if elided < 0:
        return None
    if term[0] == ELLIPSIS:
        return (*shape[: max(elided, 1)], *given)
    return (shape[0], *given, *shape[len(shape) - elided :]) if term[-1] == ELLIPSIS else None


RULES: Final[Mapping[str, Rule]] = {
    "Dense": dense,
    "EinsumDense": einsum_dense,
    "Embedding": embedding,
    "ReversibleEmbedding": reversible_embedding,
}
