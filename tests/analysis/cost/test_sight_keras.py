"""Receptive fields against what changes where single places of the input do, in models of random weights."""

import os

import numpy as np
import pytest

from cutaway.analysis.complete import complete
from cutaway.analysis.cost import costs
from cutaway.sources import read

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
SQUARE, WIDE, SIGNAL, FILM = (12, 12, 3), (9, 11, 3), (10, 4), (3, 7, 8, 2)


def conv(k, *size, **settings):
    return k.layers.Conv2D(2, size, **settings)


MODELS = {
    "transposed by a layer": (SQUARE, lambda k, x: conv(k, 3, 1)(k.layers.Permute((2, 1, 3))(x))),
    "transposed by an operation": (SQUARE, lambda k, x: conv(k, 3, 1)(k.ops.transpose(x, (0, 2, 1, 3)))),
    "channels among the axes": (WIDE, lambda k, x: conv(k, 3, 1)(k.layers.Permute((3, 1, 2))(x))),
    "swapped": (SQUARE, lambda k, x: conv(k, 1, 3)(k.ops.swapaxes(x, 1, 2))),
    "moved": (SQUARE, lambda k, x: conv(k, 1, 3)(k.ops.moveaxis(x, 1, 2))),
    "mean of rows": (WIDE, lambda k, x: k.ops.mean(x, axis=1)),
    "mean of columns": (WIDE, lambda k, x: k.ops.mean(conv(k, 3, 3)(x), axis=2, keepdims=True)),
    "greatest of both": (WIDE, lambda k, x: k.ops.max(x, axis=(1, 2))),
    "sum of channels": (WIDE, lambda k, x: k.ops.sum(conv(k, 3, 3)(x), axis=-1)),
    "mean of rows and a window": (
        WIDE,
        lambda k, x: k.layers.Conv1D(2, 3)(k.ops.mean(x, axis=1)),
    ),
    "attention along one axis": (
        WIDE,
        lambda k, x: k.layers.MultiHeadAttention(2, 4, attention_axes=2)(x, x),
    ),
    "attention along all": (WIDE, lambda k, x: k.layers.MultiHeadAttention(2, 4)(x, x)),
    "dense over columns": (WIDE, lambda k, x: k.layers.Dense(5)(k.layers.Permute((1, 3, 2))(x))),
    "equation": (WIDE, lambda k, x: k.layers.EinsumDense("abcd,bde->ace", output_shape=(11, 4))(x)),
    "equation with dots": (WIDE, lambda k, x: k.layers.EinsumDense("...cd,ce->...ed", output_shape=(5, 3))(x)),
    "end to end": (WIDE, lambda k, x: k.layers.Concatenate(axis=1)([conv(k, 3, 3, padding="same")(x)] * 2)),
    "channels beside each other": (WIDE, lambda k, x: conv(k, 3, 3)(k.layers.Concatenate()([x, conv(k, 1, 1)(x)]))),
    "flat": (WIDE, lambda k, x: k.layers.Flatten()(conv(k, 3, 3)(x))),
    "flat, of windows that do not fit": (
        WIDE,
        lambda k, x: k.layers.Dense(3)(k.layers.Flatten()(conv(k, 2, 2, strides=3)(x))),
    ),
    "pooled, of a part": (WIDE, lambda k, x: k.layers.GlobalAveragePooling2D()(k.layers.Cropping2D(2)(x))),
    "laid in a row": (WIDE, lambda k, x: k.layers.Reshape((99, 3))(x)),
    "rows kept": (WIDE, lambda k, x: k.layers.Conv1D(2, 3)(k.layers.Reshape((9, 33))(x))),
    "a row of all, and all of it": (WIDE, lambda k, x: k.layers.GlobalAveragePooling1D()(k.layers.Reshape((99, 3))(x))),
    "repeated": (SIGNAL, lambda k, x: k.layers.RepeatVector(3)(k.layers.LSTM(4)(x))),
    "steps, of which the last sees all": (SIGNAL, lambda k, x: k.layers.LSTM(4, return_sequences=True)(x)),
    "dot over steps": (SIGNAL, lambda k, x: k.layers.Dot(axes=1)([x, k.layers.Dense(3)(x)])),
    "each with each": (SIGNAL, lambda k, x: k.layers.Dot(axes=2)([x, x])),
    "turned and added": (SIGNAL, lambda k, x: x + k.ops.flip(x, axis=1)),
    "turned": (SIGNAL, lambda k, x: k.ops.flip(x, axis=1)),
    "pairs": (SIGNAL, lambda k, x: k.ops.expand_dims(x, 1) + k.ops.expand_dims(x, 2)),
    "with its transposed": (SQUARE, lambda k, x: k.layers.Add()([x, k.layers.Permute((2, 1, 3))(x)])),
    "sliced": (SIGNAL, lambda k, x: k.layers.Conv1D(2, 3)(x[:, ::2])),
    "one row": (WIDE, lambda k, x: k.layers.Conv1D(2, 3)(x[:, 0])),
    "some channels": (WIDE, lambda k, x: conv(k, 3, 3)(x[..., :2])),
    "depth by depth": (WIDE, lambda k, x: k.layers.DepthwiseConv2D(3)(k.layers.Permute((1, 3, 2))(x))),
    "each step": (FILM, lambda k, x: k.layers.TimeDistributed(k.layers.Permute((2, 1, 3)))(x)),
    "each step, pooled": (FILM, lambda k, x: k.layers.TimeDistributed(k.layers.GlobalAveragePooling2D())(x)),
    "steps of windows": (FILM, lambda k, x: k.layers.ConvLSTM2D(2, 3, padding="same")(x)),
    "stacked": (SIGNAL, lambda k, x: conv(k, 1, 3)(k.ops.stack([x, 2 * x], axis=1))),
    "split": (WIDE, lambda k, x: conv(k, 3, 1)(k.ops.split(k.ops.transpose(x, (0, 2, 1, 3)), 3, axis=-1)[0])),
    "squeezed": (WIDE, lambda k, x: k.layers.Conv1D(2, 3)(k.ops.squeeze(k.ops.mean(x, axis=1, keepdims=True), 1))),
    "softmax along rows": (WIDE, lambda k, x: k.layers.Softmax(axis=1)(x)),
    "patches": ((8, 8, 3), lambda k, x: k.layers.Dense(4)(k.layers.Reshape((4, 48))(x))),
}
UNKNOWN = {
    "each with each",
    "turned and added",
    "pairs",
    "with its transposed",
    "sliced",
    "one row",
    "patches",
}


