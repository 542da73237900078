"""The proof that blocks are equal: node by node, tensor by tensor, before anything is folded."""

from cutaway.analysis.repeat.labels import Key, Level
from cutaway.record import Record

Tensor = tuple[int, Key]
"""A tensor of a level: the place of the item that gives it, and that item's port."""


Leaving = tuple[int, Key, int]
"""A tensor that leaves a block: the item of the block, its port, and the place of what reads it."""


class Proof(Record):
    """What is known of equal blocks, one behind the other.

    `carried` are the tensors that a block reads from one before it: how many blocks back, which item of that block, and
    its port. `aside` are the tensors that all blocks read alike, `leaving` those that each hands to one and the same
    reader outside, or as an output of the model. Blocks that carry nothing lie side by side.
    """

    carried: tuple[tuple[int, int, Key], ...]
    aside: tuple[Tensor, ...]
    leaving: tuple[Leaving, ...] = ()


def proof(level: Level, start: int, period: int, count: int) -> Proof | None:
    """Return the proof that `count` blocks of `period` items from `start` on are equal, None where they are not.

    Every item does the same as its like, and its inputs come from the same item of its own block, from the same item of
    a block a fixed number back, or are one tensor for all blocks. Where the block that it should come from is before
    the first, any tensor may stand in, as long as it is one tensor for one missing item.
    """
    seen = _Reading(level, start, period, count)
    for item in range(start, start + period):
        if not seen.equal(item):
            return None
    return Proof(carried=tuple(sorted(seen.carried)), aside=tuple(sorted(seen.aside)))


class _Reading:
    """What blocks are found to read, item after item."""

    def __init__(self, level: Level, start: int, period: int, count: int) -> None:
        self.level = level
        self.start = start
        self.period = period
        self.count = count
        self.carried: set[tuple[int, int, Key]] = set()
        self.aside: set[Tensor] = set()
        self.missing: dict[tuple[int, int, Key], Tensor] = {}

    def equal(self, item: int) -> bool:
        """Tell whether an item of the first block is equal to its likes in all others."""
        end = item + self.count * self.period
        label, labels = self.level.labels[item], self.level.labels[item : end : self.period]
        first, *others = feeds = self.level.feeds[item : end : self.period]
        if labels.count(label) < self.count or any(len(each) != len(first) for each in others):
            return False
        for port, (key, _, _) in enumerate(first):
            if any(each[port][0] != key for each in others):
                return False
            if not self._reads([each[port][1:] for each in feeds]):
                return False
        return True

    def _reads(self, tensors: list[Tensor]) -> bool:
        """Tell whether the tensors that one port reads, block by block, are what they should be."""
        first, last = tensors[0], tensors[-1]
        if first[0] >= self.start:
            end = first[0] + self.count * self.period
            return tensors == [(place, first[1]) for place in range(first[0], end, self.period)]
        if tensors.count(first) == len(tensors):
            self.aside.add(first)
            return True
        if last[0] < self.start:
            return False
        block, offset = divmod(last[0] - self.start, self.period)
        back = self.count - 1 - block
        if back < 1:
            return False
        self.carried.add((back, offset, last[1]))
        for number, tensor in enumerate(tensors):
            if number >= back:
                if tensor != (self.start + (number - back) * self.period + offset, last[1]):
                    return False
            elif self.missing.setdefault((number - back, offset, last[1]), tensor) != tensor:
                return False
        return True


def leaving(level: Level, start: int, period: int, count: int, found: Proof) -> list[frozenset[Leaving]]:
    """Return what leaves each of several blocks for anything but the blocks behind it.

    What a block carries further back than one, the last blocks leave to whatever comes behind them: that is no more
    than the last block's own result, and not told.
    """
    end = start + count * period
    deepest: dict[tuple[int, Key], int] = {}
    for back, offset, port in found.carried:
        deepest[offset, port] = max(back, deepest.get((offset, port), 0))
    return [
        frozenset(
            (item - first, port, use)
            for item in range(first, first + period)
            for port, use in level.uses[item]
            if not start <= use < end and deepest.get((item - first, port), 0) < count - number
        )
        for number, first in enumerate(range(start, end, period))
    ]
