"""What lines and words between bodies must keep off: other boxes, words around bodies, other lines, labels."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from cutaway.geometry import Bounds, Point, Rect
from cutaway.graph import Graph
from cutaway.grid import Grid
from cutaway.layered.problem import Layout
from cutaway.record import Record
from cutaway.ruler import width
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme
from cutaway.views.maps.body import Polygon, corners
from cutaway.views.maps.crossing import apart
from cutaway.views.maps.glyph import MapGlyph

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

_CLEAR: Final = 1.0
"""Points between such a thing and what is drawn."""

_PILL: Final = 3.0
"""Points around a caption or a count that may be in a pill."""

_Entry: TypeAlias = "tuple[Bounds, tuple[str, Polygon]]"


class Around(Record, kw_only=False):
    """Nodes whose words stand above lines to their sides, and the marks of regions, with captions and counts."""

    raised: Collection[str]
    regions: Sequence[Mark]


class Obstacles:
    """The obstacles in one layout, each with a name: of a link, or of a node behind `box `."""

    def __init__(self, glyphs: "Mapping[str, Shaped]", layout: Layout, theme: Theme, around: Around) -> None:
        self._grid = Grid(list(_entries(glyphs, layout, theme, around)))
        parts = [part.rect for each in layout.continued.values() for part in each]
        self._regions = [*layout.clusters.values(), *parts]

    def hold(self, room: Rect) -> bool:
        """Tell whether a room touches no obstacle, and no border of a region."""
        crosses = any(region.overlaps(room) and not region.contains(room) for region in self._regions)
        return not crosses and self.leave(corners(room))

    def leave(self, shape: Sequence[Point], but: Collection[str] = ()) -> bool:
        """Tell whether a convex shape touches no obstacle `but` some."""
        xs, ys = [point.x for point in shape], [point.y for point in shape]
        around = (min(xs) - _CLEAR, min(ys) - _CLEAR, max(xs) + _CLEAR, max(ys) + _CLEAR)
        return all(name in but or apart(shape, polygon, _CLEAR) for name, polygon in self._grid.near(around))


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


def _entries(glyphs: "Mapping[str, Shaped]", layout: Layout, theme: Theme, around: Around) -> Iterator[_Entry]:
    yield from _captions(around.regions)
    for name, rect in layout.boxes.items():
        glyph = glyphs[name]
        if not isinstance(glyph, MapGlyph):
            yield _rect(f"box {name}", rect)
            continue
        _, place = glyph.place(rect)
        yield _rect(f"box {name}", place)
        for room in glyph.words.rooms(place, theme, is_row=glyph.is_row, is_raised=name in around.raised):
            if room.width:
                yield _rect(f"words {name}", room)
    for name, route in layout.routes.items():
        for start, stop in pairwise(route):
            area = (min(start.x, stop.x), min(start.y, stop.y), max(start.x, stop.x), max(start.y, stop.y))
            yield area, (name, (start, stop))
    for name, rect in layout.labels.items():
        yield _rect(f"label {name}", rect)


def _captions(regions: Sequence[Mark]) -> Iterator[_Entry]:
    for mark in regions:
        for text in mark.marks if isinstance(mark, Group) else ():
            if isinstance(text, Text):
                wide = width(text.text, text.size, text.face, text.weight)
                left = text.at.x - (wide / 2 if text.anchor == "middle" else 0.0)
                yield _rect("caption", Rect(left, text.at.y - text.size, wide, 1.2 * text.size).grown(_PILL))


def _rect(name: str, rect: Rect) -> _Entry:
    return (rect.x, rect.y, rect.right, rect.bottom), (name, corners(rect))
