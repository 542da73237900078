"""`functional_view`: that each keyword changes the picture as it says, and that faults of the original are cured."""

from itertools import pairwise

import hands_on
import pytest
from classic_marks import (
    Conv2D,
    Dense,
    Flatten,
    MaxPooling2D,
    Model,
    Thing,
    chain,
    color,
    every,
    front,
    front_path,
    functional,
    gap,
    groups,
    images,
    node,
    nodes,
    outline,
    size,
    text,
    texts,
)
from PIL import Image, ImageFont

from cutaway.compat.visualkeras.functional import FunctionalGraph, functional_view
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.faults.outline import flatten, meet
from cutaway.geometry import Rect
from cutaway.graph import Edge, Graph, Node, Port, Tensor
from cutaway.outputs.paint import extent
from cutaway.scene import Group, Path, Rgba, Text

pytestmark = pytest.mark.filterwarnings("ignore:nothing tells the flow", "ignore:the sizes in .* are unknown")
STORED = hands_on.stored()
RED = Rgba(255, 0, 0)
SIMPLE = {"simple_text_visualization": True, "simple_text_label_mode": "inside"}


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    Image.new("RGB", (40, 20), "green").save(path)
    return path


def graph(*edges, names=None):
    """Return a graph of dense layers between which lines lead as written: "a-b"."""
    pairs = [tuple(edge.split("-")) for edge in edges]
    found = names or list(dict.fromkeys(name for pair in pairs for name in pair))
    port = Port(name="output", tensor=Tensor(shape=(None, 8)))
    made, ends = [], {}
    for one, other in pairs:
        made.append(Edge(source=one, target=other, target_port=ends.get(other, 0)))
        ends[other] = ends.get(other, 0) + 1
    nodes = [
        Node(id=name, name=name, op="Dense", inputs=(port,) * ends.get(name, 0), outputs=(port,)) for name in found
    ]
    return Graph(name="dense", nodes=tuple(nodes), edges=tuple(made))


def line(plate, ref):
    """Return the points of a line, and the whole group of it."""
    found = next(group for group in groups(plate, "edge") if group.ref == ref)
    return [segment.to for segment in found.marks[0].segments], found.marks


def heads(marks):
    return [mark for mark in marks if isinstance(mark, Path) and mark.fill]


