"""The weights of a handful of layers, by their configurations: what is known, what stays unknown."""

import subprocess
import sys

import pytest

from cutaway.analysis.formulas import Formulas, weights_of
from cutaway.analysis.formulas.formed import Formed
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.rules import LAYERS
from cutaway.graph import Tensor
from cutaway.sources.attributes import plain

LAST = {"dtype": "float32", "data_format": "channels_last"}


def call(op, attributes, *shapes, trainable=True, ports=()):
    inputs = tuple(Tensor(shape=shape, dtype="float32") for shape in shapes)
    return Call(op=op, attributes=plain(attributes), inputs=inputs, ports=ports, trainable=trainable, rules=LAYERS)


def shapes(op, attributes, *inputs, **more):
    found = weights_of(call(op, attributes, *inputs, **more))
    return None if found is None else {weight.name: weight.shape for weight in found}


CELL = {"class_name": "LSTM", "config": {"units": 3, "dtype": "float32"}}
KNOWN = (
    ("Dense", {**LAST, "units": 7}, [(None, 5)], {"kernel": (5, 7), "bias": (7,)}),
    ("Dense", {**LAST, "units": 7, "use_bias": False}, [(None, 4, 5)], {"kernel": (5, 7)}),
    (
        "Conv2D",
        {**LAST, "filters": 6, "kernel_size": [3, 2], "groups": 2},
        [(None, 8, 8, 4)],
        {"kernel": (3, 2, 2, 6), "bias": (6,)},
    ),
    (
        "Conv2D",
        {"filters": 6, "kernel_size": 3, "data_format": "channels_first"},
        [(None, 4, 8, None)],
        {"kernel": (3, 3, 4, 6), "bias": (6,)},
    ),
    (
        "GRU",
        {"units": 2, "dtype": "float32"},
        [(None, 5, 4)],
        {"kernel": (4, 6), "recurrent_kernel": (2, 6), "bias": (2, 6)},
    ),
    (
        "GRU",
        {"units": 2, "implementation": 1},
        [(None, 5, 4)],
        {"kernel": (4, 6), "recurrent_kernel": (2, 6), "bias": (6,)},
    ),
    ("CuDNNGRU", {"units": 2}, [(None, 5, 4)], {"kernel": (4, 6), "recurrent_kernel": (2, 6), "bias": (12,)}),
    ("CuDNNLSTM", {"units": 2}, [(None, 5, 4)], {"kernel": (4, 8), "recurrent_kernel": (2, 8), "bias": (16,)}),
    (
        "MultiHeadAttention",
        {"num_heads": 2, "key_dim": 3, "use_bias": False},
        [(None, 5, 8), (None, 7, 6), (None, 7, 4)],
        {
            "query/kernel": (8, 2, 3),
            "key/kernel": (4, 2, 3),
            "value/kernel": (6, 2, 3),
            "attention_output/kernel": (2, 3, 8),
        },
    ),
    (
        "Attention",
        {"use_scale": True, "score_mode": "concat"},
        [(None, 5, 8)] * 2,
        {"scale": (), "concat_score_weight": ()},
    ),
    ("PReLU", {"shared_axes": [1, 2]}, [(None, 5, 6, 4)], {"alpha": (1, 1, 4)}),
    ("LayerNormalization", {"axis": [1, 2], "center": False}, [(None, 5, 6, 4)], {"gamma": (5, 6)}),
    ("Normalization", {"axis": None}, [(None, 5)], {"mean": (), "variance": (), "count": ()}),
    ("Normalization", {"mean": 0.5, "variance": 1.0}, [(None, 5)], {}),
    ("Highway", {}, [(None, 4)], {"kernel": (4, 4), "carry_kernel": (4, 4), "bias": (4,), "carry_bias": (4,)}),
    ("MaxoutDense", {"units": 3, "nb_feature": 2}, [(None, 4)], {"kernel": (2, 4, 3), "bias": (2, 3)}),
    ("SReLU", {}, [(None, 4)], dict.fromkeys(("t_left", "a_left", "t_right", "a_right"), (4,))),
    (
        "LocallyConnected1D",
        {"filters": 6, "kernel_size": 3, "strides": 2},
        [(None, 9, 4)],
        {"kernel": (4, 12, 6), "bias": (4, 6)},
    ),
    ("Dropout", {"rate": 0.5, **LAST}, [(None, 4)], {}),
    ("Lambda", {"function": "λ"}, [(None, 4)], {}),
    ("TFOpLambda", {"function": "math.reduce_mean"}, [(None, 4)], {}),
)


@pytest.mark.parametrize(("op", "attributes", "inputs", "expected"), KNOWN, ids=[row[0] for row in KNOWN])
def test_weights_follow_from_the_configuration(op, attributes, inputs, expected):
    found = shapes(op, attributes, *inputs)
    assert found is not None
    assert {name.removeprefix("gru_cell/"): shape for name, shape in found.items()} == expected


