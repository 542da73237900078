"""Boxes in the colours that a caller gives, strong where they are highlighted, pale where they recede."""

from collections.abc import Collection, Iterable, Mapping

from cutaway.colors import contrast
from cutaway.record import Record, replace
from cutaway.style import PATTERNS, Colors, Style, hexadecimal, style_role
from cutaway.theme import Hatching, Theme, mixed
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.box import STRONG, Glyph

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

PALE = ".pale"
"""What the role of a muted box ends with, and that of a line between such boxes."""
READABLE = 4.5
"""The least contrast of text and its ground (WCAG 2.2, success criterion 1.4.3)."""
SEEN = 3.0
"""The least contrast of a line that carries meaning (WCAG 2.2, success criterion 1.4.11)."""
_MARKED = ".marked."
_PALER = (0.72, 0.8, 0.87, 0.92)
"""Shares of the page in a pale fill: the least with which it does not stand out."""
_FAINT = 1.35
_HATCHED = 0.35


class Tinted(Record):
    """Glyphs in the roles of their styles, the theme that has those, and the role of each style in the legend."""

    glyphs: Mapping[str, Glyph]
    theme: Theme
    colored: Mapping[Colors, str]


def tinted(glyphs: Mapping[str, Glyph], styles: Mapping[str, Style], theme: Theme) -> Tinted:
    """Return the glyphs in the colours and the strength that `styles` give them, by the ids of nodes."""
    tint, found = _Tint(theme), dict(glyphs)
    for node, each in styles.items():
        if node in glyphs:
            found[node] = tint.glyph(glyphs[node], each)
    return Tinted(glyphs=found, theme=tint.result(), colored=tint.colored)


def shown(roles: Iterable[str]) -> dict[str, str]:
    """Return the roles that a legend explains, each with the shade to show: the pale one where it has no other."""
    found: dict[str, str] = {}
    for role in roles:
        shade = role.removesuffix(STRONG)
        kind, marked, number = shade.removesuffix(PALE).partition(_MARKED)
        if kind not in found or not (marked or shade.endswith(PALE)):
            found[kind] = shade  # a kind that is marked wherever it occurs has the mark in the legend
        if marked:
            found[style_role(int(number))] = style_role(int(number))
    return found


def sign_roles(glyphs: "Iterable[Shaped]") -> dict[str, str]:
    """Return the role in which a legend shows the sign of each round glyph: the least special that there is."""
    found: dict[str, str] = {}
    for glyph in glyphs:
        if glyph.form == "round":
            sign, role = glyph.lines[0].text, glyph.role.removesuffix(STRONG)
            found[sign] = min(found.get(sign, role), role, key=lambda each: (each.startswith("style."), len(each)))
    return found


