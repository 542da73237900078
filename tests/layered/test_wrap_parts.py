"""Columns stretched to one length: by all they lack, outside of clusters first, and not at all where that is much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Rect
from cutaway.layered.wrap_gaps import Gap
from cutaway.layered.wrap_parts import stretched


def gaps(*torn: int) -> list[Gap]:
    return [
        Gap(top=40.0 * place + 20, bottom=40.0 * place + 40, lanes=(), torn=("c",) * count)
        for place, count in enumerate(torn)
    ]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=8), st.floats(0.01, 1.0))
def test_the_end_of_a_column_moves_by_what_it_lacks(torn: list[int], part: float) -> None:
    length = 40.0 * len(torn) + 20
    lacking = 0.25 * length * part
    found = stretched(length, lacking, gaps(*torn), ())
    assert found.moved(0.0) == 0.0
    assert found.moved(length) == pytest.approx(lacking)
    moved = [found.moved(y) for y in range(int(length))]
    assert moved == sorted(moved)


def test_what_lacks_much_stays() -> None:
    assert stretched(100.0, 26.0, gaps(0, 0), ()).whole == 0.0
    assert stretched(100.0, 20.0, [], ()).whole == 0.0


def test_clusters_stay_together_where_there_is_room_between_them() -> None:
    found = stretched(140.0, 20.0, gaps(1, 0, 1), ())
    assert found.moved(60.0) == 0.0
    assert found.moved(80.0) == pytest.approx(20.0)


def test_the_two_gaps_around_a_label_count_as_one() -> None:
    found = stretched(140.0, 20.0, gaps(0, 0, 0), [Rect(0.0, 40.0, 10.0, 20.0)])
    assert found.moved(40.0) == pytest.approx(5.0)
    assert found.moved(80.0) == pytest.approx(10.0)
    assert found.moved(130.0) == pytest.approx(20.0)
