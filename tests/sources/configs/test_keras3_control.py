"""Operations that call layers and models: their branches are opened where the file holds them, and only there."""

import json

import pytest
from keras_configs import called, chain, given, layer, model, tensor

from cutaway.analysis.check import check
from cutaway.analysis.collapse import collapse
from cutaway.sources import read

OPS = "keras.src.ops.core"
CODE = {"class_name": "__lambda__", "config": {"value": ["4wAAAA==", None, None]}}


def dense(name):
    return {"module": "keras.layers", "class_name": "Dense", "config": {"name": name, "trainable": True, "units": 4}}


def branch(name):
    return chain(name, [given(f"{name}_in"), layer("Dense", "d"), layer("ReLU", "r")])


def net(item, output=0, *more):
    """Return a model in which `item` is called, and `e` called on one of its outputs."""
    name = item["name"]
    end = layer("Dense", "e", called(tensor(name, 0, output)))
    return model("net", [given("x"), given("i", [None]), item, end, *more], [["x", 0, 0], ["i", 0, 0]], ["e", 0, 0])


def switch(*branches, operands=None):
    operands = [tensor("x")] if operands is None else operands
    return layer("Switch", "s", called(tensor("i", shape=[]), list(branches), *operands), module=OPS)


def edges(graph):
    assert check(graph) == ()
    return [(edge.source, edge.target) for edge in graph.edges]


def test_the_branches_of_a_switch_are_a_scope():
    graph = read(net(switch(dense("one"), branch("two"))))
    assert edges(graph) == [
        ("x", "s/one"),
        ("x", "s/two/d"),
        ("s/two/d", "s/two/r"),
        ("i", "s/s"),
        ("s/one", "s/s"),
        ("s/two/r", "s/s"),
        ("s/s", "e"),
    ]
    assert [(scope.id, scope.op) for scope in graph.scopes] == [("s", "Switch"), ("s/two", "Sequential")]
    assert [port.name for port in graph.scopes[0].inputs] == ["index", "operand"]
    closed = collapse(graph, 0).graph
    assert edges(closed) == [("x", "s"), ("i", "s"), ("s", "e")]
    assert next(node.op for node in closed.nodes if node.id == "s") == "Switch"


def test_a_switch_takes_any_number_of_operands():
    graph = read(net(switch(layer("Add", "one"), layer("Mine", "two"), operands=(tensor("x"), tensor("x")))))
    assert edges(graph).count(("x", "s/two")) == 2
    assert [port.name for port in graph.scopes[0].inputs] == ["index", "operand 1", "operand 2"]


@pytest.mark.parametrize(
    "item",
    [
        switch(CODE, CODE),
        switch(dense("one"), CODE),
        switch(dense("one"), dense("one")),
        switch(dense("s"), dense("one")),
        switch(dense("one"), dense("two"), operands=(tensor("x"), 3)),
        layer("Cond", "s", called(tensor("i", shape=[]), CODE, CODE, tensor("x")), module=OPS),
        layer("Map", "s", called(CODE, tensor("x")), module=OPS),
        layer("VectorizedMap", "s", called(tensor("x")), module=OPS, function=CODE),
        layer("Scan", "s", called(CODE, tensor("x"), tensor("x")), module=OPS, length=None),
        layer("Switch", "s", called(tensor("x"), [dense("one")])),
    ],
    ids=lambda item: item["class_name"],
)
def test_what_holds_no_branches_is_one_node(item):
    graph = read(net(item))
    assert [node.id for node in graph.nodes] == ["x", "i", "s", "e"]
    assert graph.scopes == ()
    assert ("s", "e") in edges(graph)
    assert "4wAAAA" not in str(graph)


def test_a_switch_that_gives_several_tensors_is_one_node():
    graph = read(net(switch(dense("one"), dense("two")), 1))
    assert ("s", "e") in edges(graph)
    assert graph.scopes == ()


def test_a_switch_between_models_with_several_outputs_is_one_node():
    two = model("two", [given("a"), layer("Dense", "b", called(tensor("a")))], ["a", 0, 0], [["a", 0, 0], ["b", 0, 0]])
    assert read(net(switch(dense("one"), two))).scopes == ()


@pytest.mark.parametrize(
    "item",
    [
        layer("Map", "s", called(branch("b"), tensor("x")), module=OPS),
        layer("VectorizedMap", "s", called(tensor("x")), module=OPS, function=branch("b")),
    ],
    ids=lambda item: item["class_name"],
)
def test_a_mapped_model_is_a_scope_with_the_map_at_its_end(item):
    graph = read(net(item))
    assert edges(graph) == [("x", "s/b_in"), ("s/b_in", "s/d"), ("s/d", "s/r"), ("s/r", "s/s"), ("s/s", "e")]
    assert next(node.op for node in graph.nodes if node.id == "s/s") == item["class_name"]


def test_a_mapped_layer_is_told_by_its_map():
    graph = read(net(layer("Map", "s", called(dense("one"), tensor("x")), module=OPS)))
    node = next(node for node in graph.nodes if node.id == "s")
    assert node.attributes["layer"]["class_name"] == "Dense"
    assert edges(graph) == [("x", "s"), ("s", "e")]


def test_a_switch_in_a_branch_of_a_switch_is_opened():
    inner = layer("Switch", "s", called(tensor("x"), [dense("one"), dense("two")], tensor("x")), module=OPS)
    nested = model("two", [given("x"), inner], ["x", 0, 0], ["s", 0, 0])
    first = layer("Switch", "t", called(tensor("i", shape=[]), [nested], tensor("x")), module=OPS)
    graph = read(net(first))
    assert [scope.id for scope in graph.scopes] == ["t", "t/two", "t/two/s"]
    assert ("t/two/s/s", "t/t") in edges(graph)


def test_what_is_read_is_left_as_it_was():
    config = net(switch(dense("one"), branch("two")))
    before = json.dumps(config)
    assert read(config) == read(json.dumps(config))
    assert json.dumps(config) == before
