"""The lines from the right corners of a box to the left corners of the next, which the layered view draws."""

from collections.abc import Sequence
from itertools import pairwise

from cutaway.compat.visualkeras.volume import Volume
from cutaway.geometry import Point, Rect, distance
from cutaway.scene import Line, Mark, Move, Path, Stroke

NEAR = 7.9
"""Points between two boxes up to which anyone sees that one leads to the other without a line."""


def is_near(left: Volume, at: Rect, right: Volume, to: Rect) -> bool:
    """Tell whether two boxes nearly touch or cover each other."""
    one, two = _outline(left, at), _outline(right, to)
    if _is_inside(one[0], two) or _is_inside(two[0], one):
        return True
    stretches = [list(pairwise([*each, each[0]])) for each in (one, two)]
    if any(_crossings(start, end, two) for start, end in stretches[0]):
        return True
    return any(
        _apart(point, start, end) <= NEAR
        for points, sides in ((one, stretches[1]), (two, stretches[0]))
        for point in points
        for start, end in sides
    )


def funnel(left: tuple[Volume, Rect], right: tuple[Volume, Rect], stroke: Stroke, *, is_seen: bool) -> list[Mark]:
    """Draw the lines between two boxes, as far as the right one does not cover them.

    `is_seen` lets them begin at the corners of the front, within the outline of the left box; else outside of it.
    """
    marks: list[Mark] = []
    one, two = _outline(*left), _outline(*right)
    for start, end in zip(left[0].corners(left[1])[1], right[0].corners(right[1])[0], strict=True):
        first = 0.0 if is_seen else max([0.0, *_crossings(start, end, one)])
        last = min([share for share in _crossings(start, end, two) if share > first + 1e-6], default=1.0)
        if last - first < 1e-6 or distance(start, end) * (last - first) < 0.5:
            continue
        if _is_inside(_between(start, end, (first + last) / 2), two):
            continue
        begin, stop = _between(start, end, first), _between(start, end, last)
        marks.append(Path(segments=(Move(begin), Line(stop)), stroke=stroke))
    return marks


def _outline(volume: Volume, at: Rect) -> list[Point]:
    return [Point(at.x + point.x, at.y + point.y) for point in volume.solid.outline]


def _crossings(start: Point, end: Point, polygon: Sequence[Point]) -> list[float]:
    """Return where a stretch meets a closed outline, as shares of its length."""
    found: list[float] = []
    ux, uy = end.x - start.x, end.y - start.y
    for one, two in pairwise([*polygon, polygon[0]]):
        vx, vy = two.x - one.x, two.y - one.y
        cross = ux * vy - uy * vx
        if abs(cross) < 1e-9:
            continue
        wx, wy = one.x - start.x, one.y - start.y
        share, at = (wx * vy - wy * vx) / cross, (wx * uy - wy * ux) / cross
        if -1e-9 <= share <= 1 + 1e-9 and -1e-9 <= at <= 1 + 1e-9:
            found.append(min(1.0, max(0.0, share)))
    return found


def _apart(point: Point, start: Point, end: Point) -> float:
    """Return how far a point is from a stretch."""
    ux, uy = end.x - start.x, end.y - start.y
    length = ux * ux + uy * uy
    share = ((point.x - start.x) * ux + (point.y - start.y) * uy) / length if length else 0.0
    return distance(point, _between(start, end, min(1.0, max(0.0, share))))


def _between(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _is_inside(point: Point, polygon: Sequence[Point]) -> bool:
    inside = False
    for one, two in pairwise([*polygon, polygon[0]]):
        if (one.y > point.y) != (two.y > point.y):
            x = one.x + (two.x - one.x) * (point.y - one.y) / (two.y - one.y)
            inside ^= point.x < x
    return inside
