"""The `input_shape` that a caller gives for a model that does not know its own."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cutaway.errors import InputError
from cutaway.graph import Dim

Shapes: TypeAlias = Sequence[object] | Mapping[str, object]
"""One shape with its batch axis, (None, 32), or several in lists and dicts."""


def is_shape(value: object) -> bool:
    """Tell whether a value is one shape, and not several."""
    return isinstance(value, list | tuple) and all(size is None or isinstance(size, int) for size in value)


def single(shapes: Shapes | None) -> tuple[Dim, ...] | None:
    """Return the one shape that a chain of layers can take; raises InputError for several, or for none at all."""
    if shapes is None:
        return None
    if is_shape(shapes):
        return tuple(size for size in shapes if size is None or isinstance(size, int))
    raise InputError(f"cannot use the input_shape {shapes!r}: expected one shape with its batch axis, as (None, 32)")
