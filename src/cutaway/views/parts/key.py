"""The key of a numbered figure: number and name in columns, beside a tall drawing or below a wide one."""

from math import ceil

from cutaway.geometry import Point, Rect
from cutaway.record import Record
from cutaway.ruler import width
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme


class KeyEntry(Record):
    """A number in the figure and what it stands for."""

    number: str
    words: str


def key_marks(
    entries: tuple[KeyEntry, ...], drawing: Rect, theme: Theme, *, is_below: bool = False
) -> tuple[Group, Rect]:
    """Set the key around `drawing`, or below it; return it and the room that both take."""
    size, face = theme.sizes.legend, theme.face
    leading, gap = size * 1.5, theme.spacing.legend * 2
    numbers = max(width(entry.number, size, face) for entry in entries) + size * 0.6
    column = numbers + max(width(entry.words, size, face) for entry in entries) + gap
    beside = drawing.height > drawing.width and not is_below
    if beside:
        rows = max(1, int(drawing.height / leading))
        left, top = drawing.right + gap, drawing.y
    else:
        rows = ceil(len(entries) / max(1, int((drawing.width + gap) / column)))
        left, top = drawing.x, drawing.bottom + gap
    marks: list[Mark] = []
    for place, entry in enumerate(entries):
        x, y = left + place // rows * column, top + place % rows * leading + size
        marks.append(
            Text(
                at=Point(x + numbers - size * 0.6, y),
                text=entry.number,
                size=size,
                face=face,
                anchor="end",
                fill="grey",
            )
        )
        marks.append(Text(at=Point(x + numbers, y), text=entry.words, size=size, face=face))
    columns = ceil(len(entries) / rows)
    bottom = top + min(rows, len(entries)) * leading
    right = left + columns * column - gap
    room = Rect(drawing.x, drawing.y, max(drawing.right, right) - drawing.x, max(drawing.bottom, bottom) - drawing.y)
    return Group(marks=tuple(marks), part="key"), room
