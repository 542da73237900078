"""Logos: small pictures at the corners of faces, and a row that says what they mean."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from cutaway.geometry import Point, Rect, Size
from cutaway.record import Record
from cutaway.ruler import Face, metrics, width
from cutaway.scene import Close, Group, Line, Mark, Move, Path, Rgba, Role, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Literal
from cutaway.views.parts.picture import Fit, Picture, Plane, placed

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

Corner = Literal["top-right", "top-left", "bottom-left", "bottom-right", "center"]
CORNERS: tuple[Corner, ...] = ("top-right", "top-left", "bottom-left", "bottom-right", "center")
Side = Literal["front", "top", "side"]
"""A face of a cuboid; flat things have only a front."""


@runtime_checkable
class Faced(Protocol):
    """A glyph with faces that pictures can be put on."""

    def plane(self, rect: Rect, side: Side) -> Plane | None:
        """Return a face of the glyph in `rect`; None where it has no such face."""
        ...


class Logo(Record):
    """A picture on a face, in a corner; `size` is a share of the shorter side, or width and height in points.

    `padding` are the points between it and the border, `name` is what a legend says of it, `ground` the colour behind
    it.
    """

    picture: Picture
    name: str = ""
    side: Side = "front"
    corner: Corner = "top-right"
    size: float | tuple[float, float] = 0.5
    padding: float = 0.0
    ground: Rgba | None = None


def on_faces(logos: Sequence[Logo], glyph: "Shaped", rect: Rect) -> tuple[Mark, ...]:
    """Draw logos on the faces of a glyph; what has only a front has them there."""
    marks: list[Mark] = []
    for logo in logos:
        plane = glyph.plane(rect, logo.side) or glyph.plane(rect, "front") if isinstance(glyph, Faced) else None
        marks += logo_marks(logo, plane or upright(rect))
    return tuple(marks)


def upright(rect: Rect) -> Plane:
    """Return a rectangle as a plane."""
    return Plane(corner=Point(rect.x, rect.y), u=Point(rect.width, 0.0), v=Point(0.0, rect.height))


def logo_marks(logo: Logo, plane: Plane) -> tuple[Mark, ...]:
    """Draw a logo on a face, whole and undistorted but for the slant of the face, and never beyond its border."""
    face = plane.size
    if min(face.width, face.height) <= 0.0:
        return ()
    wide, high = _measured(logo, face)
    pad_x, pad_y = min(logo.padding, (face.width - wide) / 2), min(logo.padding, (face.height - high) / 2)
    left = {"left": pad_x, "right": face.width - wide - pad_x}.get(logo.corner.rpartition("-")[2])
    top = {"top": pad_y, "bottom": face.height - high - pad_y}.get(logo.corner.partition("-")[0])
    x = ((face.width - wide) / 2 if left is None else left) / face.width
    y = ((face.height - high) / 2 if top is None else top) / face.height
    return _drawn(logo, plane.part(x, y, x + wide / face.width, y + high / face.height), "fill")


def _drawn(logo: Logo, plane: Plane, fit: Fit) -> tuple[Mark, ...]:
    """Draw a logo all over a part of a face, on its ground."""
    picture = placed(logo.picture, plane, fit)
    if logo.ground is None:
        return picture
    start, (u, v) = plane.corner, (plane.u, plane.v)
    ends = ((u.x, u.y), (u.x + v.x, u.y + v.y), (v.x, v.y))
    corners = [Line(Point(start.x + x, start.y + y)) for x, y in ends]
    return (Path(segments=(Move(start), *corners, Close()), fill=logo.ground), *picture)


def _measured(logo: Logo, face: Size) -> tuple[float, float]:
    """Return width and height of a logo, in its own proportions where they are not given, no larger than its face."""
    if isinstance(logo.size, tuple):
        wide, high = logo.size
    else:
        side, own = logo.size * min(face.width, face.height), logo.picture.size
        scale = side / max(own.width, own.height)
        wide, high = own.width * scale, own.height * scale
    return min(max(0.0, wide), face.width), min(max(0.0, high), face.height)


class LogoLegend(Record):
    """A row of logos, each once, with its name; `padding` lies around the row, `spacing` between entries."""

    logos: tuple[Logo, ...]
    padding: float = 0.0
    spacing: float = 10.0
    icon: float = 12.0
    face: Face | None = None
    size: float | None = None
    color: Role | Rgba = "ink"

    def marks(self, breadth: float, theme: Theme) -> tuple[Group, float]:
        """Draw the row from the origin on, in several lines where it exceeds `breadth`; return it and its height."""
        face, size = self.face or theme.face, self.size or theme.sizes.legend
        named = {(logo.name, logo.picture.data, logo.ground): logo for logo in self.logos if logo.name}
        icon, gap, cap = max(self.icon, size), size / 2, metrics(face).cap_height * size
        x, y, marks = self.padding, self.padding, list[Mark]()
        for logo in named.values():
            room = icon + gap + width(logo.name, size, face)
            if x > self.padding and x + room > breadth - self.padding:
                x, y = self.padding, y + icon + self.spacing / 2
            sign = _drawn(logo, upright(Rect(x, y, icon, icon)), "contain")
            at = Point(x + icon + gap, y + (icon + cap) / 2)
            words = Text(at=at, text=logo.name, size=size, face=face, fill=self.color)
            marks.append(Group(marks=(*sign, words), ref=logo.name, part="legend", title=logo.name))
            x += room + self.spacing
        return Group(marks=tuple(marks), part="legend"), y + icon + self.padding if marks else 0.0

    def breadth(self, theme: Theme) -> float:
        """Return the width of the widest entry, below which the row cannot be set."""
        face, size = self.face or theme.face, self.size or theme.sizes.legend
        widest = max((width(logo.name, size, face) for logo in self.logos if logo.name), default=0.0)
        return widest + max(self.icon, size) + size / 2 + 2 * self.padding
