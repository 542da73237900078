"""Models that nobody here wrote, completed: every shape and every number of parameters is what Keras says of them."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import weight_facts
from corpus_rows import stored
from sources.stored.test_stored_corpus import DIFFERENT, differences, files, samples

from cutaway.errors import CutawayWarning
from cutaway.graph import Graph
from cutaway.sources.complete import read_complete

pytestmark = pytest.mark.corpus

FORMS = [("json", False, 445), ("keras", False, 65), ("keras", None, 65), ("hdf5", False, 85), ("hdf5", None, 85)]
"""Forms of files, whether what they store of weights may be read, and how many there are at least."""
UNKNOWN = 0.01
"""How many of all numbers no file tells, at most: those of layers behind the code of others."""


def completed(path: Path, weights: bool | None) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        return read_complete(path, weights=weights, verify=False)


@pytest.mark.parametrize(("form", "weights", "least"), [*FORMS, ("yaml", None, 2)])
def test_shapes_and_parameters_are_the_facts(corpus: Path, form: str, weights: bool | None, least: int) -> None:
    models, seen, unknown = 0, 0, 0
    wrong: list[str] = []
    for row, path in stored(corpus, form):
        if not row.is_loaded or not row.holds_graph:
            continue
        models += 1
        graph, facts = completed(path, weights), row.facts()
        for held in (weight_facts.parameters(graph, facts, path.name), weight_facts.shapes(graph, facts, path.name)):
            wrong += held.wrong
            seen, unknown = seen + held.seen, unknown + held.unknown
    assert wrong == []
    assert models >= least
    assert form != "json" or unknown <= seen * UNKNOWN


@pytest.mark.parametrize("form", ["keras", "hdf5"])
def test_with_stored_weights_nothing_is_unknown_and_formulas_contradict_nothing(corpus: Path, form: str) -> None:
    seen = 0
    for row, path in stored(corpus, form):
        if not row.is_loaded or not row.holds_graph:
            continue
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ".*not stored by Keras 2", CutawayWarning)
            warnings.filterwarnings("error", ".*by its attributes and inputs", CutawayWarning)
            graph = read_complete(path, weights=True)
        held = weight_facts.parameters(graph, row.facts(), path.name)
        assert held.wrong == []
        assert held.unknown == 0
        seen += held.seen
    assert seen > 800


MERGED = "k3/lora.keras"
"""A formula tells what Keras makes of it; what is stored is merged (see DIFFERENT)."""


@pytest.mark.parametrize("held", [files, samples], ids=["files", "samples"])
def test_files_read_as_far_as_needed_have_all_parameters(corpus: Path, held: Callable[..., Iterator[Any]]) -> None:
    seen, wrong = 0, []
    for path, facts in held(corpus, "graph") if held is files else held(corpus):
        seen += 1
        found = differences(completed(path, weights=None), facts)
        name = f"{path.parent.name}/{path.name}"
        if bool(found) != (name in DIFFERENT and name != MERGED):
            wrong.append((name, found[:4]))
    assert wrong == []
    assert seen > 90
