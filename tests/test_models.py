"""The handful of real models in `models/`, of every dialect: read as Keras says they are, and drawn."""

import json
from pathlib import Path

import pytest
from graph_facts import compare

import cutaway
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.sources import read

FOLDER = Path(__file__).parent / "models"
FACTS = sorted(FOLDER.glob("*.facts.json"))
SUBCLASSED = FOLDER / "keras2_subclassed.json.gz"

each_model = pytest.mark.parametrize(
    "path", [path.with_suffix("").with_suffix("") for path in FACTS], ids=lambda p: p.name
)


@each_model
def test_a_model_is_what_keras_says(path: Path) -> None:
    facts = json.loads((FOLDER / f"{path.name}.facts.json").read_text())
    if path == SUBCLASSED:
        with pytest.warns(CutawayWarning, match="says nothing of the layers"):
            graph = read(path)
        assert [node.op for node in graph.nodes] == [facts["class"]]
    else:
        compare(read(path), facts, path.name)


@pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")
@each_model
def test_a_model_is_drawn_without_a_hard_fault(path: Path) -> None:
    figure = cutaway.draw(path)
    assert faults(figure.scene, figure.graph) == ()


def test_every_model_has_its_facts() -> None:
    models = {path.name for path in FOLDER.iterdir() if path.suffix != ".md" and not path.name.endswith(".facts.json")}
    assert {f"{name}.facts.json" for name in models} == {path.name for path in FACTS}
