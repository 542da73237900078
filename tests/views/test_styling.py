"""Chosen nodes: what selectors, styles, captions and notes make of a figure, and that none makes a hard fault."""

from contextlib import suppress
from itertools import pairwise

import paper_models
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import chain, graphs, node

from cutaway.analysis.reduction import Reducing, reduced
from cutaway.colors import contrast
from cutaway.errors import CutawayWarning, InputError
from cutaway.faults import faults
from cutaway.graph import Edge, Graph, Output, Scope
from cutaway.page import Page
from cutaway.scene import Group, Hatch, Path, Rgba, Scene, Text
from cutaway.style import PATTERNS, Style
from cutaway.style.values import WORDS
from cutaway.theme import PAPER, THEMES
from cutaway.views.blocks import Blocks


def draw(graph: Graph, theme=PAPER, **options) -> Scene:
    scene = Blocks(**options)(graph, theme, Page())
    assert faults(scene, graph) == ()
    return scene


def groups(scene: Scene, part: str) -> dict[str, Group]:
    return {mark.ref: mark for mark in scene.marks if isinstance(mark, Group) and mark.part == part}


def marks_of(*marks):
    for mark in marks:
        if isinstance(mark, Group):
            yield from marks_of(*mark.marks)
        else:
            yield mark


def texts(*marks) -> list[str]:
    return [mark.text for mark in marks_of(*marks) if isinstance(mark, Text)]


def box(scene: Scene, name: str) -> Path:
    return groups(scene, "node")[name].marks[0]


def color(scene: Scene, paint) -> str:
    paint = paint.ground if isinstance(paint, Hatch) else paint
    assert not isinstance(paint, Rgba)
    return scene.palette[paint]


def legend(scene: Scene) -> list[str]:
    return texts(groups(scene, "legend")[""])


SELECTORS = ("n1*", "Conv2D", "kind:merge", "kind:regularization or kind:reshape", "in:*", "not n2", "*", "/[13579]$/")
colors = st.sampled_from([None, "#000", "#ffffff", "#777777", "#d62728", "navy", "gold"])
given_styles = st.builds(
    Style,
    fill=colors,
    stroke=colors,
    pattern=st.sampled_from([None, *PATTERNS]),
    label=st.sampled_from([None, "label", "a label that is long enough to wrap\nand has a second line"]),
    note=st.sampled_from(
        [None, "a note", "a note that is rather long, so that it is set in several lines beside a box"]
    ),
    visibility=st.sampled_from([None, None, "hidden", "shown"]),
    emphasis=st.sampled_from([None, *WORDS["emphasis"]]),
)
chosen = st.sampled_from([None, *SELECTORS])
views = st.builds(
    Blocks,
    direction=st.sampled_from(["down", "up", "right", "left"]),
    depth=st.sampled_from([None, 0, 1]),
    color_by=st.sampled_from([None, None, "parameters"]),
    numbers=st.booleans(),
    highlight=chosen,
    mute=chosen,
    hide=chosen,
    style=st.dictionaries(st.sampled_from(SELECTORS), given_styles, max_size=3),
    notes=st.dictionaries(st.sampled_from(SELECTORS), st.sampled_from(["note", "one\ntwo"]), max_size=2),
)


@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")  # what selects nothing, what cannot be hidden
@settings(max_examples=60)
@given(graphs(), views, st.sampled_from(sorted(THEMES)))
def test_no_choice_makes_a_hard_fault(graph, view, theme):
    scene = view(graph, THEMES[theme], Page())
    assert faults(scene, graph) == ()
    assert _least_contrast(scene) >= 4.5


def _least_contrast(scene: Scene) -> float:
    """Return the least contrast of a text in a box and its ground, and of the text and the lines of a hatch there."""
    found = [21.0]
    for group in (*groups(scene, "node").values(), *groups(scene, "output").values()):
        outline, *others = group.marks
        inks = [color(scene, mark.fill) for mark in others if isinstance(mark, Text)]
        grounds = [color(scene, outline.fill)]
        if isinstance(outline.fill, Hatch) and outline.fill.paint.startswith("style."):
            grounds.append(scene.palette[outline.fill.paint])
        found += [contrast(ink, ground) for ink in inks for ground in grounds]
    return min(found)


