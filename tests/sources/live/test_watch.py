"""Layers of subclassed live models that are called on constants, and layers that are not called at all."""

import warnings

import pytest
from keras_parts import model_of

from cutaway.analysis.check import check
from cutaway.errors import CutawayWarning
from cutaway.sources import read

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore:`build\\(\\)` was called:UserWarning"),  # as Keras does on any call of these
]


def positions(keras):
    """Return a layer that adds a position embedding to what it is given."""

    class Positions(keras.layers.Layer):
        def __init__(self, **config):
            super().__init__(**config)
            self.table = keras.layers.Embedding(16, 8, name="table")

        def call(self, x):
            return x + self.table(keras.ops.arange(16))

    return Positions


def gpt(keras):
    return model_of(
        keras,
        lambda net, x: net.tok(x) + net.pos(keras.ops.arange(16)),
        tok=keras.layers.Embedding(50, 8, name="tok"),
        pos=keras.layers.Embedding(16, 8, name="pos"),
    )


def read_quietly(model, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        return read(model, **options)


def test_a_layer_that_is_called_on_a_constant_is_a_node_without_inputs(keras):
    graph = read_quietly(gpt(keras), input_shape=(None, 16))
    assert check(graph) == ()
    assert [edge.id for edge in graph.edges] == ["input:0->tok:0", "tok:0->add:0", "pos:0->add:1"]
    pos = next(node for node in graph.nodes if node.id == "pos")
    assert (pos.inputs, pos.outputs[0].tensor.shape) == ((), (16, 8))
    assert [weight.shape for weight in pos.weights] == [(16, 8)]
    assert "array" in pos.attributes["call"]["input 0"]
    assert all("call" not in node.attributes for node in graph.nodes if node.op == "Add")


def test_a_part_that_is_called_on_a_constant_is_a_scope_without_inputs(keras):
    inner = keras.Sequential([keras.layers.Embedding(16, 8, name="e"), keras.layers.Dense(8, name="d")], name="inner")
    net = model_of(
        keras,
        lambda net, x: net.tok(x) + net.inner(keras.ops.arange(16)),
        tok=keras.layers.Embedding(50, 8, name="tok"),
        inner=inner,
    )
    graph = read_quietly(net, input_shape=(None, 16))
    assert check(graph) == ()
    edges = {(edge.source, edge.target) for edge in graph.edges}
    assert {("inner/e", "inner/d"), ("inner/d", "add"), ("tok", "add")} <= edges


def test_a_call_on_a_constant_within_a_part_is_seen(keras):
    part = positions(keras)(name="part")
    net = model_of(keras, lambda net, x: net.part(net.part(x)), part=part)
    graph = read_quietly(net, input_shape=(None, 16, 8))
    assert {"part/table", "part#2/table"} <= {node.id for node in graph.nodes}
    weights = {weight.key for node in graph.nodes for weight in node.weights}
    assert len(weights) == 1


def test_tracing_calls_on_constants_leaves_the_model_as_it_was(keras):
    import numpy as np

    model = gpt(keras)
    tokens = np.zeros((2, 16), "int32")
    before = model(tokens)
    first = read_quietly(model)
    assert "call" not in vars(model.pos)
    assert model.pos._inbound_nodes == []
    assert np.array_equal(before, model(tokens))
    assert read_quietly(model) == first


def test_a_model_that_needs_the_values_of_a_constant_is_traced_with_a_warning(keras):
    def flow(net, x):
        return net.tok(x) + float(keras.ops.max(net.pos(keras.ops.arange(16))))

    model = gpt(keras)
    net = model_of(keras, flow, tok=model.tok, pos=model.pos)
    with pytest.warns(
        CutawayWarning, match="not called while tracing 'net', or not for its output: 'pos'; it is shown"
    ):
        graph = read(net, input_shape=(None, 16))
    assert [edge.id for edge in graph.edges] == ["input:0->tok:0", "tok:0->add:0"]
    assert "pos" in {node.id for node in graph.nodes}


def test_layers_that_are_never_called_stand_alone_with_a_warning(keras):
    part = positions(keras)(name="part")
    part.spare = keras.layers.Dense(2, name="spare")
    other = positions(keras)(name="other")
    net = model_of(keras, lambda net, x: net.part(net.part(x)), part=part, other=other)
    with pytest.warns(CutawayWarning, match="not for its output: 'spare', 'other'; they are shown without connections"):
        graph = read(net, input_shape=(None, 16, 8))
    assert check(graph) == ()
    scopes = {node.id: node.scope for node in graph.nodes}
    assert scopes["part/spare"] == "part"
    assert scopes["other/table"] == "other"
    assert "part#2/spare" not in scopes
    joined = {end for edge in graph.edges for end in (edge.source, edge.target)}
    assert joined.isdisjoint({"part/spare", "other/table"})


def test_layers_that_other_layers_run_are_not_lost(keras):
    layers = keras.layers
    cell, dense = layers.LSTMCell(8, name="cell"), layers.Dense(3, name="dense")
    chain = keras.Sequential([dense], name="chain")
    net = model_of(
        keras,
        lambda net, x: net.chain(net.rnn(x)),
        cell=cell,
        dense=dense,
        rnn=layers.RNN(cell, name="rnn"),
        chain=chain,
    )
    graph = read_quietly(net, input_shape=(None, 16, 8))
    assert [node.id for node in graph.nodes] == ["input", "rnn", "chain/dense"]
