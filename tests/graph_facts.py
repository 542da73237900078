"""A graph against what Keras says of the live model: layers with classes, calls and shapes, edges, nested models."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from cutaway.analysis.check import check
from cutaway.analysis.collapse import close, collapse
from cutaway.analysis.traverse import index
from cutaway.graph import Graph, Kind, Node, PortRef, Tensor
from cutaway.record import replace


def compare(graph: Graph, facts: dict[str, Any], where: str) -> None:
    """Compare a graph with what Keras says of the model, as its `layers` and their connections tell it."""
    assert check(graph) == (), where
    closed = named(collapse(graph, 0).graph, facts)
    assert check(closed) == (), where
    extra = facts.get("ops_not_in_layers") or []
    compare_layers(closed, [*facts["layers"], *extra], where)
    if facts["edges"] is not None:
        compare_edges(closed, facts, {layer["name"] for layer in (*facts["layers"], *extra)}, where)
    compare_ends(closed, facts, where)
    compare_nested(graph, facts, where)


def named(graph: Graph, facts: dict[str, Any]) -> Graph:
    """Return a graph with those names of the facts that no file holds: those that Keras gives on loading it.

    A custom layer whose config leaves out its name goes by its class here. The input that a Sequential does not state
    is `dense_input_1` in Keras 1 and `dense_1_input` in Keras 2, where that has loaded the file.
    """
    names = {node.name for node in graph.nodes}
    lost = [layer for layer in facts["layers"] if layer["name"] not in names and layer["class"] in names]
    rest = {layer["class"]: iter([each["name"] for each in lost if each["class"] == layer["class"]]) for layer in lost}

    def name(node: Node) -> str:
        if node.name == node.op and node.op in rest:
            return next(rest[node.op], node.name)
        later = re.sub(r"^(.+)_input_(\d+)$", r"\1_\2_input", node.name)
        return later if later in (facts.get("edge_ends_not_in_layers") or ()) else node.name

    return replace(graph, nodes=tuple(replace(node, name=name(node)) for node in graph.nodes))


def compare_edges(graph: Graph, facts: dict[str, Any], known: set[str], where: str) -> None:
    """Compare the edges, and find nodes that are too many; `known` are the names of layers."""
    entries = unlisted_inputs(facts)
    found, names = pairs(graph), {node.name for node in graph.nodes}
    if facts.get("kind") == "sequential" and facts["layers"][0]["class"] == "Merge":
        found = Counter({pair: count for pair, count in found.items() if known.issuperset(pair)})
        names, entries = set(), []  # `layers` leaves out the models that a Merge at the beginning joins
    elif facts.get("kind") == "sequential" and not facts["inputs"]:
        stated = {node.name for node in graph.nodes if node.kind is Kind.INPUT}
        entries = [(name, facts["layers"][0]["name"]) for name in stated]  # in the file, though nothing is built on it
    known = known | set(facts.get("edge_ends_not_in_layers") or []) | {name for name, _ in entries}
    assert names <= known, f"{where}: {sorted(names - known)} are too many"
    expected = Counter((edge[0], edge[3]) for edge in facts["edges"]) + Counter(entries)
    assert found == expected, f"{where}: {found - expected} too many, {expected - found} missing"


def unlisted_inputs(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the edges of inputs that neither `layers` nor `edges` name: those of a Sequential of Keras 1."""
    listed = {layer["name"] for layer in facts["layers"]} | {edge[0] for edge in facts["edges"]}
    if facts.get("kind") != "sequential":
        return []
    return [(name, facts["layers"][0]["name"]) for name, *_ in facts.get("inputs") or [] if name not in listed]


