"""Live models of Keras 3, against their own files and against what is known of them."""

import warnings
from itertools import zip_longest

import pytest
from keras_parts import block_of, custom, nested_and_shared, sequence_to_sequence, unbuilt_chain
from same_graph import contradictions, facts

from cutaway.analysis.check import check
from cutaway.errors import CutawayWarning, InputError, UnsupportedError
from cutaway.graph import Kind
from cutaway.sources import read, read_live

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


def functional(keras):
    x = image = keras.Input((8, 8, 3), name="image")
    x = keras.layers.Conv2D(4, 3, activation="relu", kernel_regularizer="l2", name="c")(x)
    y = keras.layers.BatchNormalization(name="bn")(x, training=False)
    x = keras.layers.Add(name="sum")([x, y])
    x = keras.layers.GlobalAveragePooling2D(name="gap")(x)
    return keras.Model(image, keras.layers.Dense(3, activation="softmax", name="out")(x), name="net")


def several_deep(keras):
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, keras.layers.Dense(4, name="d")(i), name="inner")
    j = keras.Input((4,), name="j")
    middle = keras.Model(j, inner(inner(j)), name="middle")
    x = keras.Input((4,), name="x")
    return keras.Model(
        x, keras.Sequential([middle, keras.layers.ReLU(name="r")], name="chain")(middle(x)), name="outer"
    )


def operations(keras):
    ops = keras.ops
    x = keras.Input((4, 4), name="x")
    y = ops.matmul(x, ops.transpose(x, (0, 2, 1))) / 2.0 + 1
    y = ops.where(y[:, 0, ::2] > 0, y[..., 0, 1:3], 0.0)
    return keras.Model(x, ops.stack([y, y], axis=1), name="ops")


def wrappers(keras):
    frame = keras.Sequential(
        [keras.Input((6, 6, 1)), keras.layers.Conv2D(2, 3, name="c"), keras.layers.Flatten()], name="f"
    )
    x = keras.Input((10, 6, 6, 1), name="x")
    y = keras.layers.TimeDistributed(frame, name="td")(x)
    y = keras.layers.TimeDistributed(keras.layers.Dense(3), name="each")(y)
    return keras.Model(x, keras.layers.Lambda(lambda value: value * 2, name="double")(y), name="wrappers")


def inputs_by_name(keras):
    p, q = keras.Input((4,), name="p"), keras.Input((4,), name="q")
    inner = keras.Model({"q": q, "p": p}, keras.layers.Subtract(name="minus")([p, q]), name="inner")
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    return keras.Model([a, b], inner({"p": b, "q": a}), name="named")


def masked(keras):
    inside = keras.Input((5, 3), name="inside")
    encoder = keras.Model(inside, keras.layers.LSTM(4, name="l")(inside), name="enc")
    encoder.supports_masking = True  # or Keras warns
    words, hidden = keras.Input((5,), name="words"), keras.Input((5,), dtype="bool", name="hidden")
    x = keras.layers.Embedding(9, 3, mask_zero=True, name="e")(words)  # its mask is handed on by Keras itself
    both = keras.layers.Add(name="both")([encoder(x), encoder(keras.layers.Identity(name="id")(x), mask=hidden)])
    return keras.Model([words, hidden], both, name="masked")


def chain(keras):
    layers = [keras.Input((5, 4), name="x"), keras.layers.LSTM(3, name="l"), keras.layers.Dense(2, name="d")]
    return keras.Sequential(layers, name="seq")


def mixed_precision(keras):
    x = keras.Input((4,), name="x")
    return keras.Model(x, keras.layers.Dense(2, dtype="mixed_float16", name="d")(x), name="mixed")


ZOO = [
    functional,
    nested_and_shared,
    several_deep,
    operations,
    sequence_to_sequence,
    wrappers,
    inputs_by_name,
    masked,
    custom,
    chain,
    unbuilt_chain,
    mixed_precision,
]


