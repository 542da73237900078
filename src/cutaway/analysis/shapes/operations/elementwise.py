"""Operations on single elements: of one tensor, or of several broadcast together."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes import dtypes
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import broadcast, position, replace
from cutaway.analysis.shapes.operations.operands import as_float, as_number, joint, operands


def kept(call: Call) -> Tensors:
    """Keep shape and type."""
    return one(call.shape, call.first.dtype)


def counted(call: Call) -> Tensors:
    """Keep shape and type; truths become numbers."""
    return one(call.shape, as_number(call.first.dtype))


def floating(call: Call) -> Tensors:
    """Keep the shape; whole numbers become floats."""
    return one(call.shape, as_float(call.first.dtype))


def normalized(call: Call) -> Tensors:
    """Keep the shape; of other types than float32 Keras says one thing and does another."""
    return one(call.shape, "float32" if call.first.dtype == "float32" else None)


def asked(call: Call) -> Tensors:
    """Keep the shape and give the type asked for, or the input's own where none is."""
    dtype = call.text("dtype", call.first.dtype)
    return one(call.shape, dtype)


def accumulated(call: Call) -> Tensors:
    """Keep the shape along an axis; without one all axes become one."""
    dtype = call.text("dtype", as_number(call.first.dtype))
    shape = call.shape
    return one(shape if call.has("axis") or (shape is not None and len(shape) == 1) else None, dtype)


def typed(call: Call, dtype: str) -> Tensors:
    """Keep the shape and give one type always."""
    return one(call.shape, dtype)


def binary(call: Call, *, divided: bool = False, dtype: str | None = None) -> Tensors:
    """Broadcast two operands, constants among them."""
    found = operands(call)[:2]  # a tolerance comes behind
    shape = broadcast([operand.shape for operand in found]) if len(found) == 2 else None
    return one(shape, dtype or (joint(found, divided=divided) if len(found) == 2 else None))


def certain(call: Call) -> Tensors:
    """Broadcast two operands; of other types than float32 Keras says one thing and does another."""
    found = binary(call)[0]
    return one(found.shape, "float32" if {tensor.dtype for tensor in call.inputs} == {"float32"} else None)


def angles(call: Call) -> Tensors:
    """Keep the shape; the type is told of floats only."""
    return one(call.shape, call.first.dtype if dtypes.is_float(call.first.dtype) else None)


def ordered(call: Call) -> Tensors:
    """Keep the shape along an axis, and give places; without one all axes become one."""
    shape = call.shape
    return one(shape if call.has("axis") or (shape is not None and len(shape) == 1) else None, "int32")


def modulo(call: Call) -> Tensors:
    """Broadcast two operands; truths become numbers."""
    found = binary(call)[0]
    return one(found.shape, as_number(found.dtype))


def where(call: Call) -> Tensors:
    """Broadcast a condition and the two operands that it chooses between, which alone say the type."""
    found = operands(call)
    if len(found) != 3:
        return one(None, None)
    shape = broadcast([operand.shape for operand in found])
    led = len(call.inputs) == 3 or (call.ports and call.ports[0] in {"condition", "input 0"})
    return one(shape, joint(found[1:]) if led else None)


def glu(call: Call) -> Tensors:
    """Halve the axis; unknown where it is odd, which Keras refuses."""
    shape = call.shape
    place = position(call.whole("axis", -1), len(shape)) if shape else None
    if shape is None or place is None:
        return one(None, call.first.dtype)
    dim = shape[place]
    half = dim // 2 if isinstance(dim, int) and dim % 2 == 0 else None
    return one(replace(shape, place, half), call.first.dtype)


_KEPT = (
    *("Absolute", "Abs", "Conjugate", "Conj", "Copy", "Flip", "Fliplr", "Flipud", "NanToNum", "Negative", "Roll"),
    *("Round", "Sign", "Sort", "Tril", "Triu", "StopGradient", "Relu", "Relu6", "Sigmoid", "SparseSigmoid"),
    *("Softplus", "Softsign", "SoftShrink", "SparsePlus", "Silu", "Squareplus", "LogSigmoid", "LeakyRelu"),
    *("HardSigmoid", "HardSilu", "Elu", "Selu", "Gelu", "Celu", "TanhShrink", "HardTanh", "HardShrink", "Threshold"),
    *("Softmax", "LogSoftmax", "Sparsemax", "Rsqrt", "Erf", "Erfc"),
    *("Erfinv", "Cholesky", "Inv", "BatchNorm", "Trunc", "CholeskyInverse"),
    *("RGBToHSV", "HSVToRGB", "GaussianBlur", "ElasticTransform", "AffineTransform", "PerspectiveTransform"),
    *("ScatterUpdate", "SliceUpdate", "RMSNorm", "LayerNorm", "BitwiseInvert", "BitwiseNot"),
)
_FLOATING = (
    *("Arccos", "Arccosh", "Arcsin", "Arcsinh", "Arctan", "Arctanh", "Cbrt", "Ceil", "Cos", "Cosh", "Deg2rad"),
    *("Rad2deg", "Exp", "Exp2", "Expm1", "Fabs", "Floor", "I0", "Log", "Log10", "Log1p", "Log2", "Sin", "Sinc", "Sinh"),
    *("Sqrt", "Tan", "Tanh"),
)
_TRUTHS = ("Isfinite", "Isinf", "Isnan", "Isneginf", "Isposinf", "Isreal", "LogicalNot", "Signbit")
_BINARY = (
    *("Add", "Subtract", "Multiply", "Maximum", "Minimum", "Fmax", "Fmin", "Fmod", "Power", "FloorDivide"),
    *("BitwiseAnd", "BitwiseOr", "BitwiseXor", "BitwiseLeftShift", "BitwiseRightShift", "LeftShift", "RightShift"),
)
_COMPARED = (
    *("Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual", "Isclose"),
    *("LogicalAnd", "LogicalOr", "LogicalXor"),
)
_UNSURE = ("Arctan2", "DivideNoNan", "Heaviside", "Hypot", "Logaddexp", "Logaddexp2", "Nextafter", "Gcd", "Lcm")
RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_KEPT, kept),
    **dict.fromkeys(_FLOATING, floating),
    **dict.fromkeys(("Cast", "SaturateCast", "View", "OnesLike", "ZerosLike", "EmptyLike", "FullLike"), asked),
    **dict.fromkeys(("ConvertToTensor", "Array"), asked),
    **dict.fromkeys(("Cumsum", "Cumprod", "Nancumsum", "Nancumprod"), accumulated),
    **dict.fromkeys(("Argsort", "Argpartition"), ordered),
    **dict.fromkeys(("Angle", "Real"), angles),
    "Digitize": partial(typed, dtype="int32"),
    **dict.fromkeys(_TRUTHS, partial(typed, dtype="bool")),
    **dict.fromkeys(_BINARY, binary),
    **dict.fromkeys(("TrueDivide", "Divide"), partial(binary, divided=True)),
    **dict.fromkeys(_UNSURE, certain),
    **dict.fromkeys(_COMPARED, partial(binary, dtype="bool")),
    "Clip": counted,
    "Square": counted,
    "Mod": modulo,
    **dict.fromkeys(("Normalize", "Reciprocal"), normalized),
    "Where": where,
    "Glu": glu,
}
