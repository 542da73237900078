"""Runs of equal blocks in a level: which of the repeats to take, outermost first."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise

from cutaway.analysis.repeat.labels import Level
from cutaway.analysis.repeat.proof import Proof, leaving, proof
from cutaway.analysis.repeat.stretches import Stretch, alike, beginning, stretches
from cutaway.record import Record, replace

_SPARED = 2
"""How many nodes a run spares at least: one layer drawn twice is as readable."""
_BESIDE = 3
"""How many parallel branches are folded at least."""


class Run(Record):
    """`count` equal blocks, one behind the other: `period` items each, the first at `start` of the level of `scope`.

    `within` are the runs inside the first block, and so in each. `side_by_side` blocks are parallel branches that read
    the same and are read by the same, the others a chain.
    """

    scope: str | None
    start: int
    period: int
    count: int
    proof: Proof
    within: tuple["Run", ...] = ()

    @property
    def stop(self) -> int:
        """The place behind the last block."""
        return self.start + self.period * self.count

    @property
    def side_by_side(self) -> bool:
        """Whether the blocks are parallel."""
        return not self.proof.carried


def runs(level: Level) -> tuple[Run, ...]:
    """Return the runs of a level in order, none over another, each with the runs inside of its blocks."""
    if not level.ordered:
        return ()
    found = stretches(level)
    begins = [each.start for each in found]
    chosen = _chosen(level, found, 0, len(level.items))
    return tuple(_opened(level, found, begins, run) for run in chosen)


def consecutive(level: Level, items: Sequence[int]) -> tuple[Run, ...]:
    """Return the runs of single items that are equal and follow each other, of the items at some places."""
    if not level.ordered:
        return ()
    found: list[Stretch] = []
    for item, other in pairwise(items):
        if other == item + 1 and alike(level, item, other):
            start = found.pop().start if found and found[-1].stop == item else item
            found.append(Stretch(start=start, stop=other, period=1))
    return tuple(_chosen(level, found, 0, len(level.items)))


def _opened(level: Level, found: Sequence[Stretch], begins: Sequence[int], run: Run) -> Run:
    """Return a run with the runs inside of its first block."""
    if run.period < 2:
        return run
    low, high = run.start, run.start + run.period
    near = found[bisect_left(begins, low - run.period) : bisect_left(begins, high)]
    inner = _chosen(level, [each for each in near if each.period < run.period], low, high)
    return replace(run, within=tuple(_opened(level, near, [each.start for each in near], each) for each in inner))


def _chosen(level: Level, found: Sequence[Stretch], low: int, high: int) -> list[Run]:
    """Return the runs between two places, those first that spare most items."""
    taken: list[tuple[int, int, Run]] = []
    heap: list[tuple[int, int, int, int]] = []
    for each in found:
        _push(heap, each, low, high)
    while heap:
        _, period, start, stop = heappop(heap)
        stretch = Stretch(start=start, stop=stop, period=period)
        gaps = _gaps(taken, start, stop + period, low, high)
        if len(gaps) != 1 or gaps[0][0] > start or gaps[0][1] < stop + period:
            for gap in gaps:
                _push(heap, stretch, *gap)
            continue
        run = _run(level, gaps[0][0], stretch)
        if run is not None:
            insort(taken, (run.start, run.stop, run), key=lambda each: each[0])
            for gap in _gaps(taken, start, stop + period, low, high):
                _push(heap, stretch, *gap)
    return [run for _, _, run in taken]


def _push(heap: list[tuple[int, int, int, int]], stretch: Stretch, low: int, high: int) -> None:
    """Put the part of a stretch that lies between two places on the heap, if it holds two blocks."""
    start = max(stretch.start, low)
    stop = min(stretch.stop, high - stretch.period)
    spared = (stop - start) // stretch.period * stretch.period
    if spared > 0:
        heappush(heap, (-spared, stretch.period, start, stop))


def _gaps(taken: Sequence[tuple[int, int, Run]], start: int, stop: int, low: int, high: int) -> list[tuple[int, int]]:
    """Return the free regions that a part of the level touches, each from one run that is taken to the next."""
    place = bisect_right(taken, start, key=lambda each: each[0])
    begin = low
    if place:
        begin = max(low, taken[place - 1][1])
    gaps = []
    while begin < stop:
        end = taken[place][0] if place < len(taken) else high
        if end > begin and end > start:
            gaps.append((begin, end))
        if place == len(taken):
            break
        begin = taken[place][1]
        place += 1
    return gaps


def _run(level: Level, low: int, stretch: Stretch) -> Run | None:
    """Return the longest run of a stretch that is proved and of which all blocks are read alike, if there is one."""
    stop = stretch.stop + stretch.period
    start, count = beginning(level, low, stop, stretch.start, stretch.period)
    if (count - 1) * sum(len(level.leaves[item]) for item in range(start, start + stretch.period)) < _SPARED:
        return None
    found = _proved(level, start, stretch.period, count)
    if found is None or isinstance(found, Run):
        return found
    first, count = found
    found = _proved(level, first, stretch.period, count)
    return found if isinstance(found, Run) else None


def _proved(level: Level, start: int, period: int, count: int) -> Run | tuple[int, int] | None:
    """Return a run where all blocks are proved and read alike; otherwise the start and number of those that may be."""
    proved = proof(level, start, period, count) if count > 1 else None
    if proved is None:
        return None
    each = leaving(level, start, period, count, proved)
    usual = Counter(each[:-1]).most_common(1)[0][0]
    whole = all(one == usual for one in each[:-1]) and usual <= each[-1]
    if whole and (proved.carried or (count >= _BESIDE and usual and usual == each[-1])):
        found = replace(proved, leaving=tuple(sorted(usual)))
        return Run(scope=level.scope, start=start, period=period, count=count, proof=found)
    if not proved.carried:
        return None
    first, best = 0, (0, 0)
    for number, one in enumerate(each):
        if one != usual or number == count - 1:
            lacking = not usual <= one  # this one cannot be the last
            best = max(best, (number - first + 1 - lacking, -first))
            first = number + 1
    return start - best[1] * period, best[0]
