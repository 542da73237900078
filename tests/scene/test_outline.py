"""Outlines: rounded rectangles, bent lines, arrowheads."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Point, Rect
from cutaway.scene import Arrowhead, Bent, Close, Curve, Line, Move, Outline, Rounded


def ends(outline: Outline) -> list[Point]:
    """Return where the segments end."""
    return [segment.to for segment in outline if not isinstance(segment, Close)]


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0, 80))
def test_a_rounded_rectangle_stays_inside(breadth: float, height: float, radius: float) -> None:
    rect = Rect(3.0, 4.0, breadth, height)
    for point in ends(Rounded(rect, radius)):
        assert rect.x - 1e-9 <= point.x <= rect.right + 1e-9
        assert rect.y - 1e-9 <= point.y <= rect.bottom + 1e-9


def test_without_a_radius_corners_are_sharp() -> None:
    outline = tuple(Rounded(Rect(3.0, 4.0, 10.0, 5.0), 0.0))
    assert [type(segment) for segment in outline] == [Move, Line, Line, Line, Close]
    assert ends(outline) == [Point(3, 4), Point(13, 4), Point(13, 9), Point(3, 9)]


def test_rounded_by_half_its_side_a_square_is_a_circle() -> None:
    circle = Rounded(Rect(10, 20, 30, 30), 15)
    pen = ends(circle)[0]
    for segment in circle:
        if isinstance(segment, Close):
            continue
        if isinstance(segment, Curve):
            halfway = [
                (getattr(pen, axis) + 3 * getattr(segment.first, axis) + 3 * getattr(segment.second, axis)
                 + getattr(segment.to, axis)) / 8
                for axis in "xy"
            ]  # fmt: skip
            assert dist(halfway, (25, 35)) == pytest.approx(15)
        pen = segment.to
        assert dist((pen.x, pen.y), (25, 35)) == pytest.approx(15)
    assert pen == ends(circle)[0]
    assert sum(isinstance(segment, Curve) for segment in circle) == 4


def test_a_bent_line_keeps_its_ends_and_rounds_its_corners() -> None:
    points = (Point(0, 0), Point(0, 20), Point(30, 20))
    line = tuple(Bent(points, 4.0))
    assert line[0] == Move(points[0])
    assert line[-1] == Line(points[-1])
    assert [type(segment) for segment in line] == [Move, Line, Curve, Line]
    assert ends(line)[1:3] == [Point(0, 16), Point(4, 20)]


def test_tight_corners_share_the_stretch_between_them() -> None:
    line = Bent((Point(0, 0), Point(0, 9), Point(2, 9), Point(2, 30)), 4.0)
    assert ends(line)[1:5] == [Point(0, 8), Point(1, 9), Point(1, 9), Point(2, 10)]


def test_a_line_may_begin_with_its_corner() -> None:
    line = Bent((Point(0, 0), Point(0, 4), Point(30, 4)), 4.0)
    assert [type(segment) for segment in line] == [Move, Curve, Line]


def test_an_arrowhead_points_along_its_line() -> None:
    tip, left, right = ends(Arrowhead(Point(0, 0), Point(10, 0), 4.0, 3.0))
    assert tip == Point(10, 0)
    assert {(left.x, left.y), (right.x, right.y)} == {(6.0, 1.5), (6.0, -1.5)}


def corners(before: Point, tip: Point, length: float, breadth: float) -> list[float]:
    """Return the corners behind a tip, worked out in one way for all directions."""
    stretch = dist((before.x, before.y), (tip.x, tip.y)) or 1.0
    ux, uy = (tip.x - before.x) / stretch, (tip.y - before.y) / stretch
    x, y = tip.x - ux * length, tip.y - uy * length
    dx, dy = uy * breadth / 2, ux * breadth / 2
    return [x - dx, y + dy, x + dx, y - dy]


places = st.one_of(st.sampled_from([0.0, 7.25]), st.floats(-2000, 2000).filter(lambda value: abs(value) > 1e-9))


@given(st.builds(Point, places, places), st.builds(Point, places, places), st.floats(0.5, 20), st.floats(0.5, 20))
def test_upright_arrowheads_are_as_all_others(before: Point, tip: Point, length: float, breadth: float) -> None:
    head = Arrowhead(before, tip, length, breadth)
    assert list(head.base()) == corners(before, tip, length, breadth)
