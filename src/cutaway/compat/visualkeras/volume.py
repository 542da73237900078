"""The box of a layer in the classic look: a cuboid or a rectangle in its own colours, with a picture on a face."""

from collections.abc import Sequence

from cutaway.compat.visualkeras.colors import darker
from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record, replace
from cutaway.scene import Mark, Path, Rgba
from cutaway.theme import Theme
from cutaway.views.parts.box import Form, Looks, TextLine
from cutaway.views.parts.cuboid import Cuboid, FacePicture
from cutaway.views.parts.move import moved
from cutaway.views.parts.picture import Plane
from cutaway.views.parts.solid import Projection, Solid, Tone, solid

OBLIQUE = Projection(angle=45.0, depth=2**0.5 / 3)
"""A third of the depth goes up, and as much to the right."""


class Volume(Record, eq=False):
    """A solid in colours of its own: `fill` in front, darker by steps of `shade` on top and at the side.

    `within` are marks in it, which are placed from its upper left corner on.
    """

    solid: Solid
    fill: Rgba
    outline: Rgba
    shade: float = 10.0
    thickness: float = 1.0
    picture: FacePicture | None = None
    within: tuple[Mark, ...] = ()
    role: str = "other"
    lines: tuple[TextLine, ...] = ()
    form: Form = "box"
    count: str = ""
    margin: float = 0.0

    @property
    def size(self) -> Size:
        """What it takes on the page, in points."""
        return self.solid.size

    def plane(self, rect: Rect, side: Tone) -> Plane | None:
        """Return a face in `rect`; None where it has no such face."""
        return self._cuboid.plane(rect, side)

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:  # noqa: ARG002
        """Draw it: the outline of all that it covers, and its faces."""
        if self.thickness != 1.0:
            strokes = replace(looks.theme.strokes, box=1.5 * self.thickness)
            looks = Looks(replace(looks.theme, strokes=strokes))
        whole, *faces = self._cuboid.marks(rect, looks)
        if self.fill.alpha < 1 and isinstance(whole, Path):
            whole = replace(whole, fill=None)  # a translucent face is not to be seen on another
        return (whole, *faces, *(moved(mark, rect.x, rect.y) for mark in self.within))

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:
        """Lead the end of a route on to the outline."""
        return self._cuboid.met(route, rect, theme, is_source=is_source)

    def corners(self, rect: Rect) -> tuple[list[Point], list[Point]]:
        """Return the corners on the left and on the right: upper and lower, of the front, then of the back."""
        lower_left, upper_left, upper_right, lower_right = self.solid.faces["front"]
        back = self.solid.crown[0]
        dx, dy = back.x - upper_left.x, back.y - upper_left.y
        ways = [(0.0, 0.0), (dx, dy)] if len(self.solid.faces) > 1 else [(0.0, 0.0)] * 2
        left, right = [
            [Point(rect.x + point.x + x, rect.y + point.y + y) for x, y in ways for point in side]
            for side in ((upper_left, lower_left), (upper_right, lower_right))
        ]
        return left, right

    @property
    def _cuboid(self) -> Cuboid:
        fill, shade = self.fill, self.shade
        return Cuboid(
            solid=self.solid,
            role=self.role,
            lines=self.lines,
            paints={"front": fill, "top": darker(fill, shade), "side": darker(fill, 2 * shade)}
            if len(self.solid.faces) > 1
            else {"front": fill, "side": fill},
            edges=self.outline,
            picture=self.picture,
        )


class Extents(Record):
    """The three lengths of a box in points: depth, height, and width along the flow."""

    x: float
    y: float
    z: float


def shaped(extents: Extents, *, is_flat: bool, projection: Projection = OBLIQUE) -> Solid:
    """Return the solid of these lengths."""
    return solid(extents.z, extents.y, extents.x, projection, flat=is_flat)
