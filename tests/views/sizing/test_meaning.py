"""What axes mean follows the data: an image is one only where layers of images are."""

from pathlib import Path

import pytest
from hypothesis import given
from paper_models import Net

import cutaway
from cutaway.analysis.shapes import infer
from cutaway.graph import Node, Port, Tensor
from cutaway.views.blocks import Blocks
from cutaway.views.sizing import Axes, axes_of, meanings
from cutaway.views.sizing.drawn import drawn_axes
from cutaway.views.sizing.regrouping import lettered, regrouped
from tests.random_graphs import graphs

MODELS = Path(__file__).parents[3] / "gallery/models"
IMAGE = "height width channels"


def model(*shape, dtype="float32"):
    """Return a net with one input."""
    net = Net("net")
    net.add("InputLayer", batch_shape=(None, *shape), dtype=dtype)
    return net


def layer(net, op, *sources, **config):
    """Add a layer, behind the last one if not told otherwise."""
    return net.add(op, *(sources or [net.nodes[-1].id]), dtype="float32", **config)


def operation(net, op, *sources, **arguments):
    return net.add(op, *sources, call=arguments) if arguments else net.add(op, *sources)


def told(net, node=None, port=0):
    """Return the names of the axes of an output, by default of the last layer."""
    graph = infer(net.graph(net.nodes[-1].id), verify=False)
    return words(meanings(graph)[node or net.nodes[-1].id][port])


def words(axes):
    return None if axes.names is None else " ".join(axes.names)


def behind(shape, *layers, dtype="float32"):
    """Return what each layer of a chain gives behind an input of `shape`, the input first."""
    net = model(*shape, dtype=dtype)
    for op, config in layers:
        layer(net, op, **config)
    found = meanings(infer(net.graph(net.nodes[-1].id), verify=False))
    return [words(axes) for (axes,) in found.values()]


CONV = {"filters": 8, "kernel_size": 3, "padding": "same"}
FIRST = {**CONV, "data_format": "channels_first"}


@pytest.mark.parametrize(
    ("shape", "layers", "expected"),
    [
        ((64, 48, 3), [("Conv2D", CONV), ("ReLU", {}), ("MaxPooling2D", {"pool_size": 2})], [IMAGE] * 4),
        ((3, 64, 48), [("Conv2D", FIRST), ("BatchNormalization", {"axis": 1})], ["channels height width"] * 3),
        ((8, 64, 64, 3), [("Conv3D", CONV)], [f"depth {IMAGE}"] * 2),
        ((100, 6), [("Conv1D", CONV), ("MaxPooling1D", {"pool_size": 2})], ["length channels"] * 3),
        ((100, 6), [("GlobalAveragePooling1D", {})], ["length channels", "channels"]),
        ((64, 64, 3), [("Conv2D", CONV), ("GlobalAveragePooling2D", {"keepdims": True})], [IMAGE] * 3),
        ((64, 64, 3), [("Conv2D", CONV), ("Flatten", {})], [IMAGE, IMAGE, "channels"]),
        ((100,), [("Embedding", {"input_dim": 9, "output_dim": 4})], ["length", "length channels"]),
        ((50, 4), [("LSTM", {"units": 8, "return_sequences": True})], ["length channels"] * 2),
        ((50, 4), [("LSTM", {"units": 8})], ["length channels", "channels"]),
        ((50, 4), [("Dense", {"units": 8})], ["length channels"] * 2),
        ((12,), [("RepeatVector", {"n": 5})], ["channels", "length channels"]),
        ((50, 4), [("Permute", {"dims": (2, 1)})], ["length channels", "channels length"]),
        ((64, 48, 3), [("Conv2D", CONV), ("Permute", {"dims": (3, 1, 2)})], [IMAGE, IMAGE, "channels height width"]),
        ((14, 14, 8), [("Conv2D", CONV), ("Reshape", {"target_shape": (196, 8)})], [IMAGE, IMAGE, "length channels"]),
        ((14, 9, 8), [("Conv2D", CONV), ("Reshape", {"target_shape": (14, 72)})], [IMAGE, IMAGE, "length channels"]),
        ((49,), [("Reshape", {"target_shape": (7, 7)})], ["channels", "length channels"]),
        ((50, 64), [("Reshape", {"target_shape": (50, 8, 8)})], ["length channels", "length heads channels"]),
        ((50, 64), [("Reshape", {"target_shape": (2, 25, 64)})], ["length channels", "length other channels"]),
        ((100,), [("Dense", {"units": 98}), ("Reshape", {"target_shape": (7, 7, 2)})], ["channels", "channels", IMAGE]),
        ((50, 4), [("Lambda", {})], ["length channels", None]),
        ((50, 4), [("SomethingOfMine", {})], ["length channels", None]),
        ((64, 64, 3), [("RandomFlip", {}), ("Rescaling", {"scale": 2.0})], [IMAGE] * 3),
    ],
)  # fmt: skip
def test_what_layers_make(shape, layers, expected):
    assert behind(shape, *layers) == expected


