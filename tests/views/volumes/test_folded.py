"""Folded models as volumes: stages under brackets, blocks in slices of what is in them, global pooling told apart."""

from pathlib import Path

import pytest
from paper_models import resnet
from volume_marks import draw, extent, groups, node, paths, texts

import cutaway
from cutaway.faults import faults
from cutaway.theme import DARK, MONO, PAPER
from cutaway.theme.solid import GLOBAL, with_global, with_solids
from gallery import model

RESNET50 = Path(__file__).parents[3] / "examples" / "resnet50.json"
STAGES = ["stem", "stage 1", "stage 2", "stage 3", "stage 4", "head"]


def brackets(scene):
    """Return the extents of the brackets below volumes, by the names of stages."""
    found = {}
    for group in groups(scene.marks):
        names = [mark.text for mark in group.marks if getattr(mark, "text", "") in STAGES]
        if group.part == "note" and names:
            found[names[0]] = extent(paths(group)[0])
    return found


def test_stages_of_a_line_have_brackets_and_no_regions():
    scene = draw(resnet(), fold="auto")
    found = brackets(scene)
    assert [name for name, _ in sorted(found.items(), key=lambda item: item[1])] == STAGES
    assert len({top for _, top, _, _ in found.values()}) == 1
    assert not [group for group in groups(scene.marks) if group.part == "region"]
    fronts = [extent(paths(group)[0]) for group in groups(scene.marks) if group.part == "front"]
    assert all(front[3] < top for front in fronts for _, top, _, _ in found.values())


def test_brackets_stand_below_all_of_their_stage():
    scene = draw(resnet(), fold="auto", direction="left")
    places = [extent for _, extent in sorted(brackets(scene).items(), key=lambda item: STAGES.index(item[0]))]
    assert places == sorted(places, reverse=True)


def test_there_are_no_brackets_where_no_stages_are_asked_for():
    assert brackets(draw(resnet(), fold="auto", stages=False)) == {}


@pytest.mark.parametrize("width", ["8.5cm", "17cm"])
def test_on_a_page(width):
    scene = draw(resnet(), fold="auto", width=width)
    assert faults(scene, resnet()) == ()
    assert set(STAGES) <= set(texts(scene))


def test_blocks_are_sliced_by_what_is_in_them():
    scene = draw(cutaway.read(RESNET50))
    told = [each for each in texts(scene) if "folded block, its longest path as slices" in each]
    assert len(told) == 1
    fills = [
        [path.fill for path in paths(group) if path.fill == "convolution.front"]
        for group in groups(scene.marks)
        if group.part == "node"
    ]
    assert max(len(each) for each in fills) == 3  # convolutions of a bottleneck; the projection lies beside them


@pytest.mark.parametrize("theme", [PAPER, DARK, MONO])
def test_global_pooling_has_its_own_tone(theme):
    palette = with_solids(with_global(theme), ["pooling", GLOBAL]).palette
    assert palette["pooling.front"] != palette[f"{GLOBAL}.front"]


def test_global_pooling_is_told_apart():
    scene = draw(cutaway.read(RESNET50))
    one, two = (paths(node(scene, name))[0].fill for name in ("pool1_pool", "avg_pool"))
    assert (one, two) == ("pooling.side", f"{GLOBAL}.side")
    assert {"MaxPooling2D", "GlobalAveragePooling2D"} <= {each.partition(" ")[0] for each in texts(scene)}


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("mobilenet_v2.json", {"MBConv", "MBConv, no skip"}),
        ("efficientnet_b0.json.gz", {"MBConv", "MBConv, no skip", "MBConv, expansion 1"}),
        ("nasnet_large.json.gz", {"Normal cell", "Reduction cell"}),
    ],
)
@pytest.mark.parametrize("look", [{}, {"width": "17cm"}])
def test_blocks_that_are_drawn_twice_have_names_that_captions_say(name, titles, look):
    figure = cutaway.draw(model(name), view="volumes", fold="auto", **look)
    explained = [group.ref for group in groups(figure.scene.marks) if group.part == "explained"]
    assert sorted(explained) == sorted(titles)
    notes = [group for group in groups(figure.scene.marks) if group.part == "note"]
    below = " ".join(mark.text for note in notes for mark in note.marks if hasattr(mark, "text"))
    assert all(phrase in below for title in titles for phrase in title.split(", "))
