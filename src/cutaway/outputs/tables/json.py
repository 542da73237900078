"""A Table as JSON, for programs: plain numbers, null for what is not known."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.table import Fact, Row, Table
from cutaway.typed import Any


def to_json(table: Table) -> str:
    """Write a table as JSON, a row in a line; see Summary.json.

    Written line by line: nested models may lie deeper in each other than Python lets functions call each other.
    """
    return "".join(_parts(table))


def _parts(table: Table) -> Iterator[str]:
    yield f'{{\n  "name": {_text(table.title)}'
    for fact in table.facts:
        if fact.key:
            yield f",\n  {_text(fact.key)}: {_text(fact.cell.value)}"
    columns = [{"key": column.key, "title": column.title} for column in table.columns]
    yield f',\n  "columns": {_text(columns)},\n  "rows": ['
    yield from _rows(table)
    yield "]"
    yield f',\n  "totals": {_text({fact.key: fact.cell.value for fact in table.totals})}'
    yield f',\n  "at_least": {_text(_least(table.totals))}'
    yield f',\n  "notes": {_text(list(table.notes))}\n}}\n'


def _rows(table: Table) -> Iterator[str]:
    """Give the rows, each within that of the nested model that it is in."""
    depth = 0
    for place, row in enumerate(table.rows):
        if place:
            closing = depth - row.depth
            yield ', "rows": [' if closing < 0 else "}" + "]}" * closing + ","
        depth = row.depth
        yield f"\n{'  ' * (depth + 2)}{_text(_row(table, row))[:-1]}"
    if table.rows:
        yield "}" + "]}" * depth + "\n  "


def _row(table: Table, row: Row) -> dict[str, Any]:
    keyed = list(zip([column.key for column in table.columns], row.cells, strict=True))
    return {
        "id": row.id,
        "parent": row.parent,
        **{key: cell.value for key, cell in keyed},
        "shared_with": row.shared_with,
        "at_least": {key: cell.least for key, cell in keyed if cell.least is not None},
    }


def _least(facts: Sequence[Fact]) -> Mapping[str, int | float]:
    return {fact.key: fact.cell.least for fact in facts if fact.cell.least is not None}


def _text(value: object) -> str:
    import json

    return json.dumps(_plain(value))


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value
