"""Every check has a figure that keeps its rule, and a change of it that breaks the rule."""

from dataclasses import replace
from itertools import pairwise

import pytest
from small_graphs import chain, node

import cutaway
from cutaway.errors import InputError
from cutaway.faults import Fault
from cutaway.faults.fault import HARD, SOFT
from cutaway.figure import Figure
from cutaway.geometry import Point, Rect
from cutaway.graph import Edge, Graph, Kind, Output, Scope, Weight
from cutaway.linting import check, lint
from cutaway.page import Page
from cutaway.scene import Bent, Group, Hatch, Path, Rgba, Rounded, Scene, Stroke, Text
from cutaway.theme import PAPER, THEMES

SHAPE = (None, 8, 8, 16)
WIDE = (None, 8, 8, 32)


def layer(name, op, before, shape=SHAPE, inputs=1, **more):
    made = node(name, op, inputs, shape=shape, before=before.outputs[0].tensor)
    return replace(made, **more) if more else made


IMAGE = node("image", "InputLayer", 0, shape=SHAPE)
CONV = layer("conv", "Conv2D", IMAGE)
NORM = replace(layer("norm", "BatchNormalization", CONV), kind=Kind.NORMALIZATION)
ADD = layer("add", "Add", NORM, inputs=2)
LAST = layer("last", "Conv2D", ADD, shape=WIDE, attributes={**CONV.attributes, "filters": 32})
RESIDUAL = Graph(
    name="residual",
    nodes=(IMAGE, CONV, NORM, ADD, LAST),
    edges=(
        Edge(source="image", target="conv"),
        Edge(source="conv", target="norm"),
        Edge(source="norm", target="add"),
        Edge(source="image", target="add", target_port=1),
        Edge(source="add", target="last"),
    ),
    inputs=("image",),
    outputs=(Output(name="features", node="last"),),
)
SKIP = "image:0->add:1"


def figure(graph=RESIDUAL, **look):
    return cutaway.draw(graph, **look)


def changed(scene: Scene, part, ref, change) -> Scene:
    """Return a scene in which the groups of a part and reference are what `change` makes of them."""

    def walk(marks):
        for mark in marks:
            if isinstance(mark, Group):
                made = replace(mark, marks=tuple(walk(mark.marks)))
                new = change(made) if mark.part == part and ref in {mark.ref, None} else made
                if new is not None:
                    yield new
            else:
                yield mark

    return replace(scene, marks=tuple(walk(scene.marks)))


def rules(scene: Scene, graph: Graph = RESIDUAL, **more) -> set[str]:
    return {fault.rule for fault in check(scene, graph, theme=PAPER, **more)}


def without(kind):
    """Make a change that takes all marks of one type out of a group."""
    return lambda group: replace(group, marks=tuple(mark for mark in group.marks if not isinstance(mark, kind)))


def painted(**more):
    """Make a change of the first path of a group."""

    def change(group):
        place = next(place for place, mark in enumerate(group.marks) if isinstance(mark, Path))
        path = replace(group.marks[place], **more)
        return replace(group, marks=(*group.marks[:place], path, *group.marks[place + 1 :]))

    return change


def said(text):
    """Make a change of the last text of a group."""

    def change(group):
        place = max(place for place, mark in enumerate(group.marks) if isinstance(mark, Text))
        line = replace(group.marks[place], text=text)
        return replace(group, marks=(*group.marks[:place], line, *group.marks[place + 1 :]))

    return change


def changed_texts(group, texts):
    """Return a group with other texts, as many as there are given."""
    lines = [mark for mark in group.marks if isinstance(mark, Text)]
    told = [replace(line, text=text) for line, text in zip(lines, texts, strict=False)]
    return replace(group, marks=(*without(Text)(group).marks, *told))


def stroke(role):
    return Stroke(paint=f"{role}.stroke", width=PAPER.strokes.box)


