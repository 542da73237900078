"""Wrap a long layout into columns, or rows, as text is: cut where few lines cross, lead these around to the next one.

All lines of a cut run through the gutter between two columns, side by side and without crossing each other: the one
that is rightmost turns first, is leftmost in the gutter, and turns back highest.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from math import inf

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Continued, Corners, Direction, Layout, Problem
from cutaway.layered.wrap_gaps import Gap, Whole, corners_of, gaps, rounded
from cutaway.layered.wrap_parts import Part, assembled
from cutaway.layered.wrap_rooms import Rooms
from cutaway.record import replace

Way = Callable[[float, float], tuple[float, float]]
_FULL = 0.7
"""A column is at least so full, so that a cheaper cut may be taken further up."""
_STEPS = 12
_BESIDE = 3
"""Lines that run side by side above the bottom of a U, at least."""
_SLACK = 1e-6
_SEVERAL = 2
"""Lines that lead across a cut, so that one of them may be a skip."""
_LENGTHS, _LONGER = 6, 0.04
"""Lengths that are tried beyond the shortest, and by how much of it each is longer."""


def downwards(layout: Layout, direction: Direction) -> Layout:
    """Turn a layout whose links lead in `direction`."""
    if direction == "down":
        return layout
    size = layout.size
    return mapped(layout, size if direction == "up" else Size(size.height, size.width), _way_down(size, direction))


def _way_down(size: Size, direction: Direction) -> Way:
    """Return where the places of a layout of some size come to lie when it is turned to lead down."""
    wide, high = size.width, size.height
    if direction == "up":
        return lambda x, y: (x, high - y)
    if direction == "right":
        return lambda x, y: (y, x)
    return lambda x, y: (y, wide - x)


def turned_back(layout: Layout, direction: Direction) -> Layout:
    """Turn a layout that leads down, so that its links lead in `direction`."""
    if direction != "left":
        return downwards(layout, direction)
    wide, high = layout.size.width, layout.size.height
    return mapped(layout, Size(high, wide), lambda x, y: (high - y, x))


def mirrored(layout: Layout) -> Layout:
    """Swap left and right."""
    wide = layout.size.width
    return mapped(layout, layout.size, lambda x, y: (wide - x, y))


def mapped(layout: Layout, size: Size, way: Way) -> Layout:
    """Return a layout of some size in which each place is where a `way` leads."""

    def rect(old: Rect) -> Rect:
        (x, y), (right, bottom) = way(old.x, old.y), way(old.right, old.bottom)
        return Rect(min(x, right), min(y, bottom), abs(right - x), abs(bottom - y))

    return Layout(
        size=size,
        boxes={name: rect(old) for name, old in layout.boxes.items()},
        clusters={name: rect(old) for name, old in layout.clusters.items()},
        routes={
            name: tuple([Point(*way(point.x, point.y)) for point in route]) for name, route in layout.routes.items()
        },
        labels={name: rect(old) for name, old in layout.labels.items()},
        continued={
            name: tuple(
                [Continued(rect=rect(part.rect), caption=part.caption and rect(part.caption)) for part in parts]
            )
            for name, parts in layout.continued.items()
        },
    )


class Wrapping:
    """The ways to wrap one layout. Lengths are along the flow: heights of columns, widths of rows.

    Where `lines` has the corners of its routes, the layout needs none.
    """

    def __init__(self, problem: Problem, layout: Layout, lines: Mapping[str, Corners] | None = None) -> None:
        self._problem = problem
        lines = lines or {name: corners_of(route) for name, route in layout.routes.items()}
        if problem.direction != "down":
            way = _way_down(layout.size, problem.direction)
            lines = {name: tuple([way(x, y) for x, y in line]) for name, line in lines.items()}
        down = downwards(replace(layout, routes={}), problem.direction)
        self._size = down.size
        self._whole = Whole(down, rounded(lines))
        self._gaps = gaps(problem, self._whole, _captions(problem, layout))
        self._rooms = Rooms(problem, self._whole, self._gaps)
        rooms, numbers = self._rooms, range(len(self._gaps))
        self._tops = [gap.top for gap in self._gaps]
        below = [rooms.below(cut) for cut in numbers]
        self._starts = [0.0, *(gap.bottom - rooms.above(cut) for cut, gap in enumerate(self._gaps))]
        self._ends = [*(top + more for top, more in zip(self._tops, below, strict=True)), self._size.height]
        self._prices = [_price(gap) for gap in self._gaps]
        self._least = min(self._prices, default=0.0), max(below, default=0.0)

    @property
    def size(self) -> Size:
        """The size of the layout in one piece, turned so that it leads down."""
        return self._size

    @cached_property
    def area(self) -> float:
        """The room that the layout takes at least, however it is wrapped."""
        return self._rooms.area

    def most(self, length: float) -> list[int] | None:
        """Return the cuts, by their numbers, that make columns of at most a `length`; None where none do."""
        target = length
        for _ in range(_STEPS):  # columns begin at one height, below the longest bundle of lines: all take that room
            cuts = self._filled(target)
            excess = 0.0 if cuts is None else self._rooms.length(cuts) - length
            if cuts is None or excess <= _SLACK:
                return cuts
            target -= excess
        return None

    def evened(self, count: int) -> list[int] | None:
        """Return the cuts for at most `count` columns that are as short as may be; None where it is not to be had."""
        shortest = self._shortest(count)
        if shortest is None:
            return None
        filled = [self._filled(shortest * (1 + place * _LONGER)) for place in range(_LENGTHS)]
        tried = dict.fromkeys([tuple(cuts) for cuts in filled if cuts is not None and len(cuts) < count])
        best = min(tried, key=self._cost)
        return list(best)

    def _shortest(self, count: int) -> float | None:
        """Return the least height of `count` columns at most."""
        low, high, best = self._size.height / (count + 1), self._size.height * 1.3, None
        for _ in range(_STEPS):
            middle = (low + high) / 2
            cuts = self._filled(middle)
            if cuts is not None and len(cuts) < count:
                best = high = middle
            else:
                low = middle
        return best

    def _cost(self, cuts: Sequence[int]) -> float:
        parted = sum(_price(self._gaps[number]) for number in cuts)
        return self._rooms.length(cuts) / self._size.height * (len(cuts) + 1) + parted

    def extent(self, cuts: Sequence[int]) -> Size:
        """Return the size that the columns between `cuts` take, turned so that they lead down."""
        return self._rooms.extent(cuts)

    def parted(self, cuts: Sequence[int]) -> tuple[int, int]:
        """Return how many lines and how many clusters the cuts part."""
        return sum(len(self._gaps[cut].lanes) for cut in cuts), sum(len(self._gaps[cut].torn) for cut in cuts)

    def least(self) -> float:
        """Return the least length of columns that there are cuts for."""
        return max(end - start for start, end in zip(self._starts, self._ends, strict=True))

    def wrapped(self, cuts: Sequence[int]) -> Layout:
        """Return the layout with these cuts."""
        if not cuts:
            return turned_back(self._whole.routed(), self._problem.direction)
        chosen = [self._gaps[number] for number in cuts]
        parts = [Part(*ends) for ends in self._rooms.columns(cuts)]
        layout = assembled(self._problem, self._whole, chosen, parts, self._rooms)
        page = turned_back(layout, self._problem.direction)
        if all(len(gap.lanes) < _SEVERAL for gap in chosen):
            return page
        from cutaway.layered.wrap_short import shortened

        return shortened(self._problem, page, self._turning(chosen))

    def _turning(self, cuts: Sequence[Gap]) -> list[str]:
        """Return the links whose lines lead across cuts."""
        middles = [gap.middle for gap in cuts]
        found = []
        for name, line in self._whole.lines.items():
            ys = [y for _, y in line]
            if bisect_right(middles, min(ys)) < bisect_left(middles, max(ys)):
                found.append(name)
        return found

    @cached_property
    def bent(self) -> Layout | None:
        """The layout as a U; None for one that may not or does not lead down, or has no skips across a bottleneck."""
        leads_down = self._problem.may_bend and self._problem.direction == "down"
        if not leads_down or all(len(gap.lanes) < _BESIDE for gap in self._gaps):
            return None
        from cutaway.layered.ushape import bent

        return bent(self._problem, self._whole.routed(), self._gaps)

    def _filled(self, length: float) -> list[int] | None:
        """Fill columns as a text fills lines, each up to the cheapest cut near its end."""
        cuts: list[int] = []
        start, ends, starts = 0, self._ends, self._starts
        while ends[-1] - starts[start] > length:
            limit = starts[start] + length
            reach = bisect_right(self._tops, limit)
            full = bisect_left(self._tops, limit - (1 - _FULL) * length, start)
            cut = self._cheapest(range(reach - 1, full - 1, -1), limit, length)
            if cut < 0:
                cut = next((cut for cut in range(full - 1, start - 1, -1) if ends[cut] <= limit), -1)
            if cut < start:
                return None
            cuts.append(cut)
            start = cut + 1
        return cuts

    def _cheapest(self, upwards: range, limit: float, length: float) -> int:
        """Return the cut that costs least for how full it makes a column; -1 where all columns would be too long."""
        ends, tops, prices = self._ends, self._tops, self._prices
        (cheapest, lowest), best, least = self._least, -1, inf
        for cut in upwards:
            if least < cheapest - (tops[cut] + lowest) / length:
                break  # none further up can cost less
            if ends[cut] <= limit:
                price = prices[cut] - ends[cut] / length
                if price <= least:
                    best, least = cut, price
        return best


def _price(gap: Gap) -> float:
    """Weigh what a cut parts against how full a column is."""
    return 0.12 * len(gap.lanes) + 0.2 * len(gap.torn)


def _captions(problem: Problem, layout: Layout) -> list[Rect]:
    """Return the places of the captions of clusters, turned as the flow leads down."""
    rects = {}
    for cluster in problem.clusters:
        border, size = layout.clusters[cluster.id], cluster.caption
        if size.width and size.height:
            rects[cluster.id] = Rect(border.x, border.y, size.width, size.height)
    page = Layout(size=layout.size, boxes=rects, clusters={}, routes={}, labels={})
    return list(downwards(page, problem.direction).boxes.values())
