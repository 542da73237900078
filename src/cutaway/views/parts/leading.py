"""Lines that do not look as usual: along the same lanes with other corners, or straight where nothing lies between.

Where something does, lines that are to be straight keep to their lanes, with sharp corners.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf

from cutaway.geometry import Point, distance
from cutaway.layered.problem import Layout, Route
from cutaway.record import Record
from cutaway.scene import Arrowhead, Curve, Line, Mark, Move, Path, Segment, Stroke
from cutaway.scene.outline import ARC
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.obstacles import CLEAR, Obstacles, apart, corners

if TYPE_CHECKING:
    from cutaway.views.composition import Composition

_REACH = {"cut": 10.0, "swung": 18.0, "curved": inf}
"""Points from a corner at which a line leaves the lane, where there is room."""
_LESS = 0.85
"""Where there is no room for a reach, so much of it is tried."""
_STEEP = 0.25
"""The least cosine of the angle between a straight line and the way in which its route leaves a box."""
_HEAD = 2.0
"""Points before an arrowhead in which a line has its direction."""


class Course(Record, kw_only=False):
    """A line that is to be drawn: its route up to both outlines, the nodes at its ends, and its tensor's name."""

    route: Route
    ends: tuple[str, str]
    tensor: str


class Leading:
    """Draws the lines of one layout; they never run through what they kept clear of in their lanes.

    `tensors` are the names of the tensors that the routes of the layout carry.
    """

    def __init__(
        self, composition: "Composition", layout: Layout, regions: Sequence[Mark], tensors: Mapping[str, str]
    ) -> None:
        self._kind = composition.lines
        self._strokes = composition.theme.strokes
        things = [(name, corners(rect)) for name, rect in layout.boxes.items()]
        things += [("", corners(rect)) for rect in layout.labels.values()]
        things += [(tensors[key], each) for key, route in layout.routes.items() for each in pairwise(route)]
        self._obstacles = Obstacles(composition.graph, layout, things, regions)
        self._straight: list[tuple[str, tuple[Point, Point]]] = []

    def arrow(self, course: Course, stroke: Stroke) -> tuple[Mark, ...]:
        """Draw a line with its arrowhead, if heads have a length."""
        if self._kind == "none":
            return ()
        points = self._straightened(course) if self._kind == "straight" else course.route
        line = Path(segments=tuple(self._segments(points, course)), stroke=stroke)
        strokes = self._strokes
        if not strokes.arrow_length:
            return (line,)
        head = Arrowhead(points[-2], points[-1], strokes.arrow_length, strokes.arrow_width)
        return line, Path(segments=head, fill=stroke.paint)

    def _straightened(self, course: Course) -> Route:
        """Return the ends of a line where it may go straight from one to the other; else its route, all of it."""
        *before, tip = course.route
        head = min(self._strokes.arrow_length + _HEAD, distance(before[-1], tip) / 2)
        end = _toward(tip, before[-1], head / (distance(before[-1], tip) or 1.0))
        if len(before) < 2 or not self._is_free(course, end):
            return course.route
        self._straight.append((course.tensor, (before[0], end)))
        return (before[0], tip)

    def _is_free(self, course: Course, b: Point) -> bool:
        """Tell whether a straight line to a point before the head meets nothing, its own boxes included."""
        a, way = course.route[:2]
        if (b.x - a.x) * (way.x - a.x) + (b.y - a.y) * (way.y - a.y) < _STEEP * distance(a, b) * distance(a, way):
            return False
        if not self._obstacles.leave((a, b), course.ends, [course.tensor, course.ends[0]]):
            return False
        return not any(tensor != course.tensor and not apart((a, b), other, CLEAR) for tensor, other in self._straight)

    def _segments(self, points: Sequence[Point], course: Course) -> Iterator[Segment]:
        yield Move(points[0])
        if self._kind == "straight":
            yield from map(Line, points[1:])
            return
        share = 1.0
        for (before, corner), after in zip(pairwise(points), points[2:], strict=False):
            there, on = distance(before, corner), distance(corner, after)
            reach = self._reach((before, corner, after), (there * share, on / 2), course)
            share = 0.5
            start, end = _toward(corner, before, reach / (there or 1.0)), _toward(corner, after, reach / (on or 1.0))
            yield Line(start)
            if self._kind == "cut":
                yield Line(end)
            else:
                yield Curve(_toward(start, corner, ARC), _toward(end, corner, ARC), end)
        yield Line(points[-1])

    def _reach(self, points: tuple[Point, Point, Point], room: tuple[float, float], course: Course) -> float:
        """Return how far from a corner, the second point, a line may leave its lane."""
        before, corner, after = points
        usual = min(self._strokes.edge_radius, *room)
        reach = min(_REACH.get(self._kind, 0.0), room[0] - 2 * CLEAR, room[1])
        there, on = distance(before, corner) or 1.0, distance(corner, after) or 1.0
        while reach > usual:
            shape = (_toward(corner, before, reach / there), corner, _toward(corner, after, reach / on))
            if self._obstacles.leave(shape, course.ends, [course.tensor]):
                return reach
            reach *= _LESS
        return usual


def _toward(one: Point, other: Point, part: float) -> Point:
    return Point(one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part)
