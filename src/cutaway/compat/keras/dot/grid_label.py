"""What a label of the DOT language says: lines of text, in a cell, or in a grid of cells."""

from cutaway.record import Record
from cutaway.typed import Literal

Side = Literal["left", "middle", "right"]


class Run(Record, kw_only=False):
    """A piece of a line: its text, and where the label says so its colour and its size in points of Graphviz."""

    text: str
    bold: bool = False
    color: str | None = None
    size: float | None = None


class Line(Record, kw_only=False):
    """A line of text."""

    runs: tuple[Run, ...]
    side: Side = "middle"

    @property
    def text(self) -> str:
        """What it says."""
        return "".join([run.text for run in self.runs])


class Cell(Record):
    """Lines of text on a ground, whose `fill` is None where nothing is said of it."""

    lines: tuple[Line, ...]
    fill: str | None = None


class Place(Record):
    """Where something stands in a grid: from which row and column on, and over how many of them."""

    row: int
    column: int
    content: "Cell | Grid"
    rows: int = 1
    columns: int = 1


class Grid(Record):
    """Cells and further grids in rows and columns, with lines between them if it is `ruled`."""

    places: tuple[Place, ...]
    fill: str | None = None
    ruled: bool = True


class Label(Record):
    """A whole label; `unread` names what in it has no meaning here."""

    content: Cell | Grid
    unread: tuple[str, ...] = ()

    def cells(self) -> list[Cell]:
        """Return all cells, row by row."""
        found: list[Cell] = []
        waiting: list[Cell | Grid] = [self.content]
        while waiting:
            each = waiting.pop()
            if isinstance(each, Cell):
                found.append(each)
            else:
                waiting += [place.content for place in sorted(each.places, key=lambda it: (it.row, it.column))][::-1]
        return found

    @property
    def lines(self) -> list[Line]:
        """All lines that say anything."""
        return [line for cell in self.cells() for line in cell.lines if line.text.strip()]
