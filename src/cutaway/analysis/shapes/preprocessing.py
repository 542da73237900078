"""Preprocessing: words and categories to numbers, sound to spectra, images to images."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, position, replace, size, times
from cutaway.analysis.shapes.dtypes import DEFAULT_FLOAT, is_float
from cutaway.analysis.shapes.same_shape import computed, kept
from cutaway.analysis.shapes.space import Window, slide, space
from cutaway.graph import Dim


def _encoded(shape: Shape | None, mode: str | None, depth: Dim) -> Shape | None:
    """Return the shape of categories written out: each one of them, or all of a sample together.

    A last axis of 1 goes away when each is written out, so nothing is known where it is unknown.
    """
    if shape is None or mode is None:
        return None
    if mode == "int":
        return shape
    if mode == "one_hot" and len(shape) > 1 and not isinstance(shape[-1], int):
        return None
    if mode == "one_hot" and (len(shape) < 2 or shape[-1] != 1):
        return (*shape, depth)
    return (*shape[:-1], depth)


def category_encoding(call: Call) -> Tensors:
    """Write categories out over `num_tokens`."""
    mode = call.word("output_mode", "multi_hot")
    return one(_encoded(call.shape, mode, size(call.whole("num_tokens"))), call.dtype)


def hashing(call: Call) -> Tensors:
    """Give a bin for each value, or write the bins of a sample out over `num_bins`."""
    mode = call.word("output_mode", "int")
    if mode == "int":
        return one(call.shape, call.dtype if call.policy is not None and not is_float(call.dtype) else "int64")
    shape = call.shape
    return one((*shape[:-1], size(call.whole("num_bins"))) if shape and mode else None, call.dtype)


def hashed_crossing(call: Call) -> Tensors:
    """Give a bin for each pair of values, or write the bins out over `num_bins`."""
    mode = call.word("output_mode", "int")
    if mode == "int":
        return one(call.shape, call.dtype if call.policy is not None else "int64")
    return one(_encoded(call.shape, mode, size(call.whole("num_bins"))), call.dtype)


def discretization(call: Call) -> Tensors:
    """Give the bin of each value, or write it out over the bins."""
    mode = call.word("output_mode", "int")
    shape = call.shape
    if mode == "int":
        return one(shape, "int32" if is_float(call.dtype) else call.dtype)
    bounds = call.attributes.get("bin_boundaries")
    depth = size(len(bounds) + 1) if isinstance(bounds, tuple) else size(call.whole("num_bins"))
    if mode == "one_hot" or mode is None or shape is None:
        return one(_encoded(shape, mode, depth), call.dtype)
    return one((shape[0], *shape[2:], depth) if len(shape) > 1 else (depth,), call.dtype)


def lookup(call: Call) -> Tensors:
    """Give the place of each word, or write it out over the vocabulary."""
    mode = call.word("output_mode", "int")
    if mode == "int":
        backwards = call.flag("invert")
        return one(call.shape, None if backwards is not False else "int64")
    padded = call.flag("pad_to_max_tokens")
    depth = size(call.whole("max_tokens")) if padded else _vocabulary(call)
    return one(_encoded(call.shape, mode, depth), DEFAULT_FLOAT)


def _vocabulary(call: Call) -> Dim:
    """Return how many words there are, those for what is unknown included: a list may or may not begin with them."""
    words = call.attributes.get("vocabulary")
    outside = call.whole("num_oov_indices", 1)
    if call.has("vocabulary_size") or not isinstance(words, tuple) or outside is None:
        return size(call.whole("vocabulary_size"))
    listed = bool(words) and words[0] == call.attributes.get("oov_token", "[UNK]")
    return size(len(words) + (0 if listed else outside))


def text_vectorization(call: Call) -> Tensors:
    """Give a sequence of word numbers, or one row over the vocabulary for each text.

    Of rows for texts of more than one axis Keras says one thing and does another: they are left unknown.
    """
    mode = call.word("output_mode", "int")
    shape = call.shape
    if mode == "int":
        length = size(call.whole("output_sequence_length"))
        return one((shape[0], length) if shape else None, "int64")
    padded = call.flag("pad_to_max_tokens")
    depth = size(call.whole("max_tokens")) if padded else _vocabulary(call)
    rank = 0 if shape is None else len(shape)
    return one((shape[0], depth) if shape and rank == 1 and mode != "one_hot" else None, DEFAULT_FLOAT)


def mel_spectrogram(call: Call) -> Tensors:
    """Give `num_mel_bins` rows and a column for each step of `sequence_stride`."""
    shape = call.shape
    step = call.whole("sequence_stride", 512)
    rank = 0 if shape is None else len(shape)
    if not shape or rank > 2 or step is None or step < 1:
        return one(None, call.dtype)
    length = shape[-1]
    columns = (length + step + 1) // step if isinstance(length, int) else None
    return one((*shape[:-1], size(call.whole("num_mel_bins", 128)), columns), call.dtype)


def stft_spectrogram(call: Call) -> Tensors:
    """Give the spectrum of each frame; real and imaginary parts take twice the room."""
    found = space(call, 1)
    frame, step = call.whole("frame_length", 256), call.whole("frame_step")
    wide = call.whole("fft_length", frame)
    mode = call.word("mode", "log")
    expand = call.flag("expand_dims")
    if found is None or frame is None or wide is None or mode is None or expand is None or len(found.batch) != 1:
        return one(None, call.dtype)
    step = frame // 2 if step is None and not call.has("frame_step") else step
    window = Window(width=frame, stride=step or 0)
    frames = slide(found.spatial[0], window, call.word("padding", "valid"))
    bins = (wide // 2 + 1) * (2 if mode == "stft" else 1)
    if expand:
        parts = (found.channels, frames, size(bins)) if found.channels_first else (frames, size(bins), found.channels)
        return one((*found.batch, *parts), call.dtype)
    channels = times(found.channels, bins)
    return one(found.shape((frames,), channels), call.dtype)


def stretched(call: Call, axis: int) -> Tensors:
    """Keep all but one axis, whose length is drawn anew for each batch (Keras 2)."""
    place = position(axis, len(call.shape)) if call.shape else None
    return one(None if call.shape is None or place is None else replace(call.shape, place, None), call.dtype)


_IMAGE = (
    *("RandomBrightness", "RandomColorDegeneration", "RandomColorJitter", "RandomContrast", "RandomElasticTransform"),
    *("RandomErasing", "RandomFlip", "RandomGaussianBlur", "RandomHue", "RandomInvert"),
    *("RandomPerspective", "RandomPosterization", "RandomRotation", "RandomSaturation", "RandomSharpness"),
    *("RandomShear", "RandomTranslation", "RandomZoom", "AugMix", "AutoContrast", "CutMix", "MixUp"),
    *("ContrastLimitedAdaptiveHistogramEqualization", "RandAugment", "Solarization"),
)
RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_IMAGE, computed),
    **dict.fromkeys(("RandomGrayscale", "Equalization"), kept),
    **dict.fromkeys(("Rescaling", "Normalization"), computed),
    "RandomHeight": partial(stretched, axis=-3),
    "RandomWidth": partial(stretched, axis=-2),
    "CategoryEncoding": category_encoding,
    "Hashing": hashing,
    "HashedCrossing": hashed_crossing,
    "Discretization": discretization,
    **dict.fromkeys(("IntegerLookup", "StringLookup"), lookup),
    "TextVectorization": text_vectorization,
    "MelSpectrogram": mel_spectrogram,
    "STFTSpectrogram": stft_spectrogram,
}
