"""Outlines: segments one by one, and the shapes of figures, which know theirs.

A figure of 100,000 nodes has four million segments and points. Its shapes hold a few numbers each, and give their
segments to whoever asks.
"""

from collections.abc import Iterator
from math import hypot

from cutaway.geometry import Point, Rect
from cutaway.record import Record
from cutaway.typed import final

ARC = 0.5522847498307936
"""Control length of a cubic quarter circle of radius 1 (4/3·(√2 − 1))."""


@final
class Move(Record, kw_only=False):
    """Start a new subpath."""

    to: Point


@final
class Line(Record, kw_only=False):
    """Draw a straight line."""

    to: Point


@final
class Curve(Record, kw_only=False):
    """Draw a cubic Bézier curve with two control points."""

    first: Point
    second: Point
    to: Point


@final
class Close(Record, kw_only=False):
    """Close the subpath."""


Segment = Move | Line | Curve | Close

Six = tuple[float, float, float, float, float, float]
Bend = tuple[float, float, float, float, float, float, float, float]
"""x and y of a curve's start, its control points and its end."""


class Rounded(Record, kw_only=False):
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
        """Return the six x and the six y at which points lie."""
        rect, radius = self.rect, self.turn
        return along(rect.x, rect.width, radius), along(rect.y, rect.height, radius)

    @property
    def turn(self) -> float:
        """The radius of its corners, for which it may be too small."""
        rect = self.rect
        return max(0.0, min(self.radius, rect.width / 2, rect.height / 2))


def along(start: float, length: float, radius: float) -> Six:
    """Return where points of a rounded side lie: its start, control points, the ends of its curves, and back."""
    end = start + length
    bend = radius - radius * ARC  # from a corner to the control points of its curve
    return start, start + bend, start + radius, end - radius, end - bend, end


class Bent(Record, kw_only=False):
    """An open line through at least two `points`, its corners rounded with at most `radius`.

    A stretch between two corners is shared by them, the first stretch belongs to its corner alone; half of the last is
    left for the arrowhead.
    """

    points: tuple[Point, ...]
    radius: float

    def __iter__(self) -> Iterator[Segment]:
        yield Move(self.points[0])
        for is_led, (x, y, x1, y1, x2, y2, to_x, to_y) in self.bends():
            if is_led:
                yield Line(Point(x, y))
            yield Curve(Point(x1, y1), Point(x2, y2), Point(to_x, to_y))
        yield Line(self.points[-1])

    def bends(self) -> list[tuple[bool, Bend]]:
        """Return the curve at each corner, and whether a line leads to it."""
        found = list[tuple[bool, Bend]]()
        start, corner = self.points[:2]
        x, y, share = corner.x, corner.y, 1.0
        back_x, back_y = start.x - x, start.y - y
        there = hypot(back_x, back_y)
        for after in self.points[2:]:
            on_x, on_y = after.x - x, after.y - y
            on = hypot(on_x, on_y)
            reach = min(self.radius, there * share, on / 2)
            from_x, from_y = x + back_x * reach / (there or 1.0), y + back_y * reach / (there or 1.0)
            to_x, to_y = x + on_x * reach / (on or 1.0), y + on_y * reach / (on or 1.0)
            x1, y1 = from_x + (x - from_x) * ARC, from_y + (y - from_y) * ARC
            x2, y2 = to_x + (x - to_x) * ARC, to_y + (y - to_y) * ARC
            found.append((share < 1.0 or reach < there, (from_x, from_y, x1, y1, x2, y2, to_x, to_y)))
            x, y, share = after.x, after.y, 0.5
            back_x, back_y, there = -on_x, -on_y, on
        return found


class Arrowhead(Record, kw_only=False, many=True):
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
        x, y, before, half = self.tip.x, self.tip.y, self.before, self.breadth / 2
        if before.x == x:  # upright, as most are, or nowhere
            way = (y > before.y) - (y < before.y)
            y -= way * self.length
            return x - way * half, y, x + way * half, y
        ux, uy = x - before.x, y - before.y
        stretch = hypot(ux, uy)
        ux, uy = ux / stretch, uy / stretch
        x, y = x - ux * self.length, y - uy * self.length  # the middle of the base
        dx, dy = uy * half, ux * half
        return x - dx, y + dy, x + dx, y - dy


Outline = tuple[Segment, ...] | Rounded | Bent | Arrowhead