@pytest.mark.parametrize("build", ZOO, ids=lambda build: build.__name__)
def test_live_archive_and_json_give_one_graph(keras, build, tmp_path):
    model = build(keras)
    live = read(model)
    assert check(live) == ()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save(tmp_path / "net.keras")
        text = model.to_json()
    for stored in (read(text), read(tmp_path / "net.keras")):
        assert facts(stored) == facts(live)
        assert contradictions(stored, live) == []


@pytest.mark.parametrize("build", ZOO, ids=lambda build: build.__name__)
def test_all_shapes_and_weights_of_a_live_model_are_known(keras, build):
    model = build(keras)
    graph = read(model)
    if build is unbuilt_chain:
        assert all(node.weights is None for node in graph.nodes)
        return
    assert all(port.tensor.shape is not None for node in graph.nodes for port in (*node.inputs, *node.outputs))
    assert all(port.tensor.dtype is not None for node in graph.nodes for port in (*node.inputs, *node.outputs))
    weights = {weight.key: weight for node in graph.nodes for weight in node.weights}
    assert sorted(weight.shape for weight in weights.values()) == sorted(tuple(each.shape) for each in model.weights)
    trained = [weight.shape for weight in weights.values() if weight.trainable]
    assert sorted(trained) == sorted(tuple(each.shape) for each in model.trainable_weights)


def test_calls_of_one_layer_share_their_weights(keras):
    nodes = {node.id: node for node in read(nested_and_shared(keras)).nodes}
    assert nodes["enc/frozen"].weights == nodes["enc#2/frozen"].weights
    assert [weight.trainable for weight in nodes["enc/frozen"].weights] == [False, False]
    assert {weight.key for weight in nodes["head/h"].weights}.isdisjoint(w.key for w in nodes["enc/frozen"].weights)


def test_two_layers_of_one_name_do_not_share_their_weights(keras):
    parts = [keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, name="d")], name="s") for _ in range(2)]
    x = keras.Input((2,), name="x")
    inner = keras.Model(x, parts[0](x), name="inner")
    y = keras.Input((2,), name="y")
    graph = read(keras.Model(y, parts[1](inner(y)), name="outer"))
    keys = [weight.key for node in graph.nodes for weight in node.weights]
    assert len(keys) == len(set(keys)) == 4


def test_a_live_model_comes_with_the_layer_behind_each_id(keras):
    model = nested_and_shared(keras)
    graph, layers = read_live(model)
    assert graph == read(model)
    assert layers["enc"] is layers["enc#2"] is model.get_layer("enc")
    assert layers["enc#2/frozen"] is model.get_layer("enc").get_layer("frozen")
    assert set(layers) == {each.id for each in (*graph.nodes, *graph.scopes)}


def test_a_layer_whose_config_fails_is_read_all_the_same(keras):
    class Stubborn(keras.layers.Layer):
        def __init__(self, thing, **config):
            super().__init__(**config)
            self.thing = thing

        def call(self, x):
            return x + 1

        def get_config(self):
            raise RuntimeError("no config from me")

    x = keras.Input((4,), name="x")
    graph = read(keras.Model(x, Stubborn(object(), name="s")(x), name="net"))
    assert [edge.id for edge in graph.edges] == ["x:0->s:0"]
    assert graph.nodes[1].attributes == {}


def subclassed(keras, *, demanding=False):
    block = block_of(keras)

    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.embed = keras.layers.Embedding(50, 8, name="embed")
            self.blocks = [block(8, name=f"block{number}") for number in range(2)]
            self.shared = block(8, name="shared")
            self.out = keras.layers.Dense(3, name="out")

        def call(self, tokens, training=False):
            x = self.embed(tokens)
            for each in self.blocks:
                x = each(x, training=training)
            if demanding and float(keras.ops.sum(x)) > 0:
                return x
            return self.out(self.shared(self.shared(x))[:, 0])

    return Net()


