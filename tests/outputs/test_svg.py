import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outputs.scenes import PALETTE, node, picture, rich

from cutaway.errors import InputError, InternalError
from cutaway.geometry import Point, Rect
from cutaway.outputs.svg import to_svg
from cutaway.record import replace
from cutaway.ruler import Face, width
from cutaway.scene import Close, Group, Hatch, Image, Line, Move, Path, Rgba, Scene, Stroke, Text

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
TRIANGLE = (Move(Point(0, 0)), Line(Point(9, 0)), Line(Point(9, 9)), Close())


def scene(*marks, **given):
    return Scene(width=100, height=50, marks=marks, palette=PALETTE, **given)


def parsed(drawn):
    return ET.fromstring(to_svg(drawn))  # noqa: S314  our own


def one(drawn, tag):
    (element,) = parsed(drawn).iter(SVG + tag)
    return element


def label(text="Conv", **given):
    return Text(**{"at": Point(10, 20), "text": text, "size": 8, "face": Face()} | given)


def test_rich_scene(snapshot):
    assert to_svg(rich()) == snapshot


def test_size_is_in_points():
    root = parsed(scene())
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("100pt", "50pt", "0 0 100 50")


def test_title_and_description_are_what_a_reader_hears():
    root = parsed(scene(title="Net <1>", description="Two & two"))
    title, description = root.find(SVG + "title"), root.find(SVG + "desc")
    assert (title.text, description.text) == ("Net <1>", "Two & two")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]


def test_untitled_figure_points_to_no_title():
    root = parsed(scene())
    assert root.get("aria-labelledby") is None
    assert root.find(SVG + "title") is None


def test_page_is_drawn_where_there_is_one():
    assert one(scene(), "rect").get("fill") == "#ffffff"
    bare = Scene(width=10, height=10, marks=(), palette={"ink": "#000000"})
    assert "rect" not in to_svg(bare)


def test_group_says_what_it_draws():
    group = one(scene(node(Rect(0, 0, 50, 20), "Conv", "3×3", "convolution")), "g")
    assert group.get("data-ref") == "block/Conv & co"
    assert group.get("data-part") == "node"
    assert group.get("id") == "node-block-Conv-co"
    assert group.find(SVG + "title").text == "Conv: 3×3"


def test_ids_stay_unique_when_names_collide():
    refs = ["a/b", "a-b", "a b", "a-b-2", "é", "ü"]
    groups = list(parsed(scene(*(Group(marks=(), ref=ref, part="node") for ref in refs))).iter(SVG + "g"))
    ids = [group.get("id") for group in groups]
    assert ids == ["node-a-b", "node-a-b-2", "node-a-b-3", "node-a-b-2-2", "node-x", "node-x-2"]
    assert [group.get("data-ref") for group in groups] == refs


def test_text_is_text_and_fits_without_the_font():
    element = one(scene(label(anchor="middle", weight=700, angle=-90)), "text")
    assert element.text == "Conv"
    assert element.get("text-anchor") == "middle"
    assert element.get("font-weight") == "700"
    assert element.get("transform") == "rotate(-90 10 20)"
    assert float(element.get("textLength")) == pytest.approx(width("Conv", 8, Face(), 700), abs=0.006)
    assert parsed(scene(label())).get("font-family") == "Inter, sans-serif"


def test_text_without_ink_is_left_out():
    assert "<text" not in to_svg(scene(label(""), label("  "), label("\x00")))


def test_own_face_is_named_where_it_differs():
    first, second = label(), label(face=Face(family="My 'Own'", regular="x.ttf", bold="y.ttf"))
    with pytest.raises(InputError, match=r"x\.ttf"):
        to_svg(scene(second))
    assert "font-family" not in to_svg(scene(first)).split("\n", 1)[1]


def test_colours_opacity_and_dashes():
    path = Path(segments=TRIANGLE, fill=Rgba(1, 2, 255, 0.25), stroke=Stroke(paint="edge", width=1.25, dash=(3, 1.5)))
    element = one(scene(path), "path")
    assert element.get("d") == "M0 0H9V9Z"
    assert element.get("fill") == "#0102ff"
    assert element.get("fill-opacity") == "0.25"
    assert element.get("stroke") == "#4a5563"
    assert element.get("stroke-width") == "1.25"
    assert element.get("stroke-dasharray") == "3 1.5"


def test_path_without_paint_is_left_out():
    assert "<path" not in to_svg(scene(Path(segments=TRIANGLE)))


def test_hatch_is_clipped_lines_on_a_ground():
    hatched = Path(segments=TRIANGLE, fill=Hatch(paint="ink", ground="dense"))
    ground, clip, lines = parsed(scene(hatched)).iter(SVG + "path")
    assert ground.get("fill") == "#fadfcf"
    assert clip.get("d") == ground.get("d")
    assert lines.get("stroke") == "#1f2630"
    assert lines.get("d").count("M") >= 3
    (outline,) = parsed(scene(hatched)).iter(SVG + "clipPath")
    assert lines.get("clip-path") == f"url(#{outline.get('id')})"


