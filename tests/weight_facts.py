"""A completed graph against what Keras says of the live model: shapes of outputs and weights, of each layer and in all.

What is unknown is a fault, but for what no file tells: layers of other packages and those of code (Lambda), inputs that
are not stated, the layers behind them whose input they make, and what Keras itself does not know.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cutaway.analysis.count import Parameters, count
from cutaway.analysis.traverse import index
from cutaway.graph import Dim, Graph, Node
from cutaway.record import Record

_OWN = ("keras.src.", "keras.layers", "keras.engine", "keras.models", "keras.legacy", "tf_keras.src.")
_CELLS = {"LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells"}
_OF_TENSORFLOW = ("tensorflow.python.keras.", "tensorflow.python.layers.")


class Held(Record):
    """How a graph stands up to the facts: what is wrong, how many numbers there are, how many are rightly unknown."""

    wrong: list[str]
    seen: int
    unknown: int


def is_own(layer: dict[str, Any]) -> bool:
    """Tell whether a layer of the facts is one of Keras', which a config describes in full, and so is all in it."""
    inner = layer["sub"]["layers"] if layer.get("sub") else layer.get("children") or ()
    own = layer["module"].startswith((*_OWN, *_OF_TENSORFLOW)) and layer["class"] != "Lambda"
    return own and all(map(is_own, inner))


def parameters(graph: Graph, facts: dict[str, Any], where: str) -> Held:
    """Hold the parameters of a completed graph against the facts, of each layer at any depth, and in all."""
    wrong: list[str] = []
    seen = unknown = 0
    behind = _behind(graph, facts)
    for nodes, layer in _layers(graph, facts):
        found = count(nodes)
        seen += 1
        unknown += not found.exact
        own = is_own(layer) and not any(node.id in behind for node in nodes)
        if layer.get("built", True) and not _fits(found, layer["params"], layer["trainable_params"], own=own):
            wrong.append(f"{where}: {layer['class']} {nodes[0].id} has {_told(found)}, not {layer['params']}")
    total = count(graph.nodes)
    own = all(map(is_own, facts["layers"])) and not behind
    if not _fits(total, facts["total_params"], facts["trainable_params"], own=own):
        wrong.append(
            f"{where}: {_told(total)} in all, not {facts['total_params']}, {facts['trainable_params']} trained"
        )
    return Held(wrong=wrong, seen=seen, unknown=unknown)


def shapes(graph: Graph, facts: dict[str, Any], where: str) -> Held:
    """Hold the shapes of outputs of a completed graph against the facts, of each layer at any depth."""
    wrong: list[str] = []
    seen = unknown = 0
    behind = _behind(graph, facts)
    for nodes, layer in _layers(graph, facts):
        calls = [call for call in layer.get("out") or () if call]
        for node in nodes if not layer.get("sub") else ():
            for place, port in enumerate(node.outputs):
                told = [call[place] for call in calls if place < len(call) and call[place] is not None]
                shape = port.tensor.shape
                seen += bool(told)
                unknown += bool(told) and shape is None
                sizes = node.operation == "Reshape" and len(node.inputs) > 1  # which another tensor holds
                exactly = is_own(layer) and node.id not in behind and not sizes
                if told and not any(_agree(shape, each, exactly=exactly) for each in told):
                    wrong.append(f"{where}: {layer['class']} {node.id} gives {shape}, not {told[0]}")
    return Held(wrong=wrong, seen=seen, unknown=unknown)


def _agree(shape: tuple[Dim, ...] | None, told: list[int | None], *, exactly: bool) -> bool:
    if exactly or shape is None:
        return not exactly or list(shape or ()) == told
    return len(shape) == len(told) and all(one in {None, two} for one, two in zip(shape, told, strict=True))


def _fits(found: Parameters, total: int | None, trainable: int | None, *, own: bool) -> bool:
    """Tell whether what was counted is what Keras counts, which says None of tables and of what it has not built."""
    if total is None or trainable is None:
        return True
    if not found.exact:
        return not own and found.total <= total
    return found.total == total and found.trainable <= trainable <= found.trainable + found.untold


def _told(found: Parameters) -> str:
    return f"{'' if found.exact else 'at least '}{found.total} ({found.trainable} trained, {found.untold} untold)"


def _behind(graph: Graph, facts: dict[str, Any]) -> set[str]:
    """Return the nodes that no file tells of, and those behind them whose input is unknown."""
    modules: dict[str, bool] = {}
    stack = [*facts["layers"], *(facts.get("ops_not_in_layers") or ())]
    while stack:
        layer = stack.pop()
        modules[layer["name"]] = modules.get(layer["name"], True) and (bool(layer.get("sub")) or is_own(layer))
        stack += layer["sub"]["layers"] if layer.get("sub") else []
    found = {node.id for node in graph.nodes if not modules.get(node.name, True) or _is_untold(node)}
    open_ones = {node.id for node in graph.nodes if any(None in (p.tensor.shape or (None,))[-1:] for p in node.inputs)}
    found |= open_ones - {edge.target for edge in graph.edges}  # what begins with an input that is not stated
    fresh = True
    while fresh:
        fresh = {edge.target for edge in graph.edges if edge.source in found and edge.target in open_ones - found}
        found |= fresh
    return found


def _is_untold(node: Node) -> bool:
    """Tell whether a file leaves open what a node gives: a cell of another package."""
    cell = node.attributes.get("cell")
    return isinstance(cell, Mapping) and cell.get("class_name") not in _CELLS


def _layers(graph: Graph, facts: dict[str, Any]) -> Iterator[tuple[list[Node], dict[str, Any]]]:
    """Yield the nodes of each layer, at any depth, beside what Keras says of it; those of a nested model together."""
    known = index(graph)
    stack: list[tuple[str | None, dict[str, Any]]] = [(None, layer) for layer in facts["layers"]]
    while stack:
        parent, layer = stack.pop()
        nodes = [known.nodes[node] for node in known.members.get(parent, ()) if known.nodes[node].name == layer["name"]]
        scopes = [scope for scope in known.children.get(parent, ()) if known.scopes[scope].name == layer["name"]]
        inside = [known.nodes[node] for scope in scopes for node in known.inside(scope)]
        if nodes or inside:
            yield nodes + inside, layer
        if layer.get("sub"):
            stack.extend((scope, each) for each in layer["sub"]["layers"] for scope in scopes[:1])
