from hypothesis import given
from hypothesis import strategies as st
from summary_models import tables

from cutaway.outputs.tables.spelling import spelled
from cutaway.outputs.tables.text import to_text
from cutaway.table import Cell, Column, Row, Table

ENCODINGS = st.sampled_from(["ascii", "cp1252", "cp437", "latin-1", "utf-8", "shift-jis"])


@given(tables(), ENCODINGS, st.none() | st.integers(20, 200))
def test_all_of_a_text_can_be_encoded(table, encoding, width):
    to_text(table, width=width, encoding=encoding).encode(encoding)


@given(tables())
def test_what_can_be_encoded_stays_as_it_is(table):
    assert to_text(table, encoding="utf-8") == to_text(table)


def test_signs_are_spelled_and_other_characters_escaped_before_columns_are_measured():
    columns = (Column(key="name", title="Layer"), Column(key="macs", title="Multiply–adds", is_number=True))
    cells = [(Cell(text="層"), Cell(text="≥ 3×4")), (Cell(text="a"), Cell(text="–"))]
    rows = tuple(Row(id=str(place), name="", cells=each) for place, each in enumerate(cells))
    table = Table(title="t", columns=columns, rows=rows)
    assert to_text(table, encoding="ascii").splitlines()[2:] == [
        "Layer   Multiply-adds",
        "---------------------",
        "\\u5c64         >= 3x4",
        "a                   -",
    ]
    assert spelled(table, "cp437").rows[0].cells[1].text == "≥ 3x4"
