"""What is worth noticing, said of small models of which each shows one thing."""

import json

import numpy as np
from keras_configs import called, chain, given, layer, model, tensor

from cutaway.analysis.measures import Measures
from cutaway.graph import Graph, Node
from cutaway.record import fields_of
from cutaway.sources.complete import read_complete
from cutaway.views.inside import HeldWeight, Inside, Values, Weight
from cutaway.views.remarks import listed, remarks
from cutaway.weights import statistics


def of(*layers, outputs=("b",), inputs=("x",)):
    """Return what is remarked on a functional model."""
    ends = [[[name, 0, 0] for name in names] for names in (inputs, outputs)]
    graph = read_complete(json.dumps(model("net", [*layers], *ends)))
    return list(remarks(Measures(graph)))


def dense(name, source, *, units=2, takes=4):
    return layer("Dense", name, called(tensor(source, shape=(None, takes))), units=units)


def frozen(made):
    return {**made, "config": {**made["config"], "trainable": False}}


def test_the_largest_layers_with_their_shares():
    found = of(given("x"), dense("a", "x", units=40), dense("b", "a", takes=40))
    assert found == [
        "Most parameters: a 200 (71 %), b 82 (29 %), of 282.",
        "Most multiply–adds: a 160 (67 %), b 80 (33 %), of 240.",
        "Most memory of activations: a 160 B (87 %), b 8 B (4 %), of 184 B.",
    ]


def test_only_what_stands_out_is_largest():
    alike = [dense(f"d{number}", f"d{number - 1}" if number else "x", units=4) for number in range(5)]
    assert of(given("x"), *alike, outputs=("d4",)) == []
    found = of(given("x"), dense("a", "x", units=90), dense("b", "a", takes=90, units=4), *alike, outputs=("b", "d4"))
    assert found[0] == "Most parameters: a 450 (49 %), b 364 (40 %), of 914."
    small = of(given("x"), dense("a", "x", units=900), dense("b", "x", units=1))
    assert "Most multiply–adds: a 3.6 k (100 %), of 3.6 k." in small


def test_costs_of_all_calls_of_a_layer_are_one():
    shared = layer("Dense", "a", called(tensor("x")), called(tensor("y")), units=4)
    joined = layer("Concatenate", "c", called([tensor("a", 0), tensor("a", 1)]))
    found = of(given("x"), given("y"), shared, joined, dense("b", "c", takes=8), inputs=("x", "y"))
    assert "Most multiply–adds: a 32 (67 %), b 16 (33 %), of 48." in found
    assert found[-1] == "Called more than once, with weights counted once: a."


def test_frozen_layers():
    found = of(given("x"), frozen(dense("a", "x")), dense("b", "a", takes=2))
    assert found[0] == "Frozen: 1 of 2 layers with weights; training leaves 10 of 16 parameters as they are: a."
    found = of(given("x"), frozen(dense("b", "x")))
    assert found[0] == "Frozen: every layer with weights (1); training leaves 10 of 10 parameters as they are."


def test_what_is_connected_to_nothing():
    layers = [given("x"), given("y"), given("z"), dense("a", "x"), dense("b", "x")]
    found = of(*layers, inputs=("x", "y", "z"))
    assert found[0] == "Connected to nothing: the inputs y and z."
    assert found[1] == "Used by nothing, and no output of the model: what a gives."
    assert not any("nothing" in each for each in of(given("x"), dense("b", "x")))


def test_an_input_that_is_an_output_is_connected():
    assert not any("nothing" in each for each in of(given("x"), dense("b", "x"), outputs=("x", "b")))


def test_what_is_not_known():
    custom = layer("Mine", "m", called(tensor("x")), module="mine")
    found = of(given("x"), custom, outputs=("m",))
    assert found[:2] == [
        "Not known: the weights of m (Mine); numbers of parameters are therefore “at least”.",
        "Not known: the shape of what m (Mine) gives.",
    ]
    unbuilt = read_complete(json.dumps(chain("net", [layer("Dense", "d", units=2)])))
    assert next(remarks(Measures(unbuilt))).startswith("Not known: the weights of d (Dense); numbers of")


def test_open_sizes():
    found = of(given("x", (None, None, 4)), layer("ReLU", "b", called(tensor("x", shape=(None, None, 4)))))
    assert found[0].startswith("Sizes besides the batch are open in the input x; ")
    assert not any("open" in each for each in of(given("x"), dense("b", "x")))


def test_layers_whose_flow_is_not_known():
    graph = Graph(name="net", nodes=tuple([Node(id=name, name=name, op="ReLU", weights=()) for name in "ab"]))
    assert next(remarks(Measures(graph))) == "How the data flows between the layers is not known."


def values(*numbers):
    found = statistics(np.float32(numbers))
    return Values(**{name: getattr(found, name) for name in fields_of(Values)})


def test_values():
    graph = read_complete(json.dumps(chain("net", [given("x"), layer("Dense", "d", units=2)])))

    def told(key, name, held, *initializers):
        weight = Weight(key=key, shape=(2, 2), dtype="float32", trainable=True)
        weights = (HeldWeight(name=name, weight=weight, values=held),)
        insides = {"d": Inside(node="d", initializers=initializers, weights=weights)}
        return [each for each in remarks(Measures(graph), insides) if "values" in each]

    assert told("d/kernel", "kernel", values(1, np.nan)) == ["Not finite: values of d/kernel (1 of 2)."]
    assert told("d/kernel", "kernel", values(0.5, 0.5)) == ["All equal: the values of d/kernel (2 times 0.5)."]
    assert told("d/a", "a", values(0, 0), ("a", "Glorot uniform")) == ["All equal: the values of d/a (2 times 0)."]
    assert told("d/kernel", "kernel", values(0, 0), ("kernel", "zeros")) == []
    assert told("d/bias", "bias", values(0, 0)) == []
    assert told("d/kernel", "kernel", values(1, 2)) == []
    assert told("d/kernel", "kernel", None) == []
    assert told("e/kernel", "kernel", values(1, np.nan)) == []


def test_lists_of_names():
    assert listed("a") == "a"
    assert listed("abcde") == "a, b, c, d and e"
    assert listed("abcdef") == "a, b, c, d and 2 more"