def test_equal_clips_are_written_once():
    hatched = Path(segments=TRIANGLE, fill=Hatch(paint="ink", ground="dense"))
    assert to_svg(scene(hatched, hatched)).count("<clipPath") == 1


def test_picture_is_carried_along():
    image = Image(data=picture(4, 4, "JPEG"), matrix=(20, 0, 0, 1 / 3, 5, 5), clip=TRIANGLE)
    element = one(scene(image), "image")
    assert element.get(f"{XLINK}href").startswith("data:image/jpeg;base64,/9j/")
    assert element.get("transform") == "matrix(20 0 0 0.33333 5 5)"


def test_only_a_pale_picture_has_an_opacity():
    image = Image(data=picture(4, 4), matrix=(1, 0, 0, 1, 0, 0))
    assert one(scene(replace(image, opacity=0.25)), "image").get("opacity") == "0.25"
    assert one(scene(image), "image").get("opacity") is None


def test_a_picture_is_carried_once_however_often_it_is_drawn():
    twice, other = picture(4, 4), picture(5, 5)
    marks = [Image(data=data, matrix=(9, 0, 0, 9, x, 0)) for x, data in enumerate((twice, other, twice, twice))]
    root = parsed(scene(*marks))
    assert len(list(root.iter(SVG + "image"))) == 2
    uses = list(root.iter(SVG + "use"))
    assert [use.get("transform") for use in uses] == [f"matrix(9 0 0 9 {x} 0)" for x in (0, 2, 3)]
    (shared,) = [each for each in root.iter(SVG + "image") if each.get("id")]
    assert {use.get(f"{XLINK}href") for use in uses} == {f"#{shared.get('id')}"}


def test_unknown_picture_is_refused():
    with pytest.raises(InputError, match="neither PNG nor JPEG"):
        to_svg(scene(Image(data=b"GIF89a", matrix=(1, 0, 0, 1, 0, 0))))


def test_unknown_role_is_our_fault():
    with pytest.raises(InternalError, match="no role 'nope'"):
        to_svg(scene(label(fill="nope")))


@pytest.mark.parametrize("value", ["", "red", "#fff", "#12345g", "#+12345", "#1234567", "0123456"])
def test_bad_colour_is_the_callers(value):
    with pytest.raises(InputError, match=re.escape(f"{value!r} of the role 'ink'")):
        to_svg(Scene(width=9, height=9, marks=(label(),), palette={"ink": value}))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_coordinates_must_be_numbers(value):
    with pytest.raises(InternalError, match="coordinate"):
        to_svg(scene(label(at=Point(value, 0))))


def test_numbers_are_short():
    path = Path(segments=(Move(Point(1e-9, -1e-9)), Line(Point(1 / 3, 1e7))), stroke=Stroke(paint="ink", width=1))
    assert one(scene(path), "path").get("d") == "M0 0L0.33 10000000"


def test_embedded_font_covers_the_weights_that_are_used():
    plain, both = to_svg(scene(label()), embed_font=True), to_svg(scene(label(), label(weight=700)), embed_font=True)
    assert re.findall(r"font-weight:(\d+);src:url\(data:font/woff2;base64,d09GMg", plain) == ["400"]
    assert re.findall(r"font-weight:(\d+);src:url\(data:font/woff2;base64,d09GMg", both) == ["400", "700"]
    assert "@font-face" not in to_svg(scene(label()))


def ink(text):
    return [character for character in text if character.isprintable() and character != " "]


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_every_label_gives_well_formed_xml(text, ref):
    group = Group(marks=(label(f"a{text}b"),), ref=f"x{ref}", part="node", title=text)
    document = to_svg(scene(group, title=text, description=ref))
    root = ET.fromstring(document.encode())  # noqa: S314  our own
    (shown,) = root.iter(SVG + "text")
    assert ink(shown.text) == ink(f"a{text}b")
    (read,) = (group.get("data-ref") for group in root.iter(SVG + "g"))
    assert len(read) == len(ref) + 1
    assert all(now in {before, "\ufffd"} for before, now in zip(ref, read[1:], strict=True))
    assert "<script" not in document


@given(st.lists(st.text(max_size=3), max_size=12))
def test_ids_are_unique(refs):
    groups = tuple(Group(marks=(), ref=ref, part="node") for ref in refs)
    ids = re.findall(r' id="([^"]+)"', to_svg(scene(*groups)))
    assert len(ids) == len(set(ids)) == sum(bool(ref) for ref in refs)
