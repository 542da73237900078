"""Layers whose output has the shape of their input: activations, normalisation, noise."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one


def kept(call: Call) -> Tensors:
    """Keep the shape, and the type unless it is a float that the policy casts."""
    return one(call.shape, call.cast())


def computed(call: Call) -> Tensors:
    """Keep the shape, in the type that the layer computes in."""
    return one(call.shape, call.dtype)


def spatial_dropout(call: Call) -> Tensors:
    """Keep the shape; the type only where it fits, for Keras 3 stores that of a mixed policy's weights here."""
    return one(call.shape, call.dtype if call.first.dtype == call.dtype else None)


def activation(call: Call) -> Tensors:
    """Keep the shape; a GLU, the one activation that does not, halves its last axis and is left to the file."""
    if call.word("activation") == "glu":
        return one(None, call.dtype)
    return computed(call)


_LAYERS = (
    *("ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "ThresholdedReLU", "ActivityRegularization", "Masking"),
    *("BatchNormalization", "LayerNormalization", "GroupNormalization", "SyncBatchNormalization"),
    *("RMSNormalization", "UnitNormalization", "Dropout"),
    *("AlphaDropout", "GaussianDropout", "GaussianNoise", "Highway", "ParametricSoftplus", "SReLU"),
    *("LayerScale", "CustomScaleLayer"),  # of ConvNeXt and InceptionResNetV2 in keras.applications
)
RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_LAYERS, computed),
    **dict.fromkeys(("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"), spatial_dropout),
    "Identity": kept,
    "Activation": activation,
}
