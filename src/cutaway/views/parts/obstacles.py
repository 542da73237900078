"""What is in the way of lines that are no arrows: whether the room between two things is free."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from cutaway.geometry import Bounds, Point, Rect
from cutaway.graph import Graph
from cutaway.grid import Grid
from cutaway.layered.problem import Layout
from cutaway.ruler import width
from cutaway.scene import Group, Mark, Text

CLEAR = 1.0
"""Points between an obstacle and what is drawn."""
_PILL = 3.0
"""Points around a caption or a count that may be in a pill."""
_REGION = "region "
"""What the names of regions begin with."""

Shape = Sequence[Point]
"""The corners of a convex shape, one after the other; two of them are a line."""


class Obstacles:
    """What lies where in one layout, each thing with a name, and the regions with their captions.

    `things` are convex; `regions` are the marks of the regions in that layout.
    """

    def __init__(
        self, graph: Graph, layout: Layout, things: Iterable[tuple[str, Shape]], regions: Sequence[Mark]
    ) -> None:
        self._parents = {scope.id: scope.parent for scope in graph.scopes}
        self._homes = {node.id: node.scope for node in graph.nodes}
        parts = [(key, part.rect) for key, parts in layout.continued.items() for part in parts]
        around = [(_region(key), corners(rect)) for key, rect in (*layout.clusters.items(), *parts)]
        shapes = [*things, *around, *(("", corners(rect)) for rect in _captions(regions))]
        self._grid = Grid([(_bounds(shape), (name, shape)) for name, shape in shapes])

    def leave(self, shape: Shape, ends: Iterable[str] = (), but: Collection[str] = ()) -> bool:
        """Tell whether a convex shape touches no obstacle `but` some, the regions around the nodes `ends` aside."""
        own = {*but, *(_region(scope) for node in ends for scope in self._around(node))}
        return all(name in own or apart(shape, other, CLEAR) for name, other in self._near(shape))

    def hold(self, room: Rect) -> bool:
        """Tell whether a room touches no obstacle, and no border of a region that is around it."""
        shape = corners(room)
        return all(
            apart(shape, other, CLEAR) or (name.startswith(_REGION) and _rect(other).contains(room))
            for name, other in self._near(shape)
        )

    def _near(self, shape: Shape) -> Iterator[tuple[str, Shape]]:
        left, top, right, bottom = _bounds(shape)
        return self._grid.near((left - CLEAR, top - CLEAR, right + CLEAR, bottom + CLEAR))

    def _around(self, node: str) -> Iterator[str]:
        scope = self._homes.get(node)
        while scope is not None:
            yield scope
            scope = self._parents.get(scope)


def _region(key: str) -> str:
    return _REGION + key


def _captions(regions: Sequence[Mark]) -> Iterator[Rect]:
    for mark in regions:
        for text in mark.marks if isinstance(mark, Group) else ():
            if isinstance(text, Text):
                wide = width(text.text, text.size, text.face, text.weight)
                left = text.at.x - (wide / 2 if text.anchor == "middle" else 0.0)
                yield Rect(left, text.at.y - text.size, wide, 1.2 * text.size).grown(_PILL)


def corners(rect: Rect) -> tuple[Point, ...]:
    """Return the corners of a rectangle, clockwise."""
    return (
        Point(rect.x, rect.y),
        Point(rect.right, rect.y),
        Point(rect.right, rect.bottom),
        Point(rect.x, rect.bottom),
    )


def hull(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the convex hull of points (Andrew 1979, "Another efficient algorithm for convex hulls")."""
    ordered = sorted({(point.x, point.y) for point in points})
    if len(ordered) < 3:
        return tuple([Point(x, y) for x, y in ordered])
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return tuple([Point(x, y) for x, y in (*lower[:-1], *upper[:-1])])


def _chain(ordered: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for x, y in ordered:
        while len(chain) > 1:
            (ax, ay), (bx, by) = chain[-2:]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def apart(one: Shape, other: Shape, least: float) -> bool:
    """Tell whether two convex shapes are at least so far apart, by a line between them along one of their sides."""
    return any(_parts(one, other, each, least) or _parts(other, one, each, least) for each in _normals(one, other))


def _normals(one: Shape, other: Shape) -> Iterator[tuple[float, float]]:
    yield 1.0, 0.0
    yield 0.0, 1.0
    for shape in (one, other):
        for a, b in zip(shape, (*shape[1:], shape[0]), strict=True):
            length = ((b.x - a.x) ** 2 + (b.y - a.y) ** 2) ** 0.5
            if length > 1e-9:
                yield (b.y - a.y) / length, (a.x - b.x) / length


def _parts(one: Shape, other: Shape, normal: tuple[float, float], least: float) -> bool:
    x, y = normal
    highest = max([point.x * x + point.y * y for point in one])
    return min([point.x * x + point.y * y for point in other]) >= highest + least


def _rect(shape: Shape) -> Rect:
    left, top, right, bottom = _bounds(shape)
    return Rect(left, top, right - left, bottom - top)


def _bounds(shape: Shape) -> Bounds:
    xs, ys = [point.x for point in shape], [point.y for point in shape]
    return min(xs), min(ys), max(xs), max(ys)
