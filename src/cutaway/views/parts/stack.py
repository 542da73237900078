"""The short stack of sheets that a folded block is drawn as, and the dark pill that says how many there are."""

from collections.abc import Iterator, Sequence
from math import atan2, cos, pi, sin, tan

from cutaway.geometry import Point, Rect, Size
from cutaway.record import replace
from cutaway.ruler import metrics, width
from cutaway.scene import Close, Curve, Line, Mark, Move, Path, Rounded, Segment, Text
from cutaway.theme import Theme
from cutaway.theme.folded import COUNT
from cutaway.views.parts.box import Glyph, Looks

_SHEETS = 3
_STEP = 0.37
"""In em of a label: the way from one of the sheets to the next."""
_PILL_PAD = 0.55
_OVERHANG = 1.9
"""Points by which the pill reaches beyond the side of the front box."""
_AIR = 1.0
"""Points between the pill and a line."""
_BEHIND = 0.78
"""How wide the lines of the sheets behind are, beside those of the front box."""


def stacked(glyph: Glyph, count: str, theme: Theme) -> Glyph:
    """Return the glyph of a box as a stack with a count, wide enough that the pill stays clear of a line in the middle.

    Its text keeps its size; the margin around it is as wide as the sheets reach to the upper right.
    """
    margin = 2 * _STEP * theme.sizes.label
    below = metrics(theme.face).descent * theme.sizes.detail + 0.1 * theme.sizes.detail
    air = max(0.3 * theme.sizes.detail, margin + below - theme.spacing.pad_y)
    least = 2 * (pill_size(count, theme).width - _OVERHANG + theme.strokes.arrow_width)
    size = Size(max(glyph.size.width, least) + 2 * margin, glyph.size.height + 2 * (margin + air))
    return replace(glyph, count=count, margin=margin, size=size)


def pill_size(text: str, theme: Theme) -> Size:
    """Measure a pill; half of its height is the margin of a stack."""
    size = theme.sizes.label
    return Size(width(text, size, theme.face, 700) + 2 * _PILL_PAD * size, 4 * _STEP * size)


def pill(text: str, rect: Rect, theme: Theme) -> tuple[Mark, ...]:
    """Draw a count in a dark pill."""
    size, middle = theme.sizes.label, rect.center
    cap = metrics(theme.face, 700).cap_height * size
    at = Point(middle.x, middle.y + cap / 2)
    line = Text(at=at, text=text, size=size, face=theme.face, fill=COUNT, anchor="middle", weight=700)
    return Path(segments=Rounded(rect, rect.height / 2), fill="ink"), line


def pill_on(glyph: Glyph, front: Rect, ends: Sequence[Point], looks: Looks) -> tuple[Mark, ...]:
    """Draw the pill of a stack on a corner where no line ends: the lower right one, or else the lower left."""
    return pill_beside(glyph.count, front, ends, looks.theme)


def pill_beside(count: str, front: Rect, ends: Sequence[Point], theme: Theme) -> tuple[Mark, ...]:
    """Draw a count on a corner of a front where no line ends: the lower right one, or else the lower left."""
    size = pill_size(count, theme)
    right, low = front.right + _OVERHANG - size.width, front.bottom - size.height / 2
    left, high = front.x - _OVERHANG, front.y - size.height / 2
    places = [Rect(x, y, size.width, size.height) for x, y in ((right, low), (left, low), (left, high), (right, high))]
    reach = theme.strokes.arrow_width / 2 + _AIR
    free = [place for place in places if not any(_holds(place.grown(reach), end) for end in ends)]
    return pill(count, (free or places)[0], theme)


def count_room(count: str, front: Rect, theme: Theme) -> Rect:
    """Return the room that the text of a count takes in its pill, on the corner of a front where it lies usually."""
    size = pill_size(count, theme)
    pad = _PILL_PAD * theme.sizes.label
    high = metrics(theme.face, 700).cap_height * theme.sizes.label
    left = front.right + _OVERHANG - size.width
    return Rect(left + pad, front.bottom - high / 2, size.width - 2 * pad, high)


def _holds(rect: Rect, point: Point) -> bool:
    return rect.x <= point.x <= rect.right and rect.y <= point.y <= rect.bottom


