"""Subclassed live models whose code needs sizes that are unknown."""

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
    pytest.mark.filterwarnings("ignore:.*does not have a `build"),
]


def read_quietly(model, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        graph = read(model, **options)
    assert check(graph) == ()
    return graph


def shapes_of(graph):
    return {node.id: node.outputs[0].tensor.shape for node in graph.nodes}


def recurrent(keras):
    def flow(net, x):
        state = keras.ops.zeros((keras.ops.shape(x)[0], 2))
        for step in range(keras.ops.shape(x)[1]):
            state, _ = net.cell(x[:, step], [state])
        return net.out(state)

    return model_of(keras, flow, cell=keras.layers.GRUCell(2, name="cell"), out=keras.layers.Dense(4, name="out"))


def flattened(keras, x):
    """Return `x` with its first two axes, of unknown sizes, made one and two again."""
    ops = keras.ops
    batch, length = ops.shape(x)[0], ops.shape(x)[1]
    return ops.reshape(ops.reshape(x, (batch * length, 5)) / (length + 1), (batch, length, 5))


@pytest.mark.parametrize("is_built", [False, True])
def test_a_loop_over_a_cell_that_starts_with_zeros_is_traced_with_an_unknown_batch(keras, is_built):
    import numpy as np

    model, options = recurrent(keras), {"input_shape": (3, 5)}
    if is_built:
        model(np.zeros((2, 3, 5), "float32"))
        options = {}
    graph = read_quietly(model, **options)
    shapes = shapes_of(graph)
    assert shapes["input"] == (None, 3, 5)
    assert [shapes[key] for key in ("cell", "cell#2", "cell#3", "out")] == [*[(None, 2)] * 3, (None, 4)]
    assert graph.nodes[4].attributes["call"] == {"input 1": ("array (?, 2) float32",)}
    assert read(model, **options) == graph


def test_a_loop_over_an_unknown_length_is_not_shown_at_some_length(keras):
    with pytest.warns(
        CutawayWarning,
        match=r"what its call\(\) calls depends on unknown sizes .*; give its input_shape with all sizes;",
    ):
        graph = read(recurrent(keras), input_shape=(None, None, 5))
    assert graph.edges == ()
    assert [node.weights for node in graph.nodes] == [None, None]


def test_what_follows_from_unknown_sizes_is_unknown(keras):
    model = model_of(keras, lambda _, x: flattened(keras, x)[:, : keras.ops.shape(x)[1] // 2])
    graph = read_quietly(model, input_shape=(None, None, 5))
    assert list(shapes_of(graph).values()) == [(None, None, 5), *[(None, 5)] * 2, *[(None, None, 5)] * 2]
    attributes = [node.attributes for node in graph.nodes]
    assert attributes[1]["newshape"] == (None, 5)
    assert attributes[2]["call"] == {"input 1": None}
    assert attributes[4]["call"] == {"key": (":", ":?")}
    graph = read_quietly(model, input_shape=(6, 5))
    assert list(shapes_of(graph).values()) == [(None, 6, 5), *[(None, 5)] * 2, (None, 6, 5), (None, 3, 5)]


@pytest.mark.parametrize("is_part", [False, True])
def test_positions_of_an_unknown_length_are_not_none_at_all(keras, is_part):
    def flow(net, x):
        length = keras.ops.shape(x)[-1]
        return net.words(x) + net.places(keras.ops.arange(start=0, stop=length, step=1))  # None is no stop

    class Placed(keras.layers.Layer):
        def __init__(self):
            super().__init__(name="placed")
            self.words, self.places = embeddings()

        def call(self, x):
            return flow(self, x)

    def embeddings():
        return [keras.layers.Embedding(128, 8, name=name) for name in ("words", "places")]

    if is_part:
        model = model_of(keras, lambda net, x: net.placed(x), placed=Placed())
    else:
        model = model_of(keras, flow, **dict(zip(("words", "places"), embeddings(), strict=True)))
    graph = read_quietly(model, input_shape=(None, None))
    places = next(node for node in graph.nodes if node.name == "places")
    assert places.outputs[0].tensor.shape == (None, 8)
    assert places.attributes["call"] == {"input 0": "array (?) int32"}


def test_a_step_that_is_taken_for_some_sizes_only_is_not_shown_nor_left_out(keras):
    def flow(net, x):
        rest = keras.ops.shape(x)[1] % 8
        return net.out(keras.ops.pad(x, ((0, 0), (0, 8 - rest), (0, 0))) if rest else x)

    model = model_of(keras, flow, out=keras.layers.Dense(4, name="out"))
    with pytest.warns(CutawayWarning, match="depends on unknown sizes"):
        assert read(model, input_shape=(None, None, 5)).edges == ()
    assert shapes_of(read_quietly(model, input_shape=(6, 5)))["pad"] == (None, 8, 5)


def test_a_length_at_which_something_ends_is_not_that_of_what_is_shorter(keras):
    def flow(_, x):
        return x[:, :40] + keras.ops.zeros((keras.ops.shape(x)[0], keras.ops.minimum(keras.ops.shape(x)[1], 40), 1))

    graph = read_quietly(model_of(keras, flow), input_shape=(None, None, 5))
    assert list(shapes_of(graph).values()) == [(None, None, 5)] * 3


def test_weights_whose_shapes_depend_on_an_unknown_size_are_not_shown(keras):
    def flow(net, x):
        return net.out(keras.layers.Flatten()(flattened(keras, x)))

    model = model_of(keras, flow, out=keras.layers.Dense(4, name="out"))
    with pytest.warns(CutawayWarning, match="depends on unknown sizes .*; give its input_shape with all sizes;"):
        graph = read(model, input_shape=(None, None, 5))
    assert [node.weights for node in graph.nodes] == [None]
    assert not model.built
    graph = read_quietly(model, input_shape=(6, 5))
    assert [weight.shape for weight in graph.nodes[-1].weights] == [(30, 4), (4,)]
    assert [weight.key for weight in graph.nodes[-1].weights] == ["out/kernel", "out/bias"]


def test_a_part_is_followed_where_only_its_own_code_needs_the_batch(keras):
    class Noisy(keras.layers.Layer):
        def __init__(self):
            super().__init__(name="noisy")
            self.inner = keras.layers.Dense(3, name="inner")

        def call(self, x):
            return self.inner(x) + keras.ops.ones((keras.ops.shape(x)[0], 1))

    model = model_of(keras, lambda net, x: net.out(net.noisy(x)), noisy=Noisy(), out=keras.layers.Dense(2, name="out"))
    graph = read_quietly(model, input_shape=(4,))
    assert shapes_of(graph) == {
        "input": (None, 4), "noisy/inner": (None, 3), "noisy/add": (None, 3), "out": (None, 2),
    }  # fmt: skip


def test_advice_is_given_where_it_can_help(keras):
    def flow(net, x):
        return net.out(x) if float(keras.ops.sum(x)) > 0 else x

    def said(model, **options):
        with pytest.warns(CutawayWarning, match="cannot be followed") as told:
            read(model, **options)
        return str(told[0].message).partition("); ")[2].removesuffix("; its layers are shown without connections")

    model = model_of(keras, flow, out=keras.layers.Dense(4, name="out"))
    rewrite = "use keras.ops in call() in place of Python values of tensors"
    assert said(model, input_shape=(None, None, 5)) == f"give its input_shape with all sizes, or {rewrite}"
    assert said(model, input_shape=(5,)) == f"give the shape of its real input, or {rewrite}"
    model.build((None, 5))
    assert said(model) == rewrite


def test_a_model_of_keras_2_is_traced_with_an_unknown_batch(tf_keras):
    import tensorflow as tf

    def flow(net, x):
        return net.out(x + tf.zeros((x.shape[0], 1)))

    model = model_of(tf_keras, flow, out=tf_keras.layers.Dense(4, name="out"))
    graph = read_quietly(model, input_shape=(3,))
    assert list(shapes_of(graph).values()) == [(None, 3), (None, 3), (None, 4)]
    assert graph.nodes[1].attributes["call"] == {"input 1": "array (?, 1)"}
