import csv
from io import StringIO

from hypothesis import given
from summary_models import tables

from cutaway.outputs.tables.cells import printable
from cutaway.outputs.tables.csv import to_csv
from cutaway.table import Cell, Column, Row, Table


def parsed(text):
    return list(csv.reader(StringIO(text, newline="")))


@given(tables())
def test_values_are_read_back(table):
    header, *lines = parsed(to_csv(table))
    assert header == ["id", "parent", *[column.key for column in table.columns], "shared_with"]
    assert len(lines) == len(table.rows)
    for row, line in zip(table.rows, lines, strict=True):
        for column, cell, text in zip(table.columns, row.cells, line[2:-1], strict=True):
            if column.is_number:
                assert text == ("" if cell.value is None else str(cell.value))
            else:
                assert text in {printable(cell.text), f"'{printable(cell.text)}"}


@given(tables())
def test_no_cell_is_a_formula_and_lines_end_as_the_standard_says(table):
    text = to_csv(table)
    assert text.count("\r\n") == len(table.rows) + 1
    assert "\n" not in text.replace("\r\n", "")
    text.encode()
    assert not [cell for line in parsed(text) for cell in line if cell[:1] in {"=", "+", "-", "@"}]


def test_what_there_is_none_of_and_what_is_not_known_is_empty():
    columns = (Column(key="name", title="Layer"), Column(key="macs", title="M", is_number=True))
    sources = Column(key="connected_to", title="Connected to")
    row = Row(
        id="s/a", name="a", parent="s", cells=(Cell(text="a"), Cell(text="≥ 2 k", least=2000), Cell(text="–", value=()))
    )
    assert parsed(to_csv(Table(title="t", columns=(*columns, sources), rows=(row,))))[1] == [
        "s/a",
        "s",
        "a",
        "",
        "",
        "",
    ]


def test_negative_numbers_stay_numbers():
    row = Row(id="a", name="a", cells=(Cell(text="-0.5", value=-0.5),))
    table = Table(title="t", columns=(Column(key="mean", title="Mean", is_number=True),), rows=(row,))
    assert parsed(to_csv(table))[1] == ["a", "", "-0.5", ""]
