"""What of a Graph hangs together with nothing, because nobody knows how the data flows there."""

from collections import Counter

from cutaway.analysis.traverse import scopes_around
from cutaway.graph import Graph, Kind


def loose(graph: Graph) -> frozenset[str | None]:
    """Return where the flow is not known: scopes, and None for the model, with something unconnected directly in them.

    That is a layer of which nothing tells what it is given, or a scope that no edge leads into or out of; whatever has
    nothing beside it needs no connection. Inputs that nothing takes are known to be so.
    """
    unfed = [node for node in graph.nodes if not node.inputs and node.kind is not Kind.INPUT]
    if not unfed and not graph.scopes:
        return frozenset()
    ends = {edge.source for edge in graph.edges} | {edge.target for edge in graph.edges}
    ends.update(graph.inputs, [output.node for output in graph.outputs])
    standing = [node.scope for node in unfed if node.id not in ends]
    parents = {scope.id: scope.parent for scope in graph.scopes}
    inside = {node.id: node.scope for node in graph.nodes}
    tied = _tied(graph, inside, parents)
    held = scopes_around(inside.values(), parents)
    apart = [*standing, *[parents[scope] for scope in held if scope not in tied]]
    beside = Counter([*inside.values(), *[parents[scope] for scope in held]])
    return frozenset([scope for scope in apart if beside[scope] > 1])


def _tied(graph: Graph, inside: dict[str, str | None], parents: dict[str, str | None]) -> set[str]:
    """Return the scopes with a border that something crosses: an edge, or an input or output of the model."""
    around: dict[str | None, frozenset[str]] = {None: frozenset()}
    for scope in inside.values():
        if scope not in around:
            around[scope] = frozenset(scopes_around([scope], parents))
    crossed = {(inside[edge.source], inside[edge.target]) for edge in graph.edges}
    found = {scope for start, end in crossed if start != end for scope in around[start] ^ around[end]}
    for node in (*graph.inputs, *[output.node for output in graph.outputs]):
        found |= around[inside[node]]
    return found


def is_told_by_weights(graph: Graph) -> bool:
    """Tell whether layers are known only because their weights are stored: then others may be there without weights."""
    return any(node.weights and not node.attributes and not node.inputs for node in graph.nodes)
