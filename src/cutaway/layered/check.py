"""Postconditions of a layout, in words; independent of how it was made."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from cutaway.geometry import Bounds, Point, Rect
from cutaway.grid import Grid
from cutaway.layered.problem import Layout, Problem

_SLACK = 0.01
_HEAD = 7.99  # straight before the target, where a bend precedes


def violations(problem: Problem, layout: Layout) -> tuple[str, ...]:
    """Return what is wrong with a layout; nothing for a legal one."""
    check = _Check(problem, layout)
    lacking = tuple(check.complete())
    if lacking:
        return lacking
    return tuple(
        dict.fromkeys(
            (
                *check.sizes(),
                *check.boxes(),
                *check.clusters(),
                *check.routes(),
                *check.passing(),
                *check.shared(),
                *check.labels(),
            )
        )
    )


class _Named:
    """Rectangles with names, found by where they are."""

    def __init__(self, rects: Mapping[str, Rect]) -> None:
        self._rects = rects
        self._grid = Grid([(_bounds(rect), name) for name, rect in rects.items()])

    def over(self, rect: Rect) -> Iterator[str]:
        """Yield the names of all that overlap a rectangle."""
        found = dict.fromkeys(self._grid.near(_bounds(rect)))
        return (name for name in found if self._rects[name].overlaps(rect, _SLACK))


def _bounds(rect: Rect) -> Bounds:
    return rect.x, rect.y, rect.right, rect.bottom


def _stretch(one: Point, two: Point) -> Rect:
    """Return the thin rectangle around a stretch of a route."""
    x, y = min(one.x, two.x), min(one.y, two.y)
    thick = 2 * _SLACK
    return Rect(x - thick, y - thick, abs(one.x - two.x) + 2 * thick, abs(one.y - two.y) + 2 * thick)


class _Check:
    def __init__(self, problem: Problem, layout: Layout) -> None:
        self._problem = problem
        self._layout = layout
        self._boxes = _Named(layout.boxes)
        parent = {cluster.id: cluster.parent for cluster in problem.clusters}
        self._parent = parent | {box.id: box.cluster for box in problem.boxes}

    def complete(self) -> Iterator[str]:
        """Every part has its place, and nothing else has."""
        problem, layout = self._problem, self._layout
        for kind, asked, given in (
            ("boxes", {box.id for box in problem.boxes}, set(layout.boxes)),
            ("clusters", {cluster.id for cluster in problem.clusters}, set(layout.clusters)),
            ("routes", {link.id for link in problem.links}, set(layout.routes)),
            ("labels", {link.id for link in problem.links if link.label is not None}, set(layout.labels)),
        ):
            yield from (f"{kind} lack {name!r}" for name in sorted(asked - given))
            yield from (f"{kind} have {name!r}, which nobody asked for" for name in sorted(given - asked))

    def sizes(self) -> Iterator[str]:
        """Sizes are as asked and all is on the page."""
        page = Rect(0.0, 0.0, self._layout.size.width, self._layout.size.height)
        asked = {("box", box.id): box.size for box in self._problem.boxes}
        asked.update({("label", link.id): link.label for link in self._problem.links if link.label is not None})
        layout = self._layout
        for kind, rects in (("box", layout.boxes), ("cluster", layout.clusters), ("label", layout.labels)):
            for name, rect in rects.items():
                if not page.contains(rect, _SLACK):
                    yield f"{kind} {name!r} is off the page"
                size = asked.get((kind, name))
                if size is not None and abs(size.width - rect.width) + abs(size.height - rect.height) > _SLACK:
                    yield f"{kind} {name!r} has another size than asked"
        for name, route in layout.routes.items():
            if any(not page.contains(_stretch(point, point), 4 * _SLACK) for point in route):
                yield f"route {name!r} is off the page"

    def boxes(self) -> Iterator[str]:
        """No box is over another."""
        for name, rect in self._layout.boxes.items():
            yield from (f"box {name!r} is over box {other!r}" for other in self._boxes.over(rect) if other > name)

    def _inside(self, member: str, cluster: str) -> bool:
        above = self._parent[member]
        while above is not None and above != cluster:
            above = self._parent[above]
        return above == cluster

    def clusters(self) -> Iterator[str]:
        """Members are inside with the insets, others outside; clusters overlap only where they are nested."""
        layout = self._layout
        clusters = _Named(layout.clusters)
        members: dict[str | None, list[str]] = defaultdict(list)
        for member, above in self._parent.items():
            members[above].append(member)
        for cluster in self._problem.clusters:
            rect, kept = layout.clusters[cluster.id], cluster.insets
            inner = Rect(
                rect.x + kept.left,
                rect.y + max(kept.top, cluster.caption.height),
                rect.width - kept.left - kept.right,
                rect.height - max(kept.top, cluster.caption.height) - kept.bottom,
            )
            if cluster.caption.width > rect.width + _SLACK:
                yield f"cluster {cluster.id!r} is narrower than its caption"
            for member in members[cluster.id]:
                if not inner.contains(self._rect(member), _SLACK):
                    yield f"{member!r} is not inside cluster {cluster.id!r}"
            yield from (
                f"box {name!r} is in cluster {cluster.id!r}, where it does not belong"
                for name in self._boxes.over(rect)
                if not self._inside(name, cluster.id)
            )
            for other in clusters.over(rect):
                apart = not self._inside(other, cluster.id) and not self._inside(cluster.id, other)
                if other > cluster.id and apart:
                    yield f"cluster {other!r} is over cluster {cluster.id!r}"

    def _rect(self, member: str) -> Rect:
        boxes = self._layout.boxes
        return boxes[member] if member in boxes else self._layout.clusters[member]

    def routes(self) -> Iterator[str]:
        """Routes are level and upright by turns, from border to border, straight before an arrowhead."""
        for link in self._problem.links:
            route = self._layout.routes[link.id]
            if len(route) < 2:
                yield f"route {link.id!r} has no length"
                continue
            ways = []
            for one, two in pairwise(route):
                level, upright = abs(one.y - two.y) < _SLACK, abs(one.x - two.x) < _SLACK
                if level == upright:
                    yield f"route {link.id!r} has a slanting or empty stretch"
                ways.append(level)
            if any(one == two for one, two in pairwise(ways)):
                yield f"route {link.id!r} has a corner on a straight stretch"
            for end, box in ((route[0], link.source), (route[-1], link.target)):
                if not _on_border(end, self._layout.boxes[box]):
                    yield f"route {link.id!r} does not end on the border of {box!r}"
            last = abs(route[-1].x - route[-2].x) + abs(route[-1].y - route[-2].y)
            if len(route) > 2 and last < _HEAD:
                yield f"route {link.id!r} has no room for its arrowhead"

    def passing(self) -> Iterator[str]:
        """No route goes through a box, its own included, or over a caption."""
        captions = _Named(self._captions())
        for link in self._problem.links:
            for one, two in pairwise(self._layout.routes[link.id]):
                rect = _stretch(one, two)
                yield from (
                    f"route {link.id!r} goes through box {name!r}"
                    for name in self._boxes.over(rect)
                    if self._layout.boxes[name].grown(-3 * _SLACK).overlaps(rect)
                )
                yield from (f"route {link.id!r} goes over the caption of {name!r}" for name in captions.over(rect))

    def _captions(self) -> dict[str, Rect]:
        rects = {}
        for cluster in self._problem.clusters:
            rect, size = self._layout.clusters[cluster.id], cluster.caption
            if size.width and size.height:
                rects[cluster.id] = Rect(rect.x, rect.y, size.width, size.height)
        return rects

    def shared(self) -> Iterator[str]:
        """No routes of two tensors run along each other."""
        lanes: dict[tuple[bool, int], list[tuple[float, float, float, str, str]]] = defaultdict(list)
        for link in self._problem.links:
            for one, two in pairwise(self._layout.routes[link.id]):
                level = abs(one.y - two.y) < _SLACK
                at, ends = (one.y, (one.x, two.x)) if level else (one.x, (one.y, two.y))
                lane = (min(ends), max(ends), at, link.tensor, link.id)
                lanes[level, int(at // 1)].append(lane)
                lanes[level, int(at // 1) + 1].append(lane)
        for stretches in lanes.values():
            yield from _running_along(sorted(stretches))

    def labels(self) -> Iterator[str]:
        """Labels are free of boxes, of each other, of routes, of the borders and captions of clusters."""
        layout = self._layout
        labels = _Named(layout.labels)
        borders = _Named(
            {f"{name}.{side}": edge for name, rect in layout.clusters.items() for side, edge in enumerate(_edges(rect))}
        )
        captions = _Named(self._captions())
        for name, rect in layout.labels.items():
            yield from (f"label {name!r} is over box {other!r}" for other in self._boxes.over(rect))
            yield from (f"label {name!r} is over label {other!r}" for other in labels.over(rect) if other > name)
            yield from (f"label {name!r} is over the border {other!r}" for other in borders.over(rect))
            yield from (f"label {name!r} is over the caption of {other!r}" for other in captions.over(rect))
        for link, route in layout.routes.items():
            for one, two in pairwise(route):
                for other in labels.over(_stretch(one, two)):
                    yield f"route {link!r} goes through label {other!r}"


def _running_along(lane: list[tuple[float, float, float, str, str]]) -> Iterator[str]:
    active: list[tuple[float, float, float, str, str]] = []
    for stretch in lane:
        active = [other for other in active if other[1] > stretch[0] + _SLACK]
        for other in active:
            if abs(other[2] - stretch[2]) < _SLACK and other[3] != stretch[3]:
                yield f"routes {other[4]!r} and {stretch[4]!r} share a stretch"
        active.append(stretch)


def _edges(rect: Rect) -> tuple[Rect, Rect, Rect, Rect]:
    corners = (
        Point(rect.x, rect.y),
        Point(rect.right, rect.y),
        Point(rect.right, rect.bottom),
        Point(rect.x, rect.bottom),
    )
    one, two, three, four = corners
    return _stretch(one, two), _stretch(two, three), _stretch(three, four), _stretch(four, one)


def _on_border(point: Point, rect: Rect) -> bool:
    inside = rect.grown(_SLACK).contains(Rect(point.x, point.y, 0.0, 0.0))
    edge = min(abs(point.x - rect.x), abs(point.x - rect.right), abs(point.y - rect.y), abs(point.y - rect.bottom))
    return inside and edge < _SLACK
