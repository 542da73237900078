"""Bend an encoder and decoder into a U: down on the left, up on the right, with the skips straight across.

The way is cut at the bottom, where most skips run side by side. Each half is laid out for itself, and stretched until
each skip leaves and arrives at one height; what lies on a skip is set on the line across.
"""

from collections.abc import Sequence
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.flat import simplified
from cutaway.layered.problem import Layout, Link, Problem, Route
from cutaway.layered.ushape_half import Half, Side
from cutaway.layered.ushape_plan import Skip, halves, planned
from cutaway.layered.wrap_gaps import Gap

_TURN = 12.0  # from the lowest box to the line that leads from one half to the other
_ACROSS = 3.0  # between the halves, in gaps between boxes


def bent(problem: Problem, layout: Layout, found: Sequence[Gap]) -> Layout | None:
    """Return a layout that leads down as a U; None for one that has no skips across a bottleneck."""
    plan = planned(problem, layout, found)
    if plan is None:
        return None
    down, up = halves(problem, plan)
    left, right = Half(down, plan.skips, plan.main, 1), Half(up, plan.skips, plan.main, -1)
    if not all(half.is_clear and half.is_thin for half in (left, right)):
        return None
    bridges = [_Bridge(problem, skip) for skip in plan.skips]
    heights = _heights(left, right, bridges)
    growths = left.growth(heights), right.growth(heights)
    if growths[0] is None or growths[1] is None:
        return None
    one, two = left.extent(), right.extent()
    gutter = max(_ACROSS * problem.gaps.box, *(bridge.width for bridge in bridges))
    sides = Side(left, growths[0], -one.x), Side(right, growths[1], one.width + gutter - two.x)
    return _joined(sides, bridges, plan.main, one.width + gutter / 2)


def _heights(left: Half, right: Half, bridges: Sequence["_Bridge"]) -> list[float]:
    """Return the height of each skip from the top: that of the half which needs more room above it."""
    heights: list[float] = []
    before: tuple[float, float, _Bridge] | None = None
    tops = left.extent().y, right.extent().y
    for bridge in bridges:
        here, there = left.anchor(bridge.skip).y, right.anchor(bridge.skip).y
        if before is None:
            height = max(here - tops[0], there - tops[1], bridge.above)
        else:
            apart = before[2].below + bridge.above
            height = heights[-1] + max(here - before[0], there - before[1], apart)
        heights.append(height)
        before = here, there, bridge
    return heights


class _Bridge:
    """A skip from one half to the other, with the boxes and labels that lie on it."""

    def __init__(self, problem: Problem, skip: Skip) -> None:
        self.skip = skip
        self._gap, self._air = problem.gaps.rank, problem.gaps.label
        hops: list[Link | None] = [*skip.inner, skip.arriving[0]] if skip.through else []
        self._hops = list(zip(skip.through, hops, strict=True))
        self._labels = [link.label for link in (skip.labelled, *hops) if link and link.label]

    @property
    def width(self) -> float:
        """How far the halves have to be apart."""
        if not self._hops and not self._labels:
            return 0.0
        return (
            self._after(self.skip.labelled) + self._gap + sum(b.size.width + self._after(hop) for b, hop in self._hops)
        )

    @property
    def above(self) -> float:
        """The room above the line."""
        labels = [label.height + self._air for label in self._labels]
        return max([box.size.height / 2 for box, _ in self._hops] + labels, default=0.0) + self._gap / 2

    @property
    def below(self) -> float:
        """The room below the line."""
        return max([box.size.height / 2 for box, _ in self._hops], default=0.0) + self._gap / 2

    def _after(self, hop: Link | None) -> float:
        """Return the room from a box to the next one."""
        return self._gap + (hop.label.width + 2 * self._air if hop and hop.label else 0.0)

    def set(self, middle: float, y: float) -> tuple[dict[str, Rect], dict[str, Rect]]:
        """Return the boxes and labels, around the middle between the halves."""
        x = middle - self.width / 2
        boxes, labels = dict[str, Rect](), dict[str, Rect]()
        for box, hop in [(None, self.skip.labelled), *self._hops]:
            if box:
                boxes[box.id] = Rect(x, y - box.size.height / 2, box.size.width, box.size.height)
                x += box.size.width
            if hop and hop.label:
                size = hop.label
                labels[hop.id] = Rect(x + self._air, y - self._air - size.height, size.width, size.height)
            x += self._after(hop)
        return boxes, labels


def _joined(sides: tuple[Side, Side], bridges: Sequence[_Bridge], main: Skip, middle: float) -> Layout:
    """Put both halves side by side, and what leads across between them."""
    boxes, clusters, labels = dict[str, Rect](), dict[str, Rect](), dict[str, Rect]()
    routes, ends = dict[str, Route](), {skip.end for skip in (*(bridge.skip for bridge in bridges), main)}
    for side in sides:
        layout = side.half.layout
        boxes |= {name: rect for name, rect in side.rects(layout.boxes).items() if name not in ends}
        clusters |= side.rects(layout.clusters)
        labels |= side.rects(layout.labels)
        routes |= {name: side.route(route) for name, route in layout.routes.items()}
    for bridge in bridges:
        y = sides[0].y(sides[0].half.anchor(bridge.skip).y)
        between, said = bridge.set(middle, y)
        boxes, labels = boxes | between, labels | said
        routes |= _across(sides, bridge.skip, list(between.values()), y)
    rects = [*boxes.values(), *clusters.values(), *labels.values()]
    low = max(rect.bottom for rect in rects) + _TURN
    for place, link in enumerate(main.leaving):
        here = sides[0].route(sides[0].half.routes(main)[0])[::-1]
        there = sides[1].route(sides[1].half.routes(main)[place])
        routes[link.id] = _line([*here[:-1], Point(here[-1].x, low), Point(there[0].x, low), *there[1:]])
    wide = max(*(rect.right for rect in rects), *(p.x for r in routes.values() for p in r))
    return Layout(size=Size(wide, low), boxes=boxes, clusters=clusters, routes=routes, labels=labels)


def _across(sides: tuple[Side, Side], skip: Skip, between: Sequence[Rect], y: float) -> dict[str, Route]:
    """Return the lines of a skip, from box to box."""
    left, right = sides
    here = left.route(left.half.inside(skip, 0))[::-1]
    there = [right.route(right.half.inside(skip, place)) for place in range(len(skip.arriving))]
    if not between:
        return {link.id: _line([*here, *way]) for link, way in zip(skip.arriving, there, strict=True)}
    found = {link.id: _line([*here, Point(between[0].x, y)]) for link in skip.leaving}
    for link, (one, two) in zip(skip.inner, pairwise(between), strict=True):
        found[link.id] = Point(one.right, y), Point(two.x, y)
    last = Point(between[-1].right, y)
    return found | {link.id: _line([last, *way]) for link, way in zip(skip.arriving, there, strict=True)}


def _line(points: Sequence[Point]) -> Route:
    return tuple([Point(*point) for point in simplified([(point.x, point.y) for point in points])])
