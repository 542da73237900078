"""The variables of Keras' own layers in the order in which they are stored: names, ranks, and whether they are trained.

They say how many variables a layer with a certain config has, so that a layer and what is taken for its weights can be
held against each other. Source: `build` of the classes in keras/src/layers (Keras 3) and keras/layers (Keras 2).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cutaway.errors import InternalError
from cutaway.graph import Value
from cutaway.record import Record, replace
from cutaway.sources.owners import Path, Slot
from cutaway.sources.stored.content import Variable
from cutaway.typed import Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STATES = _words(
    """
    moving_mean moving_variance moving_stddev renorm_mean renorm_stddev running_mean running_std
    vector_u sn_u kernel_scale embeddings_scale kernel_zero embeddings_zero g_idx
    """
)
"""Names of variables that no training changes, whatever layer they are in."""

_NORMALIZED = "gamma?scale beta?center"
_CELL = "kernel recurrent_kernel bias?use_bias"
_OWN = {
    "Dense": "kernel:2 bias?use_bias",
    "EinsumDense": "kernel bias!bias_axes",
    "Embedding": "embeddings:2",
    "ReversibleEmbedding": "embeddings:2 reverse_embeddings-tie_weights",
    "PReLU": "alpha",
    "BatchNormalization": f"{_NORMALIZED} moving_mean moving_variance"
    " moving_stddev!renorm renorm_mean!renorm renorm_stddev!renorm",
    "SyncBatchNormalization": f"{_NORMALIZED} moving_mean moving_variance",
    "LayerNormalization": _NORMALIZED,
    "GroupNormalization": _NORMALIZED,
    "RMSNormalization": "scale",
    "Normalization": "mean variance count:0",
    "SpectralNormalization": "vector_u:2",
    "Attention": "scale!use_scale concat_score_weight=score_mode",
    "AdditiveAttention": "scale?use_scale",
    "STFTSpectrogram": "real_kernel:3 imag_kernel:3",
    **dict.fromkeys(("LocallyConnected1D", "LocallyConnected2D"), "kernel bias?use_bias"),
    "CuDNNLSTM": "kernel recurrent_kernel bias",
    "CuDNNGRU": "kernel recurrent_kernel bias",
    **dict.fromkeys(("SimpleRNNCell", "LSTMCell", "GRUCell", "ConvLSTMCell"), _CELL),
    **{f"Conv{n}D{way}": f"kernel:{n + 2} bias?use_bias" for n in (1, 2, 3) for way in ("", "Transpose")},
    **{f"DepthwiseConv{n}D": f"kernel:{n + 2} bias?use_bias" for n in (1, 2)},
    **{f"SeparableConv{n}D": f"depthwise_kernel:{n + 2} pointwise_kernel:{n + 2} bias?use_bias" for n in (1, 2)},
}
"""`name:rank?attribute`: it is there if the attribute is not false (?), is true (!), is false (-), or "concat" (=)."""
_HOLDING = _words(
    """
    LSTM GRU SimpleRNN ConvLSTM1D ConvLSTM2D ConvLSTM3D RNN StackedRNNCells Bidirectional TimeDistributed Wrapper
    MultiHeadAttention GroupedQueryAttention
    """
)
"""Classes that have no variables of their own: their parts do."""
_WEIGHTLESS = _words(
    """
    InputLayer Activation ReLU LeakyReLU ELU Softmax ThresholdedReLU Identity Masking Dropout AlphaDropout
    GaussianDropout GaussianNoise SpatialDropout1D SpatialDropout2D SpatialDropout3D ActivityRegularization
    UnitNormalization Rescaling Flatten Reshape Permute RepeatVector Resizing CenterCrop RandomCrop Add Subtract
    Multiply Average Maximum Minimum Concatenate Dot Merge CategoryEncoding HashedCrossing Hashing
    TFOpLambda SlicingOpLambda TensorFlowOpLayer ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D
    Cropping3D UpSampling1D UpSampling2D UpSampling3D MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D
    AveragePooling2D AveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D
    """
)
_SIZED = {"Dense": "units", "Embedding": "output_dim", "Conv1D": "filters", "Conv2D": "filters", "Conv3D": "filters"}
"""The attribute that is the last axis of the first variable."""


class Expected(Record, kw_only=False):
    """A variable that a layer must have by its config; `rank` is None where it follows from the data."""

    name: str
    rank: int | None

    @property
    def trained(self) -> bool:
        """Tell whether training changes it, unless its layer is frozen."""
        return self.name not in STATES


class Named(Record, kw_only=False):
    """A stored variable with its name within the layer that owns it; `trained` is None where nothing tells."""

    name: str
    variable: Variable
    trained: bool | None

    def within(self, part: str) -> "Named":
        """Return it as a variable of the part of that name."""
        return replace(self, name=f"{part}/{self.name}")


Found = dict[Path, tuple[Slot, list[Named] | None]]
"""What is stored for each layer that is no nested model; None where that cannot be told."""


def expected(op: str, attributes: Mapping[str, Value]) -> tuple[Expected, ...] | None:
    """Return the variables that a layer has by itself, without those of its parts; None where that is not known."""
    said = _OWN.get(op)
    if said is None:
        return () if op in _WEIGHTLESS or op in _HOLDING else None
    if op == "Normalization" and attributes.get("mean") is not None:
        return ()
    found = []
    for name, rank, sign, attribute in (_split(each) for each in said.split()):
        value = attributes.get(attribute)
        stands = {
            "": True,
            "?": attribute not in attributes or bool(value),
            "!": bool(value),
            "-": value is False,
            "=": value == "concat",
        }[sign]
        if stands and not (name == "beta" and attributes.get("rms_scaling")):
            found.append(Expected(name, rank))
    return tuple(found)


def named(op: str, attributes: Mapping[str, Value], variables: Sequence[Variable]) -> tuple[Named, ...] | None:
    """Return a layer's own stored variables by name; None where they are not what its config says.

    A quantised layer has more than its config says, and they come last.
    """
    wanted = expected(op, attributes)
    if wanted is None:
        return tuple(unnamed(variables))
    if op == "SpectralNormalization" and len(variables) == len(wanted) + 1:
        variables = variables[1:]  # the kernel of what it wraps comes first, for the second time
    if len(variables) > len(wanted) > 0:
        wanted += _quantised(wanted[0].name, attributes)[: len(variables) - len(wanted)]
    if len(wanted) != len(variables) or not _fits(op, attributes, wanted, variables):
        return None
    return tuple(
        Named(each.name, variable, trained=is_trained(op, attributes, each.name, variable))
        for each, variable in zip(wanted, variables, strict=True)
    )


def _quantised(name: str, attributes: Mapping[str, Value]) -> tuple[Expected, ...]:
    """Return what a quantised layer may have besides, in the order of `variable_serialization_spec` in Keras 3."""
    mode = str(attributes.get("dtype"))
    if mode.startswith("float8"):
        kinds = ("scale", "amax_history")
        return tuple(Expected(f"{of}_{kind}", None) for of in ("inputs", name, "outputs_grad") for kind in kinds)
    if mode.startswith("int"):
        return tuple(Expected(each, None) for each in (f"{name}_scale", f"{name}_zero", "g_idx"))
    return ()


def unnamed(variables: Iterable[Variable]) -> Iterator[Named]:
    """Give the variables of what is of an unknown class: by their own names, if they have any, or else numbers."""
    for number, variable in enumerate(variables):
        name = variable.name or str(number)
        yield Named(name, variable, trained=False if name in STATES or variable.dtype == "int8" else None)


def is_trained(op: str, attributes: Mapping[str, Value], name: str, variable: Variable) -> bool:
    """Tell whether training changes a variable of one of Keras' own layers that is not frozen."""
    if str(attributes.get("dtype")).startswith("float8") and name.endswith("_scale"):
        return True
    if name in STATES or op == "Normalization" or variable.dtype == "int8":
        return False
    if (op in _HOLDING or op == "SpectralNormalization") and any(
        each.get("trainable") is False for _, each in held_in(attributes)
    ):
        return False
    return not (attributes.get("lora_rank") and name in {"kernel", "embeddings"})


