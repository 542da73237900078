"""Compositions: what stands on lines."""

from small_graphs import node

from cutaway.graph import Edge, Graph
from cutaway.record import replace
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks
from cutaway.views.composition import Composition, arranged, drawn

ONE, TWO, OTHER = (
    Edge(source="a", target="b"),
    Edge(source="a", target="b", target_port=1),
    Edge(source="a", target="c"),
)


def composed(**labels: str) -> Composition:
    """Return a composition in which one tensor is read three times, two times by one node, with labels on its edges."""
    nodes = (node("a", "InputLayer", 0), node("b", "Add", 2), node("c", "Dense", 1))
    graph = Graph(name="twice", nodes=nodes, edges=(ONE, TWO, OTHER), inputs=("a",))
    view = Blocks(simplify=False)
    composition, _ = view.composed(view.prepared(graph), PAPER)
    edges = {"one": ONE, "two": TWO, "other": OTHER}
    return replace(composition, labels={edges[name].id: text for name, text in labels.items()})


def labels(composition: Composition) -> dict[str, str]:
    marks = drawn(composition, arranged(composition))
    return {mark.ref: mark.marks[0].text for mark in marks if getattr(mark, "part", "") == "label"}


def test_lines_of_one_tensor_are_labelled_once():
    assert labels(composed(one="8 × 8", two="8 × 8", other="8 × 8")) == {ONE.id: "8 × 8"}


def test_a_label_may_be_on_any_of_them():
    assert labels(composed(other="8 × 8")) == {OTHER.id: "8 × 8"}


def test_labels_that_differ_all_stand_there():
    assert labels(composed(two="left", one="8 × 8", other="left")) == {ONE.id: "8 × 8, left"}
