"""Every view on every kind of model: no exception, no hard fault, all nodes and edges drawn or accounted for."""

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import model_files
from hands_on import NAMES, live, stored
from PIL import Image

import cutaway
from cutaway.errors import CutawayError, CutawayWarning
from cutaway.faults import faults
from cutaway.graph import Graph
from cutaway.page import Page
from cutaway.scene import Group, Mark, Text
from cutaway.theme import PAPER
from cutaway.views import VIEWS, load

SMALL = stored()
UNBUILT = "unbuilt"
SOLID = tuple(name for name in VIEWS if name != "blocks")
"""The views whose glyphs are drawn after shapes."""

each_view = pytest.mark.parametrize("view", VIEWS)


def wrong(source: object, view: str) -> list[str]:
    """Draw a model, whatever happens, and return what is wrong with its figure."""
    try:
        figure = cutaway.draw(source, view=view)
        svg = figure.svg()
    except Exception as error:  # noqa: BLE001 - whatever it is, and then the next model
        return [f"{type(error).__name__}: {error}"]
    assert svg.startswith("<svg")
    return [f"{fault.rule}: {fault.message}" for fault in faults(figure.scene, figure.graph)]


def texts(marks: tuple[Mark, ...]) -> list[str]:
    found = []
    for mark in marks:
        if isinstance(mark, Group):
            found += texts(mark.marks)
        elif isinstance(mark, Text):
            found.append(mark.text)
    return found


@each_view
@pytest.mark.parametrize("name", [name for name in SMALL if name != UNBUILT])
def test_a_small_model_of_each_kind(name: str, view: str) -> None:
    assert wrong(SMALL[name], view) == []


@each_view
def test_one_that_is_not_built(view: str) -> None:
    with pytest.warns(CutawayWarning, match="build it first") as told:
        assert wrong(SMALL[UNBUILT], view) == []
    assert len(told) == 1


@each_view
def test_what_is_unknown_is_a_question_mark(view: str) -> None:
    with pytest.warns(CutawayWarning):
        figure = cutaway.draw(SMALL[UNBUILT], view=view)
    assert any("?" in text for text in texts(figure.scene.marks))


@each_view
@pytest.mark.parametrize("width", ["8.5cm", "17cm"])
@pytest.mark.parametrize("name", ["lenet5", "unet", "mimo", "siamese", "transformer", "vae"])
def test_in_a_place(name: str, width: str, view: str) -> None:
    figure = cutaway.draw(SMALL[name], view=view, width=width)
    assert faults(figure.scene, figure.graph) == ()


@pytest.mark.parametrize("view", ["volumes", "maps"])
def test_only_pictures_of_the_user_are_made_of_pixels(view: str, tmp_path: Path) -> None:
    picture = Image.new("RGB", (4, 4), "red")
    for name, style in (("plain", {}), ("pictured", {"kind:input": {"picture": picture}})):
        figure = cutaway.draw(SMALL["lenet5"], view=view, style=style)
        figure.save(tmp_path / f"{name}.pdf")
        has_pixels = name == "pictured"
        assert ("<image" in figure.svg()) == has_pixels
        assert (b"/Subtype /Image" in (tmp_path / f"{name}.pdf").read_bytes()) == has_pixels


@each_view
def test_the_same_bytes_twice(view: str) -> None:
    one, other = (cutaway.draw(json.loads(json.dumps(SMALL["vae"])), view=view).svg() for _ in range(2))
    assert one == other


@each_view
def test_an_empty_model(view: str) -> None:
    assert faults(cutaway.draw(Graph(name="empty"), view=view).scene, Graph(name="empty")) == ()


@pytest.mark.framework
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", NAMES)
def test_a_live_model_of_each_kind(name: str, keras: Any) -> None:
    graph = cutaway.read(live(keras, name))
    found = [f"{view}: {fault}" for view in VIEWS for fault in wrong(graph, view)]
    assert found == []


def natural(graph: Graph, view: str) -> list[str]:
    """Draw a graph as large as it gets, without a search for what fits; return what is wrong."""
    try:
        scene = load(view)()(graph, PAPER, Page())
    except Exception as error:  # noqa: BLE001 - whatever it is, and then the next model
        return [f"{graph.name}, {view}: {type(error).__name__}: {error}"[:300]]
    return [f"{graph.name}, {view}: {fault.rule}: {fault.message}"[:300] for fault in faults(scene, graph)]


@pytest.mark.corpus
def test_every_model_of_the_corpus_is_drawn_without_a_hard_fault(corpus: Path) -> None:
    drawn, found = set[object](), []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in model_files(corpus):
            try:
                graph = cutaway.read(path)
            except CutawayError as error:
                found.append(f"{path.name}: {error}")
                continue
            form = tuple((node.id, node.op, node.outputs) for node in graph.nodes), graph.edges
            if repr(form) not in drawn:  # most are stored in several forms
                drawn.add(repr(form))
                found += [text for view in SOLID for text in natural(graph, view)]
    assert not found, "\n".join([f"{len(found)} faults", *found])
    assert len(drawn) > 300
