"""Postconditions of a layout, in words; independent of how it was made."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import isfinite

from cutaway.geometry import Rect, Size
from cutaway.layered.check_rects import SLACK, Family, Named, borders, captions, stretch
from cutaway.layered.check_routes import RouteCheck
from cutaway.layered.problem import Cluster, Layout, Problem


def violations(problem: Problem, layout: Layout) -> tuple[str, ...]:
    """Return what is wrong with a layout; nothing for a legal one."""
    lacking = tuple(_complete(problem, layout)) or tuple(_finite(layout))
    if lacking:
        return lacking
    check = _Check(problem, layout)
    routes = RouteCheck(problem, layout, check.family)
    found = (*check.sizes(), *check.boxes(), *check.clusters(), *routes.violations(), *check.labels())
    return tuple(dict.fromkeys(found))


def _complete(problem: Problem, layout: Layout) -> Iterator[str]:
    """Tell of parts without a place, and of places without a part."""
    for kind, asked, given in (
        ("boxes", {box.id for box in problem.boxes}, set(layout.boxes)),
        ("clusters", {cluster.id for cluster in problem.clusters}, set(layout.clusters)),
        ("routes", {link.id for link in problem.links}, set(layout.routes)),
        ("labels", {link.id for link in problem.links if link.label is not None}, set(layout.labels)),
    ):
        yield from (f"{kind} lack {name!r}" for name in sorted(asked - given))
        yield from (f"{kind} have {name!r}, which nobody asked for" for name in sorted(given - asked))


def _finite(layout: Layout) -> Iterator[str]:
    """Tell of numbers that are no places, of extents below nothing, and of routes without a length."""
    page = Rect(0.0, 0.0, layout.size.width, layout.size.height)
    rects = {**layout.boxes, **layout.clusters}
    for name, rect in (("page", page), *rects.items(), *layout.labels.items()):
        if not all(map(isfinite, (rect.x, rect.y, rect.right, rect.bottom))) or min(rect.width, rect.height) < 0:
            yield f"{name!r} has no place"
    for name, route in layout.routes.items():
        if len(route) < 2 or not all(isfinite(point.x) and isfinite(point.y) for point in route):
            yield f"route {name!r} has no length"


class _Check:
    def __init__(self, problem: Problem, layout: Layout) -> None:
        self.family = Family(problem)
        self._problem = problem
        self._layout = layout
        self._boxes = Named(layout.boxes)

    def sizes(self) -> Iterator[str]:
        """Sizes are as asked and all is on the page."""
        page = Rect(0.0, 0.0, self._layout.size.width, self._layout.size.height)
        asked = {("box", box.id): box.size for box in self._problem.boxes}
        asked.update({("label", link.id): link.label for link in self._problem.links if link.label is not None})
        layout = self._layout
        for kind, rects in (("box", layout.boxes), ("cluster", layout.clusters), ("label", layout.labels)):
            for name, rect in rects.items():
                if not page.contains(rect, SLACK):
                    yield f"{kind} {name!r} is off the page"
                size = asked.get((kind, name))
                if size is not None and abs(size.width - rect.width) + abs(size.height - rect.height) > SLACK:
                    yield f"{kind} {name!r} has another size than asked"
        for name, route in layout.routes.items():
            if any(not page.contains(Rect(point.x, point.y, 0.0, 0.0), SLACK) for point in route):
                yield f"route {name!r} is off the page"

    def boxes(self) -> Iterator[str]:
        """No box touches another."""
        for name, rect in self._layout.boxes.items():
            near = self._boxes.touching(rect)
            yield from (f"box {name!r} is over box {other!r}" for other in near if other > name)

    def clusters(self) -> Iterator[str]:
        """Members are inside with the insets, others outside; clusters overlap only where they are nested."""
        layout = self._layout
        clusters = Named(layout.clusters)
        around = {member: frozenset(self.family.around(member)) for member in self.family.parent}
        members: dict[str | None, list[str]] = defaultdict(list)
        for member, above in self.family.parent.items():
            members[above].append(member)
        for cluster in self._problem.clusters:
            rect = layout.clusters[cluster.id]
            yield from _cramped(cluster, rect)
            for member in members[cluster.id]:
                if not _inner(cluster, rect).contains(self._rect(member), SLACK):
                    yield f"{member!r} is not inside cluster {cluster.id!r}"
            for name in self._boxes.over(rect):
                if cluster.id not in around[name]:
                    yield f"box {name!r} is in cluster {cluster.id!r}, where it does not belong"
            for other in clusters.over(rect):
                apart = cluster.id not in around[other] and other not in around[cluster.id]
                if other > cluster.id and apart:
                    yield f"cluster {other!r} is over cluster {cluster.id!r}"

    def _rect(self, member: str) -> Rect:
        boxes = self._layout.boxes
        return boxes[member] if member in boxes else self._layout.clusters[member]

    def labels(self) -> Iterator[str]:
        """Labels stand beside their own routes, free of all else, and in no cluster that is none of theirs."""
        layout = self._layout
        labels = Named(layout.labels)
        edges = Named({f"{cluster}.{number}": edge for (cluster, _, number), edge in borders(layout).items()})
        corners = Named(captions(self._problem, layout))
        clusters = Named(layout.clusters)
        for name, rect in layout.labels.items():
            yield from (f"label {name!r} is over box {other!r}" for other in self._boxes.over(rect))
            yield from (f"label {name!r} is over label {other!r}" for other in labels.over(rect) if other > name)
            yield from (f"label {name!r} is over the border {other!r}" for other in edges.over(rect))
            yield from (f"label {name!r} is over the caption of {other!r}" for other in corners.over(rect))
        for link in self._problem.links:
            if link.label is None:
                continue
            own = {*self.family.around(link.source), *self.family.around(link.target)}
            rect = layout.labels[link.id]
            near = rect.grown(self._problem.gaps.label + SLACK)
            if not any(stretch(one, two).overlaps(near) for one, two in pairwise(layout.routes[link.id])):
                yield f"label {link.id!r} is not beside its route"
            yield from (f"label {link.id!r} is in cluster {name!r}" for name in clusters.over(rect) if name not in own)
        seen = {(one, two): link for link, route in layout.routes.items() for one, two in pairwise(route)}
        for (one, two), route in seen.items():
            yield from (f"route {route!r} goes through label {other!r}" for other in labels.over(stretch(one, two)))


def _cramped(cluster: Cluster, rect: Rect) -> Iterator[str]:
    caption: Size = cluster.caption
    if caption.width > rect.width + SLACK:
        yield f"cluster {cluster.id!r} is narrower than its caption"
    if caption.height > rect.height + SLACK:
        yield f"cluster {cluster.id!r} is lower than its caption"


def _inner(cluster: Cluster, rect: Rect) -> Rect:
    """Return the room of a cluster for its members."""
    kept = cluster.insets
    top = max(kept.top, cluster.caption.height)
    return Rect(rect.x + kept.left, rect.y + top, rect.width - kept.left - kept.right, rect.height - top - kept.bottom)