def seen_by_change(model, shape):
    """Return how far the places reach that change any one output, the most of all outputs, along each spatial axis."""
    axes = shape[:-1]
    random = np.random.default_rng(0)
    base = random.normal(size=shape).astype("float32")
    places = list(np.ndindex(*axes))
    changed = np.repeat(base[None], len(places) + 1, axis=0)
    for row, place in enumerate(places):
        changed[(row, *place)] += random.normal(size=shape[-1]) * 3
    made = np.asarray(model.predict_on_batch(changed)).reshape(len(places) + 1, -1)
    differs = np.abs(made[:-1] - made[-1]) > 1e-7
    reach = np.zeros(len(axes), int)
    for output in range(differs.shape[1]):
        hit = np.array([place for place, change in zip(places, differs[:, output], strict=True) if change])
        if len(hit):
            reach = np.maximum(reach, hit.max(axis=0) - hit.min(axis=0) + 1)
    return tuple(map(int, reach))


@pytest.mark.parametrize("name", MODELS)
def test_fields_are_what_single_places_change(name):
    import keras

    keras.utils.set_random_seed(1)
    shape, build = MODELS[name]
    x = keras.Input(shape)
    model = keras.Model(x, build(keras, x))
    graph = complete(read(model), verify=False)
    found = costs(graph)[graph.outputs[0].node].receptive_field
    assert found == (None if name in UNKNOWN else seen_by_change(model, shape))
