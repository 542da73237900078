"""`graph_view`: that each keyword changes the picture as it says, and that every kind of model is whole and true."""

import inspect
import json
from io import BytesIO
from itertools import pairwise

import hands_on
import numpy as np
import pytest
from keras_configs import called, given, layer, model, tensor
from PIL import Image as Pillow
from views.test_picture import halves

from cutaway.compat.visualkeras.graph import graph_scene, graph_view
from cutaway.compat.visualkeras.interfaces import GRAPH
from cutaway.compat.visualkeras.layers import subject_of
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.compat.visualkeras.settling import settled
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.faults.survey import survey
from cutaway.scene import Close, Group, Image, Path, Rgba, Text
from cutaway.sources import read

STORED = hands_on.stored()
ORANGE, BLACK, GRAY, RED = Rgba(255, 165, 0), Rgba(0, 0, 0), Rgba(128, 128, 128), Rgba(255, 0, 0)


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


@pytest.fixture(scope="module")
def mimo(path_of):
    return subject_of(path_of("mimo"))


def scene(subject, **keywords):
    return graph_scene(subject, settled(GRAPH, keywords))


def groups(drawn, part):
    return {mark.ref: mark for mark in drawn.marks if isinstance(mark, Group) and mark.part == part}


def paths(mark):
    if isinstance(mark, Path):
        yield mark
    elif isinstance(mark, Group):
        for inner in mark.marks:
            yield from paths(inner)


def images(drawn):
    return [mark for mark in drawn.marks if isinstance(mark, Image)]


def boxes(drawn, part="node"):
    """Return left, top, right and bottom of what is drawn, by names, from left to right."""
    found = {owner.ref: owner.outline.bounds for owner in survey(drawn).owners if owner.part == part and owner.outline}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def size(bounds):
    return round(bounds[2] - bounds[0], 6), round(bounds[3] - bounds[1], 6)


def circles(drawn, node):
    """Return how many circles a layer has, the dots aside."""
    ports = [mark for mark in groups(drawn, "node")[node].marks if isinstance(mark, Group) and mark.part == "port"]
    return sum(isinstance(segment, Close) for port in ports for path in port.marks for segment in path.segments)


def lines(drawn, start):
    """Return the strokes of the lines that lead away from a layer, and how many lines these are."""
    found = [path for ref, group in groups(drawn, "edge").items() if ref.startswith(start) for path in paths(group)]
    return {path.stroke for path in found}, sum(
        type(each).__name__ == "Move" for path in found for each in path.segments
    )


def fills(drawn, node):
    return {path.fill for path in paths(groups(drawn, "node")[node])} - {None}


@pytest.mark.parametrize("name", STORED)
def test_every_kind_of_model_is_whole_and_true(path_of, name):
    subject = subject_of(path_of(name))
    assert faults(scene(subject), subject.graph) == ()
    shown = scene(subject, inout_as_tensor=False, show_neurons=False, layer_spacing=90)
    assert set(groups(shown, "node")) == {node.id for node in subject.graph.nodes}
    assert faults(scene(subject, theme="paper"), subject.graph) == ()


def test_usual_look_is_the_classic_one(lenet):
    drawn = scene(lenet)
    assert (drawn.width, round(drawn.height)) == (2770, 610)
    assert drawn.palette["page"] == "#FFFFFF"
    assert fills(drawn, "conv2d") == {ORANGE}
    (stroke,), _ = lines(drawn, "conv2d:")
    assert (stroke.paint, stroke.width) == (GRAY, 1)
    assert size(boxes(drawn)["image"]) == (50, 150)
    assert not any(isinstance(mark, Text) for group in drawn.marks for mark in getattr(group, "marks", ()))


def test_signature_names_the_keywords_in_order():
    names = list(inspect.signature(graph_view).parameters)
    assert names[:6] == ["model", "to_file", "color_map", "node_size", "background_fill", "padding"]
    assert len([name for name in names if name in {*GRAPH.positional}]) == 16


