"""Arithmetic on dimensions that may be named or unknown: what is not known stays unknown."""

from collections.abc import Iterable, Sequence

from cutaway.graph import Dim

Shape = tuple[Dim, ...]


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


def shared(dims: Iterable[Dim]) -> Dim:
    """Return the dimension that all are said to share: the known one among them, unknown where they disagree."""
    known = [dim for dim in dict.fromkeys(dims) if dim is not None]
    return known[0] if len(known) == 1 else None


def broadcast_dim(dims: Sequence[Dim]) -> Dim:
    """Return the dimension of several broadcast against each other (NumPy's rule); an open one may be 1."""
    others = list(dict.fromkeys(dim for dim in dims if dim != 1))
    known = [dim for dim in others if isinstance(dim, int)]
    if known:
        return known[0] if len(known) == 1 else None
    return others[0] if len(others) == 1 else None if others else 1


def broadcast(shapes: Sequence[Shape | None]) -> Shape | None:
    """Return the shape of all `shapes` broadcast together, aligned at the right; None where one is unknown."""
    known = [shape for shape in shapes if shape is not None]
    if not known or len(known) < len(shapes):
        return None
    rank = max(map(len, known))
    aligned = [(1,) * (rank - len(shape)) + shape for shape in known]
    return tuple(broadcast_dim(column) for column in zip(*aligned, strict=True))


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

    An unknown entry stays unknown, a 0 is no size, and a -1 is unknown where the size does not determine it.
    """
    fixed = [dim for dim in target if dim is not None and dim >= 0]
    free = len(target) - len(fixed)
    elements = product(shape)
    missing: Dim = None
    if free == 1 and isinstance(elements, int):
        known = product(fixed)
        missing = elements // known if isinstance(known, int) and known > 0 and elements % known == 0 else None
    return tuple(missing if dim is None or dim < 0 else size(dim) for dim in target)
