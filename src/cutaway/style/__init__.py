"""Style: what a caller wants chosen nodes to look like and to say, as a value."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cutaway.errors import InputError, unknown
from cutaway.record import Record, fields_of, replace
from cutaway.style.values import VALUES, WORDS
from cutaway.typed import Any

PATTERNS: Mapping[str, float | None] = MappingProxyType(
    {"none": None, "horizontal": 0.0, "diagonal": 45.0, "vertical": 90.0, "antidiagonal": 135.0}
)
"""Hatches by name: the angle of their lines, in degrees."""
Colors = tuple[str | None, str | None, str | None]
"""Fill, stroke and pattern of a style."""

_COLORS = """
    black=#000000 white=#FFFFFF gray=#808080 grey=#808080 silver=#C0C0C0 red=#FF0000
    maroon=#800000 orange=#FFA500 yellow=#FFFF00 gold=#FFD700 green=#008000 lime=#00FF00
    olive=#808000 teal=#008080 turquoise=#40E0D0 blue=#0000FF navy=#000080 skyblue=#87CEEB
    lightblue=#ADD8E6 aqua=#00FFFF purple=#800080 fuchsia=#FF00FF violet=#EE82EE pink=#FFC0CB
    salmon=#FA8072 brown=#A52A2A tan=#D2B48C beige=#F5F5DC khaki=#F0E68C lightgray=#D3D3D3
"""
COLORS: Mapping[str, str] = MappingProxyType({pair[:-8]: pair[-7:] for pair in _COLORS.split()})
"""Colours by the names that CSS gives them (CSS Color Module Level 4, section 6.1), those that figures need."""


class Style(Record):
    """What is asked for the looks of chosen nodes; None leaves a property as it is.

    fill, stroke: a colour, `#rgb`, `#rrggbb` or a name such as 'orange'.
    pattern: a hatch over the fill: 'none', 'horizontal', 'diagonal', 'vertical', 'antidiagonal'.
    label: what the box says in place of its title and facts; further lines stand behind a line break.
    note: what stands beside the box.
    legend: what the legend says of these colours; by default what was selected.
    visibility: 'hidden' leaves the nodes out, and edges go through; 'shown' keeps what would be hidden.
    emphasis: 'highlight' draws with a strong outline, 'mute' pale, 'none' as usual.

    Views of volumes, maps or neurons draw these too; others warn that they do not.

    picture: what is drawn on a face or in a neuron: the path of a file, its bytes, or a Pillow image.
    fit: how the picture fills its place: 'contain' leaves margins, 'cover' cuts off, 'fill' stretches, 'match_aspect'
    gives the place the picture's proportions.
    face: the face that the picture is on: 'front', 'top' or 'side'; None is the one that is seen best.
    shade: by how many steps of 255 each further face is darker than the one before.
    gap: points of room before and after; one number is for both.
    size: depth into the page, height, and width along the flow, in points; None leaves one as it is.
    flat: whether only the front is drawn.
    limit: how many neurons or maps are drawn at most.
    """

    fill: str | None = None
    stroke: str | None = None
    pattern: str | None = None
    label: str | None = None
    note: str | None = None
    legend: str | None = None
    visibility: str | None = None
    emphasis: str | None = None
    picture: Any = None
    fit: str | None = None
    face: str | None = None
    shade: int | None = None
    gap: tuple[float, float] | None = None
    size: tuple[float | None, float | None, float | None] | None = None
    flat: bool | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        for name in _PROPERTIES:
            value = getattr(self, name)
            if value is None:
                continue
            if name in VALUES:
                object.__setattr__(self, name, VALUES[name](value))
            elif not isinstance(value, str):
                raise InputError(f"cannot use the {name} {value!r}: give a text")
        for color in (self.fill, self.stroke):
            if color is not None:
                hexadecimal(color)
        for name, words in WORDS.items():
            value = getattr(self, name)
            if value is not None and value not in words:
                raise InputError(f"cannot use the {name} {value!r}: {unknown(value, words)}")

    @property
    def colors(self) -> Colors:
        """What makes a colour of its own in the legend."""
        return self.fill, self.stroke, self.pattern


_PROPERTIES = tuple(fields_of(Style))


def style_role(number: int) -> str:
    """Return the role, in the palette of a figure, of the colours of a style, by its number."""
    return f"style.{number}"


def hexadecimal(color: str) -> str:
    """Return a colour as `#RRGGBB`. Raises InputError for what is none."""
    text = color.strip()
    if re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", text):
        return f"#{''.join([digit * 2 for digit in text[1:]]) if len(text) == 4 else text[1:]}".upper()
    if text.lower() in COLORS:
        return COLORS[text.lower()]
    raise InputError(f"cannot use the colour {color!r}: give '#1f77b4', '#abc' or a name; {unknown(color, COLORS)}")


def style(given: object) -> Style:
    """Return the style that a caller means: a Style, a mapping, or a text such as `fill:#abc, stroke:navy`.

    A text that is a colour alone is the fill.
    """
    if isinstance(given, Style):
        return given
    if isinstance(given, str):
        return _read(given)
    if isinstance(given, Mapping):
        for name in given:
            if name not in _PROPERTIES:
                raise InputError(f"unknown property {name!r} of a style: {unknown(name, _PROPERTIES)}")
        return Style(**given)
    raise InputError(
        f"cannot use a value of type {type(given).__name__!r} as a style: give a text such as 'fill:#abc', a mapping"
        " such as {'fill': '#abc'}, or a cutaway.Style"
    )


def over(upper: Style, lower: Style) -> Style:
    """Return `lower` with all that `upper` asks for instead."""
    asked = {name: value for name in _PROPERTIES if (value := getattr(upper, name)) is not None}
    return replace(lower, **asked) if asked else lower


def _read(text: str) -> Style:
    names = "|".join(_PROPERTIES)
    parts = re.split(rf"(?:^|[,;])\s*({names})\s*:", text)
    if len(parts) > 1 and not parts[0].strip():
        values: list[Any] = [part.strip() for part in parts[2::2]]
        return Style(**dict(zip(parts[1::2], values, strict=True)))
    if ":" in text:
        name = text.partition(":")[0].strip()
        raise InputError(f"unknown property {name!r} of a style, in {text!r}: {unknown(name, _PROPERTIES)}")
    return Style(fill=text)
