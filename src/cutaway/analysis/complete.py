"""A Graph with all that follows from it: sizes that are assumed, shapes, weights, and what of them is trained."""

from typing import Any

from cutaway.analysis.formulas import Formed, Formulas, weights_of
from cutaway.analysis.rules import Given, layer_rules, output_rules, weight_formulas
from cutaway.analysis.shapes import infer
from cutaway.analysis.shapes.call import call_of
from cutaway.analysis.shapes.rules import Rules
from cutaway.graph import Graph, Node, Weight
from cutaway.record import replace


def complete(
    graph: Graph,
    *,
    rules: Given | None = None,
    assume: Any = None,  # noqa: ANN401 - see assumed
    verify: bool = True,
) -> Graph:
    """Return a graph with the shapes, types and weights that follow from what it says.

    `rules` are the caller's own, by class name (see LayerRule), `assume` sizes in place of unknown ones. What is stored
    stays as it is; with `verify`, a CutawayWarning tells where it contradicts what follows from the rest.
    """
    if assume is not None:
        from cutaway.analysis.assume import assumed

        graph = assumed(graph, assume)
    given = layer_rules(rules)
    graph = infer(graph, output_rules(given), verify=verify, sizes=assume is not None)
    return with_weights(graph, Formulas(weight_formulas(given)), Rules(output_rules(given)))


def with_weights(graph: Graph, formulas: Formulas, rules: Rules) -> Graph:
    """Return a graph with the weights of formulas where they are unknown; all calls of a layer have the same ones."""
    formed: dict[str, tuple[Weight, ...]] = {}
    for node in graph.nodes:
        if node.weights is None and not _are_known(formed.get(node.owner)):
            found = weights_of(replace(call_of(node, rules), trainable=node.trainable is not False), formulas)
            if found is not None:
                formed.setdefault(node.owner, ())
                formed[node.owner] = tuple([_weight(node, each) for each in found])
    if not formed:
        return graph
    nodes = [
        replace(node, weights=formed[node.owner]) if node.weights is None and node.owner in formed else node
        for node in graph.nodes
    ]
    return replace(graph, nodes=tuple(nodes))


def _are_known(weights: tuple[Weight, ...] | None) -> bool:
    """Tell whether the sizes of all weights are known."""
    return weights is not None and all(
        weight.shape is not None and all(isinstance(dim, int) for dim in weight.shape) for weight in weights
    )


def _weight(node: Node, formed: Formed) -> Weight:
    return Weight(key=f"{node.owner}/{formed.name}", shape=formed.shape, dtype=formed.dtype, trainable=formed.trainable)