def inner(op, **config):
    return {"class_name": op, "config": {"dtype": "float32", **config}}


def test_steps_in_time_before_images():
    steps = f"length {IMAGE}"
    conv = {"layer": inner("Conv2D", **CONV)}
    assert behind((10, 64, 64, 3), ("TimeDistributed", conv)) == [steps, steps]
    flat = [("TimeDistributed", conv), ("TimeDistributed", {"layer": inner("Flatten")})]
    assert behind((10, 64, 64, 3), *flat) == [steps, steps, "length channels"]
    recurrent = [("ConvLSTM2D", {**CONV, "return_sequences": True}), ("ConvLSTM2D", CONV)]
    assert behind((10, 64, 64, 3), *recurrent) == [steps, steps, IMAGE]


def test_an_input_is_what_its_readers_take_it_for():
    assert behind((64, 64, 3), ("Dropout", {"rate": 0.5}), ("Conv2D", CONV)) == [IMAGE] * 3
    assert behind((16, 16, 16, 3), ("ConvLSTM2D", CONV))[0] == f"length {IMAGE}"
    assert behind((100,), dtype="int32") == ["length"]
    assert behind((1,), dtype="int32") == ["channels"]
    assert behind((100,)) == ["channels"]
    assert behind((64, 64, 3)) == [IMAGE]


def test_an_embedding_in_reverse_reads_features():
    net = model(50, 8)
    dense = layer(net, "Dense", units=8)
    net.add("ReversibleEmbedding", dense, call={"reverse": True}, input_dim=9, output_dim=8, dtype="float32")
    assert told(net, dense) == "length channels"


def attention():
    """Return a net that splits its heads by itself, the ids of its parts with it."""
    net = model(50, 96)
    split = []
    for dims in ((2, 1, 3), (2, 3, 1), (2, 1, 3)):
        dense = layer(net, "Dense", "layer_0", units=96)
        split.append(layer(net, "Permute", layer(net, "Reshape", dense, target_shape=(50, 8, 12)), dims=dims))
    scores = layer(net, "Softmax", operation(net, "Matmul", split[0], split[1]))
    mixed = operation(net, "Matmul", scores, split[2])
    joined = layer(net, "Reshape", layer(net, "Permute", mixed, dims=(2, 1, 3)), target_shape=(50, 96))
    return net, split, scores, mixed, joined


def test_heads_are_no_image():
    net, split, scores, mixed, joined = attention()
    assert told(net, "layer_0") == "length channels"
    assert told(net, split[0]) == "heads length channels"
    assert told(net, split[1]) == "heads channels length"
    assert told(net, scores) == "heads length length"
    assert told(net, mixed) == "heads length channels"
    assert told(net, joined) == "length channels"


def test_heads_by_equations():
    net = model(50, 96)
    queries = layer(net, "EinsumDense", equation="abc,cde->abde", output_shape=(None, 8, 12))
    scores = operation(net, "Einsum", queries, queries, subscripts="bthd,bshd->bhts")
    assert told(net, queries) == "length heads channels"
    assert told(net, scores) in {"heads length length", None}
    assert "height" not in (told(net) or "")


def test_scores_are_the_second_output_of_attention():
    scores = Tensor(shape=(None, 8, 50, 50))
    node = Node(id="a", name="a", op="MultiHeadAttention", outputs=(Port(name="x"), Port(name="y", tensor=scores)))
    assert words(axes_of(node, scores, 1)) == "heads length length"


def test_patches_are_a_sequence():
    net = model(224, 224, 3)
    layer(net, "Conv2D", filters=768, kernel_size=16, strides=16)
    tokens = layer(net, "Reshape", target_shape=(196, 768))
    layer(net, "MultiHeadAttention", tokens, tokens, num_heads=12, key_dim=64)
    normal = layer(net, "LayerNormalization")
    grid = layer(net, "Reshape", target_shape=(14, 14, 768))
    assert told(net, tokens) == told(net, normal) == "length channels"
    assert told(net, grid) == IMAGE


