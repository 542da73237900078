"""Plane geometry on flattened outlines: points are plain pairs, because a figure has a hundred thousand of them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, hypot

from cutaway.geometry import Bounds
from cutaway.scene import Close, Curve, Line, Move, Segment

Place = tuple[float, float]

CHORD = 1.6
"""How long a chord of a curve is at most while the curve is small; a quarter circle of radius 4 gets four."""
MOST_CHORDS = 32


def flatten(segments: Iterable[Segment]) -> list[list[Place]]:
    """Return the subpaths as chains of points; a closed one ends where it starts."""
    chains: list[list[Place]] = []
    for segment in segments:
        match segment:
            case Move(to):
                chains.append([(to.x, to.y)])
            case Line(to):
                chains[-1].append((to.x, to.y))
            case Curve(first, second, to):
                chains[-1].extend(_chords(chains[-1][-1], (first.x, first.y), (second.x, second.y), (to.x, to.y)))
            case Close():
                chains[-1].append(chains[-1][0])
                chains.append([chains[-1][0]])
    return [chain for chain in chains if len(chain) > 1]


def _chords(start: Place, first: Place, second: Place, end: Place) -> Iterable[Place]:
    length = (
        hypot(first[0] - start[0], first[1] - start[1])
        + hypot(second[0] - first[0], second[1] - first[1])
        + hypot(end[0] - second[0], end[1] - second[1])
    )
    count = min(MOST_CHORDS, max(2, ceil(length / CHORD)))
    for step in range(1, count):
        t = step / count
        u = 1.0 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        yield (
            a * start[0] + b * first[0] + c * second[0] + d * end[0],
            a * start[1] + b * first[1] + c * second[1] + d * end[1],
        )
    yield end


def bounds(points: Iterable[Place]) -> Bounds:
    """Return the smallest upright rectangle around at least one point."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def grown(area: Bounds, margin: float) -> Bounds:
    """Return `area` with `margin` added on all sides."""
    return (area[0] - margin, area[1] - margin, area[2] + margin, area[3] + margin)


def overlap(one: Bounds, other: Bounds, slack: float = 0.0) -> bool:
    """Tell whether two areas share more than a strip of width `slack`."""
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def within(inner: Bounds, outer: Bounds, slack: float = 0.0) -> bool:
    """Tell whether `inner` lies in `outer`, give or take `slack`."""
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def touch(a: Place, b: Place, c: Place, d: Place) -> bool:
    """Tell whether the lines a–b and c–d have a point in common."""
    if not _near(a, b, c, d):
        return False
    one, two = _side(a, b, c), _side(a, b, d)
    three, four = _side(c, d, a), _side(c, d, b)
    return one * two <= 0 and three * four <= 0


def _near(a: Place, b: Place, c: Place, d: Place) -> bool:
    return (
        min(a[0], b[0]) <= max(c[0], d[0])
        and min(c[0], d[0]) <= max(a[0], b[0])
        and min(a[1], b[1]) <= max(c[1], d[1])
        and min(c[1], d[1]) <= max(a[1], b[1])
    )


def _side(a: Place, b: Place, point: Place) -> float:
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])


def inside(point: Place, polygon: Sequence[Place]) -> bool:
    """Tell whether a point lies in a closed polygon (its last point repeats the first), by the parity of a ray."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in pairwise(polygon):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def distance(point: Place, a: Place, b: Place) -> float:
    """Return how far a point is from the line a–b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / square if square else 0.0
    t = min(1.0, max(0.0, t))
    return hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy)


def from_border(point: Place, chain: Sequence[Place]) -> float:
    """Return how far a point is from a chain of lines."""
    return min(distance(point, a, b) for a, b in pairwise(chain))


def apart(a: Place, b: Place, polygon: Sequence[Place]) -> float:
    """Return how far the line a–b is from a closed polygon; 0 where it touches it or lies in it."""
    if inside(a, polygon) or inside(b, polygon):
        return 0.0
    least = float("inf")
    for c, d in pairwise(polygon):
        if touch(a, b, c, d):
            return 0.0
        least = min(least, distance(a, c, d), distance(b, c, d), distance(c, a, b))
    return least


def meet(one: Sequence[Place], other: Sequence[Place]) -> bool:
    """Tell whether two closed polygons share a point."""
    if inside(one[0], other) or inside(other[0], one):
        return True
    return any(touch(a, b, c, d) for a, b in pairwise(one) for c, d in pairwise(other))


def depth(a: Place, b: Place, polygon: Sequence[Place]) -> float:
    """Return how deep the line a–b dips into a closed polygon, measured in the middle of each stretch inside it."""
    cuts = {0.0, 1.0}
    for c, d in pairwise(polygon):
        one, two = _side(c, d, a), _side(c, d, b)
        if one * two < 0 and touch(a, b, c, d):
            cuts.add(one / (one - two))
    deepest = 0.0
    stops = sorted(cuts)
    for low, high in pairwise(stops):
        for t in (low, (low + high) / 2, high):
            point = (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
            if inside(point, polygon):
                deepest = max(deepest, from_border(point, polygon))
    return deepest
