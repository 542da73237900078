"""The cuboid: faces that fit together, an outline around them, lines that end on it, tones of each kind."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from volume_marks import extent

from cutaway.colors import luminance
from cutaway.faults.outline import flatten, from_border, inside
from cutaway.geometry import Point, Rect
from cutaway.scene import Group
from cutaway.theme import DARK, PAPER
from cutaway.theme.solid import with_solids
from cutaway.views.parts.box import Looks
from cutaway.views.parts.cuboid import Cuboid
from cutaway.views.parts.solid import Projection, solid

lengths = st.floats(2.0, 200.0)
projections = st.builds(
    Projection,
    angle=st.floats(5.0, 85.0),
    depth=st.floats(0.1, 1.0),
    reversed=st.booleans(),
) | st.builds(Projection, yaw=st.floats(-75.0, 75.0).filter(lambda yaw: abs(yaw) > 5))


def cuboid(z, y, x, projection, *, flat=False):
    return Cuboid(solid=solid(z, y, x, projection, flat=flat), role="dense", lines=())


def closed(points):
    return [(point.x, point.y) for point in (*points, points[0])]


@given(lengths, lengths, lengths, projections)
def test_the_outline_holds_all_faces(z, y, x, projection):
    made = solid(z, y, x, projection)
    outline = closed(made.outline)
    for face in made.faces.values():
        for point in face:
            on = from_border((point.x, point.y), outline) < 1e-6
            assert on or inside((point.x, point.y), outline)
    xs, ys = zip(*outline, strict=True)
    assert (min(xs), min(ys)) == (pytest.approx(0, abs=1e-9), pytest.approx(0, abs=1e-9))
    assert (max(xs), max(ys)) == (pytest.approx(made.size.width), pytest.approx(made.size.height))


@given(lengths, lengths, lengths, st.booleans())
def test_an_oblique_front_has_the_lengths_that_are_asked_for(z, y, x, is_flat):
    front = solid(z, y, x, Projection(), flat=is_flat).front
    assert (front.width, front.height) == (pytest.approx(z), pytest.approx(y))


@given(lengths, lengths, lengths, projections, st.floats(0.1, 0.9), st.sampled_from([-1, 1]))
def test_lines_end_on_the_outline(z, y, x, projection, share, way):
    glyph = cuboid(z, y, x, projection)
    rect = Rect(50.0, 60.0, glyph.size.width, glyph.size.height)
    at = rect.y + share * rect.height
    before = at + 1e-13  # a layout adds up distances
    route = (Point(0.0, before), Point(rect.x, at)) if way > 0 else (Point(999.0, before), Point(rect.right, at))
    end = glyph.met(route, rect, PAPER, is_source=False)[-1]
    assert end.y == at
    assert from_border((end.x - rect.x, end.y - rect.y), closed(glyph.solid.outline)) < 1e-6
    above = (Point(rect.x + share * rect.width, 0.0), Point(rect.x + share * rect.width, rect.y))
    end = glyph.met(above, rect, PAPER, is_source=False)[-1]
    assert from_border((end.x - rect.x, end.y - rect.y), closed(glyph.solid.outline)) < 1e-6


@pytest.mark.parametrize("side", ["front", "top", "side"])
def test_a_face_is_a_plane(side):
    glyph = cuboid(30.0, 40.0, 50.0, Projection())
    plane = glyph.plane(Rect(0.0, 0.0, glyph.size.width, glyph.size.height), side)
    corners = [(plane.at(x, y).x, plane.at(x, y).y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    face = [(point.x, point.y) for point in glyph.solid.faces[side]]
    assert sorted(corners) == [(pytest.approx(x), pytest.approx(y)) for x, y in sorted(face)]


def test_a_flat_one_has_no_other_faces():
    glyph = cuboid(30.0, 40.0, 50.0, Projection(), flat=True)
    assert glyph.plane(Rect(0.0, 0.0, 30.0, 40.0), "top") is None


def test_a_count_stands_under_a_bracket_below_the_front():
    glyph = Cuboid(solid=solid(40.0, 40.0, 40.0, Projection()), role="dense", lines=(), count="× 3")
    theme = with_solids(PAPER, ["dense"])
    rect = Rect(0.0, 0.0, glyph.size.width, glyph.size.height)
    *_, bracket, pill, text = glyph.marks(rect, Looks(theme))
    assert text.text == "× 3"
    left, top, right, bottom = extent(bracket)
    front = glyph.solid.front
    assert (left, right) == (pytest.approx(front.x, abs=1.0), pytest.approx(front.right, abs=1.0))
    assert rect.bottom < top < bottom < extent(pill)[1]
    assert text.at.x == pytest.approx(front.center.x)


@pytest.mark.parametrize("projection", [Projection(), Projection(reversed=True), Projection(yaw=30.0)])
def test_slices_share_the_width_of_the_front_and_end_in_the_side(projection):
    slices = (("dense", 1.0), ("convolution", 3.0))
    glyph = Cuboid(solid=solid(40.0, 50.0, 60.0, projection), role="dense", lines=(), slices=slices)
    theme = with_solids(PAPER, ["dense", "convolution"])
    whole, *marks = glyph.marks(Rect(0.0, 0.0, glyph.size.width, glyph.size.height), Looks(theme))
    group = next(mark for mark in marks if isinstance(mark, Group))
    one, two = [path for path in group.marks if path.fill in {"dense.front", "convolution.front"}][-2:]
    assert (one.fill, two.fill) == ("dense.front", "convolution.front")
    assert 3 * (extent(one)[2] - extent(one)[0]) == pytest.approx(extent(two)[2] - extent(two)[0])
    assert whole.fill == ("dense.side" if projection.reversed else "convolution.side")


@pytest.mark.parametrize("slices", [(), (("dense", 1.0), ("convolution", 3.0))])
@given(lengths, lengths, lengths, st.builds(Projection, reversed=st.booleans()))
def test_no_line_of_a_cuboid_turns_sharply(slices, z, y, x, projection):
    """A sharp corner would be a spike beyond the outline."""
    glyph = Cuboid(solid=solid(z, y, x, projection), role="dense", lines=(), slices=slices)
    theme = with_solids(PAPER, ["dense", "convolution"])
    marks = glyph.marks(Rect(0.0, 0.0, glyph.size.width, glyph.size.height), Looks(theme))
    flat = [each for mark in marks for each in (mark.marks if isinstance(mark, Group) else (mark,))]
    chains = [chain for path in flat if path.stroke for chain in flatten(path.segments)]
    assert {"edge"} == {path.stroke.paint.rpartition(".")[2] for path in flat if path.stroke}
    for chain in chains:
        around = (*chain, chain[1]) if chain[0] == chain[-1] else chain
        for (ax, ay), (bx, by), (cx, cy) in zip(around, around[1:], around[2:], strict=False):
            assert (bx - ax) * (cx - bx) + (by - ay) * (cy - by) > -1e-6


@pytest.mark.parametrize("projection", [Projection(), Projection(reversed=True), Projection(yaw=40.0)])
def test_all_edges_of_the_faces_are_drawn(projection):
    made = solid(30.0, 40.0, 50.0, projection)
    lines = [made.faces["front"] + made.faces["front"][:1], *made.behind]
    drawn = {frozenset(pair) for line in lines for pair in pairwise(line)}
    faces = [(*face, face[0]) for face in made.faces.values()]
    assert drawn == {frozenset(pair) for face in faces for pair in pairwise(face)}


@pytest.mark.parametrize("theme", [PAPER, DARK])
@pytest.mark.parametrize("role", ["convolution", "dense", "pooling", "merge", "input", "attention"])
def test_the_side_is_darker_and_the_top_lighter(theme, role):
    palette = with_solids(theme, [role]).palette
    front, side, top = (luminance(palette[f"{role}.{tone}"]) for tone in ("front", "side", "top"))
    assert side < front or role == "input"
    assert side < top


def test_tones_of_a_theme_stay_as_they_are():
    from cutaway.record import replace

    own = replace(PAPER, palette={**PAPER.palette, "dense.front": "#123456"})
    assert with_solids(own, ["dense"]).palette["dense.front"] == "#123456"
