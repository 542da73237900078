"""The formulas of all families of layers, by class name; each family is loaded when one of its classes is met."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.analysis.formulas.formed import Formed, Formula
from cutaway.analysis.formulas.forming import formed, frozen, none
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.rules import Families, by_class
from cutaway.record import replace

_CLASSES: Mapping[str, str] = {
    "activation": "PReLU ParametricSoftplus SReLU",
    "applications": "LayerScale CustomScaleLayer",
    "attention": "MultiHeadAttention GroupQueryAttention GroupedQueryAttention Attention AdditiveAttention",
    "convolution": """Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D AtrousConvolution1D
        AtrousConvolution2D Conv1DTranspose Conv2DTranspose Conv3DTranspose Convolution1DTranspose
        Convolution2DTranspose Convolution3DTranspose Deconvolution2D Deconvolution3D DepthwiseConv1D DepthwiseConv2D
        SeparableConv1D SeparableConv2D SeparableConvolution1D SeparableConvolution2D""",
    "dense": "Dense TimeDistributedDense MaxoutDense Highway Embedding ReversibleEmbedding",
    "einsum": "EinsumDense",
    "local": "LocallyConnected1D LocallyConnected2D",
    "normalization": """BatchNormalization BatchNormalizationV1 BatchNormalizationV2 SyncBatchNormalization
        LayerNormalization GroupNormalization RMSNormalization Normalization""",
    "recurrent": """SimpleRNN GRU LSTM GRUV1 GRUV2 LSTMV1 LSTMV2 SimpleRNNCell GRUCell LSTMCell CuDNNLSTM CuDNNGRU
        ConvLSTM1D ConvLSTM2D ConvLSTM3D RNN StackedRNNCells""",
    "spectrogram": "STFTSpectrogram",
    "wrapper": "Wrapper TimeDistributed Bidirectional SpectralNormalization Pipeline",
}
"""The classes of each module that holds `RULES`; a test compares the two."""

_WEIGHTLESS = """
    InputLayer Lambda TFOpLambda SlicingOpLambda TensorFlowOpLayer ClassMethod InstanceMethod InstanceProperty
    Activation ReLU LeakyReLU ELU Softmax ThresholdedReLU Identity Masking Dropout AlphaDropout GaussianDropout
    GaussianNoise SpatialDropout1D SpatialDropout2D SpatialDropout3D ActivityRegularization UnitNormalization
    Add Subtract Multiply Average Maximum Minimum Concatenate Dot Merge
    Flatten Reshape Permute RepeatVector Resizing CenterCrop RandomCrop ZeroPadding1D ZeroPadding2D ZeroPadding3D
    Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling2D UpSampling3D
    MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D
    GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GlobalAveragePooling1D GlobalAveragePooling2D
    GlobalAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D
    AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
    RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomElasticTransform RandomErasing
    RandomFlip RandomGaussianBlur RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation
    RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom RandomHeight RandomWidth AugMix
    AutoContrast CutMix MixUp ContrastLimitedAdaptiveHistogramEqualization RandAugment Solarization
    RandomGrayscale Equalization MaxNumBoundingBoxes Rescaling CategoryEncoding Hashing HashedCrossing
    Discretization IntegerLookup StringLookup TextVectorization MelSpectrogram
"""
"""Layers without weights: states of random numbers, tables of words and borders of bins are none in Keras."""

FAMILIES: Mapping[str, str] = MappingProxyType(by_class(_CLASSES))
"""The module in which each class has its formula."""


_NONE: Mapping[str, Formula] = dict.fromkeys(_WEIGHTLESS.split(), none)


class Formulas(Families[Formula]):
    """Formulas by class name: a caller's own ones, and the built-in ones for all others."""

    def __init__(self, own: Mapping[str, Formula]) -> None:
        Families.__init__(self, "cutaway.analysis.formulas", FAMILIES, {**_NONE, **own})


LAYERS: Mapping[str, Formula] = Formulas({})


def weights_of(call: Call, formulas: Mapping[str, Formula] = LAYERS) -> tuple[Formed, ...] | None:
    """Return the weights of a layer, in Keras' order; () where it has none, None where nothing tells them.

    `formulas` are by class name, for the layer itself and for layers inside it: `Formulas(own)` adds a caller's own.
    A layer that is not trainable (`call.trainable` is False) trains none of its weights; its parents are not asked.
    Two parts of one name may be one part, so that their weights are unknown.
    """
    if call.op not in formulas:
        return () if _is_operation(call) else None
    found = formed(replace(call, formulas=formulas))
    if found is None or len({weight.name for weight in found}) < len(found):
        return None
    return frozen(found) if call.trainable is False else found


def _is_operation(call: Call) -> bool:
    if not call.is_operation:
        return False
    from cutaway.analysis.shapes.operations import RULES

    return call.op in RULES