def test_to_file(path_of, tmp_path):
    for suffix in ("png", "jpg", "svg", "pdf"):
        image = graph_view(path_of("one_layer"), tmp_path / f"a.{suffix}")
        assert image.mode == "RGBA"
        assert (tmp_path / f"a.{suffix}").stat().st_size > 100
    assert Pillow.open(BytesIO((tmp_path / "a.png").read_bytes())).size == image.size
    assert b"<image" not in (tmp_path / "a.svg").read_bytes()
    with pytest.raises(WrongValueError, match="PostScript"):
        graph_view(path_of("one_layer"), tmp_path / "a.eps")


def test_color_map(lenet):
    drawn = scene(lenet, color_map={"Conv2D": {"fill": "red", "outline": "#00f", "node_size": 30}})
    assert fills(drawn, "conv2d") == fills(drawn, "conv2d_1") == {RED}
    assert fills(drawn, "dense") == {ORANGE}
    assert size(boxes(drawn)["conv2d"])[0] == 30
    given = {"Conv2D": {"fill": "red"}}
    scene(lenet, color_map=given)
    assert given == {"Conv2D": {"fill": "red"}}


def test_node_size(lenet):
    drawn = scene(lenet, node_size=20)
    assert size(boxes(drawn)["image"]) == (20, 60)
    assert size(boxes(drawn)["conv2d"]) == (20, 6 * 20 + 5 * 10)


def test_background_fill(lenet):
    assert scene(lenet, background_fill="black").palette["page"] == "#000000"
    assert "page" not in scene(lenet, background_fill="transparent").palette
    pale = scene(lenet, background_fill=(255, 0, 0, 51))
    assert pale.marks[0].fill == Rgba(255, 0, 0, 0.2)


def test_padding(lenet):
    one, other = scene(lenet), scene(lenet, padding=60)
    assert (other.width - one.width, other.height - one.height) == (100, 100)
    assert next(iter(boxes(other).values()))[0] == 60


def test_layer_spacing(lenet):
    for spacing in (60, 250, 700):
        drawn = list(boxes(scene(lenet, layer_spacing=spacing)).values())
        assert [round(two[0] - one[2], 3) for one, two in pairwise(drawn)] == [spacing] * 8


def test_node_spacing(lenet):
    assert size(boxes(scene(lenet, node_spacing=40))["conv2d"]) == (50, 6 * 50 + 5 * 40)


def test_connector_fill_and_width(lenet):
    drawn = scene(lenet, connector_fill="red", connector_width=3)
    strokes, _ = lines(drawn, "")
    assert {(stroke.paint, stroke.width) for stroke in strokes} == {(RED, 3)}
    assert lines(scene(lenet, connector_width=0), "")[1] == 0


def test_a_limit_that_is_no_number(lenet):
    with pytest.raises(WrongValueError, match=r"cannot use ellipsize_after='all': give a number$"):
        scene(lenet, ellipsize_after="all")


def test_ellipsize_after(lenet):
    assert circles(scene(lenet), "dense") == 9
    assert circles(scene(lenet, ellipsize_after=5), "dense") == 4
    assert lines(scene(lenet, ellipsize_after=5), "dense:")[1] == 16
    for every in (None, 0, -1):
        assert circles(scene(lenet, ellipsize_after=every), "dense") == 120
    assert circles(scene(lenet, ellipsize_after=6), "conv2d") == 6


def test_inout_as_tensor(mimo, lenet):
    drawn = scene(mimo)
    assert len(boxes(drawn, "output")) == 2
    assert size(boxes(drawn)["left"]) == (50, 150)
    drawn = scene(mimo, inout_as_tensor=False)
    assert boxes(drawn, "output") == {}
    assert circles(drawn, "left") == 9
    assert circles(drawn, "more") == 4
    early = replace_outputs(lenet, "dense")
    assert circles_of_output(scene(early, inout_as_tensor=False)) == [10, 9]


def replace_outputs(subject, also):
    """Return the model with an output in its middle."""
    from cutaway.graph import Output
    from cutaway.record import replace

    outputs = (*subject.graph.outputs, Output(name="early", node=also))
    return replace(subject, graph=replace(subject.graph, outputs=outputs))


def circles_of_output(drawn):
    ports = [
        mark
        for group in groups(drawn, "output").values()
        for mark in group.marks
        if isinstance(mark, Group) and mark.part == "port"
    ]
    return [sum(isinstance(segment, Close) for path in port.marks for segment in path.segments) for port in ports]


