"""The rules of all families of layers, by class name; each family is loaded when one of its classes is met."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from cutaway.analysis.shapes.call import Call, Rule
from cutaway.typed import TypeVar

R = TypeVar("R")


def by_class(classes: Mapping[str, str]) -> dict[str, str]:
    """Return the module of each class, from the classes of each module in one text."""
    return {name: module for module, names in classes.items() for name in names.split()}


class Families(Mapping[str, R]):
    """Rules by class name, of shapes and alike: a caller's own ones, and else those in `RULES` of a family's module.

    A class that is not the framework's own (`custom>Dense`) has only rules of the caller's, by its plain name.
    `modules` says in which module of `package` each class has its rule.
    """

    def __init__(self, package: str, modules: Mapping[str, str], own: Mapping[str, R]) -> None:
        self._package = package
        self._modules = modules
        self._own = own
        self._found: dict[str, R] = {}

    def __getitem__(self, op: str) -> R:
        if op not in self._found:
            self._found[op] = self._rule(op)
        return self._found[op]

    def _rule(self, op: str) -> R:
        name = op.rpartition(">")[2]
        if name in self._own:
            return self._own[name]
        rules: Mapping[str, R] = import_module(f"{self._package}.{self._modules[op]}").RULES
        return rules[op]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._own, *self._modules)))

    def __len__(self) -> int:
        return len(self._own.keys() | self._modules.keys())


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
