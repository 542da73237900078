"""Where the lines of a joint run: between the outlines of two bodies, and upon them up to windows and values."""

from collections.abc import Iterator

from cutaway.geometry import Point, Rect
from cutaway.record import Record
from cutaway.views.maps.body import Body, Polygon, cuts
from cutaway.views.maps.windows import Relation
from cutaway.views.parts.obstacles import corners

Stretch = tuple[Point, Point]

_INSET = 0.8
"""Points between the ends of a body and the places from which lines lead to another."""


class Span(Record):
    """A joint where it is drawn: lines between two bodies, lines upon them, and the window at each end."""

    between: tuple[Stretch, ...]
    upon: tuple[Stretch, ...] = ()
    ends: tuple[Rect, ...] = ()


class End(Record):
    """A body at its place, and its outline."""

    body: Body
    place: Rect
    outline: Polygon


def pyramid(ends: tuple[End, End], windows: tuple[Rect, Rect]) -> Span | None:
    """Lead lines from the corners of one window to those of another; None where the bodies do not face each other."""
    between, upon = list[Stretch](), list[Stretch]()
    for start, stop in zip(corners(windows[0]), corners(windows[1]), strict=True):
        cut = _between(ends, start, stop)
        if cut is None:
            return None
        between.append(cut)
        upon += ((start, cut[0]), (cut[1], stop))
    return Span(between=tuple(between), upon=tuple(upon), ends=windows)


def spread(ends: tuple[End, End], relation: Relation, forward: int, *, is_row: bool) -> Span | None:
    """Lead lines from the ends of one body to those of the other; full connections cross as well."""
    starts = _extremes(ends[0], forward, is_row=is_row)
    stops = _extremes(ends[1], -forward, is_row=is_row)
    ways = [(starts[0], stops[0]), (starts[1], stops[1])]
    if relation == "full":
        ways += [(starts[0], stops[1]), (starts[1], stops[0])]
    found = [cut for start, stop in ways if (cut := _between(ends, start, stop))]
    return Span(between=tuple(found)) if len(found) == len(ways) else None


def _between(ends: tuple[End, End], start: Point, stop: Point) -> Stretch | None:
    """Return the part of a line that is between two bodies, after the last of one and before the first of the other."""
    leaves, enters = cuts(ends[0].outline, start, stop), cuts(ends[1].outline, start, stop)
    if not leaves or not enters or max(leaves) >= min(enters):
        return None
    return _at(start, stop, max(leaves)), _at(start, stop, min(enters))


def _extremes(end: End, side: int, *, is_row: bool) -> Stretch:
    """Return two places within a body, near its ends across the flow, on the side where the other body is."""
    body, place = end.body, end.place
    if body.form == "bar":
        first, second = _along_bar(body, place)
        return first, second
    front = body.front(place)
    if is_row:
        x = front.center.x + side * (front.width / 2 - _INSET)
        return Point(x, front.y + _INSET), Point(x, front.bottom - _INSET)
    y = front.center.y + side * (front.height / 2 - _INSET)
    return Point(front.x + _INSET, y), Point(front.right - _INSET, y)


def _along_bar(body: Body, place: Rect) -> Iterator[Point]:
    if body.is_upright:
        half = (place.width - body.slant) / 2
        yield Point(place.x + half, place.y + _INSET)
        yield Point(place.right - half, place.bottom - _INSET)
    else:
        half = (place.height - body.slant) / 2
        yield Point(place.x + _INSET, place.y + half)
        yield Point(place.right - _INSET, place.bottom - half)


def _at(start: Point, stop: Point, share: float) -> Point:
    return Point(start.x + share * (stop.x - start.x), start.y + share * (stop.y - start.y))
