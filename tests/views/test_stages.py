"""Stages in a figure: captioned regions, shapes between them, one width in a column and one height in a row."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import cutaway
from cutaway.faults import faults
from cutaway.geometry import Rect
from cutaway.layered.problem import Continued, Layout
from cutaway.page import Page
from cutaway.record import replace
from cutaway.scene import Group, Rounded, Text
from cutaway.sources import read
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks
from cutaway.views.regions import evened
from gallery import model

EXAMPLE = Path(__file__).parents[2] / "examples" / "resnet50.json"
CAPTIONS = ["stem", "stage 1", "stage 2", "stage 3", "stage 4", "head"]


@cache
def resnet():
    return read(EXAMPLE)


def drawn(**options):
    return Blocks(**options)(resnet(), PAPER, Page())


def parts(scene, part):
    return [mark for mark in scene.marks if isinstance(mark, Group) and mark.part == part]


def said(group):
    return next(mark.text for mark in group.marks if isinstance(mark, Text))


def outlines(scene):
    found = [mark.segments for group in parts(scene, "region") for mark in group.marks if hasattr(mark, "segments")]
    return [segments.rect for segments in found if isinstance(segments, Rounded)]


def test_stages_are_regions_with_captions():
    scene = drawn()
    assert [said(group) for group in parts(scene, "region")] == CAPTIONS
    assert faults(scene, resnet()) == ()


def test_stages_are_left_out_on_request():
    assert parts(drawn(stages=False), "region") == []
    assert [said(group) for group in parts(drawn(stages=False, captions={"end": "op:Dense"}), "region")] == ["end"]


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ("op:Dense", CAPTIONS),
        ("conv4_block or conv4_block1", [*CAPTIONS[:3], *CAPTIONS[4:]]),
        ("conv3_block or conv4_block1", [*CAPTIONS[:2], *CAPTIONS[4:]]),
        ("conv2_* or conv3_*", CAPTIONS),
    ],
)
def test_stages_stay_but_where_captions_equal_or_cut_them(chosen, left):
    scene = drawn(captions={"mine": chosen})
    assert sorted([said(group) for group in parts(scene, "region")]) == sorted([*left, "mine"])
    assert faults(scene, resnet()) == ()


def test_a_region_in_a_stage_keeps_clear_of_its_border():
    scene = drawn(captions={"mine": "conv4_block"})
    inner = next(group.marks[0].segments.rect for group in parts(scene, "region") if said(group) == "mine")
    around = [
        rect
        for rect in outlines(scene)
        if rect != inner and (rect.x <= inner.center.x <= rect.right and rect.y <= inner.center.y <= rect.bottom)
    ]
    assert [rect.x < inner.x - 2 and inner.right + 2 < rect.right for rect in around] == [True]


def test_shapes_stand_between_stages_alone():
    """He et al. 2016, table 1: the output sizes of the stages."""
    scene = drawn()
    assert [said(group) for group in parts(scene, "label")] == [
        "56²×64", "56²×256", "28²×512", "14²×1024", "7²×2048",
    ]  # fmt: skip
    assert "Shapes stand between stages, without the batch." in " ".join(
        [mark.text for group in parts(scene, "legend") for mark in group.marks if isinstance(mark, Text)]
    )


@pytest.mark.parametrize("direction", ["down", "right"])
def test_stages_have_one_breadth(direction):
    rects = outlines(drawn(direction=direction))
    extents = [(rect.x, rect.width) if direction == "down" else (rect.y, rect.height) for rect in rects]
    assert all(one == pytest.approx(other) for one, other in pairwise(extents))


def layout(**clusters):
    return Layout(size=None, boxes={}, clusters=clusters, routes={}, labels={}, continued={})


def test_rows_are_evened_out_each_on_its_own():
    found = evened(
        layout(a=Rect(0, 0, 9, 20), b=Rect(20, 3, 9, 14), c=Rect(0, 60, 9, 30), d=Rect(20, 62, 9, 26)),
        ["a", "b", "c", "d"],
        across=True,
    )
    assert found == {
        "a": Rect(0, 0, 9, 20), "b": Rect(20, 0, 9, 20), "c": Rect(0, 60, 9, 30), "d": Rect(20, 60, 9, 30),
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"boxes": {"x": Rect(22, 16, 3, 3)}},
        {"labels": {"x": Rect(22, 0, 3, 3)}},
        {"continued": {"b": (Continued(rect=Rect(50, 0, 9, 9)),)}},
    ],
)
def test_a_region_grows_over_nothing_and_not_if_it_is_torn(change):
    given = replace(layout(a=Rect(0, 0, 9, 20), b=Rect(20, 4, 9, 12)), **change)
    assert evened(given, ["a", "b"], across=True).get("b", Rect(20, 4, 9, 12)) == Rect(20, 4, 9, 12)


def test_regions_of_very_different_sizes_stay_so():
    given = layout(a=Rect(0, 0, 9, 90), b=Rect(20, 40, 9, 10))
    assert evened(given, ["a", "b"], across=True)["b"] == Rect(20, 40, 9, 10)


@pytest.mark.parametrize("name", ["nasnet_large.json.gz", "inception_v3.json", "efficientnet_b0.json.gz"])
def test_all_parts_of_a_torn_region_are_named(name):
    figure = cutaway.draw(model(name), page="columns")
    parts = [mark for mark in figure.scene.marks if isinstance(mark, Group) and mark.part in {"scope", "region"}]
    assert parts
    for part in parts:
        assert any(isinstance(mark, Text) for mark in part.marks), part.title
