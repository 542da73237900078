"""The rules of costs of all families of layers, by class name; each family is loaded when one of its classes is met."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.analysis.cost.forward import Forward, Work
from cutaway.analysis.shapes import rules as shapes
from cutaway.analysis.shapes.rules import Families, by_class

_CLASSES: Mapping[str, str] = {
    "attention": "MultiHeadAttention GroupQueryAttention GroupedQueryAttention Attention AdditiveAttention",
    "convolution": """Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D AtrousConvolution1D
        AtrousConvolution2D SeparableConv1D SeparableConv2D SeparableConvolution1D SeparableConvolution2D
        LocallyConnected1D LocallyConnected2D DepthwiseConv1D DepthwiseConv2D Conv1DTranspose Conv2DTranspose
        Conv3DTranspose Convolution1DTranspose Convolution2DTranspose Convolution3DTranspose Deconvolution2D
        Deconvolution3D STFTSpectrogram MelSpectrogram""",
    "dense": """Dense TimeDistributedDense MaxoutDense Highway RandomFourierFeatures Embedding ReversibleEmbedding""",
    "products": "Dot Merge EinsumDense",
    "recurrent": """LSTM CuDNNLSTM GRU CuDNNGRU SimpleRNN LSTMCell GRUCell SimpleRNNCell RNN ConvLSTM1D ConvLSTM2D
        ConvLSTM3D Bidirectional TimeDistributed Wrapper SpectralNormalization Sequential Pipeline""",
}
_SINGLE_ELEMENTS = ("merge", "pooling", "preprocessing", "reshape", "same_shape")
"""The families of shapes whose layers multiply nothing but single elements, unless a class has a rule above."""
_UNKNOWN_OPERATIONS = frozenset(
    (
        *("Cholesky", "CholeskyInverse", "Det", "Eigh", "ElasticTransform", "GaussianBlur", "Inv", "Logdet", "Pinv"),
        *("Qr", "SVD", "Slogdet", "Solve", "SolveTriangular", "CDist", "Corrcoef", "Correlate", "Eig", "Fold", "ISTFT"),
        *("Lstsq", "LuFactor", "MatrixRank", "SSIM", "STFT", "SobelEdges", "Unfold"),
    )
)
"""Operations with products in them, whose number depends on the algorithm."""

_MODULES = by_class(_CLASSES)
_FREE = tuple(name for name, family in shapes.FAMILIES.items() if family in _SINGLE_ELEMENTS)
FAMILIES: Mapping[str, str] = MappingProxyType(dict.fromkeys((*_FREE, "InputLayer"), "free") | _MODULES)
"""The module in which each class has its rule."""


class Works(Families[Work]):
    """Rules of costs by class name: a caller's own ones, and the built-in ones for all others."""

    def __init__(self, own: Mapping[str, Work]) -> None:
        Families.__init__(self, "cutaway.analysis.cost", FAMILIES, own)


def multiply_adds(forward: Forward, own: Mapping[str, Work]) -> int | None:
    """Return the multiply–adds of a call, None where nothing tells them; `own` are the rules of the caller."""
    call = forward.call
    if call.is_operation and call.op not in own:
        from cutaway.analysis.cost import kernels
        from cutaway.analysis.cost.products import OPERATIONS
        from cutaway.analysis.shapes.operations import RULES

        for works in (OPERATIONS, kernels.OPERATIONS):
            if call.op in works:
                return works[call.op](forward)
        if call.op in RULES:
            return None if call.op in _UNKNOWN_OPERATIONS else 0
    rule = forward.works.get(call.op)
    return None if rule is None else rule(forward)
