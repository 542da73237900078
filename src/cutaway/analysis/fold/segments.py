"""A block cut where one tensor is all that passes, so that its parts can be told one after the other."""

from collections.abc import Iterator, Sequence
from math import inf

from cutaway.analysis.fold.folded import Pattern
from cutaway.analysis.traverse import edges_by_ends, ordered
from cutaway.graph import Edge, PortRef
from cutaway.record import replace

Tensor = tuple[str, int] | int
"""A node and its port, or the number of a tensor from outside."""


def segments(pattern: Pattern) -> Iterator[Pattern]:
    """Give the parts of a block in the order of the flow; a block that cannot be cut is its only part."""
    order = ordered(pattern.graph)
    last = _last_uses(pattern, order)
    made: dict[str, list[Tensor]] = {}
    done: dict[float, list[Tensor]] = {}
    for tensor, use in last.items():
        done.setdefault(use, []).append(tensor)
        if isinstance(tensor, tuple):
            made.setdefault(tensor[0], []).append(tensor)
    waiting: set[Tensor] = {tensor for tensor in last if isinstance(tensor, int)}
    start, cutting = 0, Cutting(pattern)
    for place, node in enumerate(order):
        waiting.update(made.get(node, ()))
        waiting.difference_update(done.get(place, ()))
        if len(waiting) == 1 and waiting.issubset(made.get(node, ())):
            yield cutting.part(order[start : place + 1])
            start = place + 1
    if start < len(order):
        yield cutting.part(order[start:])


def part(pattern: Pattern, nodes: Sequence[str]) -> Pattern:
    """Return some of the nodes of a block as a block."""
    return Cutting(pattern).part(nodes)


def _last_uses(pattern: Pattern, order: Sequence[str]) -> dict[Tensor, float]:
    """Return the place of the last node that reads each tensor; what leaves the block is read behind all."""
    place = {node: number for number, node in enumerate(order)}
    last: dict[Tensor, float] = {}
    for edge in pattern.graph.edges:
        tensor = edge.source, edge.source_port
        last[tensor] = max(last.get(tensor, -1), place[edge.target])
    for entry, number in _entering(pattern):
        last[number] = max(last.get(number, -1), place[entry.node])
    return last | {(port.node, port.port): inf for port in pattern.exits}


def _entering(pattern: Pattern) -> list[tuple[PortRef, int]]:
    return list(zip(pattern.entries, pattern.fed or range(len(pattern.entries)), strict=True))


class Cutting:
    """A block of which parts are taken."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.nodes = {node.id: node for node in pattern.graph.nodes}
        self.entering: dict[str, list[tuple[PortRef, int]]] = {}
        for port, number in _entering(pattern):
            self.entering.setdefault(port.node, []).append((port, number))
        self.fed, self.feeds = edges_by_ends(pattern.graph)
        self.exits: dict[str, list[PortRef]] = {}
        for port in pattern.exits:
            self.exits.setdefault(port.node, []).append(port)

    def part(self, nodes: Sequence[str]) -> Pattern:
        """Return some of the nodes of a block as a block."""
        within = set(nodes)
        inner: list[Edge] = []
        fed: list[tuple[PortRef, Tensor]] = []
        leaving: dict[PortRef, None] = {}
        for node in nodes:
            fed += self.entering.get(node, ())
            for edge in self.fed.get(node, ()):
                if edge.source in within:
                    inner.append(edge)
                else:
                    fed.append((PortRef(node, edge.target_port), (edge.source, edge.source_port)))
            leaving.update(dict.fromkeys(self.exits.get(node, ())))
            away = [edge for edge in self.feeds.get(node, ()) if edge.target not in within]
            leaving.update({PortRef(node, edge.source_port): None for edge in away})
        numbers: dict[Tensor, int] = {}
        kept = tuple([replace(self.nodes[node], scope=None) for node in nodes])
        return Pattern(
            graph=replace(self.pattern.graph, nodes=kept, edges=tuple(inner), scopes=(), inputs=()),
            entries=tuple([port for port, _ in fed]),
            exits=tuple(leaving),
            family=self.pattern.family,
            fed=tuple([numbers.setdefault(tensor, len(numbers)) for _, tensor in fed]),
        )
