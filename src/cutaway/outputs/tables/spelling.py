"""A Table in the characters of an encoding, for terminals and pipes that cannot show all of them."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.outputs.tables.cells import printable
from cutaway.record import replace
from cutaway.table import Cell, Fact, Row, Table

_PLAIN: Mapping[str, str] = MappingProxyType({"–": "-", "×": "x", "≥": ">="})
"""What stands for the signs of a summary; a question mark would say that something is not known."""


def spelled(table: Table, encoding: str) -> Table:
    """Return a table whose texts the encoding has: what it lacks is written in plain signs, or else as escapes."""

    def said(text: str) -> str:
        shown = printable(text)
        return shown if _has(encoding, shown) else "".join([_spelled(each, encoding) for each in shown])

    def cell(held: Cell) -> Cell:
        return replace(held, text=said(held.text))

    def fact(held: Fact) -> Fact:
        return replace(held, title=said(held.title), cell=cell(held.cell))

    def row(held: Row) -> Row:
        return replace(held, cells=tuple(map(cell, held.cells)))

    return Table(
        title=said(table.title),
        facts=tuple(map(fact, table.facts)),
        columns=tuple([replace(column, title=said(column.title)) for column in table.columns]),
        rows=tuple(map(row, table.rows)),
        totals=tuple(map(fact, table.totals)),
        notes=tuple(map(said, table.notes)),
    )


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _spelled(character: str, encoding: str) -> str:
    if _has(encoding, character):
        return character
    return _PLAIN.get(character) or character.encode("ascii", "backslashreplace").decode()
