"""Regions that a caller draws around nodes: further scopes of a Graph, in the tree of those that it has."""

from collections.abc import Collection, Iterator, Mapping

from cutaway.analysis.traverse import Index, index
from cutaway.errors import InputError
from cutaway.graph import Graph, Scope
from cutaway.record import Record, replace
from cutaway.typed import NoReturn

_FEW = 4


class Regions(Record):
    """A graph with further scopes, and by their ids what lies in each directly around: nodes, and scopes as a whole."""

    graph: Graph
    members: Mapping[str, tuple[str, ...]]


def surround(graph: Graph, captions: Mapping[str, Collection[str]]) -> Regions:
    """Return the graph with a region around each of the groups of nodes, by their captions.

    Larger groups surround smaller ones. Raises InputError for a group that no region can hold: one that is not
    connected, cuts through a nested model or another group, or that data leaves and enters again.
    """
    members: dict[str, tuple[str, ...]] = {}
    taken = {node.id for node in graph.nodes} | {scope.id for scope in graph.scopes}
    before: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    after: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        after[edge.source].append(edge.target)
        before[edge.target].append(edge.source)
    for caption, chosen in sorted(captions.items(), key=lambda item: -len(item[1])):
        if not chosen:
            continue
        _require_connected(caption, chosen, before, after)
        known = index(graph)
        parent, inside = _siblings(caption, known, frozenset(chosen))
        key = f"/{caption}"  # ids are paths of names, so none begins like this that is not odd
        while key in taken:
            key = f"/{key}"
        taken.add(key)
        members[key] = inside
        here = frozenset(inside)
        graph = replace(
            graph,
            nodes=tuple([replace(node, scope=key) if node.id in here else node for node in graph.nodes]),
            scopes=tuple(_with_region(graph, here, Scope(id=key, name=caption, op="", parent=parent))),
        )
    return Regions(graph=graph, members=members)


def without(graph: Graph, regions: Collection[str]) -> Graph:
    """Return the graph without some of its regions; what lies in them lies in what is around them."""
    parents = {scope.id: scope.parent for scope in graph.scopes}

    def left(scope: str | None) -> str | None:
        while scope is not None and scope in regions:
            scope = parents[scope]
        return scope

    return replace(
        graph,
        nodes=tuple([replace(node, scope=left(node.scope)) if node.scope in regions else node for node in graph.nodes]),
        scopes=tuple([replace(each, parent=left(each.parent)) for each in graph.scopes if each.id not in regions]),
    )


def _with_region(graph: Graph, inside: frozenset[str], region: Scope) -> Iterator[Scope]:
    """Give the scopes of a graph with a region among them, behind what it lies in and before what lies in it."""
    if region.parent is None:
        yield region
    for scope in graph.scopes:
        yield replace(scope, parent=region.id) if scope.id in inside else scope
        if scope.id == region.parent:
            yield region


def _siblings(caption: str, known: Index, chosen: frozenset[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return the innermost scope around all chosen nodes, and what lies in it directly and holds only such."""
    paths = [known.enclosing(node) for node in sorted(chosen)]
    depth = 0
    while all(len(path) > depth for path in paths) and len({path[depth] for path in paths}) == 1:
        depth += 1
    if depth and chosen.issuperset(known.inside(paths[0][depth - 1])):
        depth -= 1  # all of a scope: a region around it
    parent = paths[0][depth - 1] if depth else None
    inside = [node for node in known.members.get(parent, ()) if node in chosen]
    for scope in known.children.get(parent, ()):
        within = known.inside(scope)
        missing = [node for node in within if node not in chosen]
        if within and not missing:
            inside.append(scope)
        elif len(missing) < len(within):
            name = known.scopes[scope].name
            _refuse(caption, f"it holds a part of {name!r} only, not {_listed(missing)}; choose all of it, or none")
    return parent, tuple(inside)


def _require_connected(
    caption: str, chosen: Collection[str], before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> None:
    """Refuse a group that is not one piece, or that data leaves and enters again; all nodes are in their order."""
    wanted = set(chosen)
    near = {node: [each for each in (*before[node], *after[node]) if each in wanted] for node in wanted}
    first = next(node for node in after if node in wanted)
    reached = _reached([first], near)
    if len(reached) < len(wanted):
        apart = [node for node in after if node in wanted and node not in reached]
        passed = _reached(wanted, after) & _reached(wanted, before)
        between = [node for node in after if node in passed - wanted]
        also = f"choose what lies between too ({_listed(between)}), or " if between else ""
        why = f"a region is one piece, and no edge connects {_listed(apart)} with {first!r} inside of it"
        _refuse(caption, f"{why}; {also}give parts captions of their own")
    outside_after = _reached([each for node in wanted for each in after[node] if each not in wanted], after)
    outside_before = _reached([each for node in wanted for each in before[node] if each not in wanted], before)
    returning = (outside_after & outside_before) - wanted
    if returning:
        between = [node for node in after if node in returning]
        _refuse(caption, f"data leaves it and comes back through {_listed(between)}; choose these too")


def _reached(start: Collection[str], following: Mapping[str, Collection[str]]) -> set[str]:
    seen, waiting = set(start), list(start)
    while waiting:
        for each in following[waiting.pop()]:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return ", ".join(map(repr, names[:_FEW])) + more


def _refuse(caption: str, why: str) -> NoReturn:
    raise InputError(f"cannot draw the region {caption!r}: {why}")
