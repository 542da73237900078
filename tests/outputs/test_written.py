"""What is written in SVG: shapes as the segments that they stand for."""

from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Point, Rect
from cutaway.outputs.written import Numbers, Outlines
from cutaway.scene import Arrowhead, Bent, Outline, Rounded

places = st.one_of(st.floats(-0.01, 0.01), st.floats(-2000, 2000), st.integers(-3, 30).map(float))
"""Zeros with a sign, numbers whose decimals end in zeros, and others."""
lengths = st.one_of(st.floats(0, 60), st.integers(0, 20).map(float))
points = st.builds(Point, places, places)

shapes = st.one_of(
    st.builds(Rounded, st.builds(Rect, places, places, lengths, lengths), lengths),
    st.builds(Bent, st.lists(points, min_size=2, max_size=6).map(tuple), lengths),
    st.builds(Arrowhead, points, points, lengths, lengths),
)


@given(shapes)
def test_a_shape_is_written_as_its_segments(shape: Outline) -> None:
    outlines = Outlines(Numbers())
    assert outlines[shape] == Outlines(Numbers())[tuple(shape)]
    assert outlines[shape] == outlines[tuple(shape)]
