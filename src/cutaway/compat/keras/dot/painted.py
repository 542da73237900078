"""Glyphs, lines and regions in the look that a caller asks for."""

from collections.abc import Mapping, Sequence

from cutaway.compat.keras.dot.looks import Look
from cutaway.compat.keras.dot.outlines import BARE, POINT, outer, outline, touched
from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record, replace
from cutaway.scene import Arrowhead, Close, Group, Mark, Path, Scene, Stroke, Text
from cutaway.theme import Theme
from cutaway.views.parts.box import Form, Looks, TextLine
from cutaway.views.parts.shaped import Shaped

_POINT = Size(5.0, 5.0)
_BOX = "box"


class Painted(Record, eq=False):
    """A glyph in another look: its outline is drawn anew, and what stands in it stays in the middle."""

    inner: Shaped
    look: Look
    size: Size
    count: str = ""
    margin: float = 0.0

    @property
    def role(self) -> str:
        """The role of its colours, none where it has colours of its own."""
        return self.inner.role if self.look.fill is None else ""

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """What it says."""
        return self.inner.lines

    @property
    def form(self) -> Form:
        """That of what it stands for."""
        return "box" if self.look.shape else self.inner.form

    @property
    def _shape(self) -> str:
        return (self.look.shape or _BOX).lower()

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:
        """Draw it; what is hidden keeps its place."""
        if self.look.is_hidden:
            return ()
        middle = self._middle(rect)
        first, *rest = self.inner.marks(middle, looks, ends)
        assert isinstance(first, Path)  # noqa: S101 - a glyph's outline
        if self._shape == POINT:
            return (replace(first, segments=outline("ellipse", rect, 0.0), fill=self.look.fill or "ink", stroke=None),)
        segments = (
            first.segments if self.look.shape is None else outline(self._shape, rect, looks.theme.strokes.box_radius)
        )
        is_bare = self._shape in BARE
        own = Path(
            segments=segments,
            fill=self.look.fill or (None if is_bare else first.fill),
            stroke=None if is_bare or first.stroke is None else repainted(first.stroke, self.look),
        )
        return (own, *[_inked(mark, self.look) for mark in rest])

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:
        """Lead the end of a route on to the outline."""
        if self.look.shape is None:
            return self.inner.met(route, rect, theme, is_source=is_source)
        return (*route[:-1], touched(self._shape, rect, route[-2], route[-1]))

    def _middle(self, rect: Rect) -> Rect:
        """Return the area of what stands inside: all of a box."""
        if self.look.shape is None or outer(self._shape, self.inner.size) == self.inner.size:
            return rect
        size = self.inner.size
        return Rect(rect.center.x - size.width / 2, rect.center.y - size.height / 2, size.width, size.height)


def repainted(stroke: Stroke, look: Look) -> Stroke | None:
    """Return a stroke as a look has it; None where it has no width."""
    if not look.width:
        return None
    dash = stroke.dash if look.dash is None else look.dash
    return Stroke(paint=look.stroke or stroke.paint, width=stroke.width * look.width, dash=dash)


def _inked(mark: Mark, look: Look) -> Mark:
    if isinstance(mark, Text) and look.ink is not None:
        return replace(mark, fill=look.ink)
    if isinstance(mark, Path) and look.stroke is not None and mark.stroke is not None:
        return replace(mark, stroke=replace(mark.stroke, paint=look.stroke))
    return mark


def in_look(inner: Shaped, look: Look) -> Painted:
    """Return a glyph in another look, as large as the outline needs to be that it has then."""
    shape = (look.shape or _BOX).lower()
    around = _POINT if shape == POINT else outer(shape, inner.size)
    size = Size(max(around.width, look.least.width), max(around.height, look.least.height))
    return Painted(inner=inner, look=look, size=size)


class Heads(Record):
    """At which ends of a line there are arrowheads."""

    at_source: bool = False
    at_target: bool = True


def painted(scene: Scene, lines: Mapping[str, tuple[Look, Heads]], regions: Mapping[str, Look], theme: Theme) -> Scene:
    """Return a scene with lines and regions, by the ids of edges and scopes, in the looks that they are given."""
    marks: list[Mark] = []
    for mark in scene.marks:
        if isinstance(mark, Group) and mark.part == "edge" and mark.ref in lines:
            marks.append(replace(mark, marks=_line(mark, *lines[mark.ref], theme)))
        elif isinstance(mark, Group) and mark.part == "scope" and mark.ref in regions:
            look = regions[mark.ref]
            shown = () if look.is_hidden else mark.marks
            marks.append(replace(mark, marks=tuple([_region(each, look) for each in shown])))
        else:
            marks.append(mark)
    return replace(scene, marks=tuple(marks))


def _line(group: Group, look: Look, heads: Heads, theme: Theme) -> tuple[Mark, ...]:
    """Draw a line anew: its stroke, and heads where it has some."""
    if look.is_hidden:
        return ()
    found: list[Mark] = []
    for mark in group.marks:
        if isinstance(mark, Path) and mark.stroke is not None:
            found.append(replace(mark, stroke=repainted(mark.stroke, look)))
            if heads.at_source:
                found.append(_head_at_source(mark, look, theme))
        elif isinstance(mark, Path) and heads.at_target:
            found.append(replace(mark, fill=look.stroke or mark.fill))
    return tuple(found)


def _head_at_source(line: Path, look: Look, theme: Theme) -> Path:
    points = [segment.to for segment in line.segments if not isinstance(segment, Close)]
    head = Arrowhead(points[1], points[0], theme.strokes.arrow_length, theme.strokes.arrow_width)
    return Path(segments=head, fill=look.stroke or (line.stroke.paint if line.stroke else "edge"))


def _region(mark: Mark, look: Look) -> Mark:
    if isinstance(mark, Path) and mark.stroke is not None:
        return replace(mark, fill=look.fill or mark.fill, stroke=repainted(mark.stroke, look))
    return _inked(mark, look)
