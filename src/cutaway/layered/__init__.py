"""Layered layout of boxes and links: `lay_out(problem) -> layout`; knows neither networks nor drawing."""

from collections.abc import Mapping

from cutaway.garbage import uncollected
from cutaway.geometry import Rect, Size
from cutaway.layered.direction import Turn
from cutaway.layered.flat import Line, Spot, simplified
from cutaway.layered.levels import Levels
from cutaway.layered.nest import Level, Nest, Stretch
from cutaway.layered.problem import Corners, Layout, Problem, routed

__all__ = ["laid_out", "lay_out"]


def lay_out(problem: Problem) -> Layout:
    """Return places for all boxes and clusters, routes for all links and rectangles for all labels."""
    return routed(*laid_out(problem))


@uncollected
def laid_out(problem: Problem) -> tuple[Layout, Mapping[str, Corners]]:
    """Return a layout without its routes, and their corners."""
    levels = Levels(problem, Nest(problem), Turn(problem.direction))
    inner_first = levels.nest.inner_first()
    for level in inner_first:
        levels.draw(level)
    return _Assembly(levels, inner_first[::-1]).layout()


class _Assembly:
    """The finished levels put into each other, on the page."""

    def __init__(self, levels: Levels, outer_first: list[Level]) -> None:
        self._levels = levels
        root = levels.done[None].rect
        self._size = Size(root.width, root.height)
        self._rects: dict[str, Rect] = {}
        self._origin: dict[str | None, Spot] = {None: (-root.x, 0.0)}
        for level in outer_first:
            self._put(level)
        self._lines = {name: (levels.done[name].drawing.lines, origin) for name, origin in self._origin.items()}

    def _put(self, level: Level) -> None:
        levels = self._levels
        done, (dx, dy) = levels.done[level.id], self._origin[level.id]
        for member, (x, y), node in zip(level.members, done.drawing.places, done.nodes, strict=False):
            rect = self._rects[member] = Rect(dx + x - node.left, dy + y, node.left + node.right, node.height)
            if member in levels.frames:
                inner = levels.done[member].rect
                self._origin[member] = (rect.x - inner.x, rect.y - inner.y)

    def layout(self) -> tuple[Layout, dict[str, Corners]]:
        """Return the layout and its lines, turned back to the page."""
        turn, size, problem, rects = self._levels.turn, self._size, self._levels.problem, self._rects
        back = turn.rects_back
        lines = turn.lines_back(map(self._line, self._levels.nest.trails), size)
        layout = Layout(
            size=turn.size(size),
            boxes=back({box.id: rects[box.id] for box in problem.boxes}, size),
            clusters=back({cluster.id: rects[cluster.id] for cluster in problem.clusters}, size),
            routes={},
            labels=back(self._labels(), size),
        )
        return layout, dict(zip([link.id for link in problem.links], lines, strict=True))

    def _line(self, trail: tuple[Stretch, ...]) -> tuple[Line, Spot]:
        """Return the line of a link, its parts joined, and by how much it is still to be moved."""
        if len(trail) == 1:
            level, part, end = trail[0]
            lines, origin = self._lines[level]
            return lines[part][end], origin
        line: Line = []
        for level, part, end in trail:
            lines, (dx, dy) = self._lines[level]
            line += [(x + dx, y + dy) for x, y in lines[part][end]]
        return simplified(line), (0.0, 0.0)

    def _labels(self) -> dict[str, Rect]:
        labels: dict[str, Rect] = {}
        for name, level in self._levels.nest.levels.items():
            (dx, dy), plates = self._origin[name], self._levels.done[name].drawing.labels
            for part in level.parts.values():
                if part.label is not None:
                    x, y, wide, high = plates[part.number]
                    labels[part.label.id] = Rect(x + dx, y + dy, wide, high)
        return labels
