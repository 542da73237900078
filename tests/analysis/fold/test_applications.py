"""Models of keras.applications: the blocks that their papers draw. Each list was written from the paper."""

import os

import pytest

from cutaway.analysis.fold import fold
from cutaway.analysis.reduction import Reducing, reduced
from cutaway.sources import read

pytestmark = pytest.mark.framework

BLOCKS = {
    # He et al. 2016, table 1: stages of 3, 4, 6, 3; the first of each has a projection (12 layers)
    "ResNet50": [(1, 12), (2, 10), (1, 12), (3, 10), (1, 12), (5, 10), (1, 12), (2, 10)],
    # Szegedy et al. 2016, table 1, as Keras has it: 3 modules (the first pools to fewer), reduction, 4 modules (of
    # which the middle two are equal), reduction, 2 modules
    "InceptionV3": [(1, 23), (2, 23), (1, 14), (1, 32), (2, 32), (1, 32), (1, 20), (2, 31)],
    # Zoph et al. 2018, figure 2: two reductions, then 3 × 6 normal cells with reductions between; the first cell
    # behind a reduction reads an input of another size
    "NASNetLarge": [(1, 48), (1, 57), (1, 51), (5, 45), (1, 51), (1, 51), (5, 45), (1, 51), (1, 51), (5, 45)],
    # Liu et al. 2022, section 2.2: stages of 3, 3, 9, 3
    "ConvNeXtTiny": [(3, 8), (3, 8), (9, 8), (3, 8)],
}
MERGED = {
    # a layer with its padding, normalization and activation is one: a block is 3 of them, the sum and its activation
    "ResNet50": [(1, 6), (2, 5), (1, 6), (3, 5), (1, 6), (5, 5), (1, 6), (2, 5)],
    # figures 5 to 7 and 10 of the paper: 7 convolutions, a pooling and the filter concatenation, …
    "InceptionV3": [(1, 9), (2, 9), (1, 6), (1, 12), (2, 12), (1, 12), (1, 8), (2, 13)],
}
"""The same where layers are merged as they are in figures."""


@pytest.mark.parametrize("name", MERGED)
def test_the_blocks_are_those_of_the_paper_when_layers_are_merged(name):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    left = reduced(read(getattr(keras.applications, name)(weights=None)), Reducing(fold="auto", simplify="auto"))
    assert [(block.count, len(block.instances[0])) for block in left.blocks.values()] == MERGED[name]


@pytest.mark.parametrize("name", BLOCKS)
def test_the_blocks_are_those_of_the_paper(name):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    folded = fold(read(getattr(keras.applications, name)(weights=None)))
    found = [(block.count, len(block.instances[0])) for block in folded.blocks.values()]
    assert [block for block in found if block[1] >= 8] == BLOCKS[name]
