"""A Table as lines for a terminal or a text file; each is made of pieces that know what they are."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from cutaway.outputs.tables.cells import pad, printable, width
from cutaway.outputs.tables.wrap import widths, wrap
from cutaway.record import record
from cutaway.table import Cell, Column, Fact, Row, Table

Line: TypeAlias = "tuple[Piece, ...]"

_GAP = 2
_INDENT = 2
_NARROWEST = 10
"""No column of words is made narrower; where there is no room for that, rows are told one below the other."""


@record(kw_only=False)
class Piece:
    """A part of a line; its `role` is "title", "head", "rule", "faint", a kind of layer, or empty."""

    text: str
    role: str = ""


def lines(table: Table, room: int | None) -> Iterator[Line]:
    """Give the lines of a table, as long as they have to be, or of at most `room` cells."""
    for part in wrap(printable(table.title), room) if room else [printable(table.title)]:
        yield (Piece(part, "title"),)
    yield from _facts(table.facts, room)
    yield ()
    yield from _rows(table, room)
    yield ()
    yield from _facts(table.totals, room)
    if table.notes:
        yield ()
    for note in table.notes:
        for part in wrap(printable(note), room) if room else [printable(note)]:
            yield (Piece(part, "faint"),)


def _facts(facts: Sequence[Fact], room: int | None) -> Iterator[Line]:
    """Give facts below each other; plain numbers end in one column."""
    told = [fact for fact in facts if fact.cell.text]
    titles = [" " * (_INDENT * fact.depth) + printable(fact.title) for fact in told]
    left = max(map(width, titles), default=0)
    numbers = max((width(fact.cell.text) for fact in told if _is_number(fact.cell)), default=0)
    for title, fact in zip(titles, told, strict=True):
        text = printable(fact.cell.text)
        if _is_number(fact.cell):
            text = pad(text, numbers, right=True)
        parts = wrap(text, max(room - left - _GAP, _NARROWEST // 2)) if room else [text]
        for place, part in enumerate(parts):
            yield (Piece(pad("" if place else title, left + _GAP), "head"), Piece(part))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell.value, int | float)


def _rows(table: Table, room: int | None) -> Iterator[Line]:
    heads = [printable(column.title) for column in table.columns]
    body = [[printable(cell.text) for cell in row.cells] for row in table.rows]
    natural = [
        max([width(head), *(width(texts[place]) + _inset(table, row, place) for row, texts in pairs(table, body))])
        for place, head in enumerate(heads)
    ]
    sizes: tuple[int, ...] | None = tuple(natural)
    if room is not None:
        sizes = widths(natural, _least(table, natural), room - _GAP * (len(heads) - 1))
    if sizes is None:
        for row, texts in pairs(table, body):
            yield from _told(table, row, texts, room or 0)
        return
    yield from _across([Piece(head, "head") for head in heads], [0] * len(heads), table.columns, sizes)
    yield (Piece("-" * (sum(sizes) + _GAP * (len(sizes) - 1)), "rule"),)
    for row, texts in pairs(table, body):
        pieces = [Piece(text, _role(column, row)) for column, text in zip(table.columns, texts, strict=True)]
        yield from _across(pieces, [_inset(table, row, place) for place in range(len(heads))], table.columns, sizes)


def pairs(table: Table, body: Sequence[Sequence[str]]) -> Iterator[tuple[Row, Sequence[str]]]:
    """Give each row with the texts of its cells."""
    return zip(table.rows, body, strict=True)


def _inset(table: Table, row: Row, place: int) -> int:
    return _INDENT * row.depth if table.columns[place].key == "name" else 0


def _least(table: Table, natural: Sequence[int]) -> list[int]:
    """Return how narrow each column may become: numbers stay whole, words may be broken."""
    found = []
    for place, column in enumerate(table.columns):
        least = _NARROWEST
        if column.is_number:
            cells = [row.cells[place].text for row in table.rows if row.shared_with is None]
            least = max([_NARROWEST, *map(width, cells)])
        found.append(min(least, natural[place]))
    return found


def _across(
    pieces: Sequence[Piece], insets: Sequence[int], columns: Sequence[Column], sizes: Sequence[int]
) -> Iterator[Line]:
    """Give one row: as many lines as its tallest cell needs."""
    cells = []
    for piece, inset, size in zip(pieces, insets, sizes, strict=True):
        air = min(inset, size // 2)
        cells.append([" " * air + part for part in wrap(piece.text, size - air)])
    for height in range(max(map(len, cells))):
        line = []
        for place, parts in enumerate(cells):
            text = parts[height] if height < len(parts) else ""
            text = pad(text, sizes[place], right=columns[place].is_number)
            gap = " " * _GAP if place < len(cells) - 1 else ""
            line.append(Piece(text + gap, pieces[place].role))
        yield _trimmed(line)


def _trimmed(line: Sequence[Piece]) -> Line:
    """Return a line without spaces at its end."""
    kept = list(line)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = Piece(kept[-1].text.rstrip(), kept[-1].role)
    return tuple(kept)


def _told(table: Table, row: Row, texts: Sequence[str], room: int) -> Iterator[Line]:
    """Give a row as a list of what is known of it, for narrow places."""
    air = min(_INDENT * row.depth, room // 2)
    for place, (column, text) in enumerate(zip(table.columns, texts, strict=True)):
        told = text if place == 0 else f"{printable(column.title)}: {text}"
        inset = air if place == 0 else min(air + _INDENT, room // 2)
        for part in wrap(told, room - inset):
            yield (Piece(" " * inset + part, _role(column, row)),)


def _role(column: Column, row: Row) -> str:
    if column.key == "operation" or (column.key == "name" and row.kind == "nested"):
        return row.kind
    return ""
