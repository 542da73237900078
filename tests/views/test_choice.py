"""Options of views: numbers within bounds, colours and caps, from Python and from the command line."""

from typing import Any

import pytest

from cutaway.cli import Usage, parse
from cutaway.errors import CutawayWarning, InputError
from cutaway.record import Record
from cutaway.views import VIEWS
from cutaway.views.blocks import Blocks
from cutaway.views.choice import checked
from cutaway.views.option import option
from cutaway.views.preparing import Preparing
from tests.small_graphs import chain


class Numbers(Record):
    """Draw a view of numbers."""

    angle: float = option(45.0, "of lines", "DEGREES", bounds=(0.0, 90.0))
    scale: float | None = option(None, "of all")
    steps: int = option(3, "how many", bounds=(1, 9))
    ink: Any = option(None, "of lines", "COLOUR", form="color")
    caps: Any = option(None, "of lengths", form="caps")


@pytest.fixture(autouse=True)
def numbers(monkeypatch):
    monkeypatch.setitem(VIEWS, "numbers", f"{__name__}:Numbers")


GIVEN = {"angle": 30, "scale": 1.5, "steps": 2, "ink": "orange", "caps": {"channels": 60, "general": 9.5}}


def test_values_are_as_their_fields_hold_them():
    found = checked(Numbers, "numbers", GIVEN)
    assert found == {**GIVEN, "ink": "#FFA500"}
    assert type(found["angle"]) is float
    assert checked(Numbers, "numbers", {"scale": None, "ink": None, "caps": None})["scale"] is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"angle": 91}, "cannot use angle=91.0: give a number, 0 to 90"),
        ({"angle": "30"}, "cannot use angle='30': give a number"),
        ({"angle": True}, "cannot use angle=True: give a number"),
        ({"angle": float("nan")}, "cannot use angle=nan: give a number"),
        ({"scale": float("inf")}, "cannot use scale=inf: give a number or None"),
        (
            {"flat": True},
            "unknown option 'flat' of the view 'numbers': it is one of 'volumes'; allowed: 'angle', 'scale'",
        ),
        ({"steps": 0}, "cannot use steps=0: give a number, 1 to 9"),
        ({"steps": 2.0}, "cannot use steps=2.0: give a whole number"),
        ({"ink": "bleu"}, "cannot use the colour 'bleu'"),
        ({"ink": 3}, "cannot use ink=3: give a colour, such as '#1f77b4' or 'orange'"),
        ({"caps": 60}, "cannot use caps=60: give a mapping such as {'channels': 60}"),
        ({"caps": {"chanels": 60}}, "cannot use caps for 'chanels': did you mean 'channels'"),
        ({"caps": {"channels": 0}}, "cannot use caps with 0 for 'channels': give a number above 0"),
        ({"caps": {"channels": "wide"}}, "cannot use caps with 'wide' for 'channels': give a number above 0"),
    ],
)
def test_what_does_not_fit_is_refused(given, message):
    with pytest.raises(InputError) as told:
        checked(Numbers, "numbers", given)
    assert message in str(told.value)


def flags(*given):
    return parse(["draw", "x", "--view", "numbers", *given])


def test_flags():
    numbers = ("--angle", "30", "--scale", "1.5", "--steps", "2", "--ink", "orange")
    found = flags(*numbers, "--caps", "channels=60", "--caps", "general=9.5").keywords
    assert {name: found[name] for name in GIVEN} == {**GIVEN, "ink": "#FFA500"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--angle", "91"), "--angle: give a number, 0 to 90, not '91'"),
        (("--angle", "steep"), "--angle: give a number, 0 to 90, not 'steep'"),
        (("--scale", "inf"), "--scale: give a number, not 'inf'"),
        (("--ink", "bleu"), "--ink: cannot use the colour 'bleu'"),
        (("--caps", "60"), "--caps: cannot read '60': give it as 'channels=60'"),
        (("--caps", "channels=wide"), "--caps: cannot use caps with 'wide' for 'channels'"),
    ],
)
def test_flags_that_do_not_fit(given, message):
    with pytest.raises(Usage) as told:
        flags(*given)
    assert message in str(told.value)


def test_a_view_without_a_use_for_a_property_says_so_once():
    styles = {"kind:dense": {"flat": True, "limit": 3}, "kind:input": {"limit": 4, "fill": "red"}}
    with pytest.warns(CutawayWarning) as told:
        Preparing(Blocks(style=styles), chain("Dense"))
    (warning,) = told
    assert str(warning.message) == "the view 'blocks' has no use for flat, limit in a style, and draws as without"
