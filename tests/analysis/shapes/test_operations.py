"""Operations whose arguments may be constants, or flow in."""

import pytest
from keras_configs import called, given, layer, model, tensor

from cutaway.analysis.complete import complete
from cutaway.analysis.cost import costs
from cutaway.analysis.shapes.attention import multi_head
from cutaway.analysis.shapes.call import Call
from cutaway.graph import Node, Tensor
from cutaway.sources import read


def array(*shape: int) -> dict:
    """Return a constant as Keras writes it, of zeros."""
    value: object = 0.0
    for size in reversed(shape):
        value = [value] * size
    return {"class_name": "__numpy__", "config": {"value": value, "dtype": "float32"}}


def built(op: str, *args: object, **config: object) -> tuple[Node, int | None]:
    """Return the node of an operation on one input, and its multiply–adds."""
    shape = (None, 8, 9, 4)
    call = called(tensor("x", shape=shape), *args)
    ending = layer(op, "o", call, module="keras.src.ops.any", **config)
    graph = complete(read(model("net", [given("x", shape), ending], [["x", 0, 0]], [["o", 0, 0]])))
    return graph.nodes[1], costs(graph)["o"].multiply_adds


SLIDING = {"strides": 2, "padding": "same", "data_format": "channels_last", "dilation_rate": 1}


@pytest.mark.parametrize(
    ("op", "kernels", "shape", "work"),
    [
        ("Conv", [(3, 2, 4, 6)], (None, 4, 5, 6), 4 * 5 * 6 * 3 * 2 * 4),
        ("Conv", [(3, 2, 2, 6)], (None, 4, 5, 6), 4 * 5 * 6 * 3 * 2 * 2),  # in two groups
        ("DepthwiseConv", [(3, 2, 4, 2)], (None, 4, 5, 8), 4 * 5 * 8 * 3 * 2),
        ("SeparableConv", [(3, 2, 4, 2), (1, 1, 8, 5)], (None, 4, 5, 5), 4 * 5 * 8 * (3 * 2 + 5)),
        ("ConvTranspose", [(3, 2, 6, 4)], (None, 16, 18, 6), 8 * 9 * 4 * 3 * 2 * 6),
        ("Conv", [(3, 4, 6)], None, None),  # no kernel for images
    ],
)
def test_a_convolution_with_constant_kernels(op, kernels, shape, work):
    node, done = built(op, *[array(*each) for each in kernels], **SLIDING)
    assert (node.outputs[0].tensor.shape, done) == (shape, work)
    assert node.weights == ()


def test_a_kernel_may_flow_in_beside_a_constant_one():
    call = called(tensor("x", shape=(None, 8, 9, 4)), array(3, 2, 4, 2), tensor("k", shape=(1, 1, 8, 5)))
    ending = layer("SeparableConv", "o", call, module="keras.src.ops.nn", **SLIDING)
    layers = [given("x", (None, 8, 9, 4)), given("k", (1, 1, 8, 5)), ending]
    graph = complete(read(model("net", layers, [["x", 0, 0], ["k", 0, 0]], [["o", 0, 0]])))
    assert graph.nodes[2].outputs[0].tensor.shape == (None, 4, 5, 5)


@pytest.mark.parametrize(
    ("op", "config", "shape"),
    [
        ("Rot90", {"k": 1, "axes": [1, 2]}, (None, 9, 8, 4)),
        ("Rot90", {"k": 2, "axes": [1, 2]}, None),
        ("Diff", {"n": 2, "axis": 1}, (None, 6, 9, 4)),
        ("ArraySplit", {"indices_or_sections": 2, "axis": 2}, (None, 8, 5, 4)),
        ("Hsplit", {"indices_or_sections": 2}, (None, 4, 9, 4)),
        ("Diagonal", {"offset": 2, "axis1": 1, "axis2": 2}, (None, 4, 7)),
        ("Diagonal", {"offset": -3, "axis1": 1, "axis2": 2}, (None, 4, 5)),
        ("Trace", {"offset": 0, "axis1": 1, "axis2": 3}, (None, 9)),
        ("Det", {}, (None, 8)),
        ("Pinv", {}, (None, 8, 4, 9)),
        ("Qr", {"mode": "reduced"}, (None, 8, 9, 4)),
        ("Qr", {"mode": "complete"}, (None, 8, 9, 9)),
        ("SVD", {"full_matrices": False, "compute_uv": True}, (None, 8, 9, 4)),
        ("SVD", {"full_matrices": True, "compute_uv": False}, (None, 8, 4)),
        ("RFFT", {"fft_length": None}, (None, 8, 9, 3)),
        ("SpaceToDepth", {"block_size": 3, "data_format": "channels_last"}, (None, None, 3, 36)),
        ("DepthToSpace", {"block_size": 2, "data_format": "channels_last"}, (None, 16, 18, 1)),
        (
            "ExtractPatches",
            {"size": [3, 2], "strides": 2, "padding": "valid", "data_format": "channels_last"},
            (None, 3, 4, 24),
        ),
        ("SegmentSum", {"num_segments": 3}, (3, 8, 9, 4)),
        ("Argsort", {"axis": -1}, (None, 8, 9, 4)),
        ("Unique", {}, None),
        ("ViewAsComplex", {}, None),
        ("Scatter", {"shape": [3, 4]}, (3, 4)),
    ],
)
def test_an_operation_without_another_operand(op, config, shape):
    node, _ = built(op, **config)
    assert node.outputs[0].tensor.shape == shape
    assert node.weights == ()


def test_one_term_of_an_equation_may_be_a_constant():
    for equation, args in (("bhwc,cd->bhwd", (array(4, 7),)), ("bhwc,de->bhwcde", (array(2, 3),))):
        node, work = built("Einsum", *args, subscripts=equation)
        shape = (None, 8, 9, 7) if "e" not in equation else (None, 8, 9, 4, 2, 3)
        assert node.outputs[0].tensor.shape == shape
        assert work == 8 * 9 * 4 * (7 if "e" not in equation else 6)


def test_a_tolerance_is_no_operand():
    node, _ = built("Isclose", 1.0, 1e-5, 1e-8, False)
    assert (node.outputs[0].tensor.shape, node.outputs[0].tensor.dtype) == ((None, 8, 9, 4), "bool")


@pytest.mark.parametrize(
    ("length", "stored", "scores"), [(5, {}, 5), (7, {}, None), (7, {"query_shape": [None, 5, 8]}, 7)]
)
def test_scores_are_told_where_keras_does_what_it_says(length, stored, scores):
    call = Call(
        op="MultiHeadAttention",
        attributes={"num_heads": 3, **stored},
        inputs=(Tensor(shape=(None, 5, 8)), Tensor(shape=(None, length, 8))),
        ports=("query", "value"),
    )
    found = multi_head(call)[1].shape
    assert found == (None if scores is None else (None, 3, 5, scores))
