"""A column of neurons: circles beside each other across the flow, three dots for those that are not drawn, words."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record, field
from cutaway.ruler import metrics
from cutaway.scene import (
    Anchor,
    Group,
    Mark,
    Paint,
    Path,
    Rgba,
    Rounded,
    Segment,
    Stroke,
    Text,
)
from cutaway.theme import Theme
from cutaway.typed import Any
from cutaway.views.neurons.inner import Core, Pictured, circle, core_marks, picture_marks
from cutaway.views.parts.box import STRONG, Form, Looks, TextLine, text_width
from cutaway.views.parts.tint import PALE

AIR = 3.5
"""Points between a column and the words at its ends."""
_UNSEEN = Rgba(255, 255, 255, 0.0)
_ASIDE = 0.45
"""Where a line leaves at the end of a frame, in halves of its breadth from there."""
_NEAR = 4.0
"""How far off a line may turn that leaves at the end, in gaps of the layout: further on something may lie beside it."""
_DOT = 0.11
"""The radius of a dot, in diameters of a neuron."""


class Column(Record):
    """The neurons of one layer; `shown` are the numbers of those that are drawn, None for the dots.

    The first `heads` of the lines stand above, or left of the column, the others below, or right of it, each a shift
    away from the frame around the circles, on which arrows end; `rooms` are those at both ends. Along the flow,
    `before` is the room to the left of the circles, or above them; `pad` is that between circles and frame. `cores` are
    by the numbers of neurons. `paints`, a fill and an outline, go before the colours of the role; a `picture` lies in
    circles. It `leads_on` if lines leave all of them. The `curve` of an activation lies in them in place of cores.
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
    picture: Pictured | None = None
    leads_on: bool = False
    curve: str = ""

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

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:
        """Lead the end of a route, its last point, on from the border of the rectangle to the frame.

        A line that leaves for elsewhere begins at the end of a column of which all neurons lead on.
        """
        end, before, frame = route[-1], route[-2], self.frame(rect)
        is_level = abs(end.y - before.y) < abs(end.x - before.x)  # but for rounding, one is the same
        end = Point(end.x, before.y) if is_level else Point(before.x, end.y)
        is_short = abs(before.x - end.x) + abs(before.y - end.y) <= _NEAR * theme.spacing.rank
        if is_source and self.leads_on and is_level == self.is_across and len(route) > 2 and is_short:
            before, end = self._aside(route[-3], before, end, frame)
        is_within = frame.y <= end.y <= frame.bottom if is_level else frame.x <= end.x <= frame.right
        if not is_within:
            return route
        from cutaway.views.parts.lines import onto_outline

        glyph: Any = self  # of which nothing is asked but that it has no count
        return onto_outline((*route[:-2], before, end), glyph, frame, theme)

    def _aside(self, turn: Point, before: Point, end: Point, frame: Rect) -> tuple[Point, Point]:
        """Return the last two points of a route moved to that end of the frame beside which it turns."""
        off = (self.diameter / 2 + self.pad) * _ASIDE
        if self.is_across:
            y = frame.bottom - off if turn.y > frame.bottom else frame.y + off if turn.y < frame.y else end.y
            return Point(before.x, y), Point(end.x, y)
        x = frame.right - off if turn.x > frame.right else frame.x + off if turn.x < frame.x else end.x
        return Point(x, before.y), Point(x, end.y)

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
        if self.curve and not self.picture:
            from cutaway.views.neurons.curves import curve_marks

            ink = "grey" if self.role.endswith(PALE) else "ink"
            yield from curve_marks(self.curve, self.places(rect), self.diameter, ink)
        elif self.cores and not self.role.endswith(PALE):
            yield from core_marks(self.cores, self.places(rect), self.diameter)
        if self.picture:
            yield from picture_marks(self.picture, self.places(rect), self.diameter - stroke.width)
        if dots:
            yield Path(segments=tuple(dots), fill=fill if self.paints else "grey")

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


def drawn_units(total: int, limit: int | None) -> tuple[int | None, ...]:
    """Return the numbers of the neurons to draw: all, or as many places as the limit, the last but one for dots."""
    if limit is None or total <= limit:
        return tuple(range(total))
    return (*range(max(1, limit - 2)), None, total - 1)
