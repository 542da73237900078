"""Folding what has nothing in common is work in proportion to its size."""

import paper_models
from small_graphs import node
from work_done import steps

from cutaway import draw
from cutaway.analysis.reduction import Reducing, reduced
from cutaway.graph import Edge, Graph, Output
from cutaway.views.block_words import description
from cutaway.views.explaining.origins import origins_of


def unlike(count: int, inputs: int = 1) -> Graph:
    """Return a model of `count` different operations in a row, of which every seventh reads one before it too."""
    names = [f"in{place}" for place in range(inputs)]
    nodes = [node(name, "InputLayer", 0, shape=(None, 8)) for name in names]
    edges = []
    for place in range(count):
        sources = [nodes[-1].id, *([nodes[-5].id] if place % 7 == 6 else []), *(names if place == 0 else ())]
        nodes.append(node(f"part{place // 50}_layer{place}", f"Op{place}", len(sources), shape=(None, 8)))
        edges += [Edge(source=source, target=nodes[-1].id, target_port=port) for port, source in enumerate(sources)]
    output = Output(name="out", node=nodes[-1].id)
    return Graph(name="unlike", nodes=tuple(nodes), edges=tuple(edges), inputs=tuple(names), outputs=(output,))


def test_different_operations_folded_into_few_boxes_take_steps_in_proportion():
    draw(unlike(20)).mermaid()  # modules are loaded once
    one, three = (steps(lambda count=count: draw(unlike(count)).mermaid()) for count in (500, 1500))
    assert three < 3.5 * one


def test_finding_where_tensors_come_from_takes_steps_in_proportion():
    def work(count: int) -> int:
        found = reduced(unlike(count), Reducing(most=4))
        return steps(lambda: origins_of(found, {}))

    assert work(1500) < 3.5 * work(500)


def test_a_description_lists_no_more_kinds_than_anybody_reads():
    said = description(unlike(5000, inputs=100))
    assert len(said) < 4000
    assert said.count("and 40 more to") == 1
    assert said.endswith("and 4940 more kinds.")
    assert "more" not in description(paper_models.resnet())
