"""The outlines of nodes by the names that the DOT language has for them (doc.graphviz.org, "Node Shapes")."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, pi, sin, sqrt

from cutaway.geometry import Point, Rect, Size
from cutaway.scene import Close, Line, Move, Outline, Rounded

_Corners = tuple[tuple[float, float], ...]
"""Shares of the width and the height of a box, clockwise."""

_ROUND = 72
"""Corners that stand for an ellipse."""


def _regular(count: int, turn: float = 0.0) -> _Corners:
    angles = [2 * pi * (place + turn) / count - pi / 2 for place in range(count)]
    points = [(cos(angle), sin(angle)) for angle in angles]
    spans = [(min(axis), max(axis)) for axis in zip(*points, strict=True)]
    return tuple(
        [
            ((x - spans[0][0]) / (spans[0][1] - spans[0][0]), (y - spans[1][0]) / (spans[1][1] - spans[1][0]))
            for x, y in points
        ]
    )


_DIAMOND: _Corners = ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
_POLYGONS: Mapping[str, tuple[_Corners, float, float]] = {
    "ellipse": (_regular(_ROUND), sqrt(2), sqrt(2)),
    "diamond": (_DIAMOND, 2.0, 2.0),
    "hexagon": (((0.15, 0.0), (0.85, 0.0), (1.0, 0.5), (0.85, 1.0), (0.15, 1.0), (0.0, 0.5)), 1.45, 1.15),
    "octagon": (_regular(8, 0.5), 1.2, 1.3),
    "pentagon": (_regular(5), 1.5, 1.7),
    "septagon": (_regular(7), 1.4, 1.5),
    "triangle": (((0.5, 0.0), (1.0, 1.0), (0.0, 1.0)), 2.0, 2.2),
    "invtriangle": (((0.0, 0.0), (1.0, 0.0), (0.5, 1.0)), 2.0, 2.2),
    "parallelogram": (((0.2, 0.0), (1.0, 0.0), (0.8, 1.0), (0.0, 1.0)), 1.7, 1.0),
    "trapezium": (((0.2, 0.0), (0.8, 0.0), (1.0, 1.0), (0.0, 1.0)), 1.7, 1.0),
    "invtrapezium": (((0.0, 0.0), (1.0, 0.0), (0.8, 1.0), (0.2, 1.0)), 1.7, 1.0),
    "house": (((0.5, 0.0), (1.0, 0.35), (1.0, 1.0), (0.0, 1.0), (0.0, 0.35)), 1.1, 1.8),
    "invhouse": (((0.0, 0.0), (1.0, 0.0), (1.0, 0.65), (0.5, 1.0), (0.0, 0.65)), 1.1, 1.8),
}  # fmt: skip
"""Corners, and by how much wider and higher than what stands in it an outline is."""
_CALLED: Mapping[str, str] = {"oval": "ellipse", "circle": "ellipse", "egg": "ellipse"}
_EVEN = frozenset({"circle", "square"})
BARE = frozenset({"plaintext", "plain", "none"})
"""What has no outline."""
POINT = "point"
_BOXES = frozenset({"box", "rect", "rectangle", "square", "record", "mrecord"})
OUTLINES = frozenset({*_POLYGONS, *_CALLED, *_BOXES, *BARE, POINT})
"""The shapes that are drawn as they are called; others are boxes."""


def outer(shape: str, inner: Size) -> Size:
    """Return how large an outline is around something."""
    corners = _POLYGONS.get(_CALLED.get(shape, shape))
    size = inner if corners is None else Size(inner.width * corners[1], inner.height * corners[2])
    side = max(size.width, size.height)
    return Size(side, side) if shape in _EVEN else size


def outline(shape: str, rect: Rect, radius: float) -> Outline:
    """Return the outline of a shape that fills a rectangle; boxes have rounded corners."""
    corners = _corners(shape, rect)
    if not corners:
        return Rounded(rect, radius)
    return (Move(corners[0]), *[Line(point) for point in corners[1:]], Close())


def touched(shape: str, rect: Rect, before: Point, end: Point) -> Point:
    """Return where a line through two points, of which the last is on the rectangle's border, meets the outline."""
    corners = _corners(shape, rect)
    dx, dy = end.x - before.x, end.y - before.y
    found: list[float] = []
    for one, two in pairwise([*corners, *corners[:1]]):
        across = dx * (two.y - one.y) - dy * (two.x - one.x)
        if abs(across) < 1e-9:
            continue
        along = ((one.x - before.x) * (two.y - one.y) - (one.y - before.y) * (two.x - one.x)) / across
        share = ((one.x - before.x) * dy - (one.y - before.y) * dx) / across
        if along > 0 and -1e-9 <= share <= 1 + 1e-9:
            found.append(along)
    if not found:
        return end
    return Point(before.x + min(found) * dx, before.y + min(found) * dy)


def _corners(shape: str, rect: Rect) -> Sequence[Point]:
    known = _POLYGONS.get(_CALLED.get(shape, shape))
    return [Point(rect.x + x * rect.width, rect.y + y * rect.height) for x, y in known[0]] if known else []
