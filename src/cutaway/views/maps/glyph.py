"""The glyph of the `maps` view: a body that shows the shape of an output, with words above and below or beside it."""

from collections.abc import Iterator, Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record, replace
from cutaway.ruler import metrics, width
from cutaway.scene import Mark, Text
from cutaway.style import Style
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Literal
from cutaway.views.maps.body import Body, met_at
from cutaway.views.maps.look import MapLook
from cutaway.views.parts.box import Form, Looks, TextLine

if TYPE_CHECKING:
    from cutaway.views.parts.picture import Plane

Pair = tuple[float, float]
"""Lengths at both ends: above and below, or in a column on the left and on the right."""

AIR = 3.5
"""Points between a body and its words."""


class Words(Record):
    """What stands around a body: `lines` above or on the left, `below` it or on the right, a `count` at its corner.

    `air` is between them and the body, in the same order, and `lift` the most further room there, for lines.
    """

    lines: tuple[TextLine, ...] = ()
    below: tuple[TextLine, ...] = ()
    count: str = ""
    lift: Pair = (0.0, 0.0)
    air: Pair = (AIR, AIR)

    def around(self, body: Body, theme: Theme, *, is_row: bool) -> tuple[Size, Pair]:
        """Return the size of a glyph, and the room at both ends of its body, alike where words stand beside it."""
        size, wide = body.size, breadth((*self.lines, *self.below), theme)
        above, below = height(self.lines, theme), height(self.below, theme)
        if is_row:
            head = above + self.air[0] + self.lift[0] if above else 0.0
            foot = below + self.air[1] + self.lift[1] if below else 0.0
            foot += _hanging(self.count, theme)
            return Size(max(size.width, wide), size.height + head + foot), (head, foot)
        margin = max(self.lift) + wide + max(self.air) if wide else 0.0
        return Size(size.width + 2 * margin, max(size.height, above, below)), (margin, margin)

    def rooms(
        self, place: Rect, theme: Theme, *, is_row: bool, is_raised: bool = False, lift: Pair | None = None
    ) -> tuple[Rect, Rect]:
        """Return the room that the words around a body at a place take; beside it, perhaps above lines to its sides.

        They are a `lift` away from the body, as far as they may be at most where that is None.
        """
        away = self.lift if lift is None else lift
        middle, before, behind = place.center, self.air[0] + away[0], self.air[1] + away[1]
        above, below = [Size(breadth(lines, theme), height(lines, theme)) for lines in (self.lines, self.below)]
        if is_row:
            under = place.bottom + behind + _hanging(self.count, theme)
            return (
                Rect(middle.x - above.width / 2, place.y - before - above.height, above.width, above.height),
                Rect(middle.x - below.width / 2, under, below.width, below.height),
            )
        tops = [middle.y - each.height / 2 for each in (above, below)]
        if is_raised:
            tops = [middle.y - each.height - AIR for each in (above, below)]
        return (
            Rect(place.x - before - above.width, tops[0], above.width, above.height),
            Rect(place.right + behind, tops[1], below.width, below.height),
        )

    def texts(
        self, place: Rect, theme: Theme, *, is_row: bool, is_raised: bool = False, lift: Pair | None = None
    ) -> Iterator[Text]:
        """Give the words around a body at a place."""
        above, below = self.rooms(place, theme, is_row=is_row, is_raised=is_raised, lift=lift)
        if is_row:
            yield from set_lines(self.lines, Point(above.center.x, above.y), "middle", theme)
            yield from set_lines(self.below, Point(below.center.x, below.y), "middle", theme)
        else:
            yield from set_lines(self.lines, Point(above.right, above.y), "end", theme)
            yield from set_lines(self.below, Point(below.x, below.y), "start", theme)


