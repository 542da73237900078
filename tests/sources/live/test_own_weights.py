"""Weights that users' classes add themselves, beside those of the layers that they hold: Keras and cutaway agree."""

import importlib
import warnings

import numpy as np
import pytest

from cutaway import read_weights, summarize
from cutaway.analysis.check import check
from cutaway.analysis.count import count
from cutaway.errors import CutawayWarning
from cutaway.sources import read, read_live

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*does not have a `build"),
]

generations = pytest.mark.parametrize("generation", ["keras", "tf_keras"])


def of(generation):
    """Return Keras and the functions that its users call in `call`."""
    keras = importlib.import_module(generation)
    return (keras, keras.ops) if generation == "keras" else (keras, importlib.import_module("tensorflow"))


def gated(keras):
    class Gated(keras.layers.Layer):
        def __init__(self, **config):
            super().__init__(**config)
            self.dense = keras.layers.Dense(3, name="dense")

        def build(self, shape):
            self.gain = self.add_weight(shape=(shape[-1],), name="gain")
            self.shift = self.add_weight(shape=(), name="shift", trainable=False)
            self.built = True

        def call(self, x):
            return self.dense(x * self.gain + self.shift)

    return Gated


def model_of(keras, flow, *shapes, parts=None, trainable=True):
    """Return a subclassed model, called once, with weights of its own of some shapes, and the layers in `parts`."""

    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.dense = keras.layers.Dense(4, name="dense")
            self.parts = list(parts or ())
            self.own = [
                self.add_weight(shape=shape, name=f"own{place}", trainable=trainable)
                for place, shape in enumerate(shapes)
            ]

        def call(self, x):
            return flow(self, self.dense(x))

    model = Net()
    model(np.zeros((2, 5), "float32"))
    return model


def assert_counted(model, graph):
    counted = count(graph.nodes)
    trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    assert check(graph) == ()
    assert counted.exact
    assert (counted.total, counted.trainable) == (model.count_params(), trained)


def keys(graph):
    return {node.id: [weight.key for weight in node.weights] for node in graph.nodes if node.weights}


@generations
def test_a_weight_is_at_the_operation_that_uses_it(generation):
    keras, _ = of(generation)
    model = model_of(keras, lambda net, x: x * net.own[0] + net.own[1], (4,), ())
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        summarize(model)
    graph = read(model)
    assert_counted(model, graph)
    (_, *operations) = [node for node in graph.nodes if node.weights]
    assert [[weight.key for weight in node.weights] for node in operations] == [
        [f"{operations[0].id}/own0"],
        [f"{operations[1].id}/own1"],
    ]


@generations
@pytest.mark.parametrize("trainable", [True, False])
def test_a_weight_that_is_used_twice_is_counted_once(generation, trainable):
    keras, ops = of(generation)
    model = model_of(keras, lambda net, x: ops.matmul(x * net.own[1], net.own[0]) * net.own[1], (4, 4), (4,),
                     trainable=trainable)  # fmt: skip
    graph = read(model)
    assert_counted(model, graph)
    first, _, last = list(keys(graph).values())[1:]
    assert first == last


@generations
def test_a_weight_that_no_operation_is_given_is_at_a_node_of_the_class(generation):
    keras, _ = of(generation)
    model = model_of(keras, lambda net, x: x + net.own[0][:4], (9,), (7, 2))
    graph = read(model)
    assert_counted(model, graph)
    assert keys(graph)["net"] == ["net/own0", "net/own1"]
    (node,) = [node for node in graph.nodes if node.id == "net"]
    assert (node.op, node.custom, node.inputs) == ("Net", True, ())
    assert not set(read_weights(model)) & {"net/own0"}


@generations
@pytest.mark.parametrize("frozen", ["", "part", "whole", "thawed"])
def test_weights_of_nested_parts_are_trained_as_keras_says(generation, frozen):
    keras, _ = of(generation)
    part, other = gated(keras)(name="part"), gated(keras)(name="other")
    model = model_of(keras, lambda net, x: net.parts[1](net.parts[0](net.parts[0](x)[:, :1] + x)) * net.own[0], (3,),
                     parts=[part, other])  # fmt: skip
    part.trainable = frozen != "part"
    if frozen in {"whole", "thawed"}:
        model.trainable = False
        other.trainable = frozen == "thawed"
    assert_counted(model, read(model))


@generations
def test_metrics_keep_no_weights_of_a_model(generation):
    keras, _ = of(generation)
    model = model_of(keras, lambda net, x: x * net.own[0], (4,), parts=[keras.metrics.Mean(name="loss")])
    assert count(read(model).nodes).total == 5 * 4 + 4 + 4


@generations
def test_what_cannot_be_followed_has_its_own_weights_among_its_layers(generation):
    keras, _ = of(generation)

    def flow(net, x):
        return net.parts[0](x) * (1 if float(net.own[0][0]) > 2 or float(x[0, 0]) > 0 else 2)

    model = model_of(keras, flow, (3,), parts=[gated(keras)(name="part")])
    with pytest.warns(CutawayWarning, match="without connections"):
        graph = read(model)
    assert_counted(model, graph)
    assert keys(graph)["part/part"] == ["part/part/gain", "part/part/shift"]


@generations
def test_opened_parts_of_a_functional_have_their_own_weights(generation):
    keras, _ = of(generation)
    x = keras.Input((3,), name="x")
    part = gated(keras)(name="part")
    model = keras.Model(x, part(part(x)), name="whole")
    graph, _ = read_live(model, parts=True)
    assert_counted(model, graph)


@generations
def test_a_functional_of_a_class_with_its_own_weights_has_them(generation):
    keras, _ = of(generation)

    class Tempered(keras.Model):
        def __init__(self, *args, **config):
            super().__init__(*args, **config)
            self.temperature = self.add_weight(shape=(), name="temperature")

    x = keras.Input((3,), name="x")
    model = Tempered(x, keras.layers.Dense(2, name="last")(x), name="whole")
    assert_counted(model, read(model))


@generations
def test_subclasses_of_composite_layers_without_a_call_are_one_layer(generation):
    keras, _ = of(generation)
    lstm = type("MyLSTM", (keras.layers.LSTM,), {})(4, name="lstm")
    each = type("MyEach", (keras.layers.TimeDistributed,), {})(keras.layers.Dense(4), name="each")
    attention = type("MyAttention", (keras.layers.MultiHeadAttention,), {})(2, 2, name="attention")

    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.lstm, self.each, self.attention = lstm, each, attention

        def call(self, x):
            return self.lstm(self.each(self.attention(x, x)))

    model = Net()
    model(np.zeros((2, 5, 4), "float32"))
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        graph = read(model)
        alone = read(lstm)
    assert_counted(model, graph)
    assert [node.id for node in graph.nodes][1:] == ["attention", "each", "lstm"]
    assert graph.scopes == ()
    assert [node.id for node in alone.nodes] == ["lstm"]
