"""Live models of tf_keras, against their own files and against what tf_keras says of them."""

import re
import warnings
from collections import Counter

import pytest
from keras2_zoo import (
    ZOO,
    cells,
    functional,
    inputs_by_name,
    nested_and_shared,
    ragged,
    sequence_to_sequence,
    unbuilt_chain,
)
from keras_parts import block_of
from same_graph import contradictions, facts

from cutaway.analysis.check import check
from cutaway.analysis.traverse import index
from cutaway.drawing import draw
from cutaway.errors import CutawayWarning, InputError, UnsupportedError
from cutaway.faults import faults
from cutaway.graph import Kind
from cutaway.sources import read, read_live, read_weights
from cutaway.sources.given_shape import is_shape

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

builders = pytest.mark.parametrize("build", ZOO, ids=lambda build: build.__name__)
UNSAVED = {("operations", "keras"), ("unbuilt_chain", "h5"), ("preprocessing", "h5")}
"""What tf_keras itself cannot save: an Ellipsis, weights that are not there yet, tables of words."""


@pytest.fixture(scope="module")
def keras():
    import tf_keras

    return tf_keras


@builders
def test_live_and_stored_models_give_one_graph(keras, build, tmp_path):
    model = build(keras)
    live = read(model)
    assert check(live) == ()
    stored = {"json": read(model.to_json())}
    for suffix in ("keras", "h5"):
        if (build.__name__, suffix) not in UNSAVED:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.save(tmp_path / f"net.{suffix}")
            stored[suffix] = read(tmp_path / f"net.{suffix}")
    for form, graph in stored.items():
        assert facts(graph) == facts(live), form
        assert contradictions(graph, live) == [], form


@pytest.mark.parametrize("build", [nested_and_shared, sequence_to_sequence, inputs_by_name, cells])
def test_a_model_that_keras_has_loaded_gives_the_same_graph(keras, build, tmp_path):
    model = build(keras)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save(tmp_path / "net.keras")
        model.save(tmp_path / "net.h5")
        loaded = [keras.models.load_model(tmp_path / name) for name in ("net.keras", "net.h5")]
    assert facts(read(loaded[0])) == facts(read(loaded[1])) == facts(read(model))


@builders
def test_all_shapes_and_weights_of_a_live_model_are_known(keras, build):
    model = build(keras)
    graph = read(model)
    if build is unbuilt_chain:
        assert all(node.weights is None for node in graph.nodes)
        return
    tensors = [port.tensor for node in graph.nodes for port in (*node.inputs, *node.outputs)]
    assert all(tensor.shape is not None and tensor.dtype is not None for tensor in tensors)
    weights = {weight.key: weight for node in graph.nodes for weight in node.weights}
    assert Counter(weight.shape for weight in weights.values()) == Counter(
        tuple(w.shape) for w in model.weights if hasattr(w, "shape")
    )
    trained = Counter(weight.shape for weight in weights.values() if weight.trainable)
    assert trained == Counter(tuple(each.shape) for each in model.trainable_weights)


@builders
def test_the_shapes_are_those_that_keras_tells_of_each_call(keras, build):
    graph, layers = read_live(build(keras))
    for node in graph.nodes:
        if build is unbuilt_chain or node.id == f"{node.scope}/{node.name}":  # the end of a wrapper is not the wrapper
            continue
        call = re.search(r"#(\d+)$", node.id)
        told = layers[node.id].get_output_shape_at(int(call[1]) - 1 if call else 0)
        shapes = [told] if is_shape(told) else list(told[0] if len(told) == 1 and not is_shape(told[0]) else told)
        assert [port.tensor.shape for port in node.outputs] == shapes, node.id


@builders
def test_every_figure_of_the_zoo_is_without_a_fault(keras, build):
    graph = read(build(keras))
    figure = draw(graph)
    assert faults(figure.scene, graph) == ()


