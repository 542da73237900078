"""What is inside a layer: names, words and numbers; several weights together are as one."""

import math
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cutaway
from cutaway.errors import CutawayWarning, InputError
from cutaway.graph import Graph, Node, Weight
from cutaway.record import fields_of, replace
from cutaway.views.inside import Inside, Values, insides, together
from cutaway.weights import Weights, statistics

FLOATS = st.floats(allow_nan=True, allow_infinity=True, width=32)


def weight(key, shape=(2,)):
    return Weight(key=key, shape=shape, dtype="float32", trainable=True)


def stored(*nodes, **arrays):
    """Return a graph of nodes, and a store of the arrays of its weights by the last part of their keys."""
    graph = Graph(name="net", nodes=nodes)
    keys = [held.key for node in nodes for held in node.weights or ()]
    readers = {
        key: (lambda key=key: arrays[key.rpartition("/")[2]]) for key in keys if key.rpartition("/")[2] in arrays
    }
    return graph, Weights(graph, "here", readers)


def as_values(array):
    found = statistics(array)
    return Values(**{name: getattr(found, name) for name in fields_of(Values)})


def test_words_names_and_numbers():
    config = {
        "activation": "relu",
        "kernel_initializer": "GlorotUniform",
        "bias_initializer": "zeros",
        "recurrent_initializer": "OrthogonalInitializer",
        "embeddings_initializer": "mine>HeNormal",
        "beta_initializer": None,
        "layer": {"class_name": "LSTM", "config": {"kernel_initializer": "LecunNormal"}},
    }
    node = Node(id="m/d", name="d", op="Dense", attributes=config, weights=(weight("m/d/kernel"), weight("m/d/a/bias")))
    graph, store = stored(node, kernel=np.float32([1, 3]))
    inside = insides(graph, store)["m/d"]
    assert inside.activation == "ReLU"
    assert inside.initializers == (("kernel", "Glorot uniform"), ("a/bias", "zeros"))
    assert insides(Graph(name="net", nodes=(replace(node, weights=None),)))["m/d"].initializers == (
        ("kernel", "Glorot uniform"),
        ("bias", "zeros"),
        ("recurrent", "orthogonal"),
        ("embeddings", "He normal"),
        ("layer/kernel", "LeCun normal"),
    )
    kernel, bias = inside.weights
    assert (kernel.name, kernel.values) == ("kernel", as_values(np.float32([1, 3])))
    assert (bias.name, bias.values, inside.values) == ("a/bias", None, None)


def test_how_each_weight_starts():
    pairs = {"kernel": "a", "recurrent": "b", "layer/bias": "c", "depthwise": "d"}
    inside = Inside(node="x", initializers=tuple(pairs.items()))
    names = ("kernel", "forward_layer/cell/recurrent_kernel", "query/bias", "depthwise_kernel", "gamma")
    assert [inside.start_of(name) for name in names] == ["a", "b", "c", "d", ""]
    assert Inside(node="x", initializers=(("depthwise", "d"),)).start_of("kernel") == "d"
    assert Inside(node="x", initializers=(("forward_layer/kernel", "f"), ("kernel", "k"))).start_of("kernel") == "k"


def test_how_weights_start_of_two_layers_in_one():
    both = (("layer/kernel", "f"), ("layer/bias", "zeros"), ("backward_layer/kernel", "b"))
    inside = Inside(node="x", initializers=both)
    names = ("forward_layer/lstm_cell/kernel", "backward_layer/lstm_cell/kernel", "backward_layer/lstm_cell/bias")
    assert [inside.start_of(name) for name in names] == ["f", "b", "zeros"]


def test_a_weight_that_a_layer_has_not_does_not_start():
    config = {"kernel_initializer": "GlorotUniform", "bias_initializer": "zeros"}
    dense = Node(id="d", name="d", op="Dense", attributes=config, weights=(weight("d/kernel"),))
    none = Node(id="n", name="n", op="LayerNormalization", attributes={"beta_initializer": "zeros"}, weights=())
    own = Node(id="o", name="o", op="Own", attributes={"kernel_initializer": "HeNormal"}, weights=(weight("o/0"),))
    found = insides(Graph(name="net", nodes=(dense, none, own)))
    assert found["d"].initializers == (("kernel", "Glorot uniform"),)
    assert found["n"].initializers == ()
    assert found["o"].initializers == (("kernel", "He normal"),)


