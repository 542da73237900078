"""A column of neurons: circles beside each other across the flow, three dots for those that are not drawn, words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record, field
from cutaway.ruler import metrics
from cutaway.scene import (
    Anchor,
    Close,
    Curve,
    Group,
    Mark,
    Move,
    Outline,
    Paint,
    Path,
    Rgba,
    Rounded,
    Segment,
    Stroke,
    Text,
)
from cutaway.theme import Theme
from cutaway.views.parts.box import STRONG, Form, Looks, TextLine, text_width
from cutaway.views.parts.tint import PALE

if TYPE_CHECKING:
    from cutaway.views.parts.picture import Fit, Picture

AIR: Final = 3.5
"""Points between a column and the words at its ends."""
_ARC: Final = 0.5522847498307936
"""Control length of a cubic quarter circle of radius 1 (4/3·(√2 − 1))."""
_UNSEEN: Final = Rgba(255, 255, 255, 0.0)
_HOLLOW: Final = 1.0
"""The width of the line of a hollow circle in a neuron."""
_DOT: Final = 0.11
"""The radius of a dot, in diameters of a neuron."""


class Core(Record):
    """The small circle within a neuron that tells of its bias: a share of it large, and perhaps hollow."""

    role: str
    share: float
    is_hollow: bool = False


class Pictured(Record, eq=False):
    """A picture in circles: cut round, or as a square in them; in those of these numbers, None for all."""

    picture: "Picture"
    fit: "Fit" = "cover"
    is_round: bool = True
    numbers: Collection[int] | None = None


class Column(Record):
    """The neurons of one layer; `shown` are the numbers of those that are drawn, None for the dots.

    The first `heads` of the lines stand above, or left of the column, the others below, or right of it, each a shift
    away from the frame around the circles, on which arrows end; `rooms` are those at both ends. Along the flow,
    `before` is the room to the left of the circles, or above them; `pad` is that between circles and frame. `cores` are
    by the numbers of neurons. `paints`, a fill and an outline, go before the colours of the role; a `picture` lies in
    circles.
    """

    lines: tuple[TextLine, ...]
    heads: int
    role: str
    size: Size
    shown: tuple[int | None, ...]
    diameter: float
    gap: float
    pad: float
    is_across: bool
    is_framed: bool
    before: float = 0.0
    shifts: tuple[float, float] = (0.0, 0.0)
    rooms: tuple[float, float] = (0.0, 0.0)
    form: Form = "box"
    count: str = ""
    margin: float = 0.0
    cores: Mapping[int, Core] = field(default_factory=dict)
    paints: tuple[Paint, Stroke] | None = None
    picture: "Pictured | None" = None

    @property
    def length(self) -> float:
        """How long the circles are across the flow, in points."""
        places = len(self.shown)
        return places * self.diameter + (places - 1) * self.gap

    @property
    def axis(self) -> float:
        """How far the middle of the frame is from where the column begins across the flow."""
        head, foot = self.rooms
        return head + ((self.size.height if self.is_across else self.size.width) - head - foot) / 2

    @property
    def parts(self) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
        """The lines at both ends."""
        return self.lines[: self.heads], self.lines[self.heads :]

    def frame(self, rect: Rect) -> Rect:
        """Return the frame around the circles, which is as long as arrows need."""
        start, broad = self.before - self.pad, self.diameter + 2 * self.pad
        head, foot = self.rooms
        if self.is_across:
            return Rect(rect.x + start, rect.y + head, broad, rect.height - head - foot)
        return Rect(rect.x + head, rect.y + start, rect.width - head - foot, broad)

    def places(self, rect: Rect) -> Iterator[tuple[int | None, Point]]:
        """Give the numbers of the neurons that are drawn with their middles; None with that of the dots."""
        middle = self.frame(rect).center
        step, first = self.diameter + self.gap, (self.diameter - self.length) / 2
        for place, number in enumerate(self.shown):
            off = first + place * step
            yield number, Point(middle.x, middle.y + off) if self.is_across else Point(middle.x + off, middle.y)

    def plates(self, rect: Rect, theme: Theme) -> Iterator[tuple[tuple[TextLine, ...], Rect]]:
        """Give the lines at each end, and the room that they take."""
        frame = self.frame(rect)
        for part, shift, is_head in zip(self.parts, self.shifts, (True, False), strict=True):
            if not part:
                continue
            size, off = words_size(part, theme), AIR + shift
            left, top = frame.center.x - size.width / 2, frame.center.y - size.height / 2
            if self.is_across:
                top = frame.y - off - size.height if is_head else frame.bottom + off
            else:
                left = frame.x - off - size.width if is_head else frame.right + off
            yield part, Rect(left, top, size.width, size.height)

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:  # noqa: ARG002
        """Draw the frame, the circles in it, and the words at its ends."""
        frame, theme = self.frame(rect), looks.theme
        line = Stroke(paint="region.stroke", width=theme.strokes.region) if self.is_framed else None
        if self.is_framed and self.role.endswith(STRONG):
            line = looks[self.role][1]
        outline = Path(segments=Rounded(frame, min(frame.width, frame.height) / 2), stroke=line)
        return (outline, *self._circles(rect, looks), *self._words(rect, theme))

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:  # noqa: ARG002
        """Lead the end of a route, its last point, on from the border of the rectangle to the frame."""
        end, before, frame = route[-1], route[-2], self.frame(rect)
        is_level = abs(end.y - before.y) < abs(end.x - before.x)  # but for rounding, one is the same
        end = Point(end.x, before.y) if is_level else Point(before.x, end.y)
        is_within = frame.y <= end.y <= frame.bottom if is_level else frame.x <= end.x <= frame.right
        if not is_within:
            return route
        from cutaway.views.parts.arrow import onto_outline

        glyph: Any = self  # of which nothing is asked but that it has no count
        return onto_outline((*route[:-1], end), glyph, frame, theme)

    def _circles(self, rect: Rect, looks: Looks) -> Iterator[Mark]:
        fill, stroke = self.paints or looks[self.role]
        circles: list[Segment] = []
        dots: list[Segment] = []
        for number, middle in self.places(rect):
            if number is not None:
                circles += circle(middle, self.diameter / 2)
                continue
            for turn in (-1, 0, 1):
                off = turn * self.diameter * 0.36
                x, y = (0.0, off) if self.is_across else (off, 0.0)
                dots += circle(Point(middle.x + x, middle.y + y), self.diameter * _DOT)
        yield Group(marks=(Path(segments=tuple(circles), fill=fill, stroke=stroke),), part="port")
        if self.cores and not self.role.endswith(PALE):
            yield from self._cores(rect)
        if self.picture:
            yield from self._pictures(rect, self.picture, stroke)
        if dots:
            yield Path(segments=tuple(dots), fill=fill if self.paints else "grey")

    def _cores(self, rect: Rect) -> Iterator[Mark]:
        """Draw the circles that tell of biases, those that are alike as one path."""
        rows: dict[Core, list[Segment]] = {}
        for number, middle in self.places(rect):
            core = None if number is None else self.cores.get(number)
            if core:
                inset = _HOLLOW / 2 if core.is_hollow else 0.0
                rows.setdefault(core, []).extend(circle(middle, core.share * self.diameter / 2 - inset))
        for core, segments in rows.items():
            line = Stroke(paint=core.role, width=_HOLLOW) if core.is_hollow else None
            yield Path(segments=tuple(segments), fill=None if line else core.role, stroke=line)

    def _pictures(self, rect: Rect, pictured: Pictured, outline: Stroke) -> Iterator[Mark]:
        """Draw the picture in its circles, within their outlines."""
        from cutaway.views.parts.picture import Plane, placed

        half = (self.diameter - outline.width) / 2
        if not pictured.is_round:
            half /= 2**0.5
        for number, at in self.places(rect):
            if number is not None and (pictured.numbers is None or number in pictured.numbers):
                square = Plane(corner=Point(at.x - half, at.y - half), u=Point(2 * half, 0.0), v=Point(0.0, 2 * half))
                yield from placed(pictured.picture, square, pictured.fit, is_round=pictured.is_round)

    def _words(self, rect: Rect, theme: Theme) -> Iterator[Mark]:
        for part, plate in self.plates(rect, theme):
            cap = metrics(theme.face, 700).cap_height * part[0].size
            x, anchor = self._anchor(part, plate)
            texts = [
                Text(
                    at=Point(x, plate.y + cap + place * theme.sizes.leading),
                    text=line.text,
                    size=line.size,
                    face=theme.face,
                    fill=line.role,
                    anchor=anchor,
                    weight=line.weight,
                )
                for place, line in enumerate(part)
            ]
            yield Group(marks=(Path(segments=Rounded(plate.grown(0.5), 0.0), fill=_UNSEEN), *texts))

    def _anchor(self, part: tuple[TextLine, ...], plate: Rect) -> tuple[float, Anchor]:
        """Return where lines are aligned: in the middle, or beside a lying column at its end."""
        if self.is_across:
            return plate.center.x, "middle"
        return (plate.right, "end") if part == self.parts[0] else (plate.x, "start")


def words_size(lines: Sequence[TextLine], theme: Theme) -> Size:
    """Measure the lines at one end of a column."""
    cap = metrics(theme.face, 700).cap_height * lines[0].size
    low = metrics(theme.face).descent * lines[-1].size
    return Size(max(text_width(line, theme) for line in lines), cap + (len(lines) - 1) * theme.sizes.leading + low)


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


def drawn_units(total: int, limit: int | None) -> tuple[int | None, ...]:
    """Return the numbers of the neurons to draw: all, or as many places as the limit, the last but one for dots."""
    if limit is None or total <= limit:
        return tuple(range(total))
    return (*range(max(1, limit - 2)), None, total - 1)
