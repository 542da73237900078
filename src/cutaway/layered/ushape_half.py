"""One half of a U, laid out for itself: where its skips leave or arrive, and how it is stretched so that they meet."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.layered import lay_out
from cutaway.layered.check_rects import stretch
from cutaway.layered.problem import Layout, Problem, Route
from cutaway.layered.ushape_plan import Skip, in_a_row, lengthened
from cutaway.layered.wrap import downwards, mirrored
from cutaway.layered.wrap_gaps import Gap, Whole, gaps
from cutaway.record import Record, replace

_NEAR = 1e-6


class Half:
    """One half: skips come out of it to the right (`towards` is 1) or to the left (-1), which may take turning it."""

    def __init__(self, problem: Problem, skips: Sequence[Skip], main: Skip, towards: int) -> None:
        self.problem, self.skips, self.main, self.towards = problem, skips, main, towards
        self._ends = {skip.end for skip in (*skips, main)}
        whole = lengthened(problem, main)
        for asked in (whole, in_a_row(whole, skips)):
            found = _labelled_outside(asked) if towards > 0 and not asked.clusters else lay_out(asked)
            routes = {link.id: found.routes[link.id] for link in problem.links}
            boxes = {box.id: found.boxes[box.id] for box in problem.boxes}
            self._try(replace(found, boxes=boxes, routes=routes))
            if self.is_clear:
                break

    def _try(self, layout: Layout) -> None:
        """Take a layout, swapped where that is of use; captions of clusters stay in their left corners."""
        self.layout = layout
        if not self.is_clear:
            self.layout = mirrored(layout)

    @property
    def is_clear(self) -> bool:
        """Whether each skip runs on straight from where it turned, and in an order that can be met."""
        anchors = [self.anchor(skip) for skip in self.skips]
        if any(below.y - above.y < 1.0 for above, below in pairwise(anchors)):
            return False
        return all(self._is_free(skip) for skip in self.skips) and not any(map(self._is_crossed, self._captions))

    def _is_crossed(self, caption: Rect) -> bool:
        """Tell whether something stands where a caption does."""
        lines = [pair for route in self._lines() for pair in pairwise(route)]
        things = [rect for name, rect in self.layout.boxes.items() if name not in self._ends]
        things += [stretch(*ends) for ends in lines]
        return any(caption.overlaps(thing) for thing in (*things, *self.layout.labels.values()))

    def routes(self, skip: Skip) -> list[Route]:
        """Return the lines of a skip, each from its end outside to the box inside, without the way to the former."""
        links = [link for link in self.problem.links if skip.end in {link.source, link.target}]
        found = [self.layout.routes[link.id] for link in links]
        return [route if link.source == skip.end else route[::-1] for link, route in zip(links, found, strict=True)]

    def anchor(self, skip: Skip) -> Point:
        """Return the point inside from which a skip leads straight across."""
        routes = self.routes(skip)
        start = routes[0][0]
        turns = [route[1] for route in routes if len(route) > 2 and route[0].x == route[1].x]
        return min(turns, key=lambda turn: abs(turn.y - start.y), default=start)

    def inside(self, skip: Skip, place: int) -> Route:
        """Return one of the lines of a skip from where it leads across on."""
        anchor, route = self.anchor(skip), self.routes(skip)[place]
        return (anchor, *(route[1:] if route[1] != anchor else route[2:]))

    def _is_free(self, skip: Skip) -> bool:
        """Tell whether nothing lies between the anchor of a skip and the other half."""
        anchor, own = self.anchor(skip), {point for route in self.routes(skip) for point in route}

        def is_beyond(x: float) -> bool:
            return (x - anchor.x) * self.towards > _NEAR

        rects = [rect for name, rect in self.layout.boxes.items() if name not in self._ends]
        rects += [*self.layout.labels.values(), *self._captions]
        if any(rect.y <= anchor.y <= rect.bottom and any(map(is_beyond, (rect.x, rect.right))) for rect in rects):
            return False
        lines = [pair for route in self._lines() for pair in pairwise(route)]
        return not any(
            min(a.y, b.y) - _NEAR <= anchor.y <= max(a.y, b.y) + _NEAR and any(is_beyond(end.x) for end in (a, b))
            for a, b in lines
            if not {a, b} <= own
        )

    def _lines(self) -> list[Route]:
        """Return all lines, those of the skips without the way to what is beyond."""
        ends = {link.id for link in self.problem.links if self._ends & {link.source, link.target}}
        inner = [route for name, route in self.layout.routes.items() if name not in ends]
        for skip in self.skips:
            inner += [self.inside(skip, place) for place in range(len(self.routes(skip)))]
        return inner + self.routes(self.main)

    def extent(self) -> Rect:
        """Return the room of what is drawn; its lower border is that of the boxes and labels."""
        layout = self.layout
        rects = [rect for name, rect in layout.boxes.items() if name not in self._ends]
        rects += [*layout.labels.values(), *layout.clusters.values()]
        points = [point for route in self._lines() for point in route]
        xs = [*(rect.x for rect in rects), *(rect.right for rect in rects), *(point.x for point in points)]
        top, bottom = min(rect.y for rect in rects), max(rect.bottom for rect in rects)
        return Rect(min(xs), top, max(xs) - min(xs), bottom - top)

    @cached_property
    def bands(self) -> list[Gap]:
        """The bands across, from the top to the bottom."""
        lines = {name: tuple([(at.x, at.y) for at in route]) for name, route in self.layout.routes.items()}
        return gaps(self.problem, Whole(self.layout, lines), self._captions)

    @property
    def _captions(self) -> list[Rect]:
        borders = [(self.layout.clusters[cluster.id], cluster.caption) for cluster in self.problem.clusters]
        return [Rect(border.x, border.y, size.width, size.height) for border, size in borders if size.width]

    @property
    def is_thin(self) -> bool:
        """Whether there is but one line between two skips: what leads further than that is no U."""
        ends = {skip.end: self.routes(skip)[0][0].x for skip in self.skips}
        apart = {
            (link.tensor, ends[end]) for link in self.problem.links for end in (link.source, link.target) if end in ends
        }
        anchors = [self.anchor(skip).y for skip in self.skips]
        return all(
            any(
                above < band.middle < below and len([lane for lane in band.lanes if lane not in apart]) <= 1
                for band in self.bands
            )
            for above, below in pairwise(anchors)
        )

    def growth(self, heights: Sequence[float]) -> tuple[tuple[float, float], ...] | None:
        """Return which bands grow by how much, so that the skips come to lie at `heights`; None where there is none.

        The first is reached by moving the half as a whole.
        """
        anchors = [self.anchor(skip).y for skip in self.skips]
        found = [(float("-inf"), heights[0] - anchors[0])]
        grown = found[0][1]
        for (above, anchor), height in zip(pairwise(anchors), heights[1:], strict=True):
            extra = height - anchor - grown
            between = self._spaces(above, anchor)
            if extra > _NEAR and not between:
                return None
            found += [(band, extra / len(between)) for band in between if extra > _NEAR]
            grown += max(0.0, extra)
        return tuple(found)

    def _spaces(self, above: float, below: float) -> list[float]:
        """Return one height for each space between boxes, which may hold a label besides: there the space may grow."""
        bottoms = sorted(rect.bottom for rect in self.layout.boxes.values())
        middles = [band.middle for band in self.bands if above < band.middle < below]
        return list({sum(bottom < middle for bottom in bottoms): middle for middle in middles}.values())


def _labelled_outside(problem: Problem) -> Layout:
    """Lay out what leads down with labels to the left of the lines, as if it led to the right, where they are above."""
    boxes = [replace(box, size=Size(box.size.height, box.size.width)) for box in problem.boxes]
    links = [replace(link, label=link.label and Size(link.label.height, link.label.width)) for link in problem.links]
    return downwards(lay_out(replace(problem, boxes=tuple(boxes), links=tuple(links), direction="right")), "right")


class Side(Record, kw_only=False, eq=False):
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

    def rects(self, rects: Mapping[str, Rect]) -> dict[str, Rect]:
        """Return where rectangles come to lie; those around a space that grows, grow."""
        found = {}
        for name, rect in rects.items():
            top = self.y(rect.y)
            found[name] = Rect(rect.x + self.dx, top, rect.width, self.y(rect.bottom) - top)
        return found
