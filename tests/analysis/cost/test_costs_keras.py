"""Multiply–adds against those of the operations that TensorFlow runs, for every family of layers and whole models."""

import os

import pytest
from bert import bert_base
from product_counts import multiply_adds, profiled, traced

from cutaway.analysis.complete import complete
from cutaway.analysis.measures import Amount, Measures
from cutaway.sources import read

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
IMAGE, VOLUME, SIGNAL, FILM = (17, 19, 4), (9, 9, 9, 4), (20, 5), (4, 8, 8, 3)
TEXT, OTHER, WIDE = (7, 6), (9, 6), (9, 5)

LAYERS = {
    "dense": (lambda k: k.layers.Dense(7), [(5,)]),
    "dense of more axes": (lambda k: k.layers.Dense(7), [(3, 4, 5)]),
    "einsum dense": (lambda k: k.layers.EinsumDense("abc,cde->abde", output_shape=(None, 3, 4)), [(6, 5)]),
    "einsum dense with dots": (lambda k: k.layers.EinsumDense("...x,xy->...y", output_shape=(9,)), [(6, 5)]),
    "einsum dense over two axes": (lambda k: k.layers.EinsumDense("abc,bcd->ad", output_shape=(5,)), [(6, 5)]),
    "causal": (lambda k: k.layers.Conv1D(4, 3, padding="causal", dilation_rate=2), [SIGNAL]),
    "groups": (lambda k: k.layers.Conv2D(8, 3, groups=2, strides=2), [IMAGE]),
    "dilated": (lambda k: k.layers.Conv2D(8, (3, 5), dilation_rate=2), [(16, 20, 4)]),
    "volume": (lambda k: k.layers.Conv3D(8, 3, strides=2), [VOLUME]),
    "depthwise 1": (lambda k: k.layers.DepthwiseConv1D(3, depth_multiplier=2), [SIGNAL]),
    "depthwise 2": (lambda k: k.layers.DepthwiseConv2D(3, strides=2, depth_multiplier=2), [IMAGE]),
    "separable 1": (lambda k: k.layers.SeparableConv1D(8, 3, strides=2, depth_multiplier=2), [SIGNAL]),
    "separable 2": (lambda k: k.layers.SeparableConv2D(8, 3, depth_multiplier=2, padding="same"), [IMAGE]),
    "transposed 1": (lambda k: k.layers.Conv1DTranspose(8, 3, strides=2), [SIGNAL]),
    "transposed 2": (lambda k: k.layers.Conv2DTranspose(8, 3, strides=2, padding="same"), [IMAGE]),
    "transposed with more": (
        lambda k: k.layers.Conv2DTranspose(8, (3, 4), strides=(2, 3), output_padding=1),
        [IMAGE],
    ),
    "transposed 3": (lambda k: k.layers.Conv3DTranspose(8, 3, strides=2), [VOLUME]),
    "simple": (lambda k: k.layers.SimpleRNN(6, unroll=True), [TEXT]),
    "lstm": (lambda k: k.layers.LSTM(6, unroll=True, return_sequences=True), [TEXT]),
    "gru": (lambda k: k.layers.GRU(5, unroll=True), [TEXT]),
    "gru with early reset": (lambda k: k.layers.GRU(5, unroll=True, reset_after=False), [TEXT]),
    "cell": (lambda k: k.layers.RNN(k.layers.GRUCell(5), unroll=True), [TEXT]),
    "cells": (lambda k: k.layers.RNN([k.layers.LSTMCell(6), k.layers.GRUCell(4)], unroll=True), [TEXT]),
    "convolutional lstm 1": (lambda k: k.layers.ConvLSTM1D(6, 3, unroll=True), [(4, 8, 3)]),
    "convolutional lstm 2": (lambda k: k.layers.ConvLSTM2D(6, 3, strides=2, padding="same", unroll=True), [FILM]),
    "both ways": (lambda k: k.layers.Bidirectional(k.layers.LSTM(6, unroll=True)), [TEXT]),
    "other way back": (
        lambda k: k.layers.Bidirectional(
            k.layers.LSTM(6, unroll=True), backward_layer=k.layers.GRU(6, go_backwards=True, unroll=True)
        ),
        [TEXT],
    ),
    "each step": (lambda k: k.layers.TimeDistributed(k.layers.Conv2D(4, 3)), [FILM]),
    "a model at each step": (lambda k: k.layers.TimeDistributed(small(k)), [FILM]),
    "spectral": (lambda k: k.layers.SpectralNormalization(k.layers.Conv2D(4, 3)), [IMAGE]),
    "attention": (lambda k: k.layers.Attention(), [TEXT, OTHER]),
    "attention with keys": (lambda k: k.layers.Attention(), [TEXT, WIDE, OTHER]),
    "attention by sums": (lambda k: k.layers.Attention(score_mode="concat"), [TEXT, OTHER]),
    "additive without a scale": (lambda k: k.layers.AdditiveAttention(use_scale=False), [TEXT, OTHER]),
    "dot": (lambda k: k.layers.Dot(axes=(2, 1)), [TEXT, (6, 9)]),
    "dot of vectors": (lambda k: k.layers.Dot(axes=1, normalize=True), [(7,), (7,)]),
    "spectrum": (
        lambda k: k.layers.STFTSpectrogram(frame_length=16, frame_step=8, fft_length=32, window=None),
        [(100, 3)],
    ),
    "complex spectrum": (
        lambda k: k.layers.STFTSpectrogram("stft", frame_length=16, frame_step=8, fft_length=32, window=None),
        [(100, 3)],
    ),
    "real spectrum": (
        lambda k: k.layers.STFTSpectrogram("real", 16, 8, 32, window=None, expand_dims=True),
        [(100, 3)],
    ),
    "mel": (lambda k: k.layers.MelSpectrogram(fft_length=32, sequence_stride=8, num_mel_bins=10), [(100,)]),
    "normalisation": (lambda k: k.layers.GroupNormalization(2), [IMAGE]),
    "pooling": (lambda k: k.layers.MaxPooling2D(), [IMAGE]),
}
HEADS = {
    "heads": (lambda k: k.layers.MultiHeadAttention(3, 4), [TEXT, WIDE]),
    "heads of other widths": (
        lambda k: k.layers.MultiHeadAttention(3, 4, value_dim=5, output_shape=11),
        [TEXT, WIDE, (9, 8)],
    ),
    "heads along an axis": (lambda k: k.layers.MultiHeadAttention(3, 4, attention_axes=(2,)), [(5, 7, 6), (5, 9, 6)]),
    "heads along two axes": (lambda k: k.layers.MultiHeadAttention(3, 4), [(5, 7, 6), (3, 9, 6)]),
    "heads with a gate": (lambda k: k.layers.MultiHeadAttention(3, 4, use_gate=True), [TEXT, OTHER]),
    "grouped heads": (lambda k: k.layers.GroupQueryAttention(4, 6, 2), [TEXT, OTHER]),
    "grouped heads with a gate": (lambda k: k.layers.GroupQueryAttention(4, 6, 2, use_gate=True), [TEXT, OTHER]),
}
OPERATIONS = {
    "matmul": (lambda k: k.ops.matmul, [(3, 7, 6), (1, 6, 9)]),
    "matmul with a constant": (lambda k: lambda x: k.ops.matmul(x, k.ops.ones((6, 9))), [TEXT]),
    "constant matmul": (lambda k: lambda x: k.ops.matmul(k.ops.ones((8, 7)), x), [TEXT]),
    "einsum": (lambda k: lambda x, y: k.ops.einsum("abc,adc->abd", x, y), [TEXT, OTHER]),
    "einsum with a constant": (lambda k: lambda x: k.ops.einsum("abc,cd->abd", x, k.ops.ones((6, 4))), [TEXT]),
    "constant einsum": (lambda k: lambda x: k.ops.einsum("dc,abc->abd", k.ops.ones((4, 6)), x), [TEXT]),
    "einsum with dots": (lambda k: lambda x, y: k.ops.einsum("...c,...c->...", x, y), [TEXT, TEXT]),
    "dot": (lambda k: lambda x: k.ops.dot(x, k.ops.ones((6, 9))), [TEXT]),
    "tensordot": (lambda k: lambda x: k.ops.tensordot(x, k.ops.ones((7, 6, 4)), axes=[[1, 2], [0, 1]]), [TEXT]),
    "heads": (lambda k: lambda x, y: k.ops.dot_product_attention(x, y, y), [(7, 2, 6), (9, 2, 6)]),
    "convolution": (lambda k: lambda x: k.ops.relu(k.ops.conv(x, k.ops.ones((3, 3, 4, 5)))), [IMAGE]),
    "sum": (lambda k: lambda x: k.ops.sum(x * x, axis=-1), [TEXT]),
}


