"""Data types by name: the policies that layers store, and the type that several inputs agree on."""

from collections.abc import Sequence

FLOATS = ("bfloat16", "float16", "float32", "float64")
_SIGNED = ("int8", "int16", "int32", "int64")
_UNSIGNED = ("uint8", "uint16", "uint32", "uint64")
_KNOWN = frozenset((*FLOATS, *_SIGNED, *_UNSIGNED, "bool", "string", "complex64", "complex128"))
DEFAULT_FLOAT = "float32"


def is_float(dtype: str | None) -> bool:
    """Say whether `dtype` is a real floating-point type."""
    return dtype in FLOATS or (dtype is not None and dtype.startswith("float8"))


def is_integer(dtype: str | None) -> bool:
    """Say whether `dtype` is a whole-number type; bool is none."""
    return dtype in _SIGNED or dtype in _UNSIGNED


def computed(policy: str) -> str | None:
    """Return the type that a layer of this policy computes in and hands out, None for an unknown policy.

    `float32`, `mixed_float16`, and the quantised `int8_from_mixed_bfloat16` of Keras 3.
    """
    name = policy.rpartition("_from_")[2]
    name = name.removeprefix("mixed_")
    return name if name in _KNOWN else None


def stored(policy: str) -> str | None:
    """Return the type of the variables of a layer of this policy, None for an unknown policy.

    Variables of the mixed policies are `float32`; a quantised layer's are of the type it was quantised from, but for
    those that say otherwise themselves.
    """
    name, found = policy.rpartition("_from_")[2], computed(policy)
    if name.startswith("mixed_"):
        return DEFAULT_FLOAT if found in FLOATS else None
    return found


def promote(dtypes: Sequence[str | None]) -> str | None:
    """Return the type of an operation on all of `dtypes`, by the lattice of JAX that Keras 3 follows.

    None where one of them is unknown, or where they do not mix (text with numbers).
    """
    if not dtypes:
        return None
    result = dtypes[0]
    for dtype in dtypes[1:]:
        result = _pair(result, dtype)
    return result


def _pair(first: str | None, second: str | None) -> str | None:
    if first is None or second is None or first == second:
        return first if second is not None else None
    if first == "bool" or second == "bool":
        other = second if first == "bool" else first
        return None if other == "string" else other
    floats = [dtype for dtype in (first, second) if dtype in FLOATS]
    if len(floats) == 1:
        other = second if first == floats[0] else first
        return floats[0] if is_integer(other) else None
    if len(floats) == 2:
        return _wider_float(first, second)
    return _wider_integer(first, second)


def _wider_float(first: str, second: str) -> str:
    if {first, second} == {"bfloat16", "float16"}:
        return "float32"
    return max(first, second, key=FLOATS.index)


def _wider_integer(first: str, second: str) -> str | None:
    if first in _SIGNED and second in _SIGNED:
        return max(first, second, key=_SIGNED.index)
    if first in _UNSIGNED and second in _UNSIGNED:
        return max(first, second, key=_UNSIGNED.index)
    if not (is_integer(first) and is_integer(second)):
        return None
    signed, unsigned = (first, second) if first in _SIGNED else (second, first)
    place = max(_SIGNED.index(signed), _UNSIGNED.index(unsigned) + 1)
    return _SIGNED[place] if place < len(_SIGNED) else DEFAULT_FLOAT