class TestGeometry:
    @pytest.mark.parametrize("name", sorted(STORED))
    def test_every_kind_of_model_is_true(self, name):
        for keywords in ({}, {"preset": "presentation"}, {"draw_volume": True}, {"connector_arrow": True}):
            plate = functional(STORED[name], connector_padding=0, **keywords)
            assert faults(plate.scene, plate.graph) == ()

    def test_column_spacing(self):
        assert gap(functional(chain()), "conv", "pool") == 80
        assert gap(functional(chain(), column_spacing=30), "conv", "pool") == 30

    def test_row_spacing(self):
        model = graph("a-b", "a-c", "b-d", "c-d")

        def distance(**keywords):
            plate = functional(model, **keywords)
            above, below = sorted((front(plate, name) for name in "bc"), key=lambda rect: rect.y)
            return below.y - above.bottom

        assert distance() == pytest.approx(40)
        assert distance(row_spacing=90) == pytest.approx(90)

    def test_component_spacing(self):
        model = graph("a-b", "c-d")

        def distance(**keywords):
            plate = functional(model, **keywords)
            return front(plate, "c").y - front(plate, "a").bottom

        assert distance() == pytest.approx(80)
        assert distance(component_spacing=15) == pytest.approx(15)

    def test_padding(self):
        plate = functional(chain(), padding=50)
        assert front(plate, "conv").x == pytest.approx(50)
        assert plate.scene.width - front(plate, "out").right == pytest.approx(50, abs=1)
        assert min(front(plate, name).y for name in nodes(plate)) == pytest.approx(50)

    def test_layout_iterations(self):
        """Without a search for crossings the order is kept."""
        model = graph("s-a", "s-b", "s-c", "a-f", "b-e", "c-d", "a-e", "b-d", "c-f", "f-x", "e-y", "d-z", "a-x", "c-z")
        kept, usual = (
            [front(functional(model, layout_iterations=count), name).y for name in "abcdefxyz"] for count in (0, 4)
        )
        assert kept != usual

    def test_each_of_the_first_layout_iterations_untangles_more(self):
        steps = "s-a0 s-a1 s-a2 s-a3 a3-b0 a2-b0 a1-b1 a0-b1 a1-b2 a0-b2 a1-b3 a2-b3 b0-c0 b2-c0 b1-c1 b2-c1 b2-c2"
        steps += " b3-c2 b0-c3 b1-c3 c3-d0 c2-d0 c0-d1 c3-d1 c1-d2 c3-d2 c3-d3 c2-d3"
        model = graph(*steps.split())
        orders = []
        for count in (0, 1, 2, 4):
            plate = functional(model, layout_iterations=count)
            orders.append(tuple(front(plate, f"{level}{place}").y for level in "abcd" for place in range(4)))
        assert len(set(orders)) == 4

    def test_a_single_line_keeps_the_virtual_node_size_to_boxes(self):
        model = graph("a-b", "b-c", "a-c")

        def height(**keywords):
            return functional(model, **keywords).scene.height

        assert height(virtual_node_size=60) == pytest.approx(height(virtual_node_size=20) + 20)

    def test_virtual_node_size(self):
        model = graph("a-b", "b-c", "c-d", "d-e", "a-e", "b-e")

        def height(**keywords):
            return functional(model, **keywords).scene.height

        assert height(virtual_node_size=60) > height()

    def test_render_virtual_nodes(self):
        model = graph("a-b", "b-c", "c-d", "a-d")

        def squares(**keywords):
            marks = functional(model, connector_fill="red", **keywords).scene.marks
            return [mark for mark in marks if isinstance(mark, Path) and mark.fill == RED]

        assert squares() == []
        shown = squares(render_virtual_nodes=True, virtual_node_size=10)
        assert len(shown) == 2
        assert {extent(mark.segments).width for mark in shown} == {10.0}

    def test_add_output_nodes(self):
        plate = functional(STORED["mimo"], add_output_nodes=True)
        assert set(nodes(plate)) - set(nodes(functional(STORED["mimo"]))) == {"output_0", "output_1"}
        assert size(plate, "output_0")[1:] == (24, 24)

    def test_texts_at_outputs_tell_their_shapes(self):
        found = [texts(functional(chain(), add_output_nodes=each, text_callable="shape")) for each in (False, True)]
        assert [words.count("10") for words in found] == [1, 2]

    def test_unconnected_operations_are_connected(self):
        plate = functional(STORED["functional_ops"])
        assert len(plate.graph.edges) >= len(plate.graph.nodes) - 1


class TestLines:
    def test_connector_fill(self):
        assert line(functional(chain()), "conv:0->pool:0")[1][0].stroke.paint == Rgba(128, 128, 128)
        assert line(functional(chain(), connector_fill="red"), "conv:0->pool:0")[1][0].stroke.paint == RED

    def test_connector_width(self):
        plate = functional(chain(), connector_width=5, styles={"pool": {"connector_width": 1}})
        assert line(plate, "conv:0->pool:0")[1][0].stroke.width == 5
        assert line(plate, "pool:0->flatten:0")[1][0].stroke.width == 1

    def test_connector_arrow(self):
        assert heads(line(functional(chain()), "conv:0->pool:0")[1]) == []
        (head,) = heads(line(functional(chain(), connector_arrow=True, connector_width=4), "conv:0->pool:0")[1])
        assert extent(head.segments).width == 12
        single = functional(chain(), styles={"conv": {"connector_arrow": True}})
        assert heads(line(single, "conv:0->pool:0")[1])
        assert heads(line(single, "pool:0->flatten:0")[1]) == []

    def test_connector_padding(self):
        plate = functional(chain(), connector_padding=9, styles={"pool": {"connector_padding": 2}})
        (start, end), _ = line(plate, "conv:0->pool:0")
        assert start.x - front(plate, "conv").right == pytest.approx(9)
        assert front(plate, "pool").x - end.x == pytest.approx(2)

    def test_right_angles(self):
        points, _ = line(functional(STORED["unet"]), "conv2d_1:0->concatenate_1:1")
        assert len(points) > 2
        assert all(one.x == two.x or one.y == two.y for one, two in pairwise(points))


