"""Explanations set below a figure: titles at the left and words at the right, or side by side where there are many."""

from collections.abc import Callable, Sequence
from math import inf

from cutaway.geometry import Point, Size
from cutaway.record import record
from cutaway.ruler import FaceWeight, metrics, width
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme
from cutaway.views.explaining.explained import Drawing, Explained
from cutaway.views.parts.move import moved
from cutaway.views.parts.wrap import broken

_TITLES, _WORDS = 0.22, 0.24
"""How much of the room titles and words may take beside a drawing."""
_SIZES = ((False, False), (True, False), (True, True))
"""Whether drawings are in smaller type, and denser."""
_LOWER = 0.9
"""A way of setting is preferred to one before it where it takes less than so much of the height."""
_LOW = (0.5, 0.8, 0.8)
"""Explanations that are no higher than so much of their width need not be any smaller, or any denser."""


@record
class Piece:
    """Something drawn from the origin on."""

    marks: tuple[Mark, ...]
    size: Size


def lowest(explained: Sequence[Explained], breadth: float) -> Piece:
    """Set explanations into a room of this breadth, as low as may be, in smaller type and denser if need be."""
    best = Piece(marks=(), size=Size(breadth, inf))
    for (compact, dense), low in zip(_SIZES, _LOW, strict=True):
        for setting in (_Rows, _Cells):
            piece = setting(explained, breadth, compact=compact, dense=dense).piece()
            if piece.size.height < _LOWER * best.size.height:
                best = piece
        if best.size.height <= low * breadth:
            break
    return best


class _Cells:
    """Each explanation with its title above and its words below, side by side as far as there is room."""

    def __init__(self, all_explained: Sequence[Explained], breadth: float, *, compact: bool, dense: bool) -> None:
        self.explained = all_explained
        self.breadth = breadth
        self.drawing: Callable[[Explained, float], Drawing] = lambda each, room: each.fitting(
            room, compact=compact, dense=dense
        )
        self.theme = all_explained[0].theme(compact=compact)
        self.gap = self.theme.spacing.legend

    def piece(self) -> Piece:
        """Set all, shelf by shelf."""
        marks, x, y, height = list[Mark](), 0.0, 0.0, 0.0
        for each in self.explained:
            piece = self.one(each)
            if x and x + piece.size.width > self.breadth + 1e-6:
                x, y, height = 0.0, y + height + 1.2 * self.gap, 0.0
            group = Group(marks=piece.marks, ref=each.title, part="explained", stands_for=each.blocks, title=each.title)
            marks.append(moved(group, x, y))
            x += piece.size.width + 2 * self.gap
            height = max(height, piece.size.height)
        return Piece(marks=tuple(marks), size=Size(self.breadth, y + height))

    def one(self, each: Explained) -> Piece:
        """Set one explanation."""
        drawing, gap = self.drawing(each, self.breadth), self.gap / 2
        head = self.title(each, self.breadth)
        said = self.paragraph(each, max(head.size.width, drawing.size.width, _WORDS * self.breadth))
        top = head.size.height + gap
        below = top + drawing.size.height + (gap if said.marks else 0.0)
        return Piece(
            marks=(*head.marks, *_moved(drawing.marks(), 0.0, top), *_moved(said.marks, 0.0, below)),
            size=Size(max(head.size.width, drawing.size.width, said.size.width), below + said.size.height),
        )

    def title(self, each: Explained, room: float) -> Piece:
        """Set a title."""
        size, face = self.theme.sizes.operation, self.theme.face
        return _lines(broken(each.title, size, face, room, 700), size, self.theme, is_bold=True)

    def paragraph(self, each: Explained, room: float) -> Piece:
        """Set what is said, as one text."""
        values = ("; ".join(each.values),) if each.values else ()
        return self.words((*each.sentences, *values), room)

    def words(self, texts: Sequence[str], room: float) -> Piece:
        """Set texts below each other."""
        size, face = self.theme.sizes.legend, self.theme.face
        return _lines([line for text in texts for line in broken(text, size, face, room)], size, self.theme)


class _Rows(_Cells):
    """Each explanation with its title at the left, in a column with those of the others, and its words at the right."""

    def one(self, each: Explained) -> Piece:
        """Set one explanation; its words below where there is no room at the right."""
        most, gap = _TITLES * self.breadth, self.gap
        left = max(self.title(other, most).size.width for other in self.explained) + gap
        head, drawing = self.title(each, most), self.drawing(each, self.breadth - left)
        beside = left + drawing.size.width + gap
        said = self.words((*each.sentences, *each.values), _WORDS * self.breadth)
        line = max(drawing.line, head.size.height / 2)
        fits = beside + said.size.width <= self.breadth
        if fits:
            line = max(line, said.size.height / 2)
            at, top = beside, line - said.size.height / 2
        else:
            said = self.paragraph(each, self.breadth - left)
            at, top = left, line - drawing.line + drawing.size.height + gap / 2
        tops = line - head.size.height / 2, line - drawing.line, top
        heights = head.size.height, drawing.size.height, said.size.height
        bottom = max(y + height for y, height in zip(tops, heights, strict=True) if height)
        return Piece(
            marks=(
                *_moved(head.marks, 0.0, tops[0]),
                *_moved(drawing.marks(), left, tops[1]),
                *_moved(said.marks, at, tops[2]),
            ),
            size=Size(self.breadth, bottom),
        )


def _lines(lines: Sequence[str], size: float, theme: Theme, *, is_bold: bool = False) -> Piece:
    """Set lines of text below each other."""
    face = theme.face
    weight: FaceWeight = 700 if is_bold else 400
    extents, leading = metrics(face, weight), size * 1.35
    cap = extents.cap_height * size
    marks = tuple(
        Text(
            at=Point(0.0, cap + place * leading),
            text=line,
            size=size,
            face=face,
            fill="ink" if is_bold else "grey",
            weight=weight,
        )
        for place, line in enumerate(lines)
    )
    height = cap + (len(lines) - 1) * leading + extents.descent * size if lines else 0.0
    return Piece(marks=marks, size=Size(max((width(line, size, face, weight) for line in lines), default=0.0), height))


def _moved(marks: Sequence[Mark], dx: float, dy: float) -> list[Mark]:
    return [moved(mark, dx, dy) for mark in marks]