@pytest.fixture(scope="module")
def scene():
    return figure().scene


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("direction", ["down", "right", "up", "left"])
def test_a_fine_figure_has_no_faults(theme, direction):
    assert lint(RESIDUAL, theme=theme, direction=direction) == ()


def test_every_rule_has_a_number_and_a_severity():
    assert not HARD.keys() & SOFT.keys()
    assert {*HARD.values(), *SOFT.values()} == set(range(1, 16))
    for rule in (*HARD, *SOFT):
        fault = Fault(rule, ("a", "b"), "message")
        assert 1 <= fault.number <= 15
        assert fault.severity == ("hard" if rule in HARD else "soft")
        assert fault.where == "a / b"


def test_a_figure_is_drawn_with_its_look_only_once():
    assert lint(figure(title="")) == lint(RESIDUAL, title="") != ()
    with pytest.raises(InputError, match="cannot lint a figure with theme, title"):
        lint(figure(), theme="dark", title="x")


def test_hard_faults_come_first(scene):
    missing = replace(changed(scene, "node", "norm", lambda _: None), title="")
    severities = [fault.severity for fault in check(missing, RESIDUAL, theme=PAPER)]
    assert severities == sorted(severities)
    assert set(severities) == {"hard", "soft"}


class TestEnds:
    def test_one_that_is_not_drawn(self, scene):
        hidden = changed(scene, "output", "features", lambda _: None)
        assert "end-not-drawn" in rules(hidden)
        assert "end-not-drawn" in rules(changed(scene, "node", "image", lambda _: None))

    def test_one_without_a_name(self, scene):
        assert rules(changed(scene, "output", "features", without(Text))) == {"end-unnamed"}
        assert rules(changed(scene, "node", "image", without(Text))) == {"end-unnamed"}

    def test_one_that_does_not_say_its_shape(self, scene):
        assert rules(changed(scene, "output", "features", said("8²×99"))) == {"end-unshaped"}
        assert {fault.rule for fault in lint(RESIDUAL, show="")} == {"end-unshaped"}

    def test_a_shape_that_is_not_known_cannot_be_said(self):
        graph = Graph(name="m", nodes=(node("x", "InputLayer", 0, shape=None),), inputs=("x",))
        assert lint(graph, show="") == ()


class TestArrows:
    def test_a_style_that_no_legend_explains(self, scene):
        dashed = Stroke(paint="edge", width=1.0, dash=(2.0, 1.0))
        odd = changed(scene, "edge", SKIP, painted(stroke=dashed))
        assert rules(odd) == {"arrow-style"}
        (fault,) = check(odd, RESIDUAL, theme=PAPER)
        assert fault.marks == (SKIP,)
        line = Path(segments=Bent((Point(10.0, 5.0), Point(18.0, 5.0)), 0.0), stroke=dashed)
        entry = Group(marks=(line,), part="legend", ref="recurrence")
        assert rules(replace(odd, marks=(*odd.marks, entry))) == set()


