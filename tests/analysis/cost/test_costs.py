"""What layers cost, worked out by hand, and what must hold of costs whatever the model."""

import keras_configs as k
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.analysis.complete import complete
from cutaway.analysis.cost import Cost, costs
from cutaway.analysis.rules import LayerRule
from cutaway.errors import InputError
from cutaway.graph import Edge, Graph, Kind, Node, Port, Tensor
from cutaway.sources import read
from cutaway.sources.attributes import plain

FLOAT = "float32"


def graph(shape, *layers, dtype=FLOAT):
    """Return a chain of layers (class, attributes) behind an input, with the shapes that follow."""
    given = Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(port(shape, dtype),))
    nodes, edges = [given], []
    for place, (op, attributes) in enumerate(layers):
        settings = plain({"dtype": FLOAT, "data_format": "channels_last", **attributes})
        nodes.append(
            Node(
                id=f"n{place}",
                name=f"n{place}",
                op=op,
                inputs=(Port(name="inputs"),),
                outputs=(port(None),),
                attributes=settings,
                trainable=True,
            )
        )
        edges.append(Edge(source=nodes[-2].id, target=nodes[-1].id))
    return complete(Graph(name="g", nodes=tuple(nodes), edges=tuple(edges), inputs=("x",)), verify=False)


def port(shape, dtype=FLOAT):
    return Port(name="output", tensor=Tensor(shape=shape, dtype=dtype))


def cost(shape, op, rules=None, **attributes):
    return costs(graph(shape, (op, attributes)), rules)["n0"]


def test_a_dense_layer_multiplies_each_element_with_each_unit():
    found = cost((None, 3, 5), "Dense", units=7)
    assert found == Cost(multiply_adds=105, activation_bytes=84, receptive_field=(1,), stride=(), effective_stride=(1,))
    assert found.flops == 210


def test_what_is_unknown_stays_unknown():
    assert cost((None, None, 5), "Dense", units=7).multiply_adds is None
    assert cost((None, None, 5), "Dense", units=7).flops is None
    assert cost((None, 4, 5), "Dense").multiply_adds is None
    assert cost((None, 4, 5), "Mystery") == Cost()
    assert cost((None, 4, 5), "Lambda").multiply_adds is None
    assert cost(None, "ReLU").activation_bytes is None


@pytest.mark.parametrize(
    ("op", "shape", "attributes", "macs"),
    [
        ("MaxoutDense", (None, 5), {"units": 3, "nb_feature": 2}, 30),
        ("Highway", (None, 5), {}, 50),
        ("TimeDistributedDense", (None, 4, 5), {"units": 3}, 60),
        ("Deconvolution2D", (None, 4, 4, 3), {"filters": 2, "kernel_size": [3, 3], "output_shape": [0, 8, 8, 2]}, 864),
        ("CuDNNLSTM", (None, 7, 5), {"units": 3}, 7 * 4 * 3 * 8),
        ("CuDNNGRU", (None, 7, 5), {"units": 3}, 7 * 3 * 3 * 8),
        ("ConvLSTM3D", (None, 2, 4, 4, 4, 3), {"filters": 2, "kernel_size": 1}, 2 * 64 * 4 * 2 * 5),
        ("LocallyConnected1D", (None, 8, 3), {"filters": 4, "kernel_size": [3], "padding": "valid"}, 6 * 4 * 9),
        ("Conv2D", (None, 1, 1, 5), {"filters": 4, "kernel_size": 3, "padding": "same", "groups": 2}, None),
        ("BatchNormalization", (None, 8, 8, 3), {}, 0),
        ("MaxPooling2D", (None, 8, 8, 3), {"pool_size": 2}, 0),
        ("Embedding", (None, 8), {"input_dim": 10, "output_dim": 3}, 0),
        ("RNN", (None, 7, 5), {"cell": {"class_name": "Mystery", "config": {}}}, None),
        ("RNN", (None, 7, 5), {"cell": {"class_name": "LSTMCell", "config": {"units": 3}}}, 7 * 4 * 3 * 8),
        ("Bidirectional", (None, 7, 5), {"layer": {"class_name": "Mystery", "config": {}}}, None),
    ],
)
def test_layers_that_keras_no_longer_has_and_hard_cases_are_counted_by_hand(op, shape, attributes, macs):
    assert cost(shape, op, **attributes).multiply_adds == macs


@pytest.mark.parametrize(
    ("dtype", "size"), [("float32", 60), ("float16", 30), ("bool", 15), ("int4", 8), ("string", None), (None, None)]
)
def test_activations_take_what_their_type_takes(dtype, size):
    assert costs(graph((None, 3, 5), dtype=dtype))["x"].activation_bytes == size


def test_a_batch_that_the_file_fixes_counts_once():
    layers = [("Conv2D", {"filters": 4, "kernel_size": 3}), ("Flatten", {}), ("Dense", {"units": 2})]
    assert costs(graph((32, 8, 8, 3), *layers)) == costs(graph((None, 8, 8, 3), *layers))


