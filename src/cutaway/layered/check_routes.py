"""Postconditions of the routes of a layout, in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from cutaway.geometry import Point, Rect
from cutaway.layered.check_lanes import PORT, Lanes, Piece, runs
from cutaway.layered.check_rects import SLACK, Family, Named, borders, captions, touch
from cutaway.layered.problem import Direction, Layout, Link, Problem, Route

_HEAD = 7.99  # straight before the target, where a bend precedes
_FLOW: Mapping[Direction, tuple[str, str]] = {
    "down": ("bottom", "top"),
    "up": ("top", "bottom"),
    "right": ("right", "left"),
    "left": ("left", "right"),
}


class RouteCheck:
    """The checks of all routes. What several links of a tensor have in common is looked at once."""

    def __init__(self, problem: Problem, layout: Layout, family: Family) -> None:
        self._problem = problem
        self._layout = layout
        self._family = family
        self._round = {box.id for box in problem.boxes if box.round}
        self._users: dict[Piece, list[Link]] = defaultdict(list)
        for link in problem.links:
            route = layout.routes[link.id]
            for index, (one, two) in enumerate(pairwise(route)):
                ends = ((link.source, index), (link.target, len(route) - 2 - index))
                boxes, near = (frozenset(box for box, away in ends if away <= most) for most in (0, 1))
                level = abs(one.y - two.y) < PORT
                at, low, high = (one.y, one.x, two.x) if level else (one.x, one.y, two.y)
                key = Piece(link.tensor, level, at, min(low, high), max(low, high), boxes, near)
                self._users[key].append(link)

    def violations(self) -> Iterator[str]:
        """Yield what is wrong with any route."""
        starts: dict[str, Point] = {}
        for link in self._problem.links:
            route = self._layout.routes[link.id]
            yield from _shape(link, route)
            yield from self._ends(link, route)
            start = starts.setdefault(link.tensor, route[0])
            if abs(start.x - route[0].x) + abs(start.y - route[0].y) > SLACK:
                yield f"route {link.id!r} does not start where the others of its tensor do"
        yield from self._passing()
        yield from self._crossing()
        yield from self._shared()

    def _ends(self, link: Link, route: Route) -> Iterator[str]:
        """Routes leave and enter boxes with the flow; round ones may also be entered in the middle of their sides."""
        boxes = self._layout.boxes
        leaving, entering = _FLOW[self._problem.direction]
        if leaving not in _sides(route[0], boxes[link.source]):
            yield f"route {link.id!r} does not start on the border of {link.source!r} where the flow leaves it"
        elif not self._with_flow(*route[:2]):
            yield f"route {link.id!r} does not leave {link.source!r} with the flow"
        end, target = route[-1], boxes[link.target]
        sides = _sides(end, target)
        middle = min(abs(end.x - target.center.x), abs(end.y - target.center.y)) < SLACK
        beside = link.target in self._round and middle and bool(sides) and leaving not in sides
        if entering not in sides and not beside:
            yield f"route {link.id!r} does not end on the border of {link.target!r} where the flow enters it"
        elif not beside and not self._with_flow(*route[-2:]):
            yield f"route {link.id!r} does not enter {link.target!r} with the flow"

    def _with_flow(self, one: Point, two: Point) -> bool:
        """Tell whether a stretch leads on in the direction of the problem, rather than back or across."""
        back = self._problem.direction in {"up", "left"}
        dx, dy = (one.x - two.x, one.y - two.y) if back else (two.x - one.x, two.y - one.y)
        on, aside = (dy, dx) if self._problem.direction in {"down", "up"} else (dx, dy)
        return on > abs(aside)

    def _passing(self) -> Iterator[str]:
        """No route goes through or along a box, its own included, or over a caption."""
        boxes, corners = self._layout.boxes, captions(self._problem, self._layout)
        all_boxes, all_corners = Named(boxes), Named(corners)
        for run in runs(self._users):
            rect = run.rect()
            near, covered = list(all_boxes.touching(rect)), list(all_corners.over(rect))
            for piece in run.pieces if near or covered else ():
                hit = [f"goes through box {name!r}" for name in near if _hits(piece, name, boxes[name])]
                over = [name for name in covered if corners[name].overlaps(piece.rect(), SLACK)]
                hit += [f"goes over the caption of {name!r}" for name in over]
                yield from (f"route {link.id!r} {fault}" for fault in hit for link in self._users[piece])

    def _crossing(self) -> Iterator[str]:
        """Routes cross once the border of each cluster that holds one of their ends, and no other."""
        edges = borders(self._layout)
        names = {f"{number}": key for number, key in enumerate(edges)}
        named = Named({name: edges[key] for name, key in names.items()})
        crossed: dict[str, Counter[str]] = defaultdict(Counter)
        for piece, links in self._users.items():
            for name in named.touching(piece.rect()):
                cluster, level, _ = names[name]
                for link in links:
                    if level is piece.level:
                        yield f"route {link.id!r} runs along the border of {cluster!r}"
                    crossed[link.id][cluster] += 1
        for link in self._problem.links:
            expected = Counter(set(self._family.around(link.source)) ^ set(self._family.around(link.target)))
            if crossed[link.id] != expected:
                for cluster in sorted({*expected, *crossed[link.id]}):
                    one, two = crossed[link.id][cluster], expected[cluster]
                    if one != two:
                        yield f"route {link.id!r} crosses the border of {cluster!r} {one} times, not {two}"

    def _shared(self) -> Iterator[str]:
        """No routes of two tensors run along each other, or touch at a corner."""
        lanes = Lanes(self._users)
        yield from (self._told("share a stretch", one, two) for one, two in lanes.along())
        yield from (self._told("touch at a corner", one, two) for one, two in lanes.touching())

    def _told(self, what: str, one: Piece, two: Piece) -> str:
        first, second = sorted((self._users[one][0].id, self._users[two][0].id))
        return f"routes {first!r} and {second!r} {what}"


def _hits(piece: Piece, name: str, box: Rect) -> bool:
    """Tell whether a piece touches a box, or more than its border where it ends there."""
    if name not in piece.boxes:
        return touch(piece.rect(), box)
    low, high = (box.x, box.right) if piece.level else (box.y, box.bottom)
    within = touch(piece.rect(), box) and min(piece.high, high) - max(piece.low, low)
    return within > 2 * SLACK


def _shape(link: Link, route: Route) -> Iterator[str]:
    """Routes are level and upright by turns, and straight before their arrowheads."""
    ways = []
    for one, two in pairwise(route):
        level, upright = abs(one.y - two.y) < PORT, abs(one.x - two.x) < PORT
        if level == upright:
            yield f"route {link.id!r} has a slanting or empty stretch"
        ways.append(level)
    if any(one == two for one, two in pairwise(ways)):
        yield f"route {link.id!r} has a corner on a straight stretch"
    last = abs(route[-1].x - route[-2].x) + abs(route[-1].y - route[-2].y)
    if len(route) > 2 and last < _HEAD:
        yield f"route {link.id!r} has no room for its arrowhead"


def _sides(point: Point, rect: Rect) -> set[str]:
    """Return the sides of a rectangle on which a point is."""
    if not rect.contains(Rect(point.x, point.y, 0.0, 0.0), SLACK):
        return set()
    places = {
        "left": abs(point.x - rect.x),
        "right": abs(point.x - rect.right),
        "top": abs(point.y - rect.y),
        "bottom": abs(point.y - rect.bottom),
    }
    return {side for side, distance in places.items() if distance < SLACK}
