"""Open strips in a finished layout, where something else needs room; what lies beyond them moves on."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Continued, Layout

_LEAST = 0.1
"""Points between two things that do not touch, and that a strip can part."""


class Strips:
    """Widths of strips by where they open, along one axis."""

    def __init__(self) -> None:
        self.wanted: dict[float, float] = {}

    def keep_apart(self, low: float, high: float, start: float, end: float, before: float, behind: float) -> None:
        """Ask for room so that what reaches from `low` to `high` is clear of `start` to `end`, on whichever side."""
        if _LEAST <= start - high < before:
            self._ask((high + start) / 2, before - (start - high))
        elif _LEAST <= low - end < behind:
            self._ask((low + end) / 2, behind - (low - end))

    def free(self, taken: Sequence[tuple[float, float]]) -> Mapping[float, float]:
        """Return the strips that cut through nothing; of those between the same things, the widest."""
        found: dict[tuple[int, int], tuple[float, float]] = {}
        for at, room in sorted(self.wanted.items()):
            if any(low < at - 1e-6 and at + 1e-6 < high for low, high in taken):
                continue
            gap = (sum(high <= at + 1e-6 for _, high in taken), sum(low < at - 1e-6 for low, _ in taken))
            if gap not in found or found[gap][1] < room:
                found[gap] = (at, room)
        return dict(found.values())

    def _ask(self, at: float, room: float) -> None:
        self.wanted[at] = max(room, self.wanted.get(at, 0.0))


class _Axis:
    """Where each coordinate goes along one axis."""

    def __init__(self, strips: Mapping[float, float]) -> None:
        self.at = sorted(strips)
        self.before = [0.0, *accumulate(strips[at] for at in self.at)]

    def __call__(self, value: float) -> float:
        return value + self.before[bisect_right(self.at, value)]


def stretched(layout: Layout, across: Mapping[float, float], down: Mapping[float, float]) -> Layout:
    """Return a layout with strips opened at x `across` and y `down` (their widths in points); boxes keep their size."""
    x, y = _Axis(across), _Axis(down)

    def moved(rect: Rect) -> Rect:
        middle = rect.center
        return rect.moved(x(middle.x) - middle.x, y(middle.y) - middle.y)

    def grown(rect: Rect) -> Rect:
        left, top = x(rect.x), y(rect.y)
        return Rect(left, top, x(rect.right) - left, y(rect.bottom) - top)

    return Layout(
        size=Size(x(layout.size.width), y(layout.size.height)),
        boxes={key: moved(rect) for key, rect in layout.boxes.items()},
        clusters={key: grown(rect) for key, rect in layout.clusters.items()},
        routes={key: tuple([Point(x(at.x), y(at.y)) for at in route]) for key, route in layout.routes.items()},
        labels={key: moved(rect) for key, rect in layout.labels.items()},
        continued={
            key: tuple(
                [Continued(rect=grown(part.rect), caption=part.caption and moved(part.caption)) for part in parts]
            )
            for key, parts in layout.continued.items()
        },
    )
