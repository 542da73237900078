"""A Graph with some of its scopes closed, and what is hidden then."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from cutaway.graph import Graph
from cutaway.record import record


@record
class Collapsed:
    """A graph with closed scopes, and what was hidden.

    `stands_for` tells, by the id of a node or an edge of `graph`, which ids of the original it accounts for besides its
    own: a closed scope for the nodes, edges and scopes in it, an edge at its border for the edges that it replaces.
    """

    graph: Graph
    stands_for: Mapping[str, tuple[str, ...]]


def collapse(graph: Graph, depth: int | None) -> Collapsed:
    """Return the graph with scopes open down to `depth` levels and closed below; 0 closes all, None none."""
    return close(graph, scopes_at(graph, depth))


def scopes_at(graph: Graph, depth: int | None) -> tuple[str, ...]:
    """Return the scopes that lie in as many others; none for None."""
    if depth is None or not graph.scopes:
        return ()
    from cutaway.analysis.traverse import index

    known = index(graph)
    return tuple([scope.id for scope in graph.scopes if len(known.enclosing(scope.id)) == depth])


def close(graph: Graph, scopes: Collection[str]) -> Collapsed:
    """Return the graph with each of `scopes` as one node of the scope's id and ports, edges attached to these.

    Edges that end at one port and come from one port become one. A flow over the border that the scope's ports do not
    name gets a port of its own, so none is lost. A scope within a closed one goes with it.
    """
    if not scopes:
        return Collapsed(graph=graph, stands_for=MappingProxyType({}))
    from cutaway.analysis.closing import closed

    graph, stands_for = closed(graph, frozenset(scopes))
    return Collapsed(graph=graph, stands_for=stands_for)
