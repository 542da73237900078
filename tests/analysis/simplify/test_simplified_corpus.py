"""Models that nobody here wrote, simplified: nothing is lost, numbers stay what they are, figures have no faults."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_rows import FORMS, stored

import cutaway
from cutaway.analysis.check import check
from cutaway.analysis.count import count
from cutaway.analysis.simplify import AUTO, simplify
from cutaway.faults import faults
from cutaway.graph import Graph

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

SAMPLE = 17
"""One model in so many is drawn."""


def models(corpus: Path) -> Iterator[tuple[str, Graph]]:
    """Return every model, from the first of its files."""
    seen = set()
    for form in FORMS:
        for row, path in stored(corpus, form):
            if row.id not in seen:
                seen.add(row.id)
                yield row.id, cutaway.read(path)


def ids(graph: Graph) -> Counter[str]:
    return Counter(each.id for part in (graph.nodes, graph.edges, graph.scopes) for each in part)


def wrong(graph: Graph) -> Iterator[str]:
    """Simplify a graph, and give what is wrong then."""
    found = simplify(graph)
    original, left = ids(graph), ids(found.graph)
    told = Counter({each: number for each, number in left.items() if each in original})
    told.update(each for accounted in found.stands_for.values() for each in accounted)
    if told != original:
        yield f"not accounted for once: {sorted((original - told) + (told - original))[:5]}"
    if count(found.graph.nodes) != count(graph.nodes):
        yield "other weights"
    if simplify(found.graph).graph != found.graph:
        yield "twice is not as once"
    yield from map(str, set(check(found.graph)) - set(check(graph)))


def test_nothing_is_lost_in_any_model(corpus: Path) -> None:
    found = []
    merged = 0
    for name, graph in models(corpus):
        found += [f"{name}: {text}" for text in wrong(graph)]
        merged += len(simplify(graph).merged)
    assert not found, "\n".join(found)
    assert merged > 10_000


def test_a_sample_is_drawn_without_a_hard_fault(corpus: Path) -> None:
    found = []
    drawn = list(models(corpus))[::SAMPLE]
    for name, graph in drawn:
        figure = cutaway.draw(graph, simplify=AUTO, fold="none", show="shapes,parameters")
        found += [f"{name}: {fault}"[:300] for fault in faults(figure.scene, figure.graph)]
    assert not found, "\n".join(found)
    assert len(drawn) > 20
