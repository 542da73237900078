"""Every model of the corpus in the places that figures are made for, in every theme: no hard fault, few soft ones.

Models of one structure, whatever their names and weights, are drawn once: in one place each, in turns, or in all
places where CUTAWAY_MATRIX is set, which takes a quarter of an hour. Themes that have the same lengths differ in paint,
which moves nothing: that is tested, and so all models are checked in one of them, and a sample in each.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import FORMS, rows, samples

import cutaway
from cutaway.errors import InputError
from cutaway.graph import Graph
from cutaway.linting import lint
from cutaway.record import replace
from cutaway.scene import Group, Mark, Text
from cutaway.sources import read
from cutaway.theme import NAMES, PAPER, THEMES

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

PLACES: Mapping[str, Mapping[str, Any]] = {
    "8.5cm": {"width": "8.5cm"},
    "17cm": {"width": "17cm"},
    "a4": {"page": "a4"},
}
SAMPLE = 20
"""One model in twenty is checked in all themes."""
FEW = 0.1
"""The share of figures that may have soft faults, and of those that a page has no room for."""
UNAVOIDABLE = {"bent-path", "skips-on-both-sides", "skips-out-of-order", "end-not-drawn", "crowded", "too-many-colours"}
"""What a layout cannot avoid everywhere; inputs beyond what can be read are drawn in blocks."""


def models(corpus: Path) -> Iterator[tuple[str, Path]]:
    """Return a file of every model that is no mistake, with the section of the corpus that it is in."""
    for row in rows(corpus):
        files = [path for suffixes in FORMS.values() for path in row.files(*suffixes)]
        if files and "expect" not in row.entry:
            yield row.entry["section"], files[0]
    for form in FORMS:
        yield from (("samples", path) for path, _ in samples(corpus, form))


def structure(graph: Graph) -> object:
    """Return what a figure shows of a graph, but for names and settings."""
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    scopes = {scope.id: place for place, scope in enumerate(graph.scopes)}
    return (
        tuple([(node.op, str(node.outputs), scopes.get(node.scope or "")) for node in graph.nodes]),
        tuple([(places[edge.source], places[edge.target]) for edge in graph.edges]),
        tuple([places[output.node] for output in graph.outputs]),
    )


@cache
def distinct(corpus: Path) -> tuple[tuple[str, Graph], ...]:
    """Return one model of each structure, by its section and file."""
    found: dict[int, tuple[str, Graph]] = {}
    for section, path in models(corpus):
        graph = read(path)
        found.setdefault(hash(structure(graph)), (f"{section}/{path.name}", graph))
    return tuple(found.values())


def wrong(graph: Graph, **look: Any) -> set[tuple[str, str]]:
    """Return the severities and rules of faults, of hard ones what they say; what has no room is 'unfit'."""
    try:
        found = lint(graph, **look)
    except InputError as error:
        return {("unfit" if "cannot fit" in str(error) else "hard", str(error))}
    return {(fault.severity, fault.rule if fault.severity == "soft" else str(fault)) for fault in found}


def judged(found: Mapping[str, set[tuple[str, str]]]) -> None:
    """Fail for hard faults, for soft ones that can be avoided, and where there are more than a few."""
    hard = [f"{name}: {text}" for name, faults in found.items() for severity, text in faults if severity == "hard"]
    assert not hard, "\n".join([f"{len(hard)} hard faults", *hard])
    unfit = [f"{name}: {text}" for name, faults in found.items() for severity, text in faults if severity == "unfit"]
    assert not [text for text in unfit if text.startswith("applications/")], "\n".join(unfit)
    soft = Counter(rule for faults in found.values() for severity, rule in faults if severity == "soft")
    faulty = {name: faults for name, faults in found.items() if faults}
    assert soft.keys() <= UNAVOIDABLE, {
        name: faults for name, faults in faulty.items() if not {rule for _, rule in faults} <= UNAVOIDABLE
    }
    assert len(faulty) <= max(1, FEW * len(found)), faulty


@pytest.mark.parametrize("place", PLACES)
def test_every_model_keeps_the_rules(place: str, corpus: Path) -> None:
    turn = list(PLACES).index(place)
    chosen = distinct(corpus) if os.environ.get("CUTAWAY_MATRIX") else distinct(corpus)[turn :: len(PLACES)]
    judged({f"{name} {place}": wrong(graph, **PLACES[place]) for name, graph in chosen})
    assert len(chosen) > 150


@pytest.mark.parametrize("theme", NAMES)
def test_a_sample_keeps_the_rules_in_every_theme(theme: str, corpus: Path) -> None:
    chosen = distinct(corpus)[::SAMPLE]
    places = [PLACES[place] for place in PLACES]
    found = {
        name: wrong(graph, theme=theme, **places[number % len(places)]) for number, (name, graph) in enumerate(chosen)
    }
    judged(found)


@pytest.mark.parametrize("theme", ["dark", "mono"])
def test_a_theme_of_the_same_lengths_moves_nothing(theme: str, corpus: Path) -> None:
    other = THEMES[theme]
    assert (other.sizes, other.strokes, other.spacing) == (PAPER.sizes, PAPER.strokes, PAPER.spacing)
    for _, graph in distinct(corpus)[:: 3 * SAMPLE]:
        drawn = [cutaway.draw(graph, theme=each, width="17cm").scene.marks for each in (PAPER, other)]
        assert plain(drawn[0]) == plain(drawn[1])


def plain(marks: Sequence[Mark]) -> list[Mark]:
    """Return marks without paint."""
    found: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Group):
            found.append(replace(mark, marks=tuple(plain(mark.marks))))
        elif isinstance(mark, Text):
            found.append(replace(mark, fill=""))
        else:
            bare = {"fill": None, "stroke": None} if hasattr(mark, "stroke") else {}
            found.append(replace(mark, **bare))
    return found
