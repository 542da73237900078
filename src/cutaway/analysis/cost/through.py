"""What windows see of the model's input: those of convolutions and poolings, and of what makes a grid finer."""

from fractions import Fraction
from typing import Final

from cutaway.analysis.cost.sight import UNKNOWN, Sight, whole, widened
from cutaway.analysis.cost.span import Length
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.space import space, windows
from cutaway.graph import Dim, Node
from cutaway.record import replace

_BEYOND: Final = {"nearest": 0, "bilinear": 1, "lanczos3": 5, "lanczos5": 9, "bicubic": 3}
"""How many more places than one an interpolation mixes, along one axis."""


def window(sight: Sight, call: Call, _: Node, *, rank: int, width: str) -> Sight:
    """See through a window."""
    found = windows(call, rank, width)
    if found is None or not all(each.is_sound for each in found):
        return UNKNOWN
    return widened(sight, [(each.reach - 1, each.stride) for each in found])


def transposed(sight: Sight, call: Call, _: Node, *, rank: int) -> Sight:
    """See, between the places of the input, those whose windows reach an element: a stride is a fraction."""
    found = windows(call, rank, "kernel_size")
    if found is None or not all(each.is_sound for each in found):
        return UNKNOWN
    return widened(sight, [(each.reach - 1, Fraction(1, each.stride)) for each in found])


def upsampled(sight: Sight, call: Call, _: Node, *, rank: int) -> Sight:
    """See the same places several times, or interpolate between them."""
    factors = call.spread("size", rank, 2)
    beyond = _BEYOND.get(call.word("interpolation", "nearest") or "")
    if factors is None or beyond is None or not all(factor > 0 for factor in factors):
        return UNKNOWN
    return widened(sight, [_interpolated(beyond, Fraction(1, factor)) for factor in factors])


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
    return widened(sight, found)


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


def pooled(sight: Sight, _: Call, __: Node, *, rank: int) -> Sight:
    """See the whole of the pooled axes, which are the last ones."""
    return whole(sight, range(max(len(sight.fields or ()) - rank, 0), len(sight.fields or ())))


def adaptive(sight: Sight, call: Call, node: Node, *, rank: int) -> Sight:
    """See through windows that fit the size; where they do not, they differ from place to place."""
    before, after = spatial(call, call.shape), spatial(call, made(node))
    if before is None or after is None or len(before) != rank:
        return UNKNOWN
    if all(size == 1 for size in after):
        return pooled(sight, call, node, rank=rank)
    found: list[tuple[Length, Length]] = []
    for size, other in zip(before, after, strict=True):
        if not isinstance(size, int) or not isinstance(other, int) or size % other:
            return UNKNOWN
        found.append((size // other - 1, size // other))
    return widened(sight, found)


def convolved_steps(sight: Sight, call: Call, _: Node, *, rank: int) -> Sight:
    """See all steps, through the windows of the first ones and, each step anew, through those over the state."""
    found = windows(call, rank, "kernel_size")
    if found is None or not all(each.is_sound for each in found) or sight.fields is None:
        return UNKNOWN
    if len(sight.fields) != rank + 1 or not isinstance(sight.extents[0], int):
        return whole(sight)
    again = sight.extents[0] - 1
    seen = widened(sight, [(each.reach - 1, each.stride) for each in found])
    steps = widened(seen, [(again * (each.width - 1), 1) for each in found])
    return replace(whole(steps, [0]), steps=seen.steps)


def spatial(call: Call, shape: tuple[Dim, ...] | None) -> tuple[Dim, ...] | None:
    """Return the sizes of the spatial axes, None where there are none."""
    found = space(call, len(shape) - 2, shape) if shape is not None and len(shape) > 2 else None
    return None if found is None else found.spatial


def made(node: Node) -> tuple[Dim, ...] | None:
    """Return the shape of the first output."""
    return node.outputs[0].tensor.shape if node.outputs else None
