"""What explanations are set of: pieces of a size, drawn when their places are known, side by side on shelves."""

from collections.abc import Callable, Sequence
from math import inf

from cutaway.geometry import Point, Size
from cutaway.record import Record
from cutaway.ruler import FaceWeight, metrics, width
from cutaway.scene import Mark, Text
from cutaway.theme import Theme

_SLACK = 1e-6

Shelf = list[int]
"""Which of its sizes each cell of a shelf has."""


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


def shelved(cells: Sequence[Sequence[Size]], breadth: float, gap: Size) -> list[Shelf]:
    """Return shelves at most `breadth` wide, each with the places of the sizes of its cells, `gap` between all.

    The sizes of a cell stand with the best first. A cell that is wider than a shelf has one for itself.
    """
    least = [inf] * len(cells) + [-gap.height]
    shelves: list[Shelf] = [[] for _ in cells]
    for start in reversed(range(len(cells))):
        for stop in range(start + 1, len(cells) + 1):
            shelf = _shelf(cells[start:stop], breadth, gap.width)
            if shelf is None:
                break
            height = max(sizes[choice].height for sizes, choice in zip(cells[start:stop], shelf, strict=True))
            if height + gap.height + least[stop] < least[start] - _SLACK:
                least[start] = height + gap.height + least[stop]
                shelves[start] = shelf
    found, start = list[Shelf](), 0
    while start < len(cells):
        found.append(shelves[start])
        start += len(shelves[start])
    return found


def _shelf(cells: Sequence[Sequence[Size]], breadth: float, gap: float) -> Shelf | None:
    """Return the sizes that make one shelf as low as may be; None where none are narrow enough."""
    if len(cells) == 1:
        fitting = [size for size in cells[0] if size.width <= breadth + _SLACK] or cells[0]
        return [cells[0].index(min(fitting, key=lambda size: size.height))]
    room = breadth - gap * (len(cells) - 1) + _SLACK
    for height in sorted({size.height for sizes in cells for size in sizes}):
        low = [[place for place, size in enumerate(sizes) if size.height <= height] for sizes in cells]
        if not all(low):
            continue
        chosen = [
            min(places, key=lambda place, sizes=sizes: sizes[place].width)  # type: ignore[misc]
            for places, sizes in zip(low, cells, strict=True)
        ]
        if sum(sizes[place].width for sizes, place in zip(cells, chosen, strict=True)) <= room:
            return _bettered(cells, low, chosen, room)
    return None


def _bettered(cells: Sequence[Sequence[Size]], low: Sequence[Shelf], chosen: Shelf, room: float) -> Shelf:
    """Return better sizes where there is room left for them."""
    left = room - sum(sizes[place].width for sizes, place in zip(cells, chosen, strict=True))
    found = list(chosen)
    for number, (sizes, places) in enumerate(zip(cells, low, strict=True)):
        best = next(place for place in places if sizes[place].width - sizes[chosen[number]].width <= left)
        left -= sizes[best].width - sizes[chosen[number]].width
        found[number] = best
    return found
