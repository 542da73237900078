"""Give each node its rank: links lead to higher ranks, the longest path is tight, the others are short.

All start as early as possible (the longest path to each), then groups of nodes move as long as that makes the links
shorter in sum. Network simplex (Gansner et al. 1993, "A technique for drawing directed graphs", §2.3) finds the least
sum always, but keeps a spanning tree with cut values for it, and takes several times the code. This local search gets
there too on all networks that were measured, and on random graphs of up to a dozen nodes, in a few sweeps. It is no
proof: of random graphs with 40 to 150 nodes it leaves a few in a hundred longer by one or two. Before, links that lead
back are found.
"""

from collections.abc import Mapping

from cutaway.layered.flat import ENTRY, EXIT, Border, Flat, PinKey
from cutaway.record import Record

_CLOSURE = 64  # nodes moved together at most: enough for the optimum on all real networks measured
_PASSES = 8


class _Bounds(Record, kw_only=False):
    """Which nodes cannot move, and the first and the last rank that the others may have."""

    fixed: list[bool]
    first: int
    last: int


def back_pins(flat: Flat) -> frozenset[PinKey]:
    """Return the pins whose link closes a cycle or a loop: all others can lead down.

    Links are followed depth first (Gansner et al. 1993, §2.1) from the sources on, in the order of the nodes.
    """
    if not [node for net in flat.nets for node, _ in net.pins if node <= net.source]:
        return frozenset()  # as networks are written down: sources before targets
    out = _links_out(flat)
    fed = [False] * len(flat.nodes)
    for net in flat.nets:
        for node, _ in net.pins:
            if node != net.source:
                fed[node] = True
    roots = sorted(range(len(flat.nodes)), key=lambda node: fed[node])
    state = [0] * len(flat.nodes)  # 0 unseen, 1 on the way, 2 done
    back: set[PinKey] = set()
    for root in roots:
        if state[root] == 0:
            _search(root, out, state, back)
    return frozenset(back)


def _links_out(flat: Flat) -> list[list[tuple[int, PinKey]]]:
    out: list[list[tuple[int, PinKey]]] = [[] for _ in flat.nodes]
    for index, net in enumerate(flat.nets):
        for number, (node, _) in enumerate(net.pins):
            out[net.source].append((node, (index, number)))
    return out


def _search(root: int, out: list[list[tuple[int, PinKey]]], state: list[int], back: set[PinKey]) -> None:
    state[root] = 1
    stack = [(root, iter(out[root]))]
    while stack:
        node, links = stack[-1]
        for target, key in links:
            if state[target] == 1:
                back.add(key)
            elif state[target] == 0:
                state[target] = 1
                stack.append((target, iter(out[target])))
                break
        else:
            state[node] = 2
            stack.pop()


def ranks(flat: Flat, back: frozenset[PinKey]) -> list[int]:
    """Return a rank for each node, from 0 on without holes; entries are alone in the first, exits in the last."""
    below, above = _linked(flat, back)
    borders = {node: box.border for node, box in enumerate(flat.nodes) if box.border is not None}
    order, rank = _earliest(below, above, borders)
    latest = _latest(order, above, max(rank, default=0))
    fixed = [one == two for one, two in zip(rank, latest, strict=True)]
    for node in borders:
        fixed[node] = True
    inner = [value for node, value in enumerate(rank) if node not in borders] if borders else rank
    bounds = _Bounds(fixed, min(inner, default=0), max(inner, default=0))
    _Tightening(below, above, rank, bounds).run(order)
    low = min(rank, default=0)
    return [value - low for value in rank] if low else rank


def _linked(flat: Flat, back: frozenset[PinKey]) -> tuple[list[list[int]], list[list[int]]]:
    """Return which nodes each node leads down to, and which lead down to it."""
    below: list[list[int]] = [[] for _ in flat.nodes]
    above: list[list[int]] = [[] for _ in flat.nodes]
    for index, net in enumerate(flat.nets):
        source = net.source
        targets = below[source]
        for number, (node, _) in enumerate(net.pins):
            if not back or (index, number) not in back:
                targets.append(node)
                above[node].append(source)
    return below, above


