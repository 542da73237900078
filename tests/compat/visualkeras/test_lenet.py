"""`lenet_view`: that each keyword changes the picture as it says, and that every kind of model is whole and true."""

import inspect
import json
from io import BytesIO
from itertools import pairwise

import hands_on
import pytest
from PIL import Image as Pillow
from PIL import ImageFont
from views.test_picture import halves

from cutaway.compat.visualkeras.interfaces import LENET
from cutaway.compat.visualkeras.layers import subject_of
from cutaway.compat.visualkeras.lenet import lenet_scene, lenet_view
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.compat.visualkeras.settling import settled
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.faults.survey import survey
from cutaway.record import replace
from cutaway.ruler import metrics
from cutaway.scene import Group, Image, Path, Rgba, Text

STORED = hands_on.stored()
GREY, BLACK, GRAY, RED, BLUE = (
    Rgba(217, 217, 217), Rgba(0, 0, 0), Rgba(128, 128, 128), Rgba(255, 0, 0), Rgba(125, 183, 255)
)  # fmt: skip


@pytest.fixture(scope="module")
def path_of(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")

    def path(name):
        found = folder / f"{name}.json"
        found.write_text(json.dumps(STORED[name]))
        return found

    return path


@pytest.fixture(scope="module")
def lenet(path_of):
    return subject_of(path_of("lenet5"))


def scene(subject, **keywords):
    return lenet_scene(subject, settled(LENET, keywords))


def groups(drawn, part):
    return {mark.ref: mark for mark in drawn.marks if isinstance(mark, Group) and mark.part == part}


def inside(mark, kind):
    """Return all marks of a kind in a mark."""
    if isinstance(mark, Group):
        return [each for inner in mark.marks for each in inside(inner, kind)]
    return [mark] if isinstance(mark, kind) else []


def paths(drawn, node):
    return inside(groups(drawn, "node")[node], Path)


def fronts(drawn):
    """Return left, top, right and bottom of the map in front of each stack, by names, from left to right."""
    found = {}
    for owner in survey(drawn).owners:
        if owner.part == "node":
            area = owner.front or owner.outline
            found[owner.ref] = area.bounds
    return dict(sorted(found.items(), key=lambda item: item[1]))


def bodies(drawn):
    return {owner.ref: owner.outline.bounds for owner in survey(drawn).owners if owner.part == "node"}


def size(bounds):
    return round(bounds[2] - bounds[0], 6), round(bounds[3] - bounds[1], 6)


def sheets(drawn, node):
    """Return how many maps a stack has: they differ from the one in front by their shade."""
    filled = [path for path in paths(drawn, node) if path.fill is not None]
    return max(1, len(filled) - 2)


def patches(drawn):
    """Return what is painted as a patch: the one on the map before, and the one that it is seen as."""
    return {ref: [path for path in group.marks if path.fill] for ref, group in groups(drawn, "window").items()}


def words(drawn, node):
    return [mark.text for mark in groups(drawn, "note").get(node, Group(marks=())).marks]


def lines(drawn):
    return [path for group in groups(drawn, "edge").values() for path in inside(group, Path)]


def extent(path):
    xs = [segment.to.x for segment in path.segments if hasattr(segment, "to")]
    ys = [segment.to.y for segment in path.segments if hasattr(segment, "to")]
    return round(max(xs) - min(xs), 6), round(max(ys) - min(ys), 6)


@pytest.mark.parametrize("name", STORED)
def test_every_kind_of_model_is_whole_and_true(path_of, name):
    subject = subject_of(path_of(name))
    graph = replace(subject.graph, outputs=())
    assert faults(scene(subject), graph) == ()
    assert faults(scene(subject, layer_spacing=4, max_xy=60, seed=3), graph) == ()
    assert faults(scene(subject, theme="paper"), subject.graph) == ()


def test_usual_look_is_the_classic_one(lenet):
    drawn = scene(lenet)
    assert drawn.palette["page"] == "#000000"
    assert drawn.palette["ink"] == "#FFFFFF"
    assert size(fronts(drawn)["conv2d"]) == (112, 112)
    assert size(bodies(drawn)["conv2d"]) == (132, 132)
    assert paths(drawn, "conv2d")[-1].fill == GREY
    assert words(drawn, "conv2d") == ["Conv2D", "6@28×28"]
    assert words(drawn, "flatten") == ["Flatten", "400"]
    (large, small) = patches(drawn)["image:0->conv2d:0"]
    assert large.fill == small.fill == BLUE
    assert extent(large) == (20, 20)
    assert {path.stroke.paint for path in lines(drawn)} == {GRAY}


def test_every_character_is_in_the_font(path_of):
    with BytesIO() as out:
        lenet_view(path_of("lenet5"), out)  # a character that is missing would be warned of, which fails here


def test_signature_names_the_keywords_in_order():
    names = list(inspect.signature(lenet_view).parameters)
    assert names[:6] == ["model", "to_file", "min_xy", "max_xy", "scale_xy", "type_ignore"]
    assert len([name for name in names if name in {*LENET.positional}]) == 30


def test_to_file(path_of, tmp_path):
    for suffix in ("png", "jpg", "svg", "pdf"):
        image = lenet_view(path_of("one_layer"), tmp_path / f"a.{suffix}")
        assert image.mode == "RGBA"
        assert (tmp_path / f"a.{suffix}").stat().st_size > 100
    assert Pillow.open(BytesIO((tmp_path / "a.png").read_bytes())).size == image.size
    assert b"<image" not in (tmp_path / "a.svg").read_bytes()
    with pytest.raises(WrongValueError, match="PostScript"):
        lenet_view(path_of("one_layer"), tmp_path / "a.eps")


def test_min_xy_max_xy_and_scale_xy(lenet):
    def side(node, **keywords):
        return size(fronts(scene(lenet, **keywords))[node])[0]

    assert side("average_pooling2d_1", min_xy=33) == 33
    assert side("dense", min_xy=33) == 33
    assert side("image", max_xy=70) == 70
    assert side("conv2d", scale_xy=1.5) == 42


def test_type_ignore_and_index_ignore(lenet):
    drawn = scene(lenet, type_ignore=["AveragePooling2D"], index_ignore=[4])
    assert not {"average_pooling2d", "average_pooling2d_1", "flatten"} & set(fronts(drawn))
    assert len(groups(drawn, "edge")) == len(fronts(drawn)) - 1


def test_color_map(lenet):
    given = {"Conv2D": {"fill": "red", "outline": "blue"}}
    drawn = scene(lenet, color_map=given)
    assert paths(drawn, "conv2d")[-1].fill == RED
    assert paths(drawn, "conv2d")[-1].stroke.paint == Rgba(0, 0, 255)
    assert paths(drawn, "dense")[-1].fill == GREY
    assert given == {"Conv2D": {"fill": "red", "outline": "blue"}}
    assert paths(scene(lenet, color_map={"Dense": {"fill": (255, 0, 0, 51)}}), "dense")[-1].fill == Rgba(255, 0, 0, 0.2)


def test_background_fill(lenet):
    assert scene(lenet, background_fill="white").palette["page"] == "#FFFFFF"
    assert "page" not in scene(lenet, background_fill="transparent").palette


def test_padding(lenet):
    one, other = scene(lenet), scene(lenet, padding=60)
    assert (other.width - one.width, other.height - one.height) == (40, 40)
    assert next(iter(fronts(other).values()))[0] == 30


def test_layer_spacing(lenet):
    for spacing in (40, 90):
        known = sorted(bodies(scene(lenet, layer_spacing=spacing)).values())
        assert [round(two[0] - one[2], 3) for one, two in pairwise(known)] == [spacing] * 8


def test_map_spacing(lenet):
    drawn = scene(lenet, map_spacing=9)
    assert size(bodies(drawn)["conv2d"]) == (112 + 5 * 9,) * 2
    assert size(fronts(drawn)["conv2d"]) == (112, 112)


def test_max_visual_channels(lenet):
    assert [sheets(scene(lenet), node) for node in ("conv2d", "dense", "image")] == [6, 12, 1]
    assert sheets(scene(lenet, max_visual_channels=4), "dense") == 4
    assert size(bodies(scene(lenet, max_visual_channels=4))["dense"]) == (32, 32)


def test_connector_fill_and_width(lenet):
    drawn = scene(lenet, connector_fill="red", connector_width=3)
    assert {(path.stroke.paint, path.stroke.width) for path in lines(drawn)} == {(RED, 3)}


def test_patch_fill_outline_and_scale(lenet):
    drawn = scene(lenet, patch_fill="red", patch_outline="white", patch_scale=2)
    for large, small in patches(drawn).values():
        assert large.fill == small.fill == RED
        assert large.stroke.paint == Rgba(255, 255, 255)
    assert extent(patches(drawn)["image:0->conv2d:0"][0]) == (40, 40)
    huge = scene(lenet, patch_scale=99)
    assert extent(patches(huge)["image:0->conv2d:0"][0]) == pytest.approx((0.6 * 128, 0.6 * 128))
    assert extent(patches(scene(lenet, patch_scale=0))["image:0->conv2d:0"][0]) == (4, 4)


def test_patch_alpha_on_image(lenet):
    style = {"image": {"face_image": halves()}}

    def alphas(**keywords):
        large, small = patches(scene(lenet, styles=style, **keywords))["image:0->conv2d:0"]
        return round(large.fill.alpha * 255), small.fill.alpha

    assert alphas() == (140, 1)
    assert alphas(patch_alpha_on_image=20) == (20, 1)


def test_seed(lenet):
    def corners(**keywords):
        return [path.segments[0].to for pair in patches(scene(lenet, **keywords)).values() for path in pair]

    assert corners() == corners()
    assert corners(seed=1) == corners(seed=1)
    assert corners() != corners(seed=1) != corners(seed=2)


def test_patches_lie_on_the_maps_in_front(lenet):
    for seed in range(8):
        drawn = scene(lenet, seed=seed)
        known = fronts(drawn)
        for key, (large, small) in patches(drawn).items():
            ends = key.replace(":0", "").split("->")
            for node, patch in zip(ends, (large, small), strict=True):
                left, top, right, bottom = known[node]
                for segment in patch.segments[:-1]:
                    assert left - 0.01 <= segment.to.x <= right + 0.01
                    assert top - 0.01 <= segment.to.y <= bottom + 0.01


def test_draw_connections(lenet):
    drawn = scene(lenet, draw_connections=False)
    assert lines(drawn) == []
    assert len(patches(drawn)) == 4
    assert all(len(group.marks) == 2 for group in groups(drawn, "window").values())


def test_draw_patches(lenet):
    drawn = scene(lenet, draw_patches=False)
    assert all(not pair for pair in patches(drawn).values())
    assert len(lines(drawn)) == len(lines(scene(lenet)))
    assert groups(scene(lenet, draw_patches=False, draw_connections=False), "window") == {}


def test_font_and_font_color(lenet):
    drawn = scene(lenet, font=ImageFont.load_default(24), font_color="red")
    texts = [mark for mark in groups(drawn, "note")["conv2d"].marks if isinstance(mark, Text)]
    assert {text.size for text in texts} == {24}
    assert {drawn.palette[text.fill] for text in texts} == {"#FF0000"}
    assert faults(drawn, replace(lenet.graph, outputs=())) == ()


def test_label_callables(lenet):
    seen = []

    def top(layer, shape):
        seen.append(shape)
        return f"{layer.name}\n{shape.kind}"

    drawn = scene(lenet, top_label_callable=top, bottom_label_callable=lambda _, shape: None if shape.c > 99 else "few")
    assert words(drawn, "conv2d") == ["conv2d", "spatial", "few"]
    assert words(drawn, "flatten") == ["flatten", "vector"]
    first = seen[0]
    assert (first.h, first.w, first.c) == (first.h_dim, first.w_dim, first.c_dim) == (32, 32, 1)
    assert (first.dH, first.dW, first.dZ) == (32, 32, 1)
    with pytest.raises(WrongTypeError, match="label callable 'name'"):
        scene(lenet, top_label_callable="name")


def test_top_label_and_bottom_label(lenet):
    assert words(scene(lenet, top_label=False), "conv2d") == ["6@28×28"]
    assert words(scene(lenet, bottom_label=False), "conv2d") == ["Conv2D"]
    bare = scene(lenet, top_label=False, bottom_label=False)
    assert words(bare, "conv2d") == []
    assert bare.height == 132 + 20


def test_label_paddings(lenet):
    def gaps(**keywords):
        drawn = scene(lenet, **keywords)
        (_, top, _, bottom), (above, below) = bodies(drawn)["conv2d"], groups(drawn, "note")["conv2d"].marks
        known = metrics(above.face)
        above_gap = top - above.at.y - known.descent * above.size
        return round(above_gap, 3), round(below.at.y - known.cap_height * below.size - bottom, 3)

    assert gaps() == (6, 6)
    assert gaps(top_label_padding=20) == (20, 6)
    assert gaps(bottom_label_padding=20) == (6, 20)
    assert gaps(styles={"conv2d": {"top_label_padding": 1, "bottom_label_padding": 2}}) == (1, 2)


def test_style_of_a_stack(lenet):
    style = {
        "fill": "red", "outline": "blue", "line_width": 3, "shade_step": 50, "map_spacing": 10, "max_visual_channels": 3
    }  # fmt: skip
    drawn = scene(lenet, styles={"Layer": {"fill": "white"}, "conv2d": style})
    front = paths(drawn, "conv2d")[-1]
    assert (front.fill, front.stroke.paint, front.stroke.width) == (RED, Rgba(0, 0, 255), 3)
    assert {path.fill for path in paths(drawn, "conv2d")} >= {Rgba(205, 0, 0), Rgba(155, 0, 0)}
    assert size(bodies(drawn)["conv2d"]) == (132, 132)
    assert paths(drawn, "dense")[-1].fill == Rgba(255, 255, 255)


def test_style_of_what_leads_to_a_stack(lenet):
    style = {
        "connector_fill": "red", "connector_width": 2, "patch_fill": "white", "patch_outline": "blue",
        "patch_scale": 1.5, "patch_alpha": 102,
    }  # fmt: skip
    drawn = scene(lenet, styles={"conv2d": style})
    group = groups(drawn, "edge")["image:0->conv2d:0"]
    assert {(path.stroke.paint, path.stroke.width) for path in inside(group, Path)} == {(RED, 2)}
    large, _ = patches(drawn)["image:0->conv2d:0"]
    assert (large.fill, large.stroke.paint, extent(large)) == (Rgba(255, 255, 255, 0.4), Rgba(0, 0, 255), (30, 30))
    assert patches(drawn)["conv2d:0->average_pooling2d:0"] == patches(scene(lenet))["conv2d:0->average_pooling2d:0"]
    own = {"face_image": halves()}
    drawn = scene(lenet, styles={"image": own, "conv2d": {"patch_fill_alpha_on_image": 51}})
    assert patches(drawn)["image:0->conv2d:0"][0].fill.alpha == 0.2


def test_face_image(lenet, tmp_path):
    path = tmp_path / "face.png"
    path.write_bytes(halves(40, 20))

    def image(**style):
        (found,) = inside(groups(scene(lenet, styles={"image": style}), "node")["image"], Image)
        return round(found.matrix[0], 3), round(found.matrix[3], 3), round(found.opacity, 3)

    whole = 128 - 2
    assert image(face_image=path) == (2 * whole, whole, 1)
    assert image(face_image=Pillow.new("RGB", (10, 10))) == (whole, whole, 1)
    assert image(face_image=str(path), face_image_fit="contain") == (whole, whole / 2, 1)
    assert image(face_image=str(path), face_image_fit="fill", face_image_alpha=51) == (whole, whole, 0.2)
    assert image(face_image=str(path), face_image_fit="fill", face_image_inset=14) == (100, 100, 1)
    assert image(face_image={"src": path, "fit": "fill", "alpha": 102, "inset": 4}) == (120, 120, 0.4)
    assert image(face_image=path, line_width=4, face_image_fit="fill") == (120, 120, 1)
    drawn = scene(lenet, styles={"image": {"face_image": path, "face_image_fit": "match_aspect"}})
    assert size(fronts(drawn)["image"]) == (256, 128)
    with pytest.warns(CutawayWarning, match="nowhere"):
        assert inside(Group(marks=scene(lenet, styles={"image": {"face_image": "nowhere.png"}}).marks), Image) == []


def test_presets_and_options(lenet):
    def offset(**keywords):
        (left, _, right, _), front = (
            bodies(scene(lenet, **keywords))["conv2d"],
            fronts(scene(lenet, **keywords))["conv2d"],
        )
        return round((right - left - (front[2] - front[0])) / 5, 6)

    assert offset() == 4
    assert offset(preset="compact") == 3
    assert offset(preset="compact", map_spacing=4) == 4
    assert offset(preset="compact", options={"map_spacing": 7}) == 7
    with pytest.raises(WrongValueError, match="Unknown lenet preset 'no'"):
        scene(lenet, preset="no")


def test_words_never_touch_and_stay_on_the_page(path_of):
    for name in ("subgraph", "transformer", "vae"):
        subject = subject_of(path_of(name))
        drawn = scene(subject, layer_spacing=0, top_label_callable=lambda layer, _: layer.name * 2)
        assert faults(drawn, replace(subject.graph, outputs=())) == ()


def test_unknown_sizes_stay_unknown(path_of):
    drawn = scene(subject_of(path_of("mimo")))
    assert words(drawn, "right") == ["InputLayer", "?×8"]


def test_connections_are_those_of_the_model(path_of):
    subject = subject_of(path_of("unet"))
    assert set(groups(scene(subject), "edge")) == {edge.id for edge in subject.graph.edges}


def test_model_without_layers_is_a_blank_canvas(lenet):
    drawn = scene(lenet, type_ignore=["Layer"])
    assert (drawn.width, drawn.height, drawn.marks) == (40, 40, ())


@pytest.mark.parametrize(
    "wrong",
    [{"min_xy": -1}, {"padding": "x"}, {"font_color": "nocolour"}, {"styles": 5}, {"patch_alpha_on_image": 300}],
)
def test_wrong_values_are_told(lenet, wrong):
    with pytest.raises((WrongValueError, WrongTypeError), match=next(iter(wrong))):
        scene(lenet, **wrong)


def test_own_look(lenet):
    plain = scene(lenet, theme="paper")
    assert plain.palette["page"] == "#FFFFFF"
    assert "Dense 120" in {label.text for label in survey(plain).labels}
    drawn = scene(
        lenet, theme="paper", styles={"conv2d": {"fill": "red", "patch_fill": "blue"}}, padding=60, font_color="navy",
        top_label_callable=lambda layer, _: layer.name, draw_patches=True, layer_spacing=80, background_fill="#eee",
    )  # fmt: skip
    assert RED in {path.fill for path in paths(drawn, "conv2d")}
    assert patches(drawn)["image:0->conv2d:0"][0].fill == Rgba(0, 0, 255)
    assert words(drawn, "dense")[0] == "dense"
    assert drawn.width > plain.width + 300
    assert (drawn.palette["ink"], drawn.palette["page"]) == ("#000080", "#EEEEEE")
    assert groups(scene(lenet, theme="paper", draw_patches=False, draw_connections=False), "window") == {}