class TestColours:
    def test_that_of_another_kind(self, scene):
        assert rules(changed(scene, "node", "conv", painted(fill="normalization"))) == {
            "colour-not-kind",
            "legend-missing",
        }
        assert "colour-not-kind" in rules(changed(scene, "node", "conv", painted(fill="dense")))

    def test_that_of_nothing_in_the_theme(self, scene):
        own = changed(scene, "node", "conv", painted(fill=Rgba(230, 245, 230)))
        assert rules(own) == {"colour-not-bound", "legend-missing"}
        look = Path(
            segments=Rounded(Rect(1, 1, 6, 6), 2),
            fill=Rgba(230, 245, 230),
            stroke=Stroke(paint="convolution.stroke", width=0.9),
        )
        entry = Group(marks=(look,), part="legend", ref="new in this work")
        assert rules(replace(own, marks=(*own.marks, entry))) == set()

    def test_a_palette_of_another_theme(self, scene):
        odd = replace(scene, palette={**scene.palette, "convolution": "#DDEAF6"})
        assert rules(odd) == {"colour-not-bound"}

    def test_a_scale_of_numbers_instead(self):
        assert lint(RESIDUAL, color_by="macs") == ()
        assert {"colour-not-kind", "legend-missing"} <= {
            fault.rule for fault in lint(RESIDUAL, color_by="macs", legend=False)
        }

    def test_too_many(self):
        kinds = [kind for kind in Kind if kind is not Kind.INPUT]
        nodes = [replace(node(str(kind), "Thing", 0, shape=SHAPE), kind=kind) for kind in kinds]
        many = Graph(name="m", nodes=tuple(nodes))
        assert "too-many-colours" in {fault.rule for fault in lint(many)}
        few = replace(many, nodes=tuple(nodes[:8]))
        assert lint(few) == ()

    def test_two_that_look_alike(self):
        palette = {**PAPER.palette, "normalization": "#DDEBF7", "normalization.stroke": "#0072B2"}
        faults = lint(RESIDUAL, theme=replace(PAPER, palette=palette))
        assert [(fault.rule, fault.marks) for fault in faults] == [("alike-kinds", ("convolution", "normalization"))]

    def test_only_a_hatch_between_two(self):
        palette = {**PAPER.palette, "normalization": "#DDEBF7", "normalization.stroke": "#0072B2"}
        dashes = {**PAPER.dashes, "normalization": (3.0, 2.0)}
        assert lint(RESIDUAL, theme=replace(PAPER, palette=palette, dashes=dashes)) == ()

    def test_a_box_without_words(self, scene):
        assert rules(changed(scene, "node", "norm", without(Text))) == {"colour-alone"}

    def test_faint_text(self, scene):
        theme = replace(PAPER, palette={**PAPER.palette, "grey": "#9AA5B1"})
        faults = lint(RESIDUAL, theme=theme)
        assert {fault.rule for fault in faults} == {"faint-text"}
        assert "#9AA5B1 on #FFFFFF: a contrast of 2.5:1, under 4.5:1" in " ".join(fault.message for fault in faults)
        grounds = {fault.message.partition(" on ")[2][:7] for fault in faults}
        assert {"#FFFFFF", PAPER.palette["convolution"]} <= grounds

    def test_text_on_the_lines_of_a_hatch(self, scene):
        def hatched(color):
            return changed(scene, "node", "norm", painted(fill=Hatch(paint=color, ground="normalization")))

        assert "faint-text" in rules(hatched(Rgba(60, 60, 60)))
        assert "faint-text" not in rules(hatched(Rgba(230, 230, 230)))

    def test_a_faint_outline(self, scene):
        palette = {**scene.palette, "normalization.stroke": "#F0EBC0"}
        assert "faint-outline" in rules(replace(scene, palette=palette))


class TestLegend:
    def test_none(self):
        (fault,) = lint(RESIDUAL, legend=False)
        assert (fault.rule, fault.marks) == ("legend-missing", ("convolution", "normalization", "the sign '+'"))

    def test_an_entry_that_is_missing(self, scene):
        assert rules(changed(scene, "legend", "convolution", lambda _: None)) == {"legend-missing"}
        assert rules(changed(scene, "legend", "add", without(Text))) == {"legend-missing"}

    def test_an_entry_of_what_does_not_occur(self, scene):
        swatch = Path(segments=Rounded(Rect(1, 1, 6, 6), 2), fill="dense", stroke=Stroke(paint="dense.stroke", width=1))
        entry = Group(marks=(swatch,), part="legend", ref="dense")
        assert rules(replace(scene, marks=(*scene.marks, entry))) == {"legend-idle"}


