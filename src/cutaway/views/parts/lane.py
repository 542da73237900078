"""Lines of one tensor share a lane until they part; the lane is drawn once, so that it looks no heavier than a line."""

from itertools import pairwise

from cutaway.geometry import Point, distance
from cutaway.layered.problem import Route


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
