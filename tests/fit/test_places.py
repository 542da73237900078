"""Lengths and places as users write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.errors import InputError
from cutaway.fit.places import PLACES, centimetres, place, points, wished
from cutaway.page import Page


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("8.5cm", 240.945),
        ("210mm", 595.276),
        ("3.5in", 252.0),
        ("1600px", 1200.0),
        ("240pt", 240.0),
        (" 17 CM ", 481.89),
        (300, 300.0),
    ],
)
def test_lengths_have_units(said: str | float, expected: float) -> None:
    assert points("width", said) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("said", ["", "cm", "8,5cm", "8.5 em", "-3cm", "0cm", "1e9cm", 0, -1, True, None, float("nan")])
def test_what_is_no_length_is_refused(said: object) -> None:
    with pytest.raises(InputError, match=r"give a length such as '8\.5cm'"):
        points("width", said)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PLACES)
def test_every_place_is_a_page(name: str) -> None:
    page = place(page=name)
    assert page.width is not None
    assert page.least_size >= 6.0


def test_a_width_goes_before_that_of_the_place() -> None:
    page = place(width="10cm", page="slide")
    assert page.width == pytest.approx(283.465, abs=0.001)
    assert page.height == place(page="slide").height


def test_a_page_stays_as_it_is() -> None:
    page = Page(width=100.0, least_size=7.0)
    assert place(page=page) == page


def test_an_unknown_place_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match="unknown page 'colum': did you mean 'column'"):
        place(page="colum")


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(InputError, match="cannot use shape='v'"):
        wished(shape="v")  # type: ignore[arg-type]


@given(st.floats(36.0, 14_000.0))
def test_centimetres_are_rounded_up(length: float) -> None:
    assert 0 <= points("width", centimetres(length)) - length < 2.84 + 1e-6
