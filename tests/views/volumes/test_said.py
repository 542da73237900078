"""What the `volumes` view says: of folded blocks below them, of kernels and strides in the legend."""

import re

import pytest
from paper_models import resnet
from small_graphs import chain
from volume_marks import draw, node, paths, texts

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
    told = re.findall(r"where the caption says ([^\s;]+)", whole)
    assert {"Bottleneck", "first: projection", "first: projection, /2"} <= set(said)
    assert set(told) == {"projection", "/2"}
    assert "where the box" not in whole


def test_explanations_refer_to_nothing_where_other_words_stand_below_volumes():
    whole = " ".join(texts(draw(resnet(), fold="auto", text="type")))
    assert "skip: identity, or" in whole
    assert "says" not in whole


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([conv(11), conv(5), conv(3)], "Conv2D 11×11, 5×5, 3×3, ReLU"),
        ([conv(9), conv(7), conv(5), conv(3)], "Conv2D, ReLU"),
        ([conv(3, stride=2), conv(3, stride=2)], "Conv2D 3×3, /2, ReLU"),
        ([conv(3, stride=2), conv(3)], "Conv2D 3×3, ReLU"),
        ([conv(3), conv(3), conv(1, "sigmoid")], "Conv2D 3×3, ReLU (last: 1×1, sigmoid)"),
        ([conv(3), conv(3), conv(3, "linear")], "Conv2D 3×3, ReLU (last: linear)"),
        ([pool(3, 2), pool(3, 2)], "MaxPooling2D 3×3, /2"),
    ],
)
def test_the_legend_tells_kernels_strides_and_activations(layers, words):
    said = texts(draw(line(*layers)))
    assert words in said
    assert any("/2 is a stride of 2" in each for each in said) == ("/2" in words)


def test_an_activation_that_is_merged_is_told_too():
    layers = (conv(3, "linear"), ("BatchNormalization", {}), ("ReLU", {}))
    said = texts(draw(line(*layers, *layers), simplify="activations,normalizations"))
    assert "Conv2D 3×3, ReLU" in said


def test_equal_vectors_are_counted():
    dense, dropout = ("Dense", {"units": 4096}), ("Dropout", {"rate": 0.5})
    assert "2 × 4096" in texts(draw(line(dense, dropout, dense, dropout, vectors=True)))
    assert "4096" in texts(draw(line(("Flatten", {}), dense, dropout, vectors=True)))


def test_what_only_regularizes_is_hatched():
    scene = draw(line(("Flatten", {}), ("Dropout", {}), vectors=True))
    hatched = [
        any(isinstance(path.fill, Hatch) for path in paths(node(scene, name))) for name in ("flatten_1", "dropout_2")
    ]
    assert hatched == [False, True]
