"""Weights of live models of Keras 3 and of tf_keras against those in their own files, of every form."""

import warnings

import numpy as np
import pytest
from graph_facts import by_key
from keras2_zoo import ZOO as ZOO_2

from cutaway import read, read_weights
from cutaway.errors import CutawayWarning

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:keras"),
]


def convolutional(keras):
    layers = keras.layers
    x = image = keras.Input((8, 8, 3), name="image")
    x = layers.SeparableConv2D(4, 3, name="separable")(x)
    x = layers.BatchNormalization(scale=False, name="bn")(x)
    x = layers.Conv2D(4, 3, use_bias=False, trainable=False, name="frozen")(x)
    x = layers.PReLU(name="prelu")(x)
    x = layers.GroupNormalization(2, name="gn")(x)
    x = layers.Normalization(name="norm")(layers.Flatten(name="flat")(x))
    return keras.Model(image, layers.Dense(3, name="out")(layers.Dropout(0.5, seed=1, name="drop")(x)), name="net")


def nested(keras):
    layers = keras.layers
    encoder = keras.Sequential(
        [keras.Input((8,)), layers.Dense(4, name="dense"), layers.BatchNormalization()], name="e"
    )
    inside = keras.Input((4,), name="inside")
    head = keras.Model(inside, layers.Dense(2, name="dense")(inside), name="head")
    a, b = keras.Input((8,), name="a"), keras.Input((8,), name="b")
    both = layers.Add(name="both")([encoder(a), encoder(b)])
    head.trainable = False
    return keras.Model([a, b], layers.Dense(2, name="dense")(head(both)), name="siamese")


def recurrent(keras):
    layers = keras.layers
    x = keras.Input((5, 3), name="x")
    y = layers.Bidirectional(layers.LSTM(4, return_sequences=True), name="both")(x)
    y = layers.RNN(layers.StackedRNNCells([layers.LSTMCell(3), layers.GRUCell(2)]), return_sequences=True, name="r")(y)
    y = layers.TimeDistributed(layers.Dense(4), name="each")(y)
    y = layers.GRU(2, use_bias=False, return_sequences=True, name="gru")(y)
    return keras.Model(x, layers.SimpleRNN(3, name="simple")(y), name="recurrent")


def shared_cell(keras):
    cell = keras.layers.LSTMCell(4, name="cell")
    x = keras.Input((5, 3), name="x")
    first = keras.layers.RNN(cell, name="first")(x)
    second = keras.layers.RNN(cell, return_sequences=True, name="second")(x)
    return keras.Model(x, [first, second], name="cells")


def attentive(keras):
    layers = keras.layers
    tokens = keras.Input((6,), name="tokens")
    x = layers.Embedding(9, 8, name="embed")(tokens)
    x = layers.MultiHeadAttention(2, 4, name="mha")(x, x)
    x = layers.GroupQueryAttention(4, 2, 1, use_bias=False, name="gqa")(x, x)
    x = layers.LayerNormalization(center=False, name="ln")(x)
    x = layers.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d", name="einsum")(x)
    return keras.Model(tokens, layers.AdditiveAttention(name="additive")([x, x]), name="attentive")


def wrapped(keras):
    layers = keras.layers
    frame = keras.Sequential([keras.Input((6, 6, 2)), layers.Conv2D(2, 3, name="c"), layers.Flatten()], name="f")
    x = keras.Input((4, 6, 6, 2), name="x")
    y = layers.TimeDistributed(frame, name="td")(x)
    y = layers.TimeDistributed(layers.SpectralNormalization(layers.Dense(3, name="d"), name="sn"), name="n")(y)
    return keras.Model(x, layers.SpectralNormalization(layers.Conv1D(2, 2, name="c"), name="spectral")(y), name="w")


def frozen_inside(keras):
    layers = keras.layers
    x = keras.Input((5, 3), name="x")
    y = layers.TimeDistributed(layers.Dense(4, trainable=False), name="each")(x)
    y = layers.RNN(layers.GRUCell(4, trainable=False), return_sequences=True, name="cell")(y)
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True, trainable=False), name="both")(y)
    return keras.Model(x, layers.TimeDistributed(layers.Dense(2), trainable=False, name="all")(y), name="frozen")


def shared_between_models(keras):
    layers = keras.layers
    embed = layers.Embedding(20, 4, name="embed")
    parts = []
    for name in ("left", "right"):
        tokens = keras.Input((5,), name=f"{name}_tokens")
        parts.append(keras.Model(tokens, layers.LSTM(3, name=f"{name}_lstm")(embed(tokens)), name=name))
    p, q = keras.Input((5,), name="p"), keras.Input((5,), name="q")
    return keras.Model([p, q], layers.Concatenate(name="cat")([parts[0](p), parts[1](q)]), name="twins")


def shared_and_alike(keras):
    layers = keras.layers
    block = keras.Sequential([keras.Input((4,)), layers.Dense(4, name="d")], name="block")
    outer = keras.Sequential([keras.Input((4,)), block, layers.Dense(4, name="d")], name="outer")
    x = keras.Input((4,), name="x")
    return keras.Model(x, outer(block(x)), name="alike")


def names_again(keras):
    layers = keras.layers
    x = keras.Input((4,), name="x")
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(4, name="a"), layers.Dense(4, name="a_1")], name="a")
    return keras.Model(x, inner(inner(layers.Dense(4, name="a_1")(x))), name="names")


def frozen_outside(keras):
    layers = keras.layers
    inside = keras.Sequential([keras.Input((4,)), layers.Dense(2), layers.BatchNormalization()], name="inside")
    x = keras.Input((5, 4), name="x")
    return keras.Model(x, layers.TimeDistributed(inside, trainable=False, name="each")(x), name="outside")