def nested(calls=3, *, shared=False):
    """Return a graph with a scope of as many like layers."""
    first = node("image", "InputLayer", 0, shape=SHAPE)
    nodes, edges = [first], []
    for place in range(calls):
        owner = "block/0" if shared else f"block/{place}"
        weights = (Weight(key=f"{owner}/kernel", shape=(3, 3, 16, 16), dtype="float32", trainable=True),)
        made = layer(f"block/{place}", "Conv2D", first, scope="block", weights=weights)
        nodes.append(replace(made, layer=None if owner == made.id else owner))
        edges.append(Edge(source=nodes[-2].id, target=nodes[-1].id))
    return Graph(
        name="nested",
        nodes=tuple(nodes),
        edges=tuple(edges),
        scopes=(Scope(id="block", name="block", op="Functional"),),
        inputs=("image",),
        outputs=(Output(name="y", node=nodes[-1].id),),
    )


class TestCounts:
    @staticmethod
    def said(text, graph=None):
        graph = graph or nested()
        return rules(changed(figure(graph, depth=0).scene, "node", "block", said(text)), graph)

    def test_a_closed_model_says_how_many_layers_it_has(self):
        assert lint(nested(), depth=0) == ()

    def test_no_number(self):
        assert self.said("layers") == {"count-missing"}

    @pytest.mark.parametrize("text", ["4 layers", "× 2", "× 0", "2 calls"])
    def test_a_wrong_number(self, text):
        assert self.said(text) == {"count-wrong"}

    def test_a_literal_one(self):
        assert self.said("× 3") == set()
        assert self.said("3 calls", nested(shared=True)) == set()

    def test_a_factor_is_no_count(self):
        assert self.said("× 0.125") == {"count-missing"}

    def test_own_and_shared_weights(self):
        assert self.said("× 3", nested(shared=True)) == {"count-sharing"}
        assert self.said("3 calls") == {"count-sharing"}

    @pytest.mark.parametrize(
        ("caption", "expected"),
        [
            ("block × 3", set()),
            ("3 calls", set()),
            ("block", {"count-missing"}),
            ("block × 4", {"count-wrong"}),
            ("block × 1", {"count-wrong"}),
        ],
    )
    def test_a_block_that_is_drawn_for_several(self, caption, expected):
        graph = nested()
        scene = figure(graph).scene
        for hidden in ("block/1", "block/2"):
            scene = changed(scene, "node", hidden, lambda _: None)
        folded = changed(scene, "scope", "block", lambda group: replace(group, stands_for=("block/1", "block/2")))
        found = rules(changed(folded, "scope", "block", said(caption)), graph)
        assert {rule for rule in found if rule.startswith("count")} == expected

    def test_a_caption_counts_nothing(self):
        assert lint(RESIDUAL, captions={"stage": ("conv", "norm")}) == ()


class TestFolds:
    def test_a_silent_one(self):
        graph = nested()
        closed = figure(graph, depth=0).scene
        assert rules(closed, graph) == set()
        silent = changed(closed, "legend", "nested model, closed", lambda _: None)
        assert "silent-fold" in rules(silent, graph)

    def test_a_mark_of_an_ordinary_kind_that_stands_for_more(self, scene):
        def merged(group):
            return replace(group, stands_for=("norm", "conv:0->norm:0"))

        folded = changed(changed(scene, "node", "norm", lambda _: None), "node", "conv", merged)
        assert "silent-fold" in rules(folded)
        note = Text(at=Point(20.0, 8.0), text="Normalizations are merged.", size=6.5, face=PAPER.face)
        told = replace(folded, marks=(*folded.marks, Group(marks=(note,), part="legend")))
        assert "silent-fold" not in rules(told)
        counted = replace(folded, marks=(*folded.marks, Group(marks=(), part="legend", stands_for=("norm",))))
        assert "silent-fold" not in rules(counted)

    def test_what_is_hidden(self):
        graph = replace(RESIDUAL, nodes=(IMAGE, CONV, replace(NORM, kind=Kind.OTHER, op="Noise"), ADD, LAST))
        assert lint(graph, hide="norm") == ()
        assert "silent-fold" in {fault.rule for fault in lint(graph, hide="norm", legend=False)}


