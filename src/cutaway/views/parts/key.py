"""The key of a numbered figure: number and name in columns, beside a tall drawing or below a wide one."""

from collections.abc import Mapping
from math import ceil

from cutaway.geometry import Point, Rect
from cutaway.record import Record
from cutaway.ruler import widths
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme
from cutaway.views.parts.wrap import broken

_WIDEST = 24.0
"""Sizes of the type: longer names have several lines."""


KeyEntry = tuple[str, str]
"""A number in the figure and what it stands for; without a number, a further line of that."""


class Key(Record):
    """Numbers and what they stand for, with the widths of their columns."""

    entries: tuple[KeyEntry, ...]
    numbers: float
    names: float

    def around(self, drawing: Rect, theme: Theme, *, is_below: bool = False) -> "PlacedKey":
        """Return the key in its place beside `drawing`, or below it."""
        size, gap = theme.sizes.legend, theme.spacing.legend * 2
        leading, column = size * 1.5, self.numbers + self.names + gap
        if drawing.height > drawing.width and not is_below:
            rows = max(1, int(drawing.height / leading))
            left, top = drawing.right + gap, drawing.y
        else:
            rows = ceil(len(self.entries) / max(1, int((drawing.width + gap) / column)))
            left, top = drawing.x, drawing.bottom + gap
        bottom = top + min(rows, len(self.entries)) * leading
        right = left + ceil(len(self.entries) / rows) * column - gap
        room = Rect(
            drawing.x, drawing.y, max(drawing.right, right) - drawing.x, max(drawing.bottom, bottom) - drawing.y
        )
        return PlacedKey(key=self, at=Point(left, top), rows=rows, room=room)


class PlacedKey(Record):
    """A key whose columns of so many `rows` begin at a point, and the `room` that it takes with the drawing."""

    key: Key
    at: Point
    rows: int
    room: Rect

    def mark(self, theme: Theme, dx: float, dy: float) -> Mark:
        """Draw the key, so far from its place."""
        size, face, numbers = theme.sizes.legend, theme.face, self.key.numbers
        leading, column = size * 1.5, numbers + self.key.names + theme.spacing.legend * 2
        marks, entries = list[Mark](), self.key.entries
        ys = [self.at.y + place * leading + size + dy for place in range(self.rows)]
        for count, start in enumerate(range(0, len(entries), self.rows)):
            x = self.at.x + count * column
            end, begin = x + numbers - size * 0.6 + dx, x + numbers + dx
            for (number, words), y in zip(entries[start : start + self.rows], ys, strict=False):
                if number:
                    marks.append(Text(Point(end, y), number, size, face, "grey", "end"))
                marks.append(Text(Point(begin, y), words, size, face))
        return Group(marks=tuple(marks), part="key")


def key_of(names: Mapping[str, str], theme: Theme) -> Key:
    """Return the key of what is called by numbers, these by the names."""
    size, face = theme.sizes.legend, theme.face
    entries, breadths = list[KeyEntry](), list[float]()
    for (name, number), breadth in zip(names.items(), widths(names, size, face), strict=True):
        if breadth <= _WIDEST * size:
            entries.append((number, name))
            breadths.append(breadth)
            continue
        lines = broken(name, size, face, _WIDEST * size)
        entries += [("" if place else number, line) for place, line in enumerate(lines)]
        breadths += widths(lines, size, face)
    return Key(
        entries=tuple(entries),
        numbers=max(widths(names.values(), size, face)) + size * 0.6,
        names=max(breadths),
    )
