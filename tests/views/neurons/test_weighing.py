"""Weights as colours and widths of lines, biases as outlines, from real files."""

import numpy as np
import pytest
from neuron_networks import edge, groups, lines, mlp, texts
from small_graphs import node
from weights_files import archive, tree

import cutaway
from cutaway.graph import Weight
from cutaway.page import Page
from cutaway.record import replace
from cutaway.scene import Path
from cutaway.theme import PAPER
from cutaway.views.neurons import Neurons
from cutaway.views.neurons.weighing import look, named

KERNEL = np.array([[1.0, -1.0], [0.1, -0.5]], "float32")
BIAS = np.array([0.5, -0.25], "float32")


@pytest.fixture
def path(tmp_path):
    return archive(tmp_path / "net.keras", mlp(2, 2), model_weights_h5=tree(layers__dense=[KERNEL, BIAS]))


def looks(scene):
    """Return colour, width and whether it is dashed of each line, by how many lines there are of it."""
    return {
        (path.stroke.paint, path.stroke.width, bool(path.stroke.dash)): sum(
            type(segment).__name__ == "Move" for segment in path.segments
        )
        for path in edge(scene, "x:0->d1:0")
    }


def cores(scene, node):
    """Return the colours of what tells of biases in a node, and whether these are hollow."""
    own = next(group for group in groups(scene.marks) if group.part == "node" and group.ref == node)
    inner = [mark for mark in own.marks[1:] if isinstance(mark, Path)]
    return [(mark.fill or mark.stroke.paint, mark.fill is None) for mark in inner]


def test_lines_show_sign_and_size(path):
    scene = cutaway.draw(path, view="neurons").scene
    assert looks(scene) == {
        ("weight.positive.0", 0.3, False): 1,
        ("weight.negative.2", 1.0, True): 1,
        ("weight.positive.3", 1.5, False): 1,
        ("weight.negative.3", 1.5, True): 1,
    }
    assert lines(scene, "x:0->d1:0") == 4
    assert cores(scene, "d1") == [("weight.positive", False), ("weight.negative", True)]
    assert cores(scene, "x") == []


def test_the_legend_tells_how_large_they_are(path):
    scene = cutaway.draw(path, view="neurons").scene
    said = " ".join(texts(scene.marks))
    assert "positive weight" in said
    assert "up to 1." in said
    assert "up to 0.5." in said
    assert {"weight.positive.3", "weight.negative.3", "weight.positive"} <= set(scene.palette)
    assert list(cutaway.lint(cutaway.draw(path, view="neurons"))) == []


@pytest.mark.parametrize("options", [{"weighted": "never"}, {"weights": False}])
def test_lines_are_alike_where_nobody_asks(path, options):
    scene = cutaway.draw(path, view="neurons", **options).scene
    assert looks(scene) == {("neuron.line", 0.4, False): 4}
    assert "weight" not in " ".join(texts(scene.marks))


def test_weights_of_another_file_beside_a_configuration(tmp_path):
    file = tmp_path / "net.weights.h5"
    file.write_bytes(tree(layers__dense=[KERNEL, BIAS]))
    scene = cutaway.draw(mlp(2, 2), view="neurons", weights=file).scene
    assert sum(looks(scene).values()) == 4
    assert ("weight.positive.3", 1.5, False) in looks(scene)


def test_a_configuration_alone_has_lines_of_one_look():
    assert looks(cutaway.draw(mlp(2, 2), view="neurons").scene) == {("neuron.line", 0.4, False): 4}


def test_only_neurons_that_are_drawn_are_compared(tmp_path):
    kernel = np.zeros((30, 2), "float32")
    kernel[0, 0], kernel[20, 0], kernel[29, 1] = 2.0, 9.0, -1.0  # the 21st is behind the dots
    file = archive(tmp_path / "net.keras", mlp(30, 2), model_weights_h5=tree(layers__dense=[kernel, 0 * BIAS]))
    scene = cutaway.draw(file, view="neurons").scene
    assert "up to 2." in " ".join(texts(scene.marks))
    assert looks(scene)["weight.positive.3", 1.5, False] == 1
    assert looks(scene)["weight.negative.2", 1.0, True] == 1
    assert "iases" not in " ".join(texts(scene.marks))  # all are zero


def test_what_is_no_number_has_no_sign(tmp_path):
    kernel = np.array([[np.nan, np.inf], [1.0, -1.0]], "float32")
    file = archive(tmp_path / "net.keras", mlp(2, 2), model_weights_h5=tree(layers__dense=[kernel, BIAS]))
    scene = cutaway.draw(file, view="neurons").scene
    assert looks(scene) == {
        ("neuron.line", 0.4, False): 2,
        ("weight.positive.3", 1.5, False): 1,
        ("weight.negative.3", 1.5, True): 1,
    }
    assert "Lines of neither colour stand for weights that are no finite numbers." in " ".join(texts(scene.marks))