class TestEmphasis:
    """What an author marks or mutes has a look of its own, and still means its kind."""

    @pytest.mark.parametrize("theme", THEMES)
    @pytest.mark.parametrize("look", [{"highlight": "conv"}, {"mute": "conv"}, {"highlight": "norm"}, {"mute": "*"}])
    def test_some_of_a_kind(self, look, theme):
        assert lint(RESIDUAL, **look, theme=theme) == ()

    @pytest.mark.parametrize("look", [{"highlight": "conv"}, {"mute": "conv"}])
    def test_without_a_word_in_the_legend(self, look):
        assert "emphasis-unexplained" not in {fault.rule for fault in lint(RESIDUAL, **look)}
        assert "emphasis-unexplained" in {fault.rule for fault in lint(RESIDUAL, **look, legend=False)}
        assert "emphasis-unexplained" not in {fault.rule for fault in lint(RESIDUAL, legend=False)}

    def test_everything_is_highlighted(self):
        assert {fault.rule for fault in lint(RESIDUAL, highlight="*")} == {"emphasis-everywhere"}
        assert lint(RESIDUAL, highlight="kind:convolution") == ()

    def test_without_a_legend_for_the_kind(self):
        muted = figure(mute="conv").scene
        assert rules(changed(muted, "legend", "convolution", lambda _: None)) == {"legend-missing"}

    def test_in_the_colour_of_another_kind(self):
        muted = figure(mute="norm").scene
        shade = "convolution.pale"
        odd = changed(muted, "node", "norm", painted(fill=shade, stroke=Stroke(paint=f"{shade}.stroke", width=0.9)))
        palette = {**muted.palette, shade: "#EEF4FA", f"{shade}.stroke": "#80B8D8"}
        assert "colour-not-kind" in rules(replace(odd, palette=palette))


class TestSizes:
    graph = replace(
        chain("Tiny", "Middle", "Huge"),
        nodes=tuple(
            replace(one, weights=(Weight(key=f"{one.id}/kernel", shape=(size,), dtype="float32", trainable=True),))
            for one, size in zip(chain("Tiny", "Middle", "Huge").nodes, (0, 10, 1000, 100_000), strict=True)
        ),
    )

    @pytest.mark.parametrize("direction", ["down", "right"])
    def test_they_grow(self, direction):
        assert lint(self.graph, size_by="parameters", show="shapes,parameters", direction=direction) == ()

    def test_the_smaller_is_larger(self):
        sized = figure(self.graph, size_by="parameters").scene
        amounts = {"tiny_1": 10.0, "middle_2": 1000.0, "huge_3": 100_000.0}
        assert "size-not-monotone" not in rules(sized, self.graph, amounts=amounts)
        faults = check(sized, self.graph, theme=PAPER, amounts={**amounts, "tiny_1": 1e6})
        (fault,) = [fault for fault in faults if fault.rule == "size-not-monotone"]
        assert fault.marks[0] == "tiny_1"

    def test_no_word_of_it(self):
        faults = lint(self.graph, size_by="parameters", legend=False)
        assert "size-unexplained" in {fault.rule for fault in faults}


