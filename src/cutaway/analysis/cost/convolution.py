"""Convolutions, counted in full: a padded zero is multiplied like any other value."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.cost.forward import Forward, Work, elements, product, total
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape
from cutaway.analysis.shapes.space import space
from cutaway.graph import Dim


def channels(call: Call, rank: int, shape: Shape | None) -> Dim:
    """Return the number of channels of a tensor of `rank` spatial axes."""
    found = None if shape is None else space(call, rank, shape)
    return None if found is None else found.channels


def taps(call: Call, rank: int) -> int | None:
    """Return in how many places a kernel multiplies."""
    widths = call.spread("kernel_size", rank)
    return None if widths is None else product(*widths)


def convolution(forward: Forward, rank: int) -> int | None:
    """Multiply, for each element of the output, the channels of its group under the kernel."""
    call = forward.call
    depth, groups = channels(call, rank, forward.shape), call.whole("groups", 1)
    if not isinstance(depth, int) or not groups or depth % groups:
        return None
    return product(elements(forward.output), taps(call, rank), depth // groups)


def depthwise(forward: Forward, rank: int) -> int | None:
    """Multiply, for each element of the output, one channel under the kernel."""
    return product(elements(forward.output), taps(forward.call, rank))


def separable(forward: Forward, rank: int) -> int | None:
    """Run a depthwise convolution, and then a dense layer over its channels."""
    call = forward.call
    depth, filters = channels(call, rank, forward.shape), channels(call, rank, forward.output)
    between = product(depth, call.whole("depth_multiplier", 1))
    places = elements(forward.output)
    if places is None or not isinstance(filters, int):
        return None
    positions = places // filters
    return total([product(positions, between, taps(call, rank)), product(positions, between, filters)])


def transposed(forward: Forward, rank: int) -> int | None:
    """Multiply each element of the input with the whole kernel of each filter."""
    call = forward.call
    groups = call.whole("groups", 1)
    each = product(elements(forward.shape), taps(call, rank), channels(call, rank, forward.output))
    return None if each is None or not groups or each % groups else each // groups


def stft(forward: Forward) -> int | None:
    """Convolve each channel with the real and the imaginary waves, as Keras computes a spectrogram."""
    call = forward.call
    frame, wide = call.whole("frame_length", 256), call.whole("fft_length", call.whole("frame_length", 256))
    mode, output = call.word("mode", "log"), forward.output
    if frame is None or wide is None or mode is None or output is None:
        return None
    stored = elements(output)
    parts = 1 if mode in {"real", "imag"} else 2
    each = 1 if mode == "stft" else parts
    return product(stored, each, frame)


def mel(forward: Forward) -> int | None:
    """Multiply the spectrum with the matrix of mel bands; the Fourier transform before is no matrix product."""
    wide = forward.call.whole("fft_length", 2048)
    return product(elements(forward.output), None if wide is None else wide // 2 + 1)


RULES: Mapping[str, Work] = {
    **{f"Conv{rank}D": partial(convolution, rank=rank) for rank in (1, 2, 3)},
    **{f"Convolution{rank}D": partial(convolution, rank=rank) for rank in (1, 2, 3)},
    **{f"AtrousConvolution{rank}D": partial(convolution, rank=rank) for rank in (1, 2)},
    **{f"SeparableConv{rank}D": partial(separable, rank=rank) for rank in (1, 2)},
    **{f"SeparableConvolution{rank}D": partial(separable, rank=rank) for rank in (1, 2)},
    **{f"LocallyConnected{rank}D": partial(convolution, rank=rank) for rank in (1, 2)},
    **{f"DepthwiseConv{rank}D": partial(depthwise, rank=rank) for rank in (1, 2)},
    **{f"Conv{rank}DTranspose": partial(transposed, rank=rank) for rank in (1, 2, 3)},
    **{f"Convolution{rank}DTranspose": partial(transposed, rank=rank) for rank in (1, 2, 3)},
    **{f"Deconvolution{rank}D": partial(transposed, rank=rank) for rank in (2, 3)},
    "STFTSpectrogram": stft,
    "MelSpectrogram": mel,
}
