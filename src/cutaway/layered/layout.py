"""Lay out a problem: level by level from the inside out, then put the levels into each other."""

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.direction import Turn
from cutaway.layered.flat import Line
from cutaway.layered.levels import Levels
from cutaway.layered.nest import Level, Nest
from cutaway.layered.problem import Layout, Problem
from cutaway.layered.route import simplified


def lay_out(problem: Problem) -> Layout:
    """Return places for all boxes and clusters, routes for all links and rectangles for all labels."""
    levels = Levels(problem, Nest(problem), Turn(problem.direction))
    for level in levels.nest.inner_first():
        levels.draw(level)
    return _Assembly(levels).layout()


class _Assembly:
    """The finished levels put into each other, on the page."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        self._boxes: dict[str, Rect] = {}
        self._clusters: dict[str, Rect] = {}
        self._origin: dict[str | None, Point] = {}
        root = levels.done[None]
        self._origin[None] = Point(-root.rect.x, 0.0)
        self._size = Size(root.rect.width, root.rect.height)
        for level in reversed(levels.nest.inner_first()):
            self._put(level)

    def _put(self, level: Level) -> None:
        done, origin = self._levels.done[level.id], self._origin[level.id]
        for number, member in enumerate(level.members):
            place = done.drawing.places[number]
            node = done.nodes[number]
            rect = Rect(origin.x + place.x - node.left, origin.y + place.y, node.left + node.right, node.height)
            if member in self._levels.done:
                self._clusters[member] = rect
                inner = self._levels.done[member].rect
                self._origin[member] = Point(rect.x - inner.x, rect.y - inner.y)
            else:
                self._boxes[member] = rect

    def layout(self) -> Layout:
        """Return the layout, turned back to the page."""
        turn, size = self._levels.turn, self._size
        problem = self._levels.problem
        routes, labels = self._lines()
        return Layout(
            size=turn.size(size),
            boxes={box.id: turn.rect_back(self._boxes[box.id], size) for box in problem.boxes},
            clusters={c.id: turn.rect_back(self._clusters[c.id], size) for c in problem.clusters},
            routes={
                link.id: tuple(turn.point_back(point, size) for point in routes[link.id]) for link in problem.links
            },
            labels={link: turn.rect_back(rect, size) for link, rect in labels.items()},
        )

    def _lines(self) -> tuple[dict[str, Line], dict[str, Rect]]:
        """Join the parts of the links, and gather the labels."""
        levels = self._levels
        routes: dict[str, Line] = {}
        labels: dict[str, Rect] = {}
        for link in levels.problem.links:
            line: Line = []
            for name in levels.nest.trails[link.id]:
                done, origin, part = levels.done[name], self._origin[name], levels.nest.levels[name].parts[link.tensor]
                net = done.nets[link.tensor]
                pin = part.pins[link.id]
                line += [Point(point.x + origin.x, point.y + origin.y) for point in done.drawing.lines[net, pin]]
                if part.label == link.id:
                    labels[link.id] = done.drawing.labels[net].moved(origin.x, origin.y)
            routes[link.id] = line if len(levels.nest.trails[link.id]) == 1 else simplified(line)
        return routes, labels