class TestSizes:
    def test_min_z(self):
        assert size(functional(chain(), min_z=60), "out")[2] == 60

    def test_min_xy(self):
        assert size(functional(chain(), min_xy=45), "out") == (0, 45, 45)

    def test_max_z(self):
        assert size(functional(chain(), max_z=70), "flatten")[2] == 70

    def test_max_xy(self):
        assert size(functional(chain(), max_xy=30), "conv")[1] == 30

    def test_scale_z(self):
        assert size(functional(chain(), scale_z=3), "conv")[2] == 90

    def test_scale_xy(self):
        assert size(functional(chain(), scale_xy=6), "conv")[1] == 96

    def test_one_dim_orientation(self):
        assert size(functional(chain(), one_dim_orientation="y", sizing_mode="accurate"), "flatten")[1:] == (400, 20)

    def test_sizing_mode(self):
        assert size(functional(chain()), "flatten")[2] < size(functional(chain(), sizing_mode="accurate"), "flatten")[2]

    def test_dimension_caps(self):
        assert size(functional(chain(), dimension_caps={"channels": 33}), "flatten")[2] == 33

    def test_relative_base_size(self):
        plate = functional(chain(), sizing_mode="relative", relative_base_size=2)
        assert size(plate, "flatten")[2] == 200

    def test_draw_volume(self):
        plate = functional(chain(), draw_volume=True)
        face, whole = front(plate, "flatten"), outline(plate, "flatten")
        assert whole.width - face.width == pytest.approx(face.width / 3)
        single = functional(chain(), styles={"pool": {"draw_volume": True}})
        assert size(single, "conv")[0] == 0
        assert size(single, "pool")[0] > 0

    def test_orientation_rotation(self):
        flat, turned = (functional(chain(), draw_volume=True, orientation_rotation=turn) for turn in (None, 40))
        assert len(paths := [mark for mark in every(node(turned, "conv").marks) if isinstance(mark, Path)]) == 5
        assert extent(paths[0].segments) != outline(flat, "conv")

    @pytest.mark.parametrize("side", ["x", "y", "z"])
    @pytest.mark.parametrize("turn", [-50, 30, 60])
    def test_arrowheads_end_before_turned_boxes(self, side, turn):
        plate = functional(
            chain(), draw_volume=True, orientation_rotation=turn, one_dim_orientation=side, connector_arrow=True,
            min_z=200, max_z=300, min_xy=10, max_xy=20, connector_padding=1,
        )  # fmt: skip
        edges = [mark for mark in plate.scene.marks if isinstance(mark, Group) and mark.part == "edge"]
        assert edges
        for edge in edges:
            target = plate.graph.edges[[each.id for each in plate.graph.edges].index(edge.ref)].target
            covered = next(mark for mark in every(node(plate, target).marks) if isinstance(mark, Path))
            head, box = (flatten(path.segments)[0] for path in (edge.marks[-1], covered))
            assert not meet(head, box), edge.ref

    def test_an_orientation_that_is_no_number(self):
        with pytest.raises(WrongValueError, match=r"cannot use orientation_rotation='left': give a number$"):
            functional(chain(), draw_volume=True, orientation_rotation="left")

    def test_shade_step(self):
        plate = functional(chain(), draw_volume=True, shade_step=50)
        reds = {mark.fill.red for mark in every(node(plate, "conv").marks) if isinstance(mark, Path) and mark.fill}
        assert reds == {255, 205, 155}


