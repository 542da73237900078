"""Files of tf_keras against its live graphs: the hard cases of what a call can be given, of numbering, of functions."""

import os
import warnings
from collections import Counter

import pytest

from cutaway.analysis.check import check
from cutaway.analysis.collapse import collapse
from cutaway.analysis.shapes import infer
from cutaway.sources import read

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def keras():
    import tf_keras

    return tf_keras


def dense(keras, name, units=4):
    return keras.layers.Dense(units, name=name)


def encoder(keras, name="enc"):
    i = keras.Input((4,), name=f"{name}_i")
    return keras.Model(i, dense(keras, f"{name}_d")(i), name=name)


def chains_called_twice(keras):
    known = keras.Sequential([keras.Input((4,)), dense(keras, "a")], name="known")
    unknown = keras.Sequential([dense(keras, "b")], name="unknown")
    outer = keras.Sequential([unknown, keras.layers.ReLU(name="r")], name="outer")
    x = keras.Input((4,), name="x")
    y = outer(x)
    return keras.Model(x, [known(x), known(known(y)), outer(y), unknown(y)])


def calls_outside_of_the_model(keras):
    layer, inner = dense(keras, "d"), encoder(keras)
    x = keras.Input((4,), name="x")
    layer(layer(keras.Input((4,))))
    inner(keras.Input((4,)))
    y = inner(layer(x))
    inner(layer(y))
    return keras.Model(x, [inner(layer(y)), y])


def from_the_middle(keras):
    x = keras.Input((4,), name="x")
    y = dense(keras, "d")(x)
    return keras.Model(y, dense(keras, "e")(y))


def dicts_of_inputs_and_outputs(keras):
    a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    parts = {"z": dense(keras, "da", 2)(a), "k": dense(keras, "db", 3)(b)}
    inner = keras.Model({"u": a, "t": b}, parts, name="inner")
    x, y = keras.Input((4,), name="x"), keras.Input((3,), name="y")
    first = inner({"u": x, "t": y})
    second = inner({"t": dense(keras, "q", 3)(first["z"]), "u": x})
    return keras.Model([x, y], {"one": first["k"], "both": [second["z"], second["k"]]})


def lists_in_lists(keras):
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    inner = keras.Model([a, [b]], keras.layers.Add(name="add")([a, b]), name="inner")
    x = keras.Input((4,), name="x")
    deep = keras.layers.Lambda(lambda given: given[0][0] + given[1], name="deep")([[x, inner([x, [x]])], x])
    return keras.Model(x, inner([x, [deep]]))


def states(keras):
    x = keras.Input((5, 4), name="x")
    held = [keras.Input((3,), name=f"h{place}") for place in range(4)]
    cell = keras.layers.LSTM(3, return_state=True, return_sequences=True)
    y = keras.layers.Bidirectional(cell, name="both")(x, initial_state=held)
    z = keras.layers.GRU(6, name="gru")(y[0], initial_state=keras.layers.Concatenate(name="c")(y[1:3]))
    return keras.Model([x, *held], z)


def attention_and_masks(keras):
    x, mask = keras.Input((5,), name="x"), keras.Input((5,), dtype="bool", name="mask")
    e = keras.layers.Embedding(9, 4, mask_zero=True, name="e")(x)
    y = keras.layers.LSTM(3, name="l", return_sequences=True)(e, mask=mask)
    z = keras.layers.MultiHeadAttention(2, 3, name="m")(query=e, value=y, attention_mask=mask[:, None])
    return keras.Model([x, mask], keras.layers.AdditiveAttention(name="a")([z, e, e], return_attention_scores=True))


def a_model_at_each_step(keras):
    x = keras.Input((5, 4), name="x")
    steps = keras.layers.TimeDistributed(encoder(keras), name="steps")
    return keras.Model(x, steps(steps(x)))


def what_is_handed_on(keras):
    x = keras.Input((4,), name="x")
    return keras.Model(x, [x, dense(keras, "d")(x), x])


def functions_with_constants(keras):
    import tensorflow as tf

    x = keras.Input((4, 8), name="x")
    parts = tf.unstack(x, axis=1)
    return keras.Model(
        x,
        [
            tf.concat([x, tf.ones((1, 4, 8))], 0),
            2.0 / x - x**2,
            tf.maximum(x, [[1.0] * 8] * 4),
            tf.stack([parts[2], parts[0]], axis=1),
            tf.add_n([x, x]),
            tf.matmul(x, x, transpose_b=True),
            x[:, : tf.shape(x)[1] // 2, tf.newaxis, ::-1],
            tf.split(x, [1, 3], 1)[1],
            tf.image.resize(x[:, :, :, tf.newaxis], (8, 16)),
            *tf.math.top_k(x, 2),
            *tf.nn.moments(x, [1]),
            tf.gather(x, tf.cast(parts[0][:, :2], "int32"), axis=1, batch_dims=1),
            tf.argmax(tf.nn.softmax(tf.where(x > 0, x, -x)), -1),
        ],
    )


BUILDERS = [
    chains_called_twice,
    calls_outside_of_the_model,
    from_the_middle,
    dicts_of_inputs_and_outputs,
    lists_in_lists,
    states,
    attention_and_masks,
    a_model_at_each_step,
    what_is_handed_on,
    functions_with_constants,
]


def live_calls(model):
    return [call for calls in model._nodes_by_depth.values() for call in calls]


def origin(tensor):
    return tensor._keras_history.layer.name, tensor._keras_history.tensor_index


def flat(structure):
    import tensorflow as tf

    return tf.nest.flatten(structure)


def agrees(tensor, live):
    """Tell whether a tensor says nothing else than the live one does; it may say less."""
    shape = tuple(live.shape)
    known = tensor.shape is None or (
        len(tensor.shape) == len(shape) and all(a is None or a == b for a, b in zip(tensor.shape, shape, strict=True))
    )
    return known and tensor.dtype in {None, live.dtype.name}


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
@pytest.mark.parametrize("form", ["json", "h5", "keras"])
def test_a_file_tells_what_the_live_model_is(keras, build, form, tmp_path):
    model = build(keras)
    source = model.to_json() if form == "json" else tmp_path / f"net.{form}"
    if form != "json":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.save(source)
    graph = read(source)
    assert check(graph) == ()
    closed = infer(collapse(graph, 0).graph)
    names = {node.id: node.name for node in closed.nodes}
    calls = live_calls(model)
    assert Counter(names.values()) == Counter(call.layer.name for call in calls)
    pairs = Counter((names[edge.source], names[edge.target]) for edge in closed.edges)
    assert pairs == Counter((origin(tensor)[0], call.layer.name) for call in calls for tensor in call.keras_inputs)
    assert [(names[output.node], output.port) for output in closed.outputs] == list(map(origin, flat(model.outputs)))
    for node in closed.nodes:
        for port, tensor in enumerate(output.tensor for output in node.outputs):
            told = [flat(call.outputs) for call in calls if call.layer.name == node.name]
            same = [outputs[port] for outputs in told if port < len(outputs)]
            assert any(agrees(tensor, each) for each in same) or not same, (node.id, tensor)
