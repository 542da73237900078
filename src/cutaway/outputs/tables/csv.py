"""The rows of a Table as comma-separated values (RFC 4180)."""

from io import StringIO

from cutaway.outputs.tables.cells import printable
from cutaway.table import Cell, Table


def to_csv(table: Table) -> str:
    """Write the rows of a table with a header; see Summary.csv."""
    import csv

    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["id", "parent", *[column.key for column in table.columns], "shared_with"])
    for row in table.rows:
        cells = zip(table.columns, row.cells, strict=True)
        values = [_value(cell, is_number=column.is_number) for column, cell in cells]
        writer.writerow([_safe(row.id), _safe(row.parent or ""), *values, _safe(row.shared_with or "")])
    return file.getvalue()


def _value(cell: Cell, *, is_number: bool) -> str | int | float:
    if isinstance(cell.value, int | float):
        return cell.value
    is_none = cell.value == () or (cell.value is None and (is_number or cell.text in {"?", "–"}))
    return "" if is_none else _safe(cell.text)


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    shown = printable(text)
    return f"'{shown}" if shown[:1] in {"=", "+", "-", "@"} else shown
