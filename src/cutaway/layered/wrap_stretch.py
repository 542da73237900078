"""Stretch the columns of a wrapped layout to one length, as the lines of a text are, between what lies in them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from cutaway.geometry import Rect
from cutaway.layered.wrap_gaps import Gap
from cutaway.record import record

_LOOSE = 0.25
"""A column that lacks more of its length stays as it is."""
_WIDE = 30.0
"""Points by which a gap outside of clusters gets longer before those in them do too."""
_EDGE = 0.2
_NEAR = 1e-3


@record(kw_only=False, eq=False)
class Stretch:
    """By how much what lies in a column moves along the flow: from each of the heights `at` on by the sum of `by`."""

    at: Sequence[float] = ()
    by: Sequence[float] = ()

    def moved(self, y: float) -> float:
        """Return by how much something at a height is moved."""
        place = bisect_right(self.at, y)
        return self.by[place - 1] if place else 0.0

    @property
    def whole(self) -> float:
        """By how much the column is longer."""
        return self.by[-1] if self.by else 0.0


def stretched(length: float, lacking: float, inner: Sequence[Gap], labels: Iterable[Rect]) -> Stretch:
    """Return how a column of a length is stretched by what it lacks: outside of clusters rather than in them.

    A gap is stretched at both ends, so that a label in it stays in the middle; the two gaps around another label count
    as one.
    """
    if not inner or not _NEAR < lacking <= _LOOSE * length:
        return Stretch()
    chosen: list[Gap] = []
    for depth in sorted({len(gap.torn) for gap in inner}):
        chosen = [gap for gap in inner if len(gap.torn) <= depth]
        if lacking <= _WIDE * len(chosen):
            break
    ends = {round(end, 3) for rect in labels for end in (rect.y, rect.bottom)}
    weights = [0.5 if ends & {round(gap.top, 3), round(gap.bottom, 3)} else 1.0 for gap in chosen]
    unit = lacking / sum(weights) / 2
    at = [y for gap in chosen for y in (gap.top + _EDGE, gap.bottom - _EDGE)]
    return Stretch(at, list(accumulate(unit * weight for weight in weights for _ in range(2))))
