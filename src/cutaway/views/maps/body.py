"""The body of a glyph: stacked maps, a bar of units, a matrix; where its corners are, and where a line meets it."""

from cutaway.geometry import Point, Rect, Size
from cutaway.record import Record, replace
from cutaway.scene import Close, Line, Move, Outline
from cutaway.typed import Literal

Form = Literal["maps", "bar", "matrix"]
Polygon = tuple[Point, ...]
"""The corners of a closed outline, clockwise."""


class Body(Record):
    """What is drawn of an output, without words: `sheets` alike, each by `step` to the lower right of the one behind.

    A sheet is `width` by `height`, and reaches `depth` to the upper left where it has a third axis. A bar is one sheet,
    slanted by `slant` from its upper left to its lower right end; `columns` and `rows` are the cells to show.
    """

    form: Form
    width: float
    height: float
    sheets: int = 1
    step: float = 0.0
    depth: float = 0.0
    slant: float = 0.0
    is_upright: bool = True
    columns: int = 1
    rows: int = 1

    @property
    def size(self) -> Size:
        """What it takes on the page."""
        reach = (self.sheets - 1) * self.step + self.depth
        across, along = (self.slant, 0.0) if self.is_upright else (0.0, self.slant)
        return Size(self.width + reach + across, self.height + reach + along)

    def stretched(self, width: float, height: float) -> "Body":
        """Return the body so much wider and higher, because lines need the room."""
        if width <= 0.0 and height <= 0.0:
            return self
        return replace(self, width=self.width + max(0.0, width), height=self.height + max(0.0, height))

    def front(self, place: Rect) -> Rect:
        """Return the sheet in front, of a body at a place; of a bar, all of it."""
        if self.form == "bar":
            return place
        return Rect(place.right - self.width, place.bottom - self.height, self.width, self.height)

    def outline(self, place: Rect) -> Polygon:
        """Return the corners of all that it covers."""
        if self.form == "bar":
            return self._bar(place)
        x, y, wide, high, deep, step = place.x, place.y, self.width, self.height, self.depth, self.step
        right, left = list[Point](), list[Point]()
        for sheet in range(self.sheets):
            at = sheet * step
            if sheet:
                right.append(Point(x + at - step + wide + deep, y + at))
                left.append(Point(x + at, y + at - step + high + deep))
            right.append(Point(x + at + wide, y + at))
            left.append(Point(x + at, y + at + high))
            if deep:
                right.append(Point(x + at + wide + deep, y + at + deep))
                left.append(Point(x + at + deep, y + at + high + deep))
        front = self.front(place)
        left.pop()  # the corner of the front
        return (Point(x, y), *right, Point(front.right, front.bottom), Point(front.x, front.bottom), *left[::-1])

    def _bar(self, place: Rect) -> Polygon:
        x, y, right, bottom, slant = place.x, place.y, place.right, place.bottom, self.slant
        if self.is_upright:
            return (Point(x, y), Point(right - slant, y), Point(right, bottom), Point(x + slant, bottom))
        return (Point(x, y), Point(right, y + slant), Point(right, bottom), Point(x, bottom - slant))


def closed(polygon: Polygon) -> Outline:
    """Return the outline of a polygon."""
    return (Move(polygon[0]), *[Line(point) for point in polygon[1:]], Close())


def met_at(polygon: Polygon, end: Point, before: Point) -> Point:
    """Return where a line that leads straight on from `end`, coming from `before`, meets an outline first."""
    if abs(end.y - before.y) <= abs(end.x - before.x):
        found = [x for one, other in _pairs(polygon) for x in _cut(one.y, other.y, one.x, other.x, end.y)]
        return Point((min if before.x < end.x else max)(found), end.y) if found else end
    found = [y for one, other in _pairs(polygon) for y in _cut(one.x, other.x, one.y, other.y, end.x)]
    return Point(end.x, (min if before.y < end.y else max)(found)) if found else end


def _pairs(polygon: Polygon) -> list[tuple[Point, Point]]:
    return list(zip(polygon, (*polygon[1:], polygon[0]), strict=True))


def _cut(low: float, high: float, start: float, stop: float, at: float) -> tuple[float, ...]:
    """Return where a side from `start` to `stop` is at a place between `low` and `high`: both where it lies there."""
    if low == high:
        return (start, stop) if at == low else ()
    share = (at - low) / (high - low)
    return (start + share * (stop - start),) if 0.0 <= share <= 1.0 else ()


def cuts(polygon: Polygon, start: Point, stop: Point) -> list[float]:
    """Return at which shares of the way from `start` to `stop` a line meets the sides of an outline."""
    dx, dy = stop.x - start.x, stop.y - start.y
    found: list[float] = []
    for one, other in _pairs(polygon):
        ex, ey = other.x - one.x, other.y - one.y
        across = dx * ey - dy * ex
        if abs(across) < 1e-12:
            continue
        fx, fy = one.x - start.x, one.y - start.y
        share, along = (fx * ey - fy * ex) / across, (fx * dy - fy * dx) / across
        if -1e-9 <= along <= 1 + 1e-9 and 0.0 <= share <= 1.0:
            found.append(share)
    return found
