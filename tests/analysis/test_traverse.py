from collections import Counter
from dataclasses import replace

from hypothesis import given
from random_graphs import graphs

from cutaway.analysis.traverse import index
from cutaway.graph import Graph, Node, Scope


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
