"""The lines of `graph_view`: straight from circle to circle where nothing lies between, else around what does."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cutaway.geometry import Point
from cutaway.layered.problem import Layout, Route
from cutaway.scene import Bent, Line, Mark, Move, Path, Segment, Stroke
from cutaway.views.composition import Composition
from cutaway.views.neurons.column import Column
from cutaway.views.neurons.joints import Joint
from cutaway.views.neurons.lines import Wires
from cutaway.views.neurons.linework import Linework
from cutaway.views.output_keys import keyed_outputs

if TYPE_CHECKING:
    from cutaway.compat.visualkeras.node import NodeStyle

_MOST: Final = 100_000
"""The most lines between two layers."""
_REACH: Final = 40.0
"""The longest stretch in points on which one line becomes one for each circle."""
_RADIUS: Final = 6.0


class Lines:
    """Draws the lines of a composition, each in the colour and width of the layer where it begins."""

    def __init__(self, composition: Composition, styles: "Mapping[str, NodeStyle]") -> None:
        self._composition = composition
        self._ends = _ends(composition)
        self._strokes = {key: styles[source].connector for key, (source, _) in self._ends.items()}
        pairs = Counter(self._ends.values())
        self._lone = frozenset([key for key, ends in self._ends.items() if pairs[ends] == 1])
        joints = {
            key: Joint(source=source, target=target, kind="all")
            for key, (source, target) in self._ends.items()
            if key in self._lone and source != target
        }
        self._gathered: dict[tuple[str, Point], str] = {}
        usual = Stroke(paint="edge", width=1.0)
        linework = Linework(stroke=usual, most=_MOST, strokes=self._strokes, reach=float("inf"), together=False)
        self._wires = Wires(composition, joints, linework)

    def __call__(self, key: str, layout: Layout) -> tuple[Mark, ...]:
        """Return the lines of an edge, or of one to an output."""
        stroke = self._strokes[key]
        if stroke.width <= 0:
            return ()
        route = layout.routes[key]
        if len(route) == 2 and not any(isinstance(self._composition.glyphs[end], Column) for end in self._ends[key]):
            return (Path(segments=_straight(route), stroke=stroke),)  # at a place of its own on both boxes
        return self._wires(key, layout) or tuple(self._around(key, layout, stroke))

    def _around(self, key: str, layout: Layout, stroke: Stroke) -> Iterator[Mark]:
        """Draw one line along its route, which spreads at the circles of a column."""
        source, target = self._ends[key]
        back, leaving = self._spread(key, source, layout, layout.routes[key][::-1])
        route, arriving = self._spread(key, target, layout, back[::-1])
        if self._gathered.setdefault((source, route[0]), key) != key:
            leaving = []  # another line has come from the circles to the same place
        first, last = route[0], route[-1]
        yield Path(segments=Bent(route, _RADIUS) if len(route) > 2 else _straight(route), stroke=stroke)
        for ways in ([(circle, first) for circle in leaving], [(last, circle) for circle in arriving]):
            if ways:
                segments = [segment for start, end in ways for segment in (Move(start), Line(end))]
                yield Path(segments=tuple(segments), stroke=stroke)

    def _spread(self, key: str, node: str, layout: Layout, route: Route) -> tuple[Route, list[Point]]:
        """Return a route that ends short of a column, and where lines between there and its circles meet these."""
        glyph = self._composition.glyphs[node]
        if not isinstance(glyph, Column) or key not in self._lone:
            return route, []  # of several lines from one layer to another, each is one
        circles = [middle for number, middle in glyph.places(layout.boxes[node]) if number is not None]
        end, corner = route[-1], route[-2]
        if len(route) < 3 or len(circles) < 2 or abs(corner.x - end.x) > self._composition.theme.spacing.rank:
            reach = min(_REACH, 0.6 * abs(corner.x - end.x))
            led: Route = (*route[:-1], Point(end.x + (reach if corner.x > end.x else -reach), end.y))
        else:
            led = (*route[:-2], Point(corner.x, self._level(key, node, layout, [middle.y for middle in circles])))
        return led, [_touched(middle, led[-1], glyph.diameter / 2) for middle in circles]

    def _level(self, key: str, node: str, layout: Layout, ys: list[float]) -> float:
        """Return the height at which a line spreads: one for each line, between circles, where no level line lies."""
        is_source = self._ends[key][0] == node
        ports = {
            each: layout.routes[each][0 if is_source else -1].y
            for each, ends in self._ends.items()
            if ends[0 if is_source else 1] == node and len(layout.routes[each]) > 2
        }
        order = sorted(ports, key=lambda each: (ports[each], each))
        gaps = [(one + two) / 2 for one, two in pairwise(ys)] or [ys[0]]
        place = order.index(key)
        if len(order) > len(gaps):
            return ys[0] + (place + 0.4) / len(order) * (ys[-1] - ys[0])
        middle = sum(ports.values()) / len(ports)
        nearest = min(range(len(gaps)), key=lambda each: abs(gaps[each] - middle))
        first = min(max(0, nearest - len(order) // 2), len(gaps) - len(order))
        return gaps[first + place]


def _touched(middle: Point, start: Point, radius: float) -> Point:
    """Return where a line from `start` to the middle of a circle meets it."""
    dx, dy = start.x - middle.x, start.y - middle.y
    share = radius / max((dx * dx + dy * dy) ** 0.5, 1e-9)
    return Point(middle.x + dx * share, middle.y + dy * share)


def _straight(route: Route) -> tuple[Segment, ...]:
    return (Move(route[0]), *[Line(point) for point in route[1:]])


def _ends(composition: Composition) -> dict[str, tuple[str, str]]:
    graph = composition.graph
    ends = {edge.id: (edge.source, edge.target) for edge in graph.edges}
    return ends | {key: (output.node, key) for key, output in keyed_outputs(graph)}
