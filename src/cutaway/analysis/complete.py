"""A Graph with all that follows from it: sizes that are assumed, shapes, weights, and what of them is trained."""

from collections.abc import Collection, Mapping, Sequence

from cutaway.analysis.count import weight_size
from cutaway.analysis.formulas import Formulas, weights_of
from cutaway.analysis.formulas.forming import name_of
from cutaway.analysis.rules import (
    Given,
    LayerRule,
    layer_rules,
    output_rules,
    source_of,
    warn_of_unused,
    weight_formulas,
)
from cutaway.analysis.shapes import infer
from cutaway.analysis.shapes.call import call_of, held
from cutaway.analysis.shapes.rules import Rules
from cutaway.errors import warn
from cutaway.graph import Graph, Node, Value, Weight
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed

_SHOWN = 4
"""Shapes of weights that a warning names."""


def complete(
    graph: Graph, *, rules: Given | None = None, assume: "Assumed | None" = None, verify: bool = True
) -> Graph:
    """Return a graph with the shapes, types and weights that follow from what it says.

    `rules` are the caller's own, by class name (see LayerRule), `assume` sizes in place of unknown ones. What is stored
    stays as it is; with `verify`, a CutawayWarning tells where it contradicts what follows from the rest.
    """
    if assume is not None:
        from cutaway.analysis.assume import assumed

        graph = assumed(graph, assume)
    given = layer_rules(rules)
    if verify:
        warn_of_unused(given, graph)
    graph = infer(graph, output_rules(given), verify=verify, sizes=assume is not None)
    formed = _formed([node for node in graph.nodes if verify or node.weights is None], given)
    ruled = weight_formulas(given)
    nodes = [
        with_weights(node, node.weights, formed.get(node.owner), verify=verify, ruled=ruled) for node in graph.nodes
    ]
    return replace(graph, nodes=tuple(nodes))


def with_weights(
    node: Node,
    stored: tuple[Weight, ...] | None,
    formed: tuple[Weight, ...] | None,
    *,
    verify: bool,
    ruled: Collection[str] = (),
) -> Node:
    """Return a node with its stored weights, or else those of the formula; warns if it is to `verify`.

    `ruled` are the classes of which the caller's own rules tell the weights.
    """
    if stored is None:
        return node if formed is None else replace(node, weights=formed)
    verify = verify and node.is_layer  # an operation has those that it is given
    if verify and formed is not None and node.owner == node.id and _disagree(node, stored, formed):
        warn(
            f"the weights of {node.op} {node.id!r} are {_described(stored)}, but by {source_of(node, ruled)} they are"
            f" {_described(formed)}; the former are counted"
        )
    return node if node.weights is stored else replace(node, weights=stored)


def are_known(weights: tuple[Weight, ...] | None) -> bool:
    """Tell whether it is known what weights there are, and all of their sizes."""
    return weights is not None and all(weight_size(weight) is not None for weight in weights)


def _formed(nodes: Sequence[Node], given: Mapping[str, LayerRule]) -> Mapping[str, tuple[Weight, ...]]:
    """Return the weights of layers by formula, by their owners; the first call that tells all sizes counts."""
    rules, formulas = Rules(output_rules(given)), Formulas(weight_formulas(given))
    found: dict[str, tuple[Weight, ...]] = {}
    doubtful = _repeated(nodes)
    for node in nodes:
        if node.weights == () or node.owner in doubtful or are_known(found.get(node.owner)):
            continue
        formed = weights_of(replace(call_of(node, rules), trainable=node.trainable is not False), formulas)
        if formed is not None:
            found[node.owner] = tuple(
                [
                    Weight(
                        key=f"{node.owner}/{each.name}", shape=each.shape, dtype=each.dtype, trainable=each.trainable
                    )
                    for each in formed
                ]
            )
    return found


def _repeated(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the layers that hold a cell or a layer like one that a layer beside them holds.

    Keras names no two of them alike, so they may be one; and then their weights are the first one's.
    """
    met: dict[tuple[str | None, str], list[tuple[str, Value]]] = {}
    found = set()
    for node in nodes:
        for part in [node.attributes[key] for key in ("cell", "layer") if key in node.attributes]:
            told = held(part)
            if told is None or not told[1].get("name"):
                continue
            alike = met.setdefault((node.scope, name_of(part)), [])
            if any(owner != node.owner and other == part for owner, other in alike):
                found.add(node.owner)
            alike.append((node.owner, part))
    return frozenset(found)


def _disagree(node: Node, stored: tuple[Weight, ...], formed: tuple[Weight, ...]) -> bool:
    """Tell whether stored weights are others than those of the formula, where that is no matter of how they are kept.

    Those of a low-rank adaptation are merged when they are saved.
    """
    if node.attributes.get("lora_rank"):
        return False
    if not are_known(stored) or not are_known(formed):
        return False
    return sum(weight_size(each) or 0 for each in stored) != sum(weight_size(each) or 0 for each in formed)


def _described(weights: tuple[Weight, ...]) -> str:
    shapes = [str(weight.shape) for weight in weights[:_SHOWN]]
    return (" and ".join(shapes) or "none") + (", …" if len(weights) > _SHOWN else "")
