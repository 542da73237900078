"""Operations whose arguments may be constants, or flow in."""

import pytest
from keras_configs import called, given, layer, model, tensor

from cutaway.analysis.complete import complete
from cutaway.analysis.cost import costs
from cutaway.graph import Node
from cutaway.sources import read


def array(*shape: int) -> dict:
    """Return a constant as Keras writes it, of zeros."""
    value: object = 0.0
    for size in reversed(shape):
        value = [value] * size
    return {"class_name": "__numpy__", "config": {"value": value, "dtype": "float32"}}


def built(op: str, *args: object, shape: tuple = (None, 8, 9, 4), **config: object) -> tuple[Node, int | None]:
    """Return the node of an operation on one input, and its multiply–adds."""
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
    ],
)
def test_an_operation_without_another_operand(op, config, shape):
    node, _ = built(op, **config)
    assert node.outputs[0].tensor.shape == shape
    assert node.weights == ()
