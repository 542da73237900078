"""Hidden nodes leave a sound graph in which everything is accounted for."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import graphs

from cutaway.analysis.accounts import output_line
from cutaway.analysis.check import check
from cutaway.analysis.hide import hide
from cutaway.graph import Edge, Graph, Node, Output, Port, Scope
from cutaway.record import replace

PLACES = st.sets(st.integers(0, 11))


def chosen(graph: Graph, places: set[int]) -> list[str]:
    return [node.id for place, node in enumerate(graph.nodes) if place in places]


@settings(max_examples=150)
@given(graphs(), PLACES)
def test_nothing_is_lost_and_nothing_invented(graph, places):
    names = chosen(graph, places)
    found = hide(graph, names)
    left, told = found.collapsed.graph, found.collapsed.stands_for
    shown = {node.id for node in left.nodes}
    assert shown == {node.id for node in graph.nodes} - {node.id for node in found.nodes}
    assert set(names) - {node.id for node in found.nodes} == set(found.kept)
    lines = {edge.id for edge in left.edges} | {output_line(output) for output in left.outputs}
    assert set(told) <= shown | lines
    everything = {each.id for part in (graph.nodes, graph.edges, graph.scopes) for each in part}
    accounted = {each for ids in told.values() for each in ids}
    drawn = shown | {edge.id for edge in left.edges} | {scope.id for scope in left.scopes}
    assert everything - drawn <= accounted <= everything
    assert [output.name for output in left.outputs] == [output.name for output in graph.outputs]


@settings(max_examples=150)
@given(graphs(), PLACES)
def test_what_is_left_is_sound_and_data_flows_as_before(graph, places):
    found = hide(graph, chosen(graph, places))
    left = found.collapsed.graph
    ends = {node.id for node in left.nodes}
    assert all({edge.source, edge.target} <= ends for edge in left.edges)
    assert len({(edge.target, edge.target_port) for edge in left.edges}) == len(left.edges)
    for node in left.nodes:
        assert _before(left, node.id) == _before(graph, node.id) & ends


def _before(graph: Graph, node: str) -> set[str]:
    found, waiting = set(), [node]
    while waiting:
        each = waiting.pop()
        for edge in graph.edges:
            if edge.target == each and edge.source not in found:
                found.add(edge.source)
                waiting.append(edge.source)
    return found


def test_hiding_nothing_changes_nothing():
    graph = model("a b c")
    found = hide(graph, ())
    assert found.collapsed.graph == graph
    assert found.collapsed.stands_for == {}


def model(path: str, *edges: Edge, scope: str | None = None) -> Graph:
    names = path.split()
    nodes = [
        Node(id=name, name=name, op="Dense", inputs=(Port(name="x"),) * bool(place), outputs=(Port(name="y"),))
        for place, name in enumerate(names)
    ]
    chain = [Edge(source=a, target=b) for a, b in pairwise(names)]
    outputs = (Output(name="out", node=names[-1]),)
    return Graph(name="m", nodes=tuple(nodes), edges=(*chain, *edges), outputs=outputs)


def test_a_hidden_join_gives_its_target_a_port_for_each_tensor():
    graph = model("a b join c", Edge(source="a", target="join", target_port=1))
    left = hide(graph, ["join"]).collapsed.graph
    assert {edge.id for edge in left.edges} == {"a:0->b:0", "b:0->c:0", "a:0->c:1"}
    assert len(left.nodes[-1].inputs) == 2
    assert check(left) == ()


def test_what_joins_tensors_into_an_output_stays():
    graph = model("a b join", Edge(source="a", target="join", target_port=1))
    found = hide(graph, ["join"])
    assert found.collapsed.graph == graph
    assert found.kept == {"join": "an output of the model needs one place that it comes from"}


def test_what_touches_nothing_shown_stays():
    graph = Graph(name="m", nodes=(Node(id="a", name="a", op="Dense"),))
    assert hide(graph, ["a"]).kept == {"a": "it is connected to nothing that is shown"}


def test_dead_ends_are_told_of_by_their_neighbours():
    graph = model("a b c", Edge(source="b", target="end"), Edge(source="constant", target="c", target_port=1))
    more = [
        Node(id="end", name="end", op="Dense", inputs=(Port(name="x"),)),
        Node(id="constant", name="constant", op="Constant", outputs=(Port(name="y"),)),
    ]
    graph = Graph(name="m", nodes=(*graph.nodes, *more), edges=graph.edges, outputs=graph.outputs)
    told = hide(graph, ["end", "constant"]).collapsed.stands_for
    assert dict(told) == {"b": ("end", "b:0->end:0"), "c": ("constant", "constant:0->c:1")}


def test_a_scope_goes_with_the_last_node_in_it():
    nodes = [Node(id="a", name="a", op="Dense"), Node(id="s/b", name="b", op="Dense", scope="s/t")]
    nodes.append(Node(id="c", name="c", op="Dense"))
    edges = (Edge(source="a", target="s/b"), Edge(source="s/b", target="c"))
    scopes = (Scope(id="s", name="s", op="Model"), Scope(id="s/t", name="t", op="Model", parent="s"))
    found = hide(Graph(name="m", nodes=tuple(nodes), edges=edges, scopes=scopes), ["s/b"])
    assert found.collapsed.graph.scopes == ()
    assert {"s", "s/t", "s/b"} <= set(found.collapsed.stands_for["a:0->c:0"])


def test_a_kept_node_is_a_place_that_what_follows_may_come_from():
    graph = model("a b join last", Edge(source="a", target="join", target_port=1))
    graph = replace(graph, outputs=(Output(name="early", node="join"), *graph.outputs))
    found = hide(graph, ["join", "last"])
    assert list(found.kept) == ["join"]
    assert found.collapsed.graph.outputs[-1] == Output(name="out", node="join")
