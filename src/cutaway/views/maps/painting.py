"""What the bodies of the `maps` view look like: sheets, faces of cuboids, cells, a picture on the sheet in front."""

from collections.abc import Iterator

from cutaway.geometry import Point, Rect
from cutaway.record import replace
from cutaway.scene import Group, Hatch, Line, Mark, Move, Outline, Paint, Path, Rgba, Segment, Stroke
from cutaway.typed import TYPE_CHECKING
from cutaway.views.maps.body import Body, closed
from cutaway.views.parts.box import Looks
from cutaway.views.parts.obstacles import corners

if TYPE_CHECKING:
    from cutaway.views.maps.glyph import MapGlyph
    from cutaway.views.parts.picture import Picture

BACK = ".top"
"""What the role of sheets behind the one in front ends with."""
_THIN = 0.62
"""How wide lines within a body are, beside its outline."""


def painted(glyph: "MapGlyph", body: Body, place: Rect, looks: Looks) -> tuple[Mark, ...]:
    """Draw a body, the outline of all of it first."""
    fill, stroke = _colors(glyph, looks)
    thin = replace(stroke, width=stroke.width * _THIN)
    if glyph.look.line is not None:
        stroke = thin = replace(stroke, width=glyph.look.line)
    is_toned = glyph.look.fill is None and f"{glyph.role}{BACK}" in looks.theme.palette
    behind: Paint = f"{glyph.role}{BACK}" if is_toned else fill
    marks: list[Mark] = []
    if body.form == "maps" and (body.sheets > 1 or body.depth):
        marks.append(Path(segments=closed(body.outline(place)), fill=behind, stroke=stroke))
        marks += _sheets(glyph, body, place, thin, looks)
        front = Path(segments=_rect(body.front(place)), fill=fill, stroke=thin)
        marks.append(Group(marks=(front,), part="front"))
    else:
        marks.append(Path(segments=closed(body.outline(place)), fill=fill, stroke=stroke))
        cells = tuple(_cells(body, place))
        if cells:
            marks.append(Path(segments=cells, stroke=replace(thin, width=0.6 * thin.width, dash=())))
    if glyph.look.picture and body.form != "bar":
        marks += _picture(glyph.look.picture, glyph.style.fit, body.front(place))
        marks.append(Path(segments=_rect(body.front(place)), stroke=thin))
    return tuple(marks)


def _sheets(glyph: "MapGlyph", body: Body, place: Rect, thin: Stroke, looks: Looks) -> Iterator[Mark]:
    """Draw the sheets behind the one in front: their edges alone, where they are of one colour."""
    if body.depth or _shade(glyph):
        yield from _solids(glyph, body, place, thin, looks)
        return
    lines: list[Segment] = []
    for sheet in range(1, body.sheets):
        x, y = place.x + sheet * body.step, place.y + sheet * body.step
        lines += (
            Move(Point(x, y - body.step + body.height)), Line(Point(x, y)),
            Line(Point(x - body.step + body.width, y)),
        )  # fmt: skip
    yield Path(segments=tuple(lines), stroke=thin)


def _solids(glyph: "MapGlyph", body: Body, place: Rect, thin: Stroke, looks: Looks) -> Iterator[Mark]:
    """Draw whole sheets, or cuboids, from the last to the first."""
    fill = _colors(glyph, looks)[0]
    alone = replace(body, sheets=1)
    size = alone.size
    for sheet in range(body.sheets):
        spot = Rect(place.x + sheet * body.step, place.y + sheet * body.step, size.width, size.height)
        paint: Paint = _darker(looks, fill, (body.sheets - 1 - sheet) * _shade(glyph)) or fill
        if body.depth:
            back: Paint = f"{glyph.role}{BACK}" if glyph.look.fill is None else fill
            top = Path(segments=closed(alone.outline(spot)), fill=back, stroke=thin)
            corner = Path(segments=(Move(Point(spot.x, spot.y)), Line(Point(spot.x + body.depth, spot.y + body.depth))))
            yield top
            yield replace(corner, stroke=thin)
        yield Path(segments=_rect(alone.front(spot)), fill=paint, stroke=thin)


def _shade(glyph: "MapGlyph") -> int:
    """Return how many steps of 255 each sheet behind is darker; 0 where all behind have one colour of their own."""
    return glyph.style.shade if glyph.style.shade is not None else glyph.look.shade or 0


def _colors(glyph: "MapGlyph", looks: Looks) -> tuple[Paint, Stroke]:
    """Return the fill and the outline of a body: its own, or those of its role."""
    fill, stroke = looks[glyph.role]
    if glyph.look.outline is not None:
        stroke = replace(stroke, paint=glyph.look.outline)
    return fill if glyph.look.fill is None else glyph.look.fill, stroke


def _darker(looks: Looks, fill: Paint, steps: int) -> Rgba | None:
    """Return a colour so many steps of 255 darker."""
    if not steps or isinstance(fill, Hatch):
        return None
    if isinstance(fill, Rgba):
        red, green, blue, alpha = fill.red, fill.green, fill.blue, fill.alpha
    else:
        color = looks.theme.palette[fill]
        red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
        alpha = 1.0
    return Rgba(max(0, red - steps), max(0, green - steps), max(0, blue - steps), alpha)


def _cells(body: Body, place: Rect) -> Iterator[Segment]:
    """Give the lines between cells."""
    if body.form == "bar":
        one, two, three, four = body.outline(place)
        ends = ((one, four), (two, three)) if body.is_upright else ((one, two), (four, three))
        count = max(body.rows, body.columns)
        for cell in range(1, count):
            (a, b), (c, d) = ends
            share = cell / count
            yield Move(Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)))
            yield Line(Point(c.x + share * (d.x - c.x), c.y + share * (d.y - c.y)))
        return
    for column in range(1, body.columns):
        x = place.x + place.width * column / body.columns
        yield Move(Point(x, place.y))
        yield Line(Point(x, place.bottom))
    for row in range(1, body.rows):
        y = place.y + place.height * row / body.rows
        yield Move(Point(place.x, y))
        yield Line(Point(place.right, y))


def _picture(picture: "Picture", fit: str | None, front: Rect) -> tuple[Mark, ...]:
    from cutaway.views.parts.logos import upright
    from cutaway.views.parts.picture import fit_named, placed

    return placed(picture, upright(front), fit_named(fit or "cover"))


def _rect(rect: Rect) -> Outline:
    return closed(corners(rect))
