"""What titles say of a model's size: layers, each once, and operations."""

import pytest
from keras_configs import called, given, layer, model, tensor

from cutaway.graph import Graph, Kind, Node, Weight
from cutaway.sources import read
from cutaway.views.naming import tally


def test_layers_and_operations():
    nodes = (
        Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT),
        Node(id="d", name="d", op="Dense"),
        Node(id="d#2", name="d", op="Dense", layer="d"),
        Node(id="e", name="e", op="Dense", trainable=True),
        Node(id="add", name="add", op="Add", is_layer=False),
    )
    assert tally(Graph(name="net", nodes=nodes)) == ("2 layers", "1 operation")
    assert tally(Graph(name="net", nodes=(nodes[0], nodes[4]))) == ("1 operation",)
    assert tally(Graph(name="net", nodes=nodes[:1])) == ("0 layers",)


def test_a_layer_counts_once_wherever_its_weights_are():
    weights = (Weight(key="w", shape=(2,), dtype="float32", trainable=True),)
    nodes = [Node(id=name, name="b", op="Dense", weights=weights) for name in ("b", "c/b")]
    assert tally(Graph(name="net", nodes=tuple(nodes))) == ("1 layer",)


@pytest.mark.parametrize("has_modules", [True, False])
def test_a_layer_that_does_not_say_whether_it_is_trainable_is_a_layer(has_modules):
    """Keras writes no `trainable` of SpatialDropout2D; HDF5 files have no modules."""
    dropout = layer("SpatialDropout2D", "drop", called(tensor("x")), rate=0.2)
    del dropout["config"]["trainable"]
    add = layer("Add", "add", called(tensor("drop"), 1.0), module="keras.src.ops.numpy")
    layers = [given("x"), dropout, add]
    for each in layers if not has_modules else ():
        del each["module"]
    assert tally(read(model("net", layers, ["x", 0, 0], ["add", 0, 0]))) == ("1 layer", "1 operation")
