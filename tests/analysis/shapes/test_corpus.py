"""Models that nobody here wrote: forget all shapes but the inputs', infer, and compare with what Keras said of them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from analysis.shapes.erasing import agree, erased
from corpus_rows import keras3_graphs
from corpus_rows import stored as stored_files

from cutaway.analysis.collapse import close, collapse
from cutaway.analysis.shapes import infer
from cutaway.analysis.shapes.operations import RULES as OPERATIONS
from cutaway.analysis.shapes.operations.arrays import untold
from cutaway.analysis.shapes.rules import LAYERS
from cutaway.analysis.traverse import index
from cutaway.graph import Graph, Node, Tensor
from cutaway.sources import read

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore:.*not stored by Keras 2")]


@pytest.fixture(scope="module")
def models(corpus: Path) -> list[tuple[str, Graph, dict[str, Any]]]:
    """Return every model as its file tells it, with its name and its facts."""
    return [(row.id, read(path), row.facts()) for row in keras3_graphs(corpus) for path in row.files(".json.gz")[:1]]


def told(facts: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """Return what Keras says of each layer: by its name, for each call, the shapes of its outputs."""
    layers = [*facts["layers"], *(facts.get("ops_not_in_layers") or [])]
    return {layer["name"]: [call for call in layer.get("out") or [] if call] for layer in layers}


def levels(graph: Graph, facts: dict[str, Any]) -> Iterator[tuple[list[Node], dict[str, list[list[Any]]]]]:
    """Yield the nodes of the model and of each nested one, others closed, beside what Keras says of them."""
    known = index(graph)
    yield list(collapse(graph, 0).graph.nodes), told(facts)
    stack = [(scope, layer) for layer in facts["layers"] for scope in known.children.get(None, ())]
    while stack:
        scope, layer = stack.pop()
        sub = layer.get("sub")
        if not sub or known.scopes[scope].name != layer["name"] or sub["kind"] not in {"functional", "sequential"}:
            continue
        closed = close(graph, known.children.get(scope, ())).graph
        yield [node for node in closed.nodes if node.scope == scope], told(sub)
        stack.extend((inner, each) for each in sub["layers"] for inner in known.children.get(scope, ()))


def fits(tensor: Tensor, shapes: list[list[Any]], port: int) -> bool:
    given = [Tensor(shape=tuple(call[port])) for call in shapes if port < len(call) and call[port] is not None]
    return not given or any(agree(tensor, each) for each in given)


def held_against(graph: Graph, facts: dict[str, Any], name: str) -> tuple[list[str], int, int]:
    """Return what shapes of outputs are wrong, how many outputs there are, and of how many the shape is known."""
    wrong, seen, known = [], 0, 0
    for nodes, shapes in levels(graph, facts):
        for node in nodes:
            for port, output in enumerate(node.outputs):
                seen += 1
                known += output.tensor.shape is not None
                if not fits(output.tensor, shapes.get(node.name, []), port):
                    wrong.append(f"{name} {node.op} {node.id}: {output.tensor} not in {shapes[node.name]}")
    return wrong, seen, known


def test_no_shape_found_from_the_inputs_alone_is_wrong(models):
    wrong, seen, known = [], 0, 0
    for name, graph, facts in models:
        found = held_against(infer(erased(graph)), facts, name)
        wrong, seen, known = wrong + found[0], seen + found[1], known + found[2]
    assert wrong == []
    assert seen > 12_000
    assert known / seen > 0.96


@pytest.mark.parametrize("form", ["json", "hdf5", "yaml"])
def test_no_shape_of_an_older_dialect_is_wrong(corpus: Path, form: str) -> None:
    wrong, seen, known = [], 0, 0
    for row, path in stored_files(corpus, form):
        if not row.holds_graph or not row.is_loaded or str(row.entry.get("keras_version")).startswith("3"):
            continue
        found = held_against(infer(read(path)), row.facts(), path.name)
        wrong, seen, known = wrong + found[0], seen + found[1], known + found[2]
    assert wrong == []
    assert known / seen > {"json": 0.99, "hdf5": 0.6, "yaml": 0.99}[form]


def test_no_type_found_from_the_inputs_alone_is_wrong(models):
    wrong = []
    for name, graph, _ in models:
        for before, after in zip(graph.nodes, infer(erased(graph)).nodes, strict=True):
            for stored, found in zip(before.outputs, after.outputs, strict=True):
                if not agree(found.tensor, stored.tensor):
                    wrong.append(f"{name} {before.op} {before.id}: {found.tensor} instead of {stored.tensor}")
    assert wrong == []


def test_only_custom_layers_are_unknown(models):
    unknown: Counter[str] = Counter()
    for _, graph, _ in models:
        for node in infer(erased(graph)).nodes:
            fed = node.inputs and all(port.tensor.shape is not None for port in node.inputs)
            if fed and any(port.tensor.shape is None for port in node.outputs):
                unknown[node.op] += 1
    assert set(unknown).isdisjoint({*LAYERS, *(op for op, rule in OPERATIONS.items() if rule is not untold)})


def test_with_what_is_stored_every_built_in_layer_is_known(models):
    open_ones: Counter[str] = Counter()
    for _, graph, facts in models:
        for nodes, shapes in levels(infer(graph), facts):
            for node in nodes:
                for port, output in enumerate(node.outputs):
                    given = [call[port] for call in shapes.get(node.name, []) if port < len(call)]
                    if output.tensor.shape is None and any(shape is not None for shape in given):
                        open_ones[node.op] += 1
                    elif given and list(output.tensor.shape or ()) not in given:
                        assert agree(output.tensor, Tensor(shape=tuple(given[0]))), (node.id, output.tensor, given)
    assert set(open_ones).isdisjoint({*LAYERS, *OPERATIONS}), open_ones