def small(k):
    return k.Sequential([k.Input(FILM[1:]), k.layers.Conv2D(4, 3), k.layers.Flatten(), k.layers.Dense(3)])


def total(source, assume=None):
    return Measures(complete(read(source), verify=False, assume=assume))["macs"].total()


def holds(model):
    """Compare both a live model and its JSON with what TensorFlow runs for it."""
    want = Amount(value=multiply_adds(traced(model, model.inputs)))
    assert total(model) == want
    assert total(model.to_json()) == want
    return want.value


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_multiplies_as_often_as_its_operations(keras, name):
    make, shapes = LAYERS[name]
    inputs = [keras.Input(shape) for shape in shapes]
    holds(keras.Model(inputs, make(keras)(inputs if len(inputs) > 1 else inputs[0])))


@pytest.mark.parametrize(("make", "shapes"), HEADS.values(), ids=HEADS)
def test_attention_with_heads_is_counted_in_full(keras, make, shapes):
    inputs = [keras.Input(shape) for shape in shapes]
    holds(keras.Model(inputs, make(keras)(*inputs)))


@pytest.mark.parametrize(("make", "shapes"), OPERATIONS.values(), ids=OPERATIONS)
def test_operations_are_counted(keras, make, shapes):
    inputs = [keras.Input(shape) for shape in shapes]
    holds(keras.Model(inputs, make(keras)(*inputs)))


