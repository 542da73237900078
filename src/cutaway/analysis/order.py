"""The order in which data flows through a Graph."""

from collections.abc import Iterable, Mapping

from cutaway.graph import Edge, Graph


def ordered(graph: Graph) -> tuple[str, ...]:
    """Return the nodes in a topological order, ties in the graph's; those on a cycle, or behind one, are missing.

    It is the graph's own order wherever that is one, as it is in most files.
    """
    place = {node.id: position for position, node in enumerate(graph.nodes)}
    known = [edge for edge in graph.edges if edge.source in place and edge.target in place]
    if len(place) == len(graph.nodes) and all(place[edge.source] < place[edge.target] for edge in known):
        return tuple(place)
    return _sorted(graph, place, known)


def _sorted(graph: Graph, place: Mapping[str, int], edges: Iterable[Edge]) -> tuple[str, ...]:
    """Return a topological order, always taking the ready node that comes first in the graph (Kahn 1962)."""
    from heapq import heappop, heappush

    outgoing: dict[str, list[Edge]] = {node: [] for node in place}
    waiting = dict.fromkeys(place, 0)
    for edge in edges:
        outgoing[edge.source].append(edge)
        waiting[edge.target] += 1
    ready = [place[node] for node, count in waiting.items() if count == 0]  # ascending, so already a heap
    order: list[str] = []
    while ready:
        node = graph.nodes[heappop(ready)].id
        order.append(node)
        for edge in outgoing[node]:
            waiting[edge.target] -= 1
            if waiting[edge.target] == 0:
                heappush(ready, place[edge.target])
    return tuple(order)


def circle(graph: Graph, order: Iterable[str], most: int = 6) -> tuple[str, ...]:
    """Return nodes along one circle, the first one again at the end, "…" in place of those beyond `most`.

    `order` is what `ordered` returns where it lacks nodes: each of those waits for another of them.
    """
    done = set(order)
    before = {edge.target: edge.source for edge in graph.edges if not {edge.source, edge.target} & done}
    node = next(node.id for node in graph.nodes if node.id not in done)
    trail: dict[str, None] = {}
    while node not in trail:
        trail[node] = None
        node = before[node]
    found = [*trail][[*trail].index(node) :][::-1]
    found = [found[-1], *found]
    return tuple(found) if len(found) <= most else (*found[: most - 1], "…", found[-1])
