"""Operations that change axes: reshape, move, add, drop, join, cut, repeat, pad."""

from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from cutaway.analysis.shapes import reshape as layers
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one, wholes
from cutaway.analysis.shapes.declared import stated_axes
from cutaway.analysis.shapes.dims import (
    Shape,
    plus,
    position,
    positions,
    product,
    replace,
    reshaped,
    shared,
    size,
    times,
)
from cutaway.analysis.shapes.dtypes import promote
from cutaway.analysis.shapes.merge import joined
from cutaway.graph import Dim, Tensor, Value


def reshape(call: Call) -> Tensors:
    """Give the new shape, batch and all; the layer of the same name has a `target_shape` without the batch."""
    if call.has("target_shape"):
        return layers.reshape(call)
    target = stated_axes(call.attributes.get("newshape"))
    shape = call.shape
    if target is None:
        return one(None, call.first.dtype)
    return one(reshaped((None,) if shape is None else shape, target), call.first.dtype)


def ravel(call: Call) -> Tensors:
    """Put all axes into one."""
    shape = call.shape
    return one(None if shape is None else (product(shape),), call.first.dtype)


def transpose(call: Call) -> Tensors:
    """Put the axes in the order asked for, or in reverse."""
    shape = call.shape
    if shape is None or "axes" not in call.attributes:
        return one(None, call.first.dtype)
    order = positions(call.wholes("axes"), len(shape)) if call.has("axes") else tuple(range(len(shape)))[::-1]
    fits = order is not None and len(order) == len(shape)
    return one(tuple(shape[place] for place in order) if order is not None and fits else None, call.first.dtype)


def swap(call: Call) -> Tensors:
    """Exchange two axes."""
    shape = call.shape
    rank = 0 if shape is None else len(shape)
    first, second = position(call.whole("axis1"), rank), position(call.whole("axis2"), rank)
    if shape is None or first is None or second is None:
        return one(None, call.first.dtype)
    return one(replace(replace(shape, first, shape[second]), second, shape[first]), call.first.dtype)


def move(call: Call) -> Tensors:
    """Move axes to other places; the others keep their order."""
    shape = call.shape
    rank = 0 if shape is None else len(shape)
    source = positions(call.wholes("source"), rank)
    target = positions(call.wholes("destination"), rank)
    if shape is None or source is None or target is None or len(source) != len(target):
        return one(None, call.first.dtype)
    moved = dict(zip(target, source, strict=True))
    others = iter([place for place in range(rank) if place not in source])
    order = [moved[place] if place in moved else next(others) for place in range(rank)]
    return one(tuple(shape[place] for place in order), call.first.dtype)


def expand(call: Call) -> Tensors:
    """Insert axes of 1 where `axis` says, counted in the result."""
    axes = call.wholes("axis")
    shape = call.shape
    if shape is None or axes is None or not call.has("axis"):
        return one(None, call.first.dtype)
    places = positions(axes, len(shape) + len(axes))
    if places is None:
        return one(None, call.first.dtype)
    rest = iter(shape)
    return one(tuple(1 if i in places else next(rest) for i in range(len(shape) + len(axes))), call.first.dtype)


def squeeze(call: Call) -> Tensors:
    """Drop the axes asked for; without any, those of 1, if all are known."""
    shape = call.shape
    if shape is None or "axis" not in call.attributes:
        return one(None, call.first.dtype)
    if call.has("axis"):
        places = positions(call.wholes("axis"), len(shape))
    else:
        known = all(isinstance(dim, int) for dim in shape[1:])
        places = tuple(place for place, dim in enumerate(shape) if dim == 1) if known else None
    if places is None or any(isinstance(shape[place], int) and shape[place] != 1 for place in places):
        return one(None, call.first.dtype)
    return one(tuple(dim for place, dim in enumerate(shape) if place not in places), call.first.dtype)


def _all_shapes(call: Call) -> list[Shape]:
    shapes = [tensor.shape for tensor in call.inputs if tensor.shape is not None]
    return shapes if len(shapes) == len(call.inputs) else []


def stack(call: Call) -> Tensors:
    """Put the inputs side by side on a new axis."""
    dtype = promote([tensor.dtype for tensor in call.inputs])
    shapes = _all_shapes(call)
    place = position(call.whole("axis", 0), len(shapes[0]) + 1) if shapes else None
    if place is None or len({len(shape) for shape in shapes}) > 1:
        return one(None, dtype)
    result = tuple(shared(column) for column in zip(*shapes, strict=True))
    return one((*result[:place], len(shapes), *result[place:]), dtype)


def concatenate(call: Call, axis: int | None = None) -> Tensors:
    """Join the inputs end to end."""
    dtype = promote([tensor.dtype for tensor in call.inputs])
    along = call.whole("axis", -1) if axis is None else axis
    return one(joined(_all_shapes(call), along), dtype)


