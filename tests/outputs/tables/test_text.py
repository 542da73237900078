import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summary_models import tables

from cutaway.errors import InputError
from cutaway.outputs.tables.cells import printable, width
from cutaway.outputs.tables.text import to_text
from cutaway.table import Cell, Column, Fact, Row, Table

NET = Table(
    title="net",
    facts=(Fact(key="class", title="Class", cell=Cell(text="Functional")),),
    columns=(
        Column(key="name", title="Layer"),
        Column(key="operation", title="Operation"),
        Column(key="output_shape", title="Output shape", is_shape=True),
        Column(key="parameters", title="Parameters", is_number=True),
    ),
    rows=(
        Row(
            id="encoder",
            name="encoder",
            kind="nested",
            cells=(
                Cell(text="encoder"),
                Cell(text="Functional"),
                Cell(text="(?, 128)"),
                Cell(text="1,234", value=1234),
            ),
        ),
        Row(
            id="encoder/a_long_name",
            name="a_long_name",
            kind="pooling",
            depth=1,
            cells=(
                Cell(text="a_long_name"),
                Cell(text="GlobalAveragePooling2D"),
                Cell(text="(?, 128)"),
                Cell(text="0", value=0),
            ),
        ),
    ),
    totals=(
        Fact(key="parameters", title="Parameters", cell=Cell(text="1,234", value=1234)),
        Fact(key="trainable", title="trainable", cell=Cell(text="1", value=1), depth=1),
        Fact(key="macs", title="Multiply–adds", cell=Cell(text="at least 3 k (1 layer unknown)", least=3000)),
    ),
    notes=("A note.",),
)

WIDE = """\
net
Class  Functional

Layer          Operation               Output shape  Parameters
---------------------------------------------------------------
encoder        Functional              (?, 128)           1,234
  a_long_name  GlobalAveragePooling2D  (?, 128)               0

Parameters     1,234
  trainable        1
Multiply–adds  at least 3 k (1 layer unknown)

A note."""

NARROW = """\
net
Class  Functional

Layer          Operation  Output    Parameters
                          shape
----------------------------------------------
encoder        Functiona  (?, 128)       1,234
               l
  a_long_name  Global     (?, 128)           0
               Average
               Pooling2D

Parameters     1,234
  trainable        1
Multiply–adds  at least 3 k (1 layer
               unknown)

A note."""


def test_a_table_is_as_wide_as_it_has_to_be():
    assert to_text(NET) == WIDE


def test_a_table_may_be_without_rows_or_columns():
    assert to_text(Table(title="net", facts=NET.facts)) == "net\nClass  Functional"
    assert "Layer  Operation" in to_text(replace(NET, rows=()))


def test_a_table_keeps_to_the_width():
    assert to_text(NET, width=64) == WIDE


def test_in_narrow_places_rows_are_told_one_below_the_other():
    text = to_text(NET, width=24)
    assert "encoder\n  Operation: Functional\n  Output shape: (?, 128)\n  Parameters: 1,234\n" in text
    assert "  a_long_name\n    Operation: Global\n    AveragePooling2D\n" in text


@given(tables())
def test_nothing_is_cut(table):
    lines = to_text(table).splitlines()
    for row in table.rows:
        texts = [printable(cell.text) for cell in row.cells]
        assert any(all(text.strip() in line for text in texts) for line in lines)
    for text in (table.title, *table.notes):
        assert printable(text).rstrip() in lines
    for column in table.columns:
        assert any(printable(column.title).strip() in line for line in lines)


@given(tables(), st.integers(20, 60))
def test_nothing_is_cut_or_too_wide_in_a_given_width(table, room):
    text = to_text(table, width=room)
    assert all(width(line) <= room for line in text.splitlines())
    bare = sorted(text)
    for row in table.rows:
        for cell in row.cells:
            letters = [each for each in printable(cell.text) if each != " "]
            assert all(bare.count(each) >= letters.count(each) for each in letters)


@given(tables())
def test_no_character_steers_a_terminal(table):
    for text in (to_text(table), to_text(table, width=30)):
        assert all(line.isprintable() for line in text.split("\n"))
        text.encode()


@given(tables())
def test_colours_change_nothing_but_colours(table):
    bare = re.sub(r"\x1b\[[0-9;]*m", "", to_text(table, color=True))
    assert [line.rstrip() for line in bare.split("\n")] == to_text(table).split("\n")


def test_kinds_have_colours():
    assert "\x1b[32mGlobalAveragePooling2D" in to_text(NET, color=True)


@pytest.mark.parametrize("room", [19, 0, -1, True, "80", 80.0])
def test_a_width_that_cannot_be_read_in_is_refused(room):
    with pytest.raises(InputError, match="give a whole number, 20 or more, or None"):
        to_text(NET, width=room)


def test_wide_characters_stand_in_columns():
    rows = tuple(
        Row(id=name, name=name, cells=(Cell(text=name), Cell(text="Dense"))) for name in ("畳み込み層", "e\u0301", "ab")
    )
    columns = (Column(key="name", title="Layer"), Column(key="operation", title="Operation"))
    lines = to_text(Table(title="", columns=columns, rows=rows)).splitlines()
    places = {width(line[: line.index("Dense")]) for line in lines if "Dense" in line}
    assert len(places) == 1
