"""Where a block begins in a stretch that repeats: any of its items could be the first."""

from itertools import accumulate
from typing import Final

from cutaway.analysis.repeat.level import Level
from cutaway.analysis.repeat.proof import proof

_FOLLOWED: Final = 24
"""How many beginnings, the likeliest first, are followed to their number of blocks."""
_PROVED: Final = 4
"""How many blocks are compared to tell whether a stretch has one more block in front."""


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
