"""The views in a look of our own: the theme, with what a call asks for in it, and the styles of single layers."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.colors import hexadecimal, paint
from cutaway.compat.visualkeras.dimensions import number, signed
from cutaway.compat.visualkeras.fonts import font_of
from cutaway.compat.visualkeras.pictures import fit_of, tone_of
from cutaway.compat.visualkeras.settling import Settled
from cutaway.record import replace
from cutaway.style import Style
from cutaway.theme import Theme, chosen
from cutaway.typed import Any


def own_theme(settled: Settled, *, share: float = 1.0) -> Theme:
    """Return the theme, with a font, its colour and a margin where they are given; the margin is a share of it."""
    theme, given = chosen(settled.theme), settled.given
    if "padding" in given:
        margin = share * number("padding", settled.padding)
        theme = replace(theme, spacing=replace(theme.spacing, margin=margin))
    if "font" in given and settled.font is not None:
        theme = replace(theme, face=font_of(settled.font).face)
    if "font_color" in given:
        ink = hexadecimal(paint(settled.font_color, "the font_color"))
        theme = replace(theme, palette={**theme.palette, "ink": ink, "grey": ink})
    return theme


def own_style(given: Mapping[str, Any], name: str) -> Style:
    """Return the style of a layer that keywords and rules ask for."""
    fill, outline, picture, shade = (given.get(key) for key in ("fill", "outline", "image", "shade_step"))
    return Style(
        fill=None if fill is None else hexadecimal(paint(fill, f"the fill of {name!r}")),
        stroke=None if outline is None else hexadecimal(paint(outline, f"the outline of {name!r}")),
        shade=None if shade is None else int(signed("shade_step", shade)),
        picture=picture,
        fit=None if picture is None else fit_of(given.get("image_fit", "fill")),
        face=None if picture is None or "image_axis" not in given else tone_of(given["image_axis"]),
    )