def test_an_embedding_looks_up_and_compares_with_all_words(keras):
    words = keras.Input((7,), dtype="int32")
    embedding = keras.layers.ReversibleEmbedding(11, 5)
    assert holds(keras.Model(words, embedding(embedding(words), reverse=True))) == 7 * 5 * 11


def test_additive_attention_multiplies_the_scale_which_tensorflow_does_element_by_element(keras):
    inputs = [keras.Input(TEXT), keras.Input(OTHER)]
    model = keras.Model(inputs, keras.layers.AdditiveAttention()(inputs))
    assert total(model).value == multiply_adds(traced(model, model.inputs)) + 7 * 9 * 6


@pytest.mark.parametrize("name", ["VGG16", "ResNet50", "MobileNetV2", "EfficientNetB0", "InceptionV3"])
def test_whole_networks_equal_the_profiler_of_tensorflow(keras, name):
    model = getattr(keras.applications, name)(weights=None)
    assert holds(model) == profiled(traced(model, model.inputs))


@pytest.mark.parametrize("length", [128, 512])
def test_bert_is_counted_for_a_given_length(keras, length):
    model = bert_base(keras, length)
    assert total(bert_base(keras).to_json(), assume=length).value == holds(model)


def gated(k):
    image = k.Input((16, 16, 3))
    x = k.layers.Conv2D(8, 4, strides=4)(image)
    x = k.layers.Reshape((16, 8))(x)
    x = k.layers.LayerNormalization()(x + k.layers.MultiHeadAttention(2, 4)(query=x, value=x))
    return k.Model(image, k.layers.Dense(2)(k.layers.GlobalAveragePooling1D()(x)))


def twins(k):
    first, second = k.Input(FILM[1:]), k.Input(FILM[1:])
    encoder = small(k)
    return k.Model([first, second], k.layers.Dot(1)([encoder(first), encoder(second)]))


def steps_of_steps(k):
    films = k.Input((2, *FILM))
    each = k.Sequential([k.Input(FILM), k.layers.TimeDistributed(small(k)), k.layers.Dense(3)])
    return k.Model(films, k.layers.TimeDistributed(each)(films))


def in_the_batch(k):
    text = k.Input(TEXT)
    words = k.layers.Dense(4)(k.ops.reshape(text, (-1, 6)))
    return k.Model(text, k.layers.Dense(2)(k.ops.reshape(words, (-1, 7, 4))))


def translator(k):
    source, target = k.Input(TEXT), k.Input(OTHER)
    _, *states = k.layers.LSTM(5, return_state=True, unroll=True)(source)
    x = k.layers.LSTM(5, return_sequences=True, unroll=True)(target, initial_state=states)
    attended, scores = k.layers.MultiHeadAttention(2, 4)(x, source, return_attention_scores=True)
    return k.Model([source, target], [attended, scores])


