"""The rows of a Table as comma-separated values (RFC 4180)."""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from cutaway.outputs.tables.cells import printable
from cutaway.table import Cell, Table

Field = str | int | float


def to_csv(table: Table) -> str:
    """Write the rows of a table with a header; see Summary.csv."""
    return written(rows(table))


def rows(table: Table) -> Iterator[Sequence[Field]]:
    """Give the header and the rows of a table, as lists of what stands between the commas."""
    yield ["id", "parent", *[column.key for column in table.columns], "shared_with"]
    for row in table.rows:
        cells = zip(table.columns, row.cells, strict=True)
        values = [_value(cell, is_number=column.is_number) for column, cell in cells]
        yield [safe(row.id), safe(row.parent or ""), *values, safe(row.shared_with or "")]


def written(lines: Iterable[Sequence[Field]]) -> str:
    """Write lines as the standard says."""
    import csv

    file = StringIO(newline="")
    csv.writer(file).writerows(lines)
    return file.getvalue()


def _value(cell: Cell, *, is_number: bool) -> Field:
    if isinstance(cell.value, int | float):
        return cell.value
    is_none = cell.value == () or (cell.value is None and (is_number or cell.text in {"?", "–"}))
    return "" if is_none else safe(cell.text)


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    shown = printable(text)
    return f"'{shown}" if shown[:1] in {"=", "+", "-", "@"} else shown