def split(call: Call) -> Tensors:
    """Cut along an axis, into equal parts or at the places given."""
    shape = call.shape
    where = call.attributes.get("indices_or_sections")
    found = wholes(where)
    place = position(call.whole("axis", 0), len(shape)) if shape else None
    if shape is None or place is None or where is None or not found:
        return ()
    parts = _cuts(shape[place], found) if isinstance(where, tuple) else _parts(shape[place], found[0])
    return tuple(Tensor(shape=replace(shape, place, part), dtype=call.first.dtype) for part in parts)


_MOST_PARTS = 4096


def _parts(dim: Dim, sections: int) -> tuple[Dim, ...]:
    if not 0 < sections <= _MOST_PARTS:
        return ()
    each = dim // sections if isinstance(dim, int) and dim % sections == 0 else None
    return (size(each),) * sections


def _cuts(dim: Dim, cuts: tuple[int, ...]) -> tuple[Dim, ...]:
    ends: tuple[Dim, ...] = (0, *cuts, dim)
    return tuple(
        size(b - a) if isinstance(a, int) and isinstance(b, int) and a >= 0 else None for a, b in pairwise(ends)
    )


def unstack(call: Call) -> Tensors:
    """Take an axis apart, one output for each of its places."""
    shape = call.shape
    place = position(call.whole("axis", 0), len(shape)) if shape else None
    if shape is None or place is None:
        return ()
    dim = shape[place]
    number = call.whole("num", dim if isinstance(dim, int) else None)
    rest = (*shape[:place], *shape[place + 1 :])
    return (Tensor(shape=rest, dtype=call.first.dtype),) * min(number or 0, _MOST_PARTS)


def tile(call: Call) -> Tensors:
    """Repeat the whole tensor along each axis."""
    repeats = call.wholes("repeats")
    shape = call.shape
    if shape is None or repeats is None or not call.has("repeats"):
        return one(None, call.first.dtype)
    rank = max(len(shape), len(repeats))
    dims = (1,) * (rank - len(shape)) + shape
    factors = (1,) * (rank - len(repeats)) + repeats
    return one(tuple(times(dim, factor) for dim, factor in zip(dims, factors, strict=True)), call.first.dtype)


def repeat(call: Call) -> Tensors:
    """Repeat each element along an axis, or all of them in one."""
    repeats = call.wholes("repeats")
    shape = call.shape
    if shape is None or not repeats or not call.has("repeats"):
        return one(None, call.first.dtype)
    if not call.has("axis"):
        shape = (product(shape),)
    place = position(call.whole("axis", 0), len(shape))
    if place is None:
        return one(None, call.first.dtype)
    longer = times(shape[place], repeats[0]) if len(repeats) == 1 else size(sum(repeats))
    return one(replace(shape, place, longer), call.first.dtype)


def pad(call: Call) -> Tensors:
    """Add to both ends of each axis: alike to all, a pair to all, or a pair to each."""
    shape = call.shape
    value = call.attributes.get("pad_width")
    pairs = None if shape is None else _pads(value, len(shape))
    if shape is None or pairs is None:
        return one(None, call.first.dtype)
    return one(tuple(plus(dim, sum(pair)) for dim, pair in zip(shape, pairs, strict=True)), call.first.dtype)


def _pads(value: Value, rank: int) -> tuple[tuple[int, ...], ...] | None:
    flat = None if value is None else wholes(value)
    if flat is not None:
        return ((flat * 2 if len(flat) == 1 else flat),) * rank if len(flat) in {1, 2} else None
    items = value if isinstance(value, tuple) else ()
    found = tuple(pair for item in items if (pair := wholes(item)) is not None and len(pair) == 2)
    if len(found) < len(items):
        return None
    found = found * rank if len(found) == 1 else found
    return found if len(found) == rank else None


def broadcast_to(call: Call) -> Tensors:
    """Give the shape asked for."""
    asked = stated_axes(call.attributes.get("shape"))
    known = None if asked is None else tuple(None if dim is None else size(dim) for dim in asked)
    return one(known, call.first.dtype)


RULES: Mapping[str, Rule] = {
    "Reshape": reshape,
    "Ravel": ravel,
    "Transpose": transpose,
    "Swapaxes": swap,
    "Moveaxis": move,
    "ExpandDims": expand,
    "Squeeze": squeeze,
    "Stack": stack,
    "Concatenate": concatenate,
    "Vstack": partial(concatenate, axis=0),
    "Hstack": partial(concatenate, axis=1),
    "Split": split,
    "Unstack": unstack,
    "Tile": tile,
    "Repeat": repeat,
    "Pad": pad,
    "BroadcastTo": broadcast_to,
}
