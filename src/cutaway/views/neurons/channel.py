"""The free room between two glyphs: whether straight lines from one to the other meet nothing else."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from cutaway.geometry import Bounds, Point, Rect
from cutaway.grid import Grid
from cutaway.layered.problem import Layout
from cutaway.views.composition import Composition
from cutaway.views.connectors import keyed_outputs
from cutaway.views.neurons.column import Column
from cutaway.views.regions import cluster

Corner: TypeAlias = tuple[float, float]

_CLEAR: Final = 1.0
"""Points between a line and what is not to be touched."""


class Channels:
    """What lies where in one layout."""

    def __init__(self, composition: Composition, layout: Layout) -> None:
        self._composition, self._layout = composition, layout
        graph = composition.graph
        self._links = {edge.id: (edge.source, (edge.source, edge.source_port), edge.target) for edge in graph.edges}
        for key, output in keyed_outputs(graph):
            self._links[key] = output.node, (output.node, output.port), key
        self._at: dict[str, list[str]] = {name: [] for name in composition.glyphs}
        for key, (source, _, target) in self._links.items():
            self._at[source].append(key)
            self._at[target].append(key)
        self._parents = {scope.id: scope.parent for scope in composition.graph.scopes}
        self._homes = {node.id: node.scope for node in composition.graph.nodes}
        things = [*_boxes(composition, layout), *_regions(composition, layout)]
        self._grid: Grid[tuple[str | None, Rect]] = Grid([(_bounds(rect), (name, rect)) for name, rect in things])

    def is_free(self, corners: Sequence[Corner], source: str, target: str) -> bool:
        """Tell whether nothing but two nodes lies in a convex shape, their regions aside."""
        xs, ys = zip(*corners, strict=True)
        own: set[str | None] = {source, target, *self._around(source), *self._around(target)}
        near = self._grid.near((min(xs), min(ys), max(xs), max(ys)))
        return not any(name not in own and _meets(corners, rect.grown(_CLEAR)) for name, rect in near)

    def is_passed(self, key: str, corners: Sequence[Corner]) -> bool:
        """Tell whether no other line runs along the flow in a convex shape between the ends of an edge."""
        return not any(_meets(corners, stretch.grown(_CLEAR)) for stretch in self._stretches(key))

    def are_apart(self, key: str, lines: Sequence[tuple[Point, Point]]) -> bool:
        """Tell whether no other line runs along the flow on one of the straight lines of an edge."""
        for stretch in self._stretches(key):
            area = stretch.grown(_CLEAR)
            if any(_meets([(a.x, a.y), (b.x, b.y)], area) for a, b in lines):
                return False
        return True

    def _stretches(self, key: str) -> Iterator[Rect]:
        """Give those stretches along the flow of other lines that share an end with an edge, of another tensor."""
        own = self._links[key]
        is_across = self._composition.direction in {"right", "left"}
        for other in dict.fromkeys((*self._at[own[0]], *self._at[own[2]])):
            if self._links[other][1] == own[1]:
                continue
            for a, b in pairwise(self._layout.routes[other]):
                if (a.y == b.y) if is_across else (a.x == b.x):
                    yield Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))

    def _around(self, node: str) -> Iterator[str]:
        scope = self._homes.get(node)
        while scope is not None:
            yield f"region {scope}"
            scope = self._parents.get(scope)


def _boxes(composition: Composition, layout: Layout) -> Iterator[tuple[str | None, Rect]]:
    for name, rect in layout.boxes.items():
        glyph = composition.glyphs[name]
        if isinstance(glyph, Column):
            yield name, glyph.frame(rect)
            for _, plate in glyph.plates(rect, composition.theme):
                yield None, plate
        else:
            yield name, rect
    for rect in layout.labels.values():
        yield None, rect


def _regions(composition: Composition, layout: Layout) -> Iterator[tuple[str | None, Rect]]:
    for scope in composition.graph.scopes:
        if scope.id not in layout.clusters:
            continue
        rect, caption = layout.clusters[scope.id], cluster(scope, composition).caption
        for area in (rect, *(part.rect for part in layout.continued.get(scope.id, ()))):
            yield f"region {scope.id}", area
            yield None, Rect(area.x, area.y, caption.width, caption.height)


def _bounds(rect: Rect) -> Bounds:
    return rect.x, rect.y, rect.right, rect.bottom


def _meets(corners: Sequence[Corner], rect: Rect) -> bool:
    """Tell whether a convex shape and a rectangle share a point: no line parallel to a side parts them."""
    box = ((rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom))
    sides = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise((*corners, corners[0]))]
    for x, y in (*sides, (1.0, 0.0), (0.0, 1.0)):
        one, other = [a * y - b * x for a, b in corners], [a * y - b * x for a, b in box]
        if max(one) < min(other) or max(other) < min(one):
            return False
    return True
