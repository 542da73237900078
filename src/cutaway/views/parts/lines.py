"""The lines of edges: the lanes that those of one tensor share, arrowheads; and the sizes of glyphs that they lead to.

Lines of one tensor share a lane until they part; the lane is drawn once, so that it looks no heavier than a line. A
glyph is as long, across the flow, as the lines need that arrive or leave side by side; boxes are as large as others.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import ceil, inf

from cutaway.geometry import Point, Rect, Size, distance
from cutaway.graph import Graph, Kind
from cutaway.layered.problem import Direction, Route
from cutaway.record import replace
from cutaway.scene import Arrowhead, Bent, Mark, Path, Stroke
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.box import Glyph

if TYPE_CHECKING:
    from cutaway.typed import TypeVar
    from cutaway.views.parts.shaped import Shaped

    G = TypeVar("G", bound=Shaped)  # for types alone: a bound in quotes would be compiled, in 2 ms

HELPERS = frozenset({Kind.RESHAPE, Kind.REGULARIZATION})
"""The kinds of those beside the path of the data, which are slim."""
_FAR = 2.2
"""Boxes are evened out up to this multiple of the median."""
_WIDTH_STEP = 12.0
"""Points; widths in a row are multiples of this, so that boxes of two rows often align."""
_AIR = 0.6
"""Points between two arrowheads."""
_LEAST = 5.0
"""Points between two lines that end side by side, however small their arrowheads."""
_CORNER = 1.2
"""Between the outermost lines and the corners of a box, in such distances: a little more than the layout asks for."""


class Lane:
    """The routes from one port that are drawn already, as a tree of their corners."""

    __slots__ = ("_routes", "_start")

    def __init__(self) -> None:
        self._routes: list[Route] = []  # of which the tree does not know yet: most lanes have a single route
        self._start: _Corner | None = None

    def add(self, route: Route) -> None:
        """Note that a route is drawn."""
        self._routes.append(route)

    def parted(self, route: Route, radius: float) -> Route:
        """Return the end of `route` that no drawn one runs along.

        It begins `radius` points before the parting, so that a rounded corner there leaves the lane smoothly, and never
        within a rounded corner of the lane.
        """
        if self._start is None:
            if not self._routes:
                return route
            self._start = _Corner()
        while self._routes:
            _grow(self._start, self._routes.pop())
        begin = _common(self._start, route) - radius
        corner = 0.0
        for a, b in pairwise(route):
            if abs(begin - corner) < radius:
                begin = corner - radius
                break
            corner += distance(a, b)
        return _from(route, begin) if begin > 0 else route


class _Corner:
    """A corner of drawn routes: those that follow by their places, and how far the routes go from here each way."""

    __slots__ = ("far", "following")

    def __init__(self) -> None:
        self.following: dict[tuple[float, float], _Corner] = {}
        self.far: dict[tuple[int, int], float] = {}

    def to(self, point: Point) -> "_Corner":
        """Return the corner that follows at a place."""
        place = point.x, point.y
        found = self.following.get(place)
        if found is None:
            found = self.following[place] = _Corner()
        return found


def _grow(start: _Corner, route: Route) -> None:
    corner = start.to(route[0])
    for a, b in pairwise(route):
        way = _way(a, b)
        corner.far[way] = max(corner.far.get(way, 0.0), distance(a, b))
        corner = corner.to(b)


def _common(start: _Corner, route: Route) -> float:
    """Return the length along which a route and one that is drawn run together, at most."""
    length = 0.0
    corner = start.following.get((route[0].x, route[0].y))
    for a, b in pairwise(route):
        if corner is None:
            break
        following = corner.following.get((b.x, b.y))
        step = distance(a, b)
        length += step if following is not None else min(step, corner.far.get(_way(a, b), 0.0))
        corner = following
    return length


def _way(a: Point, b: Point) -> tuple[int, int]:
    return (b.x > a.x) - (b.x < a.x), (b.y > a.y) - (b.y < a.y)


def _from(route: Route, begin: float) -> Route:
    """Return the route from `begin` points behind its start on."""
    for place, (a, b) in enumerate(pairwise(route)):
        step = distance(a, b)
        if begin < step:
            part = begin / step
            return (Point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part), *route[place + 1 :])
        begin -= step
    return route[-2:]


def arrow(route: Route, lane: Lane | None, theme: Theme, stroke: Stroke) -> tuple[Mark, ...]:
    """Draw the part of a route that is not in its lane yet, if it shares one, and its arrowhead.

    The lane then holds the route. There are no heads where they have no length.
    """
    strokes, points = theme.strokes, route
    if lane is not None:
        points = lane.parted(route, strokes.edge_radius)
        lane.add(route)
    line = Path(Bent(points, strokes.edge_radius), None, stroke)
    if not strokes.arrow_length:
        return (line,)
    head = Arrowhead(route[-2], route[-1], strokes.arrow_length, strokes.arrow_width)
    return line, Path(head, stroke.paint)


def onto_outline(route: Route, glyph: Glyph, rect: Rect, theme: Theme) -> Route:
    """Lead the last stretch on from the border of a glyph's rectangle to its outline: a curve, or a stack of sheets."""
    end, before = route[-1], route[-2]
    if glyph.count:
        from cutaway.views.parts.stack import onto_stack

        return (*route[:-1], onto_stack(end, before, glyph, rect, theme))
    radius = min(rect.width, rect.height) / 2
    if end.x == before.x:  # from above or below, perhaps beside the middle of a circle or on the bend of a pill
        center = min(max(end.x, rect.x + radius), rect.right - radius)
        rise = (max(0.0, radius**2 - (end.x - center) ** 2)) ** 0.5
        y = rect.bottom - radius + rise if before.y > end.y else rect.y + radius - rise
        return (*route[:-1], Point(end.x, y))
    center = min(max(end.y, rect.y + radius), rect.bottom - radius)
    rise = (max(0.0, radius**2 - (end.y - center) ** 2)) ** 0.5
    x = rect.right - radius + rise if before.x > end.x else rect.x + radius - rise
    return (*route[:-1], Point(x, end.y))