class TestColors:
    def test_color_map(self):
        assert color(functional(chain(), color_map={Dense: {"fill": "red"}}), "out") == (255, 0, 0)

    def test_styles(self):
        rules = {object: {"outline": "red"}, "dense": {"fill": "lime"}}
        plate = functional(chain(), styles=rules)
        assert color(plate, "dense") == (0, 255, 0)
        assert front_path(plate, "conv").stroke.paint == RED
        assert rules == {object: {"outline": "red"}, "dense": {"fill": "lime"}}

    def test_background_fill(self):
        assert functional(chain(), background_fill="black").scene.palette["page"] == "#000000"

    def test_image_fit(self, picture):
        rules = {"conv": {"image": str(picture)}}
        shapes = [images(functional(chain(), styles=rules, image_fit=fit))[0].matrix[3] for fit in ("fill", "contain")]
        assert shapes[0] > shapes[1]

    def test_image_axis(self, picture):
        rules = {"conv": {"image": str(picture)}}
        plates = [functional(chain(), styles=rules, draw_volume=True, image_axis=axis) for axis in "zyx"]
        assert len({images(plate)[0].matrix for plate in plates}) == 3

    def test_layered_groups(self):
        plate = functional(STORED["mimo"], layered_groups=[{"layers": ["left", "d"], "caption": "Left"}])
        (group,) = groups(plate, "grouping")
        assert extent(group.marks[0].segments).contains(outline(plate, "d"))
        assert "Left" in texts(plate)

    def test_logo_groups(self, picture):
        group = {"file": str(picture), "layers": ["conv"], "name": "Ours"}
        assert len(images(functional(chain(), logo_groups=[group]))) == 1
        assert len(images(functional(chain(), options={"logo_groups": [group]}))) == 1

    def test_logos_have_a_ground(self, picture):
        group = {"file": str(picture), "layers": ["conv"], "fill": "red", "name": "Fast"}
        marks = every(functional(chain(), logo_groups=[group], logos_legend=True).scene.marks)
        grounds = [mark for mark in marks if isinstance(mark, Path) and mark.fill == RED]
        assert len(grounds) == 2

    def test_logos_legend(self, picture):
        group = {"file": str(picture), "layers": ["conv"], "name": "Ours"}
        plate = functional(chain(), logo_groups=[group], logos_legend=True)
        assert texts(plate) == ["Ours"]
        assert plate.scene.height > functional(chain(), logo_groups=[group]).scene.height

    def test_legend(self):
        assert texts(functional(chain(), legend=True)) == ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]


class TestTexts:
    def test_text_callable(self):
        plate = functional(chain(), text_callable=lambda place, layer: (f"{place} {layer.name}", layer.name == "conv"))
        assert text(plate, "0 conv").at.y < front(plate, "conv").y
        assert text(plate, "4 out").at.y > front(plate, "out").bottom
        assert texts(functional(chain(), text_callable="type"))[0] == "Conv2D"

    def test_texts_stand_under_their_layers(self):
        plate = functional(STORED["unet"], preset="presentation")
        for name in nodes(plate):
            assert text(plate, name).at.x == pytest.approx(front(plate, name).center.x)

    def test_text_vspacing(self):
        def distance(**keywords):
            plate = functional(chain(), text_callable="name_shape", **keywords)
            return text(plate, "100").at.y - text(plate, "flatten").at.y

        assert distance(text_vspacing=14) == pytest.approx(distance() + 10)

    def test_font(self):
        assert text(functional(chain(), text_callable="name", font=ImageFont.load_default(31)), "conv").size == 31

    def test_font_color(self):
        assert text(functional(chain(), text_callable="name", font_color=[255, 0, 0]), "conv").fill == RED

    def test_an_unknown_name(self):
        with pytest.raises(ValueError, match="Unknown text callable preset 'nam'"):
            functional(chain(), text_callable="nam")


