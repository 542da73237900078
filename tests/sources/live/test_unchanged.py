"""Live models stay as they are when they are read, whatever their code does."""

import copy
import pickle
import warnings

import numpy as np
import pytest

from cutaway.errors import CutawayWarning, InputError
from cutaway.sources import read
from cutaway.sources.live.unchanged import unchanged

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore:`build\\(\\)` was called:UserWarning"),
]


def stack(keras):
    layers = keras.layers
    return [
        layers.Dense(6, name="wide"),
        layers.BatchNormalization(name="bn"),
        layers.Dropout(0.5, seed=3, name="drop"),
        layers.Lambda(lambda x: x * 2, name="double"),
        layers.Dense(2, name="out"),
    ]


def chain(keras):
    return keras.Sequential(stack(keras), name="chain")


def recurrent(keras):
    layers = keras.layers
    return keras.Sequential(
        [layers.Dense(4), layers.Reshape((1, 4)), layers.Bidirectional(layers.LSTM(5)), layers.Dense(2)]
    )


def part(keras):
    class Part(keras.layers.Layer):
        def __init__(self):
            super().__init__(name="part")
            self.inner = [keras.layers.Dense(4), keras.layers.Dropout(0.1)]

        def call(self, x):
            for layer in self.inner:
                x = layer(x)
            return x

    return Part()


def subclassed(keras):
    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.parts = {"chain": chain(keras), "part": part(keras)}
            self.seen, self.count, self.labels = [], 0, {1, 2}

        def call(self, x, training=False):
            self.count += 1
            self.seen.append(self.count)
            self.labels.add(self.count + 2)
            return self.parts["part"](self.parts["chain"](x, training=training))

    return Net()


def functional_inside(keras):
    x = keras.Input((5,), name="x")
    whole = keras.Model(x, keras.layers.Dense(3, name="d")(keras.layers.BatchNormalization(name="b")(x)), name="whole")

    class Outer(keras.Model):
        def __init__(self):
            super().__init__(name="outer")
            self.whole, self.head = whole, keras.layers.Dense(2, name="head")

        def call(self, x):
            return self.head(self.whole(x))

    return Outer()


MODELS = [chain, recurrent, subclassed, functional_inside]


def layers_of(model):
    return list(model._flatten_layers())


def state(model):
    """Return what can be seen of a model: structure, values, and how often its layers were called."""
    lines = []
    if model.built:
        model.summary(print_fn=lambda line, **_: lines.append(line))
    layers = layers_of(model)
    return (
        model.built,
        [(id(each), each.built, len(each._inbound_nodes), len(each._outbound_nodes)) for each in layers],
        [[id(weight) for weight in each.weights] for each in layers if each.built],
        [weight.numpy().tolist() for weight in (model.weights if model.built else ())],
        lines,
        [sorted(vars(each)) for each in layers],
    )


def read_quietly(model, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        return read(model, **options)


@pytest.mark.parametrize("build", MODELS)
def test_a_model_that_is_not_built_is_not_built_afterwards(either, build):
    model = build(either)
    before = state(model)
    first = read_quietly(model, input_shape=(5,))
    assert sum(len(node.weights or ()) for node in first.nodes) > 3
    assert state(model) == before
    assert read_quietly(model, input_shape=(5,)) == first
    assert state(model) == before


@pytest.mark.parametrize("build", [chain, recurrent, subclassed])
def test_a_model_may_be_called_on_another_width_afterwards(either, build):
    model = build(either)
    read_quietly(model, input_shape=(5,))
    assert model(np.zeros((2, 7), "float32")).shape[0] == 2
    assert 7 in {weight.shape[0] for weight in model.weights}
    model.set_weights(model.get_weights())


@pytest.mark.parametrize("build", MODELS)
def test_a_built_model_keeps_its_state_and_gives_the_same(either, build):
    model = build(either)
    data = np.ones((2, 5), "float32")
    expected = np.asarray(model(data))
    before = state(model)
    read_quietly(model)
    read_quietly(model, input_shape=(5,))
    assert state(model) == before
    assert np.array_equal(np.asarray(model(data)), expected)
    model.compile("sgd", "mse")
    model.fit(data, np.asarray(expected), verbose=0)
    read_quietly(model)
    assert len(model.history.epoch) == 1


def test_what_the_code_of_a_model_keeps_is_as_it_was(either):
    model = subclassed(either)
    model(np.zeros((2, 5), "float32"))
    kept = (model.count, list(model.seen), set(model.labels))
    read_quietly(model, input_shape=(5,))
    assert (model.count, list(model.seen), set(model.labels)) == kept


@pytest.mark.parametrize("build", [chain, functional_inside])
def test_a_model_is_taken_back_where_it_cannot_be_read(either, build):
    model = build(either)
    before = state(model)
    if build is chain:
        model.add(either.layers.Conv2D(2, 3, name="c"))
        before = state(model)
        with pytest.raises(InputError, match="cannot build"):
            read(model, input_shape=(5,))
    else:
        with pytest.warns(CutawayWarning, match="cannot be followed"):
            read(model, input_shape=(9,))
    assert state(model) == before


def test_a_copy_of_a_model_that_was_read_is_as_one_of_a_model_that_was_not(keras):
    model = chain(keras)
    read(model, input_shape=(5,))
    twin = copy.deepcopy(model)
    assert (twin.built, twin.weights) == (False, [])
    plain = keras.Sequential([keras.layers.Dense(3, name="d")], name="plain")
    read(plain, input_shape=(5,))
    assert pickle.loads(pickle.dumps(plain)).weights == []  # noqa: S301 - our own


def test_later_layers_get_the_names_that_they_would_have_had(either):
    def name():
        return either.layers.Dense(1).name.rpartition("_")[2]

    first = int(name())
    read_quietly(subclassed(either), input_shape=(5,))
    models = 3  # Dense layers of it, of which two have names
    assert int(name()) == first + 1 + models - 2
    entry = either.Input((2,))
    read_quietly(subclassed(either), input_shape=(5,))
    one, other = (int(each.name.rpartition("_")[2] or 0) for each in (entry, either.Input((2,))))
    assert other == one + 1


def test_an_error_in_the_block_passes_when_all_is_put_back():
    class Plain:
        pass

    item = Plain()
    item.items, item.pairs, item.members = [1, [2]], {"a": [3]}, {4}

    def fail():
        item.items[1].append(5)
        item.pairs["b"] = item.pairs.pop("a")
        item.pairs["b"].clear()
        item.members.add(6)
        item.new = item
        raise KeyError

    with pytest.raises(KeyError), unchanged(item):
        fail()
    assert (item.items, item.pairs, item.members) == ([1, [2]], {"a": [3]}, {4})
    assert not hasattr(item, "new")
