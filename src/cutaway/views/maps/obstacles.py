"""What lines and words between bodies must keep off: other boxes, words around bodies, other lines, labels."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from cutaway.geometry import Point, Rect
from cutaway.graph import Graph
from cutaway.layered.problem import Layout
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.maps.glyph import MapGlyph, Pair
from cutaway.views.parts.obstacles import Shape, apart, corners

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

_STEPS = 24
"""So many distances are tried at which words may stand."""
_PAST = 2.0
"""Points between words and the lines that pass them."""


def things(
    glyphs: "Mapping[str, Shaped]", layout: Layout, theme: Theme, raised: Collection[str]
) -> Iterator[tuple[str, Shape]]:
    """Give the obstacles in a layout by name: of a link, or of a node behind `box `; words of nodes may be `raised`."""
    for name, rect in layout.boxes.items():
        glyph = glyphs[name]
        if not isinstance(glyph, MapGlyph):
            yield f"box {name}", corners(rect)
            continue
        body, place = glyph.place(rect)
        yield f"box {name}", corners(place)
        if glyph.count:
            from cutaway.views.parts.stack import count_room

            yield f"count {name}", corners(count_room(glyph.count, body.front(place), theme))
        for room in glyph.words.rooms(place, theme, is_row=glyph.is_row, is_raised=name in raised):
            if room.width:
                yield f"words {name}", corners(room)
    for name, route in layout.routes.items():
        for stretch in pairwise(route):
            yield name, stretch
    for name, rect in layout.labels.items():
        yield f"label {name}", corners(rect)


def nearest(glyph: MapGlyph, place: Rect, lines: Sequence[Shape], theme: Theme) -> Pair:
    """Return the least distances at which the words at both ends of a body are clear of lines, up to what they ask."""
    most = glyph.words.lift
    found = [0.0, 0.0]
    for end in (0, 1):
        for step in range(_STEPS):
            found[end] = most[end] * step / _STEPS
            room = glyph.words.rooms(place, theme, is_row=glyph.is_row, lift=(found[0], found[1]))[end]
            if all(apart(corners(room), line, _PAST) for line in lines):
                break
        else:
            found[end] = most[end]
    return found[0], found[1]


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
