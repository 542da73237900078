"""What the legend says of sizes holds of the figure: equal shapes look equal, and larger ones larger."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import layers
from small_graphs import chain, graphs
from volume_marks import draw, size, texts

from cutaway.graph import Kind

PLATES = {Kind.MERGE, Kind.NORMALIZATION, Kind.ACTIVATION, Kind.REGULARIZATION, Kind.RESHAPE, Kind.PREPROCESSING}


@settings(max_examples=60)
@given(graph=graphs() | layers(), look=st.sampled_from([{}, {"width": "17cm"}, {"rotation": 40.0}]))
def test_equal_shapes_are_drawn_equal_or_the_legend_says_why(graph, look):
    scene = draw(graph, fold="none", simplify="none", **look)
    said = " ".join(texts(scene))
    found = {}
    for node in graph.nodes:
        shape = node.outputs[0].tensor.shape if node.outputs else None
        if node.kind not in PLATES and shape is not None and None not in shape[1:]:
            wide, high = size(scene, node.id)
            found.setdefault(shape[1:], set()).add((round(wide, 3), round(high, 3)))
    if "drawn larger" not in said:
        assert all(len(sizes) == 1 for sizes in found.values())


@settings(max_examples=40)
@given(st.lists(st.integers(1, 30_000), min_size=2, max_size=5, unique=True))
def test_vectors_that_differ_are_drawn_so_or_the_legend_says_up_to_which_they_are_alike(sizes):
    graph = chain(*["Dense"] * (len(sizes) - 1), shapes=tuple((None, each) for each in sizes))
    scene = draw(graph)
    told = re.search(r"vectors up to (\d+)", " ".join(texts(scene)))
    alike = int(told[1]) if told else 0
    heights = dict(zip(sizes, (size(scene, node.id)[1] for node in graph.nodes), strict=True))
    for small, large in pairwise(sorted(sizes)):
        assert heights[small] < heights[large] if large > alike else heights[small] == heights[large]


def test_an_input_is_as_wide_as_an_output_of_its_shape():
    shape = (None, 28, 28, 1)
    scene = draw(chain("Conv2D", "Conv2D", shapes=(shape, (None, 28, 28, 32), shape)))
    assert size(scene, "input") == pytest.approx(size(scene, "conv2d_2"))


def test_channels_that_are_alike_are_told():
    shapes = ((None, 64, 64, 1), (None, 64, 64, 3), (None, 64, 64, 2048), (None, 64, 64, 2048))
    said = " ".join(texts(draw(chain(*["Conv2D"] * 3, shapes=shapes))))
    assert "Drawn at the least size: up to 3 channels." in said


def test_nothing_is_called_larger_that_is_turned():
    shapes = ((None, 64, 64, 3), (None, 64, 64, 64), (None, 64, 64, 8))
    said = texts(draw(chain(*["Conv2D"] * 2, shapes=shapes), rotation=80.0))
    assert "drawn larger" not in " ".join(said)
