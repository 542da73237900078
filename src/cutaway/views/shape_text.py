"""Shapes and counts in the reader's words."""

from collections.abc import Sequence
from functools import lru_cache

from cutaway.graph import Dim, Tensor

_POWERS = {2: "²", 3: "³"}


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


def count_text(count: int) -> str:
    """Write a count in three figures: `25.6 M`, `1.2 k`, `512`."""
    for unit, size in (("G", 10**9), ("M", 10**6), ("k", 10**3)):
        if count >= size:
            value = count / size
            return f"{value:.3g} {unit}" if value < 999.5 else f"{value:.0f} {unit}"
    return str(count)
