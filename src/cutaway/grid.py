"""A grid over the page that finds what lies near what without comparing everything with everything."""

from collections.abc import Iterator, Sequence
from math import floor, sqrt

from cutaway.geometry import Bounds
from cutaway.typed import Generic, TypeVar

Item = TypeVar("Item")

Cell = list[tuple[Bounds, Item]]

LEAST_CELL = 24.0
CELLS_PER_ITEM = 8.0


class Grid(Generic[Item]):
    """Items by the cells that their bounds touch. The cell grows with the items, so that each covers few cells."""

    __slots__ = ("_cell", "_columns", "_rows")

    def __init__(self, items: Sequence[tuple[Bounds, Item]]) -> None:
        self._cell = _cell_size([area for area, _ in items])
        self._columns: dict[int, dict[int, Cell[Item]]] = {}
        self._rows: dict[int, dict[int, Cell[Item]]] = {}
        for entry in items:
            columns, rows = self._span(entry[0])
            for x in columns:
                column = self._columns.setdefault(x, {})
                for y in rows:
                    if y not in column:
                        column[y] = self._rows.setdefault(y, {})[x] = []
                    column[y].append(entry)

    def near(self, area: Bounds) -> Iterator[Item]:
        """Yield the items whose bounds overlap or touch `area`; one that spans several cells may come repeatedly."""
        left, top, right, bottom = area
        columns, rows = self._span(area)
        upright = len(columns) <= len(rows)  # a long thin area is followed along, where few cells hold anything
        lines, places, held = (columns, rows, self._columns) if upright else (rows, columns, self._rows)
        for line in lines if len(lines) <= len(held) else [line for line in held if line in lines]:
            cells = held.get(line, {})
            for items in _within(cells, places):
                for (x0, y0, x1, y1), item in items:
                    if x0 <= right and left <= x1 and y0 <= bottom and top <= y1:
                        yield item

    def _span(self, area: Bounds) -> tuple[range, range]:
        cell = self._cell
        return (
            range(floor(area[0] / cell), floor(area[2] / cell) + 1),
            range(floor(area[1] / cell), floor(area[3] / cell) + 1),
        )


def _within(cells: "dict[int, Cell[Item]]", places: range) -> "list[Cell[Item]]":
    if len(places) > len(cells):
        return [items for place, items in cells.items() if place in places]
    return [cells[place] for place in places if place in cells]


def _cell_size(areas: Sequence[Bounds]) -> float:
    if not areas:
        return LEAST_CELL
    span = sum(x1 - x0 + y1 - y0 for x0, y0, x1, y1 in areas) / (CELLS_PER_ITEM * len(areas))
    square = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in areas) / (CELLS_PER_ITEM * len(areas))
    return max(LEAST_CELL, span, sqrt(square))
