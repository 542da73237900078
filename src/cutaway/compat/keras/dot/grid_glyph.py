"""A box with a grid of cells, as records and tables of the DOT language are: each with its ground and its lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cutaway.compat.keras.dot.colors import readable_on, rgba
from cutaway.compat.keras.dot.grid_label import Cell, Grid, Label, Line, Run
from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Anchor, Mark, Move, Path, Rgba, Role, Rounded, Text
from cutaway.scene import Line as Straight
from cutaway.theme import Theme
from cutaway.views.parts.box import Form, Looks, TextLine, swatch

USUAL = 14.0
"""The size of text where nothing is said of it, in the points of Graphviz."""
_PAD = Size(4.0, 3.5)
"""Points between the text of a cell and its border."""


class GridGlyph(Record, eq=False):
    """The glyph of a node whose label is a grid; a size of 14 is as large as `unit` says."""

    label: Label
    role: str
    size: Size
    unit: float
    lines: tuple[TextLine, ...]
    form: Form = "box"
    count: str = ""
    margin: float = 0.0

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:  # noqa: ARG002 - of stacks
        """Draw the outline, the grounds, the lines between cells, and the texts."""
        setting = Setting(looks.theme, self.unit)
        areas = list(setting.areas(self.label.content, rect))
        _, stroke = looks[self.role]
        grounds = [ground for content, area in areas if (ground := _ground(content, area))]
        rules = [rule for content, area in areas if isinstance(content, Grid) for rule in setting.rules(content, area)]
        lines = [Path(segments=rule, stroke=stroke) for rule in rules]
        outline = swatch(self.role, rect, 0.0, looks)
        edge = Path(segments=outline.segments, stroke=stroke)
        texts = [text for content, area in areas if isinstance(content, Cell) for text in setting.texts(content, area)]
        return (outline, *grounds, *lines, *([edge] if grounds else []), *texts)

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:  # noqa: ARG002 - a box
        """Return the route, which ends on the outline."""
        return route


def grid_glyph(label: Label, role: str, theme: Theme, unit: float) -> GridGlyph:
    """Size a box around a grid; `unit` is the size of text of which the label says nothing, in points."""
    size = Setting(theme, unit).size(label.content)
    said = tuple([TextLine(text=line.text.strip(), size=unit) for line in label.lines])
    return GridGlyph(label=label, role=role, size=size, unit=unit, lines=said or (TextLine(text="", size=unit),))


class Setting:
    """Sets a label's contents in a theme."""

    def __init__(self, theme: Theme, unit: float) -> None:
        self._theme = theme
        self._unit = unit

    def size(self, content: Cell | Grid) -> Size:
        """Return what contents need."""
        if isinstance(content, Cell):
            breadth = max([self._breadth(line) for line in content.lines], default=0.0)
            height = sum([self._leading(line) for line in content.lines])
            return Size(breadth + 2 * _PAD.width, height + 2 * _PAD.height)
        columns, rows = self._tracks(content)
        return Size(sum(columns), sum(rows))

    def areas(self, content: Cell | Grid, rect: Rect) -> Iterator[tuple[Cell | Grid, Rect]]:
        """Give contents and all in them, with the areas that they fill; what is in others follows them."""
        waiting = [(content, rect)]
        while waiting:
            each, area = waiting.pop()
            yield each, area
            if isinstance(each, Grid):
                waiting += self._shares(each, area)[::-1]

    def rules(self, grid: Grid, rect: Rect) -> Iterator[tuple[Move, Straight]]:
        """Give the lines between the cells of a grid."""
        for _, area in self._shares(grid, rect) if grid.ruled else ():
            if area.right < rect.right - 0.1:
                yield Move(Point(area.right, area.y)), Straight(Point(area.right, area.bottom))
            if area.bottom < rect.bottom - 0.1:
                yield Move(Point(area.x, area.bottom)), Straight(Point(area.right, area.bottom))

    def texts(self, cell: Cell, rect: Rect) -> Iterator[Text]:
        """Give the texts of a cell, in the middle of its area."""
        y = rect.center.y - sum([self._leading(line) for line in cell.lines]) / 2
        for line in cell.lines:
            cap = max([metrics(self._theme.face, 400).cap_height * self._size(run) for run in line.runs], default=0.0)
            y += self._leading(line)
            yield from self._runs(line, rect, y - (self._leading(line) - cap) / 2, cell.fill)

    def _runs(self, line: Line, rect: Rect, baseline: float, ground: str | None) -> Iterator[Text]:
        breadth = self._breadth(line)
        starts: Mapping[str, float] = {
            "left": rect.x + _PAD.width,
            "middle": rect.center.x - breadth / 2,
            "right": rect.right - _PAD.width - breadth,
        }
        x, anchor = starts[line.side], _START
        for run in line.runs:
            yield Text(
                at=Point(x, baseline),
                text=run.text,
                size=self._size(run),
                face=self._theme.face,
                fill=_ink(run, ground),
                anchor=anchor,
                weight=700 if run.bold else 400,
            )
            x += self._width(run)

    def _shares(self, grid: Grid, rect: Rect) -> list[tuple[Cell | Grid, Rect]]:
        """Return what is in a grid, with the area of each: tracks grow alike where there is room to spare."""
        columns, rows = self._tracks(grid)
        xs, ys = _edges(columns, rect.x, rect.width), _edges(rows, rect.y, rect.height)
        found: list[tuple[Cell | Grid, Rect]] = []
        for each in grid.places:
            left, top = xs[each.column], ys[each.row]
            right, bottom = xs[each.column + each.columns], ys[each.row + each.rows]
            found.append((each.content, Rect(left, top, right - left, bottom - top)))
        return found

    def _tracks(self, grid: Grid) -> tuple[list[float], list[float]]:
        """Return the breadths of the columns, and the heights of the rows."""
        sizes = [(each, self.size(each.content)) for each in grid.places]
        columns = _lengths([(each.column, each.columns, size.width) for each, size in sizes])
        return columns, _lengths([(each.row, each.rows, size.height) for each, size in sizes])

    def _breadth(self, line: Line) -> float:
        return sum([self._width(run) for run in line.runs])

    def _width(self, run: Run) -> float:
        return width(run.text, self._size(run), self._theme.face, 700 if run.bold else 400)

    def _leading(self, line: Line) -> float:
        sizes = self._theme.sizes
        largest = max([self._size(run) for run in line.runs], default=self._unit)
        return largest * sizes.leading / sizes.detail

    def _size(self, run: Run) -> float:
        size = self._unit if run.size is None else self._unit * run.size / USUAL
        return max(size, self._theme.least_size)


_START: Anchor = "start"
_Span = tuple[int, int, float]
"""Where something begins, over how many tracks it goes, and how long it is."""


def _lengths(spans: Iterable[_Span]) -> list[float]:
    """Return the least lengths of tracks so that all spans have room, those of single tracks first."""
    found: list[float] = []
    for start, count, length in sorted(spans, key=lambda span: span[1]):
        found += [0.0] * (start + count - len(found))
        lacks = length - sum(found[start : start + count])
        for place in range(start, start + count):
            found[place] += max(0.0, lacks) / count
    return found


def _edges(lengths: Sequence[float], start: float, whole: float) -> list[float]:
    spare = max(0.0, whole - sum(lengths)) / max(1, len(lengths))
    found = [start]
    for length in lengths:
        found.append(found[-1] + length + spare)
    return found


def _ground(content: Cell | Grid, rect: Rect) -> Path | None:
    color = readable_on(content.fill)
    return None if color is None else Path(segments=Rounded(rect, 0.0), fill=color.fill)


def _ink(run: Run, ground: str | None) -> Rgba | Role:
    below = readable_on(ground)
    return rgba(run.color) or ("ink" if below is None else below.ink)
