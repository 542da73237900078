"""A completed graph against what Keras says of the live model's weights: of each layer, and in all."""

from collections.abc import Iterator
from typing import Any

from cutaway.analysis.count import Parameters, count
from cutaway.analysis.traverse import index
from cutaway.graph import Graph, Node

_OWN = (
    "keras.src.",
    "keras.layers",
    "keras.engine",
    "keras.models",
    "keras.legacy",
    "tf_keras.src.",
    "tensorflow.python.keras.",
)
"""Where the classes of Keras itself are."""


def is_own(layer: dict[str, Any]) -> bool:
    """Tell whether a layer of the facts is one of Keras', and so is all in it."""
    inner = layer["sub"]["layers"] if layer.get("sub") else layer.get("children") or ()
    return layer["module"].startswith(_OWN) and all(map(is_own, inner))


def held_against(graph: Graph, facts: dict[str, Any]) -> tuple[list[str], int, int]:
    """Return what numbers of a completed graph are wrong, how many layers there are, and how many of these are known.

    A number that is unknown is wrong for Keras' own layers, and for what is made of them alone.
    """
    wrong: list[str] = []
    seen = known = 0
    for nodes, layer in _layers(graph, facts):
        found = count(nodes)
        seen += 1
        known += found.exact
        if not fits(found, layer["params"], layer["trainable_params"], own=is_own(layer)):
            wrong.append(
                f"{layer['class']} {nodes[0].id} ({layer['module']}): {told(found)}, not {_numbers(layer, 'params')}"
            )
    total = count(graph.nodes)
    if not fits(total, facts["total_params"], facts["trainable_params"], own=all(map(is_own, facts["layers"]))):
        wrong.append(f"in all: {told(total)}, not {_numbers(facts, 'total_params')}")
    return wrong, seen, known


def fits(found: Parameters, total: int, trainable: int, *, own: bool) -> bool:
    """Tell whether what was counted is what Keras counts; "at least" so many need only be no more."""
    if not found.exact:
        return not own and found.total <= total
    return found.total == total and found.trainable <= trainable <= found.trainable + found.untold


def told(found: Parameters) -> str:
    """Return what was counted, for a message."""
    return f"{'' if found.exact else 'at least '}{found.total} ({found.trainable} trained, {found.untold} untold)"


def _numbers(facts: dict[str, Any], key: str) -> str:
    return f"{facts[key]} ({facts['trainable_params']} trained)"


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
