"""Whether convex shapes keep off each other."""

from collections.abc import Sequence

from cutaway.geometry import Point


def hull(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the convex hull of points (Andrew 1979, "Another efficient algorithm for convex hulls")."""
    ordered = sorted({(point.x, point.y) for point in points})
    if len(ordered) < 3:
        return tuple([Point(x, y) for x, y in ordered])
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return tuple([Point(x, y) for x, y in (*lower[:-1], *upper[:-1])])


def _chain(ordered: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for x, y in ordered:
        while len(chain) > 1:
            (ax, ay), (bx, by) = chain[-2:]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def apart(one: Sequence[Point], other: Sequence[Point], least: float) -> bool:
    """Tell whether two convex shapes are at least so far apart, by a line between them along one of their sides."""
    return any(_parts(one, other, each, least) or _parts(other, one, each, least) for each in _normals(one, other))


def _normals(one: Sequence[Point], other: Sequence[Point]) -> list[tuple[float, float]]:
    found = [(1.0, 0.0), (0.0, 1.0)]
    for shape in (one, other):
        for a, b in zip(shape, (*shape[1:], shape[0]), strict=True):
            length = ((b.x - a.x) ** 2 + (b.y - a.y) ** 2) ** 0.5
            if length > 1e-9:
                found.append(((b.y - a.y) / length, (a.x - b.x) / length))
    return found


def _parts(one: Sequence[Point], other: Sequence[Point], normal: tuple[float, float], least: float) -> bool:
    x, y = normal
    highest = max([point.x * x + point.y * y for point in one])
    return min([point.x * x + point.y * y for point in other]) >= highest + least
