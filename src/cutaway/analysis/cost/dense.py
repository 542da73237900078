"""Dense layers and embeddings; an embedding is a lookup, which multiplies nothing."""

from collections.abc import Mapping

from cutaway.analysis.cost.forward import Forward, Work, elements, product


def dense(forward: Forward) -> int | None:
    """Multiply each element of the input with each unit."""
    return product(elements(forward.shape), forward.call.whole("units"))


def maxout(forward: Forward) -> int | None:
    """Run a dense layer for each of the features of which the largest is taken."""
    return product(dense(forward), forward.call.whole("nb_feature", 4))


def highway(forward: Forward) -> int | None:
    """Run two dense layers as wide as the input: what is carried on, and how much of it."""
    shape = forward.shape
    return product(2, elements(shape), shape[-1]) if shape else None


def random_features(forward: Forward) -> int | None:
    """Project the input onto `output_dim` random directions."""
    return product(elements(forward.shape), forward.call.whole("output_dim"))


def reversible_embedding(forward: Forward) -> int | None:
    """Look up, or, called with `reverse`, compare with each of `input_dim` words."""
    if forward.call.arguments.get("reverse") is not True:
        return 0
    return product(elements(forward.shape), forward.call.whole("input_dim"))


def lookup(_: Forward) -> int | None:
    """Copy what is found."""
    return 0


RULES: Mapping[str, Work] = {
    **dict.fromkeys(("Dense", "TimeDistributedDense"), dense),
    "MaxoutDense": maxout,
    "Highway": highway,
    "RandomFourierFeatures": random_features,
    "Embedding": lookup,
    "ReversibleEmbedding": reversible_embedding,
}
