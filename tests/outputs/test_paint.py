import math
import warnings
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outputs.scenes import PALETTE, rich

from cutaway.errors import CutawayWarning
from cutaway.geometry import Point, Rect
from cutaway.outputs.paint import extent, hatch_lines, legible
from cutaway.ruler import Face
from cutaway.scene import Close, Curve, Group, Hatch, Line, Move, Scene, Text

coordinates = st.floats(-500, 500)
lengths = st.floats(1, 300)


def distance(line, point):
    start, end = line
    dx, dy = end.x - start.x, end.y - start.y
    return ((point.x - start.x) * dy - (point.y - start.y) * dx) / math.hypot(dx, dy)


@given(coordinates, coordinates, lengths, lengths, st.floats(-180, 180), st.floats(1, 20))
def test_hatch_lines_rule_the_whole_area_evenly(x, y, wide, high, angle, gap):
    lines = hatch_lines(Hatch(paint="a", ground="b", angle=angle, gap=gap), Rect(x, y, wide, high))
    lines = [line for line in lines if math.dist((line[0].x, line[0].y), (line[1].x, line[1].y)) > 0.01]
    for corner in (Point(x, y), Point(x + wide, y), Point(x, y + high), Point(x + wide, y + high)):
        assert not lines or min(abs(distance(line, corner)) for line in lines) <= gap * 1.01
    for before, after in pairwise(lines):
        assert abs(distance(before, after[0])) == pytest.approx(gap, rel=1e-3)


def test_hatches_of_neighbours_meet():
    hatch = Hatch(paint="a", ground="b", angle=0, gap=4)
    assert [round(a.y, 6) for a, _ in hatch_lines(hatch, Rect(0, 3, 4, 6))] == [4, 8]
    assert [round(a.y, 6) for a, _ in hatch_lines(hatch, Rect(0, 7, 4, 6))] == [8, 12]


def test_hatch_angle_turns_clockwise():
    start, end = hatch_lines(Hatch(paint="a", ground="b", angle=30), Rect(0, 0, 50, 50))[5]
    assert math.degrees(math.atan2(end.y - start.y, end.x - start.x)) == pytest.approx(30)


def test_extent_counts_control_points():
    outline = (Move(Point(1, 2)), Line(Point(3, 2)), Curve(Point(3, -4), Point(9, 9), Point(5, 5)), Close())
    assert extent(outline) == Rect(1, -4, 8, 13)
    assert extent(()) == Rect(0, 0, 0, 0)


def test_legible_scene_is_the_same_where_nothing_lacks():
    scene = rich()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert legible(scene) is scene


def test_lacking_characters_are_named_once_and_shown():
    texts = ("abc 中", "中文")
    marks = tuple(Text(at=Point(0, 9), text=text, size=8, face=Face()) for text in texts)
    scene = Scene(width=9, height=9, marks=(Group(marks=marks),), palette=PALETTE)
    with pytest.warns(CutawayWarning, match=r"lacks 中 \(U\+4E2D\), 文 \(U\+6587\); shown as '\?'") as caught:
        shown = legible(scene)
    assert len(caught) == 1
    assert [text.text for text in shown.marks[0].marks] == ["abc ?", "??"]