def test_the_inputs_of_einsum_are_drawn_though_no_file_holds_them(keras):
    import tensorflow as tf

    x = keras.Input((4, 5), name="x")
    y = keras.layers.Dense(3, name="d")(x)
    model = keras.Model(x, tf.einsum("bij,bik->bjk", x, y), name="net")
    graph = read(model)
    assert [edge.id for edge in graph.edges if edge.target == "tf.einsum"] == ["x:0->tf.einsum:0", "d:0->tf.einsum:1"]
    assert index(graph).nodes["tf.einsum"].outputs[0].tensor.shape == (None, 5, 3)
    with pytest.warns(CutawayWarning, match="inputs not stored by Keras 2"):
        stored = read(model.to_json())
    assert [(node.id, node.op) for node in stored.nodes] == [(node.id, node.op) for node in graph.nodes]


def test_a_method_of_a_tensor_is_the_operation_that_it_is(keras):
    assert [node.operation for node in read(ragged(keras)).nodes].count("ToTensor") == 1


def test_calls_of_one_layer_share_their_weights(keras):
    nodes = index(read(nested_and_shared(keras))).nodes
    assert nodes["enc/frozen"].weights == nodes["enc#2/frozen"].weights
    assert [weight.trainable for weight in nodes["enc/frozen"].weights] == [False, False]
    assert {weight.key for weight in nodes["head/h"].weights}.isdisjoint(w.key for w in nodes["enc/frozen"].weights)


def test_a_live_model_comes_with_the_layer_behind_each_id(keras):
    model = nested_and_shared(keras)
    graph, layers = read_live(model)
    assert layers["enc"] is layers["enc#2"] is model.get_layer("enc")
    assert layers["enc#2/frozen"] is model.get_layer("enc").get_layer("frozen")
    assert set(layers) == {each.id for each in (*graph.nodes, *graph.scopes)}


def test_a_table_of_words_among_the_weights_moves_no_other(keras):
    class Words(keras.layers.Layer):
        def __init__(self, **config):
            super().__init__(**config)
            self.table = keras.layers.StringLookup(vocabulary=["a", "b"])
            self.embed = keras.layers.Embedding(4, 5)

        def call(self, words):
            return self.embed(self.table(words))

    x = keras.Input((3,), dtype="string", name="x")
    model = keras.Model(x, Words(name="words")(x), name="net")
    weights = read_weights(model)
    (weight,) = index(read(model)).nodes["words"].weights
    assert weight.shape == weights[weight.key].shape == (4, 5)


def test_calls_outside_of_the_model_are_not_its_own(keras):
    model = functional(keras)
    before = read(model)
    model.get_layer("gap")(model.get_layer("c").output)
    assert read(model) == before


def test_a_layer_whose_config_fails_is_read_all_the_same(keras):
    class Stubborn(keras.layers.Layer):
        def __init__(self, thing, **config):
            super().__init__(**config)
            self.thing = thing

        def call(self, x):
            return x + 1

    x = keras.Input((4,), name="x")
    graph = read(keras.Model(x, Stubborn(object(), name="s")(x), name="net"))
    assert [edge.id for edge in graph.edges] == ["x:0->s:0"]
    assert graph.nodes[1].attributes == {}


def subclassed(keras, *, demanding=False):
    import tensorflow as tf

    block = block_of(keras)

    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.embed = keras.layers.Embedding(50, 8, name="embed")
            self.place = keras.layers.Embedding(12, 8, name="place")
            self.blocks = [block(8, name=f"block{number}") for number in range(2)]
            self.shared = block(8, name="shared")
            self.out = keras.layers.Dense(3, name="out")
            self.loss_so_far = keras.metrics.Mean(name="loss_so_far")  # a layer to Keras 2

        def call(self, tokens, training=False):
            x = self.embed(tokens) + self.place(tf.range(12))
            for each in self.blocks:
                x = each(x, training=training)
            if demanding and float(tf.reduce_sum(x)) > 0:
                return x
            return self.out(self.shared(self.shared(x))[:, 0])

    return Net()


