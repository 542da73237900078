"""What is chosen of folded and merged boxes: whole ones, parts that are told of, and regions that hold none."""

from pathlib import Path

import pytest

from cutaway.errors import CutawayWarning, InputError
from cutaway.faults import faults
from cutaway.page import Page
from cutaway.scene import Group, Text
from cutaway.sources import read
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks

RESNET50 = read(Path(__file__).parents[2] / "examples" / "resnet50.json")
BLOCK = [f"conv4_block{number}_*" for number in range(2, 7)]


def draw(**options):
    scene = Blocks(**options)(RESNET50, PAPER, Page())
    assert faults(scene, RESNET50) == ()
    return scene


def groups(scene, part):
    return [mark for mark in scene.marks if isinstance(mark, Group) and mark.part == part]


def words(scene, part):
    return [mark.text for group in groups(scene, part) for mark in group.marks if isinstance(mark, Text)]


@pytest.mark.parametrize("chosen", ["conv1_conv", "conv1_*", "conv4_block", "in:conv4_block", " or ".join(BLOCK)])
def test_a_region_holds_boxes_whose_main_layers_are_chosen(chosen):
    scene = draw(captions={"mine": chosen}, stages=False)
    assert words(scene, "region") == ["mine"]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (
            "conv4_block2_*",
            r"a part of the folded block 'conv4_block' \(× 5\) only; .* unfold='conv4_block', .* fold='none'",
        ),
        ("conv1_bn", "merged into boxes of other layers; .*simplify='none'"),
        ("conv1_conv or predictions", "no edge connects 'predictions' with 'conv1_conv'"),
    ],
)
def test_a_region_of_no_whole_boxes_is_refused(chosen, sentence):
    with pytest.raises(InputError, match=f"cannot draw the region 'mine': .*{sentence}"):
        draw(captions={"mine": chosen})


def test_a_region_in_what_is_unfolded_is_drawn():
    assert "half" in words(draw(captions={"half": "conv4_block2_*"}, unfold=("conv4_block",)), "region")


def test_a_note_of_one_inside_says_so():
    notes = {"conv4_block3_1_conv": "one", "conv1_bn": "merged", "conv5_block": "all"}
    said = " ".join(words(draw(notes=notes, stages=False), "note") + words(draw(notes=notes), "legend"))
    assert "conv4_block3_1_conv only: one" in said
    assert "conv1_bn only: merged" in said
    assert "only: all" not in said


def test_what_a_style_means_inside_of_folded_blocks_is_told():
    told = " ".join(words(draw(style={"op:Conv2D and kernel_size=1x1": "fill:#FFE9A8"}), "legend"))
    assert "Not styled: what is op:Conv2D and kernel_size=1x1 inside of conv2_block1, conv2_block × 2," in told
    assert "Not styled" not in " ".join(words(draw(style={"conv4_block": "fill:#FFE9A8"}), "legend"))


def test_ids_of_blocks_select_what_is_in_them():
    whole = draw(highlight=BLOCK, notes={"conv5_block": "here"}, style={'"conv3_block"': "fill:#FFE9A8"})
    assert draw(highlight="conv4_block", notes={"in:conv5_block": "here"}, style={"conv3_block": "fill:#FFE9A8"}).marks
    assert groups(draw(highlight="conv4_block"), "node") == groups(draw(highlight=BLOCK), "node")
    assert words(whole, "note") == ["here"]
    with pytest.warns(CutawayWarning, match="did you mean 'conv4_block'"):
        draw(highlight="conv4_blok")


def test_where_fewer_boxes_are_none_that_are_meant_the_usual_ones_are_drawn():
    preparing = Blocks(captions={"mine": "conv1_conv"}).preparing(RESNET50)
    usual, fewer = preparing(40).reduction, preparing(7).reduction
    assert [node.id for node in fewer.graph.nodes] == [node.id for node in usual.graph.nodes]
    assert len(Blocks().preparing(RESNET50)(7).reduction.graph.nodes) < len(usual.graph.nodes)
