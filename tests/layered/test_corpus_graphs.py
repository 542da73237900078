"""The large layout problems of the corpus."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.problems import large
from cutaway.layered import lay_out
from cutaway.layered.check import violations

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize("name", ["decoder96", "nas5k"])
def test_large_graphs_are_legal(corpus: Path, name: str) -> None:
    problem = large(corpus / "graphs" / f"{name}.json.gz")
    assert violations(problem, lay_out(problem)) == ()


def test_chain_links_are_straight(corpus: Path) -> None:
    problem = large(corpus / "graphs" / "decoder96.json.gz")
    out = Counter(link.source for link in problem.links)
    into = Counter(link.target for link in problem.links)
    layout = lay_out(problem)
    chain = [link for link in problem.links if out[link.source] == into[link.target] == 1]
    assert len(chain) > 500
    assert all(len(layout.routes[link.id]) == 2 for link in chain)
