"""The free room between two glyphs: whether straight lines from one to the other meet nothing else."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cutaway.geometry import Rect
from cutaway.layered.problem import Layout
from cutaway.views.composition import Composition
from cutaway.views.naming import keyed_outputs
from cutaway.views.neurons.column import Column
from cutaway.views.parts.obstacles import CLEAR, Obstacles, Shape, apart, corners
from cutaway.views.regions import region_marks


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
        things = [(name, corners(rect)) for name, rect in _boxes(composition, layout)]
        self._obstacles = Obstacles(graph, layout, things, region_marks(composition, layout))

    def is_free(self, shape: Shape, source: str, target: str) -> bool:
        """Tell whether nothing but two nodes lies in a convex shape, their regions aside."""
        return self._obstacles.leave(shape, (source, target), (f"box {source}", f"box {target}"))

    def are_apart(self, key: str, lines: Sequence[Shape]) -> bool:
        """Tell whether no other line runs along the flow in convex shapes, or on lines, between the ends of an edge."""
        stretches = list(self._stretches(key))
        return all(apart(line, stretch, CLEAR) for stretch in stretches for line in lines)

    def _stretches(self, key: str) -> Iterator[Shape]:
        """Give those stretches along the flow of other lines that share an end with an edge, of another tensor."""
        own = self._links[key]
        is_across = self._composition.direction in {"right", "left"}
        for other in dict.fromkeys((*self._at[own[0]], *self._at[own[2]])):
            if self._links[other][1] == own[1]:
                continue
            for a, b in pairwise(self._layout.routes[other]):
                if (a.y == b.y) if is_across else (a.x == b.x):
                    yield a, b


def _boxes(composition: Composition, layout: Layout) -> Iterator[tuple[str, Rect]]:
    for name, rect in layout.boxes.items():
        glyph = composition.glyphs[name]
        if isinstance(glyph, Column):
            yield f"box {name}", glyph.frame(rect)
            for _, plate in glyph.plates(rect, composition.theme):
                yield "", plate
        else:
            yield f"box {name}", rect
    for rect in layout.labels.values():
        yield "", rect