def compare_layers(graph: Graph, layers: Iterable[dict[str, Any]], where: str) -> None:
    """Compare the closed graph's nodes with the facts of layers: names, classes, calls and shapes."""
    found: dict[str, list[Node]] = {}
    for node in graph.nodes:
        found.setdefault(node.name, []).append(node)
    for layer in layers:
        nodes = found.get(layer["name"])
        assert nodes, f"{where}: the layer {layer['name']!r} is missing"
        wrong = {node.op for node in nodes if not is_of_class(node, layer["class"])}
        assert not wrong, f"{where}: {layer['name']!r} is {wrong}, not {layer['class']}"
        for node in nodes:
            for port, tensor in enumerate(out.tensor for out in node.outputs):
                told = [call[port] for call in layer.get("out") or [] if call and port < len(call)]
                fits = not told or any(agrees(tensor, shape) for shape in told)
                assert fits, f"{where}: {node.id} gives {tensor}, not {told}"


def is_of_class(node: Node, name: str) -> bool:
    """Tell whether a node is of a class; one of Keras 1 goes by its later name where it was Keras 2 that loaded it."""
    return name in {node.op, node.op.replace("Convolution", "Conv")}


def agrees(tensor: Tensor, shape: list[Any] | None) -> bool:
    """Tell whether a stored shape says nothing else than Keras does: sizes that both know are equal."""
    if tensor.shape is None or shape is None:
        return True
    both = zip(tensor.shape, shape, strict=False)
    return len(tensor.shape) == len(shape) and all(one == two or None in {one, two} for one, two in both)


def pairs(graph: Graph) -> Counter[tuple[str, str]]:
    """Return the edges as a multiset of (producer, consumer)."""
    names = {node.id: node.name for node in graph.nodes}
    ports = {node.id: node.inputs for node in graph.nodes}
    assert all(edge.target_port < len(ports[edge.target]) for edge in graph.edges)
    return Counter((names[edge.source], names[edge.target]) for edge in graph.edges)


def compare_ends(closed: Graph, facts: dict[str, Any], where: str) -> None:
    """Compare the inputs and the outputs of the model, where the facts tell them."""
    if facts.get("inputs"):
        inputs = {node.name for node in closed.nodes if node.kind is Kind.INPUT}
        assert inputs == {name for name, *_ in facts["inputs"]}, f"{where}: the inputs are {inputs}"
    if facts.get("outputs"):
        nodes = {node.id: node for node in closed.nodes}
        outputs = [(nodes[output.node].name, output.port) for output in closed.outputs]
        assert outputs == [(name, tensor) for name, _, tensor, *_ in facts["outputs"]], f"{where}: outputs {outputs}"
    if facts.get("kind") == "functional" and ".src.models.functional" in facts.get("module", ""):
        # a file of Keras 3 holds the shape of every tensor that a layer reads
        unknown = [node.id for node in closed.nodes for port in node.inputs if port.tensor.shape is None]
        assert unknown == [], f"{where}: the shapes that {unknown} read are unknown"


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
            closed = named(close(graph, known.children.get(scope.id, ())).graph, layer["sub"])
            inside = [node for node in closed.nodes if node.scope == scope.id]
            names = {node.name for node in inside} | {port.name for port in scope.inputs}
            layers = layer["sub"]["layers"]
            missing = {each["name"] for each in layers} - names
            assert not missing, f"{where}: {scope.id} lacks {sorted(missing)}"
            classes = {each["name"]: each["class"] for each in layers}
            wrong = [node.id for node in inside if not is_of_class(node, classes.get(node.name, node.op))]
            assert not wrong, f"{where}: in {scope.id} the classes of {wrong} differ"
            compare_inner_pairs(closed, scope.id, layer["sub"], where)
            stack.extend((scope.id, each) for each in layers if nests(each))


def compare_inner_pairs(closed: Graph, scope: str, sub: dict[str, Any], where: str) -> None:
    """Compare the edges inside a scope with those of the nested model."""
    if sub.get("edges") is None:
        return
    expected = Counter((edge[0], edge[3]) for edge in sub["edges"])
    found = inner_pairs(closed, scope)
    assert found == expected, f"{where}: in {scope} {found - expected} too many, {expected - found} missing"


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


def by_key(graph):
    """Return the weights of each node by their keys; None where they are unknown."""
    return {node.id: node.weights and {weight.key: weight for weight in node.weights} for node in graph.nodes}
