"""Convolutions: plain, grouped, depthwise, separable and transposed, in one to three dimensions."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, weight, with_bias
from cutaway.analysis.formulas.quantized import adapted
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape, size, times
from cutaway.analysis.shapes.space import space
from cutaway.graph import Dim


def convolution(call: Call, rank: int) -> Weights | None:
    """Give a kernel over the channels of one group, to `filters`."""
    filters = size(call.whole("filters"))
    kernel = (*window(call, rank), _shared(channels(call, rank), call.whole("groups", 1)), filters)
    found = with_bias(call, (weight(call, "kernel", kernel),), (filters,))
    return adapted(call, found, "kernel", kernel)


def transposed(call: Call, rank: int) -> Weights | None:
    """Give the kernel of the convolution that goes the other way."""
    filters = size(call.whole("filters"))
    kernel = (*window(call, rank), filters, channels(call, rank))
    return with_bias(call, (weight(call, "kernel", kernel),), (filters,))


def depthwise(call: Call, rank: int) -> Weights | None:
    """Give `depth_multiplier` filters for each channel of the input; Keras 2, which stores `groups`, names them so."""
    factor = call.whole("depth_multiplier", 1)
    entered = channels(call, rank)
    name = "depthwise_kernel" if "groups" in call.attributes else "kernel"
    kernel = weight(call, name, (*window(call, rank), entered, size(factor)))
    return with_bias(call, (kernel,), (times(entered, factor),))


def separable(call: Call, rank: int) -> Weights | None:
    """Give a depthwise kernel, and one that mixes what it makes to `filters`."""
    factor, filters = call.whole("depth_multiplier", 1), size(call.whole("filters"))
    entered = channels(call, rank)
    kernels = (
        weight(call, "depthwise_kernel", (*window(call, rank), entered, size(factor))),
        weight(call, "pointwise_kernel", (*(1,) * rank, times(entered, factor), filters)),
    )
    return with_bias(call, kernels, (filters,))


def window(call: Call, rank: int) -> Shape:
    """Return the sizes of the kernel along the spatial axes."""
    sizes = call.spread("kernel_size", rank) or (None,) * rank
    return tuple(size(number) for number in sizes)


def channels(call: Call, rank: int) -> Dim:
    """Return the channels of the input."""
    found = space(call, rank)
    return None if found is None else found.channels


def _shared(dim: Dim, groups: int | None) -> Dim:
    """Return the channels of each group, unknown where they do not divide."""
    if groups == 1:
        return dim
    return dim // groups if isinstance(dim, int) and groups and groups > 0 and dim % groups == 0 else None


RULES: Mapping[str, Formula] = {
    **{f"Conv{rank}D": partial(convolution, rank=rank) for rank in (1, 2, 3)},
    **{f"Convolution{rank}D": partial(convolution, rank=rank) for rank in (1, 2, 3)},
    **{f"AtrousConvolution{rank}D": partial(convolution, rank=rank) for rank in (1, 2)},
    **{f"Conv{rank}DTranspose": partial(transposed, rank=rank) for rank in (1, 2, 3)},
    **{f"Convolution{rank}DTranspose": partial(transposed, rank=rank) for rank in (1, 2, 3)},
    **{f"Deconvolution{rank}D": partial(transposed, rank=rank) for rank in (2, 3)},
    **{f"DepthwiseConv{rank}D": partial(depthwise, rank=rank) for rank in (1, 2)},
    **{f"SeparableConv{rank}D": partial(separable, rank=rank) for rank in (1, 2)},
    **{f"SeparableConvolution{rank}D": partial(separable, rank=rank) for rank in (1, 2)},
}
