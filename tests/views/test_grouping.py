"""Shaded boxes behind nodes, and pictures on them: that there is room for both, whatever they are put around."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import chain, graphs
from views.test_picture import FRONT, SLANTED, halves

from cutaway.faults import faults
from cutaway.geometry import Rect
from cutaway.record import replace
from cutaway.ruler import metrics, width
from cutaway.scene import Close, Curve, Group, Image, Rgba
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks
from cutaway.views.frame import framed
from cutaway.views.parts.grouping import Grouping
from cutaway.views.parts.logos import CORNERS, Logo, LogoLegend, logo_marks
from cutaway.views.parts.picture import read_picture

OPS = ("Conv2D", "Conv2D", "Dropout", "Dense", "Dense")
MODEL = chain(*OPS)
IDS = [node.id for node in MODEL.nodes]
LOGO = Logo(picture=read_picture(halves()), name="Red and blue")


def drawn(*groupings, graph=MODEL, logos=None, legend=None, **options):
    view = Blocks(**options)
    composition, frame = view.composed(view.prepared(graph), PAPER)
    composition = replace(composition, groupings=groupings, logos=logos or {})
    return framed(composition, replace(frame, logos=legend))


def parts(scene, part):
    return [mark for mark in scene.marks if isinstance(mark, Group) and mark.part == part]


def outline(group):
    points = [segment.to for segment in group.marks[0].segments if not isinstance(segment, Close)]
    left, top = min(point.x for point in points), min(point.y for point in points)
    return Rect(left, top, max(point.x for point in points) - left, max(point.y for point in points) - top)


def boxes(scene):
    return {group.ref: outline(group) for group in parts(scene, "node")}


def extent(text):
    wide, known = width(text.text, text.size, text.face), metrics(text.face)
    top = text.at.y - known.cap_height * text.size
    return Rect(text.at.x - wide / 2, top, wide, (known.cap_height + known.descent) * text.size)


def captions(scene):
    return [extent(mark) for mark in words(scene)]


def words(scene):
    refs = {group.ref for group in parts(scene, "grouping")}
    return [mark for group in parts(scene, "note") if group.ref in refs for mark in group.marks]


def test_box_lies_behind_its_members_and_nothing_else():
    for direction in ("down", "right"):
        scene = drawn(Grouping(members=tuple(IDS[1:3]), caption="Features", padding=30), direction=direction)
        assert faults(scene, MODEL) == ()
        (group,) = parts(scene, "grouping")
        assert group.stands_for == tuple(IDS[1:3])
        first_box = next(place for place, mark in enumerate(scene.marks) if mark.part in {"node", "edge"})
        assert scene.marks.index(group) < first_box
        area, known = outline(group), boxes(scene)
        left = min(known[each].x for each in IDS[1:3])
        assert left - area.x == pytest.approx(30)
        assert not any(area.overlaps(known[each]) for each in (IDS[0], *IDS[3:]))


def test_caption_stands_below_or_above():
    for above in (False, True):
        scene = drawn(Grouping(members=tuple(IDS[1:3]), caption="Features", spacing=6, above=above), direction="right")
        (group,), (caption,) = parts(scene, "grouping"), captions(scene)
        area = outline(group)
        assert caption.center.x == pytest.approx(area.center.x)
        assert abs((area.y - caption.bottom if above else caption.y - area.bottom) - 6) < 1e-6


def test_caption_leaves_a_line_through_the_middle_alone():
    scene = drawn(Grouping(members=tuple(IDS[1:3]), caption="Features", padding=40), direction="down")
    assert faults(scene, MODEL) == ()
    (group,), (caption,) = parts(scene, "grouping"), captions(scene)
    assert caption.x == pytest.approx(outline(group).x)


def test_padding_and_caption_make_the_page_larger():
    one = drawn(Grouping(members=(IDS[-1],), caption="Head", padding=40))
    other = drawn(Grouping(members=(IDS[-1],), caption="Head", padding=80))
    assert other.width > one.width
    assert other.height > one.height
    for scene in (one, other):
        assert all(scene.bounds.contains(outline(group)) for group in parts(scene, "grouping"))


def test_looks_are_those_asked_for():
    fill, stroke = Rgba(1, 2, 3, 0.5), Rgba(9, 9, 9)
    scene = drawn(
        Grouping(members=(IDS[1],), caption="One", fill=fill, stroke=stroke, width=3, radius=4, size=11, color=stroke)
    )
    (group,) = parts(scene, "grouping")
    (box,), (caption,) = group.marks, words(scene)
    assert (box.fill, box.stroke.paint, box.stroke.width) == (fill, stroke, 3)
    assert any(isinstance(segment, Curve) for segment in box.segments)
    assert (caption.size, caption.fill) == (11, stroke)


def test_inner_box_lies_in_the_outer_one():
    scene = drawn(
        Grouping(members=tuple(IDS[1:3]), caption="Inner"), Grouping(members=tuple(IDS[1:5]), caption="Outer")
    )
    assert faults(scene, MODEL) == ()
    outer, inner = parts(scene, "grouping")
    assert outer.ref == "Outer"
    assert outline(outer).contains(outline(inner))
    assert outline(outer) != outline(inner)


def test_unknown_members_are_no_box():
    assert drawn(Grouping(members=("nothing",), caption="No")) == drawn()


@settings(max_examples=60)
@given(graphs(), st.data())
def test_captions_never_overlap(graph, data):
    ids = [node.id for node in graph.nodes]
    found = tuple(
        Grouping(
            members=tuple(data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True))),
            caption=data.draw(st.sampled_from(["A", "Encoder", "a rather long caption of a group of layers"])),
            padding=data.draw(st.sampled_from([0.0, 4.0, 10.0])),
            above=data.draw(st.booleans()),
        )
        for _ in range(data.draw(st.integers(1, 4)))
    )
    scene = drawn(*found, graph=graph, direction=data.draw(st.sampled_from(["down", "right"])))
    wrong = {each.rule for each in faults(scene, graph)}
    assert wrong <= {"outside-scope"}  # where members lie apart, the box cuts through what is between them


@given(
    st.sampled_from(CORNERS),
    st.one_of(st.floats(0.05, 3.0), st.tuples(st.floats(1.0, 90.0), st.floats(1.0, 90.0))),
    st.floats(0.0, 40.0),
    st.sampled_from([FRONT, SLANTED]),
)
def test_logo_stays_on_its_face(corner, size, padding, plane):
    logo = replace(LOGO, corner=corner, size=size, padding=padding)
    (image,) = logo_marks(logo, plane)
    for x, y in shares(image, plane):
        assert -1e-6 <= x <= 1 + 1e-6
        assert -1e-6 <= y <= 1 + 1e-6


def shares(image, plane):
    """Return two opposite corners of a picture in shares of the sides of a plane."""
    a, b, c, d, e, f = image.matrix
    for x, y in ((e, f), (a + c + e, b + d + f)):
        down = (y - plane.corner.y) / plane.v.y
        yield (x - plane.corner.x - down * plane.v.x) / plane.u.x, down


def test_corner_size_and_padding_place_a_logo():
    def at(**options):
        (image,) = logo_marks(replace(LOGO, **options), FRONT)
        return [round(value, 6) for value in (*image.matrix[4:], image.matrix[0], image.matrix[3])]

    assert at() == [65, 20, 15, 15]
    assert at(corner="bottom-left", padding=3) == [23, 32, 15, 15]
    assert at(corner="center", size=(10, 20)) == [45, 25, 10, 20]
    assert at(corner="top-left", size=1.0) == [20, 20, 30, 30]


def test_logos_are_on_the_boxes_and_in_the_legend():
    scene = drawn(logos={IDS[1]: (LOGO,)}, legend=LogoLegend(logos=(LOGO, LOGO)))
    assert faults(scene, MODEL) == ()
    box = next(group for group in parts(scene, "node") if group.ref == IDS[1])
    assert sum(isinstance(mark, Image) for mark in box.marks) == 1
    (entry,) = parts(scene, "legend")[-1].marks
    icon, name = entry.marks
    assert name.text == LOGO.name
    assert icon.matrix[5] > max(rect.bottom for rect in boxes(scene).values())


def test_padding_and_spacing_of_the_legend_take_room():
    def height(**options):
        logos = (LOGO, replace(LOGO, name="Other"))
        return drawn(logos={IDS[1]: (LOGO,)}, legend=LogoLegend(logos=logos, **options)).height

    assert height(padding=20) == pytest.approx(height() + 40)

    def second(spacing):
        group, _ = LogoLegend(logos=(LOGO, replace(LOGO, name="Other")), spacing=spacing).marks(500, PAPER)
        return group.marks[1].marks[0].matrix[4]

    assert second(30) == pytest.approx(second(10) + 20)
