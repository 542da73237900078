"""Shapes in models of Keras 2, whose files tell least: from the inputs on, and from what nested models state."""

import pytest
from keras2_configs import chain, end, given, layer, model

from cutaway.analysis.shapes import infer
from cutaway.graph import Graph, Tensor
from cutaway.sources import read


def net(*layers: dict) -> Graph:
    """Return a model of some layers one after the other, inferred."""
    last = layers[-1]["name"]
    return infer(read(model("net", list(layers), [[layers[0]["name"], 0, 0]], [[last, _calls(layers[-1]), 0]])))


def _calls(item: dict) -> int:
    return 1 if "layers" in item["config"] else 0  # Keras 2 counts those of nested models from 1


def output(graph: Graph) -> Tensor:
    return next(node for node in graph.nodes if node.id == graph.outputs[0].node).outputs[0].tensor


IMAGES = given("x", (None, 32, 32, 3))
AT = [[end("x")]]


@pytest.mark.parametrize(
    ("op", "config", "shape"),
    [
        ("Resizing", {"height": 8, "width": 9}, (None, 8, 9, 3)),
        ("CenterCrop", {"height": 8, "width": 9}, (None, 8, 9, 3)),
        ("RandomCrop", {"height": 8, "width": 9}, (None, 8, 9, 3)),
        ("RandomHeight", {"factor": 0.1}, (None, None, 32, 3)),
        ("RandomWidth", {"factor": 0.1}, (None, 32, None, 3)),
    ],
)
def test_images_have_their_channels_last(op, config, shape):
    assert output(net(IMAGES, layer(op, "l", *AT, **config))) == Tensor(shape=shape, dtype="float32")


def test_numbers_stand_for_truth_values():
    found = net(given("x", (None, 5, 4)), layer("LSTM", "l", *AT, units=3, return_sequences=1))
    assert output(found).shape == (None, 5, 3)


def test_the_shape_of_a_tensor_has_a_size_for_each_axis():
    found = net(IMAGES, layer("TFOpLambda", "s", end("x", out_type="int64"), function="shape"))
    assert output(found) == Tensor(shape=(4,), dtype="int64")


def test_a_shape_with_tensors_among_its_sizes_is_known_but_for_them():
    size = layer("TFOpLambda", "s", end("x"), function="shape")
    made = layer("TFOpLambda", "r", end("x", shape=[-1, 5, ["s", 0, 0]]), function="reshape")
    assert output(net(IMAGES, size, made)).shape == (None, 5, None)


def inner(*nodes: list) -> dict:
    inside = [given("i", (None, 7)), layer("Dense", "d", [end("i")], units=3)]
    return model("inner", inside, [["i", 0, 0]], [["d", 0, 0]], *nodes)


def test_what_no_rule_knows_is_what_a_nested_model_states():
    found = net(given("x"), layer("Lambda", "l", *AT, function="λ"), inner([end("l")]))
    assert output(found).shape == (None, 3)
    between = next(node for node in found.nodes if node.id == "l")
    assert between.outputs[0].tensor.shape == (None, 7)
    assert next(node for node in found.nodes if node.id == "inner/d").inputs[0].tensor.shape == (None, 7)


def test_what_a_rule_knows_goes_before_what_a_nested_model_states():
    open_one = model("inner", [given("i", (None, None)), layer("ReLU", "d", [end("i")])], [["i", 0, 0]], [["d", 0, 0]])
    found = net(given("x"), layer("Dense", "l", *AT, units=9), open_one | {"inbound_nodes": [[end("l")]]})
    assert output(found).shape == (None, 9)


def test_a_normalization_tells_the_axes_that_it_was_adapted_to():
    adapted = layer("Normalization", "n", axis=[-1]) | {"build_config": {"input_shape": [32, 16, 16, 3]}}
    found = infer(read(chain("net", [adapted, layer("Resizing", "r", height=8, width=8)])))
    assert found.nodes[0].outputs[0].tensor.shape == (None, None, None, 3)
    assert output(found).shape == (None, 8, 8, 3)
