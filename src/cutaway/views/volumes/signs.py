"""Words that are asked for above each volume: how far they reach, beside lines that rise there."""

from collections.abc import Mapping, Sequence

from cutaway.geometry import Rect
from cutaway.record import Record
from cutaway.views.volumes.strip import CLEAR, Strip, Volume
from cutaway.views.volumes.words import measured

AIR = 5.0
"""Points between words and a line that rises beside them."""


class Sign(Record):
    """What is above a volume, in points right of where its front begins: words from `start` on, `width` wide.

    With the lines that rise there, it reaches from `left` to `right`.
    """

    start: float
    width: float
    left: float
    right: float


def signs(strip: Strip) -> tuple[Sign | None, ...]:
    """Return what stands above each of the volumes: words in their middle, or to the right of lines that rise there."""
    tops = strip.tops() if strip.signed else {}
    return tuple([_sign(each, tops, strip) if strip.signed else None for each in strip.volumes])


def _sign(volume: Volume, tops: Mapping[str, Sequence[str]], strip: Strip) -> Sign | None:
    is_named = volume.output and not volume.under
    wide = volume.label.width if is_named else measured(volume.named, strip.theme).width
    count, front = len(tops.get(volume.id, ())), volume.solid.front
    if not wide and not count:
        return None
    if not count:
        start = volume.middle - front.x - wide / 2
        return Sign(start=start, width=wide, left=start, right=start + wide)
    one, two = volume.solid.crown
    middle, half = (one.x + two.x) / 2 - front.x, strip.pitch(volume, count) * (count - 1) / 2
    start = middle + half + AIR
    return Sign(start=start, width=wide, left=middle - half - AIR, right=start + wide)


class Signed:
    """The volumes that have their places in a strip, with what is above them, for those that follow."""

    def __init__(self, strip: Strip) -> None:
        self._signs = dict(zip([each.id for each in strip.volumes], signs(strip), strict=True))
        self._before: list[tuple[Volume, Rect, Sign | None]] = []

    def least(self, volume: Volume) -> float:
        """Return where the front of the next volume begins at least, so that all words stand above their own only."""
        sign, begins = self._signs[volume.id], volume.solid.front.x
        found = float("-inf")
        for other, front, its in self._before:
            if sign and its:
                found = max(found, front.x + its.right + 2 * CLEAR - sign.left)
            if its and volume.top > other.top - AIR:
                found = max(found, front.x + its.right + CLEAR + begins)
            if sign and other.top > volume.top - AIR:
                ends = front.x - other.solid.front.x + other.solid.size.width
                found = max(found, ends + CLEAR - sign.left)
        return found

    def add(self, volume: Volume, front: Rect) -> None:
        """Take in a volume at its place."""
        self._before.append((volume, front, self._signs[volume.id]))
