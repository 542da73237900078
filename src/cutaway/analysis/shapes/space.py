"""Images, volumes and sequences: batch, spatial and channel axes, and windows that slide along them."""

from collections.abc import Callable

from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape, plus, size, times
from cutaway.graph import Dim
from cutaway.record import Record


class Space(Record):
    """A shape told apart: leading (batch) axes, spatial axes, channels; `channels_first` says in which order."""

    batch: Shape
    spatial: Shape
    channels: Dim
    channels_first: bool

    def shape(self, spatial: Shape, channels: Dim) -> Shape:
        """Return the shape with other spatial axes and channels, in the same order."""
        return (*self.batch, channels, *spatial) if self.channels_first else (*self.batch, *spatial, channels)


def space(call: Call, rank: int, shape: Shape | None = None, *, usual: str | None = None) -> Space | None:
    """Return the first input's (or the given) shape as `rank` spatial axes and channels.

    None where the input's rank is unknown or too small, or the order of its axes is not stored. More leading axes
    than one are batch axes, as in Keras 2. `usual` is the order where nothing is stored. One spatial axis counts as
    channels last there: that was the only order when the layers of one dimension were made.
    """
    shape = call.shape if shape is None else shape
    order = call.word("data_format", "channels_last" if rank == 1 else usual)
    if shape is None or len(shape) < rank + 1 or order not in {"channels_first", "channels_last"}:
        return None
    split = len(shape) - rank - 1
    batch, rest = shape[:split], shape[split:]
    if order == "channels_first":
        return Space(batch=batch, spatial=rest[1:], channels=rest[0], channels_first=True)
    return Space(batch=batch, spatial=rest[:-1], channels=rest[-1], channels_first=False)


def blank(call: Call, rank: int) -> Shape | None:
    """Return the shape of which nothing but the batch and the rank is known, where the input's rank fits."""
    shape = call.shape
    if shape is None or len(shape) < rank + 2:
        return None
    return (*shape[: len(shape) - rank - 1], *(None,) * (rank + 1))


class Window(Record):
    """A window along one axis: how wide it is, how far it moves, how far apart its taps are."""

    width: int
    stride: int = 1
    dilation: int = 1

    @property
    def reach(self) -> int:
        """How much of the axis it covers."""
        return (self.width - 1) * self.dilation + 1

    @property
    def is_sound(self) -> bool:
        """Whether such a window exists."""
        return self.width > 0 and self.stride > 0 and self.dilation > 0


def slide(length: Dim, window: Window, padding: str | None) -> Dim:
    """Return in how many places the window stands along an axis (padding valid, same, causal or full)."""
    if not window.is_sound or padding not in {"valid", "same", "causal", "full"}:
        return None
    if not isinstance(length, int):
        keeps = window.stride == 1 and (padding in {"same", "causal"} or window.reach == 1)
        return length if keeps else None
    if padding == "valid":
        return size((length - window.reach) // window.stride + 1)
    grown = length + window.reach - 1 if padding == "full" else length
    return size((grown - 1) // window.stride + 1)


def unslide(length: Dim, window: Window, padding: str | None, output_padding: int | None) -> Dim:
    """Return the length from which such a window would have made `length`: a transposed convolution's output."""
    if not window.is_sound or padding not in {"valid", "same"}:
        return None
    if padding == "same" and output_padding is None:
        return times(length, window.stride)
    if not isinstance(length, int):
        keeps = window.stride == 1 and window.reach == 1 and not output_padding
        return length if keeps else None
    if padding == "same":
        return size((length - 1) * window.stride + window.reach % 2 + (output_padding or 0))
    extra = max(window.stride - window.reach, 0) if output_padding is None else output_padding
    return plus((length - 1) * window.stride + window.reach, extra)


def windows(call: Call, rank: int, width: str) -> tuple[Window, ...] | None:
    """Return the call's window along each spatial axis; a pooling's stride is its width where none is stored."""
    widths = call.spread(width, rank)
    dilations = call.spread("dilation_rate", rank, 1)
    strides = call.spread("strides", rank, 1) if width == "kernel_size" or call.has("strides") else widths
    if widths is None or strides is None or dilations is None:
        return None
    triples = zip(widths, strides, dilations, strict=True)
    return tuple(Window(width=a, stride=b, dilation=c) for a, b, c in triples)


def slid(call: Call, rank: int, width: str, channels: Callable[[Dim], Dim]) -> Shape | None:
    """Return the shape after sliding the call's window over its input, with `channels` made from the input's."""
    found = space(call, rank)
    if found is None:
        return blank(call, rank)
    taps = windows(call, rank, width)
    padding = call.word("padding", "valid")
    if taps is None:
        spatial: Shape = (None,) * rank
    else:
        pairs = zip(found.spatial, taps, strict=True)
        spatial = tuple(slide(length, window, padding) for length, window in pairs)
    return found.shape(spatial, channels(found.channels))
