"""Many lines find room at one side of a glyph, in every direction."""

import pytest

from cutaway.faults import faults
from cutaway.fit.looks import scaled
from cutaway.graph import Edge, Graph, Node, Output, Port, Tensor
from cutaway.page import Page
from cutaway.scene import Group
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks

TENSOR = Tensor(shape=(None, 8))


def many(count, op):
    """Return a graph in which `count` inputs lead into one node and `count` outputs come out of it."""
    ports = tuple(Port(name=str(place), tensor=TENSOR) for place in range(count))
    inputs = [Node(id=f"x{place}", name=f"x{place}", op="InputLayer", outputs=ports[:1]) for place in range(count)]
    outputs = ports if op != "Add" else ports[:1]
    return Graph(
        name="many",
        nodes=(*inputs, Node(id="m", name="m", op=op, inputs=ports, outputs=outputs)),
        edges=tuple(Edge(source=f"x{place}", target="m", target_port=place) for place in range(count)),
        outputs=tuple(Output(name=f"y{place}", node="m", port=place) for place in range(len(outputs))),
    )


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
@pytest.mark.parametrize("op", ["Add", "Mine"])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 20])
@pytest.mark.parametrize("least", [6.0, 16.0])
def test_lines_arrive_and_leave_side_by_side(direction, op, count, least):
    graph, page = many(count, op), Page(least_size=least)
    scene = Blocks(direction=direction)(graph, scaled(PAPER, 1.0, 1.0, page), page)
    assert faults(scene, graph) == ()


def test_a_merge_of_few_stays_a_circle():
    def size(count):
        scene = Blocks(direction="right")(many(count, "Add"), PAPER, Page())
        (merge,) = (mark for mark in scene.marks if isinstance(mark, Group) and (mark.part, mark.ref) == ("node", "m"))
        xs = [segment.to.x for segment in merge.marks[0].segments if hasattr(segment, "to")]
        ys = [segment.to.y for segment in merge.marks[0].segments if hasattr(segment, "to")]
        return max(xs) - min(xs), max(ys) - min(ys)

    assert size(3)[0] == pytest.approx(size(3)[1])
    assert size(9)[1] > 4 * size(9)[0]
