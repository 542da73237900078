"""Shift finished marks, so that a drawing can be made from the origin on and placed later."""

from cutaway.geometry import Point
from cutaway.record import replace
from cutaway.scene import Close, Curve, Group, Image, Mark, Outline, Path, Segment, Text


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """Return `mark` shifted by `dx`, `dy` points."""
    if not dx and not dy:
        return mark
    match mark:
        case Path():
            return Path(segments=_segments(mark.segments, dx, dy), fill=mark.fill, stroke=mark.stroke)
        case Text():
            return Text(
                at=_point(mark.at, dx, dy),
                text=mark.text,
                size=mark.size,
                face=mark.face,
                fill=mark.fill,
                anchor=mark.anchor,
                weight=mark.weight,
                angle=mark.angle,
            )
        case Image():
            a, b, c, d, e, f = mark.matrix
            return replace(mark, matrix=(a, b, c, d, e + dx, f + dy), clip=_segments(mark.clip, dx, dy))
        case Group():
            marks = tuple([moved(inner, dx, dy) for inner in mark.marks])
            return Group(marks=marks, ref=mark.ref, part=mark.part, stands_for=mark.stands_for, title=mark.title)


def _segments(segments: Outline, dx: float, dy: float) -> tuple[Segment, ...]:
    return tuple([_segment(segment, dx, dy) for segment in segments])


def _segment(segment: Segment, dx: float, dy: float) -> Segment:
    match segment:
        case Close():
            return segment
        case Curve():
            return Curve(_point(segment.first, dx, dy), _point(segment.second, dx, dy), _point(segment.to, dx, dy))
        case _:
            return type(segment)(_point(segment.to, dx, dy))


def _point(point: Point, dx: float, dy: float) -> Point:
    return Point(point.x + dx, point.y + dy)
