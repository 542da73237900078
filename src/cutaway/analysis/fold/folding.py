"""A graph with boxes in place of what they stand for."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.collapse import close
from cutaway.analysis.fold.folded import Block, Folded, Forms, Pattern, Sharing
from cutaway.analysis.fold.naming import Identities, block_name
from cutaway.analysis.fold.plan import Box
from cutaway.analysis.repeat import Level, Repeats
from cutaway.graph import Graph, Kind, Node, Scope
from cutaway.record import replace

_WITHOUT = frozenset({Kind.ACTIVATION, Kind.POOLING, Kind.MERGE, Kind.RESHAPE, Kind.REGULARIZATION})
"""Kinds of layers that have no weights where nothing is known of them."""


def folded(repeats: Repeats, boxes: Sequence[tuple[str | None, Box]]) -> Folded:
    """Return a graph with each box closed to one node, or opened; a box without an id is given one."""
    making = _Folding(repeats)
    for identity, box in boxes:
        making.add(identity, box)
    return making.result()


class _Folding:
    """A folded graph while it is made."""

    def __init__(self, repeats: Repeats) -> None:
        self.repeats = repeats
        self.known = known = repeats.known
        self.forms = Forms(repeats)
        self.taken = Identities((*known.nodes, *known.scopes))
        self.places: dict[int, int] = {}
        self.patterns: list[Pattern] = []
        self.blocks: dict[str, Block] = {}
        self.inside: dict[str, str] = {}
        self.scopes: list[Scope] = []
        self.open: dict[str, list[tuple[str, ...]]] = {}
        self.boxes: list[tuple[str, Box]] = []

    def add(self, identity: str | None, box: Box) -> None:
        """Fold one more box; those around it have been added before."""
        level = self.repeats.levels[box.scope]
        nodes = self.known.nodes
        instances = _instances(level, box)
        item = level.items[box.start]
        whole = self.known.scopes.get(item) if box.stop - box.start == 1 else None
        is_named = item in self.repeats.named and (box.run is None or box.run.period == 1)
        if is_named:
            name, identity = self.repeats.named[item], item
            self._scope(identity, name, level, box)
        elif whole is None:
            name = block_name([[nodes[node] for node in instance] for instance in instances])
            identity = identity or self._free(name if box.scope is None else f"{box.scope}/{name}")
            self._scope(identity, name, level, box)
        else:
            name, identity = whole.name, whole.id
        self.blocks[identity] = Block(
            id=identity,
            name=name,
            instances=instances,
            pattern=self._pattern(instances[0]),
            sharing=_sharing(instances, nodes) if box.run else "own weights",
            side_by_side=box.run is not None and box.run.side_by_side,
            is_open=box.open,
            is_named=is_named,
        )
        self.boxes.append((identity, box))

    def result(self) -> Folded:
        """Return the graph with all boxes folded."""
        if not self.blocks:
            return Folded(
                graph=self.known.graph,
                blocks={},
                patterns=(),
                stands_for={},
                original=self.known.graph,
                repeats=self.repeats,
            )
        graph, accounts = self._scoped(), Accounts(self.known.graph)
        for runs in self._nested():
            from cutaway.analysis.fold.opening import opened

            reduced = opened(graph, runs)
            graph = reduced.graph
            accounts.pass_on(reduced.accounts, graph)
        collapsed = close(graph, [block.id for block in self.blocks.values() if not block.is_open], self.inside)
        accounts.pass_on(collapsed.stands_for, collapsed.graph)
        return Folded(
            graph=_with_inputs(collapsed.graph),
            blocks=MappingProxyType(self.blocks),
            patterns=tuple(self.patterns),
            stands_for=accounts.of(collapsed.graph),
            original=self.known.graph,
            repeats=self.repeats,
            boxes=tuple(self.boxes),
        )

    def _scope(self, identity: str, name: str, level: Level, box: Box) -> None:
        """Put a new scope around the items of a box."""
        self.taken.add(identity)
        items = level.items[box.start : box.stop]
        plain: list[str] = []
        for item, leaves in zip(items, level.leaves[box.start : box.stop], strict=True):
            plain += leaves if item in self.repeats.named else (item,)
        parent = self.inside.get(plain[0], box.scope)
        self.inside.update(dict.fromkeys(plain, identity))
        self.scopes.append(Scope(id=identity, name=name, op="Block", parent=parent))
        if box.open and box.run is not None:
            period = box.run.period
            self.open[identity] = [
                tuple(each for item in items[first : first + period] for each in self._all(item))
                for first in range(0, len(items), period)
            ]

    def _nested(self) -> list[dict[str, list[tuple[str, ...]]]]:
        """Return the open runs, those around others first."""
        depth: dict[str, int] = {}
        parents = {scope.id: scope.parent for scope in self.scopes}
        for identity in self.open:  # in the order in which they were added, so that parents come first
            parent = parents[identity]
            while parent is not None and parent not in depth:
                parent = parents[parent] if parent in parents else self.inside.get(parent, self._around(parent))
            depth[identity] = 0 if parent is None else depth[parent] + 1
        found: list[dict[str, list[tuple[str, ...]]]] = [{} for _ in range(max(depth.values(), default=-1) + 1)]
        for identity, level in depth.items():
            found[level][identity] = self.open[identity]
        return found

    def _around(self, scope: str) -> str | None:
        return self.known.scopes[scope].parent

    def _all(self, item: str) -> tuple[str, ...]:
        """Return an item with all nodes and scopes in it, in canonical order, without the scopes of what is named."""
        found: list[str] = []
        waiting = [item]
        while waiting:
            found.append(waiting.pop())
            if found[-1] in self.repeats.levels:
                waiting += reversed(self.repeats.levels[found[-1]].items)
        return tuple([each for each in found if each not in self.repeats.named])

    def _pattern(self, nodes: Sequence[str]) -> int:
        form = self.forms.exact(nodes)
        if form not in self.places:
            self.places[form] = len(self.patterns)
            self.patterns.append(self.forms.pattern(nodes))
        return self.places[form]

    def _free(self, name: str) -> str:
        """Return an id that nothing has yet."""
        return self.taken.take(f"{name} block" if name in self.taken else name)

    def _scoped(self) -> Graph:
        """Return the graph with the new scopes around items; nodes that will not be drawn are left as they are."""
        graph, inside = self.known.graph, self.inside
        drawn = {node for node, block in inside.items() if self.blocks[block].is_open}
        nodes = [replace(node, scope=inside[node.id]) if node.id in drawn else node for node in graph.nodes]
        scopes = [replace(scope, parent=inside[scope.id]) if scope.id in inside else scope for scope in graph.scopes]
        return replace(graph, nodes=tuple(nodes), scopes=(*self.scopes, *scopes))


def _instances(level: Level, box: Box) -> tuple[tuple[str, ...], ...]:
    """Return the nodes of each block in a box, equal ones at equal places."""
    period = box.run.period if box.run else box.stop - box.start
    return tuple(
        tuple(leaf for leaves in level.leaves[first : first + period] for leaf in leaves)
        for first in range(box.start, box.stop, period)
    )


def _with_inputs(graph: Graph) -> Graph:
    """Return a graph in which a box of inputs is an input."""
    inputs = frozenset(graph.inputs)
    boxes = {node.id for node in graph.nodes if node.id in inputs and node.kind is not Kind.INPUT}
    if not boxes:
        return graph
    nodes = [replace(node, kind=Kind.INPUT) if node.id in boxes else node for node in graph.nodes]
    return replace(graph, nodes=tuple(nodes))


def _sharing(instances: Sequence[Sequence[str]], nodes: Mapping[str, Node]) -> Sharing:
    """Tell whether equal blocks share weights: by the keys of weights, or where these are unknown, by their layers.

    Those that have the same in other places than their likes share some.
    """
    told = [[_weights(nodes[each]) for each in instance] for instance in instances]
    if all(each == told[0] for each in told):
        return "same weights" if any(told[0]) else "no weights"
    held = [frozenset[str]().union(*each) for each in told]
    is_own = sum(map(len, held)) == len(frozenset[str]().union(*held))
    return "own weights" if is_own else "some weights shared"


def _weights(node: Node) -> frozenset[str]:
    if node.weights is None:
        return frozenset() if node.kind in _WITHOUT else frozenset({node.owner})
    return frozenset(weight.key for weight in node.weights)
