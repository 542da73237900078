"""Which boxes to draw: runs, and where these are not enough, groups of neighbours, until the figure is small enough."""

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from cutaway.analysis.fold.cuts import Cut, Unit, cuts
from cutaway.analysis.repeat import Level, Run, levels, runs
from cutaway.analysis.traverse import Index
from cutaway.graph import Kind
from cutaway.record import record, replace

LARGEST: Final = 3
"""A box that is no repeat holds no more than one in so many of a model's layers."""


@record
class Box:
    """A part of a level's line that is drawn as one box: items from `start` to `stop`, a run or a group.

    An `open` one is a run of which one block is drawn, with the boxes in it.
    """

    scope: str | None
    start: int
    stop: int
    run: Run | None = None
    open: bool = False


class Plan:
    """The boxes of a graph, level by level from the outside."""

    def __init__(
        self, known: Index, found: Mapping[str | None, Level], repeats: Mapping[str | None, Sequence[Run]], most: int
    ) -> None:
        self.known = known
        self.levels = found
        self.runs = repeats
        self.alike: Mapping[str | None, Level] | None = None
        self.most = most
        self.largest = max(1, len(known.nodes) // LARGEST)
        self.keeps_inputs = len(known.graph.inputs) <= most // LARGEST
        self.least: dict[str | None, int] = {}
        for scope in (*reversed(known.below(None)), None):
            self.least[scope] = self._all(scope)

    def at_depth(self, depth: int) -> tuple[Box, ...]:
        """Return the runs as boxes, down to a depth of runs in runs; those around them are open."""
        found: list[Box] = []
        waiting: list[tuple[str | None, Sequence[Run], int, int, int]] = [
            (None, self.runs[None], 0, len(self.levels[None].items), 0)
        ]
        for scope, among, start, stop, above in waiting:  # grows while it is walked
            level = self.levels[scope]
            taken = {item for run in among for item in range(run.start, run.stop)}
            for run in among:
                found.append(Box(scope=scope, start=run.start, stop=run.stop, run=run, open=above < depth))
                if above < depth:
                    waiting.append((scope, run.within, run.start, run.start + run.period, above + 1))
            for item in range(start, stop):
                inner = level.items[item]
                if item not in taken and inner in self.levels:
                    waiting.append((inner, self.runs[inner], 0, len(self.levels[inner].items), above))
        return tuple(found)

    def fitting(self) -> tuple[Box, ...]:
        """Return boxes of which, with the nodes that are left, there are at most `most`."""
        found: list[Box] = []
        waiting: list[tuple[str | None, int]] = [(None, self.most)]
        for scope, room in waiting:
            level = self.levels[scope]
            opened = self._opened(level, room)
            found += self._grouped(level, opened, max(room - sum(opened.values()), 1))
            waiting += opened.items()
        return self._with_open(found)

    def _with_open(self, found: list[Box]) -> tuple[Box, ...]:
        """Return boxes, the only run among them open if there is room: one block needs no drawing of its own."""
        runs = [box for box in found if box.run]
        closed = sum(len(self.levels[box.scope].leaves[item]) for box in found for item in range(box.start, box.stop))
        drawn = len(self.known.nodes) - closed + len(found)
        if len(runs) != 1 or runs[0].run is None:
            return tuple(found)
        run = runs[0].run
        level = self.levels[run.scope]
        block = range(run.start, run.start + run.period)
        inner = [Box(scope=run.scope, start=each.start, stop=each.stop, run=each) for each in run.within]
        spared = sum(each.stop - each.start - 1 for each in run.within)
        if any(level.items[item] in self.levels for item in block) or drawn - 1 + run.period - spared > self.most:
            return tuple(found)
        return (*(replace(box, open=box.run is run) for box in found), *inner)

    def _all(self, scope: str | None) -> int:
        """Return how many boxes a scope takes when all runs are folded and all scopes open."""
        level = self.levels[scope]
        count = 0
        for unit in self._units(level, frozenset()):
            item = level.items[unit.start]
            count += self.least[item] if unit.run is None and item in self.levels else 1
        return count

    def _units(self, level: Level, opened: frozenset[str | None]) -> list[Unit]:
        """Return the line of a level: its runs, and what lies between them."""
        units: list[Unit] = []
        place = 0
        for run in (*self.runs[level.scope], None):
            for item in range(place, len(level.items) if run is None else run.start):
                name = level.items[item]
                units.append(
                    Unit(
                        start=item,
                        stop=item + 1,
                        layers=len(level.leaves[item]),
                        fixed=name in opened or (self.keeps_inputs and self._is_input(name)),
                    )
                )
            if run is not None:
                layers = sum(len(level.leaves[item]) for item in range(run.start, run.stop))
                units.append(Unit(start=run.start, stop=run.stop, layers=layers, run=run))
                place = run.stop
        return units

    def _is_input(self, item: str) -> bool:
        return item in self.known.nodes and self.known.nodes[item].kind is Kind.INPUT

    def _opened(self, level: Level, room: int) -> dict[str | None, int]:
        """Return which scopes of a level are opened, and how many boxes each may take."""
        units = self._units(level, frozenset())
        inner = {
            level.items[unit.start]: unit.layers
            for unit in units
            if unit.run is None and level.items[unit.start] in self.levels
        }
        need = len(units)
        opened: dict[str | None, int] = {}
        for scope in sorted(inner, key=lambda each: (inner[each] <= self.largest, self.least[each])):
            more = self.least[scope] - 1
            if inner[scope] > self.largest or need + more <= room:
                opened[scope] = self.least[scope]
                need += more
        if need > room:
            opened = {scope: max(2, room * least // need) for scope, least in opened.items()}
        return opened

    def _grouped(self, level: Level, opened: Mapping[str | None, int], room: int) -> list[Box]:
        """Return the boxes of a level, as few as there is room for, opened scopes not counted."""
        units = self._units(level, frozenset(opened))
        line = _Grouping(units, self.largest)
        room += len(opened)
        if level.ordered and len(units) > room:
            has_runs = any(unit.run for unit in units)
            line.merge(cuts(self.known, level, units, self._wholes(level)), room, Cut.PART if has_runs else Cut.UNIT)
        return [
            Box(scope=level.scope, start=units[first].start, stop=units[last - 1].stop, run=units[first].run)
            if last - first == 1
            else Box(scope=level.scope, start=units[first].start, stop=units[last - 1].stop)
            for first, last in line.groups()
            if last - first > 1 or units[first].run or self._is_closed(level, units[first], opened)
        ]

    def _wholes(self, level: Level) -> list[tuple[int, int]]:
        """Return the parts of a level that are built as others next to them, though with other numbers: blocks too."""
        self.alike = self.alike or levels(self.known.graph, loose=True)
        found: list[tuple[int, int]] = []
        waiting = [(run, 0) for run in runs(self.alike[level.scope])]
        for run, offset in waiting:  # grows while it is walked
            block = range(run.start, run.start + run.period)
            inner = [each for each in run.within if _branches(level, range(each.start, each.stop))]
            if 2 * sum(each.stop - each.start for each in inner) > run.period:
                waiting += [(each, offset + number * run.period) for number in range(run.count) for each in inner]
            elif _branches(level, block):
                starts = range(run.start + offset, run.stop + offset, run.period)
                found += [(first, first + run.period) for first in starts]
        return found

    def _is_closed(self, level: Level, unit: Unit, opened: Mapping[str | None, int]) -> bool:
        item = level.items[unit.start]
        return item in self.levels and item not in opened


def _branches(level: Level, items: range) -> bool:
    """Tell whether tensors are merged in a part of a level."""
    return any(len({source for _, source, _ in level.feeds[item]}) > 1 for item in items)


class _Grouping:
    """A line of units while neighbours are merged: each group by its first unit."""

    def __init__(self, units: Sequence[Unit], largest: int) -> None:
        self.layers = [unit.layers for unit in units]
        self.largest = largest
        self.stop = list(range(1, len(units) + 1))
        self.first = list(range(len(units)))
        self.count = len(units)

    def merge(self, found: Sequence[Cut], room: int, at_once: Cut) -> None:
        """Give up cuts until there is room: those up to a kind `at_once`, then one by one, small groups first."""
        for kind in range(at_once, Cut.PART + 1):
            for place, cut in enumerate(found, 1):
                if cut <= kind:
                    self._give_up(place)
            if self.count <= room:
                return
        heap = [(cut, self._size(place), place) for place, cut in enumerate(found, 1) if cut < Cut.BORDER]
        heapify(heap)
        while heap and self.count > room:
            cut, size, place = heappop(heap)
            if self.first[place] != place:
                continue
            if size != self._size(place):
                heappush(heap, (cut, self._size(place), place))
            else:
                self._give_up(place)

    def groups(self) -> list[tuple[int, int]]:
        """Return the groups, each as its first unit and the one behind its last."""
        return [(place, self.stop[place]) for place in range(len(self.stop)) if self.first[place] == place]

    def _before(self, place: int) -> int:
        """Return the first unit of the group before the one that begins at `place`."""
        group = place - 1
        while self.first[group] != group:
            self.first[group] = self.first[self.first[group]]
            group = self.first[group]
        return group

    def _size(self, place: int) -> int:
        return self.layers[self._before(place)] + self.layers[place]

    def _give_up(self, place: int) -> None:
        """Merge the group that begins at a unit with the one before it, if that makes none too large."""
        if self.first[place] != place or self._size(place) > self.largest:
            return
        group = self._before(place)
        self.first[place] = group
        self.layers[group] += self.layers[place]
        self.stop[group] = self.stop[place]
        self.count -= 1
