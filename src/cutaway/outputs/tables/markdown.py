"""A Table in Markdown: with a table as GitHub Flavored Markdown has it (its specification, section 4.10)."""

from collections.abc import Iterator, Sequence

from cutaway.outputs.tables.cells import printable
from cutaway.table import Cell, Column, Row, Table

_SPECIAL = frozenset("\\`*[]<>&|~#$@")
_INDENT = "&emsp;"


def to_markdown(table: Table) -> str:
    """Write a table in Markdown; see Summary.markdown. Names are code, so that nothing in them is taken for markup."""
    return "\n".join(_lines(table)) + "\n"


def _lines(table: Table) -> Iterator[str]:
    yield f"## {escaped(table.title) or '?'}"
    yield ""
    yield from elements(table)


def elements(table: Table) -> Iterator[str]:
    """Give what there is of a table but its title, as lines: facts, rows, totals and notes."""
    for fact in table.facts:
        if fact.cell.text:
            yield f"- {escaped(fact.title)}: {escaped(fact.cell.text)}"
    if table.facts:
        yield ""
    if table.columns:
        yield _across([escaped(column.title) for column in table.columns])
        yield _across(["---:" if column.is_number else "---" for column in table.columns])
    for row in table.rows:
        yield _across([_cell(column, row, cell) for column, cell in zip(table.columns, row.cells, strict=True)])
    if table.columns and table.totals:
        yield ""
    for fact in table.totals:
        if fact.cell.text:
            yield f"{'  ' * fact.depth}- {escaped(fact.title)}: {escaped(fact.cell.text)}"
    for note in table.notes:
        yield f"\n{escaped(note)}"


def _across(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(column: Column, row: Row, cell: Cell) -> str:
    if column.key == "name":
        return _INDENT * row.depth + code(cell.text)
    if isinstance(cell.value, tuple) and cell.value and all(isinstance(each, str) for each in cell.value):
        return ", ".join([code(str(each)) for each in cell.value]) if column.key == "connected_to" else _plain(cell)
    return _plain(cell)


def _plain(cell: Cell) -> str:
    return escaped(cell.text)


def code(text: str) -> str:
    """Write a name as code in a cell of a table, in which only `|` has to be escaped."""
    shown = printable(text).replace("|", "\\|")
    if not shown.strip(" "):
        return '""'
    if "`" not in shown:
        return f"`{shown}`"
    longest = max(len(run) for run in "".join(each if each == "`" else " " for each in shown).split())
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}"


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it is; underscores within words need no escape."""
    shown = printable(text)
    parts = []
    for place, each in enumerate(shown):
        inside = 0 < place < len(shown) - 1 and shown[place - 1].isalnum() and shown[place + 1].isalnum()
        if each == "@":
            parts.append("&#64;")
        elif each in _SPECIAL or (each == "_" and not inside):
            parts.append(f"\\{each}")
        else:
            parts.append(each)
    return "".join(parts)
