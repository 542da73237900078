"""The numbers by name: of nodes, of scopes, in all; and "at least" where a part is unknown."""

from itertools import pairwise

import pytest
from hypothesis import given
from random_graphs import graphs
from work_done import steps

from cutaway.analysis.measures import MEASURES, Amount, Measures, Unit, measured
from cutaway.errors import InputError
from cutaway.graph import Edge, Graph, Kind, Node, Port, Scope, Tensor, Weight
from cutaway.record import replace
from cutaway.sources.attributes import plain


def dense(name, key, scope=None, units=4):
    tensor = Port(name="o", tensor=Tensor(shape=(None, units), dtype="float32"))
    kernel = Weight(key=f"{key}/kernel", shape=(4, units), dtype="float32", trainable=key != "frozen")
    return Node(
        id=name,
        name=name,
        op="Dense",
        inputs=(replace(tensor, name="inputs"),),
        outputs=(tensor,),
        attributes=plain({"units": units, "dtype": "float32"}),
        weights=(kernel,),
        trainable=True,
        scope=scope,
    )


def network(*more):
    x = Node(
        id="x",
        name="x",
        op="InputLayer",
        kind=Kind.INPUT,
        outputs=(Port(name="o", tensor=Tensor(shape=(None, 4), dtype="float32")),),
        weights=(),
    )
    nodes = (x, dense("a", "a"), dense("s/b", "b", "s"), dense("s/t/a", "a", "t"), dense("f", "frozen"), *more)
    edges = tuple(Edge(source=one.id, target=two.id) for one, two in pairwise(nodes))
    scopes = (Scope(id="s", name="s", op="Functional"), Scope(id="t", name="t", op="Functional", parent="s"))
    return Graph(name="g", nodes=nodes, edges=edges, scopes=scopes, inputs=("x",))


MYSTERY = Node(id="m", name="m", op="Mystery", inputs=(Port(name="i"),), outputs=(Port(name="o"),))


def test_a_shared_weight_counts_once_and_its_work_each_time():
    measures = Measures(network())
    assert measures["parameters"].total() == Amount(value=48)
    assert measures["parameters"]["s"] == Amount(value=32)
    assert measures["parameters"]["s/t/a"] == measures["parameters"]["t"] == Amount(value=16)
    assert measures["trainable"].total() == Amount(value=32)
    assert measures["non_trainable"].total() == Amount(value=16)
    assert measures["weight_memory"].total() == Amount(value=192)
    assert measures["macs"].total() == Amount(value=64)
    assert measures["macs"]["s"] == Amount(value=32)
    assert measures["flops"].total() == Amount(value=128)
    assert measures["memory"].total() == Amount(value=80)


def test_what_is_unknown_makes_a_total_at_least():
    measures = Measures(network(MYSTERY))
    assert measures["parameters"]["m"] == Amount(value=None, exact=False)
    assert measures["macs"]["m"] == Amount(value=None, exact=False)
    assert measures["parameters"].total() == Amount(value=48, exact=False)
    assert measures["macs"].total() == Amount(value=64, exact=False)
    assert measures["memory"].total() == Amount(value=80, exact=False)


def test_of_lengths_the_largest_counts():
    sizes = Measures(_images())["receptive_field"]
    assert sizes["c"] == Amount(value=5, axes=(3, 5))
    assert sizes.total() == Amount(value=5, axes=(3, 5))
    assert Measures(network())["receptive_field"].total() == Amount(axes=())


def _images():
    tensor = Port(name="o", tensor=Tensor(shape=(None, 8, 8, 3), dtype="float32"))
    x = Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(tensor,))
    settings = plain({"filters": 3, "kernel_size": [3, 5], "padding": "same", "data_format": "channels_last"})
    c = Node(id="c", name="c", op="Conv2D", inputs=(tensor,), outputs=(tensor,), attributes=settings, trainable=True)
    return Graph(name="g", nodes=(x, c), edges=(Edge(source="x", target="c"),), inputs=("x",))


def test_every_measure_has_a_name_a_title_and_a_unit():
    assert [*MEASURES] == [each.name for each in MEASURES.values()]
    assert all(each.title and each.unit in Unit for each in MEASURES.values())
    for name in MEASURES:
        assert measured(network(), name).total() == Measures(network())[name].total()


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="cannot measure 'speed': choose from parameters, trainable"):
        Measures(network())["speed"]
    with pytest.raises(KeyError):
        Measures(network())["macs"]["nobody"]


@given(graphs())
def test_a_scope_has_the_total_of_what_is_in_it(graph):
    measures = Measures(_weighted(graph))
    for name in MEASURES:
        found = measures[name]
        for scope in graph.scopes:
            inside = [node.id for node in graph.nodes if _lies_in(graph, node.scope, scope.id)]
            assert found[scope.id] == found.total(inside)
            known = [found[node].value for node in inside if found[node].value is not None]
            if name in {"macs", "memory"}:
                assert found[scope.id].value == (sum(known) if known or not inside else None)


def _weighted(graph):
    """Return a graph with a weight in each node, some of them shared, some known in one place and not in another."""
    nodes = []
    for place, node in enumerate(graph.nodes):
        key = place % 5
        shape = (key, None if place % 7 == 0 else 2)
        dtype, trainable = ("float32", "float16", None)[key % 3], (True, False, None)[place % 4 % 3]
        weight = Weight(key=f"w{key}", shape=shape, dtype=dtype, trainable=trainable)
        nodes.append(replace(node, weights=(weight,) if place % 11 else node.weights))
    return replace(graph, nodes=tuple(nodes))


def test_scopes_that_lie_nowhere_have_their_amounts_too():
    lost = tuple(replace(scope, parent="t" if scope.id == "s" else "s") for scope in network().scopes)
    graph = replace(network(), scopes=lost)
    assert Measures(graph)["parameters"]["s"] == Amount(value=32)


def test_models_deep_in_each_other_are_counted_in_few_steps():
    """Each weight is looked at once, and not once for each of the scopes around it."""
    few, many = (steps(lambda size=size: Measures(_deep(size))["parameters"]["s0"]) for size in (100, 400))
    assert many < 6 * few


def _deep(size):
    scopes = tuple(Scope(id=f"s{n}", name="s", op="Model", parent=f"s{n - 1}" if n else None) for n in range(size))
    nodes = tuple(dense(f"d{n}", f"d{n}", f"s{n}") for n in range(size))
    return Graph(name="g", nodes=nodes, scopes=scopes)


def _lies_in(graph, scope, wanted):
    parents = {each.id: each.parent for each in graph.scopes}
    while scope is not None and scope != wanted:
        scope = parents[scope]
    return scope == wanted
