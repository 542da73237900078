"""The `volumes` view: every graph whole and without a hard fault, volumes as large as what they stand for."""

import sys
from itertools import pairwise
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import layers
from small_graphs import chain, graphs
from volume_marks import IMAGES, NODES, draw, front, groups, node, paths, size, skipping, texts
from volume_marks import extent as extent_of

from cutaway.faults import faults
from cutaway.graph import Edge, Output
from cutaway.page import Page
from cutaway.record import replace
from cutaway.theme import PAPER
from cutaway.views.volumes import Volumes

LOOKS = (
    {},
    {"flat": True},
    {"reversed": True},
    {"direction": "left"},
    {"rotation": 35.0},
    {"rotation": -35.0},
    {"funnels": True, "arrows": False},
    {"text": "name_shape"},
    {"text": "type", "text_position": "above"},
    {"text": "name_shape", "text_position": "above", "flat": True},
    {"text": "shape", "text_position": "above", "direction": "left"},
    {"text": "shape", "text_position": "above", "rotation": 35.0},
    {"spacing": 20.0, "gap": 30.0, "one_dim": "z"},
)


@settings(max_examples=80)
@given(graph=graphs() | layers(), look=st.sampled_from(LOOKS))
def test_every_graph_is_whole_and_has_no_hard_fault(graph, look):
    assert faults(Volumes(**look)(graph, PAPER, Page()), graph) == ()


@settings(max_examples=15)
@given(graph=graphs() | layers(), place=st.sampled_from([{"width": "8.5cm"}, {"width": "17cm"}, {"page": "slide"}]))
def test_every_graph_is_whole_on_a_page(graph, place):
    assert faults(draw(graph, **place), graph) == ()


@pytest.mark.parametrize(("look", "sign"), [({}, 1), ({"reversed": True}, -1), ({"rotation": -30.0}, -1)])
def test_what_is_nearer_is_painted_over_what_lies_behind(look, sign):
    scene = draw(IMAGES, **look)
    painted = [group.ref for group in groups(scene.marks) if group.part == "node"]
    assert painted == list(NODES[::sign])
    places = [front(scene, name)[0] for name in NODES]
    assert places == sorted(places)


def test_a_flow_to_the_left():
    places = [front(draw(IMAGES, direction="left"), name)[0] for name in NODES]
    assert places == sorted(places, reverse=True)


def test_neighbours_of_one_size_nearly_touch_and_all_others_have_one_gap():
    scene = draw(IMAGES)
    assert front(scene, "conv2d_3")[0] - front(scene, "maxpooling2d_2")[2] == pytest.approx(1.6)
    apart = [pair for pair in pairwise(NODES) if pair != ("maxpooling2d_2", "conv2d_3")]
    gaps = [
        extent_of(paths(node(scene, two))[0])[0] - extent_of(paths(node(scene, one))[0])[2] for one, two in apart[:3]
    ]
    assert gaps == [pytest.approx(gaps[0])] * 3
    assert min(gaps) > 9


def test_a_skip_leads_from_top_to_top_with_the_size_on_it():
    graph = skipping()
    scene = draw(graph)
    assert faults(scene, graph) == ()
    line = next(group for group in groups(scene.marks) if group.ref == "conv2d_1:0->conv2d_3:1")
    left, top, right, _ = extent_of(paths(line)[0])
    assert top < min(front(scene, "conv2d_1")[1], front(scene, "conv2d_3")[1])
    assert left < front(scene, "conv2d_1")[2] + 30
    assert right > front(scene, "conv2d_3")[0]
    assert "64²×16" in texts(scene)


def test_what_is_on_two_skips_of_one_tensor_stands_on_each():
    whole = ((None, 64, 64, 16), (None, 32, 32, 16), (None, 64, 64, 16), (None, 32, 32, 16), (None, 64, 64, 16))
    graph = chain("Conv2D", "Add", "Conv2D", "Concatenate", shapes=whole)
    skips = [Edge(source="input", target=each, target_port=1) for each in ("add_2", "concatenate_4")]
    graph = replace(graph, edges=(*graph.edges, *skips))
    scene = draw(graph)
    assert {"64²×16", "copy 64²×16"} <= set(texts(scene))
    assert faults(scene, graph) == ()


def test_captions_stand_below_funnels():
    graph = chain("Add", "Add", shapes=((None, None, 64), (None, None, 64), (None, 8, 8, 16)))
    assert faults(draw(graph, funnels=True), graph) == ()