def test_outputs_stand_in_the_last_column_where_the_way_is_free():
    """A head that ends early leads past the columns of the longer one."""
    made = (("a", "x"), ("b", "a"), ("c", "x"))
    heads = [layer("Dense", name, called(tensor(source)), units=4) for name, source in made]
    graph = read(model("heads", [given("x"), *heads], ["x", 0, 0], [["b", 0, 0], ["c", 0, 0]]))
    drawn = scene(subject_of(graph))
    assert len({left for left, _, _, _ in boxes(drawn, "output").values()}) == 1
    assert faults(drawn, graph) == ()


def test_show_neurons(lenet):
    drawn = scene(lenet, show_neurons=False)
    assert {size(each) for each in boxes(drawn).values()} == {(50, 150)}


def test_styles_of_classes_and_names(lenet):
    drawn = scene(
        lenet,
        styles={
            object: {"fill": "white"},
            "Dense": {"connector_fill": "red", "connector_width": 4, "ellipsize_after": 4, "fill": "blue"},
            "dense_1": {"fill": "red", "node_size": 30, "node_spacing": 3, "show_neurons": False, "box_scale": 2},
        },
    )
    assert fills(drawn, "conv2d") == {Rgba(255, 255, 255)}
    assert fills(drawn, "dense") == {Rgba(0, 0, 255)}
    assert fills(drawn, "dense_1") == {RED}
    assert size(boxes(drawn)["dense_1"]) == (30, 60)
    (stroke,), _ = lines(drawn, "dense:")
    assert (stroke.paint, stroke.width) == (RED, 4)
    assert lines(drawn, "conv2d:")[0] == lines(scene(lenet), "conv2d:")[0]
    assert circles(drawn, "dense") == 3


def test_style_layer_spacing_and_outline(lenet):
    drawn = scene(lenet, styles={"conv2d": {"layer_spacing": 400, "outline": "red"}, "dense": {"node_spacing": 0}})
    known = list(boxes(drawn).values())
    assert [round(two[0] - one[2]) for one, two in pairwise(known)] == [250, 400, *[250] * 6]
    assert {path.stroke.paint for path in paths(groups(drawn, "node")["conv2d"]) if path.stroke} == {RED}
    assert size(boxes(drawn)["dense"]) == (50, 500)


def test_styles_with_pictures(lenet):
    picture = halves(40, 20)
    for indices in ([0, 2], np.array([0, 2])):
        style = {"image": picture, "image_indices": indices}
        assert len(images(scene(lenet, styles={"conv2d": style}))) == 2
    assert len(images(scene(lenet, styles={"conv2d": {"image": picture}}))) == 6
    (image,) = images(scene(lenet, styles={"flatten": {"image": picture}}))
    assert image.matrix[0] == 50
    with pytest.warns(CutawayWarning, match="nowhere"):
        assert images(scene(lenet, styles={"conv2d": {"image": "nowhere.png"}})) == []


def test_image_fit(lenet):
    style = {"flatten": {"image": halves(40, 20)}}

    def shape(fit):
        (image,) = images(scene(lenet, styles=style, image_fit=fit))
        return round(image.matrix[0], 6), round(image.matrix[3], 6)

    assert shape("contain") == (50, 25)
    assert shape("fill") == (50, 150)
    assert shape("cover") == (300, 150)
    drawn = scene(lenet, styles=style, image_fit="match_aspect")
    assert size(boxes(drawn)["flatten"]) == (50, 25)
    (image,) = images(scene(lenet, styles={"flatten": {"image": halves(40, 20), "image_fit": "fill"}}))
    assert image.matrix[3] == 150
    with pytest.warns(CutawayWarning, match="cannot fit"):
        assert shape("wrong") == (50, 150)


def test_circular_crop(lenet):
    style = {"conv2d": {"image": halves()}}
    assert all(image.clip for image in images(scene(lenet, styles=style)))
    assert not any(image.clip for image in images(scene(lenet, styles=style, circular_crop=False)))
    own = {"conv2d": {"image": halves(), "circular_crop": False}}
    assert not any(image.clip for image in images(scene(lenet, styles=own)))


