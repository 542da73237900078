"""A Graph with all that follows from it: sizes that are assumed, shapes, weights, and what of them is trained."""

from typing import Any

from cutaway.analysis.rules import Given, layer_rules, output_rules
from cutaway.analysis.shapes import infer
from cutaway.graph import Graph


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
    return infer(graph, output_rules(layer_rules(rules)), verify=verify)