@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")
@settings(max_examples=60)
@given(graphs(), st.sets(st.integers(0, 13), min_size=1), st.sampled_from([None, 0]), st.booleans())
def test_no_region_makes_a_hard_fault(graph, places, depth, across):
    names = [graph.nodes[place % len(graph.nodes)].id for place in sorted(places)]
    view = Blocks(captions={"Region": names}, depth=depth, direction="right" if across else "down")
    scene = None
    with suppress(InputError):
        scene = view(graph, PAPER, Page())
    assert scene is None or faults(scene, graph) == ()


@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")
@settings(max_examples=30)
@given(
    st.sampled_from([paper_models.bert, paper_models.gpt2]),
    st.integers(0, 10_000),
    st.integers(1, 4),
    st.sampled_from(["down", "right"]),
)
def test_no_region_in_an_open_block_makes_a_hard_fault(model, start, count, direction):
    graph = model()
    opened = [block for block in reduced(graph, Reducing()).blocks.values() if block.is_open]
    inside = [node for block in opened for node in block.nodes] or [node.id for node in graph.nodes]
    chosen = [inside[(start + place) % len(inside)] for place in range(count)]
    with suppress(InputError):
        scene = Blocks(captions={"Region": chosen}, direction=direction)(graph, PAPER, Page())
        assert faults(scene, graph) == ()


CHAIN = chain("Conv2D", "Dropout", "Dense")


def test_what_is_highlighted_stands_out_and_the_rest_recedes():
    plain, scene = draw(CHAIN), draw(CHAIN, highlight="Conv2D")
    strong, pale = box(scene, "conv2d_1"), box(scene, "dense_3")
    assert strong.stroke.width > 2 * box(plain, "conv2d_1").stroke.width
    assert color(scene, strong.fill) == PAPER.palette["convolution"]
    page = PAPER.palette["page"]
    assert contrast(color(scene, pale.fill), page) < contrast(PAPER.palette["dense"], page)
    assert contrast(color(scene, pale.stroke.paint), page) < contrast(PAPER.palette["dense.stroke"], page)
    assert "Strong outlines are highlighted, pale boxes are the rest." in legend(scene)
    lines = {ref: group.marks[0].stroke.paint for ref, group in groups(scene, "edge").items()}
    assert lines["input:0->conv2d_1:0"] == "edge"
    assert lines["conv2d_1:0->dropout_2:0"] == "edge"
    assert lines["dropout_2:0->dense_3:0"] == "edge.pale"


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_pale_lines_are_still_seen(theme):
    scene = draw(CHAIN, THEMES[theme], mute="*")
    assert contrast(scene.palette["edge.pale"], scene.palette["page"]) >= 3.0


def test_muted_nodes_recede_alone():
    scene = draw(CHAIN, mute="Dense")
    assert color(scene, box(scene, "conv2d_1").fill) == PAPER.palette["convolution"]
    assert box(scene, "dense_3").fill == "dense.pale"
    assert "Pale boxes are left in the background." in legend(scene)


def test_a_style_can_leave_a_node_as_usual():
    scene = draw(CHAIN, highlight="Conv2D", style={"Dense": {"emphasis": "none"}})
    assert box(scene, "dense_3").fill == "dense"


def test_hidden_nodes_are_accounted_for_and_edges_go_through():
    scene = draw(CHAIN, hide="Dropout")
    assert "dropout_2" not in groups(scene, "node")
    through = groups(scene, "edge")["conv2d_1:0->dense_3:0"]
    assert set(through.stands_for) == {"conv2d_1:0->dropout_2:0", "dropout_2", "dropout_2:0->dense_3:0"}
    assert "Not shown: 1 Dropout; lines go through." in legend(scene)


def test_a_hidden_output_lets_its_mark_follow_what_is_before():
    scene = draw(CHAIN, hide=["Dense", "Dropout"])
    line = groups(scene, "edge")["conv2d_1:0->dense_3"]
    assert "dense_3" in line.stands_for
    assert "dense_3" in groups(scene, "output")


def test_inputs_stay():
    with pytest.warns(CutawayWarning, match="'input' is shown though it was to be hidden: a figure shows all inputs"):
        scene = draw(CHAIN, hide="kind:input")
    assert "input" in groups(scene, "node")


