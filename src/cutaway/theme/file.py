"""Themes as TOML files: what they say differs from a theme they are based on.

At the top stand `name`, `base` (the name of a theme; `paper` where nothing is said) and `heat` (the colours of a scale
of numbers, from the least to the most); `[colors]` holds those of `page`, `ink`, `grey`, `edge`, `rule` and `hatch`;
`[kinds.dense]` holds `fill`, `stroke`, `dash` (lengths of line and gap; [] for none) and `hatch` (`angle`, `gap`,
`width`; false for none) of a kind, of `output`, of `nested` models or of a `region`; `[sizes]`, `[strokes]` and
`[spacing]` hold lengths in points, by the names that `TypeSizes`, `Strokes` and `Spacing` give them. Each `[[style]]`
holds what the layers that a selector means look like: `select` (a text, as `style=` takes it) and properties of a
`cutaway.Style`, in which paths of pictures start at the file's folder; later ones lie over earlier ones. A file is
complete or of a line: what it does not say is as in the theme it is based on.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from cutaway.errors import InputError, unknown, warn
from cutaway.record import replace
from cutaway.theme import NAMES, Theme, named
from cutaway.theme.values import color, colors, dash, hatching, lengths, styles, table
from cutaway.typed import Any
from cutaway.writing import write

TRANSPARENT = "none"
"""What stands for the colour of a page that has none."""
_LARGEST = 1_000_000
"""Bytes of a file beyond which it is no theme."""
_TOLD = 4
"""How much is told of what is wrong with the colours."""

_STEM = 3.0
"""Points of a line before its arrowhead, at least."""

_TOP = ("name", "base", "heat", "colors", "kinds", "sizes", "strokes", "spacing", "style")


def load(path: str | os.PathLike[str]) -> Theme:
    """Read a theme from a file; see `cutaway.theme.load`."""
    place = os.fsdecode(path)
    try:
        theme = _theme(_document(place), place)
    except InputError as error:
        raise InputError(f"cannot use the theme {place!r}: {error}") from error
    from cutaway.theme.check import shortcomings

    found = list(shortcomings(theme))
    if found:
        more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        warn(f"the theme {place!r} is used as it is, but: {'; '.join(found[:_TOLD])}{more}")
    return theme


def save(theme: Theme, path: str | os.PathLike[str]) -> None:
    """Write a theme into a file; see `cutaway.theme.save`."""
    from cutaway.theme.toml_text import toml_text

    write(toml_text(theme).encode("utf-8", "replace"), os.fsdecode(path))


def _document(path: str) -> Mapping[str, Any]:
    import tomllib

    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > _LARGEST:
        raise InputError("it has more than a million bytes, and is thus no theme")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise InputError("it is no text in UTF-8, as TOML files are") from None
    except RecursionError:
        raise InputError("its values are nested too deep") from None
    except ValueError as error:
        raise InputError(f"it is no TOML: {error}") from error


def _theme(document: Mapping[str, Any], path: str) -> Theme:
    table("the file", document, _TOP)
    base = document.get("base", "paper")
    if not isinstance(base, str) or base not in NAMES:
        raise InputError(f"unknown base {base!r}: {unknown(base, NAMES)}")
    start = named(base)
    name = document.get("name", Path(path).stem)
    if not isinstance(name, str):
        raise InputError(f"name is {name!r}: give a text")
    made = replace(
        start,
        name=name,
        heat=colors("heat", document["heat"]) if "heat" in document else start.heat,
        palette=_plain_colors(document.get("colors", {}), start),
        sizes=lengths("sizes", document.get("sizes", {}), start.sizes),
        strokes=lengths("strokes", document.get("strokes", {}), start.strokes),
        spacing=lengths("spacing", document.get("spacing", {}), start.spacing),
        styles=styles(document.get("style", []), Path(path).absolute().parent),
    )
    return _roomy(_kinds(document.get("kinds", {}), made))


def _plain_colors(given: Any, start: Theme) -> Mapping[str, str]:  # noqa: ANN401 - checked by `table`
    """Return the palette with the colours that belong to no kind."""
    palette = dict(start.palette)
    known = ["page", "ink", "grey", "edge", "rule", "hatch"]
    for role, value in table("[colors]", given, known).items():
        if role == "page" and value == TRANSPARENT:
            palette.pop("page", None)
        else:
            palette[role] = color(f"[colors] {role}", value)
    return palette


def _kinds(given: Any, start: Theme) -> Theme:  # noqa: ANN401 - checked by `table`
    """Return the theme with the looks of kinds."""
    palette, dashes, hatchings = dict(start.palette), dict(start.dashes), dict(start.hatchings)
    known = [role for role in palette if f"{role}.stroke" in palette]
    for kind, look in table("[kinds]", given, known).items():
        for word, value in table(f"[kinds.{kind}]", look, ("fill", "stroke", "dash", "hatch")).items():
            where = f"[kinds.{kind}] {word}"
            if word in {"fill", "stroke"}:
                palette[kind if word == "fill" else f"{kind}.stroke"] = color(where, value)
                continue
            held: dict[str, Any] = dashes if word == "dash" else hatchings
            read = dash(where, value) if word == "dash" else hatching(where, value)
            held.pop(kind, None)
            if read:
                held[kind] = read
    if hatchings:
        palette.setdefault("hatch", palette["rule"])
    return replace(
        start,
        palette=MappingProxyType(palette),
        dashes=MappingProxyType(dashes),
        hatchings=MappingProxyType(hatchings),
    )


def _roomy(theme: Theme) -> Theme:
    """Return the theme if what stands beside something else has room there. Raises InputError if not."""
    sizes, strokes, spacing = theme.sizes, theme.strokes, theme.spacing
    wide, long, thick = strokes.arrow_width, strokes.arrow_length, strokes.edge
    text = max(sizes.operation, sizes.detail)
    for where, has, need, why in (
        ("[spacing] lane", spacing.lane, wide + 1, f"arrowheads {wide:g} wide"),
        ("[spacing] rank", spacing.rank, long + _STEM, f"arrowheads {long:g} long"),
        ("[spacing] label", spacing.label, wide / 2 - spacing.label_air, f"arrowheads {wide:g} wide beside labels"),
        ("[strokes] arrow_width", wide, 2 * thick, f"lines {thick:g} thick"),
        ("[sizes] leading", sizes.leading, 1.1 * text, f"lines of {text:g} pt"),
        ("[spacing] pad_y", spacing.pad_y, 0.4 * text, f"lines of {text:g} pt"),
        ("[sizes] title", sizes.title, sizes.facts, f"facts of {sizes.facts:g} pt beside it"),
        ("[sizes] facts", sizes.facts, sizes.title / 2.5, f"a title of {sizes.title:g} pt above them"),
    ):
        if has < need - 1e-6:
            raise InputError(f"{where} is {has:g}: {why} need {need:g} or more")
    return theme
