"""The straight pieces of all routes, and which of two tensors lie on each other.

Many consumers of one tensor have many pieces on one line. They are looked at together, as a run, and one by one only
where something else is near: a fan with thousands of ends is no more work than as many lines.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from cutaway.geometry import Point, Rect
from cutaway.layered.check_rects import SLACK, stretch

PORT = 1e-6  # between the lines of two tensors at least, where both end at one box: it may have many on a short border
_APART = 0.2  # and anywhere else


class Piece(NamedTuple):
    """A straight piece of the routes of a tensor: at one y if it is `level`, at one x otherwise.

    It ends at `boxes`; `near` are also those at which the pieces before and after it end.
    """

    tensor: str
    level: bool
    at: float
    low: float
    high: float
    boxes: frozenset[str]
    near: frozenset[str]

    def rect(self) -> Rect:
        """Return the thin rectangle around it."""
        return _thin(self.at, self.low, self.high, level=self.level)


class Run(NamedTuple):
    """Pieces of a tensor on one line that touch each other, and what they cover together."""

    tensor: str
    level: bool
    at: float
    low: float
    high: float
    pieces: tuple[Piece, ...]

    def rect(self) -> Rect:
        """Return the thin rectangle around it."""
        return _thin(self.at, self.low, self.high, level=self.level)


def _thin(at: float, low: float, high: float, *, level: bool) -> Rect:
    one, two = ((low, at), (high, at)) if level else ((at, low), (at, high))
    return stretch(Point(*one), Point(*two))


def runs(pieces: Iterable[Piece]) -> Iterator[Run]:
    """Yield the pieces, those of a tensor that touch each other on one line together."""
    lines: dict[tuple[str, bool, float], list[Piece]] = defaultdict(list)
    for piece in pieces:
        lines[piece.tensor, piece.level, piece.at].append(piece)
    for line, held in lines.items():
        held.sort(key=lambda piece: piece.low)
        start, high = 0, held[0].high
        for number, piece in enumerate(held):
            if piece.low > high:
                yield Run(*line, held[start].low, high, tuple(held[start:number]))
                start, high = number, piece.high
            high = max(high, piece.high)
        yield Run(*line, held[start].low, high, tuple(held[start:]))


class Lanes:
    """Runs by direction and place, each lane sorted by where they begin."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._runs = list(runs(pieces))
        self._lanes: dict[tuple[bool, int], list[Run]] = defaultdict(list)
        for run in self._runs:
            for place in range(int((run.at - _APART) // 1), int((run.at + _APART) // 1) + 1):
                self._lanes[run.level, place].append(run)
        self._reach: dict[tuple[bool, int], list[float]] = {}
        for key, lane in self._lanes.items():
            lane.sort(key=lambda run: run.low)
            self._reach[key] = list(accumulate((run.high for run in lane), max))

    def along(self) -> Iterator[tuple[Piece, Piece]]:
        """Yield pairs of two tensors that run along each other."""
        for lane in self._lanes.values():
            active: list[Run] = []
            for run in lane:
                active = [other for other in active if other.high > run.low + SLACK]
                for other in active:
                    if other.tensor != run.tensor and abs(other.at - run.at) < _APART:
                        yield from _along(other, run)
                active.append(run)

    def touching(self) -> Iterator[tuple[Piece, Piece]]:
        """Yield pairs of two tensors where one has a corner or an end on the other."""
        for run in self._runs:
            ends: dict[float, list[Piece]] = defaultdict(list)
            for piece in run.pieces:
                ends[piece.low].append(piece)
                ends[piece.high].append(piece)
            for end, pieces in ends.items():
                for other in self._across(run, end):
                    if other.tensor != run.tensor and abs(other.at - end) < _APART:
                        yield from _touching(pieces, end, other)

    def _across(self, run: Run, end: float) -> Iterator[Run]:
        """Yield the runs across another that reach the height of one of its ends."""
        key = (not run.level, int(end // 1))
        lane, reach = self._lanes.get(key, []), self._reach.get(key, [])
        index = bisect_right(lane, run.at + _APART, key=lambda other: other.low)
        while index > 0 and reach[index - 1] > run.at - _APART:
            index -= 1
            yield lane[index]


def _along(one: Run, two: Run) -> Iterator[tuple[Piece, Piece]]:
    low, high = max(one.low, two.low), min(one.high, two.high)
    others = [piece for piece in two.pieces if piece.low < high and piece.high > low]
    for piece in one.pieces:
        if piece.low < high and piece.high > low:
            for other in others:
                over = min(piece.high, other.high) - max(piece.low, other.low)
                if over > SLACK and abs(piece.at - other.at) < _least(piece, other):
                    yield piece, other


def _touching(pieces: Iterable[Piece], end: float, run: Run) -> Iterator[tuple[Piece, Piece]]:
    for piece in pieces:
        for other in run.pieces:
            least = _least(piece, other)
            if abs(other.at - end) < least and other.low - least < piece.at < other.high + least:
                yield piece, other


def _least(one: Piece, two: Piece) -> float:
    return PORT if one.near & two.near else _APART
