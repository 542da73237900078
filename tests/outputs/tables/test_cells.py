import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.outputs.tables.cells import pad, printable, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("conv_1", "conv_1"),
        ("a\nb\t", r"a\nb\t"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("a\xa0b", r"a\xa0b"),
        ("\ud800", r"\ud800"),
        ("\x00", r"\x00"),
        ("畳み込み", "畳み込み"),
    ],
)
def test_what_cannot_be_seen_is_written_as_an_escape(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_every_text_becomes_printable_and_can_be_encoded(text):
    assert printable(text).isprintable()
    printable(text).encode()


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("畳み", 4), ("e\u0301", 1), ("ｆ", 2), ("é", 1), ("", 0)])
def test_width_is_that_of_a_terminal(text, cells):
    assert width(text) == cells


def test_texts_are_padded_to_cells():
    assert pad("畳", 4) == "畳  "
    assert pad("7", 3, right=True) == "  7"
    assert pad("long", 2) == "long"
