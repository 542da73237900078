"""How far the places reach that one output sees along one axis, where grids finer than the input's lie between.

Between the places of a grid, as a transposed convolution or an interpolation makes them, a window sees as many of them
as it hits: how many depends on where it lies. The most of all alignments counts, so lengths are whole numbers.
"""

from fractions import Fraction
from math import floor, inf

from cutaway.record import Record, replace

Length = int | Fraction | float
"""A length in steps of the model's input; infinite for the whole of it."""


class Span(Record):
    """How far one output reaches beyond one place of the input: `steps`, and on finer grids what makes up whole ones.

    `finer` holds, from the coarsest grid on, the distance of the places between which a finer one lies, and how far
    windows reach on it; a window on the next finer one widens those of the grids before.
    """

    steps: Length = 0
    finer: tuple[tuple[Length, Length], ...] = ()

    @property
    def length(self) -> Length:
        """How many places of the input are seen."""
        reach: Length = 0
        for unit, rest in reversed(self.finer):
            reach = unit * floor((rest + reach) / unit)
        return self.steps + reach + 1

    def wider(self, reach: Length) -> "Span":
        """Return what is seen through a window that reaches so far beyond one place."""
        if self.steps == inf or not reach:
            return self
        if not self.finer:
            return replace(self, steps=self.steps + reach)
        unit, rest = self.finer[-1]
        return replace(self, finer=(*self.finer[:-1], (unit, rest + reach)))

    def between(self, unit: Length, reach: Length) -> "Span":
        """Return what is seen from a finer grid between places so far apart, through a window on that grid."""
        return self if self.steps == inf else replace(self, finer=(*self.finer, (unit, 0))).wider(reach)


ONE = Span()
WHOLE = Span(steps=inf)
