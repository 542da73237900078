"""The operands of an operation: tensors that flow in, and constants that stand among its arguments."""

import re
from collections.abc import Sequence

from cutaway.analysis.shapes import dtypes
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape
from cutaway.graph import Value
from cutaway.record import Record

_ARRAY = re.compile(r"array \(([0-9, ]*)\)\s*(\w*)")
_POSITION = re.compile(r"input [0-9]+")
_NAMES = ("x1", "x2", "x", "y", "condition")


class Operand(Record):
    """One operand; `weak` is the Python type of a plain number, which follows the types of the tensors beside it."""

    shape: Shape | None
    dtype: str | None = None
    weak: type | None = None


def operands(call: Call, names: Sequence[str] = _NAMES) -> tuple[Operand, ...]:
    """Return all operands: first the tensors, then the constants given under one of `names` or by position."""
    tensors = [Operand(shape=tensor.shape, dtype=tensor.dtype) for tensor in call.inputs]
    held = [
        constant(value)
        for key, value in call.arguments.items()
        if (key in names or _POSITION.fullmatch(key)) and value is not None
    ]
    return (*tensors, *held)


def constant(value: Value) -> Operand:
    """Return what a constant says: a number is a scalar, a list has its length, an array is written with its shape."""
    if isinstance(value, bool | int | float):
        return Operand(shape=(), weak=type(value))
    if isinstance(value, str) and (match := _ARRAY.fullmatch(value)):
        sizes = tuple(int(part) for part in match[1].split(",") if part.strip())
        return Operand(shape=sizes, dtype=match[2] or None)
    if isinstance(value, tuple):
        return Operand(shape=_nested(value))
    return Operand(shape=None)


def _nested(value: Value) -> Shape | None:
    sizes: list[int] = []
    while isinstance(value, tuple) and value:
        sizes.append(len(value))
        value = value[0]
    return tuple(sizes) if isinstance(value, bool | int | float) else None


def joint(found: Sequence[Operand], *, divided: bool = False) -> str | None:
    """Return the type of an operation on all operands; a true division of whole numbers is a float."""
    dtype = dtypes.promote([operand.dtype for operand in found if operand.weak is None])
    weak = {operand.weak for operand in found if operand.weak is not None}
    whole = dtype == "bool" or dtypes.is_integer(dtype)
    if dtype is None:
        return None
    if whole and (float in weak or divided):
        return dtypes.DEFAULT_FLOAT
    return "int32" if dtype == "bool" and int in weak else dtype


def as_float(dtype: str | None) -> str | None:
    """Return the type of a function such as the exponential: floats keep theirs, whole numbers become floats."""
    return dtypes.DEFAULT_FLOAT if dtype == "bool" or dtypes.is_integer(dtype) else dtype


def as_number(dtype: str | None) -> str | None:
    """Return the type of a function that counts: truths become whole numbers, all others keep theirs."""
    return "int32" if dtype == "bool" else dtype


def summed(dtype: str | None) -> str | None:
    """Return the type of a sum: narrow whole numbers are widened, as JAX does."""
    if dtype in {"bool", "int8", "int16"}:
        return "int32"
    return "uint32" if dtype in {"uint8", "uint16"} else dtype
