"""Route the nets of one channel: each gets a track for its level stretch, so that no two share a line.

A net has pins at the upper and at the lower side of the channel. Where a pin of one stands above a pin of another, the
first must use the higher track: the vertical constraints of channel routing (Yoshimura & Kuh 1982). A ring of such
demands is broken by giving one net two tracks (a dogleg: Deutsch 1976). What they leave open is settled by crossings,
not by left ends as in the left-edge algorithm (Hashimoto & Stevens 1971): a few tracks more for fewer crossings.
"""

from bisect import bisect_left
from collections.abc import Collection
from heapq import heapify, heappop, heappush
from itertools import pairwise

from cutaway.layered.passage import Course, Tracks, Wire

_NEAR = 2.0  # pins that are nearer than this must not pass each other; columns are put so far from pins
_HAIR = 1e-6  # what sums may lose
_APART = 6.0  # between the ends of two stretches on one track
_MANY = 80  # beyond this number of nets their order is not refined: it would take the square


def settled(parts: list[Wire], wires: list[Wire], straight: Collection[float]) -> Tracks:
    """Return tracks for those wires that need one, several `parts` of all; other pins there are `straight`."""
    columns: list[float] = []
    joined: dict[int, float] = {}
    while True:
        order, ring = _ordered(parts, joined)
        if not ring:
            break
        columns = columns or sorted({*straight, *(x for wire in wires for x in (*wire.tops, *wire.bottoms))})
        wire = min((parts[index] for index in ring), key=lambda wire: (wire.high - wire.low, wire.net))
        column = _free_column(columns, wire)
        columns.insert(bisect_left(columns, column), column)
        joined[wire.net] = column
        index = parts.index(wire)
        parts[index : index + 1] = [
            Wire(net=wire.net, tops=wire.tops, bottoms=(column,)),
            Wire(net=wire.net, tops=(column,), bottoms=wire.bottoms),
        ]
    return _settle([parts[index] for index in order], joined)


def _settle(parts: list[Wire], joined: dict[int, float]) -> Tracks:
    """Give each wire, from above, the highest track that is below all earlier ones it overlaps."""
    ends = [(wire.low, wire.high) for wire in parts]
    tracks = _tracks(ends)
    used: dict[int, list[tuple[int, float, float]]] = {}
    for wire, track, (low, high) in zip(parts, tracks, ends, strict=True):
        used.setdefault(wire.net, []).append((track, low, high))
    courses = {net: Course(spans[0][0], spans[-1][0], joined.get(net)) for net, spans in used.items()}
    return Tracks(courses, {net: tuple(spans) for net, spans in used.items()}, max(tracks, default=-1) + 1)


def _tracks(ends: list[tuple[float, float]]) -> list[int]:
    if len(ends) > _MANY:
        from cutaway.layered.stairs import Stairs  # rarely are there so many

        return Stairs(ends, _APART).tracks()
    tracks: list[int] = []
    for low, high in ends:
        track, first, last = 0, low - _APART, high + _APART
        for (start, end), other in zip(ends, tracks, strict=False):
            if other >= track and first < end and start < last:
                track = other + 1
        tracks.append(track)
    return tracks


def _ordered(parts: list[Wire], joined: dict[int, float]) -> tuple[list[int], list[int]]:
    """Return the wires from above, or those that cannot be ordered and may be parted."""
    below = _demands(parts)
    waiting = [0] * len(parts)
    for targets in below:
        for target in targets:
            waiting[target] += 1
    extra = _extras(parts)
    score = [sum(row) for row in extra]
    ready = [(score[index], index) for index in range(len(parts)) if waiting[index] == 0]
    heapify(ready)
    order: list[int] = []
    while ready:
        _, index = heappop(ready)
        order.append(index)
        for target in below[index]:
            waiting[target] -= 1
            if waiting[target] == 0:
                heappush(ready, (score[target], target))
    if len(order) == len(parts) <= _MANY and any(map(any, extra)):
        _refine(order, extra, below)
    done = set(order)
    ring = [
        index
        for index, wire in enumerate(parts)
        if index not in done and wire.net not in joined and wire.tops and wire.bottoms
    ]
    return order, ring


def _demands(parts: list[Wire]) -> list[list[int]]:
    """Return which wires must be below each wire."""
    pins = sorted((x, index) for index, wire in enumerate(parts) for x in wire.bottoms)
    below: list[list[int]] = []
    for index, wire in enumerate(parts):
        found: dict[int, None] = {}
        for x in wire.tops:
            at = bisect_left(pins, (x - _NEAR + _HAIR, -1))
            while at < len(pins) and pins[at][0] < x + _NEAR - _HAIR:
                other = pins[at][1]
                if parts[other].net != wire.net:
                    found[other] = None
                at += 1
        if index + 1 < len(parts) and parts[index + 1].net == wire.net:
            found[index + 1] = None  # its own lower part
        below.append(list(found))
    return below


def _extras(parts: list[Wire]) -> list[list[int]]:
    """Return for each wire how many crossings more it has above each other one than below it."""
    if len(parts) > _MANY:
        return [[] for _ in parts]
    extra = [[0] * len(parts) for _ in parts]
    ends = [(wire.low, wire.high) for wire in parts]
    for one, wire in enumerate(parts):
        low, high = ends[one]
        for two in range(one):
            start, end = ends[two]
            if low < end and start < high:
                other = parts[two]
                more = _within(wire.bottoms, start, end) + _within(other.tops, low, high)
                more -= _within(other.bottoms, low, high) + _within(wire.tops, start, end)
                extra[one][two] = more
                extra[two][one] = -more
    return extra


def _refine(order: list[int], extra: list[list[int]], below: list[list[int]]) -> None:
    """Move single wires up or down past others where that saves crossings and what must be below them stays there."""
    for one in order * 2:
        at = best = order.index(one)
        least = total = 0
        for to in range(at - 1, -1, -1):
            if one in below[order[to]]:
                break
            total += extra[one][order[to]]
            if total < least:
                best, least = to, total
        total = 0
        for to in range(at + 1, len(order)):
            if order[to] in below[one]:
                break
            total -= extra[one][order[to]]
            if total < least:
                best, least = to, total
        if best != at:
            order.insert(best, order.pop(at))


def _within(pins: tuple[float, ...], low: float, high: float) -> int:
    """Return how many pins are between two ends: so often are the two wires crossed if this side is in between."""
    return sum([low < x < high for x in pins])


def _free_column(columns: list[float], wire: Wire) -> float:
    """Return an x between the pins, within the wire if there is room."""
    gaps = [(two - one, one) for one, two in pairwise(columns)]
    inner = [(wide, one) for wide, one in gaps if one >= wire.low and one + wide <= wire.high]
    wide, one = max(inner, default=(0.0, 0.0))
    if wide < 2 * _NEAR:
        wide, one = max(gaps)
    if wide < 2 * _NEAR:
        return columns[-1] + 2 * _NEAR
    return one + wide / 2
