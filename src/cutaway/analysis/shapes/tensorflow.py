"""What functions of TensorFlow do otherwise than the operations of Keras 3 for which Keras 2 models are read.

They promote nothing and widen nothing, so a type is only told where both agree; and they have parameters of their own.
"""

from cutaway.analysis.shapes import dtypes
from cutaway.analysis.shapes.call import Call, Rule, Tensors
from cutaway.graph import Tensor
from cutaway.record import replace

_WINDOWED = frozenset(
    (
        *("AveragePool", "Conv", "ConvTranspose", "DepthwiseConv", "MaxPool", "SeparableConv"),
        *("DepthToSpace", "Resize", "SpaceToDepth"),
    )
)
_UNLIKE = frozenset({"Qr", "Rot90"})
"""Functions that have no more in common with the operations of their names than these."""
_WINDOWS = {"ksize": "pool_size", "dilations": "dilation_rate", "stride": "strides", "rate": "dilation_rate"}
"""What windows are called in Keras 3."""
_INDICES = frozenset({"Argmax", "Argmin"})


def is_function(call: Call) -> bool:
    """Tell whether an operation was read from a layer of Keras 2 that calls a function of TensorFlow."""
    return call.is_operation and call.has("function")


def of_function(rule: Rule) -> Rule:
    """Return the rule of an operation as it holds for the function."""

    def changed(call: Call) -> Tensors:
        if call.whole("batch_dims", 0) != 0 or call.op in _UNLIKE:
            return ()
        if call.op in _WINDOWED:
            call = windowed(call)
        if call.op == "Trace":
            call = replace(call, attributes={**call.attributes, "axis1": -2, "axis2": -1})
        turned = tuple(_turned(tensor, call, name) for tensor, name in zip(call.inputs, "ab", strict=False))
        return tuple(_typed(tensor, call) for tensor in rule(replace(call, inputs=(*turned, *call.inputs[2:]))))

    return changed


def windowed(call: Call) -> Call:
    """Return the call of an operation on images with the parameters that Keras 3 would give it.

    Axes are named by letters, and windows may have a size for each of them, batch and channels too.
    """
    order = call.text("data_format") or "channels_last"
    first = order == "channels_first" or order.upper().startswith("NC")
    said = {_WINDOWS.get(key, key): value for key, value in call.attributes.items()}
    for key in ("pool_size", "strides", "dilation_rate"):
        value = said.get(key)
        if isinstance(value, tuple) and call.shape is not None and len(value) == len(call.shape):
            said[key] = value[2:] if first else value[1:-1]
    return replace(call, attributes={**said, "data_format": "channels_first" if first else "channels_last"})


def _turned(tensor: Tensor, call: Call, name: str) -> Tensor:
    """Return a matrix, or a stack of them, with its last two axes exchanged where the call says so."""
    shape = tensor.shape
    if shape is None or not (call.flag(f"transpose_{name}") or call.flag(f"adjoint_{name}")):
        return tensor
    return replace(tensor, shape=(*shape[:-2], shape[-1], shape[-2]) if len(shape) > 1 else None)


def _typed(tensor: Tensor, call: Call) -> Tensor:
    """Return a tensor with its type if that is certain."""
    if call.op == "Shape":
        return tensor
    if call.op in _INDICES:
        return replace(tensor, dtype=call.text("output_type", "int64"))
    floats = all(dtypes.is_float(each.dtype) for each in call.inputs)
    agreed = tensor.dtype in {"bool", call.first.dtype} or (floats and dtypes.is_float(tensor.dtype))
    return tensor if agreed or call.has("dtype") else replace(tensor, dtype=None)
