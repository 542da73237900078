"""Where the line of a level may be cut into boxes, how good each cut is, and neighbours merged at cuts given up."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate

from cutaway.analysis.fold.naming import is_counted, same_words, telling
from cutaway.analysis.repeat import Level, Run
from cutaway.analysis.traverse import Index
from cutaway.graph import Kind
from cutaway.record import Record

TRAILING = frozenset({Kind.ACTIVATION, Kind.REGULARIZATION})
"""Kinds of layers that belong to what comes before them."""

_PARTS = 8
"""A skip over more than one in so many of a model's layers holds nothing together."""


class Cut:
    """What lies at a cut, from that which is given up first to that which is never given up."""

    UNIT = 0
    """Between a layer and its normalization or activation."""
    BRANCHES = 1
    """Inside a region of branches."""
    PART = 2
    """Between layers or regions that have one name, inside a block of a model that names its blocks."""
    CHAIN = 3
    """Between two layers of a chain."""
    NAME = 4
    """Between layers of two names."""
    BLOCK = 5
    """Between two regions, or a run and what is around it."""
    BORDER = 6
    """Around an input or an opened scope."""


class Unit(Record):
    """One thing on the line of a level, an item or a run, of so many nodes; a `fixed` one stays alone."""

    start: int
    stop: int
    layers: int
    run: Run | None = None
    fixed: bool = False


