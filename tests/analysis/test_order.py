from hypothesis import given
from random_graphs import graphs

from cutaway.analysis.traverse import circle, ordered
from cutaway.graph import Edge, Graph, Node, Port


@given(graphs())
def test_makers_stand_before_users(graph):
    order = ordered(graph)
    assert sorted(order) == sorted(node.id for node in graph.nodes)
    place = {node: number for number, node in enumerate(order)}
    assert all(place[edge.source] < place[edge.target] for edge in graph.edges)


@given(graphs())
def test_a_graph_in_order_keeps_it(graph):
    assert ordered(graph) == tuple(node.id for node in graph.nodes)


def test_nodes_on_and_behind_a_circle_have_no_place_in_the_order():
    ports = {"inputs": (Port(name="a"), Port(name="b")), "outputs": (Port(name="o"),)}
    nodes = tuple(Node(id=each, name=each, op="Add", **ports) for each in "abcd")
    edges = (
        Edge(source="a", target="b"),
        Edge(source="b", target="c"),
        Edge(source="c", target="b", target_port=1),
        Edge(source="c", target="d"),
    )
    graph = Graph(name="g", nodes=nodes, edges=edges)
    assert ordered(graph) == ("a",)
    assert circle(graph, ("a",)) == ("b", "c", "b")


def test_a_long_circle_is_told_in_part():
    ring = [f"n{number}" for number in range(20)]
    nodes = tuple(
        Node(id=each, name=each, op="Add", inputs=(Port(name="a"),), outputs=(Port(name="o"),)) for each in ring
    )
    edges = tuple(Edge(source=one, target=two) for one, two in zip(ring, [*ring[1:], ring[0]], strict=True))
    assert circle(Graph(name="g", nodes=nodes, edges=edges), ()) == ("n0", "n1", "n2", "n3", "n4", "…", "n0")
