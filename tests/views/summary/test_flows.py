from hypothesis import given
from hypothesis import strategies as st
from random_graphs import graphs
from small_graphs import chain

from cutaway.analysis.collapse import collapse
from cutaway.graph import Edge, Graph, Node, Port
from cutaway.views.summary.flows import Flows, is_chain
from cutaway.views.summary.tree import tree


def sources(graph: Graph, depth: int | None) -> dict[str, tuple[str, ...]]:
    shown = tree(graph, depth)
    flows = Flows(graph, shown)
    return {entry.id: flows.sources(entry) for entry in shown.entries}


@given(graphs(), st.sampled_from([0, 1]))
def test_closed_models_are_connected_as_in_a_figure(graph, depth):
    closed = collapse(graph, depth).graph
    outputs = {node.id: len(node.outputs) for node in closed.nodes}
    found = sources(graph, depth)
    for node in closed.nodes:
        edges = sorted((edge for edge in closed.edges if edge.target == node.id), key=lambda edge: edge.target_port)
        names = [f"{edge.source}:{edge.source_port}" if outputs[edge.source] > 1 else edge.source for edge in edges]
        assert list(dict.fromkeys(found[node.id])) == list(dict.fromkeys(names))


@given(graphs())
def test_a_model_is_connected_alike_whether_open_or_closed(graph):
    opened, closed = sources(graph, None), sources(graph, 0)
    for scope in graph.scopes:
        if scope.parent is None:
            shown = tree(graph, 0)
            bare = [name.rpartition(":")[0] or name for name in opened[scope.id]]
            closed_bare = [name.partition(":")[0] for name in closed[scope.id]]
            assert {shown.visible(name) for name in bare} == set(closed_bare)


def test_the_same_input_twice_is_said_twice():
    graph = chain("Dense", "Add")
    twice = Graph(
        name="twice",
        nodes=graph.nodes,
        edges=(*graph.edges, Edge(source="dense_1", target="add_2", target_port=1)),
        inputs=graph.inputs,
    )
    assert sources(twice, None)["add_2"] == ("dense_1", "dense_1")


def test_a_name_that_looks_like_a_port_is_told_with_its_own():
    nodes = (
        Node(id="a", name="a", op="LSTM", outputs=(Port(name="0"), Port(name="1"))),
        Node(id="a:1", name="a:1", op="Dense", outputs=(Port(name="0"),)),
        Node(id="b", name="b", op="Add", inputs=(Port(name="0"), Port(name="1"))),
    )
    edges = (Edge(source="a", source_port=1, target="b"), Edge(source="a:1", target="b", target_port=1))
    assert sources(Graph(name="g", nodes=nodes, edges=edges), None)["b"] == ("a:1", "a:1:0")


def test_a_chain_is_one():
    graph = chain("Conv2D", "Dense")
    assert is_chain(graph)
    assert is_chain(Graph(name="unknown flow", nodes=graph.nodes))


def test_a_branch_is_no_chain():
    graph = chain("Conv2D", "Dense", "Add")
    skip = Edge(source="conv2d_1", target="add_3", target_port=1)
    assert not is_chain(Graph(name="skip", nodes=graph.nodes, edges=(*graph.edges, skip)))


def test_a_step_that_takes_another_output_or_one_twice_is_no_chain():
    graph = chain("LSTM", "Add")
    other = Edge(source="lstm_1", source_port=1, target="add_2")
    again = Edge(source="lstm_1", target="add_2", target_port=1)
    assert not is_chain(Graph(name="state", nodes=graph.nodes, edges=(graph.edges[0], other)))
    assert not is_chain(Graph(name="twice", nodes=graph.nodes, edges=(*graph.edges, again)))


def test_two_pieces_are_no_chain():
    graph = chain("Conv2D", "Dense", "Add")
    assert not is_chain(Graph(name="pieces", nodes=graph.nodes, edges=(graph.edges[0], graph.edges[2])))
