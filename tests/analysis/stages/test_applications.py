"""Models of keras.applications: the stages that their papers draw, counted in layers that each block has once."""

import os

import pytest
from stage_facts import held, of

from cutaway.graph import Node
from cutaway.sources import read

pytestmark = pytest.mark.framework


def module(node: Node) -> bool:
    """Tell whether a layer is the end of an Inception module: `mixed7`, but not `mixed9_1`, which is inside of one."""
    return node.name.startswith("mixed") and "_" not in node.name


def cell(node: Node) -> bool:
    return "_concat_" in node.name


STAGES = {
    # He et al. 2016, table 1
    "ResNet50": (of("Add"), [0, 3, 4, 6, 3, 0]),
    "ResNet152": (of("Add"), [0, 3, 8, 36, 3, 0]),
    "ResNet50V2": (of("Add"), [0, 3, 4, 6, 3, 0]),
    # Szegedy et al. 2016, table 1: modules at 35², 17² and 8², each reduction the first at its size
    "InceptionV3": (module, [0, 3, 5, 3, 0]),
    # Zoph et al. 2018, figure 2: two reductions in the stem, then 3 × 6 cells with reductions between
    "NASNetLarge": (cell, [2, 6, 7, 7, 0]),
    # Liu et al. 2022, section 2.2; the scope of the stem frames it already
    "ConvNeXtTiny": (of("Add"), [3, 3, 9, 3, 0]),
    # Sandler et al. 2018, table 2: the rows, but that without expansion, which stays in the stem
    "MobileNetV2": (of("DepthwiseConv2D"), [1, 2, 3, 4, 3, 3, 1, 0]),
    # Howard et al. 2017, table 1: pairs of convolutions by their size; the first one is at that of the first pair
    "MobileNet": (of("DepthwiseConv2D"), [1, 2, 2, 6, 2, 0]),
    # Howard et al. 2019, table 1: the rows by their channels
    "MobileNetV3Large": (of("DepthwiseConv2D"), [0, 1, 2, 3, 4, 2, 3, 0]),
}


@pytest.mark.parametrize("name", STAGES)
def test_the_stages_are_those_of_the_paper(name):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    counted, counts = STAGES[name]
    found = held(read(getattr(keras.applications, name)(weights=None)), counted)
    assert [count for _, count in found] == counts
