"""DOT and Mermaid as their own programs read them: every figure of the gallery, every model of the corpus."""

import html
import re
import warnings
from pathlib import Path
from xml.parsers.expat import ParserCreate

import pytest
from corpus_rows import FORMS, rows
from outputs.diagrams import TRICKY, plain, tricky
from outputs.graph_programs import canonical_by_graphviz, counted, mermaid_faults, svg_by_graphviz
from outputs.test_mermaid import many

import cutaway
from cutaway.diagram import Diagram, one_line
from cutaway.errors import CutawayError, UnsupportedError
from cutaway.figure import Figure
from cutaway.outputs.dot import to_dot
from cutaway.outputs.mermaid import LINKS, to_mermaid
from cutaway.record import replace
from gallery import entry, names

pytestmark = pytest.mark.languages

MOST = 3000
"""Links of which Graphviz is asked for a layout; it takes minutes for ten thousand. More are only read by it."""
PARTS = 8
"""The corpus in so many tests, which may run at once."""


def sizes(diagram: Diagram) -> tuple[int, int, int]:
    return len(diagram.boxes), len(diagram.links), len(diagram.groups)


def test_mermaid_has_something_against_what_is_wrong():
    faults = mermaid_faults(['flowchart TB\n  a[""] --> b', "flowchart TB\n  a --> b", "nothing"])
    assert [fault is None for fault in faults] == [False, True, False]


def test_the_limits_of_mermaid_are_those_that_it_has():
    text = to_mermaid([many(LINKS)])
    last = next(line for line in reversed(text.splitlines()) if " --> " in line)
    assert mermaid_faults([text])[0] is None
    assert "Edge limit exceeded" in str(mermaid_faults([text.replace(last, f"{last}\n{last}")])[0])


def test_graphviz_reads_every_name():
    svg = svg_by_graphviz(to_dot(tricky()))
    assert counted(svg) == sizes(tricky())
    ParserCreate().Parse(svg, True)
    said = " ".join(html.unescape(re.sub(r"<[^>]*>", "", svg)).split())
    for text in TRICKY:
        assert " ".join(one_line(text).split()) in said


def test_mermaid_reads_every_name():
    texts = [to_mermaid([tricky()]), *(to_mermaid([plain(text, "other")]) for text in TRICKY)]
    assert mermaid_faults(texts) == [None] * len(texts)


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
def test_figures_of_the_gallery(direction):
    texts = []
    for name in names():
        figure = entry(name).draw()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            diagram = replace(next(figure.diagrams), direction=direction)
        assert counted(svg_by_graphviz(to_dot(diagram))) == sizes(diagram), name
        texts.append(to_mermaid([diagram]))
    faults = mermaid_faults(texts)
    assert {name: fault for name, fault in zip(names(), faults, strict=True) if fault} == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_models_of_the_corpus(corpus: Path, part: int):
    texts, lost = dict[str, str](), list[str]()
    for row in rows(corpus)[part::PARTS]:
        files = [path for form in ("json", "keras", "hdf5", "yaml") for path in row.files(*FORMS[form])]
        if "expect" in row.entry or not files:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what reading warns of is the matter of other tests
            try:
                graph = cutaway.read(files[0])
            except CutawayError:
                continue  # so it is
            for fold in ("auto", "none"):
                figure = cutaway.draw(graph, fold=fold)
                diagram = next(figure.diagrams)
                if len(diagram.links) > MOST:
                    assert canonical_by_graphviz(figure.dot()).count(" -> ") >= len(diagram.links)
                elif counted(svg_by_graphviz(figure.dot())) != sizes(diagram):
                    lost.append(f"{row.id}, fold={fold!r}")
                if text := mermaid(figure, fold):
                    texts[f"{row.id}, fold={fold!r}"] = text
    assert lost == []
    assert len(texts) > 100
    faults = mermaid_faults(tuple(texts.values()))
    assert {name: fault for name, fault in zip(texts, faults, strict=True) if fault} == {}


def mermaid(figure: Figure, fold: str) -> str:
    """Return a figure in Mermaid; empty where the caller will have more of it than Mermaid draws."""
    try:
        return figure.mermaid()
    except UnsupportedError:
        assert fold == "none"
        return ""
