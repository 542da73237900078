"""What a layer looks at: the sides of its window, from attributes as files have them."""

import pytest

from cutaway.graph import Kind, Node
from cutaway.views.maps.windows import Window, window


def layer(op, kind=Kind.CONVOLUTION, **attributes):
    return Node(id="a", name="a", op=op, kind=kind, attributes=attributes)


@pytest.mark.parametrize(
    ("op", "kind", "attributes", "relation", "sides"),
    [
        ("Conv2D", Kind.CONVOLUTION, {"kernel_size": (3, 5)}, "window", (3, 5)),
        ("Conv2D", Kind.CONVOLUTION, {"kernel_size": 3}, "window", (3, 3)),
        ("Conv2D", Kind.CONVOLUTION, {"kernel_size": [3, 5], "dilation_rate": [2, 4]}, "window", (5, 17)),
        ("Conv2D", Kind.CONVOLUTION, {"kernel_size": [3, 5], "dilation_rate": 2}, "window", (5, 9)),
        ("DepthwiseConv2D", Kind.CONVOLUTION, {"kernel_size": (7, 7)}, "window", (7, 7)),
        ("Conv1D", Kind.CONVOLUTION, {"kernel_size": (9,)}, "window", (9,)),
        ("Conv3D", Kind.CONVOLUTION, {"kernel_size": (2, 3, 5)}, "window", (3, 5)),
        ("Conv2DTranspose", Kind.UPSAMPLING, {"kernel_size": (4, 2), "strides": (2, 2)}, "opening", (4, 2)),
        ("UpSampling2D", Kind.UPSAMPLING, {"size": (2, 3)}, "opening", (2, 3)),
        ("MaxPooling2D", Kind.POOLING, {"pool_size": (2, 2)}, "window", (2, 2)),
        ("SumPool", Kind.POOLING, {"pool_size": (2, 2)}, "window", (2, 2)),
    ],
)
def test_sides_in_height_and_width(op, kind, attributes, relation, sides):
    assert window(layer(op, kind, **attributes)) == Window(relation=relation, sides=sides)


@pytest.mark.parametrize(
    "kernel", [None, "3", (), (3, None), (3, 3, 3), (True, 2), (0, 3), (-3, 3), (2.5, 3), True, {"a": 3}]
)
def test_sides_that_are_not_known_are_not_guessed(kernel):
    assert window(layer("Conv2D", kernel_size=kernel)) is None


@pytest.mark.parametrize("rate", [None, "2", (2, 2, 2), (0, 2), True])
def test_a_dilation_that_is_not_known_leaves_the_kernel(rate):
    assert window(layer("Conv2D", kernel_size=(3, 3), dilation_rate=rate)).sides == (3, 3)


def test_other_layers_have_no_window():
    assert window(layer("GlobalAveragePooling2D", Kind.POOLING, pool_size=(2, 2))) is None
    assert window(layer("Dense", Kind.DENSE, kernel_size=(2, 2))) is None