def port_room(theme: Theme) -> float:
    """Return how far apart two lines end that end side by side, in points: as far as their arrowheads need."""
    return max(_LEAST, theme.strokes.arrow_width + _AIR)


def roomy(glyphs: "Mapping[str, G]", graph: Graph, direction: Direction, theme: Theme) -> "dict[str, G]":
    """Return the glyphs of the nodes of `graph`, those longer that have many lines on one side.

    One line may be straight and lie at the end of the others, so each half of a side holds them all. Into a circle up
    to three lines lead from as many sides.
    """
    arriving = Counter([edge.target for edge in graph.edges])
    several = {node.id for node in graph.nodes if len(node.outputs) > 1}
    ports = {(edge.source, edge.source_port) for edge in graph.edges if edge.source in several}
    ports.update((output.node, output.port) for output in graph.outputs if output.node in several)
    leaving = Counter(node for node, _ in ports)
    step = port_room(theme)
    found = dict(glyphs)
    for key in [key for counts in (arriving, leaving) for key, count in counts.items() if count > 1 and key in found]:
        glyph, lines = glyphs[key], max(arriving.get(key, 0), leaving.get(key, 0))
        if glyph.form == "round":
            length = 2 * step * (lines - 1) + min(glyph.size.width, glyph.size.height) if lines > 3 else 0.0
        else:
            head, foot = getattr(glyph, "rooms", (glyph.margin, glyph.margin))  # no line ends on these
            length = 2 * step * (lines - 1) + 2 * _CORNER * step + head + foot
        found[key] = _lengthened(glyph, length, is_across=direction in {"right", "left"})
    return found


def _lengthened(glyph: "G", length: float, *, is_across: bool) -> "G":
    width, height = glyph.size.width, glyph.size.height
    size = Size(width, max(height, length)) if is_across else Size(max(width, length), height)
    return glyph if size == glyph.size else replace(glyph, size=size)


def evened(
    glyphs: Mapping[str, Glyph], direction: Direction, *, all_alike: bool = False, unit: float = _WIDTH_STEP
) -> dict[str, Glyph]:
    """Give boxes common sizes where that costs little, so that columns have straight edges and rows one height.

    In a column every box is as wide as the widest that is not far beyond the usual, or, if they are to be `all_alike`,
    as the widest; in a row every box but the slim is as high as the highest such, and widths go in steps of a `unit`.
    """
    boxes = [glyph for glyph in glyphs.values() if glyph.form == "box"]
    if not boxes:
        return dict(glyphs)
    if direction in {"down", "up"}:
        breadths = [glyph.size.width - 2 * glyph.margin for glyph in boxes]
        breadth, height = _usual(breadths, inf if all_alike else _FAR), 0.0
        return {key: _grown(glyph, breadth, height) for key, glyph in glyphs.items()}
    height = _usual([glyph.size.height - 2 * glyph.margin for glyph in boxes if glyph.role not in HELPERS], _FAR)
    return {
        key: _grown(
            glyph,
            ceil((glyph.size.width - 2 * glyph.margin) / unit) * unit,
            0.0 if glyph.role in HELPERS else height,
        )
        for key, glyph in glyphs.items()
    }


def _usual(lengths: list[float], far: float) -> float:
    """Return the largest length that is not `far` times beyond the usual one; 0 for none."""
    ordered = sorted(lengths)
    return max((length for length in ordered if length <= far * ordered[len(ordered) // 2]), default=0.0)


def _grown(glyph: Glyph, breadth: float, height: float) -> Glyph:
    size, around = glyph.size, 2 * glyph.margin
    wide, high = max(size.width, breadth + around), max(size.height, height + around)
    if glyph.form != "box" or (wide == size.width and high == size.height):
        return glyph
    return Glyph(glyph.lines, glyph.role, Size(wide, high), "box", glyph.count, glyph.margin, glyph.columns)
