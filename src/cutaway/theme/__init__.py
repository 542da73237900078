"""The look of a figure as a value: colours by role, type sizes, strokes, radii and gaps, all lengths in points.

The theme `paper` is here, because most figures use it; the others are loaded when they are asked for.
"""

import os
from collections.abc import Mapping
from types import MappingProxyType

from cutaway.page import LEAST_SIZE
from cutaway.record import Record, field
from cutaway.ruler import Face
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.style import Style
    from cutaway.theme.themes import CONTRAST, DARK, MONO, THEMES

__all__ = [
    "CONTRAST",
    "DARK",
    "MONO",
    "NAMES",
    "PAPER",
    "THEMES",
    "Hatching",
    "Spacing",
    "Strokes",
    "Theme",
    "TypeSizes",
    "chosen",
    "load",
    "mixed",
    "named",
    "palette",
    "save",
]

NAMES = ("paper", "dark", "mono", "contrast")
"""The names of the themes; `paper` is the default."""


class TypeSizes(Record):
    """Sizes of the type, by what it says."""

    title: float = 11.0
    facts: float = 7.5
    operation: float = 8.0
    detail: float = 7.0
    label: float = 6.5
    caption: float = 7.5
    legend: float = 6.5
    sign: float = 9.0
    leading: float = 9.2


class Strokes(Record):
    """Widths of lines and the sizes of what ends or rounds them; `strong` are the outlines of highlighted boxes."""

    box: float = 0.9
    strong: float = 2.0
    edge: float = 1.0
    region: float = 0.8
    rule: float = 0.8
    arrow_length: float = 4.5
    arrow_width: float = 4.4
    edge_radius: float = 4.0
    box_radius: float = 3.0
    region_radius: float = 6.0


class Spacing(Record):
    """Room between and inside things."""

    margin: float = 10.0
    pad_x: float = 6.0
    pad_y: float = 5.0
    rank: float = 12.0
    box: float = 12.0
    lane: float = 8.0
    label: float = 2.6
    label_air: float = 2.2
    region: float = 9.0
    caption: float = 5.0
    legend: float = 10.0


class Hatching(Record):
    """Thin parallel lines over a fill, a second channel beside colour; `angle` in degrees, `gap` between lines."""

    angle: float
    gap: float = 3.0
    width: float = 0.4


class Theme(Record):
    """A whole look. `palette` maps roles to `#rrggbb`.

    Every kind has the roles `<kind>` (fill) and `<kind>.stroke`; beside them stand `page`, `ink`, `grey`, `edge`,
    `region`, `region.stroke`, `rule`, `nested`, `nested.stroke` (a nested model drawn closed), `output` and
    `output.stroke`. `dashes` and `hatchings` give some kinds a dashed outline or a hatch, whose lines have
    the role `hatch`. `heat` are the fills of a scale of numbers, from the least to the most, in steps that look equal.
    No text is set under `least_size`, which is that of the page. `styles` are those of single layers, each with the
    text of a selector, in the order in which they are laid over.
    """

    name: str
    palette: Mapping[str, str]
    heat: tuple[str, ...] = ("#F3EBCE", "#ECD8AD", "#E7C38E", "#E5AE73", "#E3985D", "#E2834C", "#E06C40")
    dashes: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: MappingProxyType({}))
    hatchings: Mapping[str, Hatching] = field(default_factory=lambda: MappingProxyType({}))
    face: Face = field(default_factory=Face)
    sizes: TypeSizes = field(default_factory=TypeSizes)
    strokes: Strokes = field(default_factory=Strokes)
    spacing: Spacing = field(default_factory=Spacing)
    least_size: float = LEAST_SIZE
    styles: "tuple[tuple[str, Style], ...]" = ()


