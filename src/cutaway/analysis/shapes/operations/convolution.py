"""Convolutions as operations: the kernels flow in, or stand among the arguments."""

from collections.abc import Callable, Mapping, Sequence

from cutaway.analysis.shapes import convolution as layers
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.declared import stated_axes
from cutaway.analysis.shapes.dims import Shape, size, times
from cutaway.analysis.shapes.operations.operands import constant
from cutaway.analysis.shapes.space import slid
from cutaway.graph import Dim, Tensor
from cutaway.record import replace

_KERNELS = (
    ("kernel", "depthwise_kernel", "filters", "filter", "depthwise_filter"),
    ("pointwise_kernel", "pointwise_filter"),
)
"""Names of what stands behind the input; the last of each are TensorFlow's."""


def kernels(call: Call, count: int = 1) -> list[Shape | None]:
    """Return the shapes of the kernels: constants are in their places, and tensors in those that are left."""
    rest = iter(call.inputs[1:])
    found: list[Shape | None] = []
    for place, names in enumerate(_KERNELS[:count], 1):
        said = {**call.attributes, **call.arguments}
        held = [said[key] for key in (*names, f"input {place}") if said.get(key) is not None]
        found.append(constant(held[0]).shape if held else next(rest, Tensor()).shape)
    return found


def window(call: Call, kernel: Shape | None) -> Call | None:
    """Return the call as that of a layer whose kernel is of this size; None where the two do not fit."""
    shape = call.shape
    if shape is None or kernel is None or not 3 <= len(shape) == len(kernel):
        return None
    return replace(call, attributes={**call.attributes, "kernel_size": _sizes(kernel[:-2])})


def _sizes(dims: Sequence[Dim]) -> tuple[int | None, ...]:
    return tuple([dim if isinstance(dim, int) else None for dim in dims])


def _convolved(call: Call, count: int, channels: Callable[[Dim, list[Shape]], Dim]) -> Tensors:
    found = kernels(call, count)
    known = [kernel for kernel in found if kernel]
    like = window(call, found[0])
    if like is None or len(known) < len(found):
        return one(None, call.first.dtype)
    return one(slid(like, len(known[0]) - 2, "kernel_size", lambda dim: channels(dim, known)), call.first.dtype)


def convolution(call: Call) -> Tensors:
    """Give as many channels as the last axis of the kernel is long."""
    return _convolved(call, 1, lambda _, found: found[0][-1])


def depthwise(call: Call) -> Tensors:
    """Give as many channels for each one of the input as the last axis of the kernel is long."""
    return _convolved(call, 1, lambda dim, found: times(dim, _whole(found[0][-1])))


def separable(call: Call) -> Tensors:
    """Give as many channels as the last axis of the second kernel is long."""
    return _convolved(call, 2, lambda _, found: found[1][-1])


def transposed(call: Call) -> Tensors:
    """Give the shape from which the same convolution would have made the input's; a function is told it."""
    stated = stated_axes(call.attributes.get("output_shape"))
    if stated is not None:
        return one(tuple(None if dim is None else size(dim) for dim in stated), call.first.dtype)
    kernel = kernels(call)[0]
    like = window(call, kernel)
    if like is None or kernel is None or call.has("function"):
        return one(None, call.first.dtype)
    like = replace(like, attributes={**like.attributes, "filters": _whole(kernel[-2])})
    return one(layers.transposed(like, len(kernel) - 2)[0].shape, call.first.dtype)


def _whole(dim: Dim) -> int | None:
    return dim if isinstance(dim, int) else None


RULES: Mapping[str, Rule] = {
    "Conv": convolution,
    "DepthwiseConv": depthwise,
    "SeparableConv": separable,
    "ConvTranspose": transposed,
}
