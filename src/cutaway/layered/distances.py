"""How far nodes, lanes and ports keep from each other, on a grid of axes and ports.

On the grid two lanes are on one line or visibly apart, and never bend by a hair.
"""

from itertools import accumulate
from math import ceil, floor

from cutaway.geometry import Size
from cutaway.layered.flat import Node
from cutaway.layered.problem import Gaps

GRID = 0.25
_SIDE_ENTRY = 10.0  # between a node and a lane: room for an arrowhead where the lane enters it sideways
_MARGIN = 0.8  # from a port to the corner of its node, in least distances of ports
_MARGIN_ROUND = 2.0  # points
_STEP = 2.4  # the usual distance of ports, in least ones


def up(value: float) -> float:
    """Return the next multiple of the grid that is not less."""
    return ceil(value / GRID - 1e-6) * GRID


def down(value: float) -> float:
    """Return the next multiple of the grid that is not greater."""
    return floor(value / GRID + 1e-6) * GRID


def near(value: float) -> float:
    """Return the nearest multiple of the grid."""
    return floor(value / GRID + 0.5) * GRID


def beside(half: float, gaps: Gaps) -> float:
    """Return the distance of a lane from the axis of a node with such a half width that it enters sideways."""
    return half + max(gaps.box, _SIDE_ENTRY)


def apart(one: Node | None, two: Node | None, gaps: Gaps, reach_right: float = 0.0, reach_left: float = 0.0) -> float:
    """Return the least distance of the axes of two nodes or lanes (None) beside each other, and of their labels."""
    if one is None and two is None:
        return gaps.lane
    least = max(gaps.box, _SIDE_ENTRY) + gaps.beside if one is None or two is None else gaps.box
    right = one.right if one is not None else 0.0
    left = two.left if two is not None else 0.0
    if reach_right or reach_left:
        return max(right + least + left, reach_right + left, right + reach_left, reach_right + reach_left)
    return right + least + left


def even_places(distances: list[float], axis: float, merge: Node | None, gaps: Gaps) -> list[float]:
    """Return the x of equal paths around an axis; `merge` is the node that the outer two enter sideways, if they do."""
    steps = [2 * up(distance / 2) for distance in distances]
    if merge is not None:
        least = beside(max(merge.left, merge.right), gaps)
        steps[len(steps) // 2] += 2 * up(max(0.0, least - sum(steps) / 2))
    return list(accumulate(steps, initial=axis - sum(steps) / 2))


def label_width(label: Size | None, gaps: Gaps) -> float:
    """Return how much room a lane needs to its right for a label."""
    return gaps.lane if label is None else up(max(gaps.lane, label.width + 2 * gaps.label))


def half_border(box: Node, port: float, *, upper: bool) -> float:
    """Return how far from the axis of a box its outermost ports, so far apart at least, may be at its borders."""
    half = (box.upper if upper else box.lower) or box.half
    return max(half - (_MARGIN_ROUND if box.round else _MARGIN * port), half / 2)


def spread(wishes: list[float], half: float, port: float) -> list[float]:
    """Return increasing offsets within ±half: one that may be straight at 0 is, the others are spread around it.

    Where there is room they are `port` apart and on the grid, and a wish is granted if it leaves room for the others.
    """
    count = len(wishes)
    straight = [number for number, wish in enumerate(wishes) if abs(wish) < 1e-6]
    middle = float(straight[(len(straight) - 1) // 2]) if straight else (count - 1) / 2
    many = max(middle, count - 1 - middle)
    step = min(_STEP * port, half / many) if many else 0.0
    offsets = [step * (number - middle) for number in range(count)]
    if step < 2 * GRID:
        return offsets
    offsets = [down(offset) if offset > 0 else up(offset) for offset in offsets]
    half, least = down(half), min(port, down(step) - GRID)
    for number, wish in enumerate(wishes):
        if number == middle and straight:
            continue
        before = bool(straight) and number < middle
        low = offsets[number - 1] + least if number else -half
        high = (0.0 if before else half) - least * ((middle if before else count - 1) - number)
        offsets[number] = wish if low <= wish <= high else min(max(offsets[number], low), high)
    return offsets
