"""Live models of which both generations of Keras are read alike."""

import importlib

import pytest
from keras_parts import partly_thawed

from cutaway.analysis.check import check
from cutaway.errors import CutawayWarning
from cutaway.sources import read

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module", params=["keras", "tf_keras"])
def keras(request):
    return importlib.import_module(request.param)


def test_one_layer_of_keras_is_one_node(keras):
    graph = read(keras.layers.Dense(3, name="d"))
    assert [(node.id, node.op) for node in graph.nodes] == [("d", "Dense")]


def with_a_call_of_its_own(keras, *, demanding=False):
    class Longer(keras.Model):
        def __init__(self):
            x = keras.Input((4,), name="x")
            super().__init__(x, keras.layers.Dense(3, name="d")(x), name="longer")
            self.last = keras.layers.Dense(2, name="last")

        def call(self, x, training=None, mask=None):
            y = self.last(super().call(x))
            return y if not demanding or float(y[0, 0]) > 0 else -y

    return Longer()


def test_a_graph_with_a_call_of_its_own_is_traced(keras):
    graph = read(with_a_call_of_its_own(keras))
    assert check(graph) == ()
    assert [edge.id for edge in graph.edges] == ["x:0->d:0", "d:0->last:0"]
    assert graph.nodes[0].outputs[0].tensor.dtype == "float32"
    with pytest.warns(CutawayWarning, match="the flow in 'longer' .* the graph that it was made with is shown"):
        graph = read(with_a_call_of_its_own(keras, demanding=True))
    assert [edge.id for edge in graph.edges] == ["x:0->d:0"]


def test_a_part_with_a_call_of_its_own_is_one_node(keras):
    x = keras.Input((4,), name="x")
    graph = read(keras.Model(x, with_a_call_of_its_own(keras)(x), name="net"))
    assert [(node.id, node.op) for node in graph.nodes] == [("x", "InputLayer"), ("longer", "Longer")]


def test_a_class_that_makes_models_with_and_without_a_graph_is_known_anew(keras):
    class Either(keras.Model):
        def __init__(self, *args, **config):
            super().__init__(*args, **config)
            if not args:
                self.d = keras.layers.Dense(3, name="d")

    with pytest.warns(CutawayWarning, match="the flow in 'open' .* is unknown"):
        assert read(Either(name="open")).inputs == ()
    x = keras.Input((4,), name="x")
    graph = read(Either(x, keras.layers.Dense(3, name="d")(x), name="closed"))
    assert [edge.id for edge in graph.edges] == ["x:0->d:0"]


@pytest.mark.parametrize("whole", [True, False], ids=["part", "whole"])
def test_what_is_thawed_in_a_frozen_part_counts_as_keras_counts_it(keras, whole):
    model = partly_thawed(keras, whole=whole)
    trained = [weight.shape for node in read(model).nodes for weight in node.weights if weight.trainable]
    assert trained == [tuple(each.shape) for each in model.trainable_weights]
