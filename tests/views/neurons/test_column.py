"""A column of neurons: which are drawn, and where circles and words lie."""

import itertools
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Rect, Size
from cutaway.record import replace
from cutaway.theme import PAPER
from cutaway.views.neurons.column import Column, drawn_units
from cutaway.views.parts.box import TextLine

LINES = tuple(TextLine(text=text, size=7.0) for text in ("Dense", "dense_1", "512 units", "ReLU"))


@given(st.integers(1, 5000), st.none() | st.integers(1, 50))
def test_neurons_are_left_out_before_the_last_only(total: int, limit: int | None) -> None:
    shown = drawn_units(total, limit)
    numbers = [number for number in shown if number is not None]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (0, total - 1)
    if limit is None or total <= limit:
        assert list(shown) == list(range(total))
    else:
        assert len(shown) == max(3, limit)
        assert shown.index(None) == len(shown) - 2
        assert shown.count(None) == 1


columns = st.builds(
    Column,
    lines=st.just(LINES),
    heads=st.integers(0, 4),
    role=st.just("dense"),
    size=st.just(Size(0.0, 0.0)),
    shown=st.builds(drawn_units, st.integers(1, 40), st.integers(3, 12)),
    diameter=st.floats(2.0, 60.0),
    gap=st.floats(0.0, 30.0),
    pad=st.floats(0.0, 5.0),
    is_across=st.booleans(),
    is_framed=st.booleans(),
    before=st.floats(20.0, 90.0),
    shifts=st.tuples(st.floats(0.0, 20.0), st.floats(0.0, 20.0)),
)


@given(columns)
def test_circles_lie_in_the_frame_and_words_beside_it(column: Column) -> None:
    across, along = column.length + 2 * column.pad + 2 * 90.0, 2 * column.before + column.diameter
    rect = Rect(10.0, 20.0, along, across) if column.is_across else Rect(10.0, 20.0, across, along)
    column = replace(column, rooms=(90.0, 90.0))
    frame, places = column.frame(rect), list(column.places(rect))
    assert [number for number, _ in places] == list(column.shown)
    half = column.diameter / 2
    for _, at in places:
        assert frame.contains(Rect(at.x - half, at.y - half, 2 * half, 2 * half), 1e-6)
    steps = [abs(b.x - a.x) + abs(b.y - a.y) for (_, a), (_, b) in itertools.pairwise(places)]
    assert all(isclose(step, column.diameter + column.gap) for step in steps)
    plates = [plate for _, plate in column.plates(rect, PAPER)]
    assert len(plates) == (column.heads > 0) + (column.heads < len(LINES))
    assert not any(plate.overlaps(frame) for plate in plates)
