"""Solids on the page: three dimensions in oblique or orthographic projection, or a flat rectangle."""

from collections.abc import Mapping
from math import cos, radians, sin

from cutaway.geometry import Point, Rect, Size
from cutaway.record import Record
from cutaway.typed import Literal

Tone = Literal["front", "side", "top"]
Quad = tuple[Point, Point, Point, Point]

TILT = 25.0
"""Degrees by which a rotated cuboid is seen from above."""


class Projection(Record):
    """How three dimensions become two: `angle` and `depth` are those of lines into the page, in degrees and as a share.

    With a `yaw`, in degrees, cuboids are turned about the vertical instead, and seen from above. `reversed` lets lines
    into the page lead to the left.
    """

    angle: float = 45.0
    depth: float = 0.39
    yaw: float | None = None
    reversed: bool = False

    def across(self, z: float, y: float, x: float) -> tuple[float, float]:
        """Return where a corner lies on the page: `z` along the flow, `y` upwards, `x` into the page."""
        if self.yaw is None:
            turn = radians(self.angle)
            sign = -1.0 if self.reversed else 1.0
            return z + sign * x * self.depth * cos(turn), -y - x * self.depth * sin(turn)
        turn, tilt = radians(self.yaw), radians(TILT)
        far = x * cos(turn) - z * sin(turn)
        return z * cos(turn) + x * sin(turn), -(y * cos(tilt) + far * sin(tilt))


class Solid(Record):
    """A cuboid on the page, within a `size`: its outline, the faces that are seen, the furthest first.

    `front` is the extent of the front face from left to right, `axis` how far below the upper border its middle is, and
    `crown` the upper edge at the back, where lines arrive from above.
    """

    size: Size
    outline: tuple[Point, ...]
    faces: Mapping[Tone, Quad]
    front: Rect
    crown: tuple[Point, Point]

    @property
    def axis(self) -> float:
        """How far below the upper border the middle of the front is."""
        return self.front.center.y

    @property
    def behind(self) -> tuple[tuple[Point, ...], ...]:
        """The edges behind the front, as lines of which none turns sharply; none where it is flat."""
        if len(self.faces) == 1:
            return ()
        nearest = next(point for point in self.faces["front"] if point not in self.outline)
        return self.outline[1:], (nearest, self.outline[3])


def solid(z: float, y: float, x: float, projection: Projection, *, flat: bool = False) -> Solid:
    """Return the cuboid that is `z` wide along the flow, `y` high and `x` deep; a flat one is its front."""
    if flat:
        return _flat(z, y)
    corners = {
        (a, b, c): projection.across(z * a, y * b, x * c) for a in (0, 1) for b in (0, 1) for c in (0, 1)
    }  # fmt: skip
    left, top = min(each[0] for each in corners.values()), min(each[1] for each in corners.values())
    right, bottom = max(each[0] for each in corners.values()), max(each[1] for each in corners.values())
    at = {key: Point(px - left, py - top) for key, (px, py) in corners.items()}
    turned = projection.reversed if projection.yaw is None else projection.yaw < 0
    side = 0 if turned else 1
    front: Quad = (at[0, 0, 0], at[0, 1, 0], at[1, 1, 0], at[1, 0, 0])
    upper: Quad = (at[0, 1, 0], at[0, 1, 1], at[1, 1, 1], at[1, 1, 0])
    beside: Quad = (at[side, 0, 0], at[side, 1, 0], at[side, 1, 1], at[side, 0, 1])
    if turned:
        outline = (at[1, 0, 0], at[1, 1, 0], at[1, 1, 1], at[0, 1, 1], at[0, 0, 1], at[0, 0, 0])
    else:
        outline = (at[0, 0, 0], at[0, 1, 0], at[0, 1, 1], at[1, 1, 1], at[1, 0, 1], at[1, 0, 0])
    return Solid(
        size=Size(right - left, bottom - top),
        outline=outline,
        faces={"front": front, "side": beside, "top": upper},
        front=_bounds(front),
        crown=(at[0, 1, 1], at[1, 1, 1]),
    )


def _flat(z: float, y: float) -> Solid:
    front = (Point(0.0, y), Point(0.0, 0.0), Point(z, 0.0), Point(z, y))
    return Solid(
        size=Size(z, y), outline=front, faces={"front": front}, front=Rect(0.0, 0.0, z, y), crown=(front[1], front[2])
    )


def _bounds(quad: Quad) -> Rect:
    left, top = min(point.x for point in quad), min(point.y for point in quad)
    return Rect(left, top, max(point.x for point in quad) - left, max(point.y for point in quad) - top)