def test_a_subclassed_model_is_traced_with_scopes_for_its_parts(keras):
    graph = read(subclassed(keras), input_shape=(12,))
    assert check(graph) == ()
    assert [(s.id, s.op) for s in graph.scopes][:2] == [("block0", "Block"), ("block0/feed", "Sequential")]
    nodes = index(graph).nodes
    assert {"shared/attention", "shared#2/attention", "shared#2/feed/wide", "place"} <= set(nodes)
    assert nodes["input"].kind is Kind.INPUT
    assert nodes["input"].outputs[0].tensor.shape == (None, 12)
    assert nodes["input"].outputs[0].tensor.dtype is None  # not known: only tried
    assert nodes["input"].attributes == {"batch_input_shape": (None, 12)}
    assert nodes["shared/feed/wide"].outputs[0].tensor.shape == (None, 12, 16)
    assert nodes["shared/attention"].weights == nodes["shared#2/attention"].weights
    assert nodes["block0/attention"].weights != nodes["shared/attention"].weights
    assert [output.node for output in graph.outputs] == ["out"]
    assert not any("loss" in node for node in nodes)


@pytest.mark.parametrize(
    ("shape", "inputs"),
    [
        ((2, 8), {"input": (None, 8)}),
        ([(None, 8), (None, 8)], {"input_0": (None, 8), "input_1": (None, 8)}),
        ({"left": (None, 3, 8), "right": (None, 8)}, {"left": (None, 3, 8), "right": (None, 8)}),
    ],
)
def test_a_subclassed_model_is_traced_on_the_shapes_that_it_was_built_with(keras, shape, inputs):
    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.out = keras.layers.Dense(3, name="out")

        def call(self, given):
            if isinstance(given, dict):
                return self.out(given["left"]) + self.out(given["right"])[:, None]
            return self.out(given[0]) + self.out(given[1]) if isinstance(given, list) else self.out(given)

    model = Net()
    model.build(shape)
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        graph = read(model)
    assert check(graph) == ()
    entries = [node for node in graph.nodes if node.kind is Kind.INPUT]
    assert {node.id: node.outputs[0].tensor.shape for node in entries} == inputs
    assert {node.outputs[0].tensor.dtype for node in entries} == {None}  # not known: only tried
    assert index(graph).nodes["out"].outputs[0].tensor.shape == (*next(iter(inputs.values()))[:-1], 3)


def test_a_model_whose_own_build_keeps_no_shape_is_told_the_true_reason(keras):
    class Net(keras.Model):
        def build(self, shape):
            self.kernel = self.add_weight("kernel", shape=(shape[-1], 3))
            self.built = True

        def call(self, x):
            return x @ self.kernel

    model = Net(name="net")
    model.build((None, 8))
    with pytest.warns(CutawayWarning, match="does not keep the shape of the data that it was built or called on, and"):
        read(model)


def test_a_model_that_was_called_is_traced_on_what_it_was_called_with_and_stays_as_it_was(keras):
    import numpy as np

    model = subclassed(keras)
    before = model(np.zeros((2, 12), "int32"))
    notes = [len(layer._inbound_nodes) for layer in model._flatten_layers()]
    graph = read(model)
    assert check(graph) == ()
    assert index(graph).nodes["input"].outputs[0].tensor.dtype == "int32"
    assert index(graph).nodes["out"].outputs[0].tensor.shape == (None, 3)
    weights = {weight.key for node in graph.nodes for weight in node.weights}
    assert len(weights) == len(model.weights) - 2  # those of the metric
    assert read(model) == graph
    assert [len(layer._inbound_nodes) for layer in model._flatten_layers()] == notes
    assert np.array_equal(before, model(np.zeros((2, 12), "int32")))


