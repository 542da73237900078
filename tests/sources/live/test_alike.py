"""Layers that are set alike are asked for their config once, and none is taken for one that is set otherwise."""

from collections import Counter

import pytest

from cutaway.sources import read_live
from cutaway.sources.attributes import reduced
from cutaway.sources.live.values import serialized_config

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture
def asked(keras, monkeypatch):
    """Count how often layers of each class are asked for their config."""
    counts = Counter()
    tells = keras.layers.Layer.get_config

    def counted(self):
        counts[type(self).__name__] += 1
        return tells(self)

    monkeypatch.setattr(keras.layers.Layer, "get_config", counted)
    return counts


def in_a_row(keras, shape, layers):
    x = start = keras.Input(shape)
    for layer in layers:
        x = layer(x)
    return keras.Model(start, x)


def assert_told(model):
    """Assert that the graph says of every layer what the layer says itself."""
    graph, layers = read_live(model)
    for node in graph.nodes:
        told = reduced(serialized_config(layers[node.id]))
        noted = {key: value for key, value in node.attributes.items() if key != "call"}
        assert repr(noted) == repr(dict(told)), node.id  # with the types of numbers


def test_layers_that_are_set_alike_are_asked_once(keras, asked):
    layers = keras.layers
    parts = [[layers.Conv2D(4, 3, padding="same"), layers.BatchNormalization(), layers.ReLU()] for _ in range(5)]
    read_live(in_a_row(keras, (8, 8, 4), [layer for part in parts for layer in [*part, layers.Dropout(0.1)]]))
    assert {asked[name] for name in ("Conv2D", "BatchNormalization", "ReLU", "Dropout")} == {1}


def test_layers_that_are_set_otherwise_are_told_apart(keras):
    sets = [
        {},
        {"activation": "relu"},
        {"activation": "gelu"},
        {"use_bias": False},
        {"kernel_initializer": "he_normal"},
        {"kernel_initializer": keras.initializers.Constant(2.0)},
        {"kernel_regularizer": "l2"},
        {"kernel_regularizer": keras.regularizers.L2(0.5)},
        {"kernel_constraint": keras.constraints.MaxNorm(2)},
        {"kernel_constraint": keras.constraints.MaxNorm(3)},
        {"activity_regularizer": "l1"},
        {"dtype": "mixed_bfloat16"},
        {"trainable": False},
        {"activation": lambda x: x},
    ]
    assert_told(in_a_row(keras, (4,), [keras.layers.Dense(4, **given) for given in [*sets, *sets]]))


def test_paddings_axes_rates_and_seeds_are_told_apart(keras):
    layers = keras.layers
    assert_told(
        in_a_row(
            keras,
            (8, 8, 4),
            [
                *[layers.ZeroPadding2D(given) for given in (1, (1, 2), ((0, 1), (0, 1)), ((0, 1), (0, 1)))],
                *[layers.LayerNormalization(axis=axis) for axis in (-1, [2, 3], [2, 3], -1)],
                *[layers.Dropout(rate, seed=seed) for rate, seed in ((0.1, None), (0.1, 3), (0.2, 3), (0.1, None))],
                *[layers.GaussianNoise(stddev) for stddev in (0, False, 0.0, 1, True)],
            ],
        )
    )


def test_a_layer_whose_attributes_were_set_later_is_asked_itself(keras):
    model = in_a_row(keras, (4,), [keras.layers.Dense(4) for _ in range(4)])
    model.layers[2].trainable = False
    model.layers[3].activation = keras.activations.relu
    assert_told(model)


def test_a_class_of_a_users_own_is_asked_for_every_layer(keras, asked):
    class Scaled(keras.layers.Layer):
        def __init__(self, by=1.0, **kwargs):
            super().__init__(**kwargs)
            self.by = by

        def call(self, inputs):
            return inputs * self.by

        def get_config(self):
            return {**super().get_config(), "by": self.by, "place": int(self.name[-1])}

    model = in_a_row(keras, (4,), [Scaled(name=f"scaled{place}") for place in range(3)])
    assert [node.attributes.get("place") for node in read_live(model)[0].nodes] == [None, 0, 1, 2]
    assert asked["Scaled"] == 3
