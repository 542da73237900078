"""Colours as the DOT language writes them (doc.graphviz.org, "color").

Names are those of X11, which are those of CSS but for a few; further ones are shades of others by numbers, here within
one step of 255.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cutaway.colors import contrast
from cutaway.record import Record
from cutaway.scene import Rgba

_X11: Mapping[str, str] = MappingProxyType(
    {"gray": "#c0c0c0", "grey": "#c0c0c0", "green": "#00ff00", "maroon": "#b03060", "purple": "#a020f0"}
    | {"lightgoldenrod": "#eedd82", "violetred": "#d02090", "navyblue": "#000080", "lightslateblue": "#8470ff"}
    | {"transparent": "#ffffff00", "none": "#ffffff00"}
)
_BRIGHT = """
    antiquewhite#ffefdb brown#ff4040 burlywood#ffd39b cadetblue#98f5ff chocolate#ff7f24 coral#ff7256
    darkgoldenrod#ffb90f darkolivegreen#caff70 darkorange#ff7f00 darkorchid#bf3eff darkseagreen#c1ffc1
    darkslategray#97ffff firebrick#ff3030 goldenrod#ffc125 hotpink#ff6eb4 indianred#ff6a6a khaki#fff68f
    lightblue#bfefff lightgoldenrod#ffec8b lightpink#ffaeb9 lightskyblue#b0e2ff lightsteelblue#cae1ff maroon#ff34b3
    mediumorchid#e066ff mediumpurple#ab82ff olivedrab#c0ff3e orchid#ff83fa palegreen#9aff9a paleturquoise#bbffff
    palevioletred#ff82ab pink#ffb5c5 plum#ffbbff purple#9b30ff rosybrown#ffc1c1 royalblue#4876ff salmon#ff8c69
    seagreen#54ff9f sienna#ff8247 skyblue#87ceff slateblue#836fff slategray#c6e2ff steelblue#63b8ff tan#ffa54f
    thistle#ffe1ff turquoise#00f5ff violetred#ff3e96 wheat#ffe7ba
"""
_FIRST: Mapping[str, str] = MappingProxyType({pair[:-7]: pair[-7:] for pair in _BRIGHT.split()})
"""The first of four shades, where that is not the colour itself."""
_SHADES = (1.0, 0.932, 0.804, 0.548)
_HEX = re.compile(r"#\s*([0-9a-fA-F]{6})([0-9a-fA-F]{2})?|#([0-9a-fA-F]{3})")
_HSV = re.compile(r"\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)\s*")
_NUMBERED = re.compile(r"([a-z]+?)(\d{1,3})")


class Ground(Record):
    """A fill, and a colour of text that can be read on it."""

    fill: Rgba
    ink: Rgba


def rgba(text: str | None) -> Rgba | None:
    """Return the colour of a text; the first of a list of them, and None for what is none."""
    if not text:
        return None
    word = re.split(r"[:;]", text.strip())[0].lower()
    word = word.rpartition("/")[2]  # behind the name of a scheme
    if found := _HEX.fullmatch(word):
        digits = found[1] or "".join([digit * 2 for digit in found[3]])
        return _of_hex(digits, int(found[2], 16) / 255 if found[2] else 1.0)
    if found := _HSV.fullmatch(word):
        from colorsys import hsv_to_rgb

        try:
            parts = [min(1.0, float(part)) for part in found.groups()]
        except ValueError:
            return None
        red, green, blue = (round(255 * part) for part in hsv_to_rgb(*parts))
        return Rgba(red, green, blue)
    return _named(word)


def is_plain(text: str) -> bool:
    """Tell whether a text is one colour: no list of several, and of no scheme but X11."""
    return rgba(text) is not None and not re.search(r"[:;]", text) and (not text.startswith("/") or "/x11/" in text)


def _named(word: str) -> Rgba | None:
    known = _called(word)
    if known is not None:
        return known
    found = _NUMBERED.fullmatch(word)
    if found is None:
        return None
    number = int(found[2])
    if found[1] in {"gray", "grey"} and number <= 100:
        grey = int(255 * number / 100 + 0.5)
        return Rgba(grey, grey, grey)
    base = _of_hex(_FIRST[found[1]][1:]) if found[1] in _FIRST else _called(found[1])
    if base is None or not 1 <= number <= len(_SHADES):
        return None
    share = _SHADES[number - 1]
    return Rgba(round(share * base.red), round(share * base.green), round(share * base.blue))


def _called(word: str) -> Rgba | None:
    """Return the colour of a name of X11, if it is one."""
    from PIL.ImageColor import colormap, getrgb

    if word in _X11:
        return _of_hex(_X11[word][1:7], int(_X11[word][7:] or "ff", 16) / 255)
    return Rgba(*getrgb(word)[:3]) if word in colormap else None


def _of_hex(digits: str, alpha: float = 1.0) -> Rgba:
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return Rgba(red, green, blue, alpha)


def readable_on(text: str | None) -> Ground | None:
    """Return a ground of a colour; None for what is none, and for one that is not seen."""
    fill = rgba(text)
    if fill is None or not fill.alpha:
        return None
    ground = "#" + "".join([f"{round(255 + (part - 255) * fill.alpha):02X}" for part in _parts(fill)])
    dark, light = "#1F2430", "#FFFFFF"
    ink = dark if contrast(dark, ground) >= contrast(light, ground) else light
    return Ground(fill=fill, ink=_of_hex(ink[1:]))


def _parts(color: Rgba) -> tuple[int, int, int]:
    return color.red, color.green, color.blue
