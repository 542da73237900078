"""What axes mean in live models, whose operations and attention have attributes that files spell otherwise."""

import pytest

import cutaway
from cutaway.analysis.shapes import infer
from cutaway.views.sizing import meanings

pytestmark = pytest.mark.framework


def told(model):
    """Return the names of the axes of all outputs, by operations, each once."""
    graph = infer(cutaway.read(model), verify=False)
    found = meanings(graph)
    return {
        (node.operation, port): " ".join(axes.names)
        for node in graph.nodes
        for port, axes in enumerate(found[node.id])
        if axes.names is not None
    }


def test_heads_that_equations_split(keras):
    x = keras.Input((64, 96))
    heads = keras.layers.EinsumDense("abc,cde->abde", output_shape=(None, 8, 12))(x)
    scores = keras.ops.einsum("bthd,bshd->bhts", heads, heads)
    found = told(keras.Model(x, [heads, keras.layers.Softmax()(scores)]))
    assert found["EinsumDense", 0] == "length heads channels"
    assert found["Einsum", 0] == found["Softmax", 0] == "heads length length"


def test_heads_that_reshapes_split(keras):
    layers, x = keras.layers, keras.Input((64, 96))
    queries = layers.Permute((2, 1, 3))(layers.Reshape((64, 8, 12))(x))
    keys = keras.ops.transpose(layers.Reshape((64, 8, 12))(x), (0, 2, 3, 1))
    found = told(keras.Model(x, keras.ops.matmul(queries, keys)))
    assert found["Reshape", 0] == "length heads channels"
    assert found["Permute", 0] == "heads length channels"
    assert found["Transpose", 0] == "heads channels length"
    assert found["Matmul", 0] == "heads length length"


def test_scores_of_attention(keras):
    x = keras.Input((None, 96))
    outputs = keras.layers.MultiHeadAttention(8, 12)(x, x, return_attention_scores=True)
    found = told(keras.Model(x, outputs))
    assert found["MultiHeadAttention", 0] == "length channels"
    assert found["MultiHeadAttention", 1] == "heads length length"


def test_images_over_time(keras):
    layers, x = keras.layers, keras.Input((10, 64, 64, 3))
    images = layers.TimeDistributed(layers.Conv2D(8, 3))(x)
    steps = layers.LSTM(4, return_sequences=True, return_state=True)(layers.TimeDistributed(layers.Flatten())(images))
    found = told(keras.Model(x, [images, *steps]))
    assert found["InputLayer", 0] == "length height width channels"
    assert (found["LSTM", 0], found["LSTM", 1], found["LSTM", 2]) == ("length channels", "channels", "channels")


def test_parts_and_maxima_of_images(keras):
    x = keras.Input((None, None, 3))
    left, right = keras.ops.split(keras.layers.Conv2D(8, 3)(x), 2, axis=-1)
    found = told(keras.Model(x, [left, keras.ops.max(right, axis=(1, 2)), keras.ops.transpose(left, (0, 3, 1, 2))]))
    assert found["Split", 0] == found["Split", 1] == "height width channels"
    assert found["Max", 0] == "channels"
    assert found["Transpose", 0] == "channels height width"
