"""Searches for garbage are left out while a function runs, and only then."""

import gc
from collections.abc import Iterator

import pytest

from cutaway.garbage import uncollected


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@uncollected
def _collecting(value: int) -> tuple[bool, int]:
    if value < 0:
        raise ValueError(value)
    return gc.isenabled(), value


def test_searches_rest_while_the_function_runs() -> None:
    gc.enable()
    assert _collecting(3) == (False, 3)
    assert gc.isenabled()


def test_searches_go_on_after_an_error() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="-1"):
        _collecting(-1)
    assert gc.isenabled()


def test_searches_that_were_off_stay_off() -> None:
    gc.disable()
    assert _collecting(3) == (False, 3)
    assert not gc.isenabled()
