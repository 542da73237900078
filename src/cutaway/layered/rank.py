"""Give each node its rank: links lead to higher ranks, the longest path is tight, the others are short.

All start as early as possible (the longest path to each), then groups of nodes move as long as that makes the links
shorter in sum. Network simplex (Gansner et al. 1993, "A technique for drawing directed graphs", §2.3) finds the least
sum always, but keeps a spanning tree with cut values for it, and takes several times the code. This local search gets
there too on all networks that were measured, in a few sweeps over groups of bounded size.
"""

from cutaway.layered.flat import ENTRY, EXIT, Flat, PinKey
from cutaway.layered.topological import topological_order

_CLOSURE = 64  # nodes moved together at most: enough for the optimum on all real networks measured
_PASSES = 8


def ranks(flat: Flat, back: frozenset[PinKey]) -> list[int]:
    """Return a rank for each node, from 0 on without holes; entries are alone in the first, exits in the last."""
    count = len(flat.nodes)
    below: list[list[int]] = [[] for _ in range(count)]
    above: list[list[int]] = [[] for _ in range(count)]
    for index, net in enumerate(flat.nets):
        for number, pin in enumerate(net.pins):
            if (index, number) not in back:
                below[net.source].append(pin.node)
                above[pin.node].append(net.source)
    order = topological_order(below)
    rank = _earliest(flat, order, above)
    latest = _latest(order, below, max(rank, default=0))
    fixed = [rank[node] == latest[node] or flat.nodes[node].border is not None for node in range(count)]
    _Tightening(below, above, rank, fixed).run(order)
    low = min(rank, default=0)
    return [value - low for value in rank]


def _earliest(flat: Flat, order: list[int], above: list[list[int]]) -> list[int]:
    first = 1 if any(node.border is ENTRY for node in flat.nodes) else 0
    rank = [first] * len(flat.nodes)
    for node in order:
        if flat.nodes[node].border is ENTRY:
            rank[node] = 0
        elif above[node]:
            rank[node] = max(first, 1 + max(rank[source] for source in above[node]))
    exits = [node for node in order if flat.nodes[node].border is EXIT]
    if exits:
        inner = max((rank[node] for node in order if flat.nodes[node].border is not EXIT), default=-1)
        for node in exits:
            rank[node] = inner + 1
    return rank


def _latest(order: list[int], below: list[list[int]], last: int) -> list[int]:
    rank = [last] * len(below)
    for node in reversed(order):
        if below[node]:
            rank[node] = min(rank[target] for target in below[node]) - 1
    return rank


class _Tightening:
    """Move groups of nodes held together by tight links as long as that makes the links shorter in sum.

    A group is a node with all that it pushes ahead; a node on a longest path cannot move and stops the group.
    """

    def __init__(self, below: list[list[int]], above: list[list[int]], rank: list[int], fixed: list[bool]) -> None:
        self._below = below
        self._above = above
        self._rank = rank
        self._fixed = fixed

    def run(self, order: list[int]) -> None:
        """Sweep down and up until nothing moves."""
        free = [node for node in order if not self._fixed[node]]
        for _ in range(_PASSES):
            moved = False
            for node in reversed(free):
                moved |= self._move(node, 1)
            for node in free:
                moved |= self._move(node, -1)
            if not moved:
                return

    def _move(self, node: int, way: int) -> bool:
        ahead, behind = (self._below, self._above) if way == 1 else (self._above, self._below)
        group = self._pushed(node, way, ahead)
        if group is None:
            return False
        inside = set(group)
        slack: int | None = None
        gain = 0
        for member in group:
            for other in ahead[member]:
                if other not in inside:
                    gain += 1
                    room = (self._rank[other] - self._rank[member]) * way - 1
                    slack = room if slack is None else min(slack, room)
            gain -= sum(1 for other in behind[member] if other not in inside)
        if gain <= 0 or not slack:
            return False
        for member in group:
            self._rank[member] += way * slack
        return True

    def _pushed(self, node: int, way: int, ahead: list[list[int]]) -> list[int] | None:
        group = [node]
        inside = {node}
        for member in group:
            if not ahead[member]:
                return None
            for other in ahead[member]:
                if other in inside or (self._rank[other] - self._rank[member]) * way > 1:
                    continue
                if self._fixed[other] or len(group) >= _CLOSURE:
                    return None
                inside.add(other)
                group.append(other)
        return group
