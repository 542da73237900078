"""The table of words: operation → how its title is formed, and the phrases that follow; both name PHRASES."""

from collections.abc import Mapping

_CONVOLUTION = "filters stride dilation groups causal activation"
_SPATIAL = ("1D", "2D", "3D")


def _spatial(prefix: str, title: str, names: str) -> dict[str, tuple[str, str]]:
    return {f"{prefix}{dims}": (title, names) for dims in _SPATIAL}


WORDINGS: Mapping[str, tuple[str, str]] = {
    **_spatial("Conv", "Conv {kernel}", _CONVOLUTION),
    **_spatial("Convolution", "Conv {kernel}", _CONVOLUTION),
    **_spatial("SeparableConv", "Separable {kernel}", _CONVOLUTION),
    **_spatial("DepthwiseConv", "Depthwise {kernel}", "depth_multiplier stride dilation causal activation"),
    **{f"Conv{dims}Transpose": ("Transposed {kernel}", _CONVOLUTION.replace("stride", "stretch")) for dims in _SPATIAL},
    **_spatial("ConvLSTM", "ConvLSTM {kernel}", "filters stride sequences state cell"),
    **_spatial("MaxPooling", "Max {data_pool}", "stride"),
    **_spatial("AveragePooling", "Average {data_pool}", "stride"),
    **_spatial("GlobalMaxPooling", "Global max", ""),
    **_spatial("GlobalAveragePooling", "Global average", ""),
    **_spatial("AdaptiveMaxPooling", "Adaptive max", ""),
    **_spatial("AdaptiveAveragePooling", "Adaptive average", ""),
    **_spatial("UpSampling", "Upsample {size}", "interpolation"),
    **_spatial("ZeroPadding", "Pad {padding}", ""),
    **_spatial("Cropping", "Crop {cropping}", ""),
    **_spatial("SpatialDropout", "Spatial dropout {rate}", ""),
    "Dense": ("Dense {units}", "activation"),
    "EinsumDense": ("Einsum dense", "equation activation"),
    "Embedding": ("Embedding", "table"),
    "ReversibleEmbedding": ("Embedding", "table"),
    "LSTM": ("LSTM {units}", "sequences state stateful cell"),
    "GRU": ("GRU {units}", "sequences state stateful cell"),
    "SimpleRNN": ("RNN {units}", "sequences state stateful cell"),
    "LSTMCell": ("LSTM {units}", "cell"),
    "GRUCell": ("GRU {units}", "cell"),
    "SimpleRNNCell": ("RNN {units}", "cell"),
    "RNN": ("RNN", "sequences state stateful"),
    "Bidirectional": ("Bidirectional", "merge"),
    "TimeDistributed": ("Time distributed", ""),
    "MultiHeadAttention": ("Attention", "heads"),
    "GroupedQueryAttention": ("Grouped attention", "heads"),
    "GroupQueryAttention": ("Grouped attention", "heads"),
    "Attention": ("Dot attention", ""),
    "AdditiveAttention": ("Additive attention", ""),
    "BatchNormalization": ("BatchNorm", ""),
    "LayerNormalization": ("LayerNorm", ""),
    "GroupNormalization": ("GroupNorm", "groups"),
    "RMSNormalization": ("RMSNorm", ""),
    "UnitNormalization": ("UnitNorm", ""),
    "SpectralNormalization": ("Spectral norm", ""),
    "Activation": ("{activation}", ""),
    "LeakyReLU": ("Leaky ReLU", ""),
    "Dropout": ("Dropout {rate}", ""),
    "AlphaDropout": ("Alpha dropout {rate}", ""),
    "GaussianDropout": ("Gaussian dropout {rate}", ""),
    "GaussianNoise": ("Gaussian noise {stddev}", ""),
    "ActivityRegularization": ("Activity penalty", ""),
    "Reshape": ("Reshape", "target"),
    "Permute": ("Permute {dims}", ""),
    "RepeatVector": ("Repeat × {n}", ""),
    "Flatten": ("Flatten", ""),
    "Rescaling": ("Rescale × {scale}", ""),
    "Concatenate": ("Concatenate", "axis"),
    "Dot": ("Dot", "axis normalize"),
    "TextVectorization": ("Text vectorization", "tokens output_mode"),
    "StringLookup": ("String lookup", "output_mode"),
    "IntegerLookup": ("Integer lookup", "output_mode"),
    "RandomFlip": ("Random flip", ""),
    "RandomRotation": ("Random rotation", "factor"),
    "RandomZoom": ("Random zoom", ""),
    "InputLayer": ("Input", ""),
    "Lambda": ("λ", ""),
    "TrueDivide": ("Divide", ""),
    "Relu": ("ReLU", ""),
    "Relu6": ("ReLU6", ""),
    "Gelu": ("GELU", ""),
    "Silu": ("SiLU", ""),
    "Elu": ("ELU", ""),
    "Selu": ("SELU", ""),
    "LeakyRelu": ("Leaky ReLU", ""),
    "LogSoftmax": ("Log softmax", ""),
}
"""Titles hold phrases in braces; one that has nothing to say leaves no trace."""

COMMON = (
    ("units", "units"),
    ("filters", "filters"),
    ("kernel_size", "kernel"),
    ("strides", "stride"),
    ("num_heads", "heads"),
    ("embed_dim", "width"),
    ("projection_dim", "width"),
    ("key_dim", "key"),
    ("rate", "rate"),
    ("axis", "axis"),
    ("activation", ""),
)
"""Attributes that are told of any other operation, with the word in front of them."""

OPERANDS: Mapping[str, str] = {
    "Add": "+",
    "Subtract": "−",
    "Multiply": "×",
    "Divide": "÷",
    "TrueDivide": "÷",
    "FloorDivide": "//",
    "Power": "^",
    "Matmul": "@",
    "Greater": ">",
    "GreaterEqual": "≥",
    "Less": "<",
    "LessEqual": "≤",
    "Equal": "=",
    "NotEqual": "≠",
}
"""The signs of operations with two operands, told where one of them is a constant."""