def fixed_batch(k):
    image = k.Input(batch_shape=(1, *FILM[1:]))
    return k.Model(image, small(k)(image))


@pytest.mark.parametrize("make", [gated, twins, steps_of_steps, in_the_batch, translator, fixed_batch])
def test_whole_models_are_counted(keras, make):
    assert holds(make(keras)) > 0


def film(k, steps, size):
    image = k.Input((size, size, 3))
    each = k.Model(image, k.layers.GlobalAveragePooling2D()(k.layers.Conv2D(4, 3)(image)))
    films = k.Input((steps, size, size, 3))
    x = k.layers.LSTM(3, return_sequences=True, unroll=steps is not None)(k.layers.TimeDistributed(each)(films))
    return k.Model(films, k.layers.Dense(2)(x))


def hourglass(k, _, size):
    image = k.Input((size, size, 3))
    wide = k.layers.Conv2D(4, 3, padding="same")(image)
    x = k.layers.Conv2D(8, 3, padding="same")(k.layers.MaxPooling2D()(wide))
    x = k.layers.Concatenate()([k.layers.Conv2DTranspose(4, 2, strides=2)(x), wide])
    head = [k.Input((None, None, 8)), k.layers.Conv2D(2, 1), k.layers.UpSampling2D(), k.layers.Conv2D(3, 3)]
    return k.Model(image, k.Sequential(head)(x))


@pytest.mark.parametrize(("make", "assume"), [(film, (5, 8, 8, 3)), (hourglass, (8, 8, 3))])
def test_what_is_assumed_costs_what_is_built_so(keras, make, assume):
    known, opened = make(keras, 5, 8), make(keras, None, None)
    want = Amount(value=multiply_adds(traced(known, known.inputs)))
    assert total(opened, assume) == total(opened.to_json(), assume) == want
    assert total(opened).exact is False


KERAS_2 = {
    "locally connected 1": (lambda k: k.layers.LocallyConnected1D(4, 3), [SIGNAL]),
    "locally connected 2": (lambda k: k.layers.LocallyConnected2D(4, 3, strides=2), [IMAGE]),
    "separable": (lambda k: k.layers.SeparableConv2D(8, 3, depth_multiplier=2), [IMAGE]),
    "both ways": (lambda k: k.layers.Bidirectional(k.layers.GRU(6, unroll=True)), [TEXT]),
    "lstm": (lambda k: k.layers.LSTM(6, unroll=True), [TEXT]),
    "each step": (lambda k: k.layers.TimeDistributed(k.layers.Dense(4)), [TEXT]),
    "random features": (lambda k: k.layers.experimental.RandomFourierFeatures(9), [(6,)]),
    "heads": (lambda k: lambda x: k.layers.MultiHeadAttention(3, 4)(x, x), [TEXT]),
    "tensordot": (lambda k: lambda x: tensorflow().tensordot(x, tensorflow().ones((6, 4)), axes=1), [TEXT]),
    "split and joined": (
        lambda k: lambda x: k.layers.Dense(2)(tensorflow().concat(tensorflow().split(x, 2, axis=-1), axis=1)),
        [TEXT],
    ),
    "a model at each step": (lambda k: k.layers.TimeDistributed(small(k)), [FILM]),
    "matmul": (lambda k: lambda x: tensorflow().matmul(x, x, transpose_b=True), [TEXT]),
    "matmul turned": (lambda k: lambda x: tensorflow().matmul(x, x, transpose_a=True), [TEXT]),
}


def tensorflow():
    import tensorflow as tf

    return tf


@pytest.mark.parametrize("name", KERAS_2)
def test_models_of_keras_2_are_counted(name):
    import tf_keras

    make, shapes = KERAS_2[name]
    inputs = [tf_keras.Input(shape) for shape in shapes]
    model = tf_keras.Model(inputs, make(tf_keras)(inputs if len(inputs) > 1 else inputs[0]))
    # A locally connected layer runs as sums of single elements, which no product tells of: counted by hand.
    by_hand = {"locally connected 1": 18 * 4 * 3 * 5, "locally connected 2": 8 * 9 * 4 * 9 * 4}
    want = by_hand.get(name) or multiply_adds(traced(model, model.inputs))
    assert total(model).value == want
    assert total(model.to_json()).value == want
