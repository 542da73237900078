"""One way to set explanations: in cells on shelves, or in rows with titles at the left and words at the right."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from cutaway.geometry import Size
from cutaway.record import replace
from cutaway.scene import Group, Mark
from cutaway.views.explaining.drawing import BARE, Drawing
from cutaway.views.explaining.explained import Explained
from cutaway.views.explaining.piece import Piece, shelved, text_lines, together
from cutaway.views.parts.wrap import broken

_TITLES, _WORDS = 0.22, 0.24
"""How much of the room titles and words may take beside a drawing."""
_LINED, _EMPTY, _BENT = 0.9, 0.35, 1.25
"""What height costs in rows, what is added where they are empty, and what it costs where drawings are bent."""
_NARROWER = 0.95
"""Drawings are tried that are at most so much as wide as others."""
_PARTS = (2, 3)
"""Of how many equal cells in the room a bent drawing fills one."""
_SLACK = 1e-6


class Cells:
    """Each explanation with its title above and its words below, side by side as far as there is room."""

    def __init__(self, explained: Sequence[Explained], breadth: float, *, is_compact: bool, density: int) -> None:
        self.explained = explained
        self.breadth = breadth
        self.is_compact = is_compact
        self.density = density
        self.theme = explained[0].drawings.maker(is_compact=is_compact).theme
        self.gap = self.theme.spacing.legend
        self.worded = set[Explained]()
        self.drawn = dict[Explained, Drawing]()

    def is_in_rows(self) -> bool:
        """Tell whether no drawing need be wrapped."""
        drawings = [each.drawings for each in self.explained]
        return all(each.least_width(is_compact=self.is_compact) <= self.room for each in drawings) and all(
            each.in_a_row(self.room, is_compact=self.is_compact, density=self.density) for each in drawings
        )

    def mean_density(self) -> float:
        """Return how dense the drawings are that have been set."""
        return sum(drawing.density for drawing in self.drawn.values()) / max(len(self.drawn), 1)

    def dear(self) -> float:
        """Return what height costs in this manner."""
        return 1.0

    @cached_property
    def room(self) -> float:
        """How wide a drawing may be."""
        return self.breadth

    def piece(self) -> Piece:
        """Set all, shelf by shelf, what is told in words last."""
        self.drawn.clear()
        cells = sorted(self.explained, key=self.worded.__contains__)
        drawings = [self.drawings(each) for each in cells]
        choices = [
            [self.one(each, drawing) for drawing in tried] or [self.in_words(each)]
            for each, tried in zip(cells, drawings, strict=True)
        ]
        gap = Size(2 * self.gap, 1.2 * self.gap)
        placed, y, number = list[tuple[Piece, float, float]](), -gap.height, 0
        for shelf in shelved([[piece.size for piece in pieces] for pieces in choices], self.breadth, gap):
            x, top, y = 0.0, y + gap.height, 0.0
            for choice in shelf:
                piece, each = choices[number][choice], cells[number]
                placed.append((_grouped(piece, each), x, top))
                if drawings[number]:
                    self.drawn[each] = drawings[number][choice]
                x += piece.size.width + gap.width
                y = max(y, top + piece.size.height)
                number += 1
        return replace(together(Size(self.breadth, y), placed), roles=self.roles())

    def roles(self) -> frozenset[str]:
        """Return the roles of all boxes that are drawn."""
        return frozenset[str]().union(*[drawing.roles for drawing in self.drawn.values()])

    def drawings(self, each: Explained) -> list[Drawing]:
        """Return what an explanation may be drawn as, the widest first; nothing if it is told in words."""
        if each.is_list or each in self.worded:
            return []
        found = [each.drawings.fitting(self.room, is_compact=self.is_compact, density=self.density)]
        low = each.drawings.low(self.room, self.density) if self.density >= BARE else None
        if low is not None and low.size.height < found[0].size.height:
            found.insert(0, low)
        found += self.narrower(each, found[-1])
        return [drawing for drawing in found if drawing.size.width <= self.breadth + _SLACK]

    def narrower(self, each: Explained, drawing: Drawing) -> Iterator[Drawing]:
        """Yield narrower drawings in a row than this one, which leave room for others beside it."""
        found: Drawing | None = drawing if len(self.explained) > 1 else None
        while found is not None and found.density < BARE:
            room = _NARROWER * found.size.width
            found = each.drawings.in_a_row(room, is_compact=self.is_compact, density=found.density)
            if found is not None:
                yield found

    def one(self, each: Explained, drawing: Drawing) -> Piece:
        """Set one explanation."""
        gap = self.gap / 2
        head = self.title(each, max(drawing.size.width, _TITLES * self.breadth))
        said = self.paragraph(each, drawing, max(head.size.width, drawing.size.width, _WORDS * self.breadth))
        top = head.size.height + gap
        below = top + drawing.size.height + (gap if said.size.height else 0.0)
        return together(
            Size(max(head.size.width, drawing.size.width, said.size.width), below + said.size.height),
            [(head, 0.0, 0.0), (Piece(size=drawing.size, marks=drawing.marks), 0.0, top), (said, 0.0, below)],
        )

    def in_words(self, each: Explained) -> Piece:
        """Set one explanation without a drawing."""
        head = self.title(each, self.breadth)
        said = self.words((each.contents(),), self.breadth)
        top = head.size.height + self.gap / 2
        size = Size(max(head.size.width, said.size.width), top + said.size.height)
        return together(size, [(head, 0.0, 0.0), (said, 0.0, top)])

    def title(self, each: Explained, room: float) -> Piece:
        """Set a title."""
        size, face = self.theme.sizes.operation, self.theme.face
        return text_lines(broken(each.title, size, face, room, 700), size, self.theme, is_bold=True)

    def paragraph(self, each: Explained, drawing: Drawing, room: float) -> Piece:
        """Set what is said, as one text."""
        said, values = (*each.sentences(drawing),), (*each.values(drawing),)
        return self.words(["; ".join(texts) for texts in (said, values) if texts], room)

    def words(self, texts: Sequence[str], room: float) -> Piece:
        """Set texts below each other."""
        size, face = self.theme.sizes.legend, self.theme.face
        return text_lines([line for text in texts for line in broken(text, size, face, room)], size, self.theme)


class Bent(Cells):
    """Cells like these, where narrow drawings may be in several rows."""

    def dear(self) -> float:
        """Return what height costs in this manner."""
        return _BENT

    def narrower(self, each: Explained, drawing: Drawing) -> Iterator[Drawing]:
        """Yield narrower drawings than this one, in several rows too."""
        yield from super().narrower(each, drawing)
        least = drawing.size.width
        for part in _PARTS:
            room = (self.room - 2 * self.gap * (part - 1)) / part
            if room < least:
                found = each.drawings.fitting(room, is_compact=self.is_compact, density=self.density)
                if found.size.width < least:
                    yield found
                    least = found.size.width


class Rows(Cells):
    """Each explanation with its title at the left, in a column with those of the others, and its words at the right."""

    def narrower(self, each: Explained, drawing: Drawing) -> Iterator[Drawing]:  # noqa: ARG002 - nothing is beside it
        """Yield nothing."""
        yield from ()

    def dear(self) -> float:
        """Return what height costs in this manner: more where much is left empty at the right."""
        filled = sum(drawing.size.width for drawing in self.drawn.values()) / max(len(self.drawn), 1)
        return _LINED + _EMPTY * max(1 - filled / self.room, 0.0)

    @cached_property
    def room(self) -> float:
        """How wide a drawing may be."""
        titles = [self.title(each, _TITLES * self.breadth).size.width for each in self.explained]
        return self.breadth - max(titles) - self.gap

    def one(self, each: Explained, drawing: Drawing) -> Piece:
        """Set one explanation; its words below where there is no room at the right."""
        gap, left = self.gap, self.breadth - self.room
        head = self.title(each, _TITLES * self.breadth)
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
        return together(Size(self.breadth, bottom), placed)


def _grouped(piece: Piece, each: Explained) -> Piece:
    """Return a piece as one group, which tells what it explains."""

    def group(x: float, y: float) -> tuple[Mark, ...]:
        marks = tuple(piece.marks(x, y))
        return (Group(marks=marks, ref=each.title, part="explained", stands_for=each.blocks, title=each.title),)

    return Piece(size=piece.size, marks=group)
