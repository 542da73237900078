from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Point, distance
from cutaway.outputs.cutting import cut, stretches
from cutaway.scene import Close, Curve, Line, Move

places = st.builds(Point, st.floats(-1000, 1000), st.floats(-1000, 1000))
curves = st.builds(Curve, places, places, places)
outlines = st.lists(st.one_of(st.builds(Line, places), curves), min_size=1, max_size=4).map(
    lambda segments: [Move(Point(0, 0)), *segments, Close()]
)


def point_of(start, segment, part):
    """The place on a segment by Bernstein's polynomials."""
    if isinstance(segment, Line):
        return Point(start.x + (segment.to.x - start.x) * part, start.y + (segment.to.y - start.y) * part)
    weights = ((1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part**2 * (1 - part), part**3)
    ends = (start, segment.first, segment.second, segment.to)
    return Point(*(sum(w * getattr(p, axis) for w, p in zip(weights, ends, strict=True)) for axis in "xy"))


@given(outlines, st.floats(20, 3000))
def test_pieces_are_short_and_lie_on_the_outline(outline, reach):
    pieces = list(cut(outline, reach))
    assert isinstance(pieces[-1], Close)
    start, at = Point(0, 0), 1
    closing = [] if outline[-2].to == Point(0, 0) else [Line(Point(0, 0))]
    for segment in (*outline[1:-1], *closing):
        pen, own = start, []
        while not own or own[-1].to != segment.to:
            own.append(pieces[at])
            assert distance(pen, pieces[at].to) <= reach * 1.000001
            pen, at = pieces[at].to, at + 1
        for number, piece in enumerate(own, 1):
            expected = point_of(start, segment, number / len(own))
            assert hypot(piece.to.x - expected.x, piece.to.y - expected.y) < 1e-6
        start = segment.to
    assert at == len(pieces) - 1


@given(outlines, st.floats(20, 3000))
def test_stretches_follow_each_other(outline, reach):
    found = list(stretches(outline, reach))
    assert found[0][1] == 0
    for (one, before), (other, after) in pairwise(found):
        assert other[0] == Move(one[-1].to)
        assert after >= before
    assert sum(len(stretch) - 1 for stretch, _ in found) == len(list(cut(outline, reach))) - 2


def test_the_length_before_a_stretch_is_that_of_the_line():
    quarter = Curve(Point(100, 55.2285), Point(55.2285, 100), Point(0, 100))
    found = list(stretches([Move(Point(100, 0)), quarter, Line(Point(0, 300))], 50))
    assert [before for _, before in found][-1] == pytest.approx(157.08 + 150, abs=55)
    assert found[-1][0][-1] == Line(Point(0, 300))
    lines = list(stretches([Move(Point(0, 0)), Line(Point(300, 400))], 100))
    assert [before for _, before in lines] == pytest.approx([200 * number for number in range(len(lines))])
