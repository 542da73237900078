"""Spectrograms, whose windows are kernels of a convolution."""

from collections.abc import Mapping

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, weight
from cutaway.analysis.shapes.call import Call


def short_time_fourier(call: Call) -> Weights | None:
    """Give a window for each frequency, for the real part, the imaginary one, or both."""
    frame, mode = call.whole("frame_length", 256), call.text("mode", "log")
    if frame is None or frame < 1 or mode is None:
        return None
    length = call.whole("fft_length", 1 << (frame - 1).bit_length())
    shape = (frame, 1, None if length is None or length < 1 else length // 2 + 1)
    parts = [part for part, other in (("real", "imag"), ("imag", "real")) if mode != other]
    return tuple(weight(call, f"{part}_kernel", shape) for part in parts)


RULES: Mapping[str, Formula] = {"STFTSpectrogram": short_time_fourier}