def test_parts_are_named_as_keras_names_them():
    found = shapes("Bidirectional", {"layer": CELL, "dtype": "float32"}, (None, 5, 4))
    assert list(found or ()) == [
        f"{way}_lstm/lstm_cell/{name}"
        for way in ("forward", "backward")
        for name in ("kernel", "recurrent_kernel", "bias")
    ]


def test_a_layer_inside_may_be_frozen_alone():
    inner = {"class_name": "Dense", "config": {"name": "inside", "units": 3, "trainable": False}}
    found = weights_of(call("TimeDistributed", {"layer": inner}, (None, 5, 4)))
    assert found == tuple(
        Formed(name=f"inside/{name}", shape=shape, dtype="float32", trainable=False)
        for name, shape in (("kernel", (4, 3)), ("bias", (3,)))
    )


def test_a_frozen_layer_trains_none_of_its_weights():
    found = weights_of(call("BatchNormalization", LAST, (None, 4), trainable=False))
    assert found is not None
    assert [weight.trainable for weight in found] == [False] * 4


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        *(("float32", "float32"), ("mixed_float16", "float32"), ("float16", "float16"), ("bfloat16", "bfloat16")),
        *(("my_own_policy", None), ("mixed_string", None)),
        *((None, "float32"), (["odd"], None)),
    ],
)
def test_the_policy_says_the_type(policy, expected):
    found = weights_of(call("Dense", {"units": 2, "dtype": policy}, (None, 4)))
    assert found is not None
    assert {weight.dtype for weight in found} == {expected}


def test_an_open_axis_leaves_a_size_open():
    assert shapes("Dense", {"units": 7}, (None, None)) == {"kernel": (None, 7), "bias": (7,)}
    assert shapes("PReLU", {}) == {"alpha": None}
    assert shapes("Conv2D", {"filters": 2, "kernel_size": 3}, (None, 8, 8, 3)) == {
        "kernel": (3, 3, None, 2),  # nothing says which axis is that of the channels
        "bias": (2,),
    }


@pytest.mark.parametrize(
    ("op", "attributes"),
    [
        *(("MyLayer", {}), ("MyLayer", LAST), ("Functional", {}), ("TFSMLayer", LAST), ("JaxLayer", LAST)),
        *(("TimeDistributed", {"layer": {"class_name": "MyLayer", "config": {}}}), ("TimeDistributed", {})),
        *(("Bidirectional", {"layer": "LSTM"}), ("RNN", {"cell": {"class_name": "MyCell", "config": {}}})),
        *(("Dense", {"units": 3, "activation": "PReLU"}), ("LSTM", {"units": 3, "recurrent_activation": "SReLU"})),
        ("RNN", {"cell": {"class_name": "LSTMCell", "config": {"units": 3, "activation": "PReLU"}}}),
        ("RNN", {"cell": {"class_name": "StackedRNNCells", "config": {"cells": [CELL, CELL]}}}),
        ("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, "dtype": "DTypePolicyMap"}),
        *(("Dense", {"units": 3, "use_bias": "yes"}), ("BatchNormalization", {"axis": "last"})),
        *(("EinsumDense", {"equation": "ab->ba"}), ("Dense", {"units": 3, "dtype": "int3_from_float32"})),
    ],
)
def test_what_nothing_tells_is_unknown(op, attributes):
    assert shapes(op, attributes, (None, 6, 4), trainable=None) is None


def test_a_policy_of_eight_bit_floats_says_how_long_its_history_is():
    config = {"mode": "float8", "source_name": "float32", "amax_history_length": 16}
    held = {"units": 3, "dtype": {"class_name": "QuantizedFloat8DTypePolicy", "config": config}}
    assert (shapes("Dense", held, (None, 4)) or {})["kernel_amax_history"] == (16,)
    usual = {
        **held,
        "dtype": {"class_name": "QuantizedFloat8DTypePolicy", "config": {**config, "amax_history_length": 1024}},
    }
    assert (shapes("Dense", usual, (None, 4)) or {})["kernel_amax_history"] == (1024,)


def test_operations_have_no_weights():
    assert shapes("Matmul", {}, (None, 4), trainable=None) == {}


def test_a_callers_formula_serves_layers_inside_too():
    def mine(each):
        return (Formed(name="w", shape=each.shape[1:], dtype="float32", trainable=True),)

    inner = {"class_name": "MyLayer", "config": {"name": "inside"}}
    found = weights_of(call("TimeDistributed", {"layer": inner}, (None, 5, 4)), Formulas({"MyLayer": mine}))
    assert found == (Formed(name="inside/w", shape=(4,), dtype="float32", trainable=True),)


def test_only_what_is_needed_is_loaded():
    code = """
import sys
from cutaway.analysis.formulas import weights_of
from cutaway.analysis.shapes.call import Call
from cutaway.graph import Tensor
inputs = (Tensor(shape=(None, 4), dtype="float32"),)
weights_of(Call(op="Dense", attributes={"units": 3}, inputs=inputs, trainable=True))
weights_of(Call(op="Flatten", trainable=True))
families = "attention convolution dense einsum normalization recurrent wrapper".split()
print([name for name in families if f"cutaway.analysis.formulas.{name}" in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['dense']"]
