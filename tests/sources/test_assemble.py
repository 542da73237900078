"""Tensors that enter nested models besides their inputs, and promises that the assembler makes to itself."""

import warnings

import pytest
from keras_configs import called, chain, given, layer, model, tensor

from cutaway.analysis.check import check
from cutaway.analysis.collapse import collapse
from cutaway.analysis.shapes import infer
from cutaway.errors import CutawayWarning, InternalError
from cutaway.graph import Kind, PortRef
from cutaway.sources import read
from cutaway.sources.assemble import _Assembly
from cutaway.sources.blueprint import Model
from cutaway.sources.opened import Opening


def encoder(*calls):
    return model("enc", [given("i"), layer("LSTM", "l", called(tensor("i")))], ["i", 0, 0], ["l", 0, 0], *calls)


def merger(*calls):
    merge = layer("Add", "s", called([tensor("p"), tensor("q")]))
    return model("two", [given("p"), given("q"), merge], [["p", 0, 0], ["q", 0, 0]], ["s", 0, 0], *calls)


def net(nested):
    end = [nested["name"], 1 if nested["class_name"] == "Functional" else 0, 0]
    return model("net", [given("x"), given("m"), nested], [["x", 0, 0], ["m", 0, 0]], end)


def flows(graph):
    return [edge.id for edge in graph.edges]


@pytest.mark.parametrize(
    "call", [called(tensor("x"), mask=tensor("m")), called(tensor("x"), None, tensor("m"))], ids=["named", "positional"]
)
def test_a_mask_is_laid_on_the_input_of_a_nested_model(call):
    graph = read(net(encoder(call)))
    assert check(graph) == ()
    assert flows(graph) == ["x:0->enc/i:0", "m:0->enc/i:1", "enc/i:0->enc/l:0"]
    laid = next(node for node in graph.nodes if node.id == "enc/i")
    assert (laid.op, laid.kind, [port.name for port in laid.inputs]) == ("InputLayer", Kind.OTHER, ["i", "mask"])
    (scope,) = graph.scopes
    assert [(port.name, port.ends) for port in scope.inputs] == [
        ("i", (PortRef("enc/i", 0),)),
        ("mask", (PortRef("enc/i", 1),)),
    ]
    assert "call" not in scope.attributes
    assert flows(collapse(graph, 0).graph) == ["x:0->enc:0", "m:0->enc:1"]
    assert check(infer(graph)) == ()


def test_each_of_several_inputs_gets_its_own_mask():
    graph = read(net(merger(called([tensor("x"), tensor("x")], mask=[None, tensor("m")]))))
    assert check(graph) == ()
    assert flows(graph) == ["x:0->two/q:0", "m:0->two/q:1", "x:0->two/s:0", "two/q:0->two/s:1"]
    assert [port.name for port in graph.scopes[0].inputs] == ["p", "q", "mask 1"]


def test_only_the_call_that_has_a_mask_keeps_its_input():
    first, second = called(tensor("x"), mask=tensor("m")), called(tensor("x"), mask=None)
    add = layer("Add", "y", called([tensor("enc", 0), tensor("enc", 1)]))
    layers = [given("x"), given("m"), encoder(first, second), add]
    graph = read(model("net", layers, [["x", 0, 0], ["m", 0, 0]], ["y", 0, 0]))
    assert check(graph) == ()
    assert [node.id for node in graph.nodes] == ["x", "m", "enc/i", "enc/l", "enc#2/l", "y"]


def test_a_mask_goes_in_through_all_borders():
    within = [given("a"), given("k"), encoder(called(tensor("a"), mask=tensor("k")))]
    middle = model("mid", within, [["a", 0, 0], ["k", 0, 0]], ["enc", 1, 0], called([tensor("x"), tensor("m")]))
    graph = read(net(middle))
    assert check(graph) == ()
    assert flows(graph) == ["x:0->mid/enc/i:0", "m:0->mid/enc/i:1", "mid/enc/i:0->mid/enc/l:0"]
    assert [port.ends for port in graph.scopes[0].inputs] == [port.ends for port in graph.scopes[1].inputs]


def test_a_mask_is_laid_on_what_a_time_distributed_model_sees():
    frame = chain("frame", [given("i"), layer("Dense", "d")])
    graph = read(net(layer("TimeDistributed", "td", called(tensor("x"), mask=tensor("m")), layer=frame)))
    assert check(graph) == ()
    assert flows(graph)[:2] == ["x:0->td/i:0", "m:0->td/i:1"]


@pytest.mark.parametrize(
    ("nested", "names"),
    [
        (encoder(called(tensor("x"), scale=tensor("m"))), ["scale"]),
        (encoder(called(tensor("x"), states=[tensor("m"), 1, tensor("m")])), ["states 0", "states 2"]),
        (encoder(called([tensor("x"), tensor("m")])), ["inputs 1"]),
        (encoder(called({"i": tensor("x"), "j": tensor("m")})), ["inputs.j"]),
        (encoder(called(tensor("x"), mask=[None, tensor("m")])), ["mask 1"]),
    ],
)
def test_what_has_no_end_in_a_nested_model_is_told(nested, names):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        graph = read(net(nested))
    assert [each.category for each in caught] == [CutawayWarning] * len(names)
    for name, each in zip(names, caught, strict=True):
        assert f"'enc' is given as {name!r} is not drawn" in str(each.message)
    assert flows(graph) == ["x:0->enc/l:0"]
    assert check(graph) == ()


def test_layers_of_one_name_are_numbered_in_one_look_each():
    """Searched from the first number for each, twenty thousand of them would take minutes."""
    config = chain("net", [given("x"), *[layer("ReLU", "r")] * 20_000])
    ids = [node.id for node in read(config).nodes]
    assert ids == ["x", "r", *[f"r#{number}" for number in range(2, 20_001)]]


def test_a_broken_promise_is_our_own_and_names_the_model():
    opening = Opening(Model(name="net", op="Functional", layers=(), inputs=(), outputs=()))
    with pytest.raises(InternalError, match="'net' was taken for a nested model"):
        _Assembly(opening)._scope(opening.whole)