def test_a_subclassed_model_is_traced_with_scopes_for_its_parts(keras):
    graph = read(subclassed(keras), input_shape=(None, 12))
    assert check(graph) == ()
    assert [(s.id, s.op) for s in graph.scopes][:2] == [("block0", "Block"), ("block0/feed", "Sequential")]
    assert {"shared/attention", "shared#2/attention", "shared#2/feed/wide"} <= {node.id for node in graph.nodes}
    nodes = {node.id: node for node in graph.nodes}
    assert graph.inputs == ("input",)
    assert nodes["input"].kind is Kind.INPUT
    assert nodes["input"].outputs[0].tensor.shape == (None, 12)
    assert nodes["input"].outputs[0].tensor.dtype is None  # not known: only tried
    assert nodes["shared/feed/wide"].outputs[0].tensor.shape == (None, 12, 16)
    assert nodes["shared/attention"].weights == nodes["shared#2/attention"].weights
    assert nodes["out"].inputs[0].tensor.shape == (None, 8)
    assert [output.node for output in graph.outputs] == ["out"]


def test_a_built_subclassed_model_is_traced_on_the_shapes_it_knows(keras):
    import numpy as np

    model = subclassed(keras)
    model(np.zeros((2, 5), "int32"))
    graph = read(model)
    assert check(graph) == ()
    assert {port.tensor.shape[0] for node in graph.nodes for port in node.outputs} == {None}
    weights = {weight.key for node in graph.nodes for weight in node.weights}
    assert len(weights) == len(model.weights)


def test_reading_a_subclassed_model_leaves_it_as_it_was_and_gives_the_same_again(keras):
    import numpy as np

    model = subclassed(keras)
    before = model(np.zeros((2, 5), "int32"))
    notes = [len(layer._inbound_nodes) for layer in model._flatten_layers()]
    graph = read(model)
    assert [len(layer._inbound_nodes) for layer in model._flatten_layers()] == notes
    assert read(model) == graph
    assert np.array_equal(before, model(np.zeros((2, 5), "int32")))


def test_what_cannot_be_traced_is_a_tree_with_a_warning(keras):
    with pytest.warns(CutawayWarning, match="'net' .* is not built, and no input_shape is given"):
        graph = read(subclassed(keras))
    assert check(graph) == ()
    assert [node.id for node in graph.nodes if node.scope is None] == ["embed", "out"]
    assert [scope.id for scope in graph.scopes if scope.parent is None] == ["block0", "block1", "shared"]
    with pytest.warns(CutawayWarning, match="cannot be followed with symbolic tensors"):
        read(subclassed(keras, demanding=True), input_shape=(None, 12))


def test_the_shape_that_a_part_knows_is_proposed(keras):
    class Pair(keras.Model):
        def __init__(self, *, calls):
            super().__init__(name="pair")
            image = keras.Input((8, 8, 1))
            self.first = keras.layers.Rescaling(2.0)
            self.encoder = keras.Model(image, keras.layers.Flatten()(image), name="encoder")
            if calls:
                self.call = lambda x: self.encoder(self.first(x))

    with pytest.warns(CutawayWarning, match=r"give it, as input_shape=\(8, 8, 1\), which 'encoder' takes"):
        read(Pair(calls=True))
    assert [node.op for node in read(Pair(calls=True), input_shape=(8, 8, 1)).nodes][1:] == ["Rescaling", "Flatten"]
    for shape in (None, (8, 8, 1)):
        with pytest.warns(CutawayWarning, match=r"it has no call\(\) that could be followed; draw its parts"):
            read(Pair(calls=False), input_shape=shape)


def test_the_type_that_a_part_states_is_that_of_the_input(keras):
    class Net(keras.Model):
        def __init__(self, *, skips):
            super().__init__(name="net")
            image = keras.Input((8,))
            self.encoder = keras.Model(image, keras.layers.Dense(8)(image), name="encoder")
            self.skips = skips

        def call(self, x):
            return self.encoder(x) + x if self.skips else self.encoder(x)

    for skips, dtype in ((False, "float32"), (True, None)):  # what else reads it may be given another type
        graph = read(Net(skips=skips), input_shape=(8,))
        assert [port.tensor.dtype for node in graph.nodes[:2] for port in (node.inputs or node.outputs)] == [dtype] * 2
        assert graph.scopes[0].inputs[0].tensor.dtype == dtype


