"""A scale of numbers in steps with round bounds: linear, or logarithmic where numbers are far apart."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count, takewhile
from math import ceil, floor

from cutaway.record import Record

Number = int | Fraction

_SKEWED = 20
"""Numbers that differ by more than this factor stand on a logarithmic scale."""
_ROUND = ((1, 2, 5), (1, 3), (1,))
"""The round numbers within a power of ten, from the finest series on."""


class Scale(Record):
    """Steps between ascending `bounds`; each holds its lower bound, the last its upper one too."""

    bounds: tuple[Number, ...]
    logarithmic: bool

    @property
    def steps(self) -> int:
        """The number of steps."""
        return len(self.bounds) - 1

    def step(self, number: Number) -> int:
        """Return the step that a number on the scale is in, from 0 on; it never falls as numbers grow."""
        return max(0, min(bisect_right(self.bounds, number), self.steps) - 1)


def scale_of(numbers: Iterable[Number], most: int) -> Scale | None:
    """Return a scale for all `numbers` above 0, in at most `most` steps; None where there is no such number."""
    above = [number for number in numbers if number > 0]
    if not above:
        return None
    low, high = min(above), max(above)
    if high > _SKEWED * low:
        return Scale(bounds=_logarithmic(low, high, most), logarithmic=True)
    return Scale(bounds=_linear(low, high, most), logarithmic=False)


def _linear(low: Number, high: Number, most: int) -> tuple[Number, ...]:
    """Return equal steps from 0 on, or from near the least number where that is not far below the largest.

    Whole numbers next to each other have a step each.
    """
    start: Number = 0 if 3 * low < high or low == high else low
    finest = _exponent(high) - 2  # bounds differ in three figures
    are_whole = isinstance(low, int) and isinstance(high, int)
    if are_whole:
        finest = max(0, finest)
    widths = (part * Fraction(10) ** power for power in count(finest) for part in (1, 2, 5))
    width = next(width for width in widths if ceil(high / width) - floor(start / width) <= most)
    first = floor(start / width)
    last = max(ceil(high / width), first + 1)
    if are_whole and width == 1 and last - first < most:
        last += 1
    return tuple([_plain(place * width) for place in range(first, last + 1)])


def _logarithmic(low: Number, high: Number, most: int) -> tuple[Number, ...]:
    """Return bounds of round numbers, as close to each other as `most` allows."""
    for series in _ROUND:
        bounds = _between(_series(series, 1, _exponent(low)), low, high)
        if len(bounds) <= most + 1:
            return bounds
    decades = ceil(Fraction(_exponent(high) + 1 - _exponent(low), most))
    return _between(_series((1,), decades, _exponent(low)), low, high)


def _series(parts: tuple[int, ...], decades: int, start: int) -> Iterator[Number]:
    return (_plain(part * Fraction(10) ** power) for power in count(start, decades) for part in parts)


def _between(ascending: Iterator[Number], low: Number, high: Number) -> tuple[Number, ...]:
    """Return what of an endless ascending series reaches from `low` or below to `high` or above."""
    found = [next(ascending)]
    for number in ascending:
        if number <= low:
            found = [number]
            continue
        found.append(number)
        if number >= high:
            break
    return tuple(found)


def _exponent(number: Number) -> int:
    """Return the power of ten at or below a number above 0."""
    if number >= 1:
        return sum(1 for _ in takewhile(lambda power: 10**power <= number, count(1)))
    return -next(power for power in count(1) if number * 10**power >= 1)


def _plain(number: Number) -> Number:
    """Return a whole number as an int."""
    return int(number) if number == int(number) else number
