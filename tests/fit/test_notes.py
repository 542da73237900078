"""Notes beside boxes have a part in how a figure is fitted: they need room, and stand in the legend only without it."""

from collections.abc import Iterator

import pytest

import cutaway
from cutaway.faults import faults
from cutaway.scene import Group, Mark, Text
from gallery import model

NOTES = {"*": "a note of some words"}


def noted(figure: cutaway.Figure) -> int:
    """Count the notes that stand beside their boxes."""
    return sum(isinstance(mark, Group) and mark.part == "note" and bool(mark.ref) for mark in figure.scene.marks)


@pytest.mark.parametrize(
    "place",
    [{"page": "a4"}, {"width": "8.5cm"}, {"width": "17cm"}, {"height": "8cm"}, {"width": "17cm", "height": "20cm"}],
)
@pytest.mark.parametrize("name", ["vgg16.json", "transformer.json"])
def test_a_figure_with_notes_fits_its_page(name, place):
    figure = cutaway.draw(model(name), notes=NOTES, **place)
    assert faults(figure.scene, figure.graph) == ()
    page = figure.page
    assert figure.scene.width <= (page.width or figure.scene.width) + 1e-6
    assert figure.scene.height <= (page.height or figure.scene.height) + 1e-6


def test_columns_leave_room_for_notes():
    plain = cutaway.draw(model("vgg16.json"), width="17cm")
    figure = cutaway.draw(model("vgg16.json"), width="17cm", notes=NOTES)
    assert noted(figure) == len(figure.graph.nodes)
    assert figure.fit.parts <= plain.fit.parts


def test_without_room_beside_its_box_a_note_stands_in_the_legend():
    figure = cutaway.draw(model("vgg16.json"), width="8.5cm", height="22cm", notes={"*": "a note " * 12})
    assert noted(figure) < len(figure.graph.nodes)
    said = " ".join(_texts(figure.scene.marks))
    assert said.count("a note a note") >= len(figure.graph.nodes) - noted(figure)


@pytest.mark.parametrize("place", [{}, {"width": "17cm"}, {"width": "8.5cm"}])
def test_notes_stand_beside_layers_that_share_a_box_of_the_layout(place):
    figure = cutaway.draw(
        model("unet.json"), view="volumes", notes={"op:Concatenate": "join"}, sizing="relative", **place
    )
    assert faults(figure.scene, figure.graph) == ()
    assert " ".join(_texts(figure.scene.marks)).count("join") == 3


@pytest.mark.parametrize("view", ["blocks", "maps"])
def test_notes_do_not_lie_across_regions_that_are_continued(view):
    figure = cutaway.draw(
        model("densenet121.json.gz"), view=view, direction="right", width="8.5cm", stages=True,
        fold={"X": "Conv2D > BatchNormalization"}, notes={"kind:pooling": "a longer note that wraps, perhaps, or not"},
    )  # fmt: skip
    assert faults(figure.scene, figure.graph) == ()


def _texts(marks: tuple[Mark, ...]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Group):
            yield from _texts(mark.marks)
        elif isinstance(mark, Text):
            yield mark.text
