"""One layer as it is drawn: its box, the texts at it, and how far it stands from the next."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.fonts import Font
from cutaway.compat.visualkeras.texts import LayerText
from cutaway.compat.visualkeras.volume import Volume
from cutaway.geometry import Point, Rect, Size
from cutaway.record import Record, field
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Rgba, Text


class Caption(Record, eq=False):
    """Lines of text in a font and a colour; `gap` lies between two lines, and between the text and its box."""

    lines: tuple[str, ...]
    above: bool
    font: Font
    color: Rgba
    gap: float

    @property
    def size(self) -> Size:
        """The room that the lines take."""
        font = self.font
        wide = max(width(line, font.size, font.face) for line in self.lines)
        count = len(self.lines)
        return Size(wide, count * self._height + (count - 1) * self.gap)

    @property
    def _height(self) -> float:
        extents = metrics(self.font.face)
        return (extents.cap_height + extents.descent) * self.font.size

    def marks(self, rect: Rect, ref: str) -> Group:
        """Set the lines in a rectangle, each centred."""
        font, cap = self.font, metrics(self.font.face).cap_height * self.font.size
        middle = rect.x + rect.width / 2
        texts = [
            Text(
                at=Point(middle, rect.y + place * (self._height + self.gap) + cap),
                text=line,
                size=font.size,
                face=font.face,
                fill=self.color,
                anchor="middle",
            )
            for place, line in enumerate(self.lines)
            if line.strip()
        ]
        return Group(marks=tuple(texts), part="note", ref=ref)


def text_key(node: str) -> str:
    """Return the key of the room of a layer's text in a layout; no id of a graph starts with this character."""
    return f"\0text/{node}"


class Drawn(Record, eq=False):
    """A layer's box and what stands at it; `before` widens the gap in front of it, `spacing` lies behind it.

    `fences` are the shaded rectangles that it stands in, with how far each reaches around its members.
    """

    node: str
    volume: Volume
    spacing: float
    caption: Caption | None = None
    before: float = 0.0
    fences: Mapping[int, float] = field(default_factory=dict)


def caption_of(text: LayerText | None, font: Font, color: Rgba, gap: float) -> Caption | None:
    """Return a text as it is set at a layer; None for no text."""
    return None if text is None else Caption(lines=text.lines, above=text.above, font=font, color=color, gap=gap)
