"""Where nobody knows how the data flows: what stands unconnected though it is not known to be so."""

import pytest
from hypothesis import given
from small_graphs import chain, graphs, node

from cutaway.analysis.loose import is_told_by_weights, loose
from cutaway.graph import Edge, Graph, Kind, Output, Scope, Weight
from cutaway.record import replace

DENSE = node("d", "Dense", 0)
PART = Scope(id="part", name="part", op="Mine")


def inner(name, inputs=0, scope="part"):
    return node(f"{scope}/{name}", "Dense", inputs, scope=scope)


def untraced():
    """Return a model of which the flow is not known, but in a part: a chain."""
    edge = Edge(source="part/a", target="part/b")
    return Graph(name="m", nodes=(inner("a", 1), inner("b", 1), DENSE), edges=(edge,), scopes=(PART,))


def with_a_part(*nodes):
    """Return a chain around a part, which holds `nodes` beside the one that the chain leads through."""
    chained = chain("Dense")
    edges = (Edge(source="input", target="part/it"), Edge(source="part/it", target="dense_1"))
    first, last = chained.nodes
    return replace(chained, nodes=(first, inner("it", 1), *nodes, last), edges=edges, scopes=(PART,))


@given(graphs())
def test_models_with_inputs_are_connected(graph):
    assert loose(graph) == frozenset()


def test_a_chain_in_an_unconnected_part_does_not_connect_the_part():
    assert loose(untraced()) == {None}


def test_what_stands_beside_a_model_is_loose_in_it():
    whole = chain("Dense", "Dense")
    assert loose(replace(whole, nodes=(*whole.nodes, DENSE))) == {None}


def test_a_part_that_data_flows_through_is_loose_within():
    assert loose(with_a_part()) == frozenset()
    assert loose(with_a_part(inner("a"))) == {"part"}


def test_what_is_alone_needs_no_connection():
    assert loose(Graph(name="m", nodes=(DENSE,))) == frozenset()
    two = replace(DENSE, id="e"), DENSE
    assert loose(Graph(name="m", nodes=two)) == {None}
    outputs = tuple(Output(name=each.name, node=each.id) for each in two)
    assert loose(Graph(name="m", nodes=two, outputs=outputs)) == frozenset()


def test_what_was_given_something_is_no_layer_of_unknown_flow():
    given_two = node("a", "Dense", 1), node("b", "Dense", 1)
    unused = replace(node("x", "InputLayer", 0), kind=Kind.INPUT)
    assert loose(Graph(name="m", nodes=(*given_two, unused), inputs=("x",))) == frozenset()


def test_parts_without_lines_to_each_other_are_loose():
    other = Scope(id="other", name="other", op="Sequential")
    graph = replace(untraced(), scopes=(PART, other))
    chained = (inner("a", 1, "other"), inner("b", 1, "other"))
    edges = (*graph.edges, Edge(source="other/a", target="other/b"))
    assert loose(replace(graph, nodes=(*graph.nodes[:2], *chained), edges=edges)) == {None}


@pytest.mark.parametrize(("attributes", "expected"), [({}, True), ({"units": 2}, False)])
def test_layers_that_only_weights_tell_of(attributes, expected):
    weight = Weight(key="d/0", shape=(2,), dtype="float32", trainable=None)
    told = replace(DENSE, weights=(weight,), attributes=attributes)
    assert is_told_by_weights(Graph(name="m", nodes=(told, replace(told, id="e")))) == expected
    assert not is_told_by_weights(Graph(name="m", nodes=(replace(told, weights=()),)))
    assert not is_told_by_weights(chain("Dense"))