def test_layered_groups(lenet):
    group = {"layers": ["conv2d", "average_pooling2d"], "name": "Features", "fill": "yellow", "padding": 20}
    drawn = scene(lenet, layered_groups=[group])
    assert faults(drawn, lenet.graph) == ()
    (box,) = boxes(drawn, "grouping").values()
    known = boxes(drawn)
    assert box[0] == known["conv2d"][0] - 20
    assert box[2] == known["average_pooling2d"][2] + 20
    assert drawn.height > scene(lenet).height - 300
    words = [mark.text for each in drawn.marks for mark in getattr(each, "marks", ()) if isinstance(mark, Text)]
    assert words == ["Features"]
    with pytest.warns(CutawayWarning, match="is no layer"):
        scene(lenet, layered_groups=[{"layers": ["nothing"]}])


def test_font_sets_captions(lenet):
    def sizes(**keywords):
        drawn = scene(lenet, layered_groups=[{"layers": ["conv2d"], "name": "One"}], **keywords)
        return [mark.size for each in drawn.marks for mark in getattr(each, "marks", ()) if isinstance(mark, Text)]

    assert sizes() == [15]
    from PIL import ImageFont

    assert sizes(font=ImageFont.load_default(22)) == [22]


def test_ignored_layers_are_left_out_and_lines_go_through(lenet):
    drawn = scene(lenet, type_ignore=["AveragePooling2D"], index_ignore=[4])
    assert not {"average_pooling2d", "average_pooling2d_1", "flatten"} & set(boxes(drawn))
    assert len(groups(drawn, "edge")) == len(boxes(drawn))


def test_presets_and_options(lenet):
    assert size(boxes(scene(lenet, preset="compact"))["image"]) == (40, 120)
    assert size(boxes(scene(lenet, preset="compact", node_size=50))["image"]) == (50, 150)
    assert size(boxes(scene(lenet, options={"node_size": 10}, preset="compact"))["image"]) == (10, 30)
    with pytest.raises(WrongValueError, match="Unknown graph preset 'no'"):
        scene(lenet, preset="no")
    with pytest.raises(WrongTypeError, match="options"):
        scene(lenet, options=5)


@pytest.mark.parametrize("wrong", [{"node_size": -1}, {"padding": "x"}, {"background_fill": "nocolour"}, {"styles": 5}])
def test_wrong_values_are_told(lenet, wrong):
    with pytest.raises((WrongValueError, WrongTypeError), match=next(iter(wrong))):
        scene(lenet, **wrong)


def test_same_picture_in_every_order_of_inputs(mimo):
    assert scene(mimo) == scene(mimo)


class Thing:
    def __init__(self, name, shape, **attributes):
        self.name, self.output_shape = name, shape
        self.__dict__ |= attributes


def test_duck_typed_model():
    model = Thing("model", None, layers=[Thing("a", (None, 8)), Thing("b", (None, 3), units=3)])
    with pytest.warns(CutawayWarning, match="order of its layers"):
        subject = subject_of(model)
    drawn = scene(subject)
    assert circles(drawn, "b") == 3
    assert size(boxes(drawn)["a"]) == (50, 150)


def test_own_look(lenet):
    drawn = scene(lenet, theme="paper", styles={"conv2d": {"fill": "red"}}, node_size=20, connector_fill="blue")
    assert faults(drawn, lenet.graph) == ()
    assert "Dense" in {label.text for label in survey(drawn).labels}
    assert circles(drawn, "dense") == circles(scene(lenet), "dense")
    assert "#FF0000" in {drawn.palette.get(fill) for fill in fills(drawn, "conv2d")}
    assert {stroke.paint for stroke in lines(drawn, "dense:")[0]} == {Rgba(0, 0, 255)}
    plain = scene(lenet, theme="paper")
    assert plain.width < drawn.width
    assert scene(lenet, theme="paper", padding=50).width == pytest.approx(plain.width + 80)
    assert scene(lenet, theme="paper", background_fill="red").palette["page"] == "#FF0000"
    assert scene(lenet, theme="dark").palette["page"] != plain.palette["page"]


def test_image_is_that_of_the_file(path_of, tmp_path):
    image = graph_view(path_of("lenet5"), to_file=str(tmp_path / "a.png"))
    assert image.size == (2770, 610)
    out = BytesIO()
    graph_view(read(path_of("lenet5")), out)
    assert Pillow.open(BytesIO(out.getvalue())).size == (2770, 610)