class _Tint:
    """A theme while roles are added to it."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.palette = dict(theme.palette)
        self.dashes = dict(theme.dashes)
        self.hatchings = dict(theme.hatchings)
        self.page = self.palette.get("page", "#FFFFFF")
        self.colored: dict[Colors, str] = {}
        self.palette["edge.pale"] = self._seen(self.palette["edge"])

    def result(self) -> Theme:
        return replace(self.theme, palette=self.palette, dashes=self.dashes, hatchings=self.hatchings)

    def glyph(self, glyph: Glyph, style: Style) -> Glyph:
        role, ink = glyph.role, ""
        if any(style.colors):
            role = self._colored(role, style)
            ink = f"{role}.ink" if f"{role}.ink" in self.palette else ""
        if style.emphasis == "highlight":
            role = self._strong(role)
        elif style.emphasis == "mute":
            role = self._pale(role)
            ink = f"{role}.ink"
        if ink:
            lines = tuple([replace(line, role=ink, lead_role=ink) for line in glyph.lines])
            return replace(glyph, role=role, lines=lines)
        return replace(glyph, role=role)

    def _colored(self, role: str, style: Style) -> str:
        """Return the role of a style over another role, and make it; without a fill, kinds keep theirs."""
        own = self.colored.setdefault(style.colors, style_role(len(self.colored)))
        if own not in self.palette:
            stroke = self.palette["edge"]
            if style.stroke:
                stroke = hexadecimal(style.stroke)
            elif style.fill:
                fill = hexadecimal(style.fill)
                stroke = mixed(fill, self._ink(fill), 0.5)
            self._make(own, hexadecimal(style.fill) if style.fill else self.page, stroke, style.pattern)
        if style.fill:
            return own
        new = f"{role}{_MARKED}{own.rpartition('.')[2]}"
        if new not in self.palette:
            self._follow(role, new)
            stroke = hexadecimal(style.stroke) if style.stroke else self.palette[f"{role}.stroke"]
            self._make(new, self.palette[role], stroke, style.pattern)
        return new

    def _make(self, new: str, fill: str, stroke: str, pattern: str | None) -> None:
        self.palette |= {new: fill, f"{new}.stroke": stroke, f"{new}.ink": self._ink(fill)}
        if pattern is not None:
            angle = PATTERNS[pattern]
            self.hatchings.pop(new, None)
            if angle is not None:
                self.hatchings[new] = Hatching(angle=angle)
                self.palette[f"{new}.hatch"] = self._line(new)

    def _line(self, role: str) -> str:
        """Return the colour of hatch lines on a role: seen on its fill, with text that stays readable over them."""
        fill, ink = self.palette[role], self.palette.get(f"{role}.ink", self.palette["ink"])
        share = _HATCHED
        while share > 0.02 and contrast(ink, mixed(fill, ink, share)) < READABLE:
            share *= 0.85
        if share > 0.02:
            return mixed(fill, ink, share)
        away = min("#000000", "#FFFFFF", key=lambda each: contrast(ink, mixed(fill, each, _HATCHED)) < READABLE)
        return mixed(fill, away, _HATCHED)  # no line nearer to the ink would do

    def _strong(self, role: str) -> str:
        new = f"{role}{STRONG}"
        self.palette |= {new: self.palette[role], f"{new}.stroke": self.palette[f"{role}.stroke"]}
        self._follow(role, new)
        return new

    def _pale(self, role: str) -> str:
        new = f"{role}{PALE}"
        if new not in self.palette:
            fill = self._paler(self.palette[role])
            grey = self.palette["grey"]
            self.palette |= {
                new: fill,
                f"{new}.stroke": mixed(self.palette[f"{role}.stroke"], self.page, 0.5),
                f"{new}.ink": grey if contrast(grey, fill) >= READABLE else self._ink(fill),
            }
            self._follow(role, new)
            if new in self.hatchings:
                self.palette[f"{new}.hatch"] = self._line(new)
        return new

    def _follow(self, role: str, new: str) -> None:
        """Give a shade the dashes and the hatch of its role."""
        if role in self.dashes:
            self.dashes[new] = self.dashes[role]
        if role in self.hatchings:
            self.hatchings[new] = self.hatchings[role]
            self.palette[f"{new}.hatch"] = self.palette.get(f"{role}.hatch", self.palette.get("hatch", ""))

    def _ink(self, ground: str) -> str:
        """Return a colour of text that can be read on a ground: the theme's own where that will do."""
        candidates = (self.palette["ink"], self.page, "#000000", "#FFFFFF")
        return next((each for each in candidates if contrast(each, ground) >= READABLE), _best(candidates, ground))

    def _paler(self, fill: str) -> str:
        """Return a shade of a fill that stands back, however strong the fill is."""
        shades = [mixed(fill, self.page, share) for share in _PALER]
        return next((shade for shade in shades if contrast(shade, self.page) <= _FAINT), shades[-1])

    def _seen(self, line: str) -> str:
        """Return the palest shade of a line that is still seen well on the page."""
        shades = [mixed(line, self.page, share / 20) for share in range(12, -1, -1)]
        return next((shade for shade in shades if contrast(shade, self.page) >= SEEN), line)


def _best(candidates: Collection[str], ground: str) -> str:
    return max(candidates, key=lambda each: contrast(each, ground))
