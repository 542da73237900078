"""Convolutions whose kernels flow in, counted as those of layers are."""

from collections.abc import Mapping

from cutaway.analysis.cost.forward import Forward, Work, elements, product, total
from cutaway.analysis.shapes.operations.convolution import kernels


def convolve(forward: Forward) -> int | None:
    """Multiply, for each element of the output, what lies under the kernel."""
    kernel = kernels(forward.call)[0]
    return product(elements(forward.output), *kernel[:-1]) if kernel else None


def convolve_depthwise(forward: Forward) -> int | None:
    """Multiply, for each element of the output, one channel under the kernel."""
    kernel = kernels(forward.call)[0]
    return product(elements(forward.output), *kernel[:-2]) if kernel else None


def convolve_separably(forward: Forward) -> int | None:
    """Run a depthwise convolution, and then mix its channels."""
    deep, mixing = kernels(forward.call, 2)
    places = elements(forward.output)
    if not deep or not mixing or places is None or not isinstance(mixing[-1], int) or places % mixing[-1]:
        return None
    return total([product(places // mixing[-1], *deep), product(places, mixing[-2])])


def convolve_transposed(forward: Forward) -> int | None:
    """Multiply each element of the input with the whole kernel of each filter."""
    kernel = kernels(forward.call)[0]
    return product(elements(forward.shape), *kernel[:-1]) if kernel else None


OPERATIONS: Mapping[str, Work] = {
    "Conv": convolve,
    "DepthwiseConv": convolve_depthwise,
    "SeparableConv": convolve_separably,
    "ConvTranspose": convolve_transposed,
}
