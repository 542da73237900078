"""The rules of all families of layers, by class name; each family is loaded when one of its classes is met."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.analysis.families import Families, by_class
from cutaway.analysis.shapes.call import Call, Rule

_CLASSES: Mapping[str, str] = {
    "attention": "MultiHeadAttention GroupQueryAttention GroupedQueryAttention Attention AdditiveAttention",
    "convolution": """Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D AtrousConvolution1D
        AtrousConvolution2D SeparableConv1D SeparableConv2D
        SeparableConvolution1D SeparableConvolution2D LocallyConnected1D LocallyConnected2D DepthwiseConv1D
        DepthwiseConv2D Conv1DTranspose Conv2DTranspose Conv3DTranspose Convolution1DTranspose Convolution2DTranspose
        Convolution3DTranspose""",
    "declared": "InputLayer Lambda Deconvolution2D Deconvolution3D",
    "dense": "Dense TimeDistributedDense MaxoutDense Embedding ReversibleEmbedding",
    "einsum": "EinsumDense",
    "merge": "Add Subtract Multiply Average Maximum Minimum Concatenate Dot Merge",
    "pooling": """MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D
        GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GlobalAveragePooling1D GlobalAveragePooling2D
        GlobalAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D
        AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D""",
    "preprocessing": """RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast
        RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomHue RandomInvert RandomPerspective
        RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom
        AugMix AutoContrast CutMix MixUp ContrastLimitedAdaptiveHistogramEqualization RandAugment Solarization
        RandomGrayscale RandomHeight RandomWidth Equalization Rescaling Normalization CategoryEncoding Hashing
        HashedCrossing Discretization IntegerLookup StringLookup TextVectorization MelSpectrogram STFTSpectrogram""",
    "recurrent": """LSTM CuDNNLSTM GRU CuDNNGRU SimpleRNN RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D Bidirectional
        TimeDistributed Wrapper SpectralNormalization Sequential Pipeline""",
    "reshape": """Flatten Reshape Permute RepeatVector Resizing CenterCrop RandomCrop ZeroPadding1D ZeroPadding2D
        ZeroPadding3D Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling2D UpSampling3D""",
    "same_shape": """ReLU LeakyReLU PReLU ELU Softmax ThresholdedReLU ActivityRegularization Masking
        BatchNormalization LayerNormalization GroupNormalization SyncBatchNormalization RMSNormalization
        UnitNormalization Dropout AlphaDropout GaussianDropout GaussianNoise SpatialDropout1D SpatialDropout2D
        SpatialDropout3D Identity Activation Highway ParametricSoftplus SReLU LayerScale CustomScaleLayer""",
}
"""The classes of each module that holds `RULES`; a test compares the two."""

FAMILIES: Mapping[str, str] = MappingProxyType(by_class(_CLASSES))
"""The module in which each class has its rule."""


class Rules(Families[Rule]):
    """Rules of shapes by class name: a caller's own ones, and the built-in ones for all others."""

    def __init__(self, own: Mapping[str, Rule]) -> None:
        Families.__init__(self, "cutaway.analysis.shapes", FAMILIES, own)

    def of(self, call: Call) -> "Rule | None":
        """Return the rule of a call, be it of a layer or of an operation; None where there is none."""
        if call.is_operation and call.op not in self._own:
            from cutaway.analysis.shapes.operations import RULES

            if call.op in RULES:
                from cutaway.analysis.shapes.tensorflow import is_function, of_function

                return of_function(RULES[call.op]) if is_function(call) else RULES[call.op]
        return self.get(call.op)


LAYERS: Mapping[str, Rule] = Rules({})
"""Names that are here and among `operations.RULES` as well (`Add`, `Reshape`) mean two things in Keras."""
