"""Where a line of items repeats itself: stretches of equal pairs at a fixed distance, and where their blocks begin."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cutaway.analysis.repeat.labels import Level
from cutaway.analysis.repeat.proof import proof
from cutaway.record import Record

_LONGEST = 64
"""The longest words that are looked up: a block of more items repeats a word of this length at its own distance."""
_FOLLOWED = 24
"""How many beginnings, the likeliest first, are followed to their number of blocks."""
_PROVED = 4
"""How many blocks are compared to tell whether a stretch has one more block in front."""


class Stretch(Record):
    """Each item from `start` up to `stop` (not included) is like the one `period` places further on."""

    start: int
    stop: int
    period: int


def stretches(level: Level) -> tuple[Stretch, ...]:
    """Return the stretches in which two or more equal blocks may stand, by their start.

    A distance is tried where a word of one, two, four … labels is met again at it (prefix doubling, Karp, Miller and
    Rosenberg 1972), and followed both ways as far as it holds; each stretch is followed once, so that the work grows
    with the number of items.
    """
    following = _Following(level)
    words: Sequence[int] = level.labels
    length = 1
    while True:
        if not following.look_up(words) or length >= _LONGEST or length * 2 > len(level.labels):
            return tuple(sorted(following.found, key=lambda each: (each.start, each.period)))
        numbers: dict[tuple[int, int], int] = {}
        words = [numbers.setdefault(pair, len(numbers)) for pair in zip(words, words[length:], strict=False)]
        length *= 2


class _Following:
    """Stretches while they are found; `done` tells for each distance where stretches start and stop."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.found: list[Stretch] = []
        self.done: dict[int, tuple[list[int], list[int]]] = {}
        self.near = _near(level)

    def look_up(self, words: Sequence[int]) -> bool:
        """Follow each word that occurred before from the last place at which it did; tell whether any did."""
        last: dict[int, int] = {}
        stop: dict[int, int] = {}  # where the stretch ends that was followed last at each distance
        near = self.near
        for place, word in enumerate(words):
            first = last.get(word)
            last[word] = place
            if first is None or first < stop.get(place - first, 0):
                continue
            if near[first] == near[place] or alike(self.level, first, place):
                stop[place - first] = self._follow(first, place - first)
        return len(last) < len(words)

    def _follow(self, first: int, period: int) -> int:
        """Return how far from an item that is like the one at a distance the items behind it are so too."""
        starts, stops = self.done.setdefault(period, ([], []))
        place = bisect_right(starts, first)
        if place and first < stops[place - 1]:
            return stops[place - 1]
        near, level = self.near, self.level
        start, stop, end = first, first + 1, len(level.items) - period
        while stop < end and (near[stop] == near[stop + period] or alike(level, stop, stop + period)):
            stop += 1
        least = stops[place - 1] if place else 0
        while start > least and alike(level, start - 1, start - 1 + period):
            start -= 1
        starts.insert(place, start)
        stops.insert(place, stop + 1)
        if stop - start >= period:
            self.found.append(Stretch(start=start, stop=stop, period=period))
        return stop + 1


def _near(level: Level) -> list[int]:
    """Return a number for each item, equal only for those that are alike because all that feeds them is near.

    That is most items: the label, and what it reads from how far back.
    """
    numbers: dict[tuple[object, ...], int] = {}
    found = []
    for place, (label, feeds) in enumerate(zip(level.labels, level.feeds, strict=True)):
        if len(feeds) == 1:
            key, source, port = feeds[0]
            told: tuple[object, ...] = (label, key, port, source if source < 0 else place - source)
        else:
            told = (
                label,
                tuple([(key, port, source if source < 0 else place - source) for key, source, port in feeds]),
            )
        found.append(numbers.setdefault(told, len(numbers)))
    return found


def alike(level: Level, first: int, second: int) -> bool:
    """Tell whether two items are equal, and each tensor comes from as far back for one as for the other, or is one."""
    if level.labels[first] != level.labels[second]:
        return False
    one, other = level.feeds[first], level.feeds[second]
    if len(one) != len(other):
        return False
    period = second - first
    for (key, source, port), (key2, source2, port2) in zip(one, other, strict=True):
        if source != source2 and (source < 0 or source + period != source2):
            return False
        if key != key2 or (port != port2 and level.labels[source] == level.labels[source2]):
            return False  # what feeds a first block may be another thing, with other ports
    return True


def beginning(level: Level, low: int, stop: int, start: int, period: int) -> tuple[int, int]:
    """Return the first item of the first block of a stretch, and how many blocks there are.

    The stretch is proved from `start` to `stop`; a block may begin as early as `low`, because the first one may be fed
    by something else. Blocks are cut where the fewest tensors cross, best where one does from which branches go out
    (the entry of a residual block); then where most blocks come out, then before a layer with weights, then early.
    """
    crossing, branches = _crossing(level, start, period, stop)
    likely = sorted(
        range(period),
        key=lambda offset: (crossing[offset], branches[offset] < 2, not level.leads[start + offset], offset),
    )
    least = (crossing[likely[0]], branches[likely[0]] < 2)
    found: list[tuple[int, bool, int]] = []
    for offset in likely[:_FOLLOWED]:
        if (crossing[offset], branches[offset] < 2) != least:
            break
        first = start + offset
        count = (stop - first) // period
        while count >= 2 and first - period >= low:
            if proof(level, first - period, period, min(count + 1, _PROVED)) is None:
                break
            first -= period
            count += 1
        found.append((-count, not level.leads[first], first))
    count, _, first = min(found)
    return first, -count


def _crossing(level: Level, start: int, period: int, stop: int) -> tuple[list[int], list[int]]:
    """Return how many tensors cross each cut between items, and how often they are used behind it.

    Those of one period are looked at, in which every cut stands for all that lie whole periods further on.
    """
    tensors = [0] * (period + 1)
    uses = [0] * (period + 1)
    for offset in range(period):
        last: dict[object, int] = {}
        for port, use in level.uses[start + offset]:
            if use < stop:
                reach = min(use - start - offset, period)
                last[port] = max(reach, last.get(port, 0))
                _span(uses, offset, reach, period)
        for reach in last.values():
            _span(tensors, offset, reach, period)
    return list(accumulate(tensors))[:period], list(accumulate(uses))[:period]


def _span(changes: list[int], offset: int, reach: int, period: int) -> None:
    """Count one more over the `reach` cuts behind an item, going round at the end of the period."""
    begin, end = offset + 1, offset + 1 + reach
    for low, high in ((begin, min(end, period)), (max(begin, period) - period, end - period)):
        if low < high:
            changes[low] += 1
            changes[high] -= 1
