"""Find for the items of a path those places in their rows at which it crosses least, all else being as it is.

Rows depend on each other only from one to the next, so dynamic programming over them finds the best of all ways at
once, where moving one item at a time would first have to make things worse. Global sifting (Bachmaier et al. 2010) too
moves items of several rows together, but as a block in one column.
"""

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from cutaway.layered.crossings import Ends, Tangle

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        """Return the best slot in each row."""
        beside = [self._beside(index) for index in range(len(self._path))]
        steps = [self._step(index) for index in range(1, len(self._path))]
        bounds = [min(cost) // _CROSSING for cost in beside]
        least, before = (
            sum(bounds),
            sum([cost[hole] for cost, hole in zip(beside, self.holes, strict=True)]) // _CROSSING,
        )
        before += sum(map(_Step.crossed, steps, self.holes, self.holes[1:]))
        if before == least:
            return self.holes
        # Where a single slot costs as much more as all together might save, no better way leads through.
        for cost, bound in zip(beside, bounds, strict=True):
            most = (bound + before - least) * _CROSSING
            cost[:] = [value if value < most else _NEVER for value in cost]
        cost = beside[0]
        choices: list[list[int]] = []
        for step, more in zip(steps, beside[1:], strict=True):
            reached = step.reached(cost)
            choices.append([value % _SLOTS for value in reached])
            cost = [one + two for one, two in zip(reached, more, strict=True)]
        if min(cost) // _CROSSING >= before:
            return self.holes
        slots = [cost.index(min(cost))]
        for choice in reversed(choices):
            slots.append(choice[slots[-1]])
        return slots[::-1]

    def _ends(self, ends: Ends) -> list[int]:
        """Return where those items stand that are not on the path."""
        position = self._tangle.position
        return [place for item, _ in ends if (place := position[item]) >= 0]

    def _beside(self, index: int) -> list[int]:
        """Return for each slot in a row what the hops cost that lead from there to beside the path, and its distance.

        Where all crossings are meant, and not a difference, the same number lacks at each slot.
        """
        tangle, item, others = self._tangle, self._path[index], self._rows[index]
        position, hole = tangle.position, self.holes[index]
        cost = [_SLOTS * abs(slot - hole) for slot in range(len(others) + 1)]
        for ends in (tangle.ups, tangle.downs):
            targets = sorted(self._ends(ends[item]))
            if not targets:
                continue
            total = hops = 0
            for slot, other in enumerate(others, 1):
                for end, _ in ends[other]:
                    far = position[end]
                    if far >= 0:
                        hops += 1
                        total += bisect_left(targets, far) + bisect_right(targets, far) - len(targets)
                cost[slot] += total * _CROSSING
            tangle.work += max(hops, len(others) * len(targets))
        return cost

    def _step(self, index: int) -> "_Step":
        """Return the step to an item of the path from the one before."""
        upper, item, count = self._path[index - 1], self._path[index], len(self._rows[index])
        downs = self._tangle.downs
        hops = 1 if len(downs[upper]) == 1 else sum([end == item for end, _ in downs[upper]])
        lower = [self._ends(downs[other]) for other in self._rows[index - 1]]
        outs = self._ends(downs[upper])
        ins = self._ends(self._tangle.ups[item]) if outs else []
        self._tangle.work += (len(lower) + 1 + sum(map(len, lower))) * (count + 1)
        return _Step(hops, count, lower, (outs, ins) if ins else None)


class _Step:
    """What hops between two items of a path, in one row and the next, cross: by the slots where they begin and end.

    `lower` says where the hops end that begin left of each slot but the first. Those of the two items from and to
    beside the path, `outs` and `ins`, cross each other, too.
    """

    __slots__ = ("_aside", "_count", "_hops", "_lower")

    def __init__(
        self, hops: int, count: int, lower: list[list[int]], aside: tuple[list[int], list[int]] | None
    ) -> None:
        self._hops = hops
        self._count = count
        self._lower = lower
        self._aside = aside and (sorted(aside[0]), sorted(aside[1]))

    def crossed(self, start: int, slot: int) -> int:
        """Return what is crossed between two slots."""
        number = sum([end >= slot for ends in self._lower[:start] for end in ends])
        number += sum([end < slot for ends in self._lower[start:] for end in ends])
        return self._hops * number + (_apart(self._aside, start, slot) if self._aside else 0)

    def reached(self, above: list[int]) -> list[int]:
        """Return the least cost at which each slot is reached, given the cost of those in the row above."""
        unit = self._hops * _CROSSING
        # What is crossed at a slot is the sum of these numbers up to there. At first all other hops begin at the right.
        passed = [0] * (self._count + 1)
        for ends in self._lower:
            for end in ends:
                passed[end + 1] += unit
        best = [_NEVER] * (self._count + 1)
        for start, value in enumerate(above):
            if start:
                for end in self._lower[start - 1]:  # these begin at the left from now on
                    passed[0] += unit
                    passed[end + 1] -= 2 * unit
            if value >= _NEVER:
                continue
            base = value - value % _SLOTS + start
            ways: Iterable[int] = accumulate(passed)
            if self._aside:
                ways = [cost + _CROSSING * _apart(self._aside, start, slot) for slot, cost in enumerate(ways)]
            best = [way if (way := base + cost) < least else least for cost, least in zip(ways, best, strict=False)]
        return best


def _apart(aside: tuple[list[int], list[int]], start: int, slot: int) -> int:
    """Return how often the hops of two items to and from beside their path cross."""
    outs, ins = aside
    more, far = len(ins) - bisect_left(ins, start), len(outs) - bisect_left(outs, slot)
    return more * far + (len(ins) - more) * (len(outs) - far)
