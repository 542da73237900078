"""What the `volumes` view says: of folded blocks below them, of kernels and strides in the legend."""

import re

import pytest
from paper_models import resnet
from small_graphs import chain
from volume_marks import draw, node, paths, texts

from cutaway.graph import Kind
from cutaway.record import replace
from cutaway.scene import Hatch
from cutaway.sources.kinds import layer_kind


def line(*layers, vectors=False):
    """Return a chain of layers, each given as its class and what is special in its configuration."""
    shape = (None, 4096) if vectors else (None, 32, 32, 16)
    found = chain(*[op for op, _ in layers], shapes=(shape,) * (len(layers) + 1))
    own = [
        replace(each, attributes=given, kind=layer_kind(each.op, given))
        for each, (_, given) in zip(found.nodes[1:], layers, strict=True)
    ]
    return replace(found, nodes=(found.nodes[0], *own))


def conv(size, activation="relu", stride=1):
    return "Conv2D", {"kernel_size": (size, size), "strides": (stride, stride), "activation": activation}


def pool(size, stride):
    return "MaxPooling2D", {"pool_size": (size, size), "strides": (stride, stride)}


def test_explanations_refer_to_what_captions_say():
    said = texts(draw(resnet(), fold="auto"))
    whole = " ".join(said)
    told = re.findall(r"where the caption says ([^;]+?)(?=;|$| [a-z] =)", whole)
    assert {"Bottleneck", "first: projected skip", "stride 2"} <= set(said)
    assert set(told) == {"projected skip", "stride 2"}
    assert "where the box" not in whole


def test_explanations_refer_to_nothing_where_other_words_stand_below_volumes():
    whole = " ".join(texts(draw(resnet(), fold="auto", text="type")))
    assert "skip: identity, or" in whole
    assert "says" not in whole


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([conv(11), conv(5), conv(3)], "Conv2D, ReLU"),
        ([conv(size) for size in (11, 9, 7, 5, 3, 1)], "Conv2D, ReLU"),
        ([conv(3, stride=2), conv(3, stride=2)], "Conv2D 3×3, stride 2, ReLU"),
        ([conv(3, stride=2), conv(3)], "Conv2D, ReLU"),
        ([conv(3), conv(3), conv(1, "sigmoid")], "Conv2D 3×3, ReLU (last: 1×1, sigmoid)"),
        ([conv(3), conv(3), conv(3, "linear")], "Conv2D 3×3, ReLU (last: linear)"),
        ([conv(3, stride=2), conv(3, stride=2), conv(3)], "Conv2D 3×3, stride 2, ReLU (last: stride 1)"),
        ([pool(3, 2), pool(3, 2)], "MaxPooling2D 3×3, stride 2"),
    ],
)
def test_the_legend_tells_kernels_strides_and_activations(layers, words):
    said = texts(draw(line(*layers)))
    assert words in said
    assert not any("is a stride of 2" in each or "² is" in each for each in said)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([conv(11, stride=4), conv(5), conv(3)], ["Conv 11×11", "stride 4", "Conv 5×5, 3×3"]),
        ([pool(3, 2), pool(2, 2), ("GlobalAveragePooling2D", {})], ["Max pool 3×3, 2×2", "stride 2"]),
        ([pool(3, 2), ("GlobalAveragePooling2D", {})], []),
        ([conv(size) for size in (11, 9, 7, 5, 3, 1)], []),
        ([conv(3), conv(3)], []),
    ],
)
def test_kernels_that_differ_stand_below_their_volumes(layers, words):
    said = texts(draw(line(*layers, ("Flatten", {}))))
    below = [each for each in said if each.startswith(("Conv 1", "Conv 5", "Conv 3", "Max pool", "stride"))]
    assert all(word in " ".join(below) for word in words)
    assert bool(below) == bool(words)


def test_explained_blocks_are_called_as_below_the_volumes():
    said = texts(draw(resnet(), fold="auto"))
    assert "Bottleneck" in said
    assert not [each for each in said if each.startswith("Bottleneck ")]


def test_an_activation_that_is_merged_is_told_too():
    layers = (conv(3, "linear"), ("BatchNormalization", {}), ("ReLU", {}))
    said = texts(draw(line(*layers, *layers), simplify="activations,normalizations"))
    assert "Conv2D 3×3, ReLU" in said


def test_each_layer_of_equal_vectors_has_its_size():
    dense, dropout = ("Dense", {"units": 4096}), ("Dropout", {"rate": 0.5})
    said = texts(draw(line(dense, dropout, dense, dropout, dense, vectors=True)))
    assert said.count("4096") == 4  # those of the input and the output stand with their names


def test_dropouts_are_left_out_where_nobody_says_what_is_simplified():
    graph = line(("Flatten", {}), ("Dropout", {}), ("Dense", {}), vectors=True)
    assert any("Left out: 1 dropout." in each for each in texts(draw(graph)))
    assert not any("Left out" in each for each in texts(draw(graph, simplify="none")))


def test_what_only_regularizes_is_hatched():
    scene = draw(line(("Flatten", {}), ("Dropout", {}), vectors=True), simplify="none")
    hatched = [
        any(isinstance(path.fill, Hatch) for path in paths(node(scene, name))) for name in ("flatten_1", "dropout_2")
    ]
    assert hatched == [False, True]


def test_a_class_that_is_called_like_another_colour_is_told_by_its_kind():
    one = chain("Normalization", "Conv2D", shapes=((None, 8, 8, 3),) * 3)
    nodes = [replace(each, kind=layer_kind(each.op, each.attributes)) for each in one.nodes[1:]]
    said = texts(draw(replace(one, nodes=(one.nodes[0], *nodes))))
    assert "preprocessing" in said
    assert "Normalization" not in said


def test_classes_of_one_name_in_two_colours_are_told_apart():
    graph = line(("Dense", {}), ("Add", {}), ("Add", {}), vectors=True)
    other = replace(graph.nodes[-1], kind=Kind.OTHER)
    said = texts(draw(replace(graph, nodes=(*graph.nodes[:-1], other))))
    assert said.count("Add") == 1
    assert "Add (other operation)" in said