class MapGlyph(Record):
    """What stands for one node: its body, with words above and below it, in a column on both sides.

    `rooms` are those at both ends of the body across the flow, where no line ends.
    """

    words: Words
    role: str
    size: Size
    body: Body
    is_row: bool
    rooms: Pair
    look: MapLook
    style: Style
    form: Form = "box"

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """What is said of the node; the first line names it."""
        return (*self.words.lines, *self.words.below)

    @property
    def count(self) -> str:
        """What stands in a pill at its corner."""
        return self.words.count

    @property
    def margin(self) -> float:
        """How far from the nearer corners lines end at least."""
        return min(self.rooms)

    @property
    def axis(self) -> float:
        """How far the middle of the body is from where the glyph begins across the flow."""
        size = self.size.height if self.is_row else self.size.width
        return self.rooms[0] + (size - sum(self.rooms)) / 2

    @property
    def length(self) -> float:
        """How long the body is along the flow."""
        return self.body.size.width if self.is_row else self.body.size.height

    def place(self, rect: Rect) -> tuple[Body, Rect]:
        """Return the body, as long as its lines need it, and where it is."""
        size, (head, foot) = self.body.size, self.rooms
        more = (rect.height if self.is_row else rect.width) - head - foot
        more -= size.height if self.is_row else size.width
        body = self.body.stretched(0.0, more) if self.is_row else self.body.stretched(more, 0.0)
        size, off = body.size, (head - foot) / 2
        middle = rect.center
        if self.is_row:
            return body, Rect(middle.x - size.width / 2, middle.y + off - size.height / 2, size.width, size.height)
        return body, Rect(middle.x + off - size.width / 2, middle.y - size.height / 2, size.width, size.height)

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:
        """Draw the body; the words around it are drawn above all bodies."""
        from cutaway.views.maps.painting import painted

        body, place = self.place(rect)
        marks = painted(self, body, place, looks)
        if self.count:
            from cutaway.views.parts.stack import pill_beside

            marks = (*marks, *pill_beside(self.count, body.front(place), ends, looks.theme))
        return marks

    def plane(self, rect: Rect, side: str) -> "Plane | None":
        """Return the sheet in front, where pictures lie; there is no other side."""
        if side != "front":
            return None
        from cutaway.views.parts.logos import upright

        body, place = self.place(rect)
        return upright(body.front(place))

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:  # noqa: ARG002
        """Lead the end of a route on to the body."""
        body, place = self.place(rect)
        return (*route[:-1], met_at(body.outline(place), route[-1], route[-2]))

    def lifted(self, lift: Pair, theme: Theme) -> "MapGlyph":
        """Return the glyph with its words further away from the body."""
        words = replace(self.words, lift=lift)
        size, rooms = words.around(self.body, theme, is_row=self.is_row)
        return replace(self, words=words, size=size, rooms=rooms)


def breadth(lines: Sequence[TextLine], theme: Theme) -> float:
    """Return the width of the widest of some lines of text."""
    return max((width(line.text, line.size, theme.face, line.weight) for line in lines), default=0.0)


def height(lines: Sequence[TextLine], theme: Theme) -> float:
    """Return the height of lines of text, from the first capitals to the last descenders."""
    if not lines:
        return 0.0
    last = lines[-1]
    cap = metrics(theme.face, lines[0].weight).cap_height * lines[0].size
    descent = metrics(theme.face, last.weight).descent * last.size
    return cap + (len(lines) - 1) * theme.sizes.leading + descent


def set_lines(
    lines: Sequence[TextLine], at: Point, anchor: Literal["start", "middle", "end"], theme: Theme
) -> Iterator[Text]:
    """Set lines below each other from a place on."""
    if not lines:
        return
    y = at.y + metrics(theme.face, lines[0].weight).cap_height * lines[0].size
    for line in lines:
        yield Text(
            at=Point(at.x, y), text=line.text, size=line.size, face=theme.face, fill=line.role, anchor=anchor,
            weight=line.weight,
        )  # fmt: skip
        y += theme.sizes.leading


def _hanging(count: str, theme: Theme) -> float:
    """Return how far a pill hangs below a body."""
    if not count:
        return 0.0
    from cutaway.views.parts.stack import pill_size

    return pill_size(count, theme).height / 2
