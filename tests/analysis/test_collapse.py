from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from random_graphs import graphs

from cutaway.analysis.check import check
from cutaway.analysis.collapse import close, collapse
from cutaway.analysis.traverse import index
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope, ScopePort, Tensor, Weight

depths = st.integers(0, 4)


@given(graphs())
def test_nothing_closed_is_the_graph_itself(graph):
    assert collapse(graph, None).graph == graph
    assert dict(collapse(graph, None).stands_for) == {}
    assert collapse(graph, 9).graph == graph


@given(graphs(), depths)
def test_a_collapsed_graph_is_sound(graph, depth):
    assert check(collapse(graph, depth).graph) == ()


@given(graphs(), depths)
def test_scopes_are_open_down_to_the_depth(graph, depth):
    known = index(graph)
    left = {scope.id for scope in collapse(graph, depth).graph.scopes}
    assert left == {scope.id for scope in graph.scopes if len(known.enclosing(scope.id)) < depth}


@given(graphs(), depths)
def test_every_id_is_accounted_for_once(graph, depth):
    collapsed = collapse(graph, depth)
    original = [each.id for each in (*graph.nodes, *graph.edges, *graph.scopes)]
    shown = [each.id for each in (*collapsed.graph.nodes, *collapsed.graph.edges, *collapsed.graph.scopes)]
    edges = {edge.id for edge in collapsed.graph.edges}
    told = [each for each in shown if each not in edges or each not in collapsed.stands_for]
    hidden = [each for ids in collapsed.stands_for.values() for each in ids]
    assert Counter(told) + Counter(hidden) == Counter(original)
    assert set(collapsed.stands_for) <= set(shown)


@given(graphs(), depths)
def test_every_flow_over_a_border_is_kept(graph, depth):
    collapsed = collapse(graph, depth)
    owner = {node: scope for scope, ids in collapsed.stands_for.items() for node in ids}
    expected = {(owner.get(e.source, e.source), owner.get(e.target, e.target)) for e in graph.edges}
    joined = {(edge.source, edge.target) for edge in collapsed.graph.edges}
    assert joined == {(source, target) for source, target in expected if source != target}


def encoder():
    """Return a model with a scope that is fed once, is read twice inside, and gives two tensors."""
    tensor = Tensor(shape=(None, 4), dtype="float32")
    one, out = (Port(name="inputs", tensor=tensor),), (Port(name="output", tensor=tensor),)
    kernel = Weight(key="k", shape=(4, 4), dtype="float32", trainable=True)
    nodes = (
        Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=out, weights=()),
        Node(id="e/a", name="a", op="Dense", inputs=one, outputs=out, weights=(kernel,), trainable=True, scope="e"),
        Node(id="e/b", name="b", op="Dense", inputs=one, outputs=out, weights=(kernel,), trainable=False, scope="e"),
        Node(id="y", name="y", op="Add", inputs=one * 2, outputs=out, weights=()),
    )
    edges = (
        Edge(source="x", target="e/a"),
        Edge(source="x", target="e/b"),
        Edge(source="e/a", target="y"),
        Edge(source="e/b", target="y", target_port=1),
    )
    scope = Scope(
        id="e",
        name="e",
        op="Functional",
        inputs=(ScopePort(name="i", tensor=tensor, ends=(PortRef("e/a", 0), PortRef("e/b", 0))),),
        outputs=(
            ScopePort(name="a", tensor=tensor, ends=(PortRef("e/a", 0),)),
            ScopePort(name="b", tensor=tensor, ends=(PortRef("e/b", 0),)),
        ),
        attributes={"dtype": "float32"},
    )
    outputs = (Output(name="y", node="y"), Output(name="b", node="e/b"))
    return Graph(name="net", nodes=nodes, edges=edges, scopes=(scope,), inputs=("x",), outputs=outputs)


def test_a_closed_scope_has_the_scopes_ports_and_its_weights_once():
    collapsed = collapse(encoder(), 0)
    closed = collapsed.graph.nodes[1]
    assert (closed.id, closed.op, closed.kind, closed.attributes) == (
        "e",
        "Functional",
        Kind.OTHER,
        {"dtype": "float32"},
    )
    assert [port.name for port in closed.inputs] == ["i"]
    assert [port.name for port in closed.outputs] == ["a", "b"]
    assert closed.inputs[0].tensor.shape == (None, 4)
    assert [weight.key for weight in closed.weights] == ["k"]
    assert closed.trainable is True
    assert [edge.id for edge in collapsed.graph.edges] == ["x:0->e:0", "e:0->y:0", "e:1->y:1"]
    assert collapsed.graph.outputs[1] == Output(name="b", node="e", port=1)
    assert collapsed.stands_for == {
        "e": ("e/a", "e/b"),
        "x:0->e:0": ("x:0->e/a:0", "x:0->e/b:0"),
        "e:0->y:0": ("e/a:0->y:0",),
        "e:1->y:1": ("e/b:0->y:1",),
    }


def test_a_flow_that_no_port_names_gets_one():
    graph = encoder()
    bare = replace(graph, scopes=(replace(graph.scopes[0], inputs=(), outputs=()),))
    closed = close(bare, ["e"]).graph
    assert check(closed) == ()
    assert [edge.id for edge in closed.edges] == ["x:0->e:0", "e:0->y:0", "e:1->y:1"]


def test_two_sources_at_one_port_stay_two_flows():
    graph = encoder()
    nodes = (*graph.nodes, replace(graph.nodes[0], id="x2", name="x2"))
    edges = (graph.edges[0], replace(graph.edges[1], source="x2"), *graph.edges[2:])
    closed = collapse(replace(graph, nodes=nodes, edges=edges, inputs=("x", "x2")), 0).graph
    assert check(closed) == ()
    assert [edge.id for edge in closed.edges][:2] == ["x:0->e:0", "x2:0->e:1"]


def test_unknown_weights_stay_unknown():
    graph = encoder()
    nodes = tuple(replace(node, weights=None) if node.id == "e/b" else node for node in graph.nodes)
    assert collapse(replace(graph, nodes=nodes), 0).graph.nodes[1].weights is None
