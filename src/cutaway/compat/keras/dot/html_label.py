"""Labels in the HTML-like language: text with fonts and breaks, or tables, also within each other.

(doc.graphviz.org, "Node Shapes", HTML-like labels.)
"""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from cutaway.compat.keras.dot.grid_label import Cell, Grid, Label, Line, Place, Run, Side
from cutaway.compat.keras.dot.sketch import number
from cutaway.record import Record, replace

_MOST = 50
"""Tables in each other; the text of those that are deeper is not told apart."""
_WIDEST = 1000
"""Rows or columns that a cell may go over."""
_ESCAPED = re.compile(r"\\(.)")
_SIDES: Mapping[str, Side] = {"left": "left", "right": "right", "center": "middle"}
_KNOWN: Mapping[str, frozenset[str]] = {
    "table": frozenset({"bgcolor", "border", "cellborder", "cellpadding", "cellspacing"}),
    "td": frozenset({"bgcolor", "colspan", "rowspan", "align", "balign", "port", "cellpadding"}),
    "tr": frozenset(),
    "font": frozenset({"color", "point-size"}),
    "b": frozenset(),
    "br": frozenset({"align"}),
}
"""The tags and their attributes that are drawn, or that say nothing to a reader."""

_Given = Mapping[str, str]


class _Font(Record, kw_only=False):
    bold: bool = False
    color: str | None = None
    size: float | None = None


class _Open(Record, eq=False, frozen=False):
    """A tag that is not closed yet: a table with its places, a cell or the label itself with its lines, or a font."""

    tag: str
    given: _Given
    font: _Font
    places: list[Place]
    row: int = -1
    lines: list[Line]
    runs: list[Run]
    inner: Grid | None = None


def html_label(text: str, name: str = "", graph: str = "") -> Label:
    r"""Return what a label says; `text` is without the brackets around it.

    `\N` and `\G` stand for the names of the node and the graph.
    """
    reader = _Reader({"N": name, "G": graph})
    reader.feed(text)
    return reader.finished()


class _Reader(HTMLParser):
    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._names = names
        self._open = [_opened("", {}, _Font())]
        self._unread: dict[str, None] = {}

    def finished(self) -> Label:
        """Return the label; tags that nobody closed end here."""
        self.close()
        while len(self._open) > 1:
            self._leave()
        content = self._content(self._open[0])
        return Label(content=content, unread=tuple(self._unread))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._unread.update(dict.fromkeys(_unread(tag, given)))
        tables, font = sum(each.tag == "table" for each in self._open), self._open[-1].font
        if tag == "br":
            _end_line(self._holder, _SIDES.get(given.get("align", "").lower()))
        elif tag in {"tr", "td"} and not tables:
            self._unread[f"<{tag}> without <table>"] = None
        elif tag == "tr":
            self._table.row += 1
        elif tag == "table" and tables == _MOST:
            self._unread["tables in each other"] = None
        elif tag in {"font", "b", "table", "td"}:
            if tag == "b":
                font = replace(font, bold=True)
            elif tag == "font":
                font = replace(font, color=given.get("color", font.color), size=_size(given, font))
            self._open.append(_opened(tag, given, font))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != "br":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {each.tag for each in self._open[1:]}:
            while self._open[-1].tag != tag:
                self._leave()
            self._leave()

    def handle_data(self, data: str) -> None:
        holder = self._holder
        if holder.tag == "table":
            self._unread.update({"text between cells": None} if data.strip() else {})
            return
        text = _ESCAPED.sub(lambda found: self._names.get(found[1], found[1]), " ".join(data.split()))
        if text:
            before = " " if data[0].isspace() and holder.runs else ""
            behind = " " if data[-1].isspace() else ""
            font = self._open[-1].font
            holder.runs.append(Run(before + text + behind, font.bold, font.color, font.size))
        elif holder.runs and not holder.runs[-1].text.endswith(" "):
            holder.runs[-1] = replace(holder.runs[-1], text=holder.runs[-1].text + " ")

    @property
    def _holder(self) -> _Open:
        """What text goes into."""
        return next(each for each in reversed(self._open) if each.tag in {"", "td", "table"})

    @property
    def _table(self) -> _Open:
        """The innermost table that is open."""
        return next(each for each in reversed(self._open) if each.tag == "table")

    def _leave(self) -> None:
        left = self._open.pop()
        if left.tag == "table":
            self._unread.update({} if self._holder.inner is None else {"tables side by side": None})
            self._holder.inner = _grid(left)
        elif left.tag == "td":
            table = self._table
            table.row = max(table.row, 0)
            rows, columns = (_span(left.given.get(name)) for name in ("rowspan", "colspan"))
            column = _free(table, columns)
            content = self._content(left)
            table.places.append(Place(row=table.row, column=column, content=content, rows=rows, columns=columns))

    def _content(self, cell: _Open) -> Cell | Grid:
        """Return what stands in a cell, or in the label itself: a table alone, or lines."""
        fill = cell.given.get("bgcolor")
        if cell.inner is not None:
            self._unread.update({"text beside tables": None} if cell.runs or cell.lines else {})
            return replace(cell.inner, fill=cell.inner.fill or fill)
        if cell.runs or not cell.lines:
            _end_line(cell, None)
        return Cell(lines=tuple(cell.lines), fill=fill)


def _unread(tag: str, given: _Given) -> list[str]:
    """Name what of a tag has no meaning here."""
    if tag not in _KNOWN:
        return [f"<{tag}>"]
    odd = [name for name in given if name not in _KNOWN[tag]]
    odd += [name for name in ("rowspan", "colspan") if given.get(name, "1") != str(_span(given.get(name)))]
    odd += [name for name in ("point-size",) if name in given and number(given[name]) is None]
    return [f"{name} of <{tag}>" for name in odd]


def _opened(tag: str, given: _Given, font: _Font) -> _Open:
    return _Open(tag=tag, given=given, font=font, places=[], lines=[], runs=[])


def _free(table: _Open, columns: int) -> int:
    """Return the first column of the current row in which so many are free."""
    taken = {
        column
        for place in table.places
        if place.row <= table.row < place.row + place.rows
        for column in range(place.column, place.column + place.columns)
    }
    column = 0
    while taken.intersection(range(column, column + columns)):
        column += 1
    return column


def _grid(table: _Open) -> Grid:
    border = number(table.given.get("cellborder", table.given.get("border")))
    return Grid(places=tuple(table.places), fill=table.given.get("bgcolor"), ruled=border != 0)


def _end_line(cell: _Open, side: Side | None) -> None:
    usual = _SIDES.get((cell.given.get("balign") or cell.given.get("align") or "").lower(), "middle")
    cell.lines.append(Line(tuple(cell.runs), side or usual))
    cell.runs = []


def _size(given: _Given, font: _Font) -> float | None:
    size = number(given.get("point-size"))
    return font.size if size is None else size


def _span(text: str | None) -> int:
    """Return over how many rows or columns a cell goes: over one where what is said of it means nothing."""
    count = int(number(text) or 1)
    return count if 1 <= count <= _WIDEST else 1
