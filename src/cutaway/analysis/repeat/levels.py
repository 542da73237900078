"""The levels of a Graph, from the innermost scopes outwards, each in its canonical order.

That is one in which what belongs together stands together, whatever the file's order.
"""

from collections.abc import Mapping, Sequence

from cutaway.analysis.repeat.labels import OUTSIDE, Feed, ItemLabels, Key, Labels, Level, Use
from cutaway.analysis.traverse import Index, index
from cutaway.graph import Edge, Graph, Kind
from cutaway.record import replace

LEADING = frozenset({Kind.CONVOLUTION, Kind.DENSE, Kind.RECURRENT, Kind.ATTENTION, Kind.EMBEDDING})
"""The kinds of layers with which a block of a plain chain begins."""
_Ends = Sequence[Sequence[int]]
"""For each item, those that feed it (in the order of its ports), or those that it feeds."""


def levels(graph: Graph | Index, *, shapes: bool = False) -> Mapping[str | None, Level]:
    """Return the level of each scope of a sound graph, those inside of others first, under None that of the graph.

    With `shapes`, nodes are equal only where their tensors have equal shapes.
    """
    known = graph if isinstance(graph, Index) else index(graph)
    return _Levels(known, ItemLabels(known, Labels(shapes=shapes))).result()


def loosened(known: Index, found: Mapping[str | None, Level]) -> Mapping[str | None, Level]:
    """Return levels in which nodes are equal already if they do the same operation (see `Labels`)."""
    labels = ItemLabels(known, Labels(loose=True))
    made: dict[str | None, Level] = {}
    for scope, level in found.items():
        made[scope] = level
        if level.ordered:
            made[scope] = replace(level, labels=tuple(map(labels.of, level.items)))
        labels.tell(made[scope])
    return made


class _Levels:
    """Levels while they are found; `path` tells where each node lies within the item of the level reached last."""

    def __init__(self, known: Index, labels: ItemLabels) -> None:
        self.known = known
        self.labels = labels
        self.path: dict[str, Key] = dict.fromkeys(self.known.nodes, ())
        self.found: dict[str | None, Level] = {}
        self.within: dict[str | None, tuple[str | None, ...]] = {None: (None,)}
        for each in self.known.below(None):
            self.within[each] = (*self.within[self.known.scopes[each].parent], each)
        self.edges: dict[str | None, list[Edge]] = {scope: [] for scope in self.within}
        self.entering: dict[str | None, list[Edge]] = {scope: [] for scope in self.within}
        self.leaving: dict[str | None, dict[str, None]] = {scope: {} for scope in self.within}
        for edge in known.graph.edges:
            self._place(edge)
        for output in known.graph.outputs:
            for scope in self.within[self.known.nodes[output.node].scope]:
                self.leaving[scope][output.node] = None

    def _place(self, edge: Edge) -> None:
        """Put an edge where it belongs: to the innermost scope around it, and to those whose border it crosses."""
        nodes = self.known.nodes
        start, end = nodes[edge.source].scope, nodes[edge.target].scope
        if start == end:
            self.edges[start].append(edge)
            return
        source, target = self.within[start], self.within[end]
        same = 1
        while same < min(len(source), len(target)) and source[same] == target[same]:
            same += 1
        self.edges[source[same - 1]].append(edge)
        for scope in target[same:]:
            self.entering[scope].append(edge)
        for scope in source[same:]:
            self.leaving[scope][edge.source] = None

    def result(self) -> Mapping[str | None, Level]:
        for scope in (*reversed(self.known.below(None)), None):
            level = self._level(scope)
            self.found[scope] = level
            self.labels.tell(level)
            if scope is None:
                break
            for place, leaves in enumerate(level.leaves):
                for leaf in leaves:
                    self.path[leaf] = (place, *self.path[leaf])
        self._tangle()
        return self.found

    def _tangle(self) -> None:
        """Let no scope have an order in which or around which scopes wait for each other: paths lead back into it."""
        for scope in (None, *self.known.below(None)):
            for inner in self.known.children.get(scope, ()) if not self.found[scope].ordered else ():
                self.found[inner] = replace(self.found[inner], ordered=False)

    def _level(self, scope: str | None) -> Level:
        raw = (*self.known.members.get(scope, ()), *self.known.children.get(scope, ()))
        leaves = [self._leaves(item) for item in raw]
        number = {leaf: place for place, inside in enumerate(leaves) for leaf in inside}
        feeds: list[list[tuple[Key, int, Key]]] = [[] for _ in raw]
        for edge in self.edges[scope]:
            source = (number[edge.source], (*self.path[edge.source], edge.source_port))
            feeds[number[edge.target]].append(((*self.path[edge.target], edge.target_port), *source))
        for each in feeds:
            each.sort()
        sources = [[source for _, source, _ in each] for each in feeds]
        order = self._order(scope, raw, sources, number)
        at = {item: place for place, item in enumerate(order or range(len(raw)))}
        self._entries(scope, feeds, number)
        placed = tuple(
            [tuple(sorted([(key, at.get(source, source), port) for key, source, port in feeds[item]])) for item in at]
        )
        labels = [self.labels.of(raw[item]) for item in at]
        return Level(
            scope=scope,
            items=tuple([raw[item] for item in at]),
            labels=tuple(labels) if order is not None else tuple(range(-len(at), 0)),
            leads=tuple([self._leads(raw[item]) for item in at]),
            feeds=placed,
            uses=self._uses(scope, placed, at, number),
            leaves=tuple([leaves[item] for item in at]),
            ordered=order is not None,
        )

    def _leaves(self, item: str) -> tuple[str, ...]:
        if item not in self.found:
            return (item,)
        return tuple(leaf for inside in self.found[item].leaves for leaf in inside)

    def _order(
        self, scope: str | None, raw: Sequence[str], sources: list[list[int]], number: Mapping[str, int]
    ) -> list[int] | None:
        targets: list[list[int]] = [[] for _ in raw]
        for target, each in enumerate(sources):
            for source in each:
                targets[source].append(target)
        depth = depths(sources, targets)
        if depth is None:
            return None
        inputs = [place for place, item in enumerate(raw) if self._is_input(item)]
        if scope is None:
            ends = dict.fromkeys(number[output.node] for output in self.known.graph.outputs)
        else:
            ends = dict.fromkeys(sorted({number[leaf] for leaf in self.leaving[scope]}, key=lambda end: -depth[end]))
        return canonical(sources, depth, (*inputs, *shared_asides(targets, depth)), tuple(ends))

    def _is_input(self, item: str) -> bool:
        return item in self.known.nodes and self.known.nodes[item].kind is Kind.INPUT

    def _leads(self, item: str) -> bool:
        return item not in self.known.nodes or self.known.nodes[item].kind in LEADING

    def _entries(self, scope: str | None, feeds: list[list[Feed]], number: Mapping[str, int]) -> None:
        """Add the tensors from outside of a level, numbered from -1 downwards."""
        tensors: dict[tuple[str, int], int] = {}
        for edge in self.entering[scope]:
            tensor = tensors.setdefault((edge.source, edge.source_port), -1 - len(tensors))
            feeds[number[edge.target]].append(((*self.path[edge.target], edge.target_port), tensor, ()))

    def _uses(
        self,
        scope: str | None,
        feeds: Sequence[Sequence[Feed]],
        at: Mapping[int, int],
        number: Mapping[str, int],
    ) -> tuple[tuple[Use, ...], ...]:
        uses: list[list[Use]] = [[] for _ in feeds]
        for place, each in enumerate(feeds):
            for _, source, port in each:
                if source >= 0:
                    uses[source].append((port, place))
        for leaf in sorted(self.leaving[scope], key=number.__getitem__):
            uses[at[number[leaf]]].append(((), OUTSIDE))
        return tuple(map(tuple, uses))


