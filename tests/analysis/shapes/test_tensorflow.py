import pytest
from keras2_configs import end, function, given, model

from cutaway.analysis.shapes import infer
from cutaway.sources import read


def inferred(tf, node, dtype="float32"):
    """Return shape and type of what a function of TensorFlow gives for an input of (None, 4, 8)."""
    start = given("x", (None, 4, 8))
    start["config"]["dtype"] = dtype
    graph = infer(read(model("net", [start, function("f", tf, node)], [["x", 0, 0]], [["f", 0, 0]])))
    tensor = graph.nodes[1].outputs[0].tensor
    return tensor.shape, tensor.dtype


X = ["x", 0, 0]


@pytest.mark.parametrize(
    ("tf", "node", "shape"),
    [
        ("linalg.matmul", end("x", b=X, transpose_b=True), (None, 4, 4)),
        ("linalg.matmul", end("x", b=X, adjoint_a=True), (None, 8, 8)),
        ("compat.v1.gather", end("x", indices=X, axis=1, batch_dims=1), None),
        ("compat.v1.squeeze", end("x", axis=None), None),  # the batch may be 1, too
        ("math.reduce_mean", end("x"), ()),
        ("expand_dims", end("x", axis=-1), (None, 4, 8, 1)),
        ("linalg.trace", end("x"), (None,)),
        ("linalg.qr", end("x", full_matrices=True), None),
        ("image.rot90", end("x", k=1), None),
    ],
)
def test_parameters_of_tensorflow_count(tf, node, shape):
    assert inferred(tf, node)[0] == shape


@pytest.mark.parametrize(
    ("tf", "node", "dtype", "result"),
    [
        ("math.reduce_sum", end("x", axis=1), "uint8", None),
        ("math.reduce_sum", end("x", axis=1), "float16", "float16"),
        ("math.truediv", end("x", y=2), "int32", None),
        ("math.truediv", end("x", y=2.0), "float32", "float32"),
        ("math.greater", end("x", y=0), "int32", "bool"),
        ("math.argmax", end("x", axis=1), "float32", "int64"),
        ("math.argmax", end("x", axis=1, output_type="int32"), "float32", "int32"),
        ("math.count_nonzero", end("x", axis=1), "float32", None),
        ("cast", end("x", dtype="float16"), "int32", "float16"),
        ("reshape", end("x", shape=[-1, 4]), "int32", "int32"),
    ],
)
def test_types_are_told_where_they_are_certain(tf, node, dtype, result):
    assert inferred(tf, node, dtype)[1] == result


@pytest.mark.parametrize(
    ("tf", "call", "shape"),
    [
        (
            "nn.conv2d",
            {"filters": [[[[0.0] * 6] * 4] * 2] * 3, "strides": [1, 2, 1, 1], "padding": "VALID"},
            (None, 3, 8, 6),
        ),
        ("nn.conv2d", {"filters": [[[[0.0] * 6] * 4] * 2] * 3, "strides": 2, "padding": "SAME"}, (None, 4, 5, 6)),
        (
            "nn.conv2d",
            {"filters": [[[[0.0] * 6] * 8] * 2] * 3, "strides": 1, "padding": "VALID", "data_format": "NCHW"},
            (None, 6, 7, 3),
        ),
        ("nn.conv2d_transpose", {"filters": [[0.0]], "output_shape": [2, 16, 18, 6], "strides": 2}, (2, 16, 18, 6)),
        ("nn.conv2d_transpose", {"filters": [[0.0]], "strides": 2}, None),
        ("image.resize", {"size": [3, 4]}, (None, 3, 4, 4)),
        ("nn.depth_to_space", {"block_size": 2}, (None, 16, 18, 1)),
        ("nn.space_to_depth", {"block_size": 3, "data_format": "NCHW"}, (None, 72, 3, None)),
        ("nn.max_pool2d", {"ksize": [1, 3, 2, 1], "strides": [1, 2, 1, 1], "padding": "SAME"}, (None, 4, 9, 4)),
        ("nn.avg_pool2d", {"ksize": 2, "strides": 2, "padding": "VALID", "data_format": "NCHW"}, (None, 8, 4, 2)),
    ],
)
def test_windows_are_given_in_the_way_of_tensorflow(tf, call, shape):
    start = given("x", (None, 8, 9, 4))
    graph = infer(read(model("net", [start, function("f", tf, end("x", **call))], [["x", 0, 0]], [["f", 0, 0]])))
    assert graph.nodes[1].outputs[0].tensor.shape == shape
