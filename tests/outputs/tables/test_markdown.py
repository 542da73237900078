import re

import pytest
from hypothesis import given
from summary_models import tables

from cutaway.outputs.tables.markdown import code, escaped, to_markdown
from cutaway.table import Cell, Column, Row, Table

COLUMNS = (Column(key="name", title="Layer"), Column(key="parameters", title="Parameters", is_number=True))


def test_a_table_is_one_of_github():
    rows = (
        Row(id="s", name="s", cells=(Cell(text="s"), Cell(text="1,200", value=1200))),
        Row(id="s/a_b", name="a_b", depth=1, cells=(Cell(text="a_b"), Cell(text="?"))),
    )
    assert to_markdown(Table(title="net", columns=COLUMNS, rows=rows)).splitlines()[2:] == [
        "| Layer | Parameters |",
        "| --- | ---: |",
        "| `s` | 1,200 |",
        "| &emsp;`a_b` | ? |",
    ]


def test_each_source_is_code_by_itself():
    row = Row(id="c", name="c", cells=(Cell(text="a, b#2", value=("a", "b#2")),))
    table = Table(title="net", columns=(Column(key="connected_to", title="Connected to"),), rows=(row,))
    assert to_markdown(table).endswith("| `a`, `b#2` |\n")


@given(tables())
def test_every_row_has_as_many_cells_as_there_are_columns(table):
    lines = [line for line in to_markdown(table).split("\n") if line.startswith("| ")]
    assert len(lines) == 2 + len(table.rows)
    for line in lines:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == len(table.columns) + 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("<img src=x>", r"\<img src=x\>"),
        ("*a* [b](c)", r"\*a\* \[b\](c)"),
        ("conv_1_bn", "conv_1_bn"),
        ("_a_", r"\_a\_"),
        ("@somebody", "&#64;somebody"),
        ("a\nb", r"a\\nb"),
        ("&amp;", r"\&amp;"),
    ],
)
def test_texts_are_shown_as_they_are(text, shown):
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a_b", "`a_b`"), ("a|b", r"`a\|b`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("", '""'), (" ", '""')],
)
def test_names_are_code(name, shown):
    assert code(name) == shown
