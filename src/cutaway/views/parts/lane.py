"""Lines of one tensor share a lane until they part; the lane is drawn once, so that it looks no heavier than a line."""

from itertools import pairwise

from cutaway.geometry import Point, distance
from cutaway.layered.problem import Route


def parted(route: Route, drawn: list[Route], radius: float) -> Route:
    """Return the end of `route` that none of the routes in `drawn`, from the same port, runs along.

    It begins `radius` points before the parting, so that a rounded corner there leaves the lane smoothly, and never
    within a rounded corner of the lane.
    """
    if not drawn:
        return route
    begin = max(_common(route, other) for other in drawn) - radius
    corner = 0.0
    for a, b in pairwise(route):
        if abs(begin - corner) < radius:
            begin = corner - radius
            break
        corner += distance(a, b)
    return _from(route, begin) if begin > 0 else route


def _common(one: Route, other: Route) -> float:
    """Return the length along which two orthogonal routes from the same point run together."""
    length = 0.0
    for (a, b), (c, d) in zip(pairwise(one), pairwise(other), strict=False):
        if a != c:
            break
        first, second = (b.x - a.x, b.y - a.y), (d.x - c.x, d.y - c.y)
        if first[0] * second[0] + first[1] * second[1] <= 0:
            break
        length += min(distance(a, b), distance(c, d))
        if b != d:
            break
    return length


def _from(route: Route, begin: float) -> Route:
    """Return the route from `begin` points behind its start on."""
    for place, (a, b) in enumerate(pairwise(route)):
        step = distance(a, b)
        if begin < step:
            part = begin / step
            return (Point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part), *route[place + 1 :])
        begin -= step
    return route[-2:]
