"""Every model of the corpus, from each form in which it is stored, against what Keras itself says of it."""

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from corpus_rows import FORMS, Row, rows, samples, stored
from graph_facts import compare, pairs

import cutaway
from cutaway.analysis.check import check
from cutaway.analysis.collapse import collapse
from cutaway.errors import CutawayError, CutawayWarning
from cutaway.faults import faults
from cutaway.graph import Graph
from cutaway.sources import read

pytestmark = pytest.mark.corpus

DROPPED = {"keras_io/k2/vision__semantic_image_clustering__clustering_learner"}
"""Models whose file lacks tensors that the live model has: Keras 2 itself does not store those of an einsum."""

each_form = pytest.mark.parametrize("form", FORMS)


def failures(items: Iterable[tuple[str, Path, Callable[[Path], None]]]) -> list[str]:
    """Return what went wrong, of all files, in a line each."""
    wrong = []
    for name, path, examine in items:
        try:
            examine(path)
        except (AssertionError, CutawayError, CutawayWarning) as error:
            wrong.append(f"{name} ({path.name[-40:]}): {' '.join(str(error).split())[:400]}")
    return wrong


def report(wrong: list[str], count: int, least: int) -> None:
    """Fail where anything went wrong, or where too little was looked at."""
    assert not wrong, "\n".join([f"{len(wrong)} of {count} differ", *wrong])
    assert count >= least


@each_form
def test_layers_classes_and_edges_are_the_facts(corpus: Path, form: str) -> None:
    def item(row: Row, path: Path) -> tuple[str, Path, Callable[[Path], None]]:
        if not row.is_loaded:
            return row.id, path, lambda path: _as_many_layers(path, row.entry["n_layers"])
        return row.id, path, lambda path: compare(read(path), row.facts(), path.name[-40:])

    found = [(row, path) for row, path in stored(corpus, form) if row.holds_graph and row.id not in DROPPED]
    wrong = failures(item(row, path) for row, path in found)
    report(wrong, len(found), {"json": 430, "keras": 70, "hdf5": 80, "yaml": 2}[form])


def _as_many_layers(path: Path, count: int) -> None:
    """Check the number of layers where no release of Keras loads the file: custom layers, or code that is not run."""
    closed = collapse(read(path), 0).graph
    names = {node.name for node in closed.nodes}
    inputs = {closed.nodes[0].name} if closed.op == "Sequential" and closed.nodes[0].op == "InputLayer" else set()
    assert count in {len(names), len(names - inputs)}, f"{len(names)} layers, not {count}"


def test_what_keras_2_does_not_store_is_warned_of(corpus: Path) -> None:
    found = [row for row in rows(corpus) if row.id in DROPPED]
    for row in found:
        with pytest.warns(CutawayWarning, match="not stored"):
            graph = collapse(read(row.files(".json.gz")[0]), 0).graph
        facts = row.facts()
        expected = Counter((edge[0], edge[3]) for edge in facts["edges"])
        assert sum((expected - pairs(graph)).values()) == 2
        assert not pairs(graph) - expected
    assert found


@each_form
def test_a_config_without_layers_is_one_node_or_its_weights_with_a_warning(corpus: Path, form: str) -> None:
    def item(row: Row, path: Path) -> None:
        facts = row.facts()
        with pytest.warns(CutawayWarning):
            graph = read(path)
        assert check(graph) == ()
        assert graph.op == facts["class"]
        if form == "json":
            assert [node.op for node in graph.nodes] == [facts["class"]]

    found = [(row, path) for row, path in stored(corpus, form) if row.entry.get("json") == "config-only"]
    wrong = failures((row.id, path, partial(item, row)) for row, path in found)
    report(wrong, len(found), {"json": 100, "keras": 40, "hdf5": 30, "yaml": 0}[form])


@pytest.mark.parametrize("form", ["json", "keras", "hdf5"])
def test_subclassed_samples_are_one_node_or_their_weights_with_a_warning(corpus: Path, form: str) -> None:
    found = [path for path, _ in samples(corpus, form) if path.stem == "subclass"]
    for path in found:
        with pytest.warns(CutawayWarning, match="a subclassed model"):
            assert read(path).op == "SubM"
    assert found


@pytest.mark.filterwarnings("ignore:.*not stored by Keras 2:cutaway.errors.CutawayWarning")
@pytest.mark.parametrize("form", ["json", "keras", "hdf5"])
def test_the_samples_are_their_truth(corpus: Path, form: str) -> None:
    unknown = ("subclass", "unbuilt")
    found = [(path, facts) for path, facts in samples(corpus, form) if not path.stem.endswith(unknown)]
    wrong = failures((path.parent.name, path, partial(_is_truth, facts)) for path, facts in found)
    report(wrong, len(found), {"json": 50, "keras": 45, "hdf5": 45}[form])