class TestSimpleText:
    def test_simple_text_visualization(self):
        plate = functional(chain(), simple_text_visualization=True, draw_volume=True)
        assert {size(plate, name)[0] for name in nodes(plate)} == {0}
        assert front_path(plate, "conv").stroke.width == 2
        assert "16 x 16 x 30" in texts(plate)

    def test_simple_text_label_mode(self):
        rules = {}
        plate = functional(chain(), styles=rules, **SIMPLE)
        words = text(plate, "Conv2D")
        assert words.angle == -90
        assert front(plate, "conv").contains(extent([*path_of(words)]))
        assert rules == {}
        with pytest.raises(ValueError, match="simple_text_label_mode must be 'below' or 'inside'"):
            functional(chain(), simple_text_label_mode="over")

    def test_text_is_never_larger_than_its_box(self):
        plate = functional(chain(), connector_padding=0, **SIMPLE)
        assert faults(plate.scene, plate.graph) == ()

    def test_text_is_readable_on_any_box(self):
        for fill, ink in (("#073b4c", Rgba(255, 255, 255)), ("white", Rgba(0, 0, 0)), ("#00000010", Rgba(0, 0, 0))):
            rules = {Dense: {"box_fill": fill, "box_text": "own"}, "out": {"box_text_color": "red", "box_text": "red"}}
            plate = functional(chain(), styles=rules, **SIMPLE)
            assert text(plate, "own").fill == ink
            assert text(plate, "red").fill == RED

    def test_size_and_colors_of_boxes(self):
        style = {"box_size": (120, 50), "box_fill": "white", "box_outline": "red", "box_outline_width": 5}
        plate = functional(chain(), styles={"dense": style}, **SIMPLE)
        assert size(plate, "dense") == (0, 50, 120)
        assert color(plate, "dense") == (255, 255, 255)
        assert front_path(plate, "dense").stroke.paint == RED
        assert front_path(plate, "dense").stroke.width == 5
        small = functional(chain(), styles={"out": {"box_min_size": (70, 90)}}, **SIMPLE)
        assert size(small, "out")[1:] == (90, 70)

    def test_words(self):
        rules = {
            "conv": {"box_text": "Stem"},
            "pool": {"box_text_callable": lambda layer: layer.name.upper()},
            "flatten": {"box_text_enabled": False},
            "dense": {"box_text_color": "red", "box_text_font_size": 9, "box_orientation": "horizontal"},
            "out": {"box_text_rotation": 270},
        }
        plate = functional(chain(), styles=rules, **SIMPLE)
        assert sorted(texts(plate)) == ["Dense", "Dense", "POOL", "Stem"]
        marks = [mark for mark in every(node(plate, "dense").marks) if isinstance(mark, Text)]
        assert (marks[0].fill, marks[0].size, marks[0].angle) == (RED, 9, 0)
        assert [mark.angle for mark in every(node(plate, "out").marks) if isinstance(mark, Text)] == [90]

    def test_words_are_split_at_capitals(self):
        model = Model(*(type(name, (Thing,), {})(name, (None, 4)) for name in ("GRUCell", "Conv2DTranspose", "LSTM")))
        said = texts(functional(model, styles={object: {"box_text_wrap": "none"}}, **SIMPLE))
        assert said == ["GRU Cell", "Conv2D Transpose", "LSTM"]

    @pytest.mark.parametrize(
        ("style", "lines"),
        [
            ({"box_size": (60, 80)}, ["Global", "Average", "Pooling2D"]),
            ({"box_size": (60, 80), "box_text_max_lines": 2}, ["Global", "Average…"]),
            ({"box_size": (60, 80), "box_text_wrap": "none"}, ["Global Average Pooling2D"]),
            ({"box_size": (30, 80), "box_text_wrap": "chars", "box_text": "ab\n\nabcd"}, ["ab", "", "ab", "cd"]),
        ],
    )
    def test_lines(self, style, lines):
        kind = type("GlobalAveragePooling2D", (Thing,), {})
        rules = {object: {"box_orientation": "horizontal", "box_text_font_size": 9, **style}}
        assert texts(functional(Model(kind("g", (None, 4))), styles=rules, **SIMPLE)) == lines

    def test_shrinking(self):
        def sizes(**more):
            rules = {object: {"box_orientation": "horizontal", "box_size": (40, 20), "box_text_padding": 1, **more}}
            return text(functional(Model(Dense("Any", (None, 4))), styles=rules, **SIMPLE), "Dense").size

        assert 8 <= sizes() < 14
        assert sizes(box_text_autoshrink=False) == 14
        assert sizes(box_text_min_font_size=12, box_size=(10, 10)) == 12

    def test_place_of_the_text(self):
        def place(**more):
            rules = {object: {"box_orientation": "horizontal", "box_size": (200, 100), **more}}
            plate = functional(Model(Dense("a", (None, 4))), styles=rules, **SIMPLE)
            at, box = text(plate, "Dense").at, front(plate, "a")
            return at.x - box.x, at.y - box.y

        assert place()[0] == 100
        assert place(box_text_align="left")[0] == 8
        assert place(box_text_align="right", box_text_padding=(20, 3))[0] == 180
        assert place(box_text_valign="top")[1] < place()[1] < place(box_text_valign="bottom")[1]

    @pytest.mark.parametrize(
        "style",
        [
            {"box_text_align": "middle"},
            {"box_text_wrap": "word"},
            {"box_text_rotation": 45},
            {"box_text_rotation": [90]},
            {"box_text_max_lines": "two"},
            {"box_size": 3},
        ],
    )
    def test_values_that_cannot_be_used(self, style):
        with pytest.raises(WrongValueError, match=next(iter(style))):
            functional(chain(), styles={object: style}, **SIMPLE)


