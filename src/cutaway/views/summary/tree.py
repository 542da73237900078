"""The rows of a summary: nested models before what is in them, each as deep as it lies."""

from collections.abc import Iterator, Mapping

from cutaway.graph import Graph, Node, Scope
from cutaway.record import Record


class Entry(Record):
    """What one row tells: a node, or the scope of a nested model, whose own entries follow it if it `is_open`.

    `name` is unique among the entries of one parent: the end of the id, such as `dense#2` for a second call.
    """

    id: str
    name: str
    depth: int = 0
    parent: str | None = None
    node: Node | None = None
    scope: Scope | None = None
    is_open: bool = False


class Tree(Record):
    """The entries in order, and, of what closed scopes hide, by id, which of them stands for it."""

    entries: tuple[Entry, ...]
    hidden: Mapping[str, str]

    def visible(self, identity: str) -> str:
        """Return the id of the entry that a node or scope is, or is hidden in."""
        return self.hidden.get(identity, identity)


def tree(graph: Graph, depth: int | None) -> Tree:
    """Return the nodes and scopes of a graph in the graph's order, scopes open down to `depth` levels (None: all)."""
    inside = _contents(graph)
    nodes, scopes = {node.id: node for node in graph.nodes}, {scope.id: scope for scope in graph.scopes}
    entries: list[Entry] = []
    hidden: dict[str, str] = {}
    stack = [(item, 0) for item in reversed(inside[None])]
    while stack:
        item, level = stack.pop()
        node, scope = nodes.get(item), scopes.get(item)
        parent = node.scope if node is not None else scope.parent if scope is not None else None
        is_open = scope is not None and (depth is None or level < depth)
        name = item.removeprefix(f"{parent}/") if parent is not None else item
        entries.append(Entry(id=item, name=name, depth=level, parent=parent, node=node, scope=scope, is_open=is_open))
        if is_open:
            stack += [(each, level + 1) for each in reversed(inside.get(item, ()))]
        elif scope is not None:
            hidden.update((each, item) for each in _below(inside, item))
    return Tree(entries=tuple(entries), hidden=hidden)


def _contents(graph: Graph) -> Mapping[str | None, list[str]]:
    """Return the nodes and scopes that lie directly in each scope, in the order of the first node in them."""
    parents = {scope.id: scope.parent for scope in graph.scopes}
    found: dict[str | None, list[str]] = {None: []}
    placed: set[str] = set()
    for start, around in [*((node.id, node.scope) for node in graph.nodes), *parents.items()]:
        item, parent = start, around
        while item not in placed:
            placed.add(item)
            found.setdefault(parent, []).append(item)
            if parent is None:
                break
            item, parent = parent, parents.get(parent)
    return found


def _below(inside: Mapping[str | None, list[str]], scope: str) -> Iterator[str]:
    stack = [scope]
    while stack:
        for item in inside.get(stack.pop(), ()):
            yield item
            stack.append(item)