def test_a_batch_that_is_put_into_another_axis_counts_as_one():
    x, flat = k.given("x", (None, 6, 5)), {"newshape": [-1, 5]}
    merged = k.layer("Reshape", "r", k.called(k.tensor("x", shape=(None, 6, 5))), module="keras.src.ops.numpy", **flat)
    dense = k.layer("Dense", "d", k.called(k.tensor("r", shape=(None, 5))), units=7)
    model = complete(read(k.model("m", [x, merged, dense], ["x", 0, 0], ["d", 0, 0])), verify=False)
    assert costs(model)["d"].multiply_adds == 6 * 5 * 7


def test_a_reshape_to_a_fixed_batch_keeps_one_sample():
    x, flat = k.given("x", (32, 30)), {"newshape": [32, 6, 5]}
    merged = k.layer("Reshape", "r", k.called(k.tensor("x", shape=(32, 30))), module="keras.src.ops.numpy", **flat)
    dense = k.layer("Dense", "d", k.called(k.tensor("r", shape=(32, 6, 5))), units=7)
    model = complete(read(k.model("m", [x, merged, dense], ["x", 0, 0], ["d", 0, 0])), verify=False)
    assert costs(model)["d"].multiply_adds == 6 * 5 * 7
    assert costs(model)["d"].activation_bytes == 4 * 6 * 7


def test_a_custom_layer_hands_out_a_batch_of_one():
    x = k.given("x", (None, 4))
    custom = k.layer("Mystery", "c", k.called(k.tensor("x")), module="mine")
    dense = k.layer("Dense", "d", k.called(k.tensor("c", shape=(None, 6, 5))), units=7)
    model = complete(read(k.model("m", [x, custom, dense], ["x", 0, 0], ["d", 0, 0])), verify=False)
    found = costs(model)
    assert (found["c"].multiply_adds, found["c"].activation_bytes) == (None, 120)
    assert found["d"].multiply_adds == 210


def test_a_layer_called_twice_costs_twice():
    x = k.given("x", (None, 4))
    twice = k.layer("Dense", "d", k.called(k.tensor("x")), k.called(k.tensor("d")), units=4)
    found = costs(complete(read(k.model("m", [x, twice], ["x", 0, 0], ["d", 1, 0])), verify=False))
    assert [each.multiply_adds for each in found.values()] == [0, 16, 16]


def test_a_rule_of_the_caller_says_what_its_layer_costs():
    rule = LayerRule(outputs=lambda call: call.shape, multiply_adds=lambda call: 3 * call.shape[-1])
    layers = graph((None, 5), ("Mystery", {}))
    assert costs(complete(layers, rules={"Mystery": rule}), {"Mystery": rule})["n0"].multiply_adds == 15
    wrapped = graph((None, 4, 5), ("TimeDistributed", {"layer": {"class_name": "Mystery", "config": {}}}))
    assert costs(wrapped, {"Mystery": rule})["n0"].multiply_adds == 60
    with pytest.raises(InputError, match="Mystery"):
        costs(layers, {"Mystery": LayerRule(multiply_adds=lambda call: -1)})


NETWORKS = st.lists(
    st.sampled_from(
        [
            ("Conv2D", {"filters": 3, "kernel_size": 3, "padding": "same"}),
            ("Conv2D", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"}),
            ("DepthwiseConv2D", {"kernel_size": 3, "dilation_rate": 2, "padding": "same"}),
            ("SeparableConv2D", {"filters": 5, "kernel_size": 3, "padding": "same"}),
            ("Conv2DTranspose", {"filters": 2, "kernel_size": 3, "strides": 2, "padding": "same"}),
            ("MaxPooling2D", {"pool_size": 2, "padding": "same"}),
            ("UpSampling2D", {"size": 2, "interpolation": "bilinear"}),
            ("BatchNormalization", {}),
            ("Dense", {"units": 6}),
        ]
    ),
    max_size=6,
)


@given(NETWORKS, st.integers(1, 40), st.integers(1, 40), st.integers(0, 20), st.integers(0, 20))
def test_more_input_costs_no_less(layers, height, width, more, wider):
    less = costs(graph((None, height, width, 3), *layers))
    most = costs(graph((None, height + more, width + wider, 3), *layers))
    for node, found in less.items():
        assert found.multiply_adds <= most[node].multiply_adds
        assert found.activation_bytes <= most[node].activation_bytes
        assert found.receptive_field == most[node].receptive_field
        assert found.flops == 2 * found.multiply_adds


@given(NETWORKS, st.integers(1, 40), st.integers(1, 8))
def test_the_batch_does_not_matter(layers, size, batch):
    assert costs(graph((None, size, size, 3), *layers)) == costs(graph((batch, size, size, 3), *layers))
