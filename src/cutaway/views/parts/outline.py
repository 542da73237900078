"""Outlines as segments: rectangles, circles, polylines with rounded corners."""

from cutaway.geometry import Point, Rect, distance
from cutaway.scene import Close, Curve, Line, Move, Segment

_ARC = 0.5522847498307936
"""Control length of a cubic quarter circle of radius 1 (4/3·(√2 − 1))."""

_CLOSE = Close()


def rounded(rect: Rect, radius: float) -> tuple[Segment, ...]:
    """Outline a rectangle with rounded corners, clockwise from the upper left; radius 0 keeps them sharp."""
    radius = min(radius, rect.width / 2, rect.height / 2)
    x, y, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    if radius <= 0:
        corners = (Point(right, y), Point(right, bottom), Point(x, bottom))
        return (Move(Point(x, y)), *map(Line, corners), _CLOSE)
    bend = radius - radius * _ARC  # from a corner to the control points of its curve
    # Each number is one object that all points share: large figures consist of outlines.
    x_bend, x_radius, right_bend, right_radius = x + bend, x + radius, right - bend, right - radius
    y_bend, y_radius, bottom_bend, bottom_radius = y + bend, y + radius, bottom - bend, bottom - radius
    start = Point(x_radius, y)
    return (
        Move(start),
        Line(Point(right_radius, y)),
        Curve(Point(right_bend, y), Point(right, y_bend), Point(right, y_radius)),
        Line(Point(right, bottom_radius)),
        Curve(Point(right, bottom_bend), Point(right_bend, bottom), Point(right_radius, bottom)),
        Line(Point(x_radius, bottom)),
        Curve(Point(x_bend, bottom), Point(x, bottom_bend), Point(x, bottom_radius)),
        Line(Point(x, y_radius)),
        Curve(Point(x, y_bend), Point(x_bend, y), start),
        _CLOSE,
    )


def polyline(points: tuple[Point, ...], radius: float) -> tuple[Segment, ...]:
    """Draw an open line through `points` with rounded corners.

    A stretch between two corners is shared by them, the first stretch belongs to its corner alone; half of the last is
    left for the arrowhead.
    """
    segments: list[Segment] = [Move(points[0])]
    share = 1.0
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, distance(before, corner) * share, distance(corner, after) / 2)
        start, end = _towards(corner, before, reach), _towards(corner, after, reach)
        if share < 1.0 or reach < distance(before, corner):
            segments.append(Line(start))
        segments.append(_quarter(start, corner, end))
        share = 0.5
    return (*segments, Line(points[-1]))


def _quarter(start: Point, corner: Point, end: Point) -> Curve:
    first = Point(start.x + (corner.x - start.x) * _ARC, start.y + (corner.y - start.y) * _ARC)
    second = Point(end.x + (corner.x - end.x) * _ARC, end.y + (corner.y - end.y) * _ARC)
    return Curve(first, second, end)


def arrowhead(points: tuple[Point, ...], length: float, breadth: float) -> tuple[Segment, ...]:
    """Outline a slim triangle whose tip is the last of `points`."""
    before, tip = points[-2], points[-1]
    stretch = distance(before, tip) or 1.0
    ux, uy = (tip.x - before.x) / stretch, (tip.y - before.y) / stretch
    x, y = tip.x - ux * length, tip.y - uy * length  # the middle of the base
    dx, dy = uy * breadth / 2, ux * breadth / 2
    return (Move(tip), Line(Point(x - dx, y + dy)), Line(Point(x + dx, y - dy)), _CLOSE)


def _towards(origin: Point, target: Point, reach: float) -> Point:
    length = distance(origin, target) or 1.0
    return Point(origin.x + (target.x - origin.x) * reach / length, origin.y + (target.y - origin.y) * reach / length)
