"""Every Keras 3 model of the corpus against what Keras itself says of it."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import keras3_graphs, rows

from cutaway.analysis.check import check
from cutaway.analysis.collapse import close, collapse
from cutaway.analysis.traverse import index
from cutaway.errors import CutawayError, CutawayWarning
from cutaway.graph import Graph, Kind, Node, PortRef, Tensor
from cutaway.sources import read

pytestmark = pytest.mark.corpus


def calls(graph: Graph) -> dict[str, list[Node]]:
    """Return the calls of each layer of the closed graph, by the layer's name."""
    found: dict[str, list[Node]] = {}
    for node in graph.nodes:
        found.setdefault(node.name, []).append(node)
    return found


def pairs(graph: Graph) -> Counter[tuple[str, str]]:
    """Return the edges as a multiset of (producer, consumer)."""
    names = {node.id: node.name for node in graph.nodes}
    ports = {node.id: node.inputs for node in graph.nodes}
    assert all(edge.target_port < len(ports[edge.target]) for edge in graph.edges)
    return Counter((names[edge.source], names[edge.target]) for edge in graph.edges)


def inner_pairs(graph: Graph, scope: str) -> Counter[tuple[str, str]]:
    """Return the edges inside a scope, those from outside under the names of its inputs."""
    known = index(graph)
    inside = {node for node in known.members[scope] if known.nodes[node].op != "InputLayer"}
    entries = {end: port.name for port in known.scopes[scope].inputs for end in port.ends}
    found: Counter[tuple[str, str]] = Counter()
    for edge in graph.edges:
        if edge.target in inside:
            source = known.nodes[edge.source]
            name = source.name if source.scope == scope else entries[PortRef(edge.target, edge.target_port)]
            found[name, known.nodes[edge.target].name] += 1
    return found


def agrees(tensor: Tensor, shape: list[Any] | None) -> bool:
    """Tell whether a stored shape says nothing else than Keras does."""
    return tensor.shape is None or shape is None or list(tensor.shape) == shape


def compare_layers(graph: Graph, layers: Iterable[dict[str, Any]], where: str) -> None:
    """Compare the closed graph's nodes with the facts of layers: names, classes, calls and shapes."""
    found = calls(graph)
    for layer in layers:
        nodes = found.get(layer["name"])
        assert nodes, f"{where}: the layer {layer['name']!r} is missing"
        assert {node.op for node in nodes} == {layer["class"]}, f"{where}: {layer['name']}"
        for node in nodes:
            for port, tensor in enumerate(out.tensor for out in node.outputs):
                told = [call[port] for call in layer.get("out") or [] if call and port < len(call)]
                assert not told or any(agrees(tensor, shape) for shape in told), f"{where}: {node.id} {tensor} {told}"


def nests(layer: dict[str, Any]) -> bool:
    """Tell whether a layer is a nested model whose file says how its layers hang together."""
    return bool(layer.get("sub")) and layer["sub"]["kind"] in {"functional", "sequential"}


def compare_nested(graph: Graph, facts: dict[str, Any], where: str) -> None:
    """Compare the nested models, each opened alone, to any depth."""
    known = index(graph)
    stack: list[tuple[str | None, dict[str, Any]]] = [(None, layer) for layer in facts["layers"] if nests(layer)]
    while stack:
        parent, layer = stack.pop()
        scopes = [
            known.scopes[scope] for scope in known.children.get(parent, ()) if known.scopes[scope].name == layer["name"]
        ]
        assert scopes, f"{where}: the nested model {layer['name']!r} is missing"
        for scope in scopes:
            closed = close(graph, known.children.get(scope.id, ())).graph
            inside = [node for node in closed.nodes if node.scope == scope.id]
            names = {node.name for node in inside} | {port.name for port in scope.inputs}
            layers = layer["sub"]["layers"]
            assert names >= {each["name"] for each in layers}, f"{where}: {scope.id}"
            ops = {node.name: node.op for node in inside}
            wrong = {
                each["name"]: ops[each["name"]]
                for each in layers
                if ops.get(each["name"], each["class"]) != each["class"]
            }
            assert not wrong, f"{where}: {scope.id} {wrong}"
            sub = layer["sub"]
            if sub.get("edges") is not None:
                expected = Counter((edge[0], edge[3]) for edge in sub["edges"])
                assert inner_pairs(closed, scope.id) == expected, f"{where}: {scope.id}"
            stack.extend((scope.id, each) for each in layers if nests(each))


