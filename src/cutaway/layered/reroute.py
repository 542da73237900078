"""Find for the items of a path those places in their rows at which it crosses least, all else being as it is.

Rows depend on each other only from one to the next, so dynamic programming over them finds the best of all ways at
once, where moving one item at a time would first have to make things worse. Global sifting (Bachmaier et al. 2010) too
moves items of several rows together, but as a block in one column.
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import add

from cutaway.layered.crossings import Ends, Tangle
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_Ends = tuple[tuple[int, ...], ...]

_Row = tuple[int, int, tuple[int, ...], tuple[int, ...], _Ends, _Ends]
"""A row from which an item of a path is taken: where it was, and how many hops lead to it from the row before.

Then come where its own hops from and to beside the path begin and end, and where those of the others do, by slot. As
these are compared with all that were seen before, they are plain tuples.
"""

LONG = 64  # items of a path that are rerouted at once

# What a way costs is one number: crossings, then by how many places it departs from the one before (of equal ways the
# nearest is best), then the slot in the row above from which it comes. So no row may have as many items as there are
# slots (`BROAD` in `sift.py`), and the departures of a path stay below one crossing.
_SLOTS = 1 << 7
_CROSSING = _SLOTS * _SLOTS * LONG
_NEVER = 1 << 60


def reroute(tangle: Tangle, path: list[int]) -> bool:
    """Move the items of a path, one in each of some consecutive rows; tell whether that saved crossings.

    The rows must hold less than 128 items each, and the path not more than `LONG`.
    """
    first, last = tangle.sheet.row[path[0]], tangle.sheet.row[path[-1]]
    key = path[0], path[-1]
    if tangle.hopeless(key, first, last):
        return False
    changed = _reroute(tangle, path, first, last)
    tangle.tried(key)
    return changed


def _reroute(tangle: Tangle, path: list[int], first: int, last: int) -> bool:
    counts = tangle.counts[max(0, first - 1) : last + 1]
    way = _Way(tangle, path)
    slots = way.best()
    way.put(slots)
    if slots == way.holes:
        return False
    tangle.recount(
        [row for row, slot, hole in zip(range(first, last + 1), slots, way.holes, strict=True) if slot != hole]
    )
    if tangle.between(first, last) < sum(counts):
        return True
    way.take()
    way.put(way.holes)
    tangle.counts[max(0, first - 1) : last + 1] = counts
    return False


class _Way:
    """The search for the best way of a path, which is taken out of its rows.

    A slot is the number of items that stand left of it in its row, `holes` are those where the items of the path were.
    """

    def __init__(self, tangle: Tangle, path: list[int]) -> None:
        self._tangle = tangle
        self._path = path
        self.holes = [tangle.position[item] for item in path]
        first = tangle.sheet.row[path[0]]
        self._rows = tangle.rows[first : first + len(path)]
        self.take()

    def take(self) -> None:
        """Take the path out of its rows."""
        position = self._tangle.position
        for item, items in zip(self._path, self._rows, strict=True):
            hole, position[item] = position[item], -1
            del items[hole]
            for place in range(hole, len(items)):
                position[items[place]] = place

    def put(self, slots: list[int]) -> None:
        """Put it back into them."""
        position = self._tangle.position
        for item, items, slot in zip(self._path, self._rows, slots, strict=True):
            items.insert(slot, item)
            for place in range(slot, len(items)):
                position[items[place]] = place

    def best(self) -> list[int]:
        """Return the best slot in each row; where all is linked as it was somewhere else, as there."""
        rows, tangle = tuple(map(self._row, self._path, self._rows, self.holes)), self._tangle
        found = tangle.ways.get(rows)
        if found is None:
            found = tangle.ways[rows] = sum(map(_work, rows, (None, *rows))), _best(rows)
        work, slots = found
        tangle.work += work
        return slots

    def _row(self, item: int, others: list[int], hole: int) -> _Row:
        position, ups, downs = self._tangle.position, self._tangle.ups, self._tangle.downs
        ins = [place for end, _ in ups[item] if (place := position[end]) >= 0]
        outs = [place for end, _ in downs[item] if (place := position[end]) >= 0]
        above = _beyond(position, ups, others) if ins else ()
        hops = len(ups[item]) - len(ins)
        return hole, hops, tuple(sorted(ins)), tuple(sorted(outs)), above, _beyond(position, downs, others)


def _beyond(position: list[int], near: list[Ends], items: list[int]) -> _Ends:
    """Return for each item the places of those linked to it that are not on the path."""
    found: list[tuple[int, ...]] = []
    for item in items:
        ends = near[item]
        if len(ends) == 1:  # as most have
            place = position[ends[0][0]]
            found.append((place,) if place >= 0 else ())
        else:
            found.append(tuple([place for end, _ in ends if (place := position[end]) >= 0]))
    return tuple(found)


def _work(row: _Row, upper: _Row | None) -> int:
    """Return in how many steps all slots of a row are looked at, from all of the one above."""
    _, _, ins, outs, above, below = row
    count, work = len(below), 0
    if ins:
        work += max(sum(map(len, above)), count * len(ins))
    if outs:
        work += max(sum(map(len, below)), count * len(outs))
    if upper is not None:
        ends = upper[5]
        work += (len(ends) + 1 + sum(map(len, ends))) * (count + 1)
    return work


def _best(rows: tuple[_Row, ...]) -> list[int]:
    """Return the best slot in each row."""
    holes = [row[0] for row in rows]
    beside = list(map(_beside, rows))
    bounds = [min(cost) // _CROSSING for cost in beside]
    least = sum(bounds)
    before = sum([cost[hole] // _CROSSING for cost, hole in zip(beside, holes, strict=True)])
    before += sum(map(_crossed, rows, rows[1:]))
    if before == least:
        return holes
    # What costs so much up to some row that, with the least of all rows to come, nothing is saved, leads to no better
    # way. What is found stays the same: all of the best way costs less.
    limit = (before - least + bounds[0]) * _CROSSING
    cost = _within(limit, beside[0])
    reached: list[list[int]] = []
    for upper, row, more, bound in zip(rows, rows[1:], beside[1:], bounds[1:], strict=False):
        limit += bound * _CROSSING
        above = _reached(upper, row, cost)
        cost = _within(limit, map(add, above, more))
        if min(cost) == _NEVER:
            return holes
        reached.append(above)
    slots = [cost.index(min(cost))]
    for above in reversed(reached):
        slots.append(above[slots[-1]] % _SLOTS)
    return slots[::-1]


def _within(limit: int, cost: "Iterable[int]") -> list[int]:
    return [value if value < limit else _NEVER for value in cost]


def _beside(row: _Row) -> list[int]:
    """Return for each slot in a row what the hops cost that lead from there to beside the path, and its distance.

    Where all crossings are meant, and not a difference, the same number lacks at each slot.
    """
    hole, _, ins, outs, above, below = row
    cost = [_SLOTS * abs(slot - hole) for slot in range(len(below) + 1)]
    for targets, others in ((ins, above), (outs, below)):
        if not targets:
            continue
        total, many = 0, len(targets)
        for slot, ends in enumerate(others, 1):
            for far in ends:
                total += bisect_left(targets, far) + bisect_right(targets, far) - many
            cost[slot] += total * _CROSSING
    return cost


def _crossed(upper: _Row, row: _Row) -> int:
    """Return what the hops between two items of a path cross, where these were."""
    (start, _, _, outs, _, others), (slot, hops, ins, *_) = upper, row
    number = sum([end >= slot for ends in others[:start] for end in ends])
    number += sum([end < slot for ends in others[start:] for end in ends])
    return hops * number + _apart(outs, ins, start, slot)


def _apart(outs: tuple[int, ...], ins: tuple[int, ...], start: int, slot: int) -> int:
    """Return how often the hops of two items to and from beside their path cross."""
    more, far = len(ins) - bisect_left(ins, start), len(outs) - bisect_left(outs, slot)
    return more * far + (len(ins) - more) * (len(outs) - far)


def _reached(upper: _Row, row: _Row, above: list[int]) -> list[int]:
    """Return the least cost at which each slot is reached, given the cost of those in the row above."""
    (_, _, _, outs, _, others), (_, hops, ins, _, _, below) = upper, row
    unit = hops * _CROSSING
    # What is crossed at a slot is the sum of these numbers up to there. At first all other hops begin at the right.
    passed = [0] * (len(below) + 1)
    for ends in others:
        for end in ends:
            passed[end + 1] += unit
    best: list[int] = []
    left = 0
    for start, value in enumerate(above):
        if start:
            for end in others[start - 1]:  # these begin at the left from now on
                left += unit
                passed[end + 1] -= 2 * unit
        if value >= _NEVER:
            continue
        passed[0] = left + value - value % _SLOTS + start
        ways: Iterable[int] = accumulate(passed)
        if outs and ins:
            ways = [cost + _CROSSING * _apart(outs, ins, start, slot) for slot, cost in enumerate(ways)]
        if best:  # noqa: SIM108 - too long for a line
            best = [way if way < old else old for way, old in zip(ways, best, strict=True)]  # noqa: FURB136 - quicker
        else:
            best = list(ways)
    return best