def _earliest(
    below: list[list[int]], above: list[list[int]], borders: Mapping[int, Border]
) -> tuple[list[int], list[int]]:
    """Return the nodes so that each comes before those below it (Kahn 1962), and the rank of each: the least."""
    rank = [1 if ENTRY in borders.values() else 0] * len(below)
    for node, border in borders.items():
        if border is ENTRY:
            rank[node] = 0
    waiting = [len(sources) for sources in above]
    order = [node for node, number in enumerate(waiting) if number == 0]
    for node in order:
        after = rank[node] + 1
        for target in below[node]:
            if rank[target] < after:  # noqa: PLR1730 - `max` doubles the time of the loop
                rank[target] = after
            waiting[target] -= 1
            if waiting[target] == 0:
                order.append(target)
    exits = [node for node, border in borders.items() if border is EXIT]
    if exits:
        inner = max((rank[node] for node in order if borders.get(node) is not EXIT), default=-1)
        for node in exits:
            rank[node] = inner + 1
    return order, rank


def _latest(order: list[int], above: list[list[int]], last: int) -> list[int]:
    rank = [last] * len(above)
    for node in reversed(order):
        before = rank[node] - 1
        for source in above[node]:
            if rank[source] > before:  # noqa: PLR1730 - as above
                rank[source] = before
    return rank


class _Tightening:
    """Move groups of nodes held together by tight links as long as that makes the links shorter in sum.

    A group is a node with all that it pushes ahead; a node on a longest path cannot move and stops the group. Moved by
    one rank, it makes the links that lead ahead of its nodes shorter and those from behind longer: what it gains is the
    sum of what its nodes gain, links within it count for both. So it starts with a node that gains by itself; where it
    gains nothing in all, nodes behind join it that lose nothing.
    """

    def __init__(self, below: list[list[int]], above: list[list[int]], rank: list[int], bounds: _Bounds) -> None:
        self._below = below
        self._above = above
        self._rank = rank
        self._bounds = bounds
        self._gain = [len(ahead) - len(behind) for ahead, behind in zip(below, above, strict=True)]

    def run(self, order: list[int]) -> None:
        """Sweep down and up until each in turn has been tried in vain."""
        fixed, gain = self._bounds.fixed, self._gain
        able = [node for node in order if gain[node] and not fixed[node]]
        down = [node for node in reversed(able) if gain[node] > 0]
        up = [node for node in able if gain[node] < 0]
        turns = [*[(node, 1) for node in down], *[(node, -1) for node in up]]
        vain = 0
        for node, way in turns * _PASSES:
            vain = 0 if self._move(node, way) else vain + 1
            if vain == len(turns):
                return

    def _move(self, node: int, way: int) -> bool:
        ahead = self._below if way == 1 else self._above
        group = self._pushed([node], set(), way)
        if not group or self._joined(group, way) <= 0:
            return False
        inside, rank = set(group), self._rank
        last = self._bounds.last if way == 1 else -self._bounds.first
        slack = last - max(rank[member] * way for member in group)
        for member in group:
            for other in ahead[member]:
                if other not in inside:
                    slack = min(slack, (rank[other] - rank[member]) * way - 1)
        for member in group:
            rank[member] += way * slack
        return slack > 0

    def _joined(self, group: list[int], way: int) -> int:
        """Return what a group gains; if that is nothing, after nodes behind have joined it that do not make it less."""
        gain, fixed, behind = self._gain, self._bounds.fixed, self._above if way == 1 else self._below
        total = sum([gain[member] for member in group]) * way
        if total > 0:
            return total
        inside = set(group)
        for member in group:
            for other in behind[member]:
                if gain[other] * way >= 0 and other not in inside and not fixed[other]:
                    more = self._pushed([other], inside, way)
                    extra = sum([gain[one] for one in more]) * way
                    if more and extra >= 0:
                        group += more
                        inside.update(more)
                        total += extra
        return total

    def _pushed(self, group: list[int], inside: set[int], way: int) -> list[int]:
        """Return a group grown by all that it pushes ahead and is not inside already; nothing if that is too much."""
        rank, fixed, ahead = self._rank, self._bounds.fixed, self._below if way == 1 else self._above
        if fixed[group[0]]:
            return []
        known = set(group)
        for member in group:
            limit = rank[member] + way
            for other in ahead[member]:
                if rank[other] != limit or other in known or other in inside:
                    continue
                if fixed[other] or len(group) >= _CLOSURE:
                    return []
                known.add(other)
                group.append(other)
        return group
