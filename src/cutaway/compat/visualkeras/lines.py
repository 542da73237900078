"""Lines between boxes in the classic look: right-angled, in a colour and a width, with a head where asked for."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from cutaway.geometry import Point, Rect, distance
from cutaway.graph import Edge
from cutaway.layered.problem import Layout, Route
from cutaway.record import Record
from cutaway.scene import Arrowhead, Line, Mark, Move, Path, Rgba, Stroke
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.lines import Lane

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped


BREADTH = 0.8
"""How broad an arrowhead is, as a share of its length."""


class LineStyle(Record, eq=False):
    """The look of a line: `head` is the length of its arrowhead, 0 for none; `start` and `end` are left free."""

    paint: Rgba
    width: float = 1.0
    head: float = 0.0
    start: float = 0.0
    end: float = 0.0


class Lines:
    """Draws the edges of a graph along the routes of a layout; lines of one tensor share their lane."""

    def __init__(
        self,
        edges: Mapping[str, Edge],
        glyphs: "Mapping[str, Shaped]",
        style: Callable[[Edge], LineStyle],
        theme: Theme,
    ) -> None:
        self._edges = edges
        self._glyphs = glyphs
        self._style = style
        self._theme = theme
        self._lanes: defaultdict[tuple[str, int], Lane] = defaultdict(Lane)

    def __call__(self, link: str, layout: Layout) -> tuple[Mark, ...] | None:
        """Draw one line."""
        edge = self._edges.get(link)
        if edge is None:
            return None
        style, boxes = self._style(edge), layout.boxes
        back = self._glyphs[edge.source].met(layout.routes[link][::-1], boxes[edge.source], self._theme, is_source=True)
        whole = self._arriving(edge.target, back[::-1], boxes[edge.target], BREADTH * style.head / 2)
        route = _shortened(_shortened(whole, style.end)[::-1], style.start)[::-1]
        lane = self._lanes[edge.source, edge.source_port]
        points = lane.parted(route, 0.0)
        lane.add(route)
        stroke = Stroke(paint=style.paint, width=style.width)
        if style.head:
            tip = points[-1]
            points = _shortened(points, min(0.9 * style.head, distance(points[-2], tip) * 0.9))
        line = Path(segments=(Move(points[0]), *map(Line, points[1:])), stroke=stroke)
        if not style.head:
            return (line,)
        head = Arrowhead(route[-2], route[-1], style.head, BREADTH * style.head)
        return line, Path(segments=head, fill=style.paint)

    def _arriving(self, node: str, route: Route, box: Rect, half: float) -> Route:
        """Return a route that ends at a box, before any part of a head that is `half` as broad would reach into it."""
        before, end = route[-2:]
        across = Point(0.0, half) if abs(end.y - before.y) < abs(end.x - before.x) else Point(half, 0.0)
        found = self._glyphs[node].met(route, box, self._theme, is_source=False)
        for side in (-1, 1) if half else ():
            beside = tuple([Point(point.x + side * across.x, point.y + side * across.y) for point in (before, end)])
            met = self._glyphs[node].met(beside, box, self._theme, is_source=False)
            if met is not beside and distance(beside[0], met[-1]) < distance(before, found[-1]):
                found = (*found[:-1], Point(met[-1].x - side * across.x, met[-1].y - side * across.y))
        return found


def _shortened(route: Route, by: float) -> Route:
    """Return a route that ends so much earlier, within its last stretch."""
    before, end = route[-2], route[-1]
    length = distance(before, end)
    cut = min(by, length / 2)
    if cut <= 0 or not length:
        return route
    share = cut / length
    return (*route[:-1], Point(end.x + (before.x - end.x) * share, end.y + (before.y - end.y) * share))
