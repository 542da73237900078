"""How volumes stand one behind the other: as near as lines and captions allow."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cutaway.geometry import Rect
from cutaway.record import replace
from cutaway.views.volumes.signs import Signed
from cutaway.views.volumes.strip import CLEAR, Strip, Volume
from cutaway.views.volumes.words import measured

_WIDE, _WIDER = 1.7, 2.4
"""Gaps that are so much wider than usual have their own cause, and are not those of all stages, or of all vectors."""
_NAMED = 3.6
"""Gaps that are so much wider than usual are too wide for a name of an output."""
_BELOW = 0.5
"""Points by which a volume is so much higher than another that it is beside what hangs below that."""


def evened(strips: Sequence[Strip], lows: Sequence[float]) -> list[Strip]:
    """Return strips with even gaps, if they are not tight, and captions that begin at some heights under their axes."""
    found = [each for strip in strips if not strip.is_tight for each in Along(strip).gaps()]
    even, slim = (max([gap for is_slim, gap in found if is_slim == kind], default=0.0) for kind in (False, True))
    return [replace(strip, even=even, even_slim=slim, low=low) for strip, low in zip(strips, lows, strict=True)]


class Along:
    """The volumes of a strip while they get their places, the middles of their fronts being at 0."""

    def __init__(self, strip: Strip) -> None:
        self._strip = strip
        self._theme = strip.theme
        self._tops = strip.tops()
        self._called = strip.called()

    def fronts(self) -> list[Rect]:
        """Return the fronts: neighbours nearly touch, and even gaps between stages hold arrows and captions."""
        return self._rimmed(self._placed())

    def gaps(self) -> Iterator[tuple[bool, float]]:
        """Yield whether stages are both of vectors, with the gaps between them; not those with their own causes."""
        for (one, here), (other, there) in pairwise(zip(self._strip.volumes, self._placed(), strict=True)):
            gap = there.x - here.right - self._reach(one, other)
            is_slim = one.slim and other.slim
            is_usual = gap <= (_WIDER if is_slim else _WIDE) * self._strip.gap
            if one.stage != other.stage and is_usual and gap + self._reach(one, other) > self._named(one, other):
                yield is_slim, gap

    def _placed(self) -> list[Rect]:
        found: list[Rect] = []
        end = right = 0.0
        last, air, signed = None, 0.0, Signed(self._strip)
        for caption, slot in self._strip.slots():
            wide, inner = 0.0, list[float]()
            for place, volume in enumerate(slot):
                wide += self._between(slot[place - 1], volume) if place else 0.0
                inner.append(wide)
                wide += volume.solid.front.width
            named = sum(self._called.get(volume.id, 0.0) for volume in slot)
            over = (max(measured(caption.lines, self._theme).width, named) - wide) / 2
            start = 0.0
            if last is not None:
                start = end + self._between(last, slot[0])
                if caption.lines or named:
                    start = max(start, right + max(air, caption.air) + over)
                start = max(start, signed.least(slot[0]))
            for volume, x in zip(slot, inner, strict=True):
                front = volume.solid.front
                found.append(Rect(start + x, -front.height / 2, front.width, front.height))
                signed.add(volume, found[-1])
            end, last = start + wide, slot[-1]
            right, air = max(right, end + max(0.0, over)), caption.air
        return found

    def _rimmed(self, fronts: list[Rect]) -> list[Rect]:
        """Return the fronts with room for the borders that pass between volumes, beside all that is before them."""
        found: list[Rect] = []
        shift, reach, rim = 0.0, 0.0, 0.0
        for volume, front in zip(self._strip.volumes, fronts, strict=True):
            rim, solid = rim + volume.rim[0], volume.solid
            if rim and found:
                shift = max(shift, reach + rim + solid.front.x - front.x)
            found.append(front.moved(shift, 0.0))
            reach = max(reach, front.x + shift - solid.front.x + solid.size.width)
            rim = volume.rim[1]
        return found

    def _rising(self, one: Volume, other: Volume) -> float:
        """Return the gap that lines need which rise from the slanting tops of turned volumes."""
        (left, right), (next_left, next_right) = one.solid.crown, other.solid.crown
        if left.y == right.y and next_left.y == next_right.y:
            return 0.0
        front, next_front, least = one.solid.front, other.solid.front, 0.0
        step = self._strip.port / 2
        if one.id in self._tops:
            aside = CLEAR + step * (len(self._tops[one.id]) - 1)
            least = (left.x + right.x) / 2 - front.right + aside + next_front.x
        if other.id in self._tops:
            aside = CLEAR + step * (len(self._tops[other.id]) - 1)
            over = one.solid.size.width - front.right
            least = max(least, over + aside - (next_left.x + next_right.x) / 2 + next_front.x)
        return least

    def _between(self, one: Volume, other: Volume) -> float:
        """Return the gap between two fronts: the same between all stages that need no more."""
        wished = one.after + other.before
        lines = [len(self._tops.get(each.id, ())) for each in (one, other)]
        half = (one.solid.front.width + other.solid.front.width) / 2
        apart = self._strip.port * sum(lines) / 2 - half if all(lines) else 0.0
        apart = max(apart, self._rising(one, other), _hanging(one, other), self._named(one, other))
        if one.stage == other.stage:
            return max(self._strip.near + wished, apart)
        even = self._strip.even_slim if one.slim and other.slim else self._strip.even
        return max(self._reach(one, other) + max(self._strip.gap + wished, even), apart)

    def _named(self, one: Volume, other: Volume) -> float:
        """Return the gap between two fronts so that the name of an output is clear of a higher volume beside it."""
        if self._strip.is_tight:
            return 0.0
        if other.output and one.top > other.top + CLEAR:
            beside, own = one.solid.size.width - one.solid.front.right, other.middle - other.solid.front.x
            label = other.label
        elif one.output and other.top > one.top + CLEAR:
            beside, own = other.solid.front.x, one.solid.front.right - one.middle
            label = one.label
        else:
            return 0.0
        least = beside + 2 * CLEAR + label.width / 2 - own
        return least if least <= _NAMED * self._strip.gap else 0.0

    def _reach(self, one: Volume, other: Volume) -> float:
        """Return how much of the gap between two fronts the depths of their volumes take."""
        return one.solid.size.width - one.solid.front.right + other.solid.front.x


def _hanging(one: Volume, other: Volume) -> float:
    """Return the gap that counts need which hang below volumes and are wider."""
    if one.hung and other.hung:
        return one.hung + other.hung + 1.0
    mine, beside = (one, other) if one.hung else (other, one)
    is_beside = beside.solid.front.height > mine.solid.front.height + _BELOW
    return mine.hung + 1.0 if mine.hung and (is_beside or one.stage != other.stage) else 0.0
