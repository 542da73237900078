"""Operations on images: pooling, convolution with a kernel that flows in, resizing."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.shapes import pooling
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import replace, size


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


RULES: Final[Mapping[str, Rule]] = {
    "MaxPool": pool,
    "AveragePool": pool,
    "AdaptiveMaxPool": adaptive_pool,
    "AdaptiveAveragePool": adaptive_pool,
    "Resize": resize,
    "RGBToGrayscale": grayscale,
}
