"""The colours of the `maps` view: those of styles, the tones of sheets behind, and the colours of windows."""

from collections.abc import Mapping

from cutaway.record import replace
from cutaway.style import Style
from cutaway.theme import Theme
from cutaway.theme.solid import with_solids
from cutaway.views.maps.links import WINDOW
from cutaway.views.parts.box import Glyph


def tinted_words(
    said: Mapping[str, Glyph], shades: Mapping[str, Style], theme: Theme
) -> tuple[dict[str, Glyph], Theme]:
    """Return what boxes would say, in the colours that styles give them, and the theme that has these.

    The words keep their ink, because they stand on the page, unless they recede.
    """
    if not shades:
        return dict(said), theme
    from cutaway.views.parts.tint import tinted

    found = tinted(said, shades, theme)
    bare = dict(found.glyphs)
    for name, glyph in said.items():
        if glyph.form == "box" and not (name in shades and shades[name].emphasis == "mute"):
            bare[name] = replace(glyph, role=found.glyphs[name].role)
    return bare, found.theme


def toned(theme: Theme, glyphs: Mapping[str, Glyph]) -> Theme:
    """Return the theme with the tones of sheets behind, and the colours of windows."""
    roles = dict.fromkeys([glyph.role for glyph in glyphs.values()])
    theme = with_solids(theme, roles)
    windows = {f"{role}{WINDOW}": theme.palette.get("window", theme.palette[f"{role}.side"]) for role in roles}
    return replace(theme, palette={**theme.palette, **windows})