def test_a_subclassed_model_of_several_inputs_is_traced(keras):
    class Two(keras.Model):
        def __init__(self):
            super().__init__(name="two")
            self.a = keras.layers.Dense(3, name="a")
            self.b = keras.layers.Dense(3, name="b")

        def call(self, left, right):
            return {"sum": self.a(left) + self.b(right), "left": left}

    graph = read(Two(), input_shape={"left": (None, 4), "right": (None, 5)})
    assert check(graph) == ()
    assert graph.inputs == ("left", "right")
    assert [(output.name, output.node) for output in graph.outputs] == [("left", "left"), ("sum", "add")]


def test_an_unbuilt_sequential_is_built_on_a_given_shape(keras):
    graph = read(unbuilt_chain(keras), input_shape=(None, 4))
    assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 4), (None, 3), (None, 2)]
    with pytest.raises(InputError, match="Conv2D, the first layer, needs 4"):
        read(keras.Sequential([keras.layers.Conv2D(2, 3), keras.layers.Dense(1)], name="seq"), input_shape=(None, 4))


def test_a_live_model_takes_a_shape_without_its_batch_axis(keras):
    assert read(subclassed(keras), input_shape=(12,)) == read(subclassed(keras), input_shape=(None, 12))
    for shape in ([4], ("batch", 4)):
        graph = read(unbuilt_chain(keras), input_shape=shape)
        assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 4), (None, 3), (None, 2)]


def test_a_shape_for_a_live_model_that_knows_its_own_is_not_used_with_a_warning(keras):
    for build in (functional, chain):
        model = build(keras)
        with pytest.warns(CutawayWarning, match=r"\(None, 9\) is not used: '\w+' knows the shape of its input"):
            graph = read(model, input_shape=(9,))
        assert graph == read(model)
    with pytest.warns(CutawayWarning, match="is not used: 'd' is one layer"):
        read(keras.layers.Dense(3, name="d"), input_shape=(9,))


def test_a_shape_that_does_not_fit_is_told_in_whole_sentences_with_a_remedy(keras):
    layers = keras.layers
    chain = keras.Sequential([layers.Conv2D(4, 3, name="c"), layers.Flatten(name="f")], name="inner")

    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.inner = chain

        def call(self, x):
            return self.inner(x)

    with pytest.warns(CutawayWarning) as caught:
        read(Net(), input_shape=(16,))
    said = str(caught[0].message)
    assert "the input_shape (None, 16) (ValueError: Input 0 " in said
    assert "found ndim=2. Full shape received: (None, 16)); give the shape of its real input, or" in said
    assert "\x1b" not in said


def test_a_model_that_was_called_and_branches_on_data_is_told_the_true_reason(keras):
    import numpy as np

    model = subclassed(keras, demanding=True)
    model(np.zeros((2, 5), "int32"))
    assert model.built
    with pytest.warns(CutawayWarning, match="does not keep the shape of the data .*, and no input_shape is given"):
        read(model)
    with pytest.warns(CutawayWarning, match="in place of Python values of tensors"):
        read(model, input_shape=(5,))


def test_traced_operations_are_numbered_within_their_scope(keras):
    first, second = (read(subclassed(keras), input_shape=(None, 12)) for _ in range(2))
    for one, other in zip_longest(first.nodes, second.nodes):
        assert one.id == other.id


def test_models_nested_beyond_the_recursion_limit_are_refused(keras):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])
    for _ in range(220):
        x = keras.Input((4,))
        model = keras.Model(x, model(x))
    with pytest.raises(UnsupportedError, match="nested deeper than Python's recursion limit"):
        read(model)
