"""The key of a numbered figure: number and name in columns, beside a tall drawing or below a wide one."""

from collections.abc import Collection, Sequence
from math import ceil

from cutaway.analysis.traverse import scopes_around
from cutaway.geometry import Point, Rect
from cutaway.graph import Graph, Node, Scope
from cutaway.record import Record
from cutaway.ruler import widths
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme
from cutaway.views.naming import border_names
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


def key_names(known: Graph, drawn: Graph, shared: Collection[str]) -> dict[str, str]:
    """Return the names of layers by the ids of what is `drawn` of a graph, with those of the models that they lie in.

    Later calls are told as such; `shared` are the ids of calls of one layer or model. What has no name of its own, as
    the borders of models, has none here.
    """
    borders, scopes = border_names(drawn), {scope.id: scope for scope in known.scopes}
    parents = {scope.id: scope.parent for scope in drawn.scopes}
    found: dict[str, str] = {}
    for node in drawn.nodes:
        if node.scope is None and "#" not in node.id:
            found[node.id] = node.name
        elif node.id not in borders:
            around = [scopes[each] for each in scopes_around([node.scope], parents) if each in scopes]
            found[node.id] = _path(node, around[::-1], is_again=node.owner != node.id or node.id in shared)
    return {node: name for node, name in found.items() if name}


def _path(node: Node, around: Sequence[Scope], *, is_again: bool) -> str:
    """Return the names of the models around a layer and its own, and which call it is if it is called again."""
    is_itself = around and (around[-1].name, around[-1].op) == (node.name, node.op)
    along: list[Node | Scope] = [*around, *([] if is_itself else [node])]
    numbers = [number for each in reversed(along) if (number := _call(each))] if is_again else []
    path = "/".join([each.name for each in along])
    return "" if not node.name else f"{path}, call {' in call '.join(numbers)}" if numbers else path


def _call(item: Node | Scope) -> str:
    """Return which call of a layer or model it is, where its id says so."""
    head, sign, number = item.id.rpartition("#")
    return number if sign and number.isdecimal() and head.endswith(item.name) else ""


def key_of(named: Sequence[KeyEntry], theme: Theme) -> Key:
    """Return the key of what is called by numbers."""
    size, face = theme.sizes.legend, theme.face
    entries, breadths = list[KeyEntry](), list[float]()
    for (number, name), breadth in zip(named, widths([name for _, name in named], size, face), strict=True):
        if breadth <= _WIDEST * size:
            entries.append((number, name))
            breadths.append(breadth)
            continue
        lines = broken(name, size, face, _WIDEST * size)
        entries += [("" if place else number, line) for place, line in enumerate(lines)]
        breadths += widths(lines, size, face)
    return Key(
        entries=tuple(entries),
        numbers=max(widths([number for number, _ in named], size, face)) + size * 0.6,
        names=max(breadths),
    )