class TestPath:
    def test_a_bend(self, scene):
        def bent(group):
            line = group.marks[0]
            start, end = line.segments.points[0], line.segments.points[-1]
            middle = (start.y + end.y) / 2
            points = (start, Point(start.x, middle), Point(end.x + 9, middle), Point(end.x + 9, end.y))
            return replace(group, marks=(replace(line, segments=Bent(points, 1.0)), *group.marks[1:]))

        (fault,) = check(changed(scene, "edge", "conv:0->norm:0", bent), RESIDUAL, theme=PAPER)
        assert (fault.rule, fault.marks) == ("bent-path", ("conv:0->norm:0",))

    def test_branches_have_no_main_path(self):
        image = IMAGE
        branches = [layer(name, "Conv2D", image) for name in ("a", "b", "c")]
        join = layer("join", "Add", branches[0], inputs=3)
        graph = Graph(
            name="m",
            nodes=(image, *branches, join),
            edges=(
                *(Edge(source="image", target=one.id) for one in branches),
                *(Edge(source=one.id, target="join", target_port=place) for place, one in enumerate(branches)),
            ),
            inputs=("image",),
            outputs=(Output(name="y", node="join"),),
        )
        assert lint(graph) == ()

    def test_skips_on_both_sides_and_out_of_order(self):
        def mirrored(group):
            line, head = group.marks
            axis = line.segments.points[0].x
            points = tuple(Point(2 * axis - point.x, point.y) for point in line.segments.points)
            return replace(group, marks=(replace(line, segments=Bent(points, 4.0)), head))

        graph = two_skips()
        fine = figure(graph).scene
        assert rules(fine, graph) == set()
        assert "skips-on-both-sides" in rules(changed(fine, "edge", "n1:0->n3:1", mirrored), graph)

    def test_skips_out_of_order(self):
        def wider(group):
            line, head = group.marks
            far = max(point.x for point in line.segments.points)
            points = tuple(Point(point.x + 40 * (point.x == far), point.y) for point in line.segments.points)
            return replace(group, marks=(replace(line, segments=Bent(points, 4.0)), head))

        graph = two_skips()
        odd = replace(changed(figure(graph).scene, "edge", "n1:0->n3:1", wider), width=400.0)
        assert "skips-out-of-order" in rules(odd, graph)


def two_skips() -> Graph:
    """Return a chain with a skip around a shorter one."""
    nodes = [IMAGE]
    for place, op in enumerate(("Conv2D", "Conv2D", "Add", "Conv2D", "Add"), 1):
        nodes.append(layer(f"n{place}", op, nodes[-1], inputs=2 if op == "Add" else 1))
    edges = [Edge(source=a.id, target=b.id) for a, b in pairwise(nodes)]
    return Graph(
        name="skips",
        nodes=tuple(nodes),
        edges=(
            *edges,
            Edge(source="n1", target="n3", target_port=1),
            Edge(source="image", target="n5", target_port=1),
        ),
        inputs=("image",),
        outputs=(Output(name="y", node="n5"),),
    )


class TestWords:
    def test_a_region_without_a_caption(self):
        graph = nested()
        opened = figure(graph).scene
        assert rules(opened, graph) == set()
        assert rules(changed(opened, "scope", "block", without(Text)), graph) == {"region-without-caption"}

    def test_titles(self, scene):
        assert rules(replace(scene, title="")) == {"no-title"}
        assert rules(replace(scene, description=" ")) == {"no-description"}
        for part, ref in (("node", "conv"), ("output", "features")):
            assert rules(changed(scene, part, ref, lambda group: replace(group, title=""))) == {"mark-without-title"}

    def test_a_shape_that_is_repeated(self, scene):
        def moved(group):
            return replace(group, ref="conv:0->norm:0")

        labelled = changed(scene, "label", "last:0->features", moved)
        label = Text(at=Point(20.0, 5.0), text="8²×16", size=6.5, face=PAPER.face)
        twice = replace(labelled, marks=(*labelled.marks, Group(marks=(label,), ref="conv:0->norm:0", part="label")))
        assert "shape-repeated" in rules(twice)

    @pytest.mark.parametrize(("length", "repeats"), [(8, True), (None, False)])
    def test_an_open_length_may_have_changed(self, length, repeats):
        shape = (None, length, 16)
        image = node("image", "InputLayer", 0, shape=shape)
        conv = layer("conv", "Conv1D", image, shape=shape, attributes=LAST.attributes)
        dense = layer("dense", "Dense", conv, shape=(None, 4))
        edges = (Edge(source="image", target="conv"), Edge(source="conv", target="dense"))
        graph = Graph(name="m", nodes=(image, conv, dense), edges=edges, inputs=("image",))
        fine = figure(graph).scene
        label = Text(at=Point(20.0, 5.0), text="16", size=6.5, face=PAPER.face)
        told = replace(fine, marks=(*fine.marks, Group(marks=(label,), ref="conv:0->dense:0", part="label")))
        assert ("shape-repeated" in rules(told, graph)) == repeats

    def test_a_shape_twice_on_one_tensor(self):
        conv = layer("conv", "Conv2D", IMAGE, shape=WIDE, attributes=LAST.attributes)
        left, right = (layer(name, "BatchNormalization", conv, shape=WIDE) for name in ("left", "right"))
        graph = Graph(
            name="m",
            nodes=(IMAGE, conv, left, right),
            edges=(
                Edge(source="image", target="conv"),
                Edge(source="conv", target="left"),
                Edge(source="conv", target="right"),
            ),
            inputs=("image",),
        )
        fine = figure(graph).scene
        assert "shape-repeated" not in rules(fine, graph)
        label = Text(at=Point(20.0, 5.0), text="8²×32", size=6.5, face=PAPER.face)
        twice = replace(fine, marks=(*fine.marks, Group(marks=(label,), ref="conv:0->right:0", part="label")))
        assert "shape-repeated" in rules(twice, graph)


