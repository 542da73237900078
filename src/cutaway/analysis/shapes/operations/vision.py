"""Operations on images: pooling, resizing, patches and blocks."""

from collections.abc import Mapping
from functools import partial
from math import prod

from cutaway.analysis.shapes import pooling
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import replace, size, times
from cutaway.analysis.shapes.space import slid, space
from cutaway.graph import Dim
from cutaway.record import replace as with_values


def pool(call: Call) -> Tensors:
    """Slide a window over the spatial axes, as many as the rank says."""
    shape = call.shape
    if shape is None or len(shape) < 3 or not call.has("data_format"):
        return one(None, call.first.dtype)
    found = pooling.windowed(call, len(shape) - 2)
    return one(found[0].shape, call.first.dtype)


def adaptive_pool(call: Call) -> Tensors:
    """Pool the spatial axes to the size asked for."""
    shape = call.shape
    if shape is None or len(shape) < 3 or not call.has("data_format"):
        return one(None, call.first.dtype)
    return one(pooling.adaptive(call, len(shape) - 2)[0].shape, call.first.dtype)


def resize(call: Call) -> Tensors:
    """Give images of the size asked for."""
    shape = call.shape
    sizes = call.spread("size", 2)
    order = call.word("data_format")
    if shape is None or len(shape) < 3 or order not in {"channels_first", "channels_last"}:
        return one(None, call.first.dtype)
    height = len(shape) - (2 if order == "channels_first" else 3)
    tall, wide = sizes or (None, None)
    result = replace(replace(shape, height, size(tall)), height + 1, size(wide))
    return one(result, call.first.dtype)


def grayscale(call: Call) -> Tensors:
    """Reduce the channels to one."""
    shape = call.shape
    order = call.word("data_format")
    if shape is None or len(shape) < 3 or order not in {"channels_first", "channels_last"}:
        return one(None, call.first.dtype)
    place = len(shape) - (3 if order == "channels_first" else 1)
    return one(replace(shape, place, 1), call.first.dtype)


def patches(call: Call) -> Tensors:
    """Put the pixels of each window into the channels."""
    shape, widths = call.shape, call.wholes("size")
    rank = 0 if shape is None else len(shape) - 2
    if rank < 1 or not widths:
        return one(None, call.first.dtype)
    widths = widths * rank if len(widths) == 1 else widths
    strides = call.attributes["strides"] if call.has("strides") else widths
    like = with_values(call, attributes={**call.attributes, "kernel_size": widths, "strides": strides})
    return one(slid(like, rank, "kernel_size", lambda dim: times(dim, prod(widths))), call.first.dtype)


def blocks(call: Call, *, deeper: bool) -> Tensors:
    """Move blocks of pixels into the channels, or (unless `deeper`) back."""
    found, block = space(call, 2), call.whole("block_size")
    if found is None or block is None or block < 1:
        return one(None, call.first.dtype)
    area = block * block
    if deeper:
        spatial, channels = tuple(_part(dim, block) for dim in found.spatial), times(found.channels, area)
    else:
        spatial, channels = tuple(times(dim, block) for dim in found.spatial), _part(found.channels, area)
    return one(found.shape(spatial, channels), call.first.dtype)


def _part(dim: Dim, divisor: int) -> Dim:
    return dim // divisor if isinstance(dim, int) and dim % divisor == 0 else None


RULES: Mapping[str, Rule] = {
    "MaxPool": pool,
    "AveragePool": pool,
    "AdaptiveMaxPool": adaptive_pool,
    "AdaptiveAveragePool": adaptive_pool,
    "Resize": resize,
    "RGBToGrayscale": grayscale,
    "ExtractPatches": patches,
    "DepthToSpace": partial(blocks, deeper=False),
    "SpaceToDepth": partial(blocks, deeper=True),
}
