"""Which rows of a summary have the weights of an earlier one."""

from collections.abc import Mapping

from cutaway.graph import Graph
from cutaway.views.summary.tree import Tree


def shared(graph: Graph, whole: Tree) -> Mapping[str, str]:
    """Return, for each node and scope whose weights all occur before it, the id of what had them first.

    That is another call of the same layer or model where there is one, else the owner of the first weight. `whole` is
    the tree with all scopes open.
    """
    owners, keys = _owners(whole)
    around = {node.id: node.scope for node in graph.nodes} | {scope.id: scope.parent for scope in graph.scopes}
    firsts: dict[tuple[bool, frozenset[str]], list[str]] = {}
    found: dict[str, str] = {}
    for entry in whole.entries:
        own = frozenset(keys.get(entry.id, ()))
        if not own:
            continue
        if all(not _is_in(owners[key], entry.id, around) for key in own):
            twins = (each for each in firsts.get((entry.node is None, own), ()) if not _is_in(entry.id, each, around))
            found[entry.id] = next(twins, owners[next(iter(keys[entry.id]))])
        firsts.setdefault((entry.node is None, own), []).append(entry.id)
    return found


def _owners(whole: Tree) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, None]]]:
    """Return the first node of each weight, and the weights of each node and in each scope, by their keys."""
    owners: dict[str, str] = {}
    keys: dict[str, dict[str, None]] = {}
    parents = {entry.id: entry.parent for entry in whole.entries}
    for entry in whole.entries:
        for weight in entry.node.weights or () if entry.node is not None else ():
            owners.setdefault(weight.key, entry.id)
            holder: str | None = entry.id
            while holder is not None:
                keys.setdefault(holder, {})[weight.key] = None
                holder = parents.get(holder)
    return owners, keys


def _is_in(identity: str, scope: str, around: Mapping[str, str | None]) -> bool:
    """Tell whether a node or scope is `scope`, or lies in it."""
    item: str | None = identity
    while item is not None and item != scope:
        item = around.get(item)
    return item is not None