def palette(kinds: Mapping[str, tuple[str, str]], rest: Mapping[str, str]) -> Mapping[str, str]:
    """Return the palette of `kinds`, each with its fill and its stroke, and of the `rest` of the roles."""
    fills = {kind: fill for kind, (fill, _) in kinds.items()}
    strokes = {f"{kind}.stroke": stroke for kind, (_, stroke) in kinds.items()}
    return MappingProxyType(fills | strokes | dict(rest))


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour with a `share` of another one in it."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join([f"{round(a + (b - a) * share):02X}" for a, b in pairs])


# Tints lean on Okabe and Ito 2008, "Color Universal Design"; tests/theme/test_themes.py holds every two kinds at least
# 8 apart (CIEDE2000) in ordinary and in the three deficient kinds of colour vision, by fill or by stroke.
PAPER = Theme(
    name="paper",
    palette=palette(
        {
            "input": ("#FFFFFF", "#3B4252"),
            "convolution": ("#DCEAF6", "#0072B2"),
            "dense": ("#F5E0D5", "#BE4704"),
            "pooling": ("#D3EEE5", "#008C5D"),
            "upsampling": ("#FBE6CE", "#76461D"),
            "normalization": ("#F8F3C5", "#847500"),
            "activation": ("#FCEBCB", "#C28418"),
            "recurrent": ("#DFF1FB", "#298DC4"),
            "attention": ("#F4E1EC", "#A44D75"),
            "embedding": ("#E7E3F4", "#564391"),
            "merge": ("#FFFFFF", "#3B4252"),
            "reshape": ("#FFFFFF", "#7A8490"),
            "regularization": ("#FFFFFF", "#7A8490"),
            "preprocessing": ("#E0EDDA", "#527C35"),
            "other": ("#EEF0F3", "#7A8490"),
            "output": ("#FFFFFF", "#3B4252"),
            "nested": ("#F6F8FA", "#3B4252"),
            "region": ("#F6F8FA", "#D3DAE2"),
        },
        {"page": "#FFFFFF", "ink": "#1F2630", "grey": "#5C6673", "edge": "#4A5563", "rule": "#D3DAE2"},
    ),
    dashes=MappingProxyType({"regularization": (2.4, 1.8), "reshape": (0.9, 1.4)}),
)


def named(name: str) -> Theme:
    """Return the theme of one of the NAMES."""
    if name == PAPER.name:
        return PAPER
    from cutaway.theme.themes import THEMES

    return THEMES[name]


def load(path: "str | os.PathLike[str]") -> Theme:
    """Read a theme from a TOML file; `cutaway.theme.file` says what stands in it.

    Raises InputError for what it cannot hold; warns of colours that are hard to read or to tell apart.
    """
    from cutaway.theme.file import load as loaded

    return loaded(path)


def save(theme: "str | os.PathLike[str] | Theme", path: "str | os.PathLike[str]") -> None:
    """Write a theme, given as `draw` takes it, as a TOML file that `load` reads back.

    Raises InputError for what is no theme, and for a place that cannot be written.
    """
    from cutaway.theme.file import save as saved

    saved(chosen(theme), path)


def chosen(theme: "str | os.PathLike[str] | Theme") -> Theme:
    """Return the theme of that name or in that TOML file, or the given one. Raises InputError for anything else."""
    if isinstance(theme, Theme):
        return theme
    if isinstance(theme, str) and theme in NAMES:
        return named(theme)
    if isinstance(theme, os.PathLike) or (isinstance(theme, str) and theme.lower().endswith(".toml")):
        return load(theme)
    from cutaway.errors import InputError, unknown

    raise InputError(f"unknown theme {theme!r}: {unknown(theme, NAMES)}, or a file such as 'mine.toml'")


def __getattr__(name: str) -> object:
    if name not in {"CONTRAST", "DARK", "MONO", "THEMES"}:
        raise AttributeError(f"module 'cutaway.theme' has no attribute {name!r}")
    from cutaway.theme import themes

    found: object = getattr(themes, name)
    globals()[name] = found
    return found
