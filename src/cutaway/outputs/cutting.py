"""Long outlines in short pieces, for a renderer that bends what leads far beyond its window."""

from collections.abc import Iterable, Iterator
from math import ceil

from cutaway.geometry import Point, distance
from cutaway.scene import Close, Curve, Line, Move, Segment

_PARTS = 16
"""A curve is measured along so many parts."""


def stretches(outline: Iterable[Segment], reach: float) -> Iterator[tuple[list[Segment], float]]:
    """Give an outline in stretches not much longer than `reach`, and how long the line before each of them is."""
    stretch: list[Segment] = []
    length, before, pen = 0.0, 0.0, Point(0.0, 0.0)
    for segment in cut(outline, reach):
        if isinstance(segment, Close):
            continue
        if isinstance(segment, Move) or length > reach:
            if len(stretch) > 1:
                yield stretch, before
            stretch, before, length = list[Segment]((Move(pen),)), before + length, 0.0
        if isinstance(segment, Move):
            stretch, before = list[Segment]((segment,)), 0.0
        else:
            stretch.append(segment)
            length += _length(pen, segment)
        pen = segment.to
    if len(stretch) > 1:
        yield stretch, before


def cut(outline: Iterable[Segment], reach: float) -> Iterator[Segment]:
    """Cut segments that are longer than `reach`; the side that closes an outline becomes lines where it is long."""
    pen = start = Point(0.0, 0.0)
    for segment in outline:
        if isinstance(segment, Curve):
            yield from _cut_curve(pen, segment, reach)
        elif isinstance(segment, Line):
            yield from _cut_line(pen, segment.to, reach)
        elif isinstance(segment, Move):
            yield segment
            start = segment.to
        else:
            if pen != start:
                yield from _cut_line(pen, start, reach)
            yield segment
        pen = start if isinstance(segment, Close) else segment.to


def _cut_line(start: Point, end: Point, reach: float) -> Iterator[Line]:
    count = ceil(distance(start, end) / reach) or 1
    for number in range(1, count):
        yield Line(_between(start, end, number / count))
    yield Line(end)


def _cut_curve(start: Point, curve: Curve, reach: float) -> Iterator[Curve]:
    """Cut a curve by de Casteljau's construction, one part after the other."""
    for count in range(ceil(_speed(start, curve) / reach), 1, -1):
        part = 1 / count
        one, two, three = (
            _between(*ends, part)
            for ends in ((start, curve.first), (curve.first, curve.second), (curve.second, curve.to))
        )
        low, high = _between(one, two, part), _between(two, three, part)
        start = _between(low, high, part)
        yield Curve(one, low, start)
        curve = Curve(high, three, curve.to)
    yield curve


def _length(start: Point, segment: Line | Curve) -> float:
    """Measure a segment: a curve along its parts."""
    if isinstance(segment, Line):
        return distance(start, segment.to)
    ends = [start, *(part.to for part in _cut_curve(start, segment, _speed(start, segment) / _PARTS or 1.0))]
    return sum(map(distance, ends, ends[1:]))


def _speed(start: Point, curve: Curve) -> float:
    """Return a length of which no part of a curve is longer than its share."""
    return 3 * max(distance(start, curve.first), distance(curve.first, curve.second), distance(curve.second, curve.to))


def _between(start: Point, end: Point, part: float) -> Point:
    return Point(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)