def test_a_merge_is_what_its_inputs_are():
    net = model(50, 12, 16)
    left = layer(net, "Conv2D", "layer_0", **FIRST)
    right = layer(net, "Conv2D", "layer_0", **FIRST)
    layer(net, "Concatenate", left, right, axis=1)
    assert told(net) == "channels height width"


@pytest.mark.parametrize(
    "shape", [None, (None,), (None, 5), (None, None, 5), (None, 2, 3, 4), (None, 1, 2, 3, 4, 5, 6)]
)
def test_there_are_as_many_names_as_sizes(shape):
    node = Node(id="a", name="a", op="Mine", outputs=(Port(name="x", tensor=Tensor(shape=shape)),))
    found = axes_of(node, node.outputs[0].tensor)
    assert (found.names is not None) == (shape is not None)
    assert shape is None or len(found.names) == len(found.sizes) == len(shape) - 1


def test_axes_are_read_by_their_names():
    axes = Axes(names=("channels", "height", "width"), sizes=(8, None, 48))
    assert (axes.spatial, axes.channels, axes.length, axes.heads) == ((None, 48), 8, None, None)
    assert axes.is_image
    assert not axes.is_sequence
    assert axes.count is None
    sequence = Axes(names=("length", "heads", "channels"), sizes=(50, 8, 12))
    assert (sequence.length, sequence.heads, sequence.count) == (50, 8, 4800)
    assert sequence.is_sequence
    assert not Axes().has("channels")


@pytest.mark.parametrize(
    ("before", "sizes", "after", "expected"),
    [
        ("height width channels", (56, 56, 8), (8, 7, 8, 7, 8), "height other width other channels"),
        ("height width channels", (7, 7, 256), (12544,), "channels"),
        ("length channels", (196, 768), (14, 14, 768), IMAGE),
        ("length channels", (195, 768), (13, 15, 768), "length other channels"),
        ("length channels", (None, 768), (None, 12, 64), "length heads channels"),
        ("length channels", (50, 288), (50, 3, 8, 12), "length other heads channels"),
        ("length heads channels", (50, 8, 12), (50, 96), "length channels"),
        ("length channels", (50, 8), (50, 1, 8), "length other channels"),
        ("length channels", (50, 8), (25, 4, 4), "length other channels"),
        ("length", (50,), (50, 8), "length channels"),
        ("length channels", (1, 8), (8,), "channels"),
        ("height width channels", (None, None, 8), (None, 8), "length channels"),
        ("height width channels", (None, None, None), (None,), "channels"),
        ("height width channels", (None, None, 8), (None, None, 4), IMAGE),
    ],
)
def test_axes_that_are_split_and_joined(before, sizes, after, expected):
    assert " ".join(regrouped(tuple(before.split()), sizes, after)) == expected


def test_letters_of_equations():
    assert lettered("abc,cde->abde", ("length", "channels")) == ("length", "heads", "channels")
    assert lettered("abde,dec->abc", ("length", "heads", "channels")) == ("length", "channels")
    assert lettered("ab,bc->ac", ("length", "channels")) is None
    assert lettered("...x,xy->...y", ("length", "channels")) is None


@given(graphs())
def test_all_outputs_of_any_graph_have_a_meaning(graph):
    found = meanings(graph)
    for node in graph.nodes:
        for port, axes in zip(node.outputs, found[node.id], strict=True):
            shape = port.tensor.shape
            assert (axes.names is not None) == (shape is not None)
            assert shape is None or len(axes.sizes) == len(axes.names) == max(0, len(shape) - 1)


@pytest.mark.parametrize(("name", "expected"), [("t5.json.gz", "length channels"), ("convnext_tiny.json.gz", IMAGE)])
def test_folded_blocks_give_what_their_last_layers_do(name, expected):
    prepared = Blocks().prepared(cutaway.read(MODELS / name))
    found = drawn_axes(prepared)
    assert prepared.reduction.blocks
    assert {words(found[block][0]) for block in prepared.reduction.blocks if block in found} == {expected}
    assert drawn_axes(prepared) is found


def test_only_so_many_readers_are_asked():
    net = model(8, 8, 3)
    for _ in range(300):
        layer(net, "ReLU")
    layer(net, "ConvLSTM1D", **CONV)
    assert told(net, "layer_0") == IMAGE
    assert told(net, "layer_299") == IMAGE
