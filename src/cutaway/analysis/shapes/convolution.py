"""Convolutions: plain, depthwise, separable and transposed, in one to three dimensions."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, size, times
from cutaway.analysis.shapes.space import blank, slid, space, unslide, windows


def convolution(call: Call, rank: int) -> Tensors:
    """Give as many channels as there are filters, along axes that the kernel slides over."""
    filters = size(call.whole("filters"))
    return one(slid(call, rank, "kernel_size", lambda _: filters), call.dtype)


def depthwise(call: Call, rank: int) -> Tensors:
    """Give `depth_multiplier` channels for each one of the input."""
    factor = call.whole("depth_multiplier", 1)
    return one(slid(call, rank, "kernel_size", lambda channels: times(channels, factor)), call.dtype)


def transposed(call: Call, rank: int) -> Tensors:
    """Give the shape from which the same convolution would have made the input's."""
    return one(_transposed(call, rank), call.dtype)


def _transposed(call: Call, rank: int) -> Shape | None:
    found = space(call, rank)
    if found is None:
        return blank(call, rank)
    filters = size(call.whole("filters"))
    taps = windows(call, rank, "kernel_size")
    extra = call.spread("output_padding", rank)
    if taps is None or (extra is None and call.has("output_padding")):
        return found.shape((None,) * rank, filters)
    padding = call.word("padding", "valid")
    extras = extra or (None,) * rank
    triples = zip(found.spatial, taps, extras, strict=True)
    return found.shape(tuple(unslide(length, tap, padding, more) for length, tap, more in triples), filters)


RULES: Mapping[str, Rule] = {
    **{f"Conv{rank}D": partial(convolution, rank=rank) for rank in (1, 2, 3)},
    **{f"Convolution{rank}D": partial(convolution, rank=rank) for rank in (1, 2, 3)},
    **{f"AtrousConvolution{rank}D": partial(convolution, rank=rank) for rank in (1, 2)},
    **{f"SeparableConv{rank}D": partial(convolution, rank=rank) for rank in (1, 2)},
    **{f"SeparableConvolution{rank}D": partial(convolution, rank=rank) for rank in (1, 2)},
    **{f"LocallyConnected{rank}D": partial(convolution, rank=rank) for rank in (1, 2)},
    **{f"DepthwiseConv{rank}D": partial(depthwise, rank=rank) for rank in (1, 2)},
    **{f"Conv{rank}DTranspose": partial(transposed, rank=rank) for rank in (1, 2, 3)},
    **{f"Convolution{rank}DTranspose": partial(transposed, rank=rank) for rank in (1, 2, 3)},
}
