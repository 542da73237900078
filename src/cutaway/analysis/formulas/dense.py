"""Dense layers and embeddings, also quantised, and with adapters of low rank."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, axis, weight, with_bias
from cutaway.analysis.formulas.quantized import adapted, mode_of, quantized, quantized_embeddings
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import size


def dense(call: Call) -> Weights | None:
    """Give a matrix from the last axis to `units`, and a bias."""
    units = size(call.whole("units"))
    shape = (axis(call.shape, -1), units)
    if mode_of(call) is None:
        found = with_bias(call, (weight(call, "kernel", shape),), (units,))
    else:
        found = quantized(call, shape, (units,))
    return adapted(call, found, "kernel", shape)


def per_step(call: Call) -> Weights | None:
    """Give those of Keras 1's dense layer for each step."""
    units = size(call.whole("units"))
    return with_bias(call, (weight(call, "kernel", (axis(call.shape, -1), units)),), (units,))


def maxout(call: Call) -> Weights | None:
    """Give a matrix for each of the `nb_feature` candidates (Keras 1)."""
    number, units = size(call.whole("nb_feature", 4)), size(call.whole("units"))
    return with_bias(call, (weight(call, "kernel", (number, axis(call.shape, -1), units)),), (number, units))


def highway(call: Call) -> Weights | None:
    """Give the matrices of the transform and of its gate, from the last axis to itself (Keras 1)."""
    channels, biased = axis(call.shape, -1), call.flag("use_bias", default=True)
    if biased is None:
        return None
    matrices = tuple(weight(call, name, (channels, channels)) for name in ("kernel", "carry_kernel"))
    vectors = tuple(weight(call, name, (channels,)) for name in ("bias", "carry_bias"))
    return (*matrices, *vectors) if biased else matrices


def embedding(call: Call) -> Weights | None:
    """Give a row of `output_dim` for each of `input_dim` words."""
    shape = (size(call.whole("input_dim")), size(call.whole("output_dim")))
    found: Weights | None = (weight(call, "embeddings", shape),)
    if mode_of(call) is not None:
        found = quantized_embeddings(call, shape)
    return adapted(call, found, "embeddings", shape)


def reversible_embedding(call: Call) -> Weights | None:
    """Give an embedding, and the way back where it is not the same matrix."""
    found, tied = embedding(call), call.flag("tie_weights", default=True)
    if found is None or tied is None or (mode_of(call) is not None and not tied):
        return None
    shape = (size(call.whole("output_dim")), size(call.whole("input_dim")))
    return found if tied else (*found, weight(call, "reverse_embeddings", shape))


RULES: Final[Mapping[str, Formula]] = {
    "Dense": dense,
    "TimeDistributedDense": per_step,
    "MaxoutDense": maxout,
    "Highway": highway,
    "Embedding": embedding,
    "ReversibleEmbedding": reversible_embedding,
}
