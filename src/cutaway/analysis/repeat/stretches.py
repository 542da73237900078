"""Where a line of items repeats itself: stretches of equal pairs at a fixed distance."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from cutaway.analysis.repeat.level import Level
from cutaway.record import record

_LONGEST: Final = 64
"""The longest words that are looked up: a block of more items repeats a word of this length at its own distance."""


@record
class Stretch:
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
    found: list[Stretch] = []
    done: dict[int, tuple[list[int], list[int]]] = {}
    period, low, high = 0, 0, 0
    for first, second in _again(level.labels):
        if second - first == period and low <= first < high:
            continue  # the stretch followed last
        period = second - first
        starts, stops = done.setdefault(period, ([], []))
        place = bisect_right(starts, first)
        if place and first < stops[place - 1]:
            low, high = starts[place - 1], stops[place - 1]
            continue
        start, stop = first, first
        while stop + period < len(level.items) and alike(level, stop, stop + period):
            stop += 1
        least = stops[place - 1] if place else 0
        while start > least and stop > first and alike(level, start - 1, start - 1 + period):
            start -= 1
        starts.insert(place, start)
        stops.insert(place, stop + 1)
        low, high = start, stop + 1
        if stop - start >= period:
            found.append(Stretch(start=start, stop=stop, period=period))
    return tuple(sorted(found, key=lambda each: (each.start, each.period)))


def _again(labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return the places of words that occurred before, with the last place at which they did."""
    words: list[int] = list(labels)
    length = 1
    while True:
        last: dict[int, int] = {}
        for place, word in enumerate(words):
            if word in last:
                yield last[word], place
            last[word] = place
        if length >= _LONGEST or length * 2 > len(labels):
            return
        numbers: dict[tuple[int, int], int] = {}
        words = [numbers.setdefault(pair, len(numbers)) for pair in zip(words, words[length:], strict=False)]
        length *= 2


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
