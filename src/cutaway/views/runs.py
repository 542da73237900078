"""Runs: chains of glyphs that are one box of the layout, and are placed in it by the view."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Box, Layout, Link, Route
from cutaway.record import Record, field, replace
from cutaway.scene import Group, Mark
from cutaway.typed import TYPE_CHECKING
from cutaway.views.naming import keyed_outputs

if TYPE_CHECKING:
    from cutaway.views.composition import Composition

_CORNER = 0.6
"""Points at the corners of a volume that no line meets."""
_STEP = 9.0
"""Points before the end of a line at which it takes a step."""
_NEAR = 3.0
"""Points behind the beginning of a line at which it takes a step, before others pass."""
_LEAST = 2.0
"""Points between lines of two tensors."""
_HAIR = 1e-6


class Ended(Record):
    """Where lines from elsewhere end on a run: no farther than `half` from its axis.

    On volumes that are `low`, by their ids half as high as is told, several end closer together, `pitch` apart. The
    lower of the volumes at both ends is `least` half as high.
    """

    half: float
    low: Mapping[str, float] = field(default_factory=dict)
    pitch: float = 0.0
    least: float = 0.0


class Run(Record):
    """Glyphs in one box of the layout, which is `size` large: their rectangles in it, by id, in painter's order.

    All links from elsewhere end at one of the glyphs and all that lead elsewhere leave one, at `axis` below the upper
    border or no farther from that than `half`. `routes` are the links inside, by id; those that are `joined` lead from
    one glyph to the next, which nearly touch: no line is drawn for them. `labels` are the rectangles of labels on links
    inside, and `words` stand beside the glyphs.
    """

    id: str
    members: Mapping[str, Rect]
    size: Size
    axis: float
    half: float
    scope: str | None = None
    routes: Mapping[str, Route] = field(default_factory=dict)
    joined: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    bands: Mapping[str, Group] = field(default_factory=dict)
    labels: Mapping[str, Rect] = field(default_factory=dict)
    words: tuple[Group, ...] = ()
    rooms: tuple[Rect, ...] = ()
    ended: Ended | None = None

    @property
    def drawn(self) -> tuple[str, ...]:
        """The links that are drawn with the glyphs, or need no line."""
        return (*self.joined, *(band.ref for band in self.bands.values()))


def boxes(runs: tuple[Run, ...]) -> list[Box]:
    """Return what the layout is asked for runs."""
    return [
        Box(
            id=run.id,
            size=run.size,
            cluster=run.scope,
            axis=run.axis,
            margin=max(0.0, min(run.axis, run.size.height - run.axis) - run.half),
        )
        for run in runs
    ]


def outside(links: list[Link], runs: tuple[Run, ...]) -> Iterator[Link]:
    """Yield the links that are not inside of one run, between the runs."""
    home = {member: run.id for run in runs for member in run.members}
    inside = {link for run in runs for link in (*run.routes, *run.drawn)}
    for link in links:
        if link.id not in inside:
            yield replace(link, source=home.get(link.source, link.source), target=home.get(link.target, link.target))


def expanded(composition: "Composition", layout: Layout) -> Layout:
    """Return a layout with what is in the runs in place of them."""
    found, routes, labels = dict(layout.boxes), dict(layout.routes), dict(layout.labels)
    level: _Level | None = None
    for run in composition.runs:
        rect = found.pop(run.id)
        if run.ended and run.ended.low:
            level = level or _Level(composition, layout)
            closer, aside = _closer(composition, layout, run, run.ended, level)
            routes |= closer
            if abs(aside) > max(0.0, run.ended.least - _CORNER):
                routes |= {key: _begun_at(routes[key], aside) for key in _leaving(composition, layout, run)}
            rect = rect.moved(0.0, aside)
        found |= {member: each.moved(rect.x, rect.y) for member, each in run.members.items()}
        found |= {f"{run.id}/{place}": each.moved(rect.x, rect.y) for place, each in enumerate(run.rooms)}
        routes |= {
            link: tuple([Point(point.x + rect.x, point.y + rect.y) for point in route])
            for link, route in run.routes.items()
        }
        labels |= {link: each.moved(rect.x, rect.y) for link, each in run.labels.items()}
    return replace(layout, boxes=found, routes=routes, labels=labels)


class _Level:
    """The level stretches of the lines in a layout, by their height."""

    def __init__(self, composition: "Composition", layout: Layout) -> None:
        self._tensors = {edge.id: (edge.source, edge.source_port) for edge in composition.graph.edges}
        self._at: dict[int, list[tuple[float, float, float, str]]] = {}
        for key, route in layout.routes.items():
            for one, two in pairwise(route):
                if abs(one.y - two.y) < _HAIR:
                    left, right = sorted((one.x, two.x))
                    self._at.setdefault(int(one.y // _LEAST), []).append((one.y, left, right, key))

    def is_free(self, key: str, route: Route, beside: Collection[str]) -> bool:
        """Tell whether the last stretch of a line lies on none of another tensor, but for those `beside` it."""
        last, end = route[-2:]
        left, right = sorted((last.x, end.x))
        row, tensor = int(end.y // _LEAST), self._tensors.get(key)
        return not any(
            abs(y - end.y) < _LEAST and low < right and left < high and self._tensors.get(other, (other, 0)) != tensor
            for near in (row - 1, row, row + 1)
            for y, low, high, other in self._at.get(near, ())
            if other not in beside
        )


def _closer(
    composition: "Composition", layout: Layout, run: Run, ended: Ended, level: _Level
) -> tuple[dict[str, Route], float]:
    """Return the lines that arrive closer together on low volumes, and how far the run moves to be between them."""
    found, aside = dict[str, Route](), 0.0
    axis = layout.boxes[run.id].y + run.axis
    for node, half in ended.low.items():
        keys = [edge.id for edge in composition.graph.edges if edge.target == node and edge.id in layout.routes]
        keys.sort(key=lambda key: layout.routes[key][-1].y)
        ends = [layout.routes[key][-1].y for key in keys]
        if not keys or all(abs(y - axis) < half for y in ends):
            continue
        middle = (len(keys) - 1) / 2
        straight = [place for place, key in enumerate(keys) if len(layout.routes[key]) < 3]
        wish = ends[straight[0]] + ended.pitch * (middle - straight[0]) - axis if straight else 0.0
        aside = min(max(wish, _CORNER - half), half - _CORNER)
        for place, key in enumerate(keys):
            route, y = layout.routes[key], axis + aside + ended.pitch * (place - middle)
            moved = _ended_at(route, y)
            found[key] = moved if level.is_free(key, moved, keys) else (*route[:-2], *_ended_at(route[-2:], y))
    return found, aside


def _leaving(composition: "Composition", layout: Layout, run: Run) -> list[str]:
    """Return the links that lead from a run elsewhere."""
    graph = composition.graph
    keys = [edge.id for edge in graph.edges if edge.source in run.members and edge.target not in run.members]
    keys += [key for key, output in keyed_outputs(graph) if output.node in run.members and key not in run.members]
    return [key for key in keys if key in layout.routes]


def _begun_at(route: Route, aside: float) -> Route:
    """Return a route that begins so much lower, and takes a step to where it was."""
    start, following, *others = route
    far = min(_NEAR, abs(following.x - start.x) / 2)
    x = start.x + far if following.x > start.x else start.x - far
    y = start.y + aside
    return (Point(start.x, y), Point(x, y), Point(x, start.y), following, *others)


def _ended_at(route: Route, y: float) -> Route:
    """Return a route that ends at another height: one that is straight takes a step before."""
    *before, last, end = route
    if before:
        return (*before, Point(last.x, y), Point(end.x, y))
    if abs(last.y - y) < _HAIR:
        return route
    x = max((last.x + end.x) / 2, end.x - _STEP) if last.x < end.x else min((last.x + end.x) / 2, end.x + _STEP)
    return last, Point(x, last.y), Point(x, y), Point(end.x, y)


def run_marks(composition: "Composition", layout: Layout, nodes: Mapping[str, Group]) -> list[Mark]:
    """Return the groups of nodes and outputs as they are painted, those of a run together, with the words beside."""
    from cutaway.views.parts.move import moved

    marks, left = list[Mark](), dict(nodes)
    for run in composition.runs:
        first, rect = next(iter(run.members.items()))
        dx, dy = layout.boxes[first].x - rect.x, layout.boxes[first].y - rect.y
        inner: list[Mark] = []
        for member in run.members:
            if member in run.bands:
                link = run.bands[member]
                lines = tuple([moved(line, dx, dy) for line in link.marks])
                inner.append(replace(link, marks=lines, stands_for=composition.stands_for.get(link.ref, ())))
            inner.append(left.pop(member))
        marks.append(Group(marks=tuple(inner), part="run", stands_for=run.edges))
        for place, (words, room) in enumerate(zip(run.words, run.rooms, strict=True)):
            now = layout.boxes[f"{run.id}/{place}"]
            marks.append(moved(words, now.x - room.x, now.y - room.y))
    return [*left.values(), *marks]
