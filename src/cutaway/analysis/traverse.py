"""An index over a Graph: what lies where, and the order in which data flows through it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cutaway.graph import Edge, Graph, Node, Scope
from cutaway.record import Record

_NOWHERE: Mapping[str, str] = MappingProxyType({})


class Index(Record):
    """Nodes and scopes by id, and what lies where, in the graph's own order.

    `members` are the nodes that lie directly in a scope, `children` the scopes that do; None is the whole graph.
    """

    graph: Graph
    nodes: Mapping[str, Node]
    scopes: Mapping[str, Scope]
    members: Mapping[str | None, tuple[str, ...]]
    children: Mapping[str | None, tuple[str, ...]]

    def enclosing(self, identity: str) -> tuple[str, ...]:
        """Return the scopes around a node or a scope, outermost first; the scope itself is not among them."""
        node = self.nodes.get(identity)
        scope = self.scopes[identity].parent if node is None else node.scope
        found: dict[str, None] = {}
        while scope is not None and scope in self.scopes and scope not in found:
            found[scope] = None
            scope = self.scopes[scope].parent
        return tuple(reversed(found))

    def inside(self, scope: str | None) -> tuple[str, ...]:
        """Return the nodes anywhere in a scope, those that lie directly in it first."""
        return tuple(node for each in (scope, *self.below(scope)) for node in self.members.get(each, ()))

    def below(self, scope: str | None) -> tuple[str, ...]:
        """Return the scopes anywhere in a scope, parents before children."""
        found: list[str] = []
        seen = {scope}
        stack = list(reversed(self.children.get(scope, ())))
        while stack:
            each = stack.pop()
            if each not in seen:
                seen.add(each)
                found.append(each)
                stack.extend(reversed(self.children.get(each, ())))
        return tuple(found)

    def inmost_first(self) -> tuple[str, ...]:
        """Return the scopes, those in a scope before it; of a broken graph without those that lie nowhere."""
        return tuple(reversed(self.below(None)))


def index(graph: Graph, inside: Mapping[str, str] = _NOWHERE) -> Index:
    """Return the index of a graph; `inside` are the scopes of nodes that lie elsewhere than they say.

    A broken graph has one too: scopes may lie in each other, or nowhere.
    """
    members: dict[str | None, list[str]] = {None: []}
    children: dict[str | None, list[str]] = {None: []}
    for node in graph.nodes:
        members.setdefault(inside.get(node.id, node.scope) if inside else node.scope, []).append(node.id)
    for scope in graph.scopes:
        children.setdefault(scope.parent, []).append(scope.id)
    return Index(
        graph=graph,
        nodes={node.id: node for node in graph.nodes},
        scopes={scope.id: scope for scope in graph.scopes},
        members={key: tuple(ids) for key, ids in members.items()},
        children={key: tuple(ids) for key, ids in children.items()},
    )


def edges_by_ends(graph: Graph) -> tuple[dict[str, list[Edge]], dict[str, list[Edge]]]:
    """Return the edges of a graph by the nodes that they lead into, and by those that they come out of."""
    into: dict[str, list[Edge]] = {}
    out_of: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        into.setdefault(edge.target, []).append(edge)
        out_of.setdefault(edge.source, []).append(edge)
    return into, out_of


def scopes_around(scopes: Iterable[str | None], parents: Mapping[str, str | None]) -> dict[str, None]:
    """Return some scopes and all around them, each once, those inside first; `parents` are those of all scopes."""
    found: dict[str, None] = {}
    for scope in scopes:
        each = scope
        while each is not None and each not in found:
            found[each] = None
            each = parents[each]
    return found


def ordered(graph: Graph) -> tuple[str, ...]:
    """Return the nodes in a topological order, ties in the graph's; those on a cycle, or behind one, are missing.

    It is the graph's own order wherever that is one, as it is in most files.
    """
    place = {node.id: position for position, node in enumerate(graph.nodes)}
    end = len(graph.nodes)
    back = [edge for edge in graph.edges if place.get(edge.source, -1) >= place.get(edge.target, end)]
    if len(place) == end and not back:
        return tuple(place)
    return _sorted(graph, place, [edge for edge in graph.edges if edge.source in place and edge.target in place])


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