def test_unknown_weights_are_not_no_weights():
    graph = Graph(name="net", nodes=(Node(id="a", name="a", op="Mine"), Node(id="b", name="b", op="ReLU", weights=())))
    assert insides(graph)["a"].weights is None
    assert insides(graph)["b"].weights == ()
    assert insides(graph)["b"].values is None


def test_a_shared_weight_is_read_once_and_called_alike():
    first = Node(id="s", name="s", op="Dense", weights=(weight("s/kernel"),))
    again = Node(id="s#2", name="s", op="Dense", weights=(weight("s/kernel"),))
    reads = []
    graph = Graph(name="net", nodes=(first, again))
    store = Weights(graph, "here", {"s/kernel": lambda: reads.append(1) or np.float32([1, 2])})
    assert insides(graph, store)["s"].weights == insides(graph, store)["s#2"].weights
    assert len(reads) == 2  # one for each of the two calls above
    assert insides(graph)["s#2"].weights[0].name == "kernel"


def test_values_that_cannot_be_read_are_left_out_with_a_warning():
    def gone():
        raise InputError("the file is gone")

    node = Node(id="d", name="d", op="Dense", weights=(weight("d/kernel"),))
    graph = Graph(name="net", nodes=(node,))
    with pytest.warns(CutawayWarning, match="values of the weight 'd/kernel' are left out: the file is gone"):
        inside = insides(graph, Weights(graph, "here", {"d/kernel": gone}))["d"]
    assert inside.weights[0].values is None


def test_values_that_are_not_finite_are_counted():
    values = as_values(np.float32([np.nan, np.inf, 2, 0]))
    assert (values.count, values.odd, values.maximum, values.sparsity) == (4, 2, 2.0, 0.5)
    nothing = as_values(np.float32([np.nan]))
    assert together([nothing, nothing]) == Values(count=2, finite=0)


@given(st.lists(st.lists(FLOATS, max_size=6), min_size=1, max_size=4))
def test_several_weights_together_are_as_one(parts):
    arrays = [np.float32(part) for part in parts]
    found, whole = together([as_values(array) for array in arrays]), as_values(np.concatenate(arrays))
    assert (found.count, found.finite, found.minimum, found.maximum) == (
        whole.count,
        whole.finite,
        whole.minimum,
        whole.maximum,
    )
    for name in ("mean", "deviation", "sparsity"):
        one, other = getattr(found, name), getattr(whole, name)
        assert (one is None) == (other is None)
        assert one is None or math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6 * max(1.0, abs(whole.maximum or 0)))


def test_of_nothing_and_of_the_unknown():
    assert together([]) is None
    assert together([Values(count=1, finite=0), None]) is None


def test_a_file_tells_what_its_layers_hold():
    from pathlib import Path

    source = Path(__file__).parents[2] / "examples" / "siamese.keras"
    store = cutaway.read_weights(source)
    found = insides(store.graph, store)
    assert isinstance(found, dict | MappingProxyType)
    names = [held.name for held in found["encoder#2/conv1"].weights]
    assert names == ["kernel", "bias"]
    assert found["encoder/conv1"].values == found["encoder#2/conv1"].values
    assert found["encoder/conv1"].values.minimum < 0 < found["encoder/conv1"].values.maximum


def test_values_of_which_the_square_is_no_number():
    huge = Values(count=2, finite=2, minimum=-1e308, maximum=1e308, mean=0.0, deviation=1e308, sparsity=0.0)
    assert together([huge, huge]) == replace(huge, count=4, finite=4, deviation=together([huge, huge]).deviation)
    assert math.isclose(together([huge, huge]).deviation, 1e308)
