"""Outlines: segments one by one, and the shapes of figures, which know theirs.

A figure of 100,000 nodes has four million segments and points. Its shapes hold a few numbers each, and give their
segments to whoever asks.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from cutaway.geometry import Point, Rect, distance
from cutaway.record import record

_ARC = 0.5522847498307936
"""Control length of a cubic quarter circle of radius 1 (4/3·(√2 − 1))."""


@record(kw_only=False)
class Move:
    """Start a new subpath."""

    to: Point


@record(kw_only=False)
class Line:
    """Draw a straight line."""

    to: Point


@record(kw_only=False)
class Curve:
    """Draw a cubic Bézier curve with two control points."""

    first: Point
    second: Point
    to: Point


@record(kw_only=False)
class Close:
    """Close the subpath."""


Segment: TypeAlias = Move | Line | Curve | Close

Six: TypeAlias = tuple[float, float, float, float, float, float]


@record(kw_only=False)
class Rounded:
    """A rectangle with rounded corners, clockwise from the upper left; radius 0 keeps them sharp."""

    rect: Rect
    radius: float

    def __iter__(self) -> Iterator[Segment]:
        xs, ys = self.grid()
        if xs[0] == xs[2] or ys[0] == ys[2]:
            left, top, right, bottom = xs[0], ys[0], xs[5], ys[5]
            yield Move(Point(left, top))
            yield from map(Line, (Point(right, top), Point(right, bottom), Point(left, bottom)))
        else:
            yield Move(Point(xs[2], ys[0]))
            yield Line(Point(xs[3], ys[0]))
            yield Curve(Point(xs[4], ys[0]), Point(xs[5], ys[1]), Point(xs[5], ys[2]))
            yield Line(Point(xs[5], ys[3]))
            yield Curve(Point(xs[5], ys[4]), Point(xs[4], ys[5]), Point(xs[3], ys[5]))
            yield Line(Point(xs[2], ys[5]))
            yield Curve(Point(xs[1], ys[5]), Point(xs[0], ys[4]), Point(xs[0], ys[3]))
            yield Line(Point(xs[0], ys[2]))
            yield Curve(Point(xs[0], ys[1]), Point(xs[1], ys[0]), Point(xs[2], ys[0]))
        yield Close()

    def grid(self) -> tuple[Six, Six]:
        """Return the six x and the six y at which points lie: a side, control points, the ends of curves, and back."""
        rect = self.rect
        x, y, wide, high = rect.x, rect.y, rect.width, rect.height
        right, bottom = x + wide, y + high
        radius = max(0.0, min(self.radius, wide / 2, high / 2))
        bend = radius - radius * _ARC  # from a corner to the control points of its curve
        return (
            (x, x + bend, x + radius, right - radius, right - bend, right),
            (y, y + bend, y + radius, bottom - radius, bottom - bend, bottom),
        )


@record(kw_only=False)
class Bent:
    """An open line through at least two `points`, its corners rounded with at most `radius`.

    A stretch between two corners is shared by them, the first stretch belongs to its corner alone; half of the last is
    left for the arrowhead.
    """

    points: tuple[Point, ...]
    radius: float

    def __iter__(self) -> Iterator[Segment]:
        points, share = self.points, 1.0
        yield Move(points[0])
        for (before, corner), after in zip(pairwise(points), points[2:], strict=False):
            reach = min(self.radius, distance(before, corner) * share, distance(corner, after) / 2)
            start, end = _towards(corner, before, reach), _towards(corner, after, reach)
            if share < 1.0 or reach < distance(before, corner):
                yield Line(start)
            yield _quarter(start, corner, end)
            share = 0.5
        yield Line(points[-1])


@record(kw_only=False)
class Arrowhead:
    """A slim triangle at the end of the stretch from `before` to `tip`."""

    before: Point
    tip: Point
    length: float
    breadth: float

    def __iter__(self) -> Iterator[Segment]:
        left_x, left_y, right_x, right_y = self.base()
        yield Move(self.tip)
        yield Line(Point(left_x, left_y))
        yield Line(Point(right_x, right_y))
        yield Close()

    def base(self) -> tuple[float, float, float, float]:
        """Return x and y of the two corners behind the tip."""
        before, tip = self.before, self.tip
        stretch = distance(before, tip) or 1.0
        ux, uy = (tip.x - before.x) / stretch, (tip.y - before.y) / stretch
        x, y = tip.x - ux * self.length, tip.y - uy * self.length  # the middle of the base
        dx, dy = uy * self.breadth / 2, ux * self.breadth / 2
        return x - dx, y + dy, x + dx, y - dy


Outline: TypeAlias = tuple[Segment, ...] | Rounded | Bent | Arrowhead


def _quarter(start: Point, corner: Point, end: Point) -> Curve:
    first = Point(start.x + (corner.x - start.x) * _ARC, start.y + (corner.y - start.y) * _ARC)
    second = Point(end.x + (corner.x - end.x) * _ARC, end.y + (corner.y - end.y) * _ARC)
    return Curve(first, second, end)


def _towards(origin: Point, target: Point, reach: float) -> Point:
    length = distance(origin, target) or 1.0
    return Point(origin.x + (target.x - origin.x) * reach / length, origin.y + (target.y - origin.y) * reach / length)
