"""What lines and words between bodies must keep off: other boxes, words around bodies, other lines, labels."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from cutaway.geometry import Point
from cutaway.graph import Graph
from cutaway.layered.problem import Layout
from cutaway.theme import Theme
from cutaway.views.maps.glyph import MapGlyph
from cutaway.views.parts.obstacles import Shape, corners

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped


def things(
    glyphs: "Mapping[str, Shaped]", layout: Layout, theme: Theme, raised: Collection[str]
) -> Iterator[tuple[str, Shape]]:
    """Give the obstacles in a layout by name: of a link, or of a node behind `box `; words of nodes may be `raised`."""
    for name, rect in layout.boxes.items():
        glyph = glyphs[name]
        if not isinstance(glyph, MapGlyph):
            yield f"box {name}", corners(rect)
            continue
        _, place = glyph.place(rect)
        yield f"box {name}", corners(place)
        for room in glyph.words.rooms(place, theme, is_row=glyph.is_row, is_raised=name in raised):
            if room.width:
                yield f"words {name}", corners(room)
    for name, route in layout.routes.items():
        for stretch in pairwise(route):
            yield name, stretch
    for name, rect in layout.labels.items():
        yield f"label {name}", corners(rect)


def raised_words(graph: Graph, layout: Layout, *, is_row: bool) -> frozenset[str]:
    """Return the nodes whose words stand above lines that lead to their sides, as in a figure that is bent to a U."""
    if is_row:
        return frozenset()
    found = set[str]()
    for edge in graph.edges:
        route = layout.routes.get(edge.id, ())
        if len(route) > 1 and _is_level(route[0], route[1]):
            found.add(edge.source)
        if len(route) > 1 and _is_level(route[-1], route[-2]):
            found.add(edge.target)
    return frozenset(found)


def _is_level(one: Point, other: Point) -> bool:
    return abs(one.y - other.y) < abs(one.x - other.x)