def path_of(words):
    from cutaway.scene import Line, Move

    return Move(words.at), Line(words.at)


class TestCollapse:
    def model(self):
        layers = [Conv2D("stem", (None, 16, 16, 8))]
        for place in range(3):
            layers += [Conv2D(f"conv{place}", (None, 16, 16, 8)), MaxPooling2D(f"pool{place}", (None, 16, 16, 8))]
        return Model(*layers, Dense("d0", (None, 9)), Dense("d1", (None, 9)), Flatten("end", (None, 9)))

    layer = {"kind": "layer", "selector": Dense, "repeat_count": 2}  # noqa: RUF012
    block = {"kind": "block", "selector": ["Conv2D", MaxPooling2D], "repeat_count": 3}  # noqa: RUF012

    def test_collapse_rules(self):
        plate = functional(self.model(), collapse_rules=[self.layer, self.block], connector_padding=0)
        assert nodes(plate) == ["stem", "conv0", "pool0", "d0", "end"]
        assert sorted(texts(plate)) == ["2x", "3x"]
        assert [fault.rule for fault in faults(plate.scene, plate.graph)] == []

    def test_collapse_enabled(self):
        assert len(nodes(functional(self.model(), collapse_rules=[self.layer], collapse_enabled=False))) == 10
        assert len(nodes(functional(self.model(), collapse_rules=[self.layer], collapse_enabled=True))) == 9

    def test_collapse_annotations(self):
        plate = functional(self.model(), collapse_rules=[self.layer, self.block], collapse_annotations=False)
        assert texts(plate) == ["2x"]

    def test_labels_and_places(self):
        above, below = (
            functional(
                self.model(), collapse_rules=[{**self.block, "label": "three times", "annotation_position": where}]
            )
            for where in ("above", "below")
        )
        assert text(above, "three times").at.y < front(above, "conv0").y
        assert text(below, "three times").at.y > front(below, "conv0").bottom

    def test_styles_of_badges_and_arrows(self):
        rules = {
            "d0": {"collapse_badge_fill": "red", "collapse_badge_font_size": 20},
            "conv0": {"collapse_annotation_color": "red", "collapse_annotation_width": 7},
        }
        plate = functional(self.model(), collapse_rules=[self.layer, self.block], styles=rules)
        assert text(plate, "2x").size == 20
        assert text(plate, "3x").fill == RED
        assert 7 in {mark.stroke.width for mark in every(plate.scene.marks) if isinstance(mark, Path) and mark.stroke}
        off = functional(self.model(), collapse_rules=[self.layer], styles={"d0": {"collapse_badge_enabled": False}})
        assert texts(off) == []

    def test_a_shaded_rectangle_goes_around_arrows_too(self):
        group = {"layers": ["conv0", "pool0"], "name": "Block"}
        plate = functional(self.model(), collapse_rules=[self.block], layered_groups=[group])
        (rectangle,) = groups(plate, "grouping")
        words = text(plate, "3x").at
        assert extent(rectangle.marks[0].segments).contains(Rect(words.x, words.y - 8, 0, 8))

    def test_a_rule_that_never_applies(self):
        with pytest.warns(CutawayWarning, match=r"collapse_rules\[0\] never applies"):
            functional(self.model(), collapse_rules=[{**self.layer, "repeat_count": 5}])

    def test_a_branch_is_no_run(self):
        with pytest.warns(CutawayWarning, match="never applies"):
            plate = functional(graph("a-b", "a-c", "b-d", "c-d"), collapse_rules=[self.layer])
        assert len(nodes(plate)) == 4

    @pytest.mark.parametrize(
        ("rules", "kind", "words"),
        [
            ({"kind": "layer"}, WrongTypeError, "collapse_rules must be a sequence"),
            (["layer"], WrongTypeError, r"collapse_rules\[0\] must be a mapping"),
            ([layer, {"kind": "row"}], WrongValueError, r"collapse_rules\[1\]: kind must be"),
            ([{**layer, "repeat_count": 1}], WrongValueError, r"collapse_rules\[0\]: repeat_count must be 2 or more"),
            ([{**layer, "repeat_count": "2"}], WrongTypeError, r"collapse_rules\[0\]: repeat_count must be an integer"),
            ([{**layer, "selector": 3}], WrongTypeError, r"collapse_rules\[0\]: selector must be"),
            ([{**block, "selector": ["a"]}], WrongValueError, r"collapse_rules\[0\]: selector must have two"),
            ([{**block, "selector": "ab"}], WrongTypeError, r"collapse_rules\[0\]: selector must be a sequence"),
            ([{**layer, "label": 3}], WrongTypeError, r"collapse_rules\[0\]: label must be a string"),
            ([{**layer, "annotation_position": "on"}], WrongValueError, r"collapse_rules\[0\]: annotation_position"),
            ([{**layer, "repeat": 2}], WrongValueError, r"collapse_rules\[0\] has an unknown key 'repeat'"),
        ],
    )
    def test_rules_that_cannot_be_used(self, rules, kind, words):
        with pytest.raises(kind, match=words) as raised:
            functional(chain(), collapse_rules=rules, collapse_enabled=False)
        assert isinstance(raised.value, ValueError | TypeError)


class TestTheWholeCall:
    def test_to_file(self, tmp_path):
        path = tmp_path / "net.png"
        image = functional_view(chain(), path)
        with Image.open(path) as stored:
            assert stored.size == image.size

    def test_ignoring(self):
        assert nodes(functional(chain(), type_ignore=[Dense], index_ignore=[0])) == ["pool", "flatten"]

    def test_own_look(self):
        assert functional_view(chain(), theme="paper").size != functional_view(chain()).size

    def test_values_of_the_graph(self):
        found = FunctionalGraph.from_model(graph("a-b", "a-c", "b-c"))
        assert {each.name: each.rank for each in found.nodes} == {"a": 0, "b": 1, "c": 2}
        assert [(each.source, each.target) for each in found.edges] == [("a", "b"), ("a", "c"), ("b", "c")]
