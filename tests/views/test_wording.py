"""What a box says about a layer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.graph import Kind, Node, Port, Tensor
from cutaway.sources.attributes import plain
from cutaway.views.wording import describe
from cutaway.views.wording_table import WORDINGS

CELLS = [{"class_name": name, "config": {"units": units}} for name, units in (("LSTMCell", 16), ("GRUCell", 8))]


def words(op: str, **attributes) -> tuple[str, ...]:
    wording = describe(Node(id="a", name="a", op=op, attributes=plain(attributes)))
    return (wording.title, *wording.details)


@pytest.mark.parametrize(
    ("op", "attributes", "said"),
    [
        (
            "Conv2D",
            {"filters": 64, "kernel_size": [7, 7], "strides": [2, 2], "activation": "relu"},
            ("Conv 7×7", "64", "/2", "ReLU"),
        ),
        ("Conv2D", {"filters": 8, "kernel_size": [1, 7], "strides": [1, 2]}, ("Conv 1×7", "8", "/1×2")),
        (
            "Conv1D",
            {"filters": 8, "kernel_size": [3], "padding": "causal", "dilation_rate": [4]},
            ("Conv 3", "8", "dilation 4", "causal"),
        ),
        ("Dense", {"units": 10, "activation": "softmax"}, ("Dense 10", "softmax")),
        ("MaxPooling2D", {"pool_size": [3, 3], "strides": [2, 2]}, ("Max 3×3", "/2")),
        ("GlobalAveragePooling2D", {}, ("Global average",)),
        ("Embedding", {"input_dim": 50257, "output_dim": 768}, ("Embedding", "50257 × 768")),
        ("MultiHeadAttention", {"num_heads": 12, "key_dim": 64}, ("Attention", "12 heads × 64")),
        ("MultiHeadAttention", {"num_heads": 1, "key_dim": 8}, ("Attention", "1 head × 8")),
        ("ReLU", {"max_value": None, "negative_slope": 0.0, "threshold": 0.0}, ("ReLU",)),
        ("ReLU", {"max_value": 6.0, "negative_slope": 0.0}, ("ReLU6",)),
        ("ReLU", {"max_value": 4, "negative_slope": 0.1, "threshold": 1}, ("ReLU", "at most 4", "slope 0.1", "from 1")),
        ("LeakyReLU", {"negative_slope": 0.3}, ("Leaky ReLU", "slope 0.3")),
        ("LeakyReLU", {"alpha": 0.2}, ("Leaky ReLU", "slope 0.2")),
        ("ELU", {"alpha": 1.0}, ("ELU",)),
        ("ELU", {"alpha": 0.5}, ("ELU", "alpha 0.5")),
        ("ThresholdedReLU", {"theta": 1.0}, ("Thresholded ReLU", "from 1")),
        ("Activation", {"activation": "relu"}, ("ReLU",)),
        ("Activation", {"activation": "linear"}, ("identity",)),
        ("Activation", {}, ("Activation",)),
        ("Normalization", {"axis": [3]}, ("Normalization",)),
        ("Dropout", {"rate": 0.5}, ("Dropout 0.5",)),
        ("ZeroPadding2D", {"padding": [[3, 3], [3, 3]]}, ("Pad 3",)),
        ("ZeroPadding2D", {"padding": [[0, 1], [0, 1]]}, ("Pad 0+1, 0+1",)),
        ("ZeroPadding2D", {"padding": [[0, 1, 2], [0, 1]]}, ("Pad",)),
        ("Reshape", {"target_shape": [8, 8, -1]}, ("Reshape", "8×8×-1")),
        ("LSTM", {"units": 64, "return_sequences": True, "activation": "tanh"}, ("LSTM 64", "sequences")),
        ("GRU", {"units": 6, "go_backwards": True}, ("GRU 6", "backwards")),
        ("RNN", {"cell": {"class_name": "StackedRNNCells", "config": {"cells": CELLS}}}, ("RNN", "LSTM 16 → GRU 8")),
        ("Concatenate", {"axis": -1}, ("Concatenate",)),
        ("Concatenate", {"axis": 1}, ("Concatenate", "axis 1")),
        (
            "Bidirectional",
            {"layer": {"class_name": "GRU", "config": {"units": 8}}, "merge_mode": "concat"},
            ("Bidirectional", "GRU 8", "concat"),
        ),
        (
            "TimeDistributed",
            {"layer": {"class_name": "Dense", "config": {"units": 8, "activation": "relu"}}},
            ("Time distributed", "Dense 8", "ReLU"),
        ),
        ("Mean", {"axis": [1, 2]}, ("Mean", "axis 1, 2")),
        ("TrueDivide", {"call": {"input 1": 127.5}}, ("Divide", "÷ 127.5")),
        ("Subtract", {"call": {"input 1": 1.0}}, ("Subtract", "− 1")),
        ("Add", {"call": {"input 0": "array (3) float32"}}, ("Add", "constant +")),
        ("GetItem", {"call": {"key": ["...", 0]}}, ("Slice", "…, 0")),
        ("GetItem", {"call": {"key": [":", "0::2", "1::2"]}}, ("Slice", "0::2, 1::2")),
        ("ReversibleEmbedding", {"call": {"reverse": True}}, ("Embedding", "transposed")),
        ("MultiHeadAttention", {"call": {"use_causal_mask": True}}, ("Attention", "causal mask")),
        ("Dropout", {"rate": 0.1, "call": {"training": True}}, ("Dropout 0.1",)),
        ("GraphMLP", {"units": [64, 32], "axis": [-1, -1]}, ("GraphMLP", "units 64, 32")),
        ("Activation", {"activation": "mine>sharp"}, ("sharp",)),
        (
            "Conv2DTranspose",
            {"filters": 8, "kernel_size": [2, 2], "strides": [2, 2]},
            ("Transposed 2×2", "8", "×2"),
        ),
        ("Roll", {"shift": [-3, -3], "axis": [1, 2]}, ("Roll −3", "axis 1, 2")),
        ("Roll", {"shift": [0, 2]}, ("Roll 0, 2",)),
        ("Permute", {"dims": [2, 1]}, ("Permute 2, 1",)),
        ("Rescaling", {"scale": 1 / 255}, ("Rescale × 1/255",)),
        ("Rescaling", {"scale": 0.044194173824159216}, ("Rescale × 0.0442",)),
        ("Multiply", {"call": {"input 1": 5.656854249492381}}, ("Multiply", "× 5.66")),
        ("Rescaling", {"scale": 2.5}, ("Rescale × 2.5",)),
        ("MyLayer", {"units": 32, "secret": [1, 2]}, ("MyLayer", "units 32")),
    ],
)  # fmt: skip
def test_a_layer_reads_like_this(op, attributes, said):
    assert words(op, **attributes) == said


def test_the_last_axis_by_its_number_is_the_ordinary_one():
    port = Port(name="inputs", tensor=Tensor(shape=(None, 8, 8, 3)))
    node = Node(id="a", name="a", op="Concatenate", inputs=(port, port), attributes=plain({"axis": 3}))
    assert describe(node).details == ()


def test_braces_in_the_name_of_a_class_mean_nothing():
    assert describe(Node(id="n", name="n", op="My{units}|{x")).title == "My{units}|{x"


def test_activations_can_be_left_out():
    node = Node(id="a", name="a", op="Dense", attributes=plain({"units": 2, "activation": "relu"}))
    assert describe(node, activations=False).details == ()


@pytest.mark.parametrize(("channels", "title"), [(96, "Depthwise 7×7"), (None, "Depthwise 7×7"), (192, "Conv 7×7")])
def test_a_convolution_with_a_group_for_each_channel_is_depthwise(channels, title):
    port = Port(name="inputs", tensor=Tensor(shape=(None, 8, 8, channels)))
    attributes = plain({"filters": 96, "kernel_size": [7, 7], "groups": 96})
    node = Node(id="a", name="a", op="Conv2D", kind=Kind.CONVOLUTION, inputs=(port,), attributes=attributes)
    assert describe(node).title == title
    assert describe(node).details == (("96",) if channels != 192 else ("96", "groups 96"))


config_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
NAMES = (
    "units", "filters", "kernel_size", "strides", "padding", "cropping", "axis", "activation", "layer", "rate",
    "negative_slope", "alpha", "max_value", "threshold",
    "pool_size", "num_heads", "key_dim", "target_shape", "input_dim", "output_dim", "dilation_rate", "size", "dims",
)  # fmt: skip


@given(st.sampled_from([*WORDINGS, "Custom"]), st.dictionaries(st.sampled_from(NAMES), config_values))
def test_any_config_is_put_into_words(op, attributes):
    said = words(op, **attributes)
    assert said[0]
    assert all(said)