def depths(sources: _Ends, targets: _Ends) -> list[int] | None:
    """Return the length of the longest path to each item, or None where they wait for each other in a circle."""
    waiting = [len(each) for each in sources]
    depth = [0] * len(sources)
    ready = [item for item, count in enumerate(waiting) if count == 0]
    for item in ready:  # grows while it is walked
        for target in targets[item]:
            depth[target] = max(depth[target], depth[item] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return depth if len(ready) == len(sources) else None


def canonical(sources: _Ends, depth: Sequence[int], firsts: Sequence[int], lasts: Sequence[int]) -> list[int]:
    """Return a topological order, found by a walk backwards from `firsts`, then from `lasts`, then from what is left.

    An item comes right after what only it needs, its deepest source first, so that a region with one entry and one exit
    is an unbroken run of items and equal regions are in equal order; file order and names decide only between sinks.
    """
    order: list[int] = []
    state = [0] * len(sources)  # 1: its sources are being placed, 2: placed
    for root in (*firsts, *lasts, *range(len(sources) - 1, -1, -1)):
        stack = [root]
        while stack:
            item = stack[-1]
            if state[item]:
                stack.pop()
                if state[item] == 1:
                    state[item] = 2
                    order.append(item)
                continue
            state[item] = 1
            nexts = [source for source in sources[item] if not state[source]]
            if len(nexts) > 1:  # the deepest last, first of its like
                nexts = sorted(dict.fromkeys(nexts), key=depth.__getitem__, reverse=True)[::-1]
            stack += nexts
    return order


def shared_asides(targets: _Ends, depth: Sequence[int]) -> list[int]:
    """Return the items that several others use, none of which waits for them: masks, positions, an encoder's output.

    Put first they stand before the blocks that use them, not in the first of these.
    """
    found = [
        item
        for item, uses in enumerate(targets)
        if len(uses) > 1 and len(set(uses)) > 1 and all(depth[use] > depth[item] + 1 for use in uses)
    ]
    return sorted(found, key=depth.__getitem__)