def _fits(op: str, attributes: Mapping[str, Value], wanted: Sequence[Expected], variables: Sequence[Variable]) -> bool:
    for each, variable in zip(wanted, variables, strict=True):
        if each.rank is not None and each.rank != len(variable.shape):
            return False
    size: Any = attributes.get(_SIZED.get(op, ""))
    packed = any(variable.dtype == "int8" for variable in variables)  # int4 is kept two by two
    return not variables or not isinstance(size, int) or packed or variables[0].shape[-1:] == (size,)


def _split(text: str) -> tuple[str, int | None, str, str]:
    """Return the name, the rank, the sign and the attribute of an entry of the table."""
    found = re.fullmatch(r"(\w+)(?::(\d))?(?:([?!=-])(\w+))?", text)
    if found is None:
        raise InternalError(f"{text!r} is no entry of the table of variables")
    return found[1], int(found[2]) if found[2] else None, found[3] or "", found[4] or ""


def is_known(op: str, attributes: Mapping[str, Value]) -> bool:
    """Tell whether a class is one of Keras', and all that it holds too, which is all trained or not at all."""
    trainable: set[bool] = set()
    held = [(op, attributes)]
    while held:
        op, attributes = held.pop()
        if expected(op, attributes) is None:
            return False
        if op in _HOLDING or op == "SpectralNormalization":
            inner = held_in(attributes)
            trainable |= {each.get("trainable") is not False for _, each in inner}
            held += inner
    return len(trainable) < 2


def is_holding(op: str) -> bool:
    """Tell whether the weights of a class are those of its parts."""
    return op in _HOLDING


def held_in(attributes: Mapping[str, Value]) -> list[tuple[str, Mapping[str, Value]]]:
    """Return class and config of what a wrapper or a recurrent layer holds."""
    found = []
    for value in [attributes.get(key) for key in ("layer", "backward_layer", "cell", "cells")]:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Mapping):
                config = item.get("config")
                found.append((str(item.get("class_name")), config if isinstance(config, Mapping) else {}))
    return found
