"""The lines of `graph_view`: straight between columns, from each circle to each, and level past what lies between."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cutaway.geometry import Point
from cutaway.graph import Graph
from cutaway.layered.problem import Layout, Route
from cutaway.scene import Line, Mark, Move, Path, Segment
from cutaway.typed import TYPE_CHECKING
from cutaway.views.composition import Composition
from cutaway.views.naming import keyed_outputs
from cutaway.views.neurons.column import Column
from cutaway.views.neurons.joints import Joint

if TYPE_CHECKING:
    from cutaway.compat.visualkeras.node import NodeStyle

Bands = Sequence[tuple[float, float]]
"""Where the columns of a figure begin and end from left to right."""

_MOST = 100_000
"""The most lines between two layers."""
_APART = 12.0
"""Points between the lines of two tensors on one circle."""
_SHARE = 0.6
"""The part of a circle's height on which such lines may lie."""
_NEAR = 0.01


class Lines:
    """Draws the lines of a composition, each in the colour and width of the layer where it begins.

    A line crosses gaps between columns only, where neither circles nor boxes are: it meets circles where they are
    widest, and passes a column that is between its ends on a level with its route.
    """

    def __init__(self, composition: Composition, styles: "Mapping[str, NodeStyle]") -> None:
        self._glyphs = composition.glyphs
        self._ends = line_ends(composition.graph)
        self._strokes = {key: styles[source].connector for key, (source, _) in self._ends.items()}
        self._alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for key, ends in self._ends.items():
            self._alike[ends].append(key)
        self._layout: Layout | None = None
        self._bands: Bands = ()
        self._gathered: dict[tuple[str, Point], str] = {}

    def __call__(self, key: str, layout: Layout) -> tuple[Mark, ...]:
        """Return the lines of an edge, or of one to an output."""
        stroke = self._strokes[key]
        if stroke.width <= 0:
            return ()
        if self._layout is not layout:
            self._layout, self._bands, self._gathered = layout, bands(layout), {}
        return tuple([Path(segments=tuple(segments), stroke=stroke) for segments in self._drawn(key, layout)])

    def _drawn(self, key: str, layout: Layout) -> Iterator[list[Segment]]:
        """Give the lines between the ends of an edge; where it leads past columns, all gather before the first."""
        starts, ends = self._both_ends(key, layout)
        way = passed(layout.routes[key], self._bands)
        if not way:
            pairs = Joint(source="", target="", kind="all").pairs([None] * len(starts), [None] * len(ends), _MOST)
            yield [each for one, other in pairs for each in _line((*starts[one], *ends[other][::-1]))]
            return
        first = self._gathered.setdefault((self._ends[key][0], way[0]), key)
        if len(starts) > 1 and first == key:
            yield [each for start in starts for each in _line((*start, way[0]))]
        lone = (starts[0] if len(starts) == 1 else (), ends[0][::-1] if len(ends) == 1 else ())
        yield _line((*lone[0], *way, *lone[1]))
        if len(ends) > 1:
            yield [each for end in ends for each in _line((way[-1], *end[::-1]))]

    def _both_ends(self, key: str, layout: Layout) -> tuple[list[Route], list[Route]]:
        """Return the ways from the source, and those from the target, to the edges of their columns."""
        source, target = self._ends[key]
        route, off = layout.routes[key], self._off(key)
        return (
            [self._led(point, is_start=True) for point in self._points(source, route[0], layout, off, 1)],
            [self._led(point, is_start=False) for point in self._points(target, route[-1], layout, off, -1)],
        )

    def _points(self, name: str, port: Point, layout: Layout, off: float, side: int) -> list[Point]:
        """Return where lines meet a glyph: its circles on that side, so much below their middles, or the box."""
        glyph = self._glyphs[name]
        if not isinstance(glyph, Column):
            return [port]
        radius = glyph.diameter / 2
        out = side * (radius * radius - off * off) ** 0.5
        middles = [middle for number, middle in glyph.places(layout.boxes[name]) if number is not None]
        return [Point(middle.x + out, middle.y + off) for middle in middles]

    def _off(self, key: str) -> float:
        """Return how far below the middles of circles the lines lie of one of several edges between two columns."""
        ends = self._ends[key]
        alike, found = self._alike[ends], [self._glyphs[end] for end in ends]
        columns = [glyph for glyph in found if isinstance(glyph, Column)]
        if len(alike) == 1 or len(columns) < 2:
            return 0.0
        most = _SHARE * min(column.diameter for column in columns) / (len(alike) - 1)
        return (alike.index(key) - (len(alike) - 1) / 2) * min(_APART, most)

    def _led(self, point: Point, *, is_start: bool) -> Route:
        """Return the way from a point of a glyph, on the level, to the edge of its column."""
        for start, end in self._bands:
            if start - _NEAR <= point.x <= end + _NEAR:
                edge = end if is_start else start
                return (point,) if abs(edge - point.x) <= _NEAR else (point, Point(edge, point.y))
        return (point,)


def bands(layout: Layout) -> Bands:
    """Return where columns begin and end; boxes that lie above each other in part make one."""
    found: list[tuple[float, float]] = []
    for rect in sorted(layout.boxes.values(), key=lambda each: each.x):
        if found and rect.x <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], rect.right)
        else:
            found.append((rect.x, rect.right))
    return found


def passed(route: Route, bands: Bands) -> Route:
    """Return where a line enters and leaves the columns that lie between its ends, each on the level of its route."""
    found: list[Point] = []
    for one, other in pairwise(route):
        inside = [(start, end) for start, end in bands if one.x <= start + _NEAR and end <= other.x + _NEAR]
        if inside:
            found += [Point(inside[0][0], one.y), Point(inside[-1][1], one.y)]
    return tuple(found)


def _line(points: Route) -> list[Segment]:
    return [Move(points[0]), *[Line(point) for point in points[1:]]]


def line_ends(graph: Graph) -> dict[str, tuple[str, str]]:
    """Return the source and the target of each edge, and of each line to an output, by its key."""
    ends = {edge.id: (edge.source, edge.target) for edge in graph.edges}
    return ends | {key: (output.node, key) for key, output in keyed_outputs(graph)}
