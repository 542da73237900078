"""Names of inputs, outputs and regions, and what is shared."""

import pytest

import cutaway
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Scope, Weight
from cutaway.record import replace
from cutaway.views import VIEWS
from cutaway.views.naming import border_names, captions, output_key, repeated_ids, shared_ids, sharing, terminal_names


def layer(name: str, key: str = "", op: str = "Dense", scope: str | None = None) -> Node:
    weights = (Weight(key=key, shape=(2,), dtype="float32", trainable=True),) if key else None
    ports = (Port(name="output"),)
    return Node(id=name, name=name.rpartition("/")[2], op=op, outputs=ports, weights=weights, scope=scope)


def test_calls_of_one_layer_are_shared():
    graph = Graph(name="m", nodes=(layer("a"), layer("a#2"), layer("b"), layer("c#7x")))
    assert repeated_ids(graph) == shared_ids(graph) == {"a", "a#2"}


def test_equal_weights_are_shared_wherever_they_are():
    outer, inner = (
        Scope(id="outer", name="outer", op="Functional"),
        Scope(id="outer/e", name="e", op="M", parent="outer"),
    )
    again = Scope(id="e", name="e", op="M")
    nodes = (
        layer("outer/e/d", "w", scope="outer/e"),
        layer("outer/x", "v", scope="outer"),
        layer("e/d", "w", scope="e"),
    )
    graph = Graph(name="m", nodes=nodes, scopes=(outer, inner, again))
    assert repeated_ids(graph) == {"outer/e", "e", "outer/e/d", "e/d"}
    assert shared_ids(graph) == {"outer/e", "e"}
    assert captions(graph, shared_ids(graph)) == {"outer": "outer", "outer/e": "e, shared", "e": "e, shared"}


def test_a_model_that_only_holds_another_is_not_its_twin():
    outer, inner = Scope(id="o", name="o", op="Functional"), Scope(id="o/i", name="i", op="Functional", parent="o")
    graph = Graph(name="m", nodes=(layer("o/i/d", "w", scope="o/i"),), scopes=(outer, inner))
    assert repeated_ids(graph) == frozenset()


def test_outputs_of_one_name_are_numbered():
    twice = replace(layer("lstm", op="LSTM"), outputs=(Port(name="a"), Port(name="b")))
    outputs = (Output(name="lstm", node="lstm"), Output(name="lstm", node="lstm", port=1), Output(name="x", node="x"))
    graph = Graph(name="m", nodes=(twice, layer("x")), edges=(Edge(source="lstm", target="x"),), outputs=outputs)
    assert terminal_names(graph) == {output_key(0): "lstm (1)", output_key(1): "lstm (2)"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_tensor_that_is_given_twice_has_two_names(view):
    outputs = (Output(name="y", node="y"), Output(name="y", node="y"))
    graph = Graph(name="m", nodes=(replace(layer("y"), outputs=(Port(name="a"),)),), outputs=outputs)
    boxes = next(cutaway.draw(graph, view=view).diagrams).boxes
    assert [box.lines[0].text for box in boxes[1:]] == ["y (1)", "y (2)"]


@pytest.mark.parametrize(
    ("name", "op", "shown"),
    [("fc8", "Dense", "output"), ("dense_3", "Dense", "output"), ("add2", "Add", "output"), ("fc", "Add", None)],
)
def test_a_lone_output_with_a_numbered_name_is_the_output(name, op, shown):
    node = replace(layer(name, op=op), kind=Kind.DENSE if op == "Dense" else Kind.MERGE)
    graph = Graph(name="m", nodes=(node,), outputs=(Output(name=name, node=name),))
    assert terminal_names(graph) == ({output_key(0): shown} if shown else {})


def test_borders_of_scopes_say_what_they_are():
    step = Scope(id="td", name="td", op="TimeDistributed")
    part = Scope(id="p", name="p", op="Functional")
    nodes = (
        layer("td/in", op="InputLayer", scope="td"),
        layer("td/d", scope="td"),
        layer("td/inner", op="TimeDistributed", scope="td"),
        layer("td/td", op="TimeDistributed", scope="td"),
        layer("p/unused", op="InputLayer", scope="p"),
        replace(layer("x", op="InputLayer"), kind=Kind.INPUT),
        layer("plain", op="TimeDistributed"),
    )
    graph = Graph(name="m", nodes=nodes, scopes=(step, part), inputs=("x",))
    assert border_names(graph) == {"td/in": "each time step", "td/td": "all time steps", "p/unused": "input unused"}
    assert captions(graph, frozenset())["td"] == "td, for each time step"
    wrapping = {"layer": {"class_name": "Sequential", "config": {"name": "inner"}}}
    named = replace(graph, scopes=(replace(step, attributes=wrapping), part))
    assert captions(named, frozenset())["td"] == "td, for each time step"  # as there is a box of that name
    named = replace(named, nodes=tuple([each for each in nodes if each.name != "inner"]))
    assert captions(named, frozenset({"td"}))["td"] == "td, inner for each time step, shared"
    assert captions(named, frozenset(), frozenset({"td"}), classed=True) == {
        "td": "td, TimeDistributed(inner), flow not known",
        "p": "p",
    }
    untold = replace(part, op="Layer")
    assert captions(replace(graph, scopes=(untold,)), frozenset(), classed=True) == {"p": "p"}


def test_names_do_not_repeat_that_of_the_model_where_each_is_its_own():
    scope = Scope(id="net_stem", name="net_stem", op="Functional")
    nodes = (replace(layer("net_x", op="InputLayer"), kind=Kind.INPUT), layer("net_y"), layer("net_z"), layer("z"))
    outputs = tuple(Output(name=name, node=name) for name in ("net_y", "net_z", "z"))
    graph = Graph(name="net", nodes=nodes, scopes=(scope,), inputs=("net_x",), outputs=outputs)
    assert terminal_names(graph) == {"net_x": "x", output_key(0): "y"}
    assert captions(graph, frozenset()) == {"net_stem": "stem"}


def test_what_is_shared_by_layers_that_read_otherwise_says_with_which():
    first = replace(layer("e", "w", op="ReversibleEmbedding"), kind=Kind.EMBEDDING)
    again = replace(first, id="e#2", layer="e")
    back = replace(first, id="e#3", layer="e", attributes={"call": {"reverse": True}})
    graph = Graph(name="m", nodes=(first, again, back, layer("d")))
    assert sharing(graph, shared_ids(graph)) == {"e": "shared", "e#2": "shared", "e#3": "shared with Embedding"}