class TestPage:
    def test_a_figure_that_is_wider_than_its_page(self):
        drawn = figure()
        fitting = Figure(graph=RESIDUAL, view=drawn.view, theme=PAPER, page=Page(width=drawn.scene.width))
        assert rules(drawn.scene, page=fitting.page) == set()
        (fault,) = check(drawn.scene, RESIDUAL, theme=PAPER, page=Page(width=drawn.scene.width / 2))
        assert (fault.rule, fault.severity) == ("too-wide", "hard")
        assert "its smallest text would have 3.2 pt" in fault.message
        assert rules(drawn.scene, page=Page(height=50.0)) == {"too-wide"}

    def test_a_page_with_a_larger_least_size(self, scene):
        assert rules(scene, page=Page(least_size=6.5)) == set()
        assert rules(scene, page=Page(least_size=7.0)) == {"small-text"}


class TestBlocks:
    """A folded block has a look, a count and a drawing of its own; this one is put together by hand."""

    graph = nested()

    def folded(self, stands_for=("block/0", "block/1", "block/2"), texts=("Block", "× 3")):
        """Return a figure in which a block stands for the three layers."""
        closed = figure(self.graph, depth=0).scene

        def block(group):
            group = changed_texts(group, texts)
            return replace(group, ref="a block", stands_for=(*stands_for, *group.stands_for))

        return changed(closed, "node", "block", block)

    def drawing(self, scene, *blocks):
        """Add a drawing of what a block is."""
        swatch = Path(segments=Rounded(Rect(4, 4, 40, 12), 2), fill="convolution", stroke=stroke("convolution"))
        title = Text(at=Point(6, 12), text="Conv", size=6.5, face=PAPER.face)
        box = Group(marks=(swatch, title), ref="pattern 1/block/0", part="node")
        explained = Group(marks=(box,), ref="Block", part="explained", stands_for=blocks)
        entry = Path(segments=Rounded(Rect(60, 4, 8, 8), 2), fill="convolution", stroke=stroke("convolution"))
        legend = Group(marks=(entry,), ref="convolution", part="legend")
        return replace(scene, marks=(*scene.marks, explained, legend))

    def found(self, scene):
        return {fault.rule for fault in check(scene, self.graph, theme=PAPER) if fault.severity == "soft"}

    def test_a_drawing_explains_it(self):
        assert self.found(self.folded()) == {"pattern-unexplained"}
        assert self.found(self.drawing(self.folded(), "another block")) == {"pattern-unexplained"}
        assert self.found(self.drawing(self.folded(), "a block")) == set()

    def test_a_drawing_is_explained_itself(self):
        drawn = self.drawing(self.folded(), "a block")
        assert self.found(changed(drawn, "legend", "convolution", lambda _: None)) == {"legend-missing"}

    def test_it_says_how_many(self):
        assert self.found(self.drawing(self.folded(texts=("Block", "× 2")), "a block")) == {"count-wrong"}
        single = self.folded(texts=("Block", "3²"))
        assert self.found(self.drawing(single, "a block")) == set()
        assert self.found(single) == {"count-missing", "pattern-unexplained"}

    @staticmethod
    def opened(caption, stands_for=("block/1", "block/2")):
        """Return a figure of six layers: the first is drawn, in a region, for three; a closed block for the others."""
        graph = nested(6)
        graph = replace(graph, nodes=(*graph.nodes[:4], *(replace(one, scope=None) for one in graph.nodes[4:])))
        box = next(mark for mark in TestBlocks().folded().marks if isinstance(mark, Group) and mark.ref == "a block")
        box = replace(box, stands_for=("block/3", "block/4", "block/5"))
        scene = changed(figure(graph).scene, "scope", "block", said(caption))
        scene = changed(scene, "node", "block/0", lambda group: replace(group, stands_for=stands_for))
        for hidden in range(1, 6):
            scene = changed(scene, "node", f"block/{hidden}", lambda _: None)
        note = Text(at=Point(20.0, 8.0), text="folded block, × n", size=6.5, face=PAPER.face)
        scene = replace(scene, marks=(*scene.marks, box, Group(marks=(note,), part="legend")))
        return {fault.rule for fault in check(scene, graph, theme=PAPER)} - HARD.keys()

    def test_an_open_one_explains_its_likes(self):
        assert self.opened("Block × 3") == {"legend-missing"}  # of the nested model: the box has its look
        assert self.opened("Block × 1") == {"legend-missing", "pattern-unexplained", "silent-fold"}

    def test_what_is_in_an_open_one_stands_for_as_many(self):
        assert self.opened("Block × 2") == {"legend-missing", "count-wrong", "silent-fold"}


