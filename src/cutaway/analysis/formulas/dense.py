"""Dense layers and embeddings, also quantised, and with adapters of low rank."""

from collections.abc import Mapping

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, axis, weight, with_bias
from cutaway.analysis.formulas.quantized import Kernel, adapted, mode_of, quantized, quantized_embeddings
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import size


def dense(call: Call) -> Weights | None:
    """Give a matrix from the last axis to `units`, and a bias."""
    units = size(call.whole("units"))
    shape = (axis(call.shape, -1), units)
    if mode_of(call) is None:
        return adapted(call, per_step(call), "kernel", shape)
    bias = with_bias(call, (), (units,))
    kernel = Kernel(shape=shape, scale=(units,), matrix=shape, calibrated=shape)
    return adapted(call, None if bias is None else quantized(call, kernel, bias), "kernel", shape)


def per_step(call: Call) -> Weights | None:
    """Give a matrix and a bias, and nothing that Keras 3 added to dense layers (Keras 1)."""
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
    return _embeddings(call, tied=True)


def reversible_embedding(call: Call) -> Weights | None:
    """Give an embedding, and the way back where it is not the same matrix."""
    tied = call.flag("tie_weights", default=True)
    return None if tied is None else _embeddings(call, tied=tied)


def _embeddings(call: Call, *, tied: bool) -> Weights | None:
    words, features = size(call.whole("input_dim")), size(call.whole("output_dim"))
    found: Weights | None = (weight(call, "embeddings", (words, features)),)
    if mode_of(call) is not None:
        found = quantized_embeddings(call, words, features, tied=tied)
    found = adapted(call, found, "embeddings", (words, features))
    if found is None or tied or mode_of(call) is not None:
        return found
    return (*found, weight(call, "reverse_embeddings", (features, words)))


RULES: Mapping[str, Formula] = {
    "Dense": dense,
    "TimeDistributedDense": per_step,
    "MaxoutDense": maxout,
    "Highway": highway,
    "Embedding": embedding,
    "ReversibleEmbedding": reversible_embedding,
}
