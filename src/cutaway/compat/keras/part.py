"""A part of a model: the layers between two of it, with the lines between them."""

from collections.abc import Sequence

from cutaway.compat.keras.layer_range import within
from cutaway.graph import Graph
from cutaway.record import replace


def part(graph: Graph, layer_range: Sequence[str]) -> Graph:
    """Return the layers of a model between two, as `layer_range.within` finds them, with all that is in them.

    The InputLayer of a Sequential is none of its layers.
    """
    parents = {scope.id: scope.parent for scope in graph.scopes}
    names = {scope.id: scope.name for scope in graph.scopes}
    tops = dict[str | None, str]()
    for scope in graph.scopes:
        top = scope.id
        while (parent := parents[top]) is not None:
            top = parent
        tops[scope.id] = top
    owners = {node.id: names[tops[node.scope]] if node.scope is not None else node.name for node in graph.nodes}
    hidden = set(graph.inputs) if graph.op == "Sequential" else set()
    layers = list(dict.fromkeys(owner for node, owner in owners.items() if node not in hidden))
    wanted = set(layers[within(layers, layer_range)])
    kept = {node for node, owner in owners.items() if owner in wanted and node not in hidden}
    return replace(
        graph,
        nodes=tuple([node for node in graph.nodes if node.id in kept]),
        edges=tuple([edge for edge in graph.edges if edge.source in kept and edge.target in kept]),
        scopes=tuple([scope for scope in graph.scopes if names[tops[scope.id]] in wanted]),
        inputs=tuple([node for node in graph.inputs if node in kept]),
        outputs=tuple([output for output in graph.outputs if output.node in kept]),
    )