def custom(keras):
    class Scale(keras.layers.Layer):
        def __init__(self, **config):
            super().__init__(**config)
            self.inner = keras.layers.Dense(3, name="inner")

        def build(self, shape):
            self.factor = self.add_weight(shape=(shape[-1],), name="factor")
            self.inner.build(shape)

        def call(self, x):
            return self.inner(x * self.factor)

    x = keras.Input((4,), name="x")
    return keras.Model(x, Scale(name="scale")(x), name="custom")


def quantized(keras, mode="int8"):
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(8, name="a"), keras.layers.Dense(2, name="b")])
    model.quantize(mode)
    return model


def quantized_to_four_bits(keras):
    return quantized(keras, "int4")


def quantized_to_small_floats(keras):
    return quantized(keras, "float8")


def half_precision(keras):
    x = keras.Input((4,), name="x")
    return keras.Model(x, keras.layers.Dense(2, dtype="float16", name="d")(x), name="half")


ZOO = [
    convolutional,
    nested,
    recurrent,
    shared_cell,
    attentive,
    wrapped,
    frozen_inside,
    shared_between_models,
    quantized,
    quantized_to_four_bits,
    quantized_to_small_floats,
    half_precision,
    shared_and_alike,
    names_again,
    frozen_outside,
]


def saved(model, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save(path)
    return path


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
@pytest.mark.parametrize("build", ZOO, ids=lambda build: build.__name__)
def test_a_file_tells_the_weights_of_its_live_model(keras, build, suffix, tmp_path):
    model = build(keras)
    assert by_key(read(saved(model, tmp_path / f"net{suffix}"), weights=True)) == by_key(read(model))


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
@pytest.mark.parametrize("build", ZOO, ids=lambda build: build.__name__)
def test_values_are_those_of_the_live_model(keras, build, suffix, tmp_path):
    model = build(keras)
    live, stored = read_weights(model), read_weights(saved(model, tmp_path / f"net{suffix}"))
    assert sorted(live) == sorted(stored)
    for key in live:
        assert np.array_equal(live[key], stored[key]), key
        assert live.statistics(key) == stored.statistics(key)
    assert len(live) == len({id(weight) for weight in model.weights})


def test_custom_layers_have_their_shapes_and_no_word_on_training(keras, tmp_path):
    model = custom(keras)
    graph = read(saved(model, tmp_path / "net.keras"), weights=True)
    weights = graph.nodes[1].weights
    assert sorted(weight.shape for weight in weights) == [(3,), (4,), (4, 3)]
    assert {weight.trainable for weight in weights} == {None}


def test_other_forms_of_files_tell_the_same(keras, tmp_path):
    model = nested(keras)
    wanted = by_key(read(model))
    (tmp_path / "net.json").write_text(model.to_json())
    model.save_weights(tmp_path / "net.weights.h5")
    assert by_key(read(tmp_path / "net.json", weights=tmp_path / "net.weights.h5")) == wanted
    model.save_weights(tmp_path / "parts.weights.json", max_shard_size=1.5e-7)
    assert len(list(tmp_path.glob("parts_*.weights.h5"))) > 1
    assert by_key(read(model.to_json(), weights=tmp_path / "parts.weights.json")) == wanted
    model.save(tmp_path / "folder", zipped=False)
    assert by_key(read(tmp_path / "folder", weights=True)) == wanted


def test_weights_of_another_model_are_not_taken(keras, tmp_path):
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, name="a"), keras.layers.Dense(7, name="b")])
    other.save_weights(tmp_path / "other.weights.h5")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, name="a"), keras.layers.Dense(5, name="b")])
    with pytest.warns(CutawayWarning, match="the weights of 'b' stay unknown"):
        graph = read(model.to_json(), weights=tmp_path / "other.weights.h5")
    assert [node.weights and len(node.weights) for node in graph.nodes] == [(), 2, None]


def test_a_subclassed_model_is_the_tree_of_its_weights(keras, tmp_path):
    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.blocks = [keras.layers.Dense(4, name=f"block{number}") for number in range(2)]
            self.memory = keras.layers.LSTM(3, name="memory")
            self.drop = keras.layers.Dropout(0.5)

        def call(self, x):
            for each in self.blocks:
                x = each(x)
            return self.drop(self.memory(x))

    model = Net()
    model(np.zeros((1, 5, 2)))
    with pytest.warns(CutawayWarning, match="where their weights are stored, without connections"):
        graph = read(saved(model, tmp_path / "net.keras"), weights=True)
    assert [(node.id, node.op, len(node.weights)) for node in graph.nodes] == [
        ("blocks/block0", "Dense", 2),
        ("blocks/block1", "Dense", 2),
        ("memory", "LSTM", 3),
    ]
    assert graph.edges == ()
    assert graph.name == "net"


UNSAVED = {("operations", ".keras"), ("unbuilt_chain", ".h5"), ("preprocessing", ".h5")}
"""What tf_keras itself cannot save."""
SAVED = [
    pytest.param(build, suffix, id=f"{build.__name__}{suffix}")
    for build in ZOO_2
    for suffix in (".keras", ".h5")
    if (build.__name__, suffix) not in UNSAVED
]


@pytest.mark.parametrize(("build", "suffix"), SAVED)
@pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")
def test_a_file_of_tf_keras_tells_the_weights_of_its_live_model(tf_keras, build, suffix, tmp_path):
    model = build(tf_keras)
    stored = by_key(read(saved(model, tmp_path / f"net{suffix}"), weights=True))
    live = by_key(read(model))
    if build.__name__ == "wrappers" and suffix == ".keras":  # only the file names what is in a TimeDistributed
        assert sorted(stored["each"]) == ["each/dense/bias", "each/dense/kernel"]
        del stored["each"], live["each"]
    assert stored == live
