"""What the outputs share: the lines of a hatch, pictures, and text that a face can set."""

import math
from collections.abc import Collection, Iterator

from cutaway.errors import InputError, warn
from cutaway.geometry import Point, Rect
from cutaway.record import replace
from cutaway.ruler import Face, FaceWeight, drawable, missing
from cutaway.scene import Curve, Group, Hatch, Image, Line, Mark, Move, Outline, Scene, Segment, Text, texts

MEDIA_TYPES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def media_type(data: bytes) -> str:
    """Tell the media type of a user's picture."""
    for signature, name in MEDIA_TYPES:
        if data.startswith(signature):
            return name
    raise InputError("cannot draw a picture: its data is neither PNG nor JPEG")


def refuse_damaged(data: bytes) -> None:
    """Raise InputError for a user's picture that is cut off or damaged, for an output whose reader would not say so."""
    from io import BytesIO

    from PIL import Image as Pillow

    kind = media_type(data)
    try:
        with Pillow.open(BytesIO(data)) as opened:
            opened.load()
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for a file that is cut off or damaged
        raise InputError(f"cannot draw a picture: its data ({kind}) is damaged") from error


def extent(segments: Outline) -> Rect:
    """Return a rectangle around an outline; control points count."""
    points = [point for segment in segments for point in _points(segment)]
    if not points:
        return Rect(0.0, 0.0, 0.0, 0.0)
    left, top = min(point.x for point in points), min(point.y for point in points)
    return Rect(left, top, max(p.x for p in points) - left, max(p.y for p in points) - top)


def hatch_lines(hatch: Hatch, bounds: Rect) -> list[tuple[Point, Point]]:
    """Rule `bounds` with the lines of a hatch, which all hatches of one angle and gap share across the page.

    `hatch.angle` turns them clockwise from the horizontal.
    """
    cos, sin = math.cos(math.radians(hatch.angle)), math.sin(math.radians(hatch.angle))
    center, reach = bounds.center, math.hypot(bounds.width, bounds.height) / 2
    along = center.x * cos + center.y * sin  # in the turned frame
    across = center.y * cos - center.x * sin
    first = math.ceil((across - reach) / hatch.gap)
    last = math.floor((across + reach) / hatch.gap)
    lines = []
    for number in range(first, last + 1):
        offset = number * hatch.gap
        half = math.sqrt(max(0.0, reach**2 - (offset - across) ** 2))
        ends = [Point(at * cos - offset * sin, at * sin + offset * cos) for at in (along - half, along + half)]
        lines.append((ends[0], ends[1]))
    return lines


def legible(scene: Scene) -> Scene:
    """Return the scene with every text as its face can set it, for an output that has no other font.

    Warns once, naming the characters that are shown as `?` instead.
    """
    shown: dict[tuple[Face, FaceWeight], set[str]] = {}
    for text in texts(scene.marks):
        shown.setdefault((text.face, text.weight), set()).update(text.text)
    if all(drawable(each, *face) == each for face, characters in shown.items() for each in characters):
        return scene
    lacking: dict[str, None] = {}
    marks = tuple(_legible(mark, lacking) for mark in scene.marks)
    warn_of_lacking(lacking, "the font lacks", "give a TrueType font that has them, or save as .svg")
    return replace(scene, marks=marks)


def warn_of_lacking(characters: Collection[str], fault: str, advice: str) -> None:
    """Warn that there is no glyph for some characters, if there are any, in the words of who lacks them."""
    if not characters:
        return
    names = ", ".join(f"{character} (U+{ord(character):04X})" for character in list(characters)[:8])
    more = f" and {len(characters) - 8} more" if len(characters) > 8 else ""
    warn(f"{fault} {names}{more}; shown as '?': {advice}")


def fonts(scene: Scene) -> tuple[tuple[Face, FaceWeight], ...]:
    """List the faces and weights of all text, each once, in order of appearance."""
    return tuple(dict.fromkeys((text.face, text.weight) for text in texts(scene.marks)))


def pictures(marks: tuple[Mark, ...]) -> Iterator[bytes]:
    """Walk over the data of all pictures, also those in groups."""
    for mark in marks:
        if isinstance(mark, Image):
            yield mark.data
        elif isinstance(mark, Group):
            yield from pictures(mark.marks)


def _legible(mark: Mark, lacking: dict[str, None]) -> Mark:
    if isinstance(mark, Group):
        return replace(mark, marks=tuple(_legible(child, lacking) for child in mark.marks))
    if not isinstance(mark, Text):
        return mark
    lacking.update(dict.fromkeys(missing(mark.text, mark.face, mark.weight)))
    shown = drawable(mark.text, mark.face, mark.weight)
    return mark if shown == mark.text else replace(mark, text=shown)


def _points(segment: Segment) -> tuple[Point, ...]:
    match segment:
        case Move(to=to) | Line(to=to):
            return (to,)
        case Curve(first=first, second=second, to=to):
            return (first, second, to)
        case _:
            return ()