@settings(max_examples=60)
@given(graph=graphs() | layers(), arrows=st.booleans())
def test_funnels_and_lines_without_heads_leave_words_and_lines_apart(graph, arrows):
    assert faults(Volumes(funnels=True, arrows=arrows)(graph, PAPER, Page()), graph) == ()


def test_captions_say_sizes_and_channels_once():
    said = texts(draw(IMAGES))
    for words in ("64²", "16", "32²", "16 → 64", "65536", "10"):
        assert words in said
    assert said.count("64²") == 1


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((None, None, None, 3), ["?×?", "3"]),
        ((None, "T", 512), ["T × 512"]),
        ((None, 20, 512), ["20 × 512"]),
        ((None, None), ["?"]),
        (None, ["?"]),
    ],
)
def test_what_is_not_known_is_said_to_be(shape, words):
    said = texts(draw(chain("Conv2D", "Conv2D", shapes=(shape, shape, shape))))
    assert all(word in said for word in words)


@settings(max_examples=20)
@given(
    small=st.integers(1, 300),
    more=st.integers(0, 300),
    mode=st.sampled_from(["natural", "accurate", "balanced", "capped", "logarithmic", "relative"]),
)
def test_what_is_larger_is_never_drawn_smaller(small, more, mode):
    shapes = ((None, 8, 8, 1), (None, small, small, small), (None, small + more, small + more, small + more))
    scene = draw(chain("Conv2D", "Conv2D", shapes=shapes), sizing=mode)
    one, two = size(scene, "conv2d_1"), size(scene, "conv2d_2")
    assert one[0] <= two[0] + 1e-6
    assert one[1] <= two[1] + 1e-6


def test_a_run_that_is_too_long_for_a_page_is_smaller_or_goes_on_in_another():
    wide = draw(IMAGES, legend=False, title="")
    narrow = draw(IMAGES, legend=False, title="", width=0.7 * wide.width)
    assert size(narrow, "conv2d_3")[0] < size(wide, "conv2d_3")[0]
    long = chain(
        *["Conv2D", "MaxPooling2D"] * 8, shapes=tuple((None, 2 + x // 2, 2 + x // 2, 64) for x in range(17, 0, -1))
    )
    scene = draw(long, width="8.5cm")
    assert scene.width <= 241.5
    rows = {round(front(scene, each.id)[1] + size(scene, each.id)[1] / 2) for each in long.nodes}
    assert len(rows) > 1
    assert faults(scene, long) == ()


def test_the_blocks_view_needs_nothing_of_it():
    found = "[name for name in sys.modules if '.volumes' in name or 'cuboid' in name]"
    code = f"import sys, cutaway.views.blocks; print({found})"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_what_stands_alone_is_said_once():
    said = texts(draw(chain("Conv2D", shapes=((None, 64, 64, 3), (None, 32, 32, 16)))))
    assert said.count("64²×3") == 1
    assert "64²" not in said


def test_outputs_are_named_above_without_a_line():
    scene = draw(IMAGES)
    assert any(group.part == "output" for group in groups(scene.marks))
    assert not [group for group in groups(scene.marks) if group.part == "edge" and group.ref.endswith("->dense_5")]


@pytest.mark.parametrize("look", [look for look in LOOKS if "text_position" not in look])
def test_an_output_of_what_is_left_out_is_whole(look):
    graph = chain("Add", "Dropout", shapes=((None, 10),) * 3)
    assert faults(Volumes(**look)(graph, PAPER, Page()), graph) == ()


@given(graph=graphs() | layers(), look=st.sampled_from(LOOKS))
def test_an_input_that_is_an_output_too_has_a_line_to_that(graph, look):
    given = graph.inputs[:1] or (graph.nodes[0].id,)
    graph = replace(graph, inputs=given, outputs=(Output(name="passed on", node=given[0]), *graph.outputs))
    scene = Volumes(**look)(graph, PAPER, Page())
    lines = [group.ref for group in groups(scene.marks) if group.part == "edge"]
    assert f"{given[0]}:0->passed on" in lines
    assert faults(scene, graph) == ()


def test_volumes_grow_with_the_type_of_a_slide():
    slide, usual = (draw(IMAGES, **place) for place in ({"page": "slide"}, {}))
    fronts = [front(slide, name) for name in NODES]
    assert max(right for _, _, right, _ in fronts) - min(left for left, _, _, _ in fronts) > 0.4 * slide.width
    assert all(size(slide, name)[1] > 1.5 * size(usual, name)[1] for name in NODES)