def test_large_kernels_are_read_on_request(tmp_path):
    kernel = np.ones((1025, 1024), "float32")
    file = archive(
        tmp_path / "net.keras", mlp(1025, 1024), model_weights_h5=tree(layers__dense=[kernel, np.ones(1024, "float32")])
    )
    scene = cutaway.draw(file, view="neurons").scene
    assert looks(scene) == {("neuron.line", 0.4, False): 81}
    assert "Weights of large layers are not shown" in " ".join(texts(scene.marks))
    scene = cutaway.draw(file, view="neurons", weighted="always").scene
    assert looks(scene) == {("weight.positive.3", 1.5, False): 81}


def test_large_kernels_alone_are_told_of_too(tmp_path):
    net, kernel = mlp(1025, 1024), np.ones((1025, 1024), "float32")
    net["config"]["layers"][1]["config"]["use_bias"] = False
    file = archive(tmp_path / "net.keras", net, model_weights_h5=tree(layers__dense=[kernel]))
    assert "Weights of large layers are not shown" in " ".join(texts(cutaway.draw(file, view="neurons").scene.marks))


@pytest.mark.parametrize(
    ("op", "names", "attributes", "kernel", "bias"),
    [
        ("Dense", ["kernel", "bias"], {}, "n/kernel", "n/bias"),
        ("Dense", ["0", "1"], {}, "n/0", "n/1"),
        ("Dense", ["0"], {"use_bias": False}, "n/0", None),
        ("Dense", ["0", "1"], {"use_bias": False}, None, None),  # the second is no bias: a factor of quantisation
        ("Dense", ["0", "1", "2", "3"], {}, None, None),
        ("Dense", ["kernel", "bias", "kernel_scale"], {}, None, "n/bias"),
        ("Dense", ["kernel", "bias", "lora_kernel_a", "lora_kernel_b"], {}, None, "n/bias"),
        ("BatchNormalization", ["0", "1", "2", "3"], {}, None, None),
        ("SimpleRNN", ["kernel", "recurrent_kernel", "bias"], {}, "n/kernel", "n/bias"),
        ("Bidirectional", ["forward_layer/kernel", "backward_layer/kernel"], {}, None, None),
        ("TimeDistributed", ["layer/kernel", "layer/bias"], {}, "n/layer/kernel", "n/layer/bias"),
        ("EinsumDense", ["kernel", "bias"], {"equation": "abc,cd->abd", "bias_axes": "d"}, "n/kernel", "n/bias"),
        ("EinsumDense", ["kernel"], {"equation": "...b, bc -> ...c", "bias_axes": None}, "n/kernel", None),
        ("EinsumDense", ["kernel"], {"equation": "ab,cb->ac"}, None, None),  # units come first
        ("EinsumDense", ["kernel", "bias"], {"equation": "abc,cd->abd", "bias_axes": "b"}, None, None),
        ("EinsumDense", ["kernel"], {}, None, None),
    ],
)
def test_which_weights_are_those_of_lines_and_circles(op, names, attributes, kernel, bias):
    weights = tuple([Weight(key=f"n/{name}", shape=(3, 3), dtype="float32", trainable=True) for name in names])
    made = replace(node("n", op, 1), attributes=attributes, weights=weights)
    found = [named(made, name) for name in ("kernel", "bias")]
    assert [weight and weight.key for weight in found] == [kernel, bias]


@pytest.mark.parametrize("dtype", ["complex64", "int8", "bool"])
def test_only_real_numbers_are_drawn(dtype):
    kernel = Weight(key="d1/kernel", shape=(2, 2), dtype=dtype, trainable=True)
    graph = cutaway.read(mlp(2, 2))
    graph = replace(
        graph, nodes=tuple([replace(each, weights=(kernel,)) if each.id == "d1" else each for each in graph.nodes])
    )
    assert len(looks(Neurons(store={"d1/kernel": KERNEL})(graph, PAPER, Page()))) == 4
    scene = Neurons(store={"d1/kernel": KERNEL.astype(dtype)})(graph, PAPER, Page())
    assert looks(scene) == {("neuron.line", 0.4, False): 4}


def test_lines_that_recede_show_no_weights(path):
    scene = cutaway.draw(path, view="neurons", mute="*").scene
    assert looks(scene) == {("edge.pale", 0.4, False): 4}


@pytest.mark.parametrize(("value", "most", "number"), [(0.0, 0.0, 0), (1.0, 1.0, 6), (-1.0, 1.0, 7), (0.3, 1.0, 2)])
def test_looks_go_by_size_and_sign(value, most, number):
    assert look(value, most) == number
