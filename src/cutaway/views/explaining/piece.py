"""What explanations are set of: something of a size that is drawn when its place is known."""

from collections.abc import Callable, Sequence

from cutaway.geometry import Point, Size
from cutaway.record import Record
from cutaway.ruler import FaceWeight, metrics, width
from cutaway.scene import Mark, Text
from cutaway.theme import Theme


class Piece(Record, eq=False):
    """Something of a size; `roles` are its colours.

    Its marks are made when they are asked for, with the place of its upper left corner.
    """

    size: Size
    marks: Callable[[float, float], Sequence[Mark]]
    roles: frozenset[str] = frozenset()


def together(size: Size, placed: Sequence[tuple[Piece, float, float]]) -> Piece:
    """Return several pieces, each with its place, as one."""
    return Piece(
        size=size,
        marks=lambda left, top: [mark for piece, x, y in placed for mark in piece.marks(left + x, top + y)],
    )


def text_lines(lines: Sequence[str], size: float, theme: Theme, *, is_bold: bool = False) -> Piece:
    """Set lines of text below each other."""
    face = theme.face
    weight: FaceWeight = 700 if is_bold else 400
    fill = "ink" if is_bold else "grey"
    extents, leading = metrics(face, weight), size * 1.35
    cap = extents.cap_height * size
    height = cap + (len(lines) - 1) * leading + extents.descent * size if lines else 0.0
    breadth = max((width(line, size, face, weight) for line in lines), default=0.0)
    return Piece(
        size=Size(breadth, height),
        marks=lambda x, y: [
            Text(at=Point(x, y + cap + at * leading), text=line, size=size, face=face, fill=fill, weight=weight)
            for at, line in enumerate(lines)
        ],
    )
