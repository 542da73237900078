"""Table: what a summary says, in rows and columns, ready to be written as text, Markdown, CSV, JSON or HTML."""

from collections.abc import Mapping

from cutaway.record import Record

Raw = bool | int | float | str | tuple["Raw", ...] | Mapping[str, "Raw"] | None
"""A value as a program wants it: plain numbers, shapes as tuples; None is unknown."""


class Column(Record):
    """What stands in one column: `key` is its stable name, by which it is chosen, `title` its heading.

    Cells that are numbers or shapes are read as one word.
    """

    key: str
    title: str
    is_number: bool = False
    is_shape: bool = False


class Cell(Record):
    """One statement: `text` for readers, `value` for programs.

    `value` is None where it is unknown, or where there is none; `least` is then what it is at least, if that is known.
    """

    text: str
    value: Raw = None
    least: int | float | None = None


class Row(Record):
    """One call of a layer, or of a nested model, whose own rows follow it with a greater `depth`.

    `parent` is the id of the nested model around it, also where that has no row; `name` is unique among the rows of
    one parent; `kind` is what the figure colours it by; `shared_with` is the id of an earlier row, whose weights it
    has.
    """

    id: str
    name: str
    cells: tuple[Cell, ...]
    depth: int = 0
    parent: str | None = None
    kind: str = ""
    shared_with: str | None = None


class Fact(Record):
    """One line about the whole model; one of greater `depth` is a part of the one before it.

    Its text is empty where only programs need it.
    """

    key: str
    title: str
    cell: Cell
    depth: int = 0


class Table(Record):
    """A model's summary. `facts` stand above the rows, `totals` below; `notes` are sentences on how to read it."""

    title: str
    facts: tuple[Fact, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    totals: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
