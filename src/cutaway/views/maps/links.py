"""Draw the joints of the `maps` view: pyramids from windows to values, funnels, full connections; if they are free."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zlib import crc32

from cutaway.geometry import Bounds, Point, Rect
from cutaway.grid import Grid
from cutaway.layered.problem import Layout
from cutaway.record import Record
from cutaway.scene import Group, Line, Mark, Move, Path, Stroke
from cutaway.theme import Theme
from cutaway.views.maps.body import Polygon, closed, corners, cuts
from cutaway.views.maps.crossing import apart, hull
from cutaway.views.maps.glyph import MapGlyph
from cutaway.views.maps.relations import Joint

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

_THIN: Final = 0.6
_VALUE: Final = 1.8
"""Points along the side of the value that a window is seen as."""
_CLEAR: Final = 1.0
"""Points between the lines of a joint and what they must not touch."""
_INTO, _OUT_OF = 0.32, 0.66
"""Where on a map lines come in, and where they leave it, along the flow."""

Stretch = tuple[Point, Point]


class Drawn(Record):
    """A joint where it is drawn: lines between two bodies, lines upon them, and the window at each end."""

    between: tuple[Stretch, ...]
    upon: tuple[Stretch, ...]
    ends: tuple[Rect, ...]


class Links:
    """Draws the joints of one composition; those that are in the way of something are arrows."""

    def __init__(
        self,
        glyphs: "Mapping[str, Shaped]",
        joints: Mapping[str, Joint],
        theme: Theme,
        *,
        seed: int | None,
        forward: int,
    ) -> None:
        self._glyphs = glyphs
        self._joints = joints
        self._theme = theme
        self._seed = seed
        self._forward = forward
        self._layout: Layout | None = None
        self._drawn: dict[str, Drawn] = {}

    def connecting(self, key: str, layout: Layout) -> tuple[Mark, ...] | None:
        """Return the lines between two bodies, for a link that is a joint."""
        drawn = self.drawn(layout).get(key)
        if drawn is None:
            return None
        stroke = self._stroke(self._joints[key])
        return tuple([_line(each, stroke) for each in drawn.between])

    def windows(self, layout: Layout) -> Iterator[Mark]:
        """Give what lies upon the bodies: windows, values, and the rest of the lines."""
        for key, drawn in self.drawn(layout).items():
            if not drawn.upon and not drawn.ends:
                continue
            joint = self._joints[key]
            stroke = self._stroke(joint)
            marks: list[Mark] = [_line(each, stroke) for each in drawn.upon]
            fill = f"{self._role(joint)}.window"
            marks += [Path(segments=closed(corners(end)), fill=fill, stroke=stroke) for end in drawn.ends]
            yield Group(marks=tuple(marks), part="port")

    def drawn(self, layout: Layout) -> Mapping[str, Drawn]:
        """Return the joints that are drawn in a layout, by their links."""
        if layout is not self._layout:
            self._layout, self._drawn = layout, self._found(layout)
        return self._drawn

    def _found(self, layout: Layout) -> dict[str, Drawn]:
        straight = {key: joint for key, joint in self._joints.items() if len(layout.routes[key]) == 2}
        if not straight:
            return {}
        obstacles = _obstacles(self._glyphs, layout, self._theme)
        found: dict[str, Drawn] = {}
        for key, joint in straight.items():
            for is_calm in (self._seed is None, True):
                drawn = self._joined(key, joint, layout, is_calm=is_calm)
                if drawn and _is_free(drawn, key, joint, obstacles):
                    found[key] = drawn
                    break
        return found

    def _role(self, joint: Joint) -> str:
        return self._glyphs[joint.target].role

    def _stroke(self, joint: Joint) -> Stroke:
        paint = "window.stroke" if "window.stroke" in self._theme.palette else f"{self._role(joint)}.stroke"
        return Stroke(paint=paint, width=_THIN)

    def _joined(self, key: str, joint: Joint, layout: Layout, *, is_calm: bool) -> Drawn | None:
        one, other = self._glyphs[joint.source], self._glyphs[joint.target]
        if not isinstance(one, MapGlyph) or not isinstance(other, MapGlyph):
            return None
        (first, place), (second, there) = one.place(layout.boxes[joint.source]), other.place(layout.boxes[joint.target])
        outlines = first.outline(place), second.outline(there)
        if joint.relation in {"funnel", "full"}:
            return _spread(joint, (one, other), (place, there), outlines, self._forward)
        is_window = joint.relation == "window"
        wide, small = (joint.wide, joint.high), (_VALUE, _VALUE)
        fronts = first.front(place), second.front(there)
        pairs = ((wide, small) if is_window else (small, wide), (_OUT_OF, _INTO))
        ends = []
        for at, (front, body_place) in enumerate(zip(fronts, (place, there), strict=True)):
            share = pairs[1][at] if self._forward > 0 else 1 - pairs[1][at]
            ends.append(self._patch(f"{key}{at}", front, body_place, pairs[0][at], share, (one.is_row, is_calm)))
        return _pyramid(ends[0], ends[1], outlines)

    def _patch(
        self, key: str, front: Rect, place: Rect, size: tuple[float, float], share: float, how: tuple[bool, bool]
    ) -> Rect:
        """Return where a window lies on the map in front: on the line through the middle, or anywhere."""
        is_row, is_calm = how
        wide, high = min(size[0], front.width), min(size[1], front.height)
        middle = place.center
        if not is_calm:
            hashed = crc32(f"{self._seed}/{key}".encode())
            x, y = (hashed & 0xFFFF) / 0xFFFF, (hashed >> 16) / 0xFFFF
            return Rect(front.x + x * (front.width - wide), front.y + y * (front.height - high), wide, high)
        if is_row:
            x, y = front.x + share * front.width - wide / 2, middle.y - high / 2
        else:
            x, y = middle.x - wide / 2, front.y + share * front.height - high / 2
        return Rect(min(max(x, front.x), front.right - wide), min(max(y, front.y), front.bottom - high), wide, high)


def _pyramid(one: Rect, other: Rect, outlines: tuple[Polygon, Polygon]) -> Drawn | None:
    """Lead lines from the corners of one window to those of another, through the outlines of both bodies."""
    between, upon = [], []
    for start, stop in _tangents(one, other):
        leaves, enters = cuts(outlines[0], start, stop), cuts(outlines[1], start, stop)
        if not leaves or not enters or max(leaves) >= min(enters):
            return None
        out, into = _at(start, stop, max(leaves)), _at(start, stop, min(enters))
        between.append((out, into))
        upon += [(start, out), (into, stop)]
    return Drawn(between=tuple(between), upon=tuple(upon), ends=(one, other))


def _tangents(one: Rect, other: Rect) -> Iterator[Stretch]:
    """Give lines from the corners of a window to those of the other: all four, but those that lie upon each other."""
    for place, (start, stop) in enumerate(zip(corners(one), corners(other), strict=True)):
        if abs(start.x - stop.x) + abs(start.y - stop.y) > 1e-6 and place < 4:
            yield start, stop


def _spread(
    joint: Joint, glyphs: tuple[MapGlyph, MapGlyph], places: tuple[Rect, Rect], outlines: tuple[Polygon, Polygon],
    forward: int,
) -> Drawn | None:  # fmt: skip
    """Lead lines from the ends of one body to those of the other; full connections cross as well."""
    starts = _extremes(glyphs[0], places[0], forward)
    stops = _extremes(glyphs[1], places[1], -forward)
    ways = [(starts[0], stops[0]), (starts[1], stops[1])]
    if joint.relation == "full":
        ways += [(starts[0], stops[1]), (starts[1], stops[0])]
    between = []
    for start, stop in ways:
        leaves, enters = cuts(outlines[0], start, stop), cuts(outlines[1], start, stop)
        if not leaves or not enters or max(leaves) >= min(enters):
            return None
        between.append((_at(start, stop, max(leaves)), _at(start, stop, min(enters))))
    return Drawn(between=tuple(between), upon=(), ends=())


def _extremes(glyph: MapGlyph, place: Rect, side: int) -> tuple[Point, Point]:
    """Return two places within a body, near its ends across the flow."""
    body, inset = glyph.body, 0.8
    if body.form == "bar":
        if glyph.is_row:
            half = (place.width - body.slant) / 2
            return Point(place.x + half, place.y + inset), Point(place.right - half, place.bottom - inset)
        half = (place.height - body.slant) / 2
        return Point(place.x + inset, place.y + half), Point(place.right - inset, place.bottom - half)
    front = body.front(place) if body.form == "maps" else place
    if glyph.is_row:
        x = front.center.x + side * (front.width / 2 - inset)
        return Point(x, front.y + inset), Point(x, front.bottom - inset)
    y = front.center.y + side * (front.height / 2 - inset)
    return Point(front.x + inset, y), Point(front.right - inset, y)


def _is_free(drawn: Drawn, key: str, joint: Joint, obstacles: "Grid[tuple[str, Polygon]]") -> bool:
    """Tell whether nothing but the two bodies touches the lines of a joint, or lies between them."""
    shape = hull([point for stretch in drawn.between for point in stretch])
    xs, ys = [point.x for point in shape], [point.y for point in shape]
    around = (min(xs) - _CLEAR, min(ys) - _CLEAR, max(xs) + _CLEAR, max(ys) + _CLEAR)
    own = {key, f"box {joint.source}", f"box {joint.target}"}
    return all(name in own or apart(shape, polygon, _CLEAR) for name, polygon in obstacles.near(around))


def _obstacles(glyphs: "Mapping[str, Shaped]", layout: Layout, theme: Theme) -> "Grid[tuple[str, Polygon]]":
    """Return what the lines of joints must keep off: boxes, words around bodies, other lines, labels."""
    found: list[tuple[Bounds, tuple[str, Polygon]]] = []
    for name, rect in layout.boxes.items():
        glyph = glyphs[name]
        if not isinstance(glyph, MapGlyph):
            found.append(_entry(f"box {name}", rect))
            continue
        _, place = glyph.place(rect)
        found.append(_entry(f"box {name}", place))
        rooms = glyph.words.rooms(place, theme, is_row=glyph.is_row)
        found += [_entry(f"words {name}", room) for room in rooms if room.width]
    for name, route in layout.routes.items():
        for start, stop in pairwise(route):
            found.append(_between(name, start, stop))
    found += [_entry(f"label {name}", rect) for name, rect in layout.labels.items()]
    return Grid(found)


def _entry(name: str, rect: Rect) -> tuple[Bounds, tuple[str, Polygon]]:
    return (rect.x, rect.y, rect.right, rect.bottom), (name, corners(rect))


def _between(name: str, start: Point, stop: Point) -> tuple[Bounds, tuple[str, Polygon]]:
    area = (min(start.x, stop.x), min(start.y, stop.y), max(start.x, stop.x), max(start.y, stop.y))
    return area, (name, (start, stop))


def _at(start: Point, stop: Point, share: float) -> Point:
    return Point(start.x + share * (stop.x - start.x), start.y + share * (stop.y - start.y))


def _line(stretch: Sequence[Point], stroke: Stroke) -> Path:
    return Path(segments=(Move(stretch[0]), Line(stretch[1])), stroke=stroke)
