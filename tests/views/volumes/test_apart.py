"""How volumes of different sizes stand beside each other: on one scale, with even gaps and arrows in them."""

from itertools import pairwise

import pytest
from volume_marks import IMAGES, draw, extent, front, groups, node, paths, size, texts

import cutaway
from cutaway.ruler import width
from cutaway.scene import Text
from gallery import model

MODELS = ("vgg16", "alexnet", "unet", "vae", "lenet5")


def drawn(name):
    figure = cutaway.draw(model(f"{name}.json"), view="volumes")
    return figure.graph, figure.scene


def test_what_several_lines_enter_is_as_high_as_its_like():
    _, scene = drawn("vae")
    two = {round(size(scene, name)[1], 3) for name in ("mean", "log_variance", "code")}
    assert len(two) == 1
    heads = [paths(group)[-1] for group in groups(scene.marks) if group.part == "edge" and "->code" in group.ref]
    middles = [(extent(head)[1] + extent(head)[3]) / 2 for head in heads]
    _, top, _, bottom = front(scene, "code")
    assert len(middles) == 2
    assert all(top < y < bottom for y in middles)


@pytest.mark.parametrize("name", MODELS)
def test_stages_have_an_arrow_between_them(name):
    graph, scene = drawn(name)
    there = {group.ref for group in groups(scene.marks) if group.part == "node"}
    lines = {group.ref for group in groups(scene.marks) if group.part == "edge"}
    for edge in graph.edges:
        if {edge.source, edge.target} <= there and size(scene, edge.source)[1] != pytest.approx(
            size(scene, edge.target)[1]
        ):
            one, two = (extent(paths(node(scene, end))[0]) for end in (edge.source, edge.target))
            assert edge.id in lines
            assert two[0] - one[2] > 7.0


@pytest.mark.parametrize("name", ["vgg16", "alexnet", "resnet50", "lenet5"])
def test_the_name_of_an_output_stands_above_its_volume_and_no_other(name):
    graph, scene = drawn(name)
    last = graph.outputs[0].node
    box = extent(paths(node(scene, last))[0])
    named = next(group for group in groups(scene.marks) if group.part == "output")
    words = extent(paths(named)[0])
    assert any(isinstance(mark, Text) for mark in named.marks)
    assert words[0] < box[0] < box[2] < words[2]
    for group in groups(scene.marks):
        if group.part == "node" and group.ref != last:
            other = extent(paths(group)[0])
            assert not (other[0] < words[2] and words[0] < other[2])


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("flat", [True, False])
def test_words_above_volumes_reach_over_no_other_that_is_as_high(name, flat):
    figure = cutaway.draw(model(f"{name}.json"), view="volumes", text="name_shape", text_position="above", flat=flat)
    scene = figure.scene
    boxes = {group.ref: extent(paths(group)[0]) for group in groups(scene.marks) if group.part == "node"}
    notes = [group for group in groups(scene.marks) if group.part == "note" and group.ref in boxes]
    assert len({group.ref for group in notes}) >= len(boxes) - len(figure.graph.outputs)
    for note in notes:
        own, lines = boxes[note.ref], [mark for mark in note.marks if isinstance(mark, Text)]
        half = max(width(mark.text, mark.size, mark.face, mark.weight) for mark in lines) / 2
        left, right = lines[0].at.x - half, lines[0].at.x + half
        assert left < own[2] + 5.0  # beside a line that rises
        assert own[0] < right
        assert max(mark.at.y for mark in lines) < own[1]
        beside = [box for ref, box in boxes.items() if ref != note.ref and box[1] <= own[1] < own[3] <= box[3]]
        assert all(right < box[0] or box[2] < left for box in beside)


def test_vectors_do_not_tower_over_images():
    scene = cutaway.draw(IMAGES, view="volumes").scene
    assert "65536" in texts(scene)
    assert size(scene, "flatten_4")[1] <= 0.6 * size(scene, "input")[1] + 0.01
    assert size(scene, "dense_5")[1] < size(scene, "flatten_4")[1]


def test_no_name_stands_between_two_branches():
    graph, scene = drawn("vae")
    found = {}
    for output in graph.outputs:
        label = next(group for group in groups(scene.marks) if group.part == "output" and group.ref == output.name)
        found[output.node] = extent(paths(label)[0]), extent(paths(node(scene, output.node))[0])
    upper, lower = sorted((found["mean"], found["log_variance"]), key=lambda pair: pair[1][1])
    assert upper[0][3] < upper[1][1]
    assert lower[0][1] > lower[1][3]


@pytest.mark.parametrize("name", ["vgg16", "alexnet", "lenet5"])
def test_vectors_have_one_gap_but_for_the_name_of_the_output(name):
    graph, scene = drawn(name)
    ops = {"Flatten", "Dense"}
    *others, before, last = [extent(paths(node(scene, each.id))[0]) for each in graph.nodes if each.op in ops]
    gaps = [two[0] - one[2] for one, two in pairwise((*others, before))]
    assert gaps == [pytest.approx(gaps[0])] * len(gaps)
    assert gaps[0] - 0.01 <= last[0] - before[2] <= 2 * gaps[0]


@pytest.mark.parametrize("name", ["vgg16", "alexnet", "resnet50"])
def test_the_name_of_an_output_is_centred_and_clear_of_what_is_higher(name):
    graph, scene = drawn(name)
    last = graph.outputs[0].node
    words = extent(paths(next(group for group in groups(scene.marks) if group.part == "output"))[0])
    box = extent(paths(node(scene, last))[0])
    assert (words[0] + words[2]) / 2 == pytest.approx((box[0] + box[2]) / 2)
    others = [extent(paths(group)[0]) for group in groups(scene.marks) if group.part == "node" and group.ref != last]
    assert max(right for _, top, right, _ in others if top < words[3]) <= words[0] - 5.9


@pytest.mark.parametrize("name", ["unet", "vae"])
def test_a_layer_of_an_output_with_other_channels_has_an_arrow(name):
    graph, scene = drawn(name)
    last = graph.outputs[-1].node
    arrows = [group.ref for group in groups(scene.marks) if group.part == "edge"]
    assert any(f"->{last}:" in each for each in arrows)
    assert {"32 → 64 → 32" if name == "unet" else "32"} <= set(texts(scene))


def test_branches_stand_in_one_line():
    _, scene = drawn("vae")
    assert front(scene, "mean")[0] == pytest.approx(front(scene, "log_variance")[0])


def test_a_narrow_page_tightens_gaps_before_it_breaks_a_run():
    graph, _ = drawn("unet")
    scene = draw(graph, width="8.5cm")
    fronts = [extent(paths(group)[0]) for group in groups(scene.marks) if group.part == "front"]
    middles = {round((top + bottom) / 2, 3) for _, top, _, bottom in fronts}
    assert len(middles) == 1


def test_branches_have_captions_of_their_own():
    _, scene = drawn("tickets")
    heights = {mark.text: mark.at.y for group in groups(scene.marks) for mark in group.marks if isinstance(mark, Text)}
    title, body = (extent(paths(node(scene, name))[0])[3] for name in ("title_words", "body_words"))
    assert heights["T × 64"] - title == pytest.approx(heights["S × 64"] - body)
