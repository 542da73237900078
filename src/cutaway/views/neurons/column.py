"""A column of neurons: circles beside each other across the flow, three dots for those that are not drawn, words."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import field, record
from cutaway.ruler import metrics
from cutaway.scene import Close, Curve, Group, Mark, Move, Outline, Path, Rgba, Rounded, Segment, Stroke, Text
from cutaway.theme import Theme
from cutaway.views.parts.box import Form, Looks, TextLine, text_width

_ARC = 0.5522847498307936
"""Control length of a cubic quarter circle of radius 1 (4/3·(√2 − 1))."""
_UNSEEN = Rgba(255, 255, 255, 0.0)
_DOT = 0.11
"""The radius of a dot, in diameters of a neuron."""
_AIR = 3.5
"""Points between a column and the words at its ends."""


@record
class Ring:
    """How the outline of a neuron is drawn that tells of its bias."""

    role: str
    width: float


@record
class Column:
    """The neurons of one layer; `shown` are the numbers of those that are drawn, None for the dots.

    Measured along the flow, `before` and `after` are the room in front of and behind the circles; across it, `span` is
    as long as the longest column that this one is joined to, so that their words stand in rows. The first `heads` of
    the lines stand above, or left of the column, the others below, or right of it. The frame around the circles, on
    which arrows end, is seen if `is_framed`. `rings` are by the numbers of neurons.
    """

    lines: tuple[TextLine, ...]
    heads: int
    role: str
    size: Size
    shown: tuple[int | None, ...]
    total: int
    diameter: float
    gap: float
    before: float
    is_across: bool
    pad: float
    room: float
    form: Form = "box"
    count: str = ""
    margin: float = 0.0
    is_framed: bool = True
    rings: Mapping[int, Ring] = field(default_factory=dict)

    @property
    def length(self) -> float:
        """How long the circles are across the flow, in points."""
        return span(len(self.shown), self.diameter, self.gap)

    def frame(self, rect: Rect) -> Rect:
        """Return the frame around the circles, which is as long as arrows need."""
        if self.is_across:
            x, wide = rect.x + self.before - self.pad, self.diameter + 2 * self.pad
            return Rect(x, rect.y + self.margin, wide, rect.height - 2 * self.margin)
        y, high = rect.y + self.before - self.pad, self.diameter + 2 * self.pad
        return Rect(rect.x + self.margin, y, rect.width - 2 * self.margin, high)

    def places(self, rect: Rect) -> Iterator[tuple[int | None, Point]]:
        """Give the numbers of the neurons that are drawn with their middles; None with that of the dots."""
        frame = self.frame(rect).center
        step, first = self.diameter + self.gap, (self.diameter - self.length) / 2
        for place, number in enumerate(self.shown):
            off = first + place * step
            yield number, Point(frame.x, frame.y + off) if self.is_across else Point(frame.x + off, frame.y)

    def plates(self, rect: Rect, theme: Theme) -> Iterator[tuple[tuple[TextLine, ...], Rect]]:
        """Give the lines at each end, and the room that they take: in one row with those of other columns."""
        frame = self.frame(rect)
        for part in (self.lines[: self.heads], self.lines[self.heads :]):
            if not part:
                continue
            is_head = part[0] is self.lines[0] and self.heads > 0
            wide = max(text_width(line, theme) for line in part)
            cap = metrics(theme.face, 700).cap_height * max(line.size for line in part)
            high = cap + (len(part) - 1) * theme.sizes.leading + metrics(theme.face).descent * part[-1].size
            if self.is_across:
                left, top = frame.center.x - wide / 2, rect.bottom - self.room + _AIR
                top = rect.y + self.room - _AIR - high if is_head else top
            else:
                left, top = rect.right - self.room + _AIR, frame.center.y - high / 2
                left = rect.x + self.room - _AIR - wide if is_head else left
            yield part, Rect(left, top, wide, high)

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:  # noqa: ARG002
        """Draw the frame, the circles in it, and the words at its ends."""
        frame = self.frame(rect)
        outline = Path(segments=Rounded(frame, min(frame.width, frame.height) / 2))
        if self.is_framed:
            line = Stroke(paint="region.stroke", width=looks.theme.strokes.region)
            outline = Path(segments=outline.segments, stroke=line)
        return (outline, *self._circles(rect, looks), *self._words(rect, looks.theme))

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:  # noqa: ARG002
        """Lead the end of a route, its last point, on from the border of the rectangle to the frame."""
        end, before, frame = route[-1], route[-2], self.frame(rect)
        if end.y == before.y and frame.y <= end.y <= frame.bottom:
            return (*route[:-1], Point(frame.x if before.x < end.x else frame.right, end.y))
        if end.x == before.x and frame.x <= end.x <= frame.right:
            return (*route[:-1], Point(end.x, frame.y if before.y < end.y else frame.bottom))
        return route

    def _circles(self, rect: Rect, looks: Looks) -> Iterator[Mark]:
        fill, stroke = looks[self.role]
        rows: dict[Ring | None, list[Segment]] = {}
        dots: list[Segment] = []
        for number, middle in self.places(rect):
            if number is None:
                for turn in (-1, 0, 1):
                    off = turn * self.diameter * 0.36
                    x, y = (0.0, off) if self.is_across else (off, 0.0)
                    dots += circle(Point(middle.x + x, middle.y + y), self.diameter * _DOT)
            else:
                rows.setdefault(self.rings.get(number), []).extend(circle(middle, self.diameter / 2))
        paths = [
            Path(segments=tuple(segments), fill=fill, stroke=stroke if ring is None else _ringed(ring, stroke))
            for ring, segments in rows.items()
        ]
        yield Group(marks=tuple(paths), part="port")
        if dots:
            yield Path(segments=tuple(dots), fill="grey")

    def _words(self, rect: Rect, theme: Theme) -> Iterator[Mark]:
        """Set the words at both ends, as far from the frame as those of other columns in the row."""
        for part, plate in self.plates(rect, theme):
            cap = metrics(theme.face, 700).cap_height * max(line.size for line in part)
            texts = [
                Text(
                    at=Point(plate.center.x, plate.y + cap + place * theme.sizes.leading),
                    text=line.text,
                    size=line.size,
                    face=theme.face,
                    fill=line.role,
                    anchor="middle",
                    weight=line.weight,
                )
                for place, line in enumerate(part)
            ]
            yield Group(marks=(Path(segments=Rounded(plate, 0.0), fill=_UNSEEN), *texts))


def span(places: int, diameter: float, gap: float) -> float:
    """Return how long so many circles are."""
    return places * diameter + (places - 1) * gap


def circle(middle: Point, radius: float) -> Outline:
    """Return the outline of a circle."""
    x, y, bend = middle.x, middle.y, radius * _ARC
    right, low, left, top = Point(x + radius, y), Point(x, y + radius), Point(x - radius, y), Point(x, y - radius)
    return (
        Move(right),
        Curve(Point(x + radius, y + bend), Point(x + bend, y + radius), low),
        Curve(Point(x - bend, y + radius), Point(x - radius, y + bend), left),
        Curve(Point(x - radius, y - bend), Point(x - bend, y - radius), top),
        Curve(Point(x + bend, y - radius), Point(x + radius, y - bend), right),
        Close(),
    )


def _ringed(ring: Ring, usual: Stroke) -> Stroke:
    return Stroke(paint=ring.role, width=ring.width, dash=usual.dash)


def words_room(lines: Sequence[TextLine], theme: Theme, *, is_across: bool) -> float:
    """Return the room that lines take at one end of a column, with the air around them."""
    if not lines:
        return 0.0
    if not is_across:
        return max(text_width(line, theme) for line in lines) + 2 * _AIR
    cap = metrics(theme.face, 700).cap_height * max(line.size for line in lines)
    return cap + (len(lines) - 1) * theme.sizes.leading + metrics(theme.face).descent * lines[-1].size + 2 * _AIR


def drawn_units(total: int, limit: int | None) -> tuple[int | None, ...]:
    """Return the numbers of the neurons to draw: all, or as many places as the limit, the last but one for dots."""
    if limit is None or total <= limit:
        return tuple(range(total))
    return (*range(max(1, limit - 2)), None, total - 1)
