"""The views that draw after shapes keep the rules as well, and changes of them break these."""

from dataclasses import replace

import pytest
from hands_on import stored

import cutaway
from cutaway.linting import check, lint
from cutaway.scene import Group, Path, Rgba, Stroke
from cutaway.theme import PAPER
from cutaway.views import VIEWS

MODELS = {name: config for name, config in stored().items() if name != "unbuilt"}
VIEWS_OF_SHAPES = tuple(name for name in VIEWS if name != "blocks")

each_view = pytest.mark.parametrize("view", VIEWS_OF_SHAPES)


@each_view
@pytest.mark.parametrize("name", MODELS)
def test_a_figure_keeps_every_rule(name: str, view: str):
    assert lint(cutaway.draw(MODELS[name], view=view)) == ()


@pytest.fixture(scope="module", params=VIEWS_OF_SHAPES)
def figure(request):
    return cutaway.draw(MODELS["lenet5"], view=request.param)


def broken(figure, part, change, ref=None) -> set[str]:
    """Change all groups of a part, or those with a reference, and return the rules that are broken then."""

    def walk(marks):
        for mark in marks:
            if not isinstance(mark, Group):
                yield mark
                continue
            made = replace(mark, marks=tuple(walk(mark.marks)))
            made = change(made) if made.part == part and ref in {None, made.ref} else made
            if made is not None:
                yield made

    scene = replace(figure.scene, marks=tuple(walk(figure.scene.marks)))
    return {fault.rule for fault in check(scene, figure.graph, theme=PAPER)}


def painted(**more):
    def change(group):
        return replace(group, marks=tuple(replace(m, **more) if isinstance(m, Path) else m for m in group.marks))

    return change


def left_out(group):
    return None


def test_it_is_fine_before(figure):
    assert broken(figure, "key", left_out) == set()


def test_colours_without_a_legend(figure):
    assert "legend-missing" in broken(figure, "legend", left_out)


def test_solids_without_a_legend_have_nothing_but_their_colour():
    solid = cutaway.draw(MODELS["unet"], view="volumes")
    assert "colour-alone" in broken(solid, "legend", left_out)


@pytest.mark.parametrize("view", ["volumes", "maps"])
def test_a_front_in_the_colour_of_another_kind(view):
    solid = cutaway.draw(MODELS["lenet5"], view=view)
    paint = "recurrent.front" if view == "volumes" else "recurrent"
    assert "colour-not-kind" in broken(solid, "front", painted(fill=paint))
    assert "colour-not-bound" in broken(solid, "front", painted(fill=Rgba(1, 2, 3)))


def test_neurons_in_the_colour_of_another_kind():
    columns = cutaway.draw(MODELS["lenet5"], view="neurons")
    assert "colour-not-kind" in broken(columns, "port", painted(fill="recurrent"))


def test_one_arrow_in_a_style_of_its_own(figure):
    arrows = [
        group
        for group in figure.scene.marks
        if isinstance(group, Group) and group.part == "edge" and any(mark.fill for mark in group.marks)
    ]
    assert arrows
    line = arrows[-1].ref
    if len(arrows) > 1:
        dashed = Stroke(paint="edge", width=1.0, dash=(1.0, 2.0))
        assert "arrow-style" in broken(figure, "edge", painted(stroke=dashed), line)


@pytest.mark.parametrize("view", ["volumes", "maps"])
def test_an_input_whose_words_are_left_out(view):
    solid = cutaway.draw(MODELS["lenet5"], view=view)
    assert "end-unnamed" in broken(solid, "note", left_out, "image")
