"""What the postconditions of a layout look at: rectangles found by where they are, and which cluster holds what."""

from collections.abc import Iterator, Mapping

from cutaway.geometry import Bounds, Point, Rect
from cutaway.grid import Grid
from cutaway.layered.problem import Layout, Problem

SLACK = 0.01


class Named:
    """Rectangles with names, found by where they are."""

    def __init__(self, rects: Mapping[str, Rect]) -> None:
        self._rects = rects
        self._grid = Grid([(_bounds(rect), name) for name, rect in rects.items()])

    def over(self, rect: Rect) -> Iterator[str]:
        """Yield the names of all that overlap a rectangle."""
        found = dict.fromkeys(self._grid.near(_bounds(rect)))
        return (name for name in found if self._rects[name].overlaps(rect, SLACK))

    def touching(self, rect: Rect) -> Iterator[str]:
        """Yield the names of all that have a point in common with a rectangle."""
        return iter(dict.fromkeys(self._grid.near(_bounds(rect))))


def touch(one: Rect, two: Rect) -> bool:
    """Tell whether two rectangles have a point in common."""
    return one.x <= two.right and two.x <= one.right and one.y <= two.bottom and two.y <= one.bottom


def _bounds(rect: Rect) -> Bounds:
    return rect.x, rect.y, rect.right, rect.bottom


def stretch(one: Point, two: Point) -> Rect:
    """Return the thin rectangle around a stretch of a route."""
    x, y = min(one.x, two.x), min(one.y, two.y)
    thick = 2 * SLACK
    return Rect(x - thick, y - thick, abs(one.x - two.x) + 2 * thick, abs(one.y - two.y) + 2 * thick)


def borders(layout: Layout) -> dict[tuple[str, bool, int], Rect]:
    """Return the edges of all clusters, thin: by cluster, whether they are level, and a number."""
    found = {}
    for name, rect in layout.clusters.items():
        one, two = Point(rect.x, rect.y), Point(rect.right, rect.y)
        three, four = Point(rect.right, rect.bottom), Point(rect.x, rect.bottom)
        for number, (start, end) in enumerate(((one, two), (two, three), (three, four), (four, one))):
            found[name, number % 2 == 0, number] = stretch(start, end)
    return found


def captions(problem: Problem, layout: Layout) -> dict[str, Rect]:
    """Return the corners of the clusters that are kept free for captions."""
    rects = {}
    for cluster in problem.clusters:
        rect, size = layout.clusters[cluster.id], cluster.caption
        if size.width and size.height:
            rects[cluster.id] = Rect(rect.x, rect.y, size.width, size.height)
    return rects


class Family:
    """Which cluster holds what."""

    def __init__(self, problem: Problem) -> None:
        self.parent: dict[str, str | None] = {cluster.id: cluster.parent for cluster in problem.clusters}
        self.parent.update((box.id, box.cluster) for box in problem.boxes)

    def around(self, member: str) -> Iterator[str]:
        """Yield the clusters around a box or cluster, the inner ones first."""
        above = self.parent[member]
        while above is not None:
            yield above
            above = self.parent[above]
