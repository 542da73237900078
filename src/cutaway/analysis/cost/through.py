"""What windows see of the model's input: those of convolutions and poolings, and of what makes a grid finer."""

from collections.abc import Sequence
from fractions import Fraction

from cutaway.analysis.cost.sight import UNKNOWN, Sight, put_together, widened
from cutaway.analysis.cost.span import Length
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.space import Space, space, windows
from cutaway.graph import Dim, Node

_BEYOND = {"nearest": 0, "bilinear": 1, "lanczos3": 5, "lanczos5": 9, "bicubic": 3}
"""How many more places than one an interpolation mixes, along one axis."""


def window(sight: Sight, call: Call, _: Node, *, rank: int, width: str, mixes: bool = True) -> Sight:
    """See through a window, and, where a kernel `mixes` them, all channels."""
    sound = _sound(call, rank, width)
    return UNKNOWN if sound is None else _through(sight, call, rank, sound, mixes=mixes)


def transposed(sight: Sight, call: Call, _: Node, *, rank: int) -> Sight:
    """See, between the places of the input, those whose windows reach an element: a stride is a fraction."""
    sound = _sound(call, rank, "kernel_size")
    if sound is None:
        return UNKNOWN
    return _through(sight, call, rank, [(reach, Fraction(1) / stride) for reach, stride in sound], mixes=True)


def _sound(call: Call, rank: int, width: str) -> list[tuple[int, int]] | None:
    """Return how far each window reaches beyond one place, and its stride."""
    found = windows(call, rank, width)
    if found is None or not all(each.is_sound for each in found):
        return None
    return [(each.reach - 1, each.stride) for each in found]


def _through(
    sight: Sight, call: Call, rank: int, windows: Sequence[tuple[Length, Length]], *, mixes: bool = False
) -> Sight:
    """Return what is seen through windows on the call's spatial axes."""
    found, shape = space(call, rank), call.shape
    if found is None or shape is None:
        return UNKNOWN
    places, channels = spots(found)
    together = put_together(sight, (channels,), shape) if mixes else sight
    return widened(together, places, windows)


def spots(found: Space) -> tuple[range, int]:
    """Return at which places of a shape its spatial axes lie, and its channels."""
    first, rank = len(found.batch), len(found.spatial)
    return (
        (range(first + 1, first + 1 + rank), first)
        if found.channels_first
        else (range(first, first + rank), first + rank)
    )


def upsampled(sight: Sight, call: Call, _: Node, *, rank: int) -> Sight:
    """See the same places several times, or interpolate between them."""
    factors = call.spread("size", rank, 2)
    beyond = _BEYOND.get(call.word("interpolation", "nearest") or "")
    if factors is None or beyond is None or not all(factor > 0 for factor in factors):
        return UNKNOWN
    return _through(sight, call, rank, [_interpolated(beyond, Fraction(1, factor)) for factor in factors])


def resized(sight: Sight, call: Call, node: Node) -> Sight:
    """See between the places of the input, at the distance that the two sizes say."""
    beyond = _BEYOND.get(call.word("interpolation", "bilinear") or "")
    before, after = spatial(call, call.shape), spatial(call, made(node))
    if beyond is None or before is None or after is None or len(before) != len(after):
        return UNKNOWN
    found: list[tuple[Length, Length]] = []
    for size, other in zip(before, after, strict=True):
        if not isinstance(size, int) or not isinstance(other, int):
            return UNKNOWN
        found.append(_interpolated(beyond, Fraction(size, other)))
    return _through(sight, call, len(found), found)


def _interpolated(beyond: int, stride: Fraction) -> tuple[Length, Length]:
    """Return reach and stride of an interpolation that mixes `beyond` more places than one.

    On the new grid as many outputs in a row see the same places as lie between two of them; where both sizes can have
    a place in the middle, some outputs lie on a place and mix one less.
    """
    if stride == 1:
        return 0, 1
    less = 2 if beyond and stride.numerator % 2 and stride.denominator % 2 else 1
    reach = beyond + 1 - Fraction(less, stride.denominator)
    return (reach / stride if stride.denominator > 1 else reach), stride


def adaptive(sight: Sight, call: Call, node: Node, *, rank: int) -> Sight:
    """See through windows that fit the size; where they do not, they differ from place to place."""
    before, after, shape = spatial(call, call.shape), spatial(call, made(node)), call.shape
    whole = space(call, rank)
    if before is None or after is None or whole is None or shape is None or len(before) != rank:
        return UNKNOWN
    if all(size == 1 for size in after):
        return put_together(sight, spots(whole)[0], shape)
    found: list[tuple[Length, Length]] = []
    for size, other in zip(before, after, strict=True):
        if not isinstance(size, int) or not isinstance(other, int) or size % other:
            return UNKNOWN
        found.append((size // other - 1, size // other))
    return _through(sight, call, rank, found)


def convolved_steps(sight: Sight, call: Call, node: Node, *, rank: int) -> Sight:
    """See all steps, through the windows of the first ones and, each step anew, through those over the state."""
    shape, sound, found = call.shape, _sound(call, rank, "kernel_size"), windows(call, rank, "kernel_size")
    if shape is None or sound is None or found is None:
        return UNKNOWN
    if len(shape) != rank + 3 or not isinstance(shape[1], int):
        return put_together(sight, range(1, len(shape)), shape)
    again = shape[1] - 1
    seen = _through(sight, call, rank, sound, mixes=True)
    state = [(again * (each.width - 1), 1) for each in found]
    steps = put_together(_through(seen, call, rank, state), (1,), shape)
    fewer = {place: place - 1 for place in range(2, len(shape))}
    ended = len(made(node) or ()) < len(shape)
    return Sight(axes=(steps.each(lambda axis: axis.moved(fewer)) if ended else steps).axes, stride=seen.stride)


def spatial(call: Call, shape: tuple[Dim, ...] | None) -> tuple[Dim, ...] | None:
    """Return the sizes of the spatial axes, None where there are none."""
    found = space(call, len(shape) - 2, shape) if shape is not None and len(shape) > 2 else None
    return None if found is None else found.spatial


def made(node: Node) -> tuple[Dim, ...] | None:
    """Return the shape of the first output."""
    return node.outputs[0].tensor.shape if node.outputs else None
