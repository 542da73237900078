"""The parts of figures: wrapped text, outlines, moved marks."""

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Point, Rect
from cutaway.layered.problem import Route
from cutaway.ruler import Face, width
from cutaway.scene import Close, Curve, Group, Image, Line, Move, Path, Text
from cutaway.views.parts.lane import Lane
from cutaway.views.parts.move import moved
from cutaway.views.parts.outline import arrowhead, polyline, rounded
from cutaway.views.parts.wrap import broken, joined

FACE = Face()
words = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=60)


@given(words, st.floats(20, 200))
def test_broken_text_fits_and_loses_nothing(text, limit):
    lines = broken(text, 8.0, FACE, limit)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line, 8.0, FACE) <= limit or len(line) == 1 or not text.strip()


def test_text_is_broken_where_a_reader_would():
    assert broken("MultiHeadSelfAttentionBlock", 8.0, FACE, 70.0) == ("MultiHeadSelf", "AttentionBlock")
    assert broken("short", 8.0, FACE, 70.0) == ("short",)


@given(st.lists(words, max_size=6), st.floats(30, 200))
def test_joined_phrases_lose_nothing(phrases, limit):
    lines = joined(phrases, 7.0, FACE, limit)
    assert "".join(lines).replace(" ", "").replace(",", "") == "".join(phrases).replace(" ", "").replace(",", "")


def ends(segments):
    return [segment.to for segment in segments if not isinstance(segment, Close)]


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0, 80))
def test_a_rounded_rectangle_stays_inside(breadth, height, radius):
    rect = Rect(3.0, 4.0, breadth, height)
    for point in ends(rounded(rect, radius)):
        assert rect.x - 1e-9 <= point.x <= rect.right + 1e-9
        assert rect.y - 1e-9 <= point.y <= rect.bottom + 1e-9


def test_rounded_by_half_its_side_a_square_is_a_circle():
    segments = rounded(Rect(10, 20, 30, 30), 15)
    pen = segments[0].to
    for segment in segments[1:-1]:
        if isinstance(segment, Curve):
            halfway = [
                (getattr(pen, axis) + 3 * getattr(segment.first, axis) + 3 * getattr(segment.second, axis)
                 + getattr(segment.to, axis)) / 8
                for axis in "xy"
            ]  # fmt: skip
            assert dist(halfway, (25, 35)) == pytest.approx(15)
        pen = segment.to
        assert dist((pen.x, pen.y), (25, 35)) == pytest.approx(15)
    assert pen == segments[0].to
    assert sum(isinstance(segment, Curve) for segment in segments) == 4


def test_a_polyline_keeps_its_ends_and_rounds_its_corners():
    points = (Point(0, 0), Point(0, 20), Point(30, 20))
    segments = polyline(points, 4.0)
    assert segments[0] == Move(points[0])
    assert segments[-1] == Line(points[-1])
    assert [type(segment) for segment in segments] == [Move, Line, Curve, Line]
    assert ends(segments)[1:3] == [Point(0, 16), Point(4, 20)]


def test_tight_corners_share_the_stretch_between_them():
    segments = polyline((Point(0, 0), Point(0, 9), Point(2, 9), Point(2, 30)), 4.0)
    assert ends(segments)[1:5] == [Point(0, 8), Point(1, 9), Point(1, 9), Point(2, 10)]


def test_a_line_may_begin_with_its_corner():
    segments = polyline((Point(0, 0), Point(0, 4), Point(30, 4)), 4.0)
    assert [type(segment) for segment in segments] == [Move, Curve, Line]


def test_an_arrowhead_points_along_its_line():
    tip, left, right = ends(arrowhead((Point(0, 0), Point(10, 0)), 4.0, 3.0))
    assert tip == Point(10, 0)
    assert {(left.x, left.y), (right.x, right.y)} == {(6.0, 1.5), (6.0, -1.5)}


def test_every_mark_moves():
    path = Path(segments=(Move(Point(0, 0)), Curve(Point(1, 1), Point(2, 2), Point(3, 3)), Line(Point(4, 4)), Close()))
    text = Text(at=Point(1, 1), text="a", size=8, face=FACE)
    image = Image(data=b"", matrix=(1, 0, 0, 1, 5, 5), clip=path.segments)
    group = moved(Group(marks=(path, text, image), ref="r"), 10, 20)
    assert isinstance(group, Group)
    assert group.ref == "r"
    shape, line, picture = group.marks
    assert isinstance(shape, Path)
    assert isinstance(line, Text)
    assert isinstance(picture, Image)
    assert shape.segments[1] == Curve(Point(11, 21), Point(12, 22), Point(13, 23))
    assert line.at == Point(11, 21)
    assert picture.matrix == (1, 0, 0, 1, 15, 25)
    assert picture.clip == shape.segments


def _parted(route: Route, *drawn: Route) -> Route:
    lane = Lane()
    for other in drawn:
        lane.add(other)
    return lane.parted(route, 4.0)


CORNERS = (Point(0, 0), Point(0, 20), Point(30, 20), Point(30, 50))


def test_a_line_begins_where_it_leaves_its_lane():
    straight = (Point(0, 0), Point(0, 60))
    assert _parted(CORNERS) == CORNERS
    assert _parted(CORNERS, straight) == (Point(0, 16), *CORNERS[1:])
    assert _parted(straight, CORNERS) == (Point(0, 16), Point(0, 60))
    longer = (Point(0, 0), Point(0, 20), Point(50, 20), Point(50, 50))
    assert _parted(longer, straight, CORNERS) == (Point(26, 20), Point(50, 20), Point(50, 50))
    near = (Point(0, 0), Point(0, 20), Point(5, 20), Point(5, 50))
    assert _parted(near, CORNERS) == (Point(0, 16), *near[1:])
    assert _parted(CORNERS, (Point(0, 0), Point(9, 0))) == CORNERS
    assert _parted(CORNERS, (Point(0, 0), Point(0, 3), Point(9, 3))) == CORNERS


_STEPS = st.lists(st.sampled_from([-8, 8, 16]), min_size=2, max_size=5)


def _route(steps: list[int]) -> Route:
    """Return a route that goes down and aside by turns."""
    route = [Point(0, 0)]
    for place, step in enumerate(steps):
        last = route[-1]
        route.append(Point(last.x + step, last.y) if place % 2 else Point(last.x, last.y + abs(step)))
    return tuple(route)


@given(_STEPS, st.lists(_STEPS, max_size=4))
def test_a_line_parts_from_many_where_it_parts_from_the_last_of_them(steps: list[int], drawn: list[list[int]]) -> None:
    route, others = _route(steps), [_route(other) for other in drawn]
    ends = [_parted(route, other) for other in others]
    assert _parted(route, *others) == min(ends, key=_length, default=route)


def _length(route: Route) -> float:
    return sum(abs(b.x - a.x) + abs(b.y - a.y) for a, b in pairwise(route))
