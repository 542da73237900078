"""Nodes of a Graph that go into others, and edges that go with them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cutaway.analysis.collapse import Collapsed
from cutaway.analysis.traverse import scopes_around
from cutaway.graph import Edge, Graph, Node, PortRef, ScopePort
from cutaway.record import replace

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def contracted(
    graph: Graph,
    *,
    into: Mapping[str, str],
    gone: Mapping[str, str] = _NOTHING,
    made: Mapping[str, Node] = _NOTHING,
) -> Collapsed:
    """Return the graph without the nodes that go `into` others, and without the edges that are `gone`.

    Both name the id of what accounts for them, and stays: a node, or for an edge also another edge. Edges between what
    one node accounts for are its own; all others keep their ports and end at the nodes that account for their ends.
    `made` are the nodes that take the place of those of their ids. A scope in which no node is left is accounted for
    by what took the first.
    """
    accounts: dict[str, list[str]] = {}
    for node, keeper in into.items():
        accounts.setdefault(keeper, []).append(node)
    edges = _edges(graph, into, gone, accounts)
    emptied = _emptied(graph, into)
    for scope, keeper in emptied.items():
        accounts.setdefault(keeper, []).append(scope)

    def moved(port: ScopePort) -> ScopePort:
        ends = dict.fromkeys([PortRef(into.get(end.node, end.node), end.port) for end in port.ends])
        return replace(port, ends=tuple(ends))

    left = replace(
        graph,
        nodes=tuple([made.get(node.id, node) for node in graph.nodes if node.id not in into]),
        edges=edges,
        scopes=tuple(
            [
                replace(scope, inputs=tuple(map(moved, scope.inputs)), outputs=tuple(map(moved, scope.outputs)))
                for scope in graph.scopes
                if scope.id not in emptied
            ]
        ),
        outputs=tuple([replace(output, node=into.get(output.node, output.node)) for output in graph.outputs]),
    )
    return Collapsed(graph=left, stands_for=MappingProxyType({key: tuple(ids) for key, ids in accounts.items()}))


def _edges(
    graph: Graph, into: Mapping[str, str], gone: Mapping[str, str], accounts: dict[str, list[str]]
) -> tuple[Edge, ...]:
    """Return the edges that stay, and note what accounts for the others."""
    found: list[Edge] = []
    for edge in graph.edges:
        source, target = into.get(edge.source, edge.source), into.get(edge.target, edge.target)
        if gone and edge.id in gone:
            accounts.setdefault(gone[edge.id], []).append(edge.id)
        elif source == target:
            accounts.setdefault(source, []).append(edge.id)
        elif source == edge.source and target == edge.target:
            found.append(edge)
        else:
            new = Edge(source=source, source_port=edge.source_port, target=target, target_port=edge.target_port)
            found.append(new)
            accounts.setdefault(new.id, []).append(edge.id)
    return tuple(found)


def _emptied(graph: Graph, into: Mapping[str, str]) -> dict[str, str]:
    """Return the scopes whose nodes have all gone, with what accounts for the first of them."""
    parents = {scope.id: scope.parent for scope in graph.scopes}
    held = scopes_around([node.scope for node in graph.nodes if node.id not in into], parents)
    taken: dict[str, str] = {}
    for node in graph.nodes:
        if node.id in into and node.scope not in held:
            for scope in scopes_around([node.scope], parents):
                taken.setdefault(scope, into[node.id])
    return {scope: keeper for scope, keeper in taken.items() if scope not in held}
