"""What lines and words between bodies must keep off: other boxes, words around bodies, other lines, labels."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from cutaway.geometry import Bounds, Point, Rect
from cutaway.grid import Grid
from cutaway.layered.problem import Layout
from cutaway.theme import Theme
from cutaway.views.maps.body import Polygon, corners
from cutaway.views.maps.crossing import apart
from cutaway.views.maps.glyph import MapGlyph

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

_CLEAR: Final = 1.0
"""Points between such a thing and what is drawn."""

_Entry: TypeAlias = "tuple[Bounds, tuple[str, Polygon]]"


class Obstacles:
    """The obstacles in one layout, each with a name: of a link, or of a node behind `box `."""

    def __init__(self, glyphs: "Mapping[str, Shaped]", layout: Layout, theme: Theme) -> None:
        self._grid = Grid(list(_entries(glyphs, layout, theme)))

    def leave(self, shape: Sequence[Point], but: Collection[str] = ()) -> bool:
        """Tell whether a convex shape touches no obstacle `but` some."""
        xs, ys = [point.x for point in shape], [point.y for point in shape]
        around = (min(xs) - _CLEAR, min(ys) - _CLEAR, max(xs) + _CLEAR, max(ys) + _CLEAR)
        return all(name in but or apart(shape, polygon, _CLEAR) for name, polygon in self._grid.near(around))


def _entries(glyphs: "Mapping[str, Shaped]", layout: Layout, theme: Theme) -> Iterator[_Entry]:
    for name, rect in layout.boxes.items():
        glyph = glyphs[name]
        if not isinstance(glyph, MapGlyph):
            yield _rect(f"box {name}", rect)
            continue
        _, place = glyph.place(rect)
        yield _rect(f"box {name}", place)
        for room in glyph.words.rooms(place, theme, is_row=glyph.is_row):
            if room.width:
                yield _rect(f"words {name}", room)
    for name, route in layout.routes.items():
        for start, stop in pairwise(route):
            area = (min(start.x, stop.x), min(start.y, stop.y), max(start.x, stop.x), max(start.y, stop.y))
            yield area, (name, (start, stop))
    for name, rect in layout.labels.items():
        yield _rect(f"label {name}", rect)


def _rect(name: str, rect: Rect) -> _Entry:
    return (rect.x, rect.y, rect.right, rect.bottom), (name, corners(rect))