def test_a_call_with_several_named_inputs_is_traced(keras):
    import numpy as np

    class Two(keras.Model):
        def __init__(self):
            super().__init__(name="two")
            self.a = keras.layers.Dense(3, name="a")
            self.b = keras.layers.Dense(3, name="b")

        def call(self, inputs, training=None, scale=1.0):
            return {"sum": self.a(inputs["left"]) + self.b(inputs["right"]) * scale, "left": inputs["left"]}

    model = Two()
    graph = read(model, input_shape={"left": (4,), "right": (5,)})
    assert check(graph) == ()
    model({"left": np.zeros((2, 4)), "right": np.zeros((2, 5))}, scale=2.0)
    called = read(model)
    assert called.inputs == graph.inputs == ("left", "right")
    assert [(output.name, output.node) for output in called.outputs] == [
        ("left", "left"),
        ("sum", "tf.__operators__.add"),
    ]


def test_a_call_in_a_tf_function_is_followed(keras):
    import tensorflow as tf

    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.d = keras.layers.Dense(2, name="d")

        @tf.function
        def call(self, x, training=False):
            return self.d(x * 2 if training else x)

    assert [edge.id for edge in read(Net(), input_shape=(3,)).edges] == ["input:0->d:0"]


def test_what_cannot_be_traced_is_a_tree_with_a_warning(keras):
    with pytest.warns(CutawayWarning, match="'net' .* is not built, and no input_shape is given"):
        graph = read(subclassed(keras))
    assert check(graph) == ()
    assert [node.id for node in graph.nodes if node.scope is None] == ["embed", "place", "out"]
    assert [scope.id for scope in graph.scopes if scope.parent is None] == ["block0", "block1", "shared"]
    with pytest.warns(CutawayWarning, match="cannot be followed .* or use TensorFlow's functions in call"):
        read(subclassed(keras, demanding=True), input_shape=(12,))


def test_an_unbuilt_sequential_is_built_on_a_given_shape(keras):
    graph = read(unbuilt_chain(keras), input_shape=(4,))
    assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 4), (None, 3), (None, 2)]
    with pytest.raises(InputError, match="Conv2D, the first layer, needs 4"):
        read(keras.Sequential([keras.layers.Conv2D(2, 3), keras.layers.Dense(1)], name="seq"), input_shape=(4,))


def test_a_shape_for_a_model_that_knows_its_own_is_not_used_with_a_warning(keras):
    with pytest.warns(CutawayWarning, match=r"\(None, 9\) is not used: 'net' knows the shape of its input"):
        read(functional(keras), input_shape=(9,))


def test_what_is_given_in_place_of_a_model_is_told_apart(keras):
    import tensorflow as tf

    model = functional(keras)
    with pytest.raises(InputError, match=r"a tensor of Keras .* keras.Model"):
        read(model.output)
    with pytest.raises(InputError, match=r"a list of tensors: .* keras.Model"):
        read([model.output])
    with pytest.raises(InputError, match=r"a list of layers: .* keras.Sequential"):
        read(model.layers)
    with pytest.raises(InputError, match="a tuple of models: draw them one by one"):
        read((model, model))
    with pytest.raises(InputError, match="cannot read a Mean: expected a path"):
        read(keras.metrics.Mean())
    with pytest.raises(InputError, match="the class Dense"):
        read(keras.layers.Dense)
    with pytest.raises(UnsupportedError, match=r"a tf.function: it holds operations and no layers"):
        read(tf.function(model))
    with pytest.raises(UnsupportedError, match=r"a tf.Module does not tell its layers"):
        read(tf.Module())


def test_a_restored_savedmodel_is_refused_with_a_remedy(keras, tmp_path):
    import tensorflow as tf

    module = tf.Module()
    module.scale = tf.Variable(2.0)
    tf.saved_model.save(module, str(tmp_path))
    with pytest.raises(UnsupportedError, match=r"restored from a SavedModel: .* model.save\('net.keras'\)"):
        read(tf.saved_model.load(str(tmp_path)))