def sheets(glyph: Glyph, front: Rect, looks: Looks) -> tuple[Mark, ...]:
    """Draw the sheets, the outline of all of them first."""
    fill, stroke = looks[glyph.role]
    behind = replace(stroke, width=stroke.width * _BEHIND)
    radius, step = looks.theme.strokes.box_radius, glyph.margin / 2
    return (
        Path(segments=tuple(_outline(front, step, radius)), fill=fill, stroke=behind),
        Path(segments=Rounded(front.moved(step, -step), radius), fill=fill, stroke=behind),
        Path(segments=Rounded(front, radius), fill=fill, stroke=stroke),
    )


def _outline(front: Rect, step: float, radius: float) -> Iterator[Segment]:
    """Give the outline of three equal sheets, each to the upper right of the next, clockwise."""
    turn, places = _turn(step, radius), range(_SHEETS)
    last = places[-1]
    yield Move(Point(front.x, front.bottom - radius))
    for place in places:  # up along the upper left corners
        center = Point(front.x + radius + place * step, front.y + radius - place * step)
        yield from _arc(center, radius, pi + (turn if place else 0.0), 1.5 * pi - (turn if place < last else 0.0))
        if step > radius and place < last:
            yield Line(Point(center.x + step - radius, center.y - radius))
    back = front.moved(last * step, -last * step)
    yield from _arc(Point(back.right - radius, back.y + radius), radius, 1.5 * pi, 2 * pi)
    for place in reversed(places):  # down along the lower right ones
        center = Point(front.right - radius + place * step, front.bottom - radius - place * step)
        yield from _arc(center, radius, turn if place < last else 0.0, pi / 2 - (turn if place else 0.0))
        if step > radius and place:
            yield Line(Point(center.x - step + radius, center.y + radius))
    yield from _arc(Point(front.x + radius, front.bottom - radius), radius, pi / 2, pi)
    yield Close()


def _turn(step: float, radius: float) -> float:
    """Return what the rounded corners of two sheets hide of each other, as an angle."""
    if step > radius:
        return 0.0
    along = ((radius**2 - step**2 / 2) / 2) ** 0.5
    return atan2(along - step / 2, along + step / 2)


def _arc(center: Point, radius: float, start: float, stop: float) -> Iterator[Segment]:
    """Give a line to an arc of up to a quarter, and the arc; angles are clockwise from the right."""
    bend = radius * 4 / 3 * tan((stop - start) / 4)
    ends = [Point(center.x + radius * cos(angle), center.y + radius * sin(angle)) for angle in (start, stop)]
    first = Point(ends[0].x - bend * sin(start), ends[0].y + bend * cos(start))
    second = Point(ends[1].x + bend * sin(stop), ends[1].y - bend * cos(stop))
    yield Line(ends[0])
    yield Curve(first, second, ends[1])


def onto_stack(end: Point, before: Point, glyph: Glyph, rect: Rect, theme: Theme) -> Point:
    """Return where a line that ends on the rectangle of a stack meets its sheets."""
    front, step, radius = rect.grown(-glyph.margin), glyph.margin / 2, theme.strokes.box_radius
    three = [front.moved(place * step, -place * step) for place in range(_SHEETS)]
    if end.x == before.x:
        cut = [(each, _receding(end.x, each.x, each.right, radius)) for each in three]
        if before.y < end.y:
            return Point(end.x, min([each.y + back for each, back in cut if back is not None], default=end.y))
        return Point(end.x, max([each.bottom - back for each, back in cut if back is not None], default=end.y))
    cut = [(each, _receding(end.y, each.y, each.bottom, radius)) for each in three]
    if before.x < end.x:
        return Point(min([each.x + back for each, back in cut if back is not None], default=end.x), end.y)
    return Point(max([each.right - back for each, back in cut if back is not None], default=end.x), end.y)


def _receding(place: float, low: float, high: float, radius: float) -> float | None:
    """Return by how much a rounded side from `low` to `high` recedes at a place; None beside it."""
    radius = min(radius, (high - low) / 2)
    beyond = max(low + radius - place, place - (high - radius), 0.0)
    return None if beyond > radius else radius - (radius**2 - beyond**2) ** 0.5
