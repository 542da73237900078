"""A Scene as readable lines, one per mark, so that a diff says what moved and what changed.

Colours stand there by their roles; the palette shows in the drawing.
"""

from collections.abc import Iterator
from typing import assert_never

from cutaway.geometry import Point
from cutaway.scene import (
    Close,
    Curve,
    Group,
    Hatch,
    Image,
    Line,
    Mark,
    Move,
    Paint,
    Path,
    Rgba,
    Scene,
    Segment,
    Stroke,
    Text,
)


def scene_text(scene: Scene) -> str:
    """Return the whole scene as text, groups indented, lengths in points to two decimals."""
    head = [
        f"scene {number(scene.width)} × {number(scene.height)} {scene.title!r}",
        f"description {scene.description!r}",
    ]
    return "\n".join([*head, *marks_text(scene.marks, "")]) + "\n"


def marks_text(marks: tuple[Mark, ...], indent: str) -> Iterator[str]:
    """Yield the lines of `marks`."""
    for mark in marks:
        yield indent + one_line(mark)
        if isinstance(mark, Group):
            yield from marks_text(mark.marks, indent + "  ")


def one_line(mark: Mark) -> str:
    """Return what `mark` itself says, without the marks inside it."""
    match mark:
        case Group():
            folded = f" stands for {', '.join(mark.stands_for)}" if mark.stands_for else ""
            return f"{mark.part} {mark.ref!r} {mark.title!r}{folded}"
        case Path():
            outline = " ".join(map(segment_text, mark.segments))
            return f"path fill={paint_text(mark.fill)} stroke={stroke_text(mark.stroke)} {outline}"
        case Text():
            turned = f" turned {number(mark.angle)}" if mark.angle else ""
            style = f"{number(mark.size)} {mark.weight} {mark.face.family} {paint_text(mark.fill)}"
            return f"text {mark.text!r} {mark.anchor} {point_text(mark.at)} {style}{turned}"
        case Image():
            clip = " ".join(map(segment_text, mark.clip))
            faded = f" opacity={mark.opacity:g}" if mark.opacity < 1 else ""
            return f"image {len(mark.data)} bytes {' '.join(map(number, mark.matrix))} {clip}{faded}"
        case _:
            assert_never(mark)


def segment_text(segment: Segment) -> str:
    """Return a segment in the letters of SVG."""
    match segment:
        case Move():
            return f"M {point_text(segment.to)}"
        case Line():
            return f"L {point_text(segment.to)}"
        case Curve():
            return f"C {point_text(segment.first)} {point_text(segment.second)} {point_text(segment.to)}"
        case Close():
            return "Z"
        case _:
            assert_never(segment)


def stroke_text(stroke: Stroke | None) -> str:
    """Return paint, width and dashes."""
    if stroke is None:
        return "none"
    dashes = f"/{','.join(map(number, stroke.dash))}" if stroke.dash else ""
    return f"{paint_text(stroke.paint)}/{number(stroke.width)}{dashes}"


def paint_text(paint: Paint | None) -> str:
    """Return a role as its name, a colour by its numbers."""
    match paint:
        case None:
            return "none"
        case Rgba():
            return f"rgba({paint.red},{paint.green},{paint.blue},{number(paint.alpha)})"
        case Hatch():
            lines = f"{number(paint.angle)},{number(paint.gap)},{number(paint.width)}"
            return f"hatch({paint_text(paint.paint)},{paint_text(paint.ground)},{lines})"
        case _:
            return paint


def point_text(point: Point) -> str:
    """Return the two coordinates."""
    return f"{number(point.x)},{number(point.y)}"


def number(value: float) -> str:
    """Return `value` to two decimals without trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