class TestReadable:
    @staticmethod
    def long(count):
        nodes = [IMAGE]
        for place in range(count):
            nodes.append(layer(f"conv{place}", "Conv2D", nodes[-1]))
        edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(nodes))
        return Graph(name="long", nodes=tuple(nodes), edges=edges, inputs=("image",))

    def test_more_boxes_than_can_be_read(self):
        assert lint(self.long(59), fold="none", simplify="none") == ()
        (fault,) = lint(self.long(60), fold="none", simplify="none")
        assert (fault.rule, fault.number) == ("crowded", 6)
        assert "61 boxes, more than 40" in fault.message

    def test_a_helper_is_smaller_than_a_layer(self, scene):
        drop = layer("drop", "Dropout", CONV, kind=Kind.REGULARIZATION)
        graph = Graph(
            name="m",
            nodes=(IMAGE, CONV, drop),
            edges=(Edge(source="image", target="conv"), Edge(source="conv", target="drop")),
            inputs=("image",),
        )
        drawn = figure(graph).scene
        assert "large-helper" not in rules(drawn, graph)

        def larger(group):
            rect = group.marks[0].segments.rect
            return painted(segments=Rounded(Rect(rect.x, rect.y, rect.width, 5 * rect.height), 3.0))(group)

        assert "large-helper" in rules(changed(drawn, "node", "drop", larger), graph)
        assert "large-helper" not in rules(changed(drawn, "node", "conv", larger), graph)

    def test_a_region_in_two_parts_has_one_caption(self):
        graph = nested()
        opened = figure(graph).scene
        region = next(mark for mark in opened.marks if isinstance(mark, Group) and mark.part == "scope")
        further = without(Text)(region)
        assert rules(replace(opened, marks=(region, further, *opened.marks[1:])), graph) == set()
