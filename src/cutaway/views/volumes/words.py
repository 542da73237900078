"""Words beside volumes: captions below, names above, and the name of an output with its line."""

from collections.abc import Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Close, Line, Mark, Move, Path, Text
from cutaway.theme import Theme
from cutaway.views.parts.box import Form, Looks, TextLine


def measured(lines: Sequence[TextLine], theme: Theme) -> Size:
    """Return the room that centred lines take, from the top of the first to below the last."""
    if not lines:
        return Size(0.0, 0.0)
    wide = max(width(line.text, line.size, theme.face, line.weight) for line in lines)
    return Size(wide, _baseline(lines, len(lines) - 1, theme) + metrics(theme.face).descent * lines[-1].size)


def set_lines(lines: Sequence[TextLine], rect: Rect, theme: Theme) -> tuple[Text, ...]:
    """Set lines below each other, centred in a rectangle, from its top on."""
    middle = rect.x + rect.width / 2
    return tuple(
        [
            Text(
                at=Point(middle, rect.y + _baseline(lines, place, theme)), text=line.text, size=line.size,
                face=theme.face, fill=line.role, anchor="middle", weight=line.weight,
            )
            for place, line in enumerate(lines)
        ]
    )  # fmt: skip


def _baseline(lines: Sequence[TextLine], place: int, theme: Theme) -> float:
    cap = metrics(theme.face, lines[0].weight).cap_height * lines[0].size
    return cap + place * theme.sizes.leading


class Label(Record):
    """The name of an output: text without a box."""

    lines: tuple[TextLine, ...]
    size: Size
    role: str = "output"
    form: Form = "box"
    count: str = ""
    margin: float = 0.0

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:  # noqa: ARG002
        """Draw the text; the outline is not seen."""
        corners = (
            Move(Point(rect.x, rect.y)), Line(Point(rect.right, rect.y)), Line(Point(rect.right, rect.bottom)),
            Line(Point(rect.x, rect.bottom)), Close(),
        )  # fmt: skip
        room = measured(self.lines, looks.theme)
        inner = Rect(rect.x, rect.y + (rect.height - room.height) / 2, rect.width, room.height)
        return (Path(segments=corners), *set_lines(self.lines, inner, looks.theme))

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:  # noqa: ARG002
        """Return the route, which ends at the rectangle."""
        return route


def label(lines: tuple[TextLine, ...], theme: Theme) -> Label:
    """Return the name of an output with a little air around it."""
    room = measured(lines, theme)
    return Label(lines=lines, size=Size(room.width + 4.0, room.height + 3.0))
