"""Layers that rearrange, crop, pad or repeat: the values stay, the axes change."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one, wholes
from cutaway.analysis.shapes.dims import Shape, plus, product, reshaped, size, times
from cutaway.analysis.shapes.space import blank, space
from cutaway.graph import Value


def flatten(call: Call) -> Tensors:
    """Put all axes but the batch into one."""
    shape = call.shape
    return one((shape[0], product(shape[1:])) if shape else None, call.cast())


def reshape(call: Call) -> Tensors:
    """Give the target's axes after the batch."""
    target = call.wholes("target_shape")
    shape = call.shape
    if not shape or target is None or not call.has("target_shape"):
        return one(None, call.cast())
    return one((shape[0], *reshaped(shape[1:], target)), call.cast())


def permute(call: Call) -> Tensors:
    """Put the axes after the batch in the order of `dims`, counted from 1."""
    dims = call.wholes("dims")
    shape = call.shape
    if not shape or dims is None or sorted(dims) != list(range(1, len(shape))):
        return one(None, call.cast())
    return one((shape[0], *(shape[dim] for dim in dims)), call.cast())


def repeat_vector(call: Call) -> Tensors:
    """Repeat a vector along a new axis of `n`."""
    shape = call.shape
    if shape is None or len(shape) != 2:
        return one(None, call.cast())
    return one((shape[0], size(call.whole("n")), shape[1]), call.cast())


def resized_borders(call: Call, rank: int, key: str, *, default: int) -> Tensors:
    """Add to (or, for a cropping, take from) both ends of each spatial axis."""
    found = space(call, rank)
    if found is None:
        return one(blank(call, rank), call.dtype)
    amounts = borders(call.attributes.get(key), rank) if call.has(key) else ((default, default),) * rank
    if amounts is None:
        return one(found.shape((None,) * rank, found.channels), call.dtype)
    sign = -1 if key == "cropping" else 1
    pairs = zip(found.spatial, amounts, strict=True)
    spatial = tuple(plus(dim, sign * (before + after)) for dim, (before, after) in pairs)
    return one(found.shape(spatial, found.channels), call.dtype)


def borders(value: Value, rank: int) -> tuple[tuple[int, int], ...] | None:
    """Return what a cropping or padding takes or adds before and after each axis.

    Stored as one number, as one for each axis, or as a pair for each axis; for a single axis a pair is both ends.
    """
    flat = wholes(value)
    if flat is not None and rank == 1 and len(flat) == 2:
        return ((flat[0], flat[1]),)
    if flat is not None:
        each = flat * rank if len(flat) == 1 else flat
        return tuple((number, number) for number in each) if len(each) == rank else None
    items = value if isinstance(value, tuple) else ()
    ends = [pair for item in items if (pair := wholes(item)) is not None and len(pair) == 2]
    return tuple((pair[0], pair[1]) for pair in ends) if len(ends) == len(items) == rank else None


def upsample(call: Call, rank: int) -> Tensors:
    """Repeat or interpolate each spatial axis to `size` times its length."""
    found = space(call, rank)
    if found is None:
        return one(blank(call, rank), call.dtype)
    factors = call.spread("size", rank, 2) or (None,) * rank
    spatial = tuple(times(dim, factor) for dim, factor in zip(found.spatial, factors, strict=True))
    return one(found.shape(spatial, found.channels), call.dtype)


def pixels(call: Call) -> Tensors:
    """Give an image of `height` and `width`, be it resized or cropped; Keras 2 only knows channels last."""
    found = space(call, 2, usual="channels_last")
    if found is None:
        return one(blank(call, 2), call.dtype)
    spatial: Shape = (size(call.whole("height")), size(call.whole("width")))
    return one(found.shape(spatial, found.channels), call.dtype)


_RANKS = (1, 2, 3)
RULES: Mapping[str, Rule] = {
    "Flatten": flatten,
    "Reshape": reshape,
    "Permute": permute,
    "RepeatVector": repeat_vector,
    "Resizing": pixels,
    "CenterCrop": pixels,
    "RandomCrop": pixels,
    **{f"ZeroPadding{rank}D": partial(resized_borders, rank=rank, key="padding", default=1) for rank in _RANKS},
    **{f"Cropping{rank}D": partial(resized_borders, rank=rank, key="cropping", default=1) for rank in (1, 3)},
    "Cropping2D": partial(resized_borders, rank=2, key="cropping", default=0),
    **{f"UpSampling{rank}D": partial(upsample, rank=rank) for rank in _RANKS},
}
