"""Postconditions of the routes of a layout, in words."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from typing import NamedTuple

from cutaway.geometry import Point, Rect
from cutaway.layered.check_rects import SLACK, Family, Named, borders, captions, stretch
from cutaway.layered.problem import Direction, Layout, Link, Problem, Route

_HEAD = 7.99  # straight before the target, where a bend precedes
_APART = 0.2  # between the lines of two tensors, unless both end at one box, which may have many on a short border
_PORT = 1e-6  # between those
_FLOW: Mapping[Direction, tuple[str, str]] = {
    "down": ("bottom", "top"),
    "up": ("top", "bottom"),
    "right": ("right", "left"),
    "left": ("left", "right"),
}


class _Stretch(NamedTuple):
    """A straight piece of the routes of a tensor: at one y if it is `level`, at one x otherwise.

    It ends at `boxes`; `near` are also those at which the stretches before and after it end.
    """

    tensor: str
    level: bool
    at: float
    low: float
    high: float
    boxes: frozenset[str]
    near: frozenset[str]

    def rect(self) -> Rect:
        """Return the thin rectangle around it."""
        low, high = (
            ((self.low, self.at), (self.high, self.at)) if self.level else ((self.at, self.low), (self.at, self.high))
        )
        return stretch(Point(*low), Point(*high))


class RouteCheck:
    """The checks of all routes. What several links of a tensor have in common is looked at once."""

    def __init__(self, problem: Problem, layout: Layout, family: Family) -> None:
        self._problem = problem
        self._layout = layout
        self._family = family
        self._round = {box.id for box in problem.boxes if box.round}
        self._users: dict[_Stretch, list[Link]] = defaultdict(list)
        for link in problem.links:
            route = layout.routes[link.id]
            for index, (one, two) in enumerate(pairwise(route)):
                ends = ((link.source, index), (link.target, len(route) - 2 - index))
                boxes, near = (frozenset(box for box, away in ends if away <= most) for most in (0, 1))
                level = abs(one.y - two.y) < _PORT
                at, low, high = (one.y, one.x, two.x) if level else (one.x, one.y, two.y)
                key = _Stretch(link.tensor, level, at, min(low, high), max(low, high), boxes, near)
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
        end, target = route[-1], boxes[link.target]
        sides = _sides(end, target)
        middle = min(abs(end.x - target.center.x), abs(end.y - target.center.y)) < SLACK
        beside = link.target in self._round and middle and sides and leaving not in sides
        if entering not in sides and not beside:
            yield f"route {link.id!r} does not end on the border of {link.target!r} where the flow enters it"

    def _passing(self) -> Iterator[str]:
        """No route goes through or along a box, its own included, or over a caption."""
        boxes, named = self._layout.boxes, Named(self._layout.boxes)
        corners = Named(captions(self._problem, self._layout))
        for piece, links in self._users.items():
            rect = piece.rect()
            middle = Rect(rect.center.x, rect.center.y, 0.0, 0.0)
            for name in named.touching(rect):
                if name not in piece.boxes or boxes[name].contains(middle, SLACK):
                    yield from (f"route {link.id!r} goes through box {name!r}" for link in links)
            for name in corners.over(rect):
                yield from (f"route {link.id!r} goes over the caption of {name!r}" for link in links)

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
        lanes = _Lanes(list(self._users))
        yield from (self._told("share a stretch", one, two) for one, two in lanes.along())
        yield from (self._told("touch at a corner", one, two) for one, two in lanes.touching())

    def _told(self, what: str, one: _Stretch, two: _Stretch) -> str:
        first, second = sorted((self._users[one][0].id, self._users[two][0].id))
        return f"routes {first!r} and {second!r} {what}"


class _Lanes:
    """Stretches by direction and place, each lane sorted by where they begin."""

    def __init__(self, stretches: list[_Stretch]) -> None:
        self._stretches = stretches
        self._lanes: dict[tuple[bool, int], list[_Stretch]] = defaultdict(list)
        for piece in stretches:
            for place in range(int((piece.at - _APART) // 1), int((piece.at + _APART) // 1) + 1):
                self._lanes[piece.level, place].append(piece)
        self._reach: dict[tuple[bool, int], list[float]] = {}
        for key, lane in self._lanes.items():
            lane.sort(key=lambda piece: piece.low)
            self._reach[key] = list(accumulate((piece.high for piece in lane), max))

    def along(self) -> Iterator[tuple[_Stretch, _Stretch]]:
        """Yield pairs of two tensors that run along each other."""
        for lane in self._lanes.values():
            active: dict[tuple[object, ...], _Stretch] = {}  # the longest of those that are alike
            for piece in lane:
                active = {key: other for key, other in active.items() if other.high > piece.low + SLACK}
                for other in active.values():
                    if other.tensor != piece.tensor and abs(other.at - piece.at) < _least(one=other, two=piece):
                        yield other, piece
                key = (piece.tensor, piece.at, piece.near)
                if key not in active or active[key].high < piece.high:
                    active[key] = piece

    def touching(self) -> Iterator[tuple[_Stretch, _Stretch]]:
        """Yield pairs of two tensors where one has a corner or an end on the other."""
        for piece in self._stretches:
            for end in (piece.low, piece.high):
                for other in self._crossing(piece, end):
                    least = _least(one=piece, two=other)
                    near = abs(other.at - end) < least and other.low - least < piece.at < other.high + least
                    if other.tensor != piece.tensor and near:
                        yield piece, other

    def _crossing(self, piece: _Stretch, end: float) -> Iterator[_Stretch]:
        """Yield the stretches across another that reach the height of one of its ends."""
        key = (not piece.level, int(end // 1))
        lane, reach = self._lanes.get(key, []), self._reach.get(key, [])
        index = bisect_right(lane, piece.at + _APART, key=lambda other: other.low)
        while index > 0 and reach[index - 1] > piece.at - _APART:
            index -= 1
            yield lane[index]


def _least(one: _Stretch, two: _Stretch) -> float:
    return _PORT if one.near & two.near else _APART


def _shape(link: Link, route: Route) -> Iterator[str]:
    """Routes are level and upright by turns, and straight before their arrowheads."""
    ways = []
    for one, two in pairwise(route):
        level, upright = abs(one.y - two.y) < _PORT, abs(one.x - two.x) < _PORT
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
