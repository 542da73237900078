"""Bend a layout that leads down into a U: down on the left, up on the right, with the skips straight across.

The layout is cut once, where most skips run side by side. What lies below is turned by half a circle, so that the lines
of the skips face those above, and both halves are stretched until each skip leaves and arrives at one height.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Layout, Problem, Route
from cutaway.layered.wrap_gaps import Gap, Lane
from cutaway.layered.wrap_turn import about
from cutaway.record import record

_LEAST = 2
"""A U has so many skips."""
_TURN = 12.0  # from the lowest box to the line that leads from one half to the other
_ACROSS = 3.0  # between the halves, in gaps between boxes


@record(eq=False)
class Half:
    """The part of a layout above a cut: its links that lead across, up to where they turn down to it."""

    layout: Layout
    cut: float
    ends: dict[str, Route]
    bands: tuple[float, ...]

    def anchor(self, link: str) -> float:
        """Return the height at which a link runs before it turns down to the cut."""
        return self.ends[link][-1].y

    def extent(self) -> Rect:
        """Return the room of all that is not a skip; `ends` must hold nothing but skips and the way between."""
        rects = [rect for rect in (*self.layout.boxes.values(), *self.layout.labels.values()) if rect.y < self.cut]
        points = [point for name, route in self.layout.routes.items() if name not in self.ends for point in route]
        points = [point for point in points if point.y < self.cut]
        points += [point for route in self.ends.values() for point in route[:-1]]
        xs = [*(rect.x for rect in rects), *(rect.right for rect in rects), *(point.x for point in points)]
        bottom = max(*(rect.bottom for rect in rects), *(point.y for point in points))
        return Rect(min(xs), 0.0, max(xs) - min(xs), bottom)

    def is_clear(self, link: str) -> bool:
        """Tell whether a link can run on straight, out of the half, from where it turned."""
        before, turn = self.ends[link][-2:]
        return not any(
            rect.y <= turn.y <= rect.bottom and (rect.right > turn.x if turn.x > before.x else rect.x < turn.x)
            for rect in (*self.layout.boxes.values(), *self.layout.labels.values())
        )

    def growth(self, skips: Sequence[str], heights: Sequence[float]) -> tuple[tuple[float, float], ...] | None:
        """Return which bands grow by how much, so that the skips come to lie at `heights`; None where there is none."""
        found: list[tuple[float, float]] = []
        grown, above = 0.0, float("-inf")
        for link, height in zip(skips, heights, strict=True):
            anchor = self.anchor(link)
            between = [band for band in self.bands if above < band < anchor]
            extra = height - anchor - grown
            if extra > 0 and not between:
                return None
            found += [(band, extra / len(between)) for band in between if extra > 0]
            grown, above = grown + max(0.0, extra), anchor
        return tuple(found)


def bent(problem: Problem, layout: Layout, found: Sequence[Gap]) -> Layout | None:
    """Return a layout that leads down as a U; None for one that has no skips across a bottleneck."""
    most = max((gap for gap in found), key=lambda gap: len(gap.lanes), default=None)
    if problem.clusters or most is None or len(most.lanes) <= _LEAST:
        return None
    deepest = [gap for gap in found if len(gap.lanes) == len(most.lanes)]
    cut = min(deepest, key=lambda gap: (abs(layout.size.height / 2 - gap.middle), gap.middle))
    links = _across(problem, layout, cut)
    if links is None:
        return None
    bands = _between_boxes(layout, found)
    left = Half(layout=layout, cut=cut.middle, ends=_ends(layout, links, cut.middle), bands=tuple(bands))
    turned, high = about(layout), layout.size.height
    backwards = Layout(
        size=turned.size,
        boxes=turned.boxes,
        clusters={},
        routes={name: route[::-1] for name, route in turned.routes.items()},
        labels=turned.labels,
    )
    ends = _ends(backwards, links, high - cut.middle)
    right = Half(layout=backwards, cut=high - cut.middle, ends=ends, bands=tuple(high - band for band in bands[::-1]))
    return _joined(problem, left, right)


def _between_boxes(layout: Layout, found: Sequence[Gap]) -> list[float]:
    """Return one height for each space between boxes, which may hold a label besides: there the space may grow."""
    bottoms = sorted(rect.bottom for rect in layout.boxes.values())
    return list({bisect_right(bottoms, gap.middle): gap.middle for gap in found}.values())


def _across(problem: Problem, layout: Layout, cut: Gap) -> list[str] | None:
    """Return the links that cross a cut; None where two of them share a line or one comes back."""
    found: dict[Lane, str] = {}
    for link in problem.links:
        for a, b in pairwise(layout.routes[link.id]):
            if min(a.y, b.y) < cut.middle < max(a.y, b.y):
                if (link.tensor, a.x) in found or a.y > b.y:
                    return None
                found[link.tensor, a.x] = link.id
    return list(found.values()) if len(set(found.values())) == len(found) else None


def _ends(layout: Layout, links: Sequence[str], cut: float) -> dict[str, Route]:
    """Return the part of each link above the cut, down to where it turns to it."""
    ends = {}
    for link in links:
        route = layout.routes[link]
        last = next(place for place, (a, b) in enumerate(pairwise(route)) if a.y < cut < b.y)
        ends[link] = route[: last + 1]
    return ends


def _joined(problem: Problem, left: Half, right: Half) -> Layout | None:
    main = max(left.ends, key=lambda link: left.ends[link][0].y + right.ends[link][0].y)  # between the innermost boxes
    skips = sorted((link for link in left.ends if link != main), key=left.anchor)
    for half in (left, right):
        anchors = [half.anchor(link) for link in skips]
        if any(b - a < 1.0 for a, b in pairwise(anchors)):
            return None
        if any(len(half.ends[link]) < 2 or not half.is_clear(link) for link in skips):
            return None
        if any(half.ends[link][-2].y != half.ends[link][-1].y for link in skips):
            return None
    heights = _heights(left, right, skips)
    growths = left.growth(skips, heights), right.growth(skips, heights)
    if growths[0] is None or growths[1] is None:
        return None
    gutter = _ACROSS * problem.gaps.box
    one, two = left.extent(), right.extent()
    sides = (
        _Side(left, growths[0], -one.x),
        _Side(right, growths[1], one.width + gutter - two.x),
    )
    low = max(side.y(rect.bottom) for side, rect in zip(sides, (one, two), strict=True)) + _TURN
    routes = {}
    for link in problem.links:
        name = link.id
        if name in left.ends:
            here, there = (side.route(side.half.ends[name]) for side in sides)
            routes[name] = (*here[:-1], *there[-2::-1]) if name != main else _under(here, there, low)
        else:
            is_left = left.layout.routes[name][0].y < left.cut
            side = sides[0 if is_left else 1]
            route = side.route(side.half.layout.routes[name])
            routes[name] = route if is_left else route[::-1]
    return Layout(
        size=Size(one.width + gutter + two.width, low),
        boxes={box.id: _placed(box.id, *[(side, side.half.layout.boxes) for side in sides]) for box in problem.boxes},
        clusters={},
        routes=routes,
        labels={
            name: _placed(name, *[(side, side.half.layout.labels) for side in sides]) for name in left.layout.labels
        },
    )


def _heights(left: Half, right: Half, skips: Sequence[str]) -> list[float]:
    """Return the height of each skip from the top: that of the half which needs more room above it."""
    heights: list[float] = []
    here = there = 0.0
    for link in skips:
        height = max(left.anchor(link) + here, right.anchor(link) + there)
        here, there = height - left.anchor(link), height - right.anchor(link)
        heights.append(height)
    return heights


def _under(here: Route, there: Route, low: float) -> Route:
    """Lead from the lower end of one half to that of the other."""
    return (*here, Point(here[-1].x, low), Point(there[-1].x, low), *there[::-1])


@record(kw_only=False, eq=False)
class _Side:
    """A half with its place."""

    half: Half
    growth: tuple[tuple[float, float], ...]
    dx: float

    def y(self, y: float) -> float:
        """Return where a height comes to lie."""
        return y + sum(extra for band, extra in self.growth if band < y)

    def route(self, route: Route) -> Route:
        """Return where a line comes to lie."""
        return tuple([Point(point.x + self.dx, self.y(point.y)) for point in route])

    def rect(self, rect: Rect) -> Rect:
        """Return where a rectangle comes to lie."""
        return Rect(rect.x + self.dx, self.y(rect.y), rect.width, rect.height)


def _placed(name: str, *found: tuple[_Side, Mapping[str, Rect]]) -> Rect:
    """Return where one of the rectangles of both halves comes to lie: in the half whose part it is."""
    return next(side.rect(rects[name]) for side, rects in found if rects[name].y < side.half.cut)
