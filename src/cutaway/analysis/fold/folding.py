"""A graph with boxes in place of what they stand for."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.collapse import close
from cutaway.analysis.fold.folded import Block, Folded, Pattern, Sharing
from cutaway.analysis.fold.forms import Forms
from cutaway.analysis.fold.naming import block_name
from cutaway.analysis.fold.plan import Box
from cutaway.analysis.fold.sharing import sharing
from cutaway.analysis.repeat import Level
from cutaway.analysis.traverse import Index
from cutaway.graph import Graph, Kind, Scope
from cutaway.record import replace


def folded(known: Index, levels: Mapping[str | None, Level], boxes: Sequence[Box]) -> Folded:
    """Return a graph with each box closed to one node."""
    taken = {*known.nodes, *known.scopes}
    forms = Forms(known)
    patterns: dict[int, int] = {}
    found: list[Pattern] = []
    blocks: dict[str, Block] = {}
    inside: dict[str, str] = {}
    scopes: list[Scope] = []
    for box in boxes:
        level = levels[box.scope]
        instances = _instances(level, box)
        whole = known.scopes.get(level.items[box.start]) if box.stop - box.start == 1 else None
        if whole is None:
            name = block_name([[known.nodes[node] for node in instance] for instance in instances])
            identity = _free(name if box.scope is None else f"{box.scope}/{name}", taken)
            taken.add(identity)
            inside.update((item, identity) for item in level.items[box.start : box.stop])
            scopes.append(Scope(id=identity, name=name, op="Block", parent=box.scope))
        else:
            name, identity = whole.name, whole.id
        form = forms.exact(instances[0])
        if form not in patterns:
            patterns[form] = len(found)
            found.append(forms.pattern(instances[0]))
        blocks[identity] = Block(
            id=identity,
            name=name,
            instances=instances,
            pattern=patterns[form],
            sharing=sharing(instances, known.nodes) if box.run else Sharing.OWN,
            side_by_side=box.run is not None and box.run.side_by_side,
        )
    collapsed = close(_scoped(known.graph, inside, scopes), list(blocks))
    return Folded(
        graph=_with_inputs(collapsed.graph),
        blocks=MappingProxyType(blocks),
        patterns=tuple(found),
        stands_for=collapsed.stands_for,
        original=known.graph,
    )


def _instances(level: Level, box: Box) -> tuple[tuple[str, ...], ...]:
    """Return the nodes of each block in a box, equal ones at equal places."""
    period = box.run.period if box.run else box.stop - box.start
    return tuple(
        tuple(leaf for leaves in level.leaves[first : first + period] for leaf in leaves)
        for first in range(box.start, box.stop, period)
    )


def _free(name: str, taken: Collection[str]) -> str:
    """Return an id that nothing has yet."""
    number = 1
    found = name = f"{name} block" if name in taken else name
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    return found


def _scoped(graph: Graph, inside: Mapping[str, str], scopes: Sequence[Scope]) -> Graph:
    """Return a graph with more scopes, and items moved into them."""
    return replace(
        graph,
        nodes=tuple(replace(node, scope=inside[node.id]) if node.id in inside else node for node in graph.nodes),
        scopes=(
            *scopes,
            *(replace(scope, parent=inside[scope.id]) if scope.id in inside else scope for scope in graph.scopes),
        ),
    )


def _with_inputs(graph: Graph) -> Graph:
    """Return a graph in which a box of inputs is an input."""
    inputs = frozenset(graph.inputs)
    return replace(
        graph,
        nodes=tuple(replace(node, kind=Kind.INPUT) if node.id in inputs else node for node in graph.nodes),
    )
