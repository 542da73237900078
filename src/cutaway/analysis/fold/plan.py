"""Which boxes to draw: runs, and where these are not enough, groups of neighbours, until the figure is small enough."""

from collections import Counter
from collections.abc import Sequence

from cutaway.analysis.fold.cuts import Cut, Grouping, Unit, cuts
from cutaway.analysis.repeat import Level, Repeats, Run
from cutaway.graph import Kind
from cutaway.record import Record, replace

LARGEST = 3
"""A box that is no repeat holds no more than one in so many of a model's layers."""

_NEAR = 3
"""A first block may lack or have besides one in so many of the layers of those that repeat."""


class Box(Record):
    """A part of a level's line that is drawn as one box: items from `start` to `stop`, a run or a group.

    An `open` one is a run of which one block is drawn, with the boxes in it.
    """

    scope: str | None
    start: int
    stop: int
    run: Run | None = None
    open: bool = False


class _Line:
    """What stands on the line of a level, and what lies at the cuts between, once that is known."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.cuts: Sequence[int] = ()


class Plan:
    """The boxes of a graph, level by level from the outside."""

    def __init__(self, repeats: Repeats) -> None:
        self.repeats = repeats
        self.known = repeats.known
        self.levels = repeats.levels
        self.largest = max(1, len(self.known.nodes) // LARGEST)
        self.lines: dict[tuple[str | None, bool, tuple[str | None, ...]], _Line] = {}
        self.least: dict[str | None, int] = {}
        for scope, level in self.levels.items():
            self.least[scope] = 1 if scope in repeats.closed else self._all(level)

    def at_depth(self, depth: int) -> tuple[Box, ...]:
        """Return the runs as boxes, down to a depth of runs in runs; those around them are open."""
        found: list[Box] = []
        runs = self.repeats.runs
        waiting: list[tuple[str | None, Sequence[Run], int, int, int]] = [
            (None, runs(None), 0, len(self.levels[None].items), 0)
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
                if item not in taken and self.repeats.is_open(inner):
                    waiting.append((inner, runs(inner), 0, len(self.levels[inner].items), above))
        return tuple(found)

    def fitting(self, most: int) -> tuple[Box, ...]:
        """Return boxes of which, with the nodes that are left, there are at most `most`."""
        found = self._fitted(most, opens=True)
        if self._drawn(found) > most:
            found = self._fitted(most, opens=False)
        return self._with_open(found, most)

    def _fitted(self, most: int, *, opens: bool) -> list[Box]:
        """Return boxes, those that are no blocks opened where their own level has room, if `opens`."""
        found: list[Box] = []
        waiting: list[tuple[str | None, int]] = [(None, most)]
        keeps_inputs = len(self.known.graph.inputs) <= most // LARGEST
        for scope, room in waiting:
            level = self.levels[scope]
            opened = self._opened(level, room)
            line = self._line(level, tuple(opened), keeps_inputs=keeps_inputs)
            others = max(room - sum(opened.values()), 1)
            found += self._grouped(level, line, others + len(opened), opens=opens)
            waiting += opened.items()
        return found

    def _with_open(self, found: list[Box], most: int) -> tuple[Box, ...]:
        """Return boxes, the only run among them open if there is room: one block needs no drawing of its own."""
        runs = [box.run for box in found if box.run]
        if len(runs) != 1:
            return tuple(found)
        run = runs[0]
        level = self.levels[run.scope]
        block = range(run.start, run.start + run.period)
        inner = [Box(scope=run.scope, start=each.start, stop=each.stop, run=each) for each in run.within]
        spared = sum(each.stop - each.start - 1 for each in run.within)
        drawn = self._drawn(found) + run.period - 1 - spared
        if drawn > most or any(self.repeats.is_open(level.items[item]) for item in block):
            return tuple(found)
        return (*(replace(box, open=box.run is run) for box in found), *inner)

    def _drawn(self, found: Sequence[Box]) -> int:
        """Return how many boxes are drawn if some parts are."""
        count = len(found)
        boxed = {(box.scope, item) for box in found for item in range(box.start, box.stop)}
        waiting: list[str | None] = [None]
        for scope in waiting:  # grows while it is walked
            for place, item in enumerate(self.levels[scope].items):
                if (scope, place) in boxed:
                    continue
                if self.repeats.is_open(item):
                    waiting.append(item)
                else:
                    count += 1
        return count

    def _all(self, level: Level) -> int:
        """Return how many boxes a level takes when all runs are folded and all scopes open."""
        count = place = 0
        for run in (*self.repeats.runs(level.scope), None):
            items = level.items[place : len(level.items) if run is None else run.start]
            count += sum([self.least.get(item, 1) for item in items]) + (run is not None)
            place = run.stop if run is not None else place
        return count

    def _line(self, level: Level, opened: tuple[str | None, ...], *, keeps_inputs: bool) -> "_Line":
        """Return the line of a level, and remember it."""
        key = level.scope, keeps_inputs, opened
        if key not in self.lines:
            self.lines[key] = _Line(units=self._units(level, frozenset(opened), keeps_inputs=keeps_inputs))
        return self.lines[key]

    def _units(self, level: Level, opened: frozenset[str | None], *, keeps_inputs: bool) -> list[Unit]:
        """Return what stands on the line of a level: its runs, and what lies between them."""
        units: list[Unit] = []
        place = 0
        nodes = self.known.nodes
        for run in (*self.repeats.runs(level.scope), None):
            for item in range(place, len(level.items) if run is None else run.start):
                name = level.items[item]
                fixed = name in opened or (keeps_inputs and name in nodes and nodes[name].kind is Kind.INPUT)
                units.append(Unit(start=item, stop=item + 1, layers=len(level.leaves[item]), fixed=fixed))
            if run is not None:
                layers = sum(map(len, level.leaves[run.start : run.stop]))
                units.append(Unit(start=run.start, stop=run.stop, layers=layers, run=run))
                place = run.stop
        return units

    def _opened(self, level: Level, room: int) -> dict[str | None, int]:
        """Return which scopes of a level are opened, and how many boxes each may take."""
        runs = self.repeats.runs(level.scope)
        repeated = {item for run in runs for item in range(run.start, run.stop)}
        single = [place for place in range(len(level.items)) if place not in repeated]
        inner = {
            level.items[place]: len(level.leaves[place]) for place in single if self.repeats.is_open(level.items[place])
        }
        need = len(single) + len(runs)
        opened: dict[str | None, int] = {}
        for scope in sorted(inner, key=lambda each: (inner[each] <= self.largest, self.least[each])):
            more = self.least[scope] - 1
            if inner[scope] > self.largest or need + more <= room:
                opened[scope] = self.least[scope]
                need += more
        if need > room:
            opened = {scope: max(2, room * least // need) for scope, least in opened.items()}
        return opened

    def _grouped(self, level: Level, line: "_Line", room: int, *, opens: bool) -> list[Box]:
        """Return the boxes of a level, as few as there is room for, those in opened scopes not counted."""
        units = line.units
        return [
            Box(
                scope=level.scope,
                start=units[first].start,
                stop=units[last - 1].stop,
                run=units[first].run if last - first == 1 else None,
            )
            for first, last in self._groups(level, line, room, opens=opens)
            if last - first > 1 or units[first].run or self._is_shut(level, units[first])
        ]

    def _groups(self, level: Level, line: "_Line", room: int, *, opens: bool) -> list[tuple[int, int]]:
        """Return the groups of a line; beside repeats only blocks are, if there is room for the layers of others."""
        units = line.units
        merging = Grouping(units, self.largest)
        repeated = [unit.run for unit in units if unit.run]
        blocks = [self._operations(level, run.start, run.start + run.period) for run in repeated]
        others = sum([unit.layers for unit in units if not unit.run])
        may_be_near = any(_NEAR * others >= (_NEAR - 1) * block.total() for block in blocks)
        if not level.ordered or (len(units) <= room and not may_be_near):
            return merging.groups()
        line.cuts = line.cuts or cuts(self.known, level, units, self._wholes(level))
        merging.merge(line.cuts, room, Cut.PART if repeated else Cut.UNIT)
        groups = merging.groups()
        if not repeated or not opens:
            return groups
        found: list[tuple[int, int]] = []
        for first, last in groups:
            items = range(units[first].start, units[last - 1].stop)
            is_block = self._is_near(level, items, blocks)
            if len(units) > room and not is_block:
                is_block = Cut.PART in line.cuts[first : last - 1] or _branches(level, items)
            found += [(first, last)] if is_block else [(place, place + 1) for place in range(first, last)]
        return found if len(found) <= room else groups

    def _is_near(self, level: Level, items: range, blocks: Sequence[Counter[str]]) -> bool:
        """Tell whether a part differs from a block that repeats as the first of its kind may: by a projection, say."""
        size = sum(map(len, level.leaves[items.start : items.stop]))
        for block in blocks:
            whole = block.total()
            if abs(size - whole) * _NEAR > whole:
                continue
            told = self._operations(level, items.start, items.stop)
            shared = sum([min(count, told.get(operation, 0)) for operation, count in block.items()])
            if (size + whole - 2 * shared) * _NEAR <= whole:
                return True
        return False

    def _operations(self, level: Level, start: int, stop: int) -> Counter[str]:
        nodes = self.known.nodes
        return Counter([nodes[leaf].operation for leaves in level.leaves[start:stop] for leaf in leaves])

    def _is_shut(self, level: Level, unit: Unit) -> bool:
        """Tell whether a unit is a scope that is not opened, though it may be."""
        return not unit.fixed and self.repeats.is_open(level.items[unit.start])

    def _wholes(self, level: Level) -> list[tuple[int, int]]:
        """Return the parts of a level that are built as others next to them, though with other numbers: blocks too."""
        found: list[tuple[int, int]] = []
        waiting = [(run, 0) for run in self.repeats.alike(level.scope)]
        for run, offset in waiting:  # grows while it is walked
            block = range(run.start, run.start + run.period)
            inner = [each for each in run.within if _branches(level, range(each.start, each.stop))]
            if 2 * sum(each.stop - each.start for each in inner) > run.period:
                waiting += [(each, offset + number * run.period) for number in range(run.count) for each in inner]
            elif _branches(level, block):
                starts = range(run.start + offset, run.stop + offset, run.period)
                found += [(first, first + run.period) for first in starts]
        return found


def _branches(level: Level, items: range) -> bool:
    """Tell whether tensors are merged in a part of a level."""
    return any(len({source for _, source, _ in level.feeds[item]}) > 1 for item in items)
