"""The large layout problems of the corpus."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from cutaway.geometry import Size
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Box, Link, Problem

pytestmark = pytest.mark.corpus


def _problem(path: Path) -> Problem:
    held = json.loads(gzip.decompress(path.read_bytes()))
    taken: Counter[int] = Counter()
    links = []
    for number, (source, target) in enumerate(held["edges"]):
        order = taken[target]
        taken[target] += 1
        links.append(Link(id=f"e{number}", source=str(source), target=str(target), tensor=str(source), order=order))
    boxes = tuple(Box(id=str(node["id"]), size=Size(node["w"], node["h"])) for node in held["nodes"])
    return Problem(boxes=boxes, links=tuple(links))


@pytest.mark.parametrize("name", ["decoder96", "nas5k"])
def test_large_graphs_are_legal(corpus: Path, name: str) -> None:
    problem = _problem(corpus / "graphs" / f"{name}.json.gz")
    assert violations(problem, lay_out(problem)) == ()


def test_chain_links_are_straight(corpus: Path) -> None:
    problem = _problem(corpus / "graphs" / "decoder96.json.gz")
    out = Counter(link.source for link in problem.links)
    into = Counter(link.target for link in problem.links)
    layout = lay_out(problem)
    chain = [link for link in problem.links if out[link.source] == into[link.target] == 1]
    assert len(chain) > 500
    assert all(len(layout.routes[link.id]) == 2 for link in chain)
