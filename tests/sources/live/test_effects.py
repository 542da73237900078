"""Losses, metrics and values of variables, which drawing a live model does not touch."""

import warnings

import pytest
from keras_parts import model_of

from cutaway.errors import CutawayWarning
from cutaway.sources import read
from cutaway.sources.live.effects import without_effects

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*does not have a `build"),
]


def read_quietly(model, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        return read(model, **options)


def losing(keras):
    """Return a model that adds a loss of what it makes on its way."""

    import tensorflow as tf

    mean = keras.ops.mean if hasattr(keras, "ops") else tf.reduce_mean

    def flow(net, x):
        y = net.chain(x)
        net.add_loss(mean(y))
        return net.out(y)

    chain = keras.Sequential([keras.layers.Dense(8, name="a"), keras.layers.Dense(3, name="b")], name="chain")
    return model_of(keras, flow, chain=chain, out=keras.layers.Dense(2, name="out"))


@pytest.mark.parametrize("is_called", [False, True])
def test_a_loss_that_a_call_adds_leaves_the_flow_as_it_is(either, is_called):
    import numpy as np

    model = losing(either)
    if is_called:
        model(np.zeros((1, 4), "float32"))
    losses = len(model.losses)
    graph = read_quietly(model, **({} if is_called else {"input_shape": (4,)}))
    assert [node.id for node in graph.nodes] == ["input", "chain/a", "chain/b", "out"]
    assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 4), (None, 8), (None, 3), (None, 2)]
    assert len(model.losses) == losses
    assert "add_loss" not in vars(model)
    model(np.zeros((1, 4), "float32"))
    assert len(model.losses) == 1


def test_what_leads_to_a_loss_alone_stands_alone(keras):
    def flow(net, x):
        net.add_loss(keras.ops.mean(net.aside(x)))
        return net.out(x)

    layers = {name: keras.layers.Dense(2, name=name) for name in ("aside", "out")}
    with pytest.warns(CutawayWarning, match="not called while tracing 'net', or not for its output: 'aside'"):
        graph = read(model_of(keras, flow, **layers), input_shape=(4,))
    assert [(edge.source, edge.target) for edge in graph.edges] == [("input", "out")]


def test_metrics_and_variables_keep_their_values(keras):
    import numpy as np

    class Sampling(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.mean, self.spread = (keras.layers.Dense(2, name=name) for name in ("mean", "spread"))
            self.seen = keras.metrics.Mean(name="seen")
            self.seeds = keras.random.SeedGenerator(1)
            self.count = self.add_weight(shape=(), initializer="zeros", trainable=False, name="count")

        def call(self, x):
            mean, spread = self.mean(x), keras.ops.exp(self.spread(x))
            self.count.assign(self.count + 1)
            self.seen.update_state(keras.ops.mean(spread))
            return mean + spread * keras.random.normal((keras.ops.shape(x)[0], 2), seed=self.seeds)

    model = Sampling()
    model(np.zeros((1, 4), "float32"))

    def values():
        return [each.numpy().tolist() for each in (*model.variables, *model.seen.variables, model.seeds.state)]

    before = values()
    graph = read_quietly(model)
    assert values() == before
    assert {node.outputs[0].tensor.shape for node in graph.nodes if node.id != "input"} >= {(None, 2)}
    model(np.zeros((1, 4), "float32"))
    assert values() != before


def test_a_metric_that_is_added_is_not_counted(tf_keras):
    import numpy as np
    import tensorflow as tf

    def flow(net, x):
        y = net.out(x)
        net.add_metric(tf.reduce_mean(y), name="mean")
        return y

    model = model_of(tf_keras, flow, out=tf_keras.layers.Dense(2, name="out"))
    model(np.ones((2, 4), "float32"))
    before = [each.numpy().tolist() for each in model.metrics[0].variables]
    assert [edge.id for edge in read_quietly(model).edges] == ["input:0->out:0"]
    assert [each.numpy().tolist() for each in model.metrics[0].variables] == before
    assert "add_metric" not in vars(model)


def test_what_was_taken_away_is_put_back_after_an_error(keras):
    layer = keras.layers.Dense(2)
    own = layer.__dict__["add_loss"] = lambda loss: loss
    metric = keras.metrics.Mean()
    layers = [layer, *(keras.layers.Dense(2) for _ in range(2))]
    for each in layers[1:]:
        each.metric = metric
    taken = []

    def fail():
        taken.extend(each.add_loss(1) for each in layers)
        raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"), without_effects(layers):
        fail()
    assert taken == [None] * 3
    assert layer.add_loss is own
    assert all("add_loss" not in vars(each) for each in layers[1:])
    assert "update_state" not in vars(metric)
    assert not keras.src.backend.common.stateless_scope.in_stateless_scope()