def test_visibility_hides_and_shows():
    style = {"kind:regularization": {"visibility": "hidden"}, "dropout_2": {"visibility": "shown"}}
    assert "dropout_2" in groups(draw(CHAIN, style=style), "node")
    assert "dropout_2" not in groups(draw(CHAIN, style=dict(reversed(style.items()))), "node")


def test_a_fill_replaces_the_colour_of_the_kind_and_has_its_own_entry():
    scene = draw(CHAIN, style={"dense*": "#123"})
    assert color(scene, box(scene, "dense_3").fill) == "#112233"
    ink = groups(scene, "node")["dense_3"].marks[1].fill
    assert contrast(scene.palette[ink], "#112233") > 4.5
    assert legend(scene)[:3] == ["convolution", "regularization", "dense*"]


def test_a_style_of_a_kind_keeps_one_entry():
    scene = draw(CHAIN, style={"kind:dense": "stroke:red,pattern:diagonal"})
    assert box(scene, "dense_3").stroke.paint == "dense.marked.0.stroke"
    assert isinstance(box(scene, "dense_3").fill, Hatch)
    assert color(scene, box(scene, "dense_3").fill) == PAPER.palette["dense"]
    assert legend(scene)[:3] == ["convolution", "dense", "regularization"]


def test_a_mark_over_some_of_a_kind_has_an_entry_beside_the_kind():
    scene = draw(chain("Dense", "Dense"), style={"dense_2": "stroke:red,legend:the head"})
    assert legend(scene)[:2] == ["dense", "the head"]


def test_later_styles_win_property_by_property():
    scene = draw(CHAIN, style={"*": "fill:white,stroke:red", "dense*": "fill:black"})
    assert color(scene, box(scene, "dense_3").fill) == "#000000"
    assert color(scene, box(scene, "dense_3").stroke.paint) == "#FF0000"


def test_a_label_replaces_what_the_box_says():
    scene = draw(CHAIN, style={"dense*": {"label": "Head\nof ten classes"}, "dropout*": "label:drop"}, show=("names",))
    assert texts(groups(scene, "node")["dense_3"]) == ["Head", "of ten classes", "dense_3"]
    assert texts(groups(scene, "node")["dropout_2"]) == ["drop", "dropout_2"]


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
def test_a_note_stands_beside_its_node(direction):
    scene = draw(CHAIN, notes={"Dense": "a note\nin two lines"}, direction=direction)
    assert texts(groups(scene, "note")["dense_3"]) == ["a note", "in two lines"]
    assert groups(scene, "note")["dense_3"].title == "a note in two lines"


def nested() -> Graph:
    nodes = [node("input", "InputLayer", 0, shape=(None, 10))]
    names = ("before", "model/a", "model/b", "after")
    nodes += [node(name, "Dense", 1, shape=(None, 10), scope="model" if "/" in name else None) for name in names]
    return Graph(
        name="nested",
        nodes=tuple(nodes),
        edges=tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(nodes)),
        scopes=(Scope(id="model", name="model", op="Functional"),),
        inputs=("input",),
        outputs=(Output(name="after", node="after"),),
    )


def test_choices_inside_a_closed_box():
    graph = nested()
    scene = draw(graph, depth=0, highlight="model/a", notes={"model/b": "inside"}, style={"model/a": "red"})
    assert box(scene, "model").fill == "nested.strong"  # only a part of it is red
    assert texts(groups(scene, "note")["model"]) == ["model/b only: inside"]
    assert box(draw(graph, depth=0, style={"in:model": "red"}), "model").fill == "style.0"
    hidden = draw(graph, depth=0, hide="model")
    assert set(groups(hidden, "edge")["before:0->after:0"].stands_for) >= {"model", "model/a", "model/b"}


def test_a_nested_model_whose_nodes_are_hidden_goes_too():
    scene = draw(nested(), hide="in:model")
    assert groups(scene, "scope") == {}
    assert "model" in groups(scene, "edge")["before:0->after:0"].stands_for