def compare(graph: Graph, facts: dict[str, Any], where: str) -> None:
    """Compare a graph with what Keras says of the model, as its `layers` and their connections tell it."""
    assert check(graph) == (), where
    closed = collapse(graph, 0).graph
    assert check(closed) == (), where
    extra = facts.get("ops_not_in_layers") or []
    compare_layers(closed, [*facts["layers"], *extra], where)
    known = {layer["name"] for layer in facts["layers"]} | {layer["name"] for layer in extra}
    known |= set(facts.get("edge_ends_not_in_layers") or [])
    assert {node.name for node in closed.nodes} <= known, where
    expected = Counter((edge[0], edge[3]) for edge in facts["edges"])
    assert pairs(closed) == expected, (
        f"{where}: {pairs(closed) - expected} too many, {expected - pairs(closed)} missing"
    )
    if facts.get("inputs"):
        inputs = {node.name for node in closed.nodes if node.kind is Kind.INPUT}
        assert inputs == {name for name, *_ in facts["inputs"]}, where
    if facts.get("outputs"):
        nodes = {node.id: node for node in closed.nodes}
        outputs = [(nodes[output.node].name, output.port) for output in closed.outputs]
        assert outputs == [(name, tensor) for name, _, tensor, *_ in facts["outputs"]], where
    if facts.get("kind") == "functional":  # its file holds the shape of every tensor that a layer reads
        unknown = [node.id for node in closed.nodes for port in node.inputs if port.tensor.shape is None]
        assert unknown == [], where
    compare_nested(graph, facts, where)


@pytest.mark.parametrize("suffix", [(".json", ".json.gz"), (".keras",)], ids=["json", "keras"])
def test_layers_classes_and_edges_are_the_facts(corpus: Path, suffix: tuple[str, ...]) -> None:
    count, wrong = 0, []
    for row in keras3_graphs(corpus):
        for path in row.files(*suffix):
            count += 1
            try:
                compare(read(path), row.facts(), f"{row.id} ({path.name})")
            except AssertionError as error:
                wrong.append(" ".join(str(error).split())[:500])
    assert count >= (100 if ".json" in suffix else 20)
    assert not wrong, "\n".join([f"{len(wrong)} of {count} differ", *wrong])


def truth(path: Path) -> dict[str, Any]:
    """Return the truth of a sample in the form of the facts."""
    told = json.loads(path.read_text())
    layers, edges = [], []
    for layer in told["layers"]:
        calls = [node for node in layer["nodes"] if node["in"] or layer["class"] == "InputLayer"]
        out = [[shape for shape, _ in node["out"]] for node in calls]
        layers.append({"name": layer["name"], "class": layer["class"], "out": out})
        edges += [
            [end[0], end[1], end[2], layer["name"], call] for call, node in enumerate(calls) for end in node["in"]
        ]
    return {"layers": layers, "edges": edges}


def test_the_samples_are_their_truth(corpus: Path) -> None:
    count = 0
    for told in sorted(corpus.glob("samples/k3*/*.truth.json")):
        facts = truth(told)
        for path in (told.with_name(told.name.replace(".truth.json", suffix)) for suffix in (".json", ".keras")):
            if not path.exists() or not any(layer["out"] for layer in facts["layers"]):
                continue  # not stored in this form; or a subclassed or unbuilt model, of which the truth tells no calls
            count += 1
            graph = read(path)
            ends = {edge[0] for edge in facts["edges"]} - {layer["name"] for layer in facts["layers"]}
            compare(graph, {**facts, "edge_ends_not_in_layers": ends}, f"{told.parent.name}/{path.name}")
    assert count >= 40


def test_a_config_without_layers_is_one_node_with_a_warning(corpus: Path) -> None:
    count = 0
    for row in rows(corpus):
        if str(row.entry.get("keras_version")).startswith("3") and row.entry.get("json") == "config-only":
            for path in row.files(".json", ".json.gz", ".keras"):
                count += 1
                with pytest.warns(CutawayWarning, match="is drawn as one box"):
                    graph = read(path)
                assert [node.op for node in graph.nodes] == [row.facts()["class"]], path.name
                assert check(graph) == ()
    assert count >= 50


@pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")
def test_every_file_is_read_or_refused_in_words(corpus: Path) -> None:
    count = 0
    for row in rows(corpus):
        for path in row.files(""):
            count += 1
            try:
                graph = read(path)
            except CutawayError as error:
                assert repr(str(path)) in str(error)  # noqa: PT017 - either outcome is right
            else:
                assert check(graph) == (), path.name
    assert count >= 600
