"""Networks with the names that their authors gave: each stage is grouped like the others. Lists from the papers."""

from pathlib import Path

import pytest

from cutaway import read
from cutaway.analysis.fold.naming import is_counted, same_stem
from cutaway.analysis.reduction import Reducing, Reductions, reduced

MODELS = Path(__file__).parents[3] / "gallery" / "models"

COUNTS = {
    # Zoph et al. 2018, figure 2: two reductions as a stem, then 3 × 6 normal cells with a reduction between; the first
    # cell behind a reduction reads an input of another size, and stands alone
    "nasnet_large": [1, 1, *(1, 5), 1, *(1, 5), 1, *(1, 5)],
    # Liu et al. 2022, section 2.2
    "convnext_tiny": [3, 3, 9, 3],
    # Liu et al. 2021, figure 3: 2, 2, 6, 2 blocks, in each second of which windows are shifted, if there are several;
    # before all but the first stage patches are merged
    "swin": [*(1, 1), *(1, 1, 1), *(1, 3), *(1, 2)],
}


@pytest.mark.parametrize("name", COUNTS)
def test_the_blocks_are_those_of_the_paper(name):
    left = reduced(read(MODELS / f"{name}.json.gz"), Reducing())
    assert [block.count for block in left.blocks.values()] == COUNTS[name]


def test_patches_are_merged_in_boxes_of_their_own():
    left = reduced(read(MODELS / "swin.json.gz"), Reducing())
    merging = [f"layers_{stage}_downsample" for stage in (1, 2, 3)]
    assert [block for block in left.blocks if "blocks" not in block] == merging
    assert {len(left.blocks[block].nodes) for block in merging} == {7}


def test_each_level_of_a_unet_is_a_box():
    """Ronneberger et al. 2015, figure 1: four levels down, the bottom, and four up."""
    left = Reductions(read(MODELS / "unet_2015.json.gz"), Reducing()).at(20)
    begins = [{node.partition("_")[0] for node in block.nodes} for block in left.blocks.values()]
    down, up = (
        [{f"{way}{level}"} for level in levels] for way, levels in (("down", (1, 2, 3, 4)), ("up", (4, 3, 2, 1)))
    )
    assert begins == [*down, {"bottom", "dropout"}, *up]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("layers.1.downsample.norm", "layers.1.blocks.0.norm1", False),
        ("layers.1.blocks.0.attn.qkv", "layers.1.blocks.0.mlp.fc1", True),
        ("layers.1.blocks.0.norm1", "layers.1.blocks.1.norm1", False),
        ("conv2_block1_1_conv", "conv2_block1_add", True),
    ],
)
def test_counted_parts_are_no_block_with_what_is_beside_them(one, other, same):
    assert same_stem(one, other) is same_stem(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "counted"),
    [
        ("bottom_conv1", "bottom_conv2", True),
        ("conv1", "conv2", False),
        ("bottom_conv1", "top_conv2", False),
        ("bottom_conv1", "bottom_pool1", False),
    ],
)
def test_names_that_count_layers_of_one_thing(one, other, counted):
    assert is_counted(one, other) is is_counted(other, one) is counted
