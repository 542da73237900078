"""Arithmetic on dimensions that may be named or unknown: what is not known stays unknown."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from cutaway.graph import Dim

Shape: TypeAlias = tuple[Dim, ...]


def plus(dim: Dim, amount: int | None) -> Dim:
    """Return `dim` + `amount`; unknown where either is, or where the result would be no size at all."""
    if amount == 0:
        return dim
    if not isinstance(dim, int) or amount is None:
        return None
    return size(dim + amount)


def times(dim: Dim, factor: int | None) -> Dim:
    """Return `dim` × `factor`, unknown where either is."""
    if factor == 1:
        return dim
    if not isinstance(dim, int) or factor is None:
        return None
    return size(dim * factor)


def size(number: int | None) -> Dim:
    """Return `number` as a dimension: unknown where it is not positive, because no framework builds such a layer."""
    return number if number is not None and number > 0 else None


def product(dims: Iterable[Dim]) -> Dim:
    """Return the product: a single named dimension survives where all others are 1."""
    known = 1
    others: list[Dim] = []
    for dim in dims:
        if isinstance(dim, int):
            known *= dim
        else:
            others.append(dim)
    if not others:
        return known
    return others[0] if known == 1 and len(others) == 1 else None


def total(dims: Sequence[Dim]) -> Dim:
    """Return the sum, unknown where a part of it is; one dimension alone is its own sum."""
    if len(dims) == 1:
        return dims[0]
    known = [dim for dim in dims if isinstance(dim, int)]
    return sum(known) if len(known) == len(dims) else None


def same(first: Dim, second: Dim) -> Dim:
    """Return the dimension that two are said to share: the known one of the two, unknown where they disagree."""
    if first is None or first == second:
        return second
    return first if second is None else None


def broadcast_dim(first: Dim, second: Dim) -> Dim:
    """Return the dimension of two broadcast against each other (NumPy's rule); an unknown one may be 1."""
    if first == 1:
        return second
    if second in (1, first):
        return first
    if isinstance(first, int) and isinstance(second, int):
        return None
    if isinstance(first, int):
        return first
    return second if isinstance(second, int) else None


def broadcast(shapes: Sequence[Shape | None]) -> Shape | None:
    """Return the shape of all `shapes` broadcast together, aligned at the right; None where one is unknown."""
    known = [shape for shape in shapes if shape is not None]
    if not known or len(known) < len(shapes):
        return None
    result = known[0]
    for shape in known[1:]:
        rank = max(len(result), len(shape))
        left = (1,) * (rank - len(result)) + result
        right = (1,) * (rank - len(shape)) + shape
        result = tuple(broadcast_dim(a, b) for a, b in zip(left, right, strict=True))
    return result


def position(axis: int | None, rank: int) -> int | None:
    """Return `axis` counted from the front, None where it lies outside of `rank` axes."""
    if axis is None or not -rank <= axis < rank:
        return None
    return axis % rank


def positions(axes: Sequence[int] | None, rank: int) -> tuple[int, ...] | None:
    """Return `axes` counted from the front, None where one lies outside of `rank` axes or comes twice."""
    if axes is None:
        return None
    found = tuple(dict.fromkeys(place for axis in axes if (place := position(axis, rank)) is not None))
    return found if len(found) == len(axes) else None


def replace(shape: Shape, place: int, dim: Dim) -> Shape:
    """Return `shape` with one dimension changed."""
    return (*shape[:place], dim, *shape[place + 1 :])


def reshaped(shape: Shape, target: Sequence[int | None]) -> Shape:
    """Return `target` with its -1 computed from the size of `shape`, as NumPy's reshape does.

    An unknown entry stays unknown, and so does a -1 that the size does not determine or that does not divide it.
    """
    fixed = [dim for dim in target if dim is not None and dim >= 0]
    free = len(target) - len(fixed)
    elements = product(shape)
    missing: Dim = None
    if free == 1 and isinstance(elements, int):
        known = product(fixed)
        missing = elements // known if isinstance(known, int) and known > 0 and elements % known == 0 else None
    return tuple(dim if dim is not None and dim >= 0 else missing for dim in target)
