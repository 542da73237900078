"""Explanations set below a figure: titles at the left and words at the right, or side by side where there are many."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from math import inf

from cutaway.geometry import Point, Size
from cutaway.record import record, replace
from cutaway.ruler import FaceWeight, metrics, width
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme
from cutaway.views.explaining.drawing import ALL, BARE, DENSE, Drawing
from cutaway.views.explaining.explained import Explained
from cutaway.views.parts.move import moved
from cutaway.views.parts.wrap import broken

_TITLES, _WORDS = 0.22, 0.24
"""How much of the room titles and words may take beside a drawing."""
_WAYS = ((False, ALL, 0.5), (True, ALL, 0.8), (True, DENSE, 1.2), (True, BARE, inf))
"""Whether drawings are compact, how dense they are at least, and up to what part of the room's breadth they may be
high; if they are higher, they are made smaller."""
_LOWER = 0.9
"""Rows are preferred to cells that are not lower than so much of their height."""
_SLACK = 1e-6
_DENSER = 0.25
"""What it costs, in parts of the height, if all drawings are dense; twice as much if they are bare."""


@record(eq=False)
class Piece:
    """Something of a size, and its marks from the origin on, made when they are asked for; `roles` are its colours."""

    size: Size
    marks: Callable[[], Sequence[Mark]]
    roles: frozenset[str] = frozenset()


def lowest(explained: Sequence[Explained], breadth: float, most: float = inf) -> Piece:
    """Set explanations into a room of this breadth, as low as may be, in smaller type and denser if need be.

    Where they still are higher than `most`, those that say least are told in words, as many as need be.
    """
    piece = _drawn(explained, breadth)
    if piece.size.height <= most:
        return piece
    setting = _Cells(explained, breadth, is_compact=True, density=BARE)
    setting.worded = set(explained)
    for each in _telling(explained):
        setting.worded.remove(each)
        if setting.piece().size.height > most:
            setting.worded.add(each)
    return setting.piece()


def _telling(explained: Sequence[Explained]) -> list[Explained]:
    """Return explanations by what they tell: one of each name first, those of many blocks before those of few."""
    ranked, named = list[tuple[int, int, int]](), Counter[tuple[str, ...]]()
    for place, each in sorted(enumerate(explained), key=lambda item: -item[1].count):
        ranked.append((named[each.said.titles], -each.count, place))
        named[each.said.titles] += 1
    return [explained[place] for _, _, place in sorted(ranked)]


def _drawn(explained: Sequence[Explained], breadth: float) -> Piece:
    """Set explanations, all with a drawing."""
    best: tuple[float, Piece] | None = None
    for is_compact, density, high in _WAYS:
        for manner in (_Rows, _Cells):
            setting = manner(explained, breadth, is_compact=is_compact, density=density)
            if not setting.is_in_rows() and (high < inf or manner is _Rows):
                continue  # smaller drawings are better than wrapped ones, and these want all the room
            piece = setting.piece()
            density_cost = _DENSER * setting.mean_density()
            price = (_LOWER if manner is _Rows else 1.0) * piece.size.height * (1 + density_cost)
            is_plainer = density_cost == 0 and price <= high * breadth
            if best is None or price < best[0] or is_plainer:
                best = price, piece
            if is_plainer:
                return piece
        if best and best[0] <= high * breadth:
            break
    return best[1] if best else Piece(size=Size(breadth, 0.0), marks=tuple)


class _Cells:
    """Each explanation with its title above and its words below, side by side as far as there is room."""

    def __init__(self, explained: Sequence[Explained], breadth: float, *, is_compact: bool, density: int) -> None:
        self.explained = explained
        self.breadth = breadth
        self.is_compact = is_compact
        self.density = density
        self.theme = explained[0].drawings.maker(is_compact=is_compact).theme
        self.gap = self.theme.spacing.legend
        self.worded = set[Explained]()

    def is_in_rows(self) -> bool:
        """Tell whether no drawing need be wrapped."""
        drawings = [each.drawings for each in self.explained]
        return all(each.least_width(is_compact=self.is_compact) <= self.room for each in drawings) and all(
            each.in_a_row(self.room, is_compact=self.is_compact, density=self.density) for each in drawings
        )

    def mean_density(self) -> float:
        """Return how dense the drawings are."""
        return sum(self.drawing(each).density for each in self.explained) / len(self.explained)

    @cached_property
    def room(self) -> float:
        """How wide a drawing may be."""
        return self.breadth

    def piece(self) -> Piece:
        """Set all, shelf by shelf, what is told in words last."""
        placed, x, y, height = list[tuple[Piece, float, float]](), 0.0, 0.0, 0.0
        for each in sorted(self.explained, key=self.worded.__contains__):
            piece = self.one(each)
            if x and x + piece.size.width > self.breadth + _SLACK:
                x, y, height = 0.0, y + height + 1.2 * self.gap, 0.0
            placed.append((_grouped(piece, each), x, y))
            x += piece.size.width + 2 * self.gap
            height = max(height, piece.size.height)
        return replace(_together(Size(self.breadth, y + height), placed), roles=self.roles())

    def is_worded(self, each: Explained) -> bool:
        """Tell whether an explanation is told in words, by choice or because its drawing is too wide."""
        return each in self.worded or self.drawing(each).size.width > self.breadth + _SLACK

    def roles(self) -> frozenset[str]:
        """Return the roles of all boxes that are drawn."""
        drawn = [each for each in self.explained if not self.is_worded(each)]
        return frozenset[str]().union(*[self.drawing(each).roles for each in drawn])

    def one(self, each: Explained) -> Piece:
        """Set one explanation."""
        drawing, gap = self.drawing(each), self.gap / 2
        if self.is_worded(each):
            return self.in_words(each)
        head = self.title(each, self.breadth)
        said = self.paragraph(each, drawing, max(head.size.width, drawing.size.width, _WORDS * self.breadth))
        top = head.size.height + gap
        below = top + drawing.size.height + (gap if said.size.height else 0.0)
        return _together(
            Size(max(head.size.width, drawing.size.width, said.size.width), below + said.size.height),
            [(head, 0.0, 0.0), (Piece(size=drawing.size, marks=drawing.marks), 0.0, top), (said, 0.0, below)],
        )

    def in_words(self, each: Explained) -> Piece:
        """Set one explanation without a drawing."""
        head = self.title(each, self.breadth)
        said = self.words((each.contents(),), self.breadth)
        top = head.size.height + self.gap / 2
        size = Size(max(head.size.width, said.size.width), top + said.size.height)
        return _together(size, [(head, 0.0, 0.0), (said, 0.0, top)])

    def drawing(self, each: Explained) -> Drawing:
        """Return the drawing of an explanation."""
        return each.drawings.fitting(self.room, is_compact=self.is_compact, density=self.density)

    def title(self, each: Explained, room: float) -> Piece:
        """Set a title."""
        size, face = self.theme.sizes.operation, self.theme.face
        return _lines(broken(each.title, size, face, room, 700), size, self.theme, is_bold=True)

    def paragraph(self, each: Explained, drawing: Drawing, room: float) -> Piece:
        """Set what is said, as one text."""
        values = "; ".join(each.values(drawing))
        return self.words((*each.sentences(drawing), *((values,) if values else ())), room)

    def words(self, texts: Sequence[str], room: float) -> Piece:
        """Set texts below each other."""
        size, face = self.theme.sizes.legend, self.theme.face
        return _lines([line for text in texts for line in broken(text, size, face, room)], size, self.theme)


class _Rows(_Cells):
    """Each explanation with its title at the left, in a column with those of the others, and its words at the right."""

    @cached_property
    def room(self) -> float:
        """How wide a drawing may be."""
        titles = [self.title(each, _TITLES * self.breadth).size.width for each in self.explained]
        return self.breadth - max(titles) - self.gap

    def one(self, each: Explained) -> Piece:
        """Set one explanation; its words below where there is no room at the right."""
        gap, left = self.gap, self.breadth - self.room
        head, drawing = self.title(each, _TITLES * self.breadth), self.drawing(each)
        at = left + drawing.size.width + gap
        said = self.words((*each.sentences(drawing), *each.values(drawing)), _WORDS * self.breadth)
        line = max(drawing.line, head.size.height / 2)
        if at + said.size.width <= self.breadth:
            line = max(line, said.size.height / 2)
            top = line - said.size.height / 2
        else:
            said = self.paragraph(each, drawing, self.breadth - left)
            at, top = left, line - drawing.line + drawing.size.height + gap / 2
        placed = [
            (head, 0.0, line - head.size.height / 2),
            (Piece(size=drawing.size, marks=drawing.marks), left, line - drawing.line),
            (said, at, top),
        ]
        bottom = max(y + piece.size.height for piece, _, y in placed if piece.size.height)
        return _together(Size(self.breadth, bottom), placed)


def _together(size: Size, placed: Sequence[tuple[Piece, float, float]]) -> Piece:
    """Return several pieces, each with its place, as one."""
    return Piece(
        size=size, marks=lambda: tuple([moved(mark, x, y) for piece, x, y in placed for mark in piece.marks()])
    )


def _grouped(piece: Piece, each: Explained) -> Piece:
    """Return a piece as one group, which tells what it explains."""

    def group() -> tuple[Mark, ...]:
        marks = tuple(piece.marks())
        return (Group(marks=marks, ref=each.title, part="explained", stands_for=each.blocks, title=each.title),)

    return Piece(size=piece.size, marks=group)


def _lines(lines: Sequence[str], size: float, theme: Theme, *, is_bold: bool = False) -> Piece:
    """Set lines of text below each other."""
    face = theme.face
    weight: FaceWeight = 700 if is_bold else 400
    fill = "ink" if is_bold else "grey"
    extents, leading = metrics(face, weight), size * 1.35
    cap = extents.cap_height * size
    height = cap + (len(lines) - 1) * leading + extents.descent * size if lines else 0.0
    marks = tuple(
        [
            Text(at=Point(0.0, cap + at * leading), text=line, size=size, face=face, fill=fill, weight=weight)
            for at, line in enumerate(lines)
        ]
    )
    breadth = max((width(line, size, face, weight) for line in lines), default=0.0)
    return Piece(size=Size(breadth, height), marks=lambda: marks)
