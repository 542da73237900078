"""Find for the items of a path those places in their rows at which it crosses least, all else being as it is.

Rows depend on each other only from one to the next, so dynamic programming over them finds the best of all ways at
once, where moving one item at a time would first have to make things worse. Global sifting (Bachmaier et al. 2010) too
moves items of several rows together, but as a block in one column.
"""

from bisect import bisect_left
from itertools import accumulate

from cutaway.layered.crossings import Ends, Tangle, disorder

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
    changed = _reroute(tangle, path, range(first, last + 1))
    tangle.tried(key)
    return changed


def _reroute(tangle: Tangle, path: list[int], rows: range) -> bool:
    first, last = rows[0], rows[-1]
    kept = [list(tangle.rows[row]) for row in rows]
    counts = tangle.counts[max(0, first - 1) : last + 1]
    way = _Way(tangle, path)
    slots = way.best()
    if slots != way.holes:
        for row, item, slot in zip(rows, path, slots, strict=True):
            items = list(tangle.rows[row])
            items.insert(slot, item)
            tangle.put(row, items)
        tangle.recount(rows)
        if tangle.between(first, last) < sum(counts):
            return True
    for row, items in zip(rows, kept, strict=True):
        tangle.put(row, items)
    tangle.counts[max(0, first - 1) : last + 1] = counts
    return False


class _Way:
    """The search for the best way of a path, which is taken out of its rows.

    A slot is the number of items that stand left of it in its row, `holes` are those where the items of the path were.
    """

    def __init__(self, tangle: Tangle, path: list[int]) -> None:
        self._tangle = tangle
        self._path = path
        self._cache = tangle.steps
        self.holes = [tangle.position[item] for item in path]
        first = tangle.sheet.row[path[0]]
        self._rows = tangle.rows[first : first + len(path)]
        for item, items in zip(path, self._rows, strict=True):
            items.remove(item)
            for place, other in enumerate(items):
                tangle.position[other] = place
            tangle.position[item] = -1

    def best(self) -> list[int]:
        """Return the best slot in each row."""
        cost = self._beside(0)
        choices: list[list[int]] = []
        for index in range(1, len(self._path)):
            reached = self._reached(index, cost)
            choices.append([value % _SLOTS for value in reached])
            cost = [one + two for one, two in zip(reached, self._beside(index), strict=True)]
        slot = cost.index(min(cost))
        slots = [slot]
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
        hole = self.holes[index]
        cost = [_SLOTS * abs(slot - hole) for slot in range(len(others) + 1)]
        for ends in (tangle.ups, tangle.downs):
            targets = sorted(self._ends(ends[item]))
            if not targets:
                continue
            total = hops = 0
            for slot, other in enumerate(others, 1):
                far = self._ends(ends[other])
                hops += len(far)
                total += disorder(far, targets)
                cost[slot] += total * _CROSSING
            tangle.work += max(hops, len(others) * len(targets))
        return cost

    def _reached(self, index: int, above: list[int]) -> list[int]:
        """Return the least cost at which each slot in a row is reached, given the cost of those in the row above."""
        upper, item, count = self._path[index - 1], self._path[index], len(self._rows[index])
        downs, position = self._tangle.downs, self._tangle.position
        lower = [[place for end, _ in downs[other] if (place := position[end]) >= 0] for other in self._rows[index - 1]]
        hops = 1 if len(downs[upper]) == 1 else sum(end == item for end, _ in downs[upper])
        steps = self._steps(count, hops * _CROSSING)
        passed = [0] * (count + 1)
        for ends in lower:
            for end in ends:
                passed[end + 1] += hops * _CROSSING
        line = list(accumulate(passed))  # what the hops between the path's own items cost, by slot, from one slot above
        # The hops of the path's own items from and to beside it cross each other: they cost a product.
        outs = sorted(self._ends(downs[upper]))
        ins = sorted(self._ends(self._tangle.ups[item])) if outs else []
        right = [len(outs) - bisect_left(outs, slot) for slot in range(count + 1)] if ins else []
        best = [_NEVER] * (count + 1)
        for start, value in enumerate(above):
            if start:
                for end in lower[start - 1]:
                    line = [cost + step for cost, step in zip(line, steps[end], strict=False)]
            base = value - value % _SLOTS + start
            ways = line
            if ins:
                more = len(ins) - bisect_left(ins, start)
                crossed = [more * far + (len(ins) - more) * (len(outs) - far) for far in right]
                ways = [cost + number * _CROSSING for cost, number in zip(line, crossed, strict=True)]
            best = [way if (way := base + cost) < least else least for cost, least in zip(ways, best, strict=False)]
        self._tangle.work += (len(above) + sum(map(len, lower))) * (count + 1)
        return best

    def _steps(self, count: int, unit: int) -> list[list[int]]:
        """Return by the end of a hop in a row what passing its start costs, by slot: more up to the end, else less."""
        steps = self._cache.get((count, unit))
        if steps is None:
            steps = self._cache[count, unit] = [[unit] * (end + 1) + [-unit] * (count - end) for end in range(count)]
        return steps
