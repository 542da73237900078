"""What lines look like: the option `lines` of the blocks view."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import chain, graphs, node

from cutaway.faults import faults
from cutaway.graph import Edge, Graph
from cutaway.page import Page
from cutaway.record import replace
from cutaway.scene import Curve, Group, Line
from cutaway.theme import PAPER
from cutaway.typed import parts
from cutaway.views.blocks import Blocks
from cutaway.views.option import LineName

KINDS = parts(LineName)
DIRECTIONS = ("down", "up", "right", "left")


def skipping():
    """Return a chain with a long skip, which leads around a box."""
    graph = chain("Dense", "Conv2D", "Dense", "Add")
    ports = graph.nodes[-1].inputs * 2
    nodes = (*graph.nodes[:-1], replace(graph.nodes[-1], inputs=ports))
    return replace(graph, nodes=nodes, edges=(*graph.edges, Edge(source="dense_1", target="add_4", target_port=1)))


def line_of_the_skip(kind, direction="down"):
    """Return the segments of the line that leads around."""
    scene = Blocks(lines=kind, direction=direction)(skipping(), PAPER, Page())
    groups = [mark for mark in scene.marks if isinstance(mark, Group) and mark.ref == "dense_1:0->add_4:1"]
    assert len(groups) == 1
    return list(groups[0].marks[0].segments) if groups[0].marks else []


def bends(segments):
    return [segment for segment in segments if isinstance(segment, Curve)]


def slants(segments):
    """Return how many straight stretches are neither level nor upright."""
    points = [segment.to for segment in segments]
    ends = [(a, b) for (a, b), segment in zip(pairwise(points), segments[1:], strict=True) if isinstance(segment, Line)]
    return sum(abs(a.x - b.x) > 0.1 and abs(a.y - b.y) > 0.1 for a, b in ends)


@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")  # drawn shapes do not fit the operations
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "none"])
@settings(max_examples=25)
@given(graph=graphs(), direction=st.sampled_from(DIRECTIONS))
def test_no_line_runs_through_anything(kind, graph, direction):
    assert faults(Blocks(lines=kind, direction=direction)(graph, PAPER, Page()), graph) == ()


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_bends_are_the_wider_the_more_a_kind_is_bent(direction):
    def widest(kind):
        segments = line_of_the_skip(kind, direction)
        return max(
            abs(segment.to.x - before.to.x) for before, segment in pairwise(segments) if isinstance(segment, Curve)
        )

    assert widest("rounded") < widest("swung") < widest("curved") + 0.01


def test_corners_are_cut():
    segments = line_of_the_skip("cut")
    assert not bends(segments)
    assert slants(segments) == 3
    assert slants(line_of_the_skip("rounded")) == 0


def test_lines_are_straight_where_nothing_lies_between():
    nodes = [node("input", "InputLayer", 0), node("left", "Dense", 1), node("right", "Dense", 1), node("sum", "Add", 2)]
    edges = [("input", "left", 0), ("input", "right", 0), ("left", "sum", 0), ("right", "sum", 1)]
    graph = Graph(
        name="diamond",
        nodes=tuple(nodes),
        edges=tuple([Edge(source=one, target=other, target_port=port) for one, other, port in edges]),
        inputs=("input",),
    )
    scene = Blocks(lines="straight")(graph, PAPER, Page())
    lines = [mark.marks[0] for mark in scene.marks if isinstance(mark, Group) and mark.part == "edge"]
    assert [slants(list(line.segments)) for line in lines] == [1, 1, 1, 1]


@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")  # as above
@settings(max_examples=25)
@given(graph=graphs(), direction=st.sampled_from(DIRECTIONS))
def test_lines_are_straight_as_a_whole_or_not_at_all(graph, direction):
    marks = Blocks(lines="straight", direction=direction)(graph, PAPER, Page()).marks
    lines = [mark.marks[0].segments for mark in marks if isinstance(mark, Group) and mark.part == "edge"]
    assert all(len(line) == 2 or not slants(line) for line in lines)
    assert not any(bends(line) for line in lines)


def test_there_are_no_lines():
    scene = Blocks(lines="none")(skipping(), PAPER, Page())
    assert line_of_the_skip("none") == []
    assert {fault.rule for fault in faults(scene, skipping())} == {"missing"}


def test_boxes_stand_where_they_stand_with_other_lines():
    def boxes(kind):
        scene = Blocks(lines=kind)(skipping(), PAPER, Page())
        return [mark for mark in scene.marks if isinstance(mark, Group) and mark.part == "node"]

    assert all(boxes(kind) == boxes("rounded") for kind in KINDS)
