"""Layers whose output has the shape of their input: activations, normalisation, noise."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.shapes import dtypes
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one


def kept(call: Call) -> Tensors:
    """Keep the shape, and the type unless it is a float that the policy casts."""
    return one(call.shape, call.cast())


def floating(call: Call) -> Tensors:
    """Keep the shape, and compute in the layer's own type where the input is a float."""
    dtype = call.first.dtype
    known = dtype is None or dtypes.is_float(dtype)
    return one(call.shape, call.dtype if known else None)


def activation(call: Call) -> Tensors:
    """Keep the shape; a GLU, the one activation that does not, halves its last axis and is left to the file."""
    if call.word("activation") == "glu":
        return one(None, call.cast())
    return floating(call)


RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("Identity", "ActivityRegularization", "Masking"), kept),
    **dict.fromkeys(("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "Dropout", "AlphaDropout"), kept),
    **dict.fromkeys(("GaussianDropout", "GaussianNoise"), kept),
    **dict.fromkeys(("ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "ThresholdedReLU"), floating),
    **dict.fromkeys(
        ("BatchNormalization", "LayerNormalization", "GroupNormalization", "SyncBatchNormalization"), floating
    ),
    **dict.fromkeys(("RMSNormalization", "UnitNormalization"), floating),
    "Activation": activation,
}
