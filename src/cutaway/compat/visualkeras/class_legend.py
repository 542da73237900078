"""The legend of the layered view: a small cube and a name for each class, or for each layer with its size."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number, signed
from cutaway.compat.visualkeras.fonts import Font
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.text_callables import shape_words
from cutaway.compat.visualkeras.volume import Extents, Volume, shaped
from cutaway.geometry import Point, Rect
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Mark, Rgba, Text
from cutaway.theme import Theme
from cutaway.typed import Any
from cutaway.views.parts.box import Looks

_USUAL_OFFSET = 15.0
_GAP = 5.0
"""Points between a cube and its text where the offset is the usual one."""


class ClassLegend(Record, eq=False):
    """Entries in lines no wider than the figure; `offset` shifts the texts off their cubes."""

    entries: tuple[tuple[Volume, str], ...]
    font: Font
    color: Rgba
    padding: float
    spacing: float
    offset: float

    def marks(self, breadth: float, theme: Theme) -> tuple[Group, float, float]:
        """Draw the legend from the origin on, in lines of `breadth`; return it, its width and its height."""
        looks, size = Looks(theme), self.font.size
        cap = metrics(self.font.face).cap_height * size
        gap = _GAP + self.offset - _USUAL_OFFSET
        x = y = self.padding
        widest, line, marks = 0.0, 0.0, list[Mark]()
        for volume, text in self.entries:
            cube = volume.size
            room = max(cube.width, cube.width + gap + width(text, size, self.font.face), 1.0)
            high = max(cube.height, size)
            if x > self.padding and x + room + self.padding > breadth:
                x, y, line = self.padding, y + line + self.spacing, 0.0
            start = x + max(0.0, -(cube.width + gap))
            rect = Rect(start, y + (high - cube.height) / 2, cube.width, cube.height)
            at = Point(start + cube.width + gap, y + (high + cap) / 2)
            words = Text(at=at, text=text, size=size, face=self.font.face, fill=self.color)
            marks.append(Group(marks=(*volume.marks(rect, looks), words), part="legend", ref=text, title=text))
            widest, line = max(widest, x + room), max(line, high)
            x += room + self.spacing
        return Group(marks=tuple(marks), part="legend"), widest + self.padding, y + line + self.padding


def class_legend(
    subject: Subject, styles: Mapping[str, Mapping[str, Any]], values: Mapping[str, Any], font: Font
) -> ClassLegend | None:
    """Return the legend that `legend` and `show_dimension` ask for; a class looks as most of its layers do."""
    if not values.get("legend"):
        return None
    found: dict[tuple[str, str], list[Volume]] = {}
    for node, layer in subject.layers.items():
        name = layer.class_names[0]
        text = f"{name} ({shape_words(layer.told)})" if values.get("show_dimension") else name
        key = node if values.get("show_dimension") else name
        cube = _cube(styles[node], font, is_flat=not values.get("draw_volume", True))
        found.setdefault((key, text), []).append(cube)
    return ClassLegend(
        entries=tuple([(max(cubes, key=_looks_like(cubes)), text) for (_, text), cubes in found.items()]),
        font=font,
        color=paint(values["font_color"], "the font_color"),
        padding=number("padding", values["padding"]),
        spacing=max(8.0, number("spacing", values.get("spacing", 10))),
        offset=signed("legend_text_spacing_offset", values.get("legend_text_spacing_offset", _USUAL_OFFSET)),
    )


def _looks_like(cubes: Sequence[Volume]) -> Callable[[Volume], int]:
    """Return what counts the cubes that are painted as a given one."""
    counts = Counter([(cube.fill, cube.outline, cube.shade) for cube in cubes])
    return lambda cube: counts[cube.fill, cube.outline, cube.shade]


def _cube(style: Mapping[str, Any], font: Font, *, is_flat: bool) -> Volume:
    side = max(8.0, font.size)
    return Volume(
        solid=shaped(Extents(x=side, y=side, z=side), is_flat=is_flat),
        fill=paint(style["fill"]),
        outline=paint(style["outline"]),
        shade=signed("shade_step", style["shade_step"]),
    )