def cuts(known: Index, level: Level, units: Sequence[Unit], wholes: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Return what lies at the cut before each unit but the first; `wholes` are parts of the level known as blocks."""
    line = _Line(known, level, units)
    found = line.cuts()
    starts = {unit.start: place for place, unit in enumerate(units)}
    stops = {unit.stop: place + 1 for place, unit in enumerate(units)}
    for start, stop in wholes:
        first, last = starts.get(start), stops.get(stop)
        if first is not None and last is not None:
            line.keep_whole(found, first, last)
    return found


class _Line:
    """The units of a level, with what holds them together."""

    def __init__(self, known: Index, level: Level, units: Sequence[Unit]) -> None:
        self.known = known
        self.level = level
        self.units = units
        of_item = [place for place, unit in enumerate(units) for _ in range(unit.start, unit.stop)]
        self.sources: list[tuple[int, ...]] = []
        for place, unit in enumerate(units):
            feeds = level.feeds[unit.start : unit.stop]
            found = dict.fromkeys([of_item[source] for each in feeds for _, source, _ in each if source >= 0])
            self.sources.append(tuple([source for source in found if source != place]))
        self.targets = [0] * len(units)
        for each in self.sources:
            for source in each:
                self.targets[source] += 1
        self.same = self._same_names()
        self.bound = [0] * (len(units) + 3)
        self.over = [0] * (len(units) + 3)
        self._tie()

    def _tie(self) -> None:
        """Count what crosses each cut, long skips apart.

        `bound` is, for the cut before each unit, from how many units tensors cross it, that before it not counted;
        `over` how many pass each unit, to be read behind it.
        """
        weight = [0, *accumulate(unit.layers for unit in self.units)]
        last = [0] * len(self.units)
        for target, each in enumerate(self.sources):
            for source in each:
                if weight[target] - weight[source + 1] <= len(self.known.nodes) / _PARTS:
                    last[source] = max(last[source], target)
        for source, target in enumerate(last):
            if target > source + 1:
                self.bound[source + 2] += 1
                self.bound[target + 1] -= 1
                self.over[source + 1] += 1
                self.over[target] -= 1
        self.bound = list(accumulate(self.bound))
        self.over = list(accumulate(self.over))

    def cuts(self) -> list[int]:
        """Return what lies at the cut before each unit but the first."""
        blocks = self._blocks()
        return [self._cut(place, is_block=place in blocks) for place in range(1, len(self.units))]

    def keep_whole(self, found: list[int], first: int, last: int) -> None:
        """Make units from `first` to before `last` a block, if they are single ones and nothing passes them."""
        units = self.units[first:last]
        if any(unit.run or unit.fixed for unit in units) or all(self.over[place] for place in range(first, last)):
            return
        if any(same is False for same in self.same[first + 1 : last]):
            return
        for place in range(first + 1, last):
            found[place - 1] = min(found[place - 1], Cut.PART)
        for place in (first, last):
            if 0 < place < len(self.units):
                found[place - 1] = max(found[place - 1], Cut.BLOCK)

    def _cut(self, place: int, *, is_block: bool) -> int:
        before, behind = self.units[place - 1], self.units[place]
        if before.fixed or behind.fixed:
            return Cut.BORDER
        if before.run or behind.run:
            passed = (before.run and self.over[place - 1]) or (behind.run and self.over[place])
            return Cut.BRANCHES if passed else Cut.BLOCK
        if self._is(place - 1, Kind.INPUT) != self._is(place, Kind.INPUT):
            return Cut.BORDER
        same = self.same[place]
        if is_block:
            return Cut.PART if same else Cut.BLOCK
        linked = self.targets[place - 1] == 1 and self.sources[place] == (place - 1,)
        leads = self.level.leads[behind.start] or self._is(place, Kind.UPSAMPLING)
        if linked and not leads and same is not False:
            return Cut.UNIT
        if self.bound[place]:
            return Cut.BRANCHES
        return Cut.CHAIN if same is None else Cut.PART if same else Cut.NAME

    def _blocks(self) -> set[int]:
        """Return the cuts between regions: behind the end of branches and what trails it, and where others begin."""
        found: set[int] = set()
        leading = True
        for place in range(1, len(self.units)):
            merges, branches = len(self.sources[place - 1]) > 1, self.targets[place - 1] > 1
            leading = leading or self.level.leads[self.units[place - 1].start]
            if self.bound[place] > 1 or (self.bound[place] and not (merges and branches)):
                leading = True
            elif merges or (self._trails(place - 1) and place - 1 in found):
                if not merges:
                    found.discard(place - 1)
                found.add(place)
                leading = False
            elif branches and leading:
                found.add(place)
                leading = False
        return found

    def _same_names(self) -> list[bool | None]:
        """Return for the cut before each unit whether the names around it are of one block; None where they do not say.

        Names that nobody chose are passed over: they are in a block if it goes on behind them.
        """
        items = [self.level.items[unit.start] for unit in self.units]
        plain = [(self.known.nodes.get(item) or self.known.scopes[item]).name for item in items]
        names = [telling(name) for name in plain]
        behind = [*names]
        for place in range(len(names) - 2, -1, -1):
            behind[place] = names[place] or behind[place + 1]
        found: list[bool | None] = []
        before: Sequence[str] | None = None
        for place, name in enumerate(names):
            after = behind[place]
            same = same_words(before, after)
            found.append(same if same or (name and place and names[place - 1]) else None)
            if before and after and not (name or names[place - 1]) and is_counted(plain[place - 1], plain[place]):
                found[-1] = True
            before = name or before
        return found

    def _is(self, place: int, kind: Kind) -> bool:
        node = self.known.nodes.get(self.level.items[self.units[place].start])
        return node is not None and node.kind is kind

    def _trails(self, place: int) -> bool:
        item = self.level.items[self.units[place].start]
        return self.units[place].run is None and item in self.known.nodes and self.known.nodes[item].kind in TRAILING


class Grouping:
    """A line of units while neighbours are merged: each group by its first unit."""

    def __init__(self, units: Sequence[Unit], largest: int) -> None:
        self.layers = [unit.layers for unit in units]
        self.largest = largest
        self.stop = list(range(1, len(units) + 1))
        self.first = list(range(len(units)))
        self.count = len(units)

    def merge(self, found: Sequence[int], room: int, at_once: int) -> None:
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
