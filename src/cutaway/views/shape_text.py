"""Shapes and counts in the reader's words."""

from collections.abc import Sequence
from functools import lru_cache

from cutaway.graph import Dim, Tensor
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

_POWERS = {2: "²", 3: "³"}
_UNITS = (("T", 10**12), ("G", 10**9), ("M", 10**6), ("k", 10**3))


@lru_cache(1024)
def shape_text(shape: tuple[Dim, ...] | None) -> str:
    """Write a shape without its free batch axis: `56²×64`, `?×768`, `10`; `?` where nothing is known.

    A fixed batch is written as it is. Equal neighbouring axes are drawn together only beside another axis (`56²×64`,
    `64×56²`), so that a matrix of equal sides stays `64×64`.
    """
    if shape is None:
        return "?"
    dims = shape[1:] if shape and shape[0] is None else shape
    if not dims:
        return "scalar"
    return "×".join(_grouped(dims))


def _grouped(dims: Sequence[Dim]) -> list[str]:
    count = len(dims)
    for length in (3, 2):
        if count <= length:
            continue
        if _equal(dims[:length]):
            return [f"{dims[0]}{_POWERS[length]}", *map(_dim, dims[length:])]
        if _equal(dims[-length:]):
            return [*map(_dim, dims[:-length]), f"{dims[-1]}{_POWERS[length]}"]
    return [_dim(dim) for dim in dims]


def _equal(dims: Sequence[Dim]) -> bool:
    return isinstance(dims[0], int) and dims[0] > 1 and len(set(dims)) == 1


def _dim(dim: Dim) -> str:
    return "?" if dim is None else str(dim)


def tensor_text(tensor: Tensor, *, shape: bool = True, dtype: bool = False) -> str:
    """Write what is asked of a tensor, separated by a space: `56²×64 float16`."""
    parts = [shape_text(tensor.shape)] if shape else []
    if dtype:
        parts.append(tensor.dtype or "?")
    return " ".join(parts)


def is_row_of_integers(tensor: Tensor) -> bool:
    """Tell whether a tensor is a row of integers, such as a text, of a length that is known or has a name."""
    shape = tensor.shape
    if shape is None or len(shape) != 2 or shape[0] is not None or shape[1] in {None, 1}:
        return False
    return (tensor.dtype or "").startswith(("int", "uint"))


def count_text(count: "int | Fraction") -> str:
    """Write a number in three figures: `25.6 M`, `1.2 k`, `512`, `0.5`."""
    if count >= 10**15:
        from decimal import Decimal

        return f"{Decimal(int(count)):.2e}"
    for unit, size in _UNITS:
        if 2000 * count >= 1999 * size:  # in three figures it is 1 of this unit, not 1000 of the next
            return f"{float(count / size):.3g} {unit}"
    return str(count) if isinstance(count, int) else f"{float(count):.3g}"


def bytes_text(count: int) -> str:
    """Write an amount of memory in three figures: `3.1 MB`, `512 B`; a kB is 1000 bytes."""
    text = count_text(count)
    return f"{text}B" if text[-1].isalpha() else f"{text} B"


def length_text(length: "int | Fraction") -> str:
    """Write a length in steps of the data: `27`, `0.5`."""
    return str(length) if isinstance(length, int) else f"{float(length):.3g}"
