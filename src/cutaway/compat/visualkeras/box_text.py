"""Text in a box, as the simple text mode has it: broken, aligned and turned; the box grows where it may."""

import re
from collections.abc import Mapping, Sequence

from cutaway.compat.visualkeras.colors import ink_on, paint
from cutaway.compat.visualkeras.dimensions import number, pair
from cutaway.compat.visualkeras.fonts import Font, sized_font
from cutaway.compat.visualkeras.layers import Layer
from cutaway.compat.visualkeras.mistakes import WrongValueError
from cutaway.compat.visualkeras.texts import asked
from cutaway.errors import unknown
from cutaway.geometry import Point, Size
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Mark, Text
from cutaway.typed import Any

_WRAPS = ("words", "chars", "none")
_ALIGNS = ("left", "center", "right")
_VALIGNS = ("top", "middle", "bottom")
_TURNS = {0: 0.0, 90: -90.0, 180: 180.0, 270: 90.0}
_WORD = re.compile(r"(?<=[A-Za-z0-9])(?=[A-Z][a-z])")
"""Where a word begins in the name of a class: GRU Cell, Conv2D Transpose."""


class Setting(Record, eq=False):
    """How a text is set in its box; `pad` is the air beside and above it."""

    font: Font
    least: float
    shrinks: bool
    pad: tuple[float, float]
    wrap: str
    most_lines: int | None
    spacing: float
    align: str
    valign: str
    turn: int


def box_text(layer: Layer, style: Mapping[str, Any], size: Size, *, is_fixed: bool) -> tuple[Size, tuple[Mark, ...]]:
    """Return the size of a box, and the text in it; one of a `fixed` size keeps it."""
    text = _said(layer, style)
    if not text.strip() or not style.get("box_text_enabled", True):
        return size, ()
    setting = _setting(style)
    frame = Size(size.height, size.width) if setting.turn in {90, 270} else size
    font, lines = setting.font, _broken(text, setting, frame.width, setting.font)
    while is_fixed and setting.shrinks and font.size > setting.least and not _fits(lines, setting, font, frame):
        font = Font(font.face, max(setting.least, font.size - 0.5))
        lines = _broken(text, setting, frame.width, font)
    if not is_fixed:
        room = _room(lines, setting, font)
        frame = Size(max(frame.width, room.width), max(frame.height, room.height))
    grown = Size(frame.height, frame.width) if setting.turn in {90, 270} else frame
    own = style.get("box_text_color")
    color = ink_on(paint(style.get("box_fill", style["fill"]), "the box_fill")) if own is None else own
    color = paint(color, "the box_text_color")
    marks = tuple([_line(place, lines, setting, font, frame, color) for place in range(len(lines))])
    return grown, marks


def _said(layer: Layer, style: Mapping[str, Any]) -> str:
    if style.get("box_text") is not None:
        return str(style["box_text"])
    if callable(style.get("box_text_callable")):
        return str(asked(style["box_text_callable"], layer))
    return _WORD.sub(" ", layer.class_names[0])


def _setting(style: Mapping[str, Any]) -> Setting:
    most = style.get("box_text_max_lines")
    turn = style.get("box_text_rotation", 0 if style.get("box_orientation", "vertical") == "horizontal" else 90)
    if turn not in list(_TURNS):
        raise WrongValueError(f"cannot use box_text_rotation={turn!r}: give 0, 90, 180 or 270")
    return Setting(
        font=sized_font(style.get("box_text_font"), style.get("box_text_font_size"), "box_text_font_size", 14),
        least=number("box_text_min_font_size", style.get("box_text_min_font_size", 8)),
        shrinks=bool(style.get("box_text_autoshrink", True)),
        pad=pair("box_text_padding", style.get("box_text_padding", 8)),
        wrap=_word("box_text_wrap", style.get("box_text_wrap", "words"), _WRAPS),
        most_lines=None if most is None else max(1, int(number("box_text_max_lines", most))),
        spacing=number("box_text_line_spacing", style.get("box_text_line_spacing", 2)),
        align=_word("box_text_align", style.get("box_text_align", "center"), _ALIGNS),
        valign=_word("box_text_valign", style.get("box_text_valign", "middle"), _VALIGNS),
        turn=turn,
    )


def _word(name: str, value: object, words: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in words:
        return value
    raise WrongValueError(f"cannot use {name}={value!r}: {unknown(value, words)}")


def _broken(text: str, setting: Setting, breadth: float, font: Font) -> list[str]:
    """Break a text into lines of a breadth, less its padding; a word alone may be broader."""
    room = breadth - 2 * setting.pad[0]
    found: list[str] = []
    for part in text.split("\n"):
        if setting.wrap == "none":
            found.append(part)
            continue
        pieces = part.split(" ") if setting.wrap == "words" else list(part)
        gap, line = " " if setting.wrap == "words" else "", "".join(pieces[:1])
        for piece in pieces[1:]:
            longer = f"{line}{gap}{piece}"
            if width(longer, font.size, font.face) <= room:
                line = longer
            else:
                found.append(line)
                line = piece
        found.append(line)
    if setting.most_lines is not None and len(found) > setting.most_lines:
        found = [*found[: setting.most_lines - 1], f"{found[setting.most_lines - 1]}…"]
    return found


def _height(setting: Setting, font: Font, count: int) -> float:
    extents = metrics(font.face)
    return count * (extents.cap_height + extents.descent) * font.size + (count - 1) * setting.spacing


def _room(lines: Sequence[str], setting: Setting, font: Font) -> Size:
    wide = max(width(line, font.size, font.face) for line in lines)
    return Size(wide + 2 * setting.pad[0], _height(setting, font, len(lines)) + 2 * setting.pad[1])


def _fits(lines: Sequence[str], setting: Setting, font: Font, frame: Size) -> bool:
    room = _room(lines, setting, font)
    return room.width <= frame.width and room.height <= frame.height


def _line(place: int, lines: Sequence[str], setting: Setting, font: Font, frame: Size, color: Any) -> Text:  # noqa: ANN401
    """Set one line in its frame, and turn it into the box."""
    extents = metrics(font.face)
    whole = _height(setting, font, len(lines))
    top = {
        "top": setting.pad[1],
        "middle": (frame.height - whole) / 2,
        "bottom": frame.height - setting.pad[1] - whole,
    }[setting.valign]
    leading = (extents.cap_height + extents.descent) * font.size + setting.spacing
    v = top + place * leading + extents.cap_height * font.size
    u = {"left": setting.pad[0], "center": frame.width / 2, "right": frame.width - setting.pad[0]}[setting.align]
    at = {
        0: Point(u, v),
        90: Point(v, frame.width - u),
        180: Point(frame.width - u, frame.height - v),
        270: Point(frame.height - v, u),
    }[setting.turn]
    return Text(
        at=at,
        text=lines[place],
        size=font.size,
        face=font.face,
        fill=color,
        anchor={"left": "start", "center": "middle", "right": "end"}[setting.align],  # type: ignore[arg-type]
        angle=_TURNS[setting.turn],
    )