def test_regions_have_captions_and_lie_in_each_other():
    scene = draw(nested(), captions={"All": "not kind:input", "Head": ["model", "after"], "Inner": "model/b"})
    found = groups(scene, "region")
    assert {ref: texts(group) for ref, group in found.items()} == {
        "/All": ["All"],
        "/Head": ["Head"],
        "/Inner": ["Inner"],
    }
    assert found["/All"].stands_for == ("before", "after", "model")
    assert found["/Head"].stands_for == ("after", "model")
    assert found["/Inner"].stands_for == ("model/b",)
    assert set(groups(scene, "scope")) == {"model"}


PARTED = (
    "a region is one piece, and no edge connects 'after' with 'before' inside of it; choose what lies between too"
    " ('model/a', 'model/b'), or give parts captions of their own"
)


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ("before or after", PARTED),
        ("before or model/a", "it holds a part of 'model' only, not 'model/b'; choose all of it, or none"),
    ],
)
def test_what_is_no_region(selector, words):
    with pytest.raises(InputError) as caught:
        draw(nested(), captions={"Part": selector})
    assert str(caught.value) == f"cannot draw the region 'Part': {words}"


def test_a_region_that_data_leaves_and_enters_again():
    graph = chain("Conv2D", "Dense", "Dense")
    skip = Edge(source="conv2d_1", target="dense_3", target_port=1)
    graph = Graph(name="m", nodes=graph.nodes, edges=(*graph.edges, skip), inputs=graph.inputs, outputs=graph.outputs)
    with pytest.raises(InputError, match="data leaves it and comes back through 'dense_2'; choose these too"):
        draw(graph, captions={"Part": ["conv2d_1", "dense_3"]})


def test_what_selects_nothing_warns_and_is_not_drawn():
    with pytest.warns(CutawayWarning, match="captions='nothing' selects nothing in 'chain'"):
        scene = draw(CHAIN, captions={"Part": "nothing"})
    assert groups(scene, "region") == {}


@pytest.mark.parametrize("fill", ["#767676", "#777777", "#787878"])
def test_text_is_readable_over_a_hatch_on_a_fill_that_leaves_it_little_room(fill):
    scene = draw(CHAIN, style={"*": Style(fill=fill, pattern="diagonal")})
    assert _least_contrast(scene) >= 4.5


REPEATS = chain(*(("Conv2D", "Dropout", "Dense") * 6), "Reshape")
"""Six equal blocks, which a figure of few boxes draws as one."""


def folded(**options) -> tuple[dict[str, Group], Scene]:
    scene = draw(REPEATS, most=4, simplify="none", **options)
    return groups(scene, "node"), scene


def holders(nodes: dict[str, Group], node: str) -> list[str]:
    """Return the boxes that draw a node, or stand for it."""
    return [name for name, group in nodes.items() if node in (name, *group.stands_for)]


@pytest.mark.parametrize(
    "selector",
    [
        "conv2d_7",
        "/^conv2d_7$/",
        {"name": "conv2d_7"},
        lambda node: node.name == "conv2d_7",
        "kind:convolution and conv2d_7",
    ],
)
def test_a_box_that_holds_what_is_highlighted_stands_out(selector):
    nodes, scene = folded(highlight=selector)
    strong = [name for name, group in nodes.items() if str(group.marks[0].fill).endswith(".strong")]
    assert strong == holders(nodes, "conv2d_7")
    assert any("hold what is highlighted" in text for text in legend(scene))


def test_a_note_goes_to_the_box_that_stands_for_its_node():
    nodes, scene = folded(notes={"dense_9": "the third"})
    assert list(groups(scene, "note")) == holders(nodes, "dense_9")


def test_what_is_hidden_goes_before_anything_is_folded():
    nodes, scene = folded(hide="dropout_5")
    assert len(nodes) > len(folded()[0])  # one block is not like the others now
    assert any("Not shown: 1 Dropout" in text for text in legend(scene))
    nodes, scene = folded(hide="op:Dropout")
    assert not [name for name in nodes if "dropout" in name]


def test_a_style_is_that_of_what_others_are_merged_into():
    graph = chain("Conv2D", "BatchNormalization", "Dense")
    asked = {"kind:convolution": Style(fill="#123456")}
    scene = draw(graph, simplify=("normalizations",), style=asked)
    nodes = groups(scene, "node")
    assert "batchnormalization_2" in nodes["conv2d_1"].stands_for
    assert scene.palette[nodes["conv2d_1"].marks[0].fill] == "#123456"
