import json

from hypothesis import given
from summary_models import tables

from cutaway.outputs.tables.json import to_json
from cutaway.table import Cell, Column, Fact, Row, Table


@given(tables())
def test_rows_are_read_back_each_in_the_one_that_it_lies_in(table):
    found = json.loads(to_json(table))
    assert found["name"] == table.title
    stack = [(0, row) for row in reversed(found["rows"])]
    for row in table.rows:
        depth, told = stack.pop()
        assert depth == row.depth
        assert told["id"] == row.id
        for column, cell in zip(table.columns, row.cells, strict=True):
            assert told[column.key] == cell.value
            assert told["at_least"].get(column.key) == cell.least
        stack += [(depth + 1, each) for each in reversed(told.get("rows", []))]
    assert stack == []


@given(tables())
def test_rows_always_have_the_same_keys(table):
    keys = ["id", "parent", *[column.key for column in table.columns], "shared_with", "at_least"]
    stack = list(json.loads(to_json(table))["rows"])
    while stack:
        row = stack.pop()
        assert [key for key in row if key != "rows"] == keys
        stack += row.get("rows", [])


def test_totals_are_plain_numbers_or_null_with_what_they_are_at_least():
    totals = (
        Fact(key="parameters", title="Parameters", cell=Cell(text="12", value=12)),
        Fact(key="macs", title="Multiply–adds", cell=Cell(text="at least 5", least=5)),
        Fact(key="weight_memory_by_dtype", title="by type", cell=Cell(text="", value={"float16": 24})),
    )
    found = json.loads(to_json(Table(title="t", totals=totals)))
    assert found["totals"] == {"parameters": 12, "macs": None, "weight_memory_by_dtype": {"float16": 24}}
    assert found["at_least"] == {"macs": 5}


def test_shapes_are_lists_with_null_for_what_is_not_known():
    row = Row(id="a", name="a", cells=(Cell(text="(?, 3), ?", value=((None, 3), None)),))
    table = Table(title="t", columns=(Column(key="output_shape", title="Output shape"),), rows=(row,))
    assert json.loads(to_json(table))["rows"][0]["output_shape"] == [[None, 3], None]


def test_models_nested_very_deeply_are_written():
    rows = tuple(Row(id=f"r{depth}", name="r", cells=(), depth=depth) for depth in range(3000))
    assert to_json(Table(title="deep", rows=rows)).count('"rows": [') == 3000
