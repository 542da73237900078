"""The cuboid that stands for a tensor: three faces in oblique or orthographic projection, or a flat rectangle."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record, field, replace
from cutaway.scene import Close, Group, Hatch, Image, Line, Mark, Move, Outline, Paint, Path, Rgba, Segment, Stroke
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.box import STRONG, Form, Looks, TextLine
from cutaway.views.parts.solid import Projection, Quad, Solid, Tone, solid

if TYPE_CHECKING:
    from cutaway.views.parts.picture import Fit, Picture, Plane

_EDGE = 2 / 3
"""How wide the edges of a cuboid are, beside the outline of a box."""
_BRACKET = (1.6, 2.4, 1.2)
"""Points from a front to the bracket below it, of its ends, and from there to the count."""
_FINE = 0.6
"""How wide lines between slices are, beside these edges."""


class FacePicture(Record):
    """A picture on a face, with how it fills it."""

    picture: "Picture"
    fit: "Fit" = "fill"
    face: Tone = "front"

    def on(self, plane: "Plane") -> tuple[Image, ...]:
        """Draw it on a face."""
        from cutaway.views.parts.picture import placed

        return placed(self.picture, plane, self.picture.fit or self.fit)


class Cuboid(Record):
    """What stands for one node: a solid in the three tones of `role`.

    `lines` say what it is, elsewhere; `count` stands in a pill under a bracket below its front. `paints`
    replace the tones of faces, and `edges` the colour of their borders; `picture` lies on one of the faces. `slices`
    are the roles of what it holds from left to right, with their shares of its width.
    """

    solid: Solid
    role: str
    lines: tuple[TextLine, ...]
    count: str = ""
    form: Form = "box"
    margin: float = 0.0
    paints: Mapping[Tone, Rgba] = field(default_factory=dict)
    edges: Rgba | None = None
    picture: "FacePicture | None" = None
    slices: tuple[tuple[str, float], ...] = ()

    @property
    def size(self) -> Size:
        """What it takes on the page, in points."""
        return self.solid.size

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:  # noqa: ARG002
        """Draw the ground of all faces, these, the front last, and the edges behind it."""
        theme, faces = looks.theme, self.solid.faces
        wide = theme.strokes.strong / 2 if self.role.endswith(STRONG) else _EDGE * theme.strokes.box
        stroke = Stroke(paint=self.edges or f"{self.role}.edge", width=wide)
        ground = self.paints.get("side", f"{self._beside}.side")
        front, *others = [
            Path(
                segments=_polygon(quad, rect),
                fill=self.paints.get(tone) or _paint(self._beside if tone == "side" else self.role, tone, looks),
                stroke=stroke if tone == "front" else None,
            )
            for tone, quad in faces.items()
        ]
        face = (front, *self._sliced("front", rect, looks, stroke))
        if self.slices:
            face = (*face, Path(segments=front.segments, stroke=stroke))
        marks: list[Mark] = [Path(segments=_polygon(self.solid.outline, rect), fill=ground)]
        marks += [*others, *self._sliced("top", rect, looks, stroke), Group(marks=face, part="front")]
        if behind := self.solid.behind:
            marks.append(Path(segments=tuple(_lines(behind, rect)), stroke=stroke))
        if self.picture:
            plane = self.plane(rect, self.picture.face) or self.plane(rect, "front")
            marks += self.picture.on(plane) if plane else ()
        marks += self._counted(rect, theme)
        return tuple(marks)

    @property
    def _beside(self) -> str:
        """The role of the side that is seen: that of the last slice, or of the first where the side is on the left."""
        if not self.slices:
            return self.role
        side = self.solid.faces.get("side")
        return self.slices[0 if side and side[0].x <= self.solid.front.x else -1][0]

    def _sliced(self, tone: Tone, rect: Rect, looks: Looks, stroke: Stroke) -> Iterator[Path]:
        """Draw the slices of a face, with fine lines between them."""
        quad = self.solid.faces.get(tone)
        if quad is None or not self.slices:
            return
        start, total, cuts = 0.0, sum(share for _, share in self.slices), list[tuple[Point, ...]]()
        for role, share in self.slices:
            end = start + share / total
            part = _part(quad, start, end)
            yield Path(segments=_polygon(part, rect), fill=self.paints.get(tone) or _paint(role, tone, looks))
            cuts.append(part[2:])
            start = end
        if cuts[1:]:
            yield Path(segments=tuple(_lines(cuts[:-1], rect)), stroke=replace(stroke, width=_FINE * stroke.width))

    def pill(self, theme: Theme) -> Rect | None:
        """Return where the count is: under the bracket below the front."""
        if not self.count:
            return None
        from cutaway.views.parts.stack import pill_size

        size, front = pill_size(self.count, theme), self.solid.front
        top = front.bottom + sum(_BRACKET)
        return Rect(front.center.x - size.width / 2, top, size.width, size.height)

    def _counted(self, rect: Rect, theme: Theme) -> tuple[Mark, ...]:
        """Draw the count, with a bracket below all that it counts."""
        place = self.pill(theme)
        if place is None:
            return ()
        from cutaway.views.parts.stack import pill

        front, (air, tick, _) = self.solid.front.moved(rect.x, rect.y), _BRACKET
        left, right, y = front.x + 0.5, front.right - 0.5, front.bottom + air
        corners = (Point(left, y), Point(left, y + tick), Point(right, y + tick), Point(right, y))
        bracket = Path(
            segments=(Move(corners[0]), *[Line(point) for point in corners[1:]]),
            stroke=Stroke(paint="ink", width=theme.strokes.box),
        )
        return bracket, *pill(self.count, place.moved(rect.x, rect.y), theme)

    def plane(self, rect: Rect, side: Tone) -> "Plane | None":
        """Return a face in `rect`; None where it is not seen."""
        quad = self.solid.faces.get(side)
        if quad is None:
            return None
        from cutaway.views.parts.picture import Plane

        down, corner, right, _ = quad
        return Plane(
            corner=Point(rect.x + corner.x, rect.y + corner.y),
            u=Point(right.x - corner.x, right.y - corner.y),
            v=Point(down.x - corner.x, down.y - corner.y),
        )

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:  # noqa: ARG002
        """Lead the end of a route on to the outline."""
        end, before = route[-1], route[-2]
        if abs(end.y - before.y) < abs(end.x - before.x):
            crossed = _crossings(self.solid.outline, end.y - rect.y)
            near = min if before.x < end.x else max
            return (*route[:-1], Point(rect.x + near(crossed), end.y)) if crossed else route
        crossed = _crossings([Point(point.y, point.x) for point in self.solid.outline], end.x - rect.x)
        near = min if before.y < end.y else max
        return (*route[:-1], Point(end.x, rect.y + near(crossed))) if crossed else route


def _polygon(points: Sequence[Point], rect: Rect) -> Outline:
    """Return a closed outline through points of a glyph in `rect`."""
    first, *others = [Point(rect.x + point.x, rect.y + point.y) for point in points]
    return (Move(first), *[Line(point) for point in others], Close())


def _lines(lines: Iterable[Sequence[Point]], rect: Rect) -> Iterator[Segment]:
    """Yield open lines through points of a glyph in `rect`."""
    for first, *others in lines:
        yield Move(Point(rect.x + first.x, rect.y + first.y))
        for point in others:
            yield Line(Point(rect.x + point.x, rect.y + point.y))


def _part(quad: Quad, start: float, end: float) -> Quad:
    """Return the part of a face between two shares of its width."""
    one, two, three, four = quad

    def between(here: Point, there: Point, share: float) -> Point:
        return Point(here.x + share * (there.x - here.x), here.y + share * (there.y - here.y))

    return between(one, four, start), between(two, three, start), between(two, three, end), between(one, four, end)


def _paint(role: str, tone: Tone, looks: Looks) -> Paint:
    """Return what fills a face: hatched if it is the front of what has a hatch."""
    ground = f"{role}.{tone}"
    if ground in looks.theme.hatchings:
        return looks[ground][0]
    fill = looks[role][0] if tone == "front" else role
    return replace(fill, ground=ground) if isinstance(fill, Hatch) else ground


def _crossings(outline: Sequence[Point], y: float) -> list[float]:
    """Return the x of the places where a closed outline has this y."""
    found: list[float] = []
    for one, two in zip(outline, (*outline[1:], outline[0]), strict=True):
        low, high = min(one.y, two.y), max(one.y, two.y)
        if not low - 1e-6 <= y <= high + 1e-6:
            continue
        if high - low < 1e-6:
            found += one.x, two.x
        else:
            found.append(one.x + (two.x - one.x) * (y - one.y) / (two.y - one.y))
    return found


def cube(role: str, rect: Rect, looks: Looks, slices: int = 1) -> tuple[Mark, ...]:
    """Draw a small cube of so many slices in the colours of a role, for a legend."""
    side = rect.height / 1.28
    small = solid(side, side, side, Projection())
    parts = ((role, 1.0),) * slices if slices > 1 else ()
    marks = Cuboid(solid=small, role=role, lines=(), slices=parts).marks(rect, looks)
    return tuple([each for mark in marks for each in (mark.marks if isinstance(mark, Group) else (mark,))])
