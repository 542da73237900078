"""Route the nets of one channel: each gets a track for its level stretch, so that no two share a line.

A net has pins at the upper and at the lower side of the channel. Where a pin of one stands above a pin of another, the
first must use the higher track: the vertical constraints of channel routing (Yoshimura & Kuh 1982). A ring of such
demands is broken by giving one net two tracks (a dogleg: Deutsch 1976). What they leave open is settled by crossings,
not by left ends as in the left-edge algorithm (Hashimoto & Stevens 1971): a few tracks more for fewer crossings.
"""

from bisect import bisect_left
from itertools import pairwise

from cutaway.record import record

_NEAR = 2.0  # pins that are nearer than this must not pass each other
_APART = 6.0  # between the ends of two stretches on one track
_MANY = 80  # beyond this number of nets their order is not refined: it would take the square


@record
class Wire:
    """A net in a channel: the x of its pins at the upper and at the lower side."""

    net: int
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]

    @property
    def low(self) -> float:
        """The left end."""
        return min((*self.tops, *self.bottoms))

    @property
    def high(self) -> float:
        """The right end."""
        return max((*self.tops, *self.bottoms))


@record
class Course:
    """The tracks of a net, counted from above; with two of them, `column` joins them."""

    upper: int
    lower: int
    column: float | None = None


@record
class Tracks:
    """The courses of the nets that are not straight, their extents from left to right, and the number of tracks."""

    courses: dict[int, Course]
    spans: dict[int, tuple[tuple[int, float, float], ...]]
    count: int


def assign(wires: list[Wire]) -> Tracks:
    """Return tracks for all wires that need one."""
    if not wires:
        return Tracks(courses={}, spans={}, count=0)
    parts = [wire for wire in wires if wire.high - wire.low > 1e-6]
    columns = sorted({x for wire in wires for x in (*wire.tops, *wire.bottoms)})
    joined: dict[int, float] = {}
    while True:
        order, ring = _ordered(parts, joined)
        if not ring:
            break
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
    tracks: list[int] = []
    used: dict[int, list[tuple[int, float, float]]] = {}
    for index, wire in enumerate(parts):
        track = 0
        for earlier in range(index):
            other = parts[earlier]
            if wire.low < other.high + _APART and other.low < wire.high + _APART:
                track = max(track, tracks[earlier] + 1)
        tracks.append(track)
        used.setdefault(wire.net, []).append((track, wire.low, wire.high))
    courses = {
        net: Course(upper=spans[0][0], lower=spans[-1][0], column=joined.get(net)) for net, spans in used.items()
    }
    return Tracks(
        courses=courses, spans={net: tuple(spans) for net, spans in used.items()}, count=max(tracks, default=-1) + 1
    )


def _ordered(parts: list[Wire], joined: dict[int, float]) -> tuple[list[int], list[int]]:
    """Return the wires from above, or those that cannot be ordered and may be parted."""
    below = _demands(parts)
    waiting = [0] * len(parts)
    for targets in below:
        for target in targets:
            waiting[target] += 1
    score = _scores(parts)
    ready = [index for index in range(len(parts)) if waiting[index] == 0]
    order: list[int] = []
    while ready:
        index = min(ready, key=lambda index: (score[index], index))
        ready.remove(index)
        order.append(index)
        for target in below[index]:
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
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
            at = bisect_left(pins, (x - _NEAR, -1))
            while at < len(pins) and pins[at][0] < x + _NEAR:
                other = pins[at][1]
                if parts[other].net != wire.net:
                    found[other] = None
                at += 1
        if index + 1 < len(parts) and parts[index + 1].net == wire.net:
            found[index + 1] = None  # its own lower part
        below.append(list(found))
    return below


def _scores(parts: list[Wire]) -> list[int]:
    """Return for each wire how many crossings more it has above the others than below them."""
    score = [0] * len(parts)
    if len(parts) > _MANY:
        return score
    for one, wire in enumerate(parts):
        for two in range(one):
            other = parts[two]
            if wire.low < other.high and other.low < wire.high:
                balance = _crossed(wire, other) - _crossed(other, wire)
                score[one] += balance
                score[two] -= balance
    return score


def _crossed(upper: Wire, lower: Wire) -> int:
    """Return how often two wires cross if the first is above the second."""
    return sum(lower.low < x < lower.high for x in upper.bottoms) + sum(upper.low < x < upper.high for x in lower.tops)


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
