"""The cells of a large page and the marks in each: what is drawn cell by cell is not drawn where there is nothing.

A figure that is large is mostly empty, and its marks are local. So a cell has few of them, and only as much of it is
drawn as they cover.
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import Final

from cutaway.geometry import Bounds
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Close, Curve, Group, Image, Mark, Path, Scene, Text

SIDE: Final = 1024
"""Pixels along the side of a cell."""
_SMOOTH: Final = 2.0
"""Pixels around a mark that its smoothed border may touch."""


class Cell(Record, eq=False):
    """A part of the page in pixels, and what is seen in it, in painter's order."""

    left: int
    top: int
    width: int
    height: int
    marks: tuple[Mark, ...]


def cells(scene: Scene, size: tuple[int, int], scale: float, height: int | None = None) -> Iterator[Cell]:
    """Give the parts of a picture, `size` pixels large, that have marks, row by row.

    `scale` are the pixels of a point. Cells may be less high than wide.
    """
    high = height or SIDE
    found: dict[tuple[int, int], _Part] = {}
    for mark in _leaves(scene.marks):
        area = _extent(mark)
        if area is None:
            continue
        left, top = (max(0, floor(value * scale - _SMOOTH)) for value in area[:2])
        right, bottom = (min(most, ceil(value * scale + _SMOOTH)) for value, most in zip(area[2:], size, strict=True))
        for row in range(top // high, (bottom - 1) // high + 1):
            for column in range(left // SIDE, (right - 1) // SIDE + 1):
                part = found.get((row, column))
                if part is None:
                    part = found[row, column] = _Part()
                part.add(mark, left, top, right, bottom)
    for row, column in sorted(found):
        yield found[row, column].cell(column * SIDE, row * high, high)


class _Part:
    """A cell while marks are put into it."""

    __slots__ = ("bottom", "left", "marks", "right", "top")

    def __init__(self) -> None:
        self.left = self.top = 1 << 62
        self.right = self.bottom = 0
        self.marks: list[Mark] = []

    def add(self, mark: Mark, left: int, top: int, right: int, bottom: int) -> None:
        self.marks.append(mark)
        self.left, self.top = min(self.left, left), min(self.top, top)
        self.right, self.bottom = max(self.right, right), max(self.bottom, bottom)

    def cell(self, x: int, y: int, height: int) -> Cell:
        """Return as much of the cell that begins here as the marks cover."""
        left, top = max(self.left, x), max(self.top, y)
        right, bottom = min(self.right, x + SIDE), min(self.bottom, y + height)
        return Cell(left=left, top=top, width=right - left, height=bottom - top, marks=tuple(self.marks))


def _leaves(marks: Sequence[Mark]) -> Iterator[Mark]:
    for mark in marks:
        if isinstance(mark, Group):
            yield from _leaves(mark.marks)
        else:
            yield mark


def _extent(mark: Mark) -> Bounds | None:
    """Return a rectangle that a mark does not leave; None where nothing of it is seen."""
    if isinstance(mark, Path):
        return _of_path(mark)
    if isinstance(mark, Text):
        return _of_text(mark)
    if isinstance(mark, Image):
        a, b, c, d, e, f = mark.matrix
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)
    return None


def _of_path(path: Path) -> Bounds | None:
    xs, ys = list[float](), list[float]()
    for segment in path.segments:
        if isinstance(segment, Close):
            continue
        points = (segment.first, segment.second, segment.to) if isinstance(segment, Curve) else (segment.to,)
        for point in points:
            xs.append(point.x)
            ys.append(point.y)
    if not xs or (path.fill is None and path.stroke is None):
        return None
    reach = 2 * path.stroke.width if path.stroke else 0.0  # corners stand out up to that far
    return min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach


def _of_text(text: Text) -> Bounds:
    length, known = width(text.text, text.size, text.face, text.weight), metrics(text.face, text.weight)
    if text.angle:
        reach = length + text.size * (known.ascent + known.descent)
        return text.at.x - reach, text.at.y - reach, text.at.x + reach, text.at.y + reach
    before = {"start": 0.0, "middle": length / 2, "end": length}[text.anchor]
    left, air = text.at.x - before, 0.3 * text.size
    return (
        left - air, text.at.y - known.ascent * text.size - air,
        left + length + air, text.at.y + known.descent * text.size + air,
    )  # fmt: skip
