"""An index over a Graph: what lies where."""

from collections.abc import Iterable, Mapping

from cutaway.graph import Edge, Graph, Node, Scope
from cutaway.record import record


@record
class Index:
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


def index(graph: Graph) -> Index:
    """Return the index of a graph. A broken graph has one too: scopes may lie in each other, or nowhere."""
    members: dict[str | None, list[str]] = {None: []}
    children: dict[str | None, list[str]] = {None: []}
    for node in graph.nodes:
        members.setdefault(node.scope, []).append(node.id)
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
