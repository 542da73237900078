"""The crossings of a sheet by channel, kept up to date while its rows are reordered.

They are counted as inversions (Barth, Jünger & Mutzel 2002), with a sorted list in place of their tree: rows are short.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import groupby

from cutaway.layered.sheet import Neighbour, Sheet

Ends = list[tuple[int, float]]
"""Items at the other ends of hops, and how their ports lean there."""

_MOST = 3  # pins that a lane counts for at most: more would change nothing, but cost
_FEW = 16  # pairs that are quicker compared one by one than looked up
_BASE = 100_000  # steps of work that any sheet may take: about 50 ms
_EACH = 100  # and those more for each of its items


def tangled(sheet: Sheet) -> bool:
    """Tell whether any hops cross."""
    position = sheet.position
    for items, lower in zip(sheet.rows, sheet.rows[1:], strict=False):
        if len(items) < 2 and len(lower) < 2:
            continue
        last = -1.0
        for item in items:
            for port in _by_port(sheet.down[item]):
                ends = [position[neighbour.item] + neighbour.there for neighbour in port]
                if min(ends) < last:
                    return True
                last = max(last, *ends)
    return False


class Tangle:
    """A sheet while its rows are reordered: `counts` holds the crossings below each row, `work` the steps taken.

    A hop counts for each pin that it leads to, so that a lane with several consumers crosses as often as they would.
    `ways` is a memory of those who search: in how many steps they did, and what they found.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.position = sheet.position
        served = _served(sheet)
        self.ups: list[Ends] = [_ends(neighbours, served) for neighbours in sheet.up]
        self.downs: list[Ends] = [_ends(neighbours, served) for neighbours in sheet.down]
        self._bundles = [
            [ends] if len(ends) == 1 else [_ends(port, served) for port in _by_port(neighbours)]
            for ends, neighbours in zip(self.downs, sheet.down, strict=True)
        ]
        self.work = 0
        self.budget = _BASE + _EACH * len(sheet.row)
        self.counts = [self._count(row) for row in range(len(sheet.rows))]
        self.ways: dict[object, tuple[int, list[int]]] = {}
        self._moves = 0
        self._moved = [0] * len(sheet.rows)
        self._tried: dict[tuple[int, int], int] = {}

    @property
    def total(self) -> int:
        """How many pairs cross."""
        return sum(self.counts)

    @property
    def spent(self) -> bool:
        """Whether the budget is used up. It is counted in work, not in seconds, so that results stay the same."""
        return self.work > self.budget

    def between(self, first: int, last: int) -> int:
        """Return the crossings at some rows: those above the first one included, and those below the last one."""
        return sum(self.counts[max(0, first - 1) : last + 1])

    def put(self, row: int, items: Sequence[int]) -> None:
        """Change the order of a row."""
        self.rows[row][:] = items
        position = self.position
        for place, item in enumerate(items):
            position[item] = place

    def recount(self, rows: Sequence[int]) -> None:
        """Count again at rows that were changed."""
        self._moves += 1
        for row in rows:
            self._moved[row] = self._moves
        for channel in dict.fromkeys(channel for row in rows for channel in (row - 1, row)):
            if channel >= 0:
                self.counts[channel] = self._count(channel)

    def hopeless(self, key: tuple[int, int], first: int, last: int) -> bool:
        """Tell whether what was tried under a key would find the same: none of these rows or beside them has moved."""
        tried = self._tried.get(key, -1)
        return tried >= 0 and max(self._moved[max(0, first - 1) : last + 2]) <= tried

    def tried(self, key: tuple[int, int]) -> None:
        """Remember under a key that something was tried on the rows as they are now."""
        self._tried[key] = self._moves

    def crossing(self, row: int) -> set[int]:
        """Return the items at the ends of hops that cross others below a row."""
        position = self.position
        lower, downs = self.rows[row + 1], self.downs
        spans = [(upper, [position[end] for end, _ in hops]) for upper in self.rows[row] if (hops := downs[upper])]
        found: set[int] = set()
        last = -1  # to which a hop of those before leads
        for upper, ends in spans:
            if min(ends) < last:
                found.update((upper, *[lower[end] for end in ends if end < last]))
            last = max(last, *ends)
        first = len(lower)  # to which a hop of those behind leads
        for upper, ends in reversed(spans):
            if max(ends) > first:
                found.update((upper, *[lower[end] for end in ends if end > first]))
            first = min(first, *ends)
        self.work += 2 * sum([len(ends) for _, ends in spans])
        return found

    def _count(self, row: int) -> int:
        rows, bundles = self.rows, self._bundles
        if row + 1 == len(rows) or (len(rows[row]) < 2 and len(rows[row + 1]) < 2):
            return 0
        self.work += 2 * len(rows[row])
        return _inversions(self.position, [bundle for item in rows[row] for bundle in bundles[item]])


def _served(sheet: Sheet) -> list[int]:
    """Return how many pins each place of a lane leads to, up to the most that counts; 1 for nodes."""
    served = [0] * len(sheet.row)
    for hop in sheet.entered.values():
        item = hop.start
        while item >= sheet.nodes and served[item] < _MOST:
            served[item] += 1
            item = sheet.reached[item].start
    return [max(1, number) for number in served]


def _ends(neighbours: Iterable[Neighbour], served: list[int]) -> Ends:
    """Return the other ends of hops, one for each pin that these lead to."""
    ends: Ends = []
    for each in neighbours:
        many = 1 if each.hop.pin >= 0 else served[each.hop.end]
        if many == 1:
            ends.append((each.item, each.there))
        else:
            ends += [(each.item, each.there)] * many
    return ends


def _by_port(neighbours: list[Neighbour]) -> list[list[Neighbour]]:
    """Return the hops that leave an item by the ports where they do so, from left to right."""
    if len({neighbour.here for neighbour in neighbours}) < 2:
        return [neighbours] if neighbours else []
    by_port = groupby(sorted(neighbours, key=lambda neighbour: neighbour.here), key=lambda neighbour: neighbour.here)
    return [list(port) for _, port in by_port]


def disorder(left: Sequence[float], right: Sequence[float]) -> int:
    """Return how many pairs of these ends are in the wrong order, less those in the right one; `right` is sorted."""
    if len(left) * len(right) <= _FEW:
        number = 0
        for one in left:
            for two in right:
                number += (one > two) - (one < two)
        return number
    return sum([bisect_left(right, one) + bisect_right(right, one) - len(right) for one in left])


def _inversions(position: list[int], bundles: Iterable[Ends]) -> int:
    """Return how many pairs of ends are not in the order in which their bundles come."""
    seen: list[float] = []
    number = 0
    for bundle in bundles:
        if len(bundle) == 1:
            ((item, there),) = bundle
            end = position[item] + there
            if seen and end < seen[-1]:
                place = bisect_right(seen, end)
                number += len(seen) - place
                seen.insert(place, end)
            else:
                seen.append(end)
            continue
        ends = [position[item] + there for item, there in bundle]
        for end in ends:
            number += len(seen) - bisect_right(seen, end)
        for end in ends:
            insort(seen, end)
    return number
