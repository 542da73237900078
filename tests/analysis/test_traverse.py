from collections import Counter
from dataclasses import replace

from hypothesis import given
from random_graphs import graphs

from cutaway.analysis.traverse import index
from cutaway.graph import Edge, Graph, Node, Port, Scope


@given(graphs())
def test_makers_stand_before_users(graph):
    order = index(graph).order
    assert sorted(order) == sorted(node.id for node in graph.nodes)
    place = {node: number for number, node in enumerate(order)}
    assert all(place[edge.source] < place[edge.target] for edge in graph.edges)


@given(graphs())
def test_a_graph_in_order_keeps_it(graph):
    assert index(graph).order == tuple(node.id for node in graph.nodes)


@given(graphs())
def test_every_edge_is_found_from_both_ends(graph):
    known = index(graph)
    assert Counter(edge for edges in known.outgoing.values() for edge in edges) == Counter(graph.edges)
    assert Counter(edge for edges in known.incoming.values() for edge in edges) == Counter(graph.edges)
    for edges in known.incoming.values():
        assert [edge.target_port for edge in edges] == list(range(len(edges)))


@given(graphs())
def test_scopes_enclose_what_is_inside_them(graph):
    known = index(graph)
    for scope in graph.scopes:
        for node in known.inside(scope.id):
            assert scope.id in known.enclosing(node)
        for below in known.below(scope.id):
            assert scope.id in known.enclosing(below)
    assert Counter(known.inside(None)) == Counter(node.id for node in graph.nodes)
    assert all(
        set(known.enclosing(node.id)) == {s.id for s in graph.scopes if node.id in known.inside(s.id)}
        for node in graph.nodes
    )


def test_nodes_on_and_behind_a_circle_have_no_place_in_the_order():
    ports = {"inputs": (Port(name="a"), Port(name="b")), "outputs": (Port(name="o"),)}
    nodes = tuple(Node(id=each, name=each, op="Add", **ports) for each in "abcd")
    edges = (
        Edge(source="a", target="b"),
        Edge(source="b", target="c"),
        Edge(source="c", target="b", target_port=1),
        Edge(source="c", target="d"),
    )
    assert index(Graph(name="g", nodes=nodes, edges=edges)).order == ("a",)


def test_ten_thousand_scopes_deep_is_no_recursion():
    scopes = tuple(
        Scope(id=f"s{level}", name="s", op="Functional", parent=f"s{level - 1}" if level else None)
        for level in range(10_000)
    )
    graph = Graph(name="g", nodes=(Node(id="n", name="n", op="Dense", scope="s9999"),), scopes=scopes)
    known = index(graph)
    assert known.inside("s0") == ("n",)
    assert len(known.enclosing("n")) == 10_000


def test_scopes_in_a_circle_end():
    scopes = (Scope(id="a", name="a", op="M", parent="b"), Scope(id="b", name="b", op="M", parent="a"))
    known = index(Graph(name="g", nodes=(Node(id="n", name="n", op="Dense", scope="a"),), scopes=scopes))
    assert set(known.enclosing("n")) == {"a", "b"}
    assert known.below("a") == ("b",)
    assert known.below(None) == ()
    assert index(replace(known.graph, scopes=())).enclosing("n") == ()
