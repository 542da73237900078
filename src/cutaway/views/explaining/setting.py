"""Explanations set below a figure: titles at the left and words at the right, or side by side where there are many."""

from collections.abc import Sequence

from cutaway.geometry import Point, Size
from cutaway.record import record
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme
from cutaway.views.explaining.explained import Explained
from cutaway.views.parts.move import moved
from cutaway.views.parts.wrap import broken

_TITLES, _WORDS = 0.22, 0.24
"""How much of the room titles and words may take beside a drawing."""
_LOWER = 0.9
"""Explanations stand side by side where that takes less than so much of the height."""


@record
class Piece:
    """Something drawn from the origin on."""

    marks: tuple[Mark, ...]
    size: Size


def set_below(all_explained: Sequence[Explained], breadth: float, theme: Theme) -> Piece:
    """Set explanations into a room of this breadth."""
    made = []
    for setting in (_in_a_row, _in_a_cell):
        pieces = [_grouped(each, setting(each, all_explained, breadth, theme)) for each in all_explained]
        made.append(_shelved(pieces, breadth, theme))
    rows, cells = made
    return cells if cells.size.height < _LOWER * rows.size.height else rows


def _grouped(each: Explained, piece: Piece) -> Piece:
    group = Group(marks=piece.marks, ref=each.title, part="explained", stands_for=each.blocks, title=each.title)
    return Piece(marks=(group,), size=piece.size)


def _in_a_row(each: Explained, others: Sequence[Explained], breadth: float, theme: Theme) -> Piece:
    """Set the title beside the drawing, in a column with those of the others, and the words to the right or below."""
    size, gap = theme.sizes.operation, theme.spacing.legend
    titles = max(_wide(_title(other, _TITLES * breadth, theme), size, theme, bold=True) for other in others)
    left = titles + gap
    head = _lines(_title(each, _TITLES * breadth, theme), size, theme, bold=True)
    layout = each.fitting(breadth - left)
    words = [line for text in each.sentences for line in _broken(text, _WORDS * breadth, theme)]
    beside = left + layout.size.width + gap
    if words and beside + _wide(words, theme.sizes.legend, theme) <= breadth:
        said, at = _lines(words, theme.sizes.legend, theme), beside
        height = max(head.size.height, layout.size.height, said.size.height)
        top = (height - said.size.height) / 2
    else:
        words = [line for text in each.sentences for line in _broken(text, breadth - left, theme)]
        said, at = _lines(words, theme.sizes.legend, theme), left
        top = max(head.size.height, layout.size.height) + (gap / 2 if words else 0.0)
        height = top + said.size.height
    middle = max(head.size.height, layout.size.height) if at == left else height
    return Piece(
        marks=(
            *_moved(head.marks, 0.0, (middle - head.size.height) / 2),
            *_moved(each.marks(layout), left, (middle - layout.size.height) / 2),
            *_moved(said.marks, at, top),
        ),
        size=Size(breadth, height),
    )


def _in_a_cell(each: Explained, others: Sequence[Explained], breadth: float, theme: Theme) -> Piece:  # noqa: ARG001
    """Set the title above the drawing and the words below it."""
    size, gap = theme.sizes.operation, theme.spacing.legend / 2
    layout = each.fitting(breadth)
    head = _lines(_title(each, breadth, theme), size, theme, bold=True)
    room = max(head.size.width, layout.size.width, _WORDS * breadth)
    words = [line for text in each.sentences for line in _broken(text, room, theme)]
    said = _lines(words, theme.sizes.legend, theme)
    top = head.size.height + gap
    below = top + layout.size.height + (gap if words else 0.0)
    return Piece(
        marks=(*head.marks, *_moved(each.marks(layout), 0.0, top), *_moved(said.marks, 0.0, below)),
        size=Size(max(head.size.width, layout.size.width, said.size.width), below + said.size.height),
    )


def _shelved(pieces: Sequence[Piece], breadth: float, theme: Theme) -> Piece:
    """Set pieces side by side, and below each other where they have no room."""
    gap = theme.spacing.legend
    marks, x, y, height = list[Mark](), 0.0, 0.0, 0.0
    for piece in pieces:
        if x and x + piece.size.width > breadth + 1e-6:
            x, y, height = 0.0, y + height + gap, 0.0
        marks += _moved(piece.marks, x, y)
        x += piece.size.width + 2 * gap
        height = max(height, piece.size.height)
    return Piece(marks=tuple(marks), size=Size(breadth, y + height))


def _title(each: Explained, room: float, theme: Theme) -> tuple[str, ...]:
    return broken(each.title, theme.sizes.operation, theme.face, room, 700)


def _broken(text: str, room: float, theme: Theme) -> tuple[str, ...]:
    return broken(text, theme.sizes.legend, theme.face, room)


def _wide(lines: Sequence[str], size: float, theme: Theme, *, bold: bool = False) -> float:
    return max((width(line, size, theme.face, 700 if bold else 400) for line in lines), default=0.0)


def _lines(lines: Sequence[str], size: float, theme: Theme, *, bold: bool = False) -> Piece:
    """Set lines of text below each other."""
    face, leading = theme.face, size * 1.35
    extents = metrics(face, 700 if bold else 400)
    cap, descent = extents.cap_height * size, extents.descent * size
    marks = tuple(
        Text(
            at=Point(0.0, cap + place * leading),
            text=line,
            size=size,
            face=face,
            fill="ink" if bold else "grey",
            weight=700 if bold else 400,
        )
        for place, line in enumerate(lines)
    )
    height = cap + (len(lines) - 1) * leading + descent if lines else 0.0
    return Piece(marks=marks, size=Size(_wide(lines, size, theme, bold=bold), height))


def _moved(marks: Sequence[Mark], dx: float, dy: float) -> list[Mark]:
    return [moved(mark, dx, dy) for mark in marks]