def _is_truth(facts: dict[str, Any], path: Path) -> None:
    compare(read(path), facts, path.name)


def test_a_model_is_the_same_from_each_form(corpus: Path) -> None:
    forms = [form for form in FORMS if form != "json"]
    first = {(row.id): path for row, path in stored(corpus, "json") if row.holds_graph}
    found = [(row.id, path, first[row.id]) for form in forms for row, path in stored(corpus, form) if row.id in first]
    twins = {path.with_suffix(""): path for path, _ in samples(corpus, "json")}
    found += [
        (path.parent.name, path, twins[path.with_suffix("")])
        for form in forms
        for path, _ in samples(corpus, form)
        if path.with_suffix("") in twins and path.stem != "subclass"  # of which some forms hold the weights
    ]
    wrong = failures((name, path, partial(_is_alike, other)) for name, path, other in found)
    report(wrong, len(found), 200)


def _is_alike(other: Path, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        one, two = read(path), read(other)
    assert [(node.id, node.op) for node in one.nodes] == [(node.id, node.op) for node in two.nodes]
    assert one.edges == two.edges
    assert (one.inputs, one.outputs) == (two.inputs, two.outputs)
    assert _borders(one) == _borders(two)


def _borders(graph: Graph) -> list[object]:
    """Return the scopes with their ports, but for shapes, of which some forms know more than others."""
    borders: list[object] = []
    for scope in graph.scopes:
        ports = [(port.name, port.ends) for port in (*scope.inputs, *scope.outputs)]
        borders.append((scope.id, scope.name, scope.op, scope.parent, ports))
    return borders


def _is_drawn(path: Path) -> None:
    figure = cutaway.draw(path)
    assert faults(figure.scene, figure.graph) == ()
    assert ET.fromstring(figure.svg()).tag.endswith("svg")  # noqa: S314 - our own


def _is_refused(*reasons: str) -> Callable[[Path], None]:
    def examine(path: Path) -> None:
        with pytest.raises(CutawayError) as caught:
            read(path)
        for reason in (re.escape(repr(str(path))), *reasons):
            assert re.search(reason, str(caught.value)), f"{reason} is not in {caught.value}"

    return examine


def _is_drawn_or_refused(path: Path) -> None:
    try:
        _is_drawn(path)
    except CutawayError as error:
        assert repr(str(path)) in str(error)  # noqa: PT017 - either outcome is right


EXPECTED: Mapping[str, Callable[[Path], None]] = {
    "clear error": _is_refused(),
    "clear error naming both layers": _is_refused("no_such_layer", "conv_pad_6"),
    "clear error with position": _is_refused(r"line \d+ column \d+"),
    "clear error: a TensorFlow.js graph model is not a Keras model": _is_refused("TensorFlow.js graph model", "Keras"),
    "clear error: an HDF5 file that is not a Keras model": _is_refused("HDF5", "no Keras model"),
    "clear error: it holds only weights, no architecture": _is_refused("only weights", "no architecture"),
    "clear error: this is a web page": _is_refused("web page"),
    "clear error: truncated HDF5": _is_refused("HDF5", "cut short"),
    "clear error; must never be unpickled": _is_refused("pickle"),
    "drawn": _is_drawn,
    "drawn, or a clear error": _is_drawn_or_refused,
    "drawn: look at the bytes, not at the name": _is_drawn,
    "drawn: the config suffices": _is_drawn,
    "drawn; properly escaped": _is_drawn,
    "either read it, or say where config.json was found": _is_drawn_or_refused,
    "no hang; clear error or drawn with a marked back edge": _is_drawn_or_refused,
    "read as far as it is readable, or a clear error that names what is missing; Keras itself refuses it": _is_drawn,
    "refused or read within bounded memory": _is_drawn_or_refused,
}
"""What each `expect` of the index asks for."""


def test_odd_files_behave_as_expected(corpus: Path) -> None:
    found = [(row, path) for row in rows(corpus) if "expect" in row.entry for path in row.files("")]
    wrong = failures((row.id, path, EXPECTED[row.entry["expect"]]) for row, path in found)
    report(wrong, len(found), 35)


@pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")
def test_every_file_is_read_or_refused_in_words(corpus: Path) -> None:
    def examine(path: Path) -> None:
        try:
            graph = read(path)
        except CutawayError as error:
            assert repr(str(path)) in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert check(graph) == ()

    found = [(path.parent.name, path, examine) for path in sorted(corpus.rglob("*")) if path.is_file()]
    report(failures(found), len(found), 900)
