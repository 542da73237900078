"""What the functional view draws around boxes: badges and arrows of collapsed repeats, and the places of long lines."""

from collections.abc import Mapping, Sequence

from cutaway.compat.visualkeras.collapsing import Span
from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number, pair, signed
from cutaway.compat.visualkeras.fonts import Font, sized_font
from cutaway.geometry import Point, Rect, Size
from cutaway.ruler import metrics, width
from cutaway.scene import Arrowhead, Group, Line, Mark, Move, Path, Rounded, Stroke, Text
from cutaway.typed import Any

Style = Mapping[str, Any]


def badge(label: str, style: Style, size: Size) -> tuple[Mark, ...]:
    """Draw what says how often a layer is repeated, in the upper right corner of its box."""
    room = badge_size(label, style)
    if not room.width:
        return ()
    font = _font(style, "collapse_badge")
    rect = Rect(size.width - room.width, 0.0, room.width, room.height)
    fill = paint(style.get("collapse_badge_fill", "white"), "the collapse_badge_fill")
    outline = paint(style.get("collapse_badge_outline", "black"), "the collapse_badge_outline")
    color = paint(style.get("collapse_badge_text_color", "black"), "the collapse_badge_text_color")
    at = Point(rect.center.x, rect.center.y + metrics(font.face).cap_height * font.size / 2)
    text = Text(at=at, text=label, size=font.size, face=font.face, fill=color, anchor="middle")
    return (Path(segments=Rounded(rect, 2.0), fill=fill, stroke=Stroke(paint=outline, width=1.0)), text)


def badge_size(label: str, style: Style) -> Size:
    """Return what a badge takes, a box being no smaller; nothing where there is none."""
    if not style.get("collapse_badge_enabled", True) or not label:
        return Size(0.0, 0.0)
    across, down = pair("collapse_badge_padding", style.get("collapse_badge_padding", (4, 2)))
    room = _room(label, _font(style, "collapse_badge"))
    return Size(room.width + 2 * across, room.height + 2 * down)


def annotation_room(label: str, style: Style) -> float:
    """Return how much room an arrow over a block takes above or below it, with its label."""
    font = _font(style, "collapse_annotation")
    head = number("collapse_annotation_head_size", style.get("collapse_annotation_head_size", 6))
    return _offset(style) + head / 2 + 4.0 + _room(label, font).height


def annotation_rect(span: Span, style: Style, rects: Sequence[Rect]) -> Rect:
    """Return what an arrow over a block covers, with its label, and with the distance to its boxes."""
    left, right = min(rect.x for rect in rects), max(rect.right for rect in rects)
    room, is_above = annotation_room(span.label, style), span.position == "above"
    edge = min(rect.y for rect in rects) - room if is_above else max(rect.bottom for rect in rects)
    return Rect(left, edge, right - left, room)


def annotation(span: Span, style: Style, rects: Sequence[Rect]) -> Group:
    """Draw a double arrow over a block that is repeated, and its label."""
    font = _font(style, "collapse_annotation")
    color = paint(style.get("collapse_annotation_color", "black"), "the collapse_annotation_color")
    thick = number("collapse_annotation_width", style.get("collapse_annotation_width", 2))
    head = number("collapse_annotation_head_size", style.get("collapse_annotation_head_size", 6))
    left, right = min(rect.x for rect in rects), max(rect.right for rect in rects)
    is_above = span.position == "above"
    edge = min(rect.y for rect in rects) if is_above else max(rect.bottom for rect in rects)
    y = edge - _offset(style) if is_above else edge + _offset(style)
    cut = min(head, (right - left) / 3)
    shaft = (Move(Point(left + cut, y)), Line(Point(right - cut, y)))
    ends = ((Point(right, y), Point(left, y)), (Point(left, y), Point(right, y)))
    cap = metrics(font.face).cap_height * font.size
    base = y - head / 2 - 3.0 if is_above else y + head / 2 + 3.0 + cap
    at = Point((left + right) / 2, base)
    return Group(
        marks=(
            Path(segments=shaft, stroke=Stroke(paint=color, width=thick)),
            *(Path(segments=Arrowhead(before, tip, head, head), fill=color) for before, tip in ends),
            Text(at=at, text=span.label, size=font.size, face=font.face, fill=color, anchor="middle"),
        ),
        part="note",
        title=span.label,
    )


def _offset(style: Style) -> float:
    return signed("collapse_annotation_offset", style.get("collapse_annotation_offset", 10))


def _font(style: Style, prefix: str) -> Font:
    size = f"{prefix}_font_size"
    return sized_font(style.get(f"{prefix}_font"), style.get(size), size, 12)


def _room(text: str, font: Font) -> Size:
    extents = metrics(font.face)
    return Size(width(text, font.size, font.face), (extents.cap_height + extents.descent) * font.size)
