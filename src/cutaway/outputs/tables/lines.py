"""A Table as lines for a terminal or a text file; each is made of pieces that know what they are."""

from collections.abc import Iterator, Sequence

from cutaway.outputs.tables.cells import pad, printable, width
from cutaway.outputs.tables.wrap import widths, wrap
from cutaway.table import Cell, Column, Fact, Row, Table

Piece = tuple[str, str]
"""A part of a line, and its role: "title", "head", "rule", "faint", a kind of layer, or empty."""

Line = tuple[Piece, ...]

_GAP = 2
_INDENT = 2
_RULE = "-"
_NARROWEST = 10
"""No column of words is made narrower; where there is no room for that, rows are told one below the other."""
_SHAPE = 20
"""Shapes of up to this width are broken last."""


def lines(table: Table, room: int | None) -> Iterator[Line]:
    """Give the lines of a table, as long as they have to be, or of at most `room` cells."""
    parts = (
        (*_sentence(table.title, "title", room), *_facts(table.facts, room)),
        _rows(table, room),
        _facts(table.totals, room),
        (line for note in table.notes for line in _sentence(note, "faint", room)),
    )
    is_first = True
    for part in parts:
        found = list(part)
        if found and not is_first:
            yield ()
        yield from found
        is_first = is_first and not found


def _sentence(text: str, role: str, room: int | None) -> Iterator[Line]:
    """Give a sentence in lines of its own."""
    shown = printable(text)
    for part in wrap(shown, room) if room else [shown]:
        yield ((part, role),)


def _facts(facts: Sequence[Fact], room: int | None) -> Iterator[Line]:
    """Give facts below each other; plain numbers end in one column."""
    told = [(fact, printable(fact.title), printable(fact.cell.text)) for fact in facts if fact.cell.text]
    left = max([width(title) + _INDENT * fact.depth for fact, title, _ in told], default=0) + _GAP
    numbers = max([width(text) for fact, _, text in told if _is_number(fact.cell)], default=0)
    is_narrow = room is not None and room - left < max(numbers, _NARROWEST)
    for fact, title, text in told:
        air = " " * (_INDENT * fact.depth)
        if is_narrow:
            yield from [((air + part, ""),) for part in wrap(f"{title}: {text}", (room or 0) - len(air))]
            continue
        value = pad(text, numbers, right=True) if _is_number(fact.cell) else text
        for place, part in enumerate(wrap(value, room - left) if room else [value]):
            yield ((pad("" if place else air + title, left), "head"), (part, ""))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell.value, int | float)


def _rows(table: Table, room: int | None) -> Iterator[Line]:
    if not table.columns:
        return
    heads = [printable(column.title) for column in table.columns]
    body = [[printable(cell.text) for cell in row.cells] for row in table.rows]
    insets = [_insets(table, row) for row in table.rows]
    natural = [_widest(place, head, body, insets) for place, head in enumerate(heads)]
    sizes: tuple[int, ...] | None = tuple(natural)
    if room is not None:
        within = room - _GAP * (len(heads) - 1)
        sizes = widths(natural, _least(table, natural, _SHAPE), within)
        sizes = sizes or widths(natural, _least(table, natural, _NARROWEST), within)
    if sizes is None:
        for row, texts in zip(table.rows, body, strict=True):
            yield from _told(table, row, texts, room or 0)
        return
    is_number = [column.is_number for column in table.columns]
    header = [_broken(*cell) for cell in zip(heads, [0] * len(heads), sizes, strict=True)]
    across = list(_across(header, is_number, sizes))
    yield from across
    yield ((_RULE * max(sum(width(text) for text, _ in line) for line in across), "rule"),)
    for row, texts, inset in zip(table.rows, body, insets, strict=True):
        cells = [_broken(*cell) for cell in zip(texts, inset, sizes, strict=True)]
        roles = [_role(column, row) for column in table.columns]
        yield from _across(cells, is_number, sizes, roles)


def _insets(table: Table, row: Row) -> list[int]:
    """Return how far the text of each cell is moved in: names stand as deep as their layers lie."""
    return [_INDENT * row.depth if column.key == "name" else 0 for column in table.columns]


def _widest(place: int, head: str, body: Sequence[Sequence[str]], insets: Sequence[Sequence[int]]) -> int:
    cells = zip(body, insets, strict=True)
    return max([width(head), *[width(texts[place]) + inset[place] for texts, inset in cells]])


def _least(table: Table, natural: Sequence[int], shape: int) -> list[int]:
    """Return how narrow each column may become: numbers stay whole, words may be broken, shapes from a width on."""
    found = []
    for place, column in enumerate(table.columns):
        least = shape if column.is_shape else _NARROWEST
        if column.is_number:
            cells = [row.cells[place].text for row in table.rows if row.shared_with is None]
            least = max([_NARROWEST, *map(width, cells)])
        found.append(min(least, natural[place]))
    return found


def _broken(text: str, inset: int, size: int) -> list[str]:
    """Break the text of a cell into lines, each moved in, but by no more than half of its room."""
    if not inset:
        return wrap(text, size)
    air = min(inset, size // 2)
    return [" " * air + part for part in wrap(text, size - air)]


def _across(
    cells: Sequence[Sequence[str]], is_number: Sequence[bool], sizes: Sequence[int], roles: Sequence[str] | None = None
) -> Iterator[Line]:
    """Give one row: as many lines as its tallest cell needs."""
    last = len(cells) - 1
    for height in range(max(map(len, cells))):
        line = []
        for place, parts in enumerate(cells):
            text = parts[height] if height < len(parts) else ""
            if is_number[place] or place < last:
                text = pad(text, sizes[place], right=is_number[place])
            line.append((text if place == last else text + " " * _GAP, roles[place] if roles else "head"))
        yield tuple(line)


def _told(table: Table, row: Row, texts: Sequence[str], room: int) -> Iterator[Line]:
    """Give a row as a list of what is known of it, for narrow places."""
    air = min(_INDENT * row.depth, room // 2)
    for place, (column, text) in enumerate(zip(table.columns, texts, strict=True)):
        told = text if place == 0 else f"{printable(column.title)}: {text}"
        inset = air if place == 0 else min(air + _INDENT, room // 2)
        for part in wrap(told, room - inset):
            yield ((" " * inset + part, _role(column, row)),)


def _role(column: Column, row: Row) -> str:
    if column.key == "operation" or (column.key == "name" and row.kind == "nested"):
        return row.kind
    return ""
