"""A theme as the text of a TOML file, complete, so that it means the same whatever later becomes of its base."""

import json
from collections.abc import Iterator

from cutaway.errors import InputError
from cutaway.record import fields_of
from cutaway.theme import PAPER, Hatching, Theme
from cutaway.theme.values import names

_PLAIN = ("page", "ink", "grey", "edge", "rule", "hatch")


def toml_text(theme: Theme) -> str:
    """Return the text. Raises InputError for roles that no theme file holds."""
    kinds = [role for role in PAPER.palette if f"{role}.stroke" in PAPER.palette]
    held = {*_PLAIN, *kinds, *(f"{kind}.stroke" for kind in kinds)}
    odd = [role for role in theme.palette if role not in held]
    if odd:
        raise InputError(f"cannot save the theme {theme.name!r}: a file has no place for the role {odd[0]!r}")
    return "\n".join([*_lines(theme, kinds), ""])


def _lines(theme: Theme, kinds: list[str]) -> Iterator[str]:
    palette = theme.palette
    yield f"name = {_text(theme.name)}"
    yield 'base = "paper"'
    yield f"heat = [{', '.join(map(_text, theme.heat))}]"
    yield "\n[colors]"
    colors = {"page": "none", **{role: palette[role] for role in _PLAIN if role in palette}}
    yield from (f"{role} = {_text(value)}" for role, value in colors.items())
    for kind in kinds:
        yield f"\n[kinds.{kind}]"
        yield f"fill = {_text(palette[kind])}"
        yield f"stroke = {_text(palette[f'{kind}.stroke'])}"
        yield f"dash = [{', '.join(_number(part) for part in theme.dashes.get(kind, ()))}]"
        yield f"hatch = {_hatch(theme.hatchings.get(kind))}"
    for name, lengths in (("sizes", theme.sizes), ("strokes", theme.strokes), ("spacing", theme.spacing)):
        yield f"\n[{name}]"
        yield from (f"{key} = {_number(getattr(lengths, key))}" for key in names(lengths))
    for chosen, style in theme.styles:
        yield f"\n[[style]]\nselect = {_text(chosen)}"
        said = ((name, getattr(style, name)) for name in fields_of(type(style)))
        yield from (f"{name} = {_value(name, value)}" for name, value in said if value is not None)


def _value(name: str, value: object) -> str:
    """Write what a property of a style holds. Raises InputError for what no file holds."""
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_text('?') if part is None else _number(part) for part in value)}]"
    if isinstance(value, str):
        return _text(value)
    raise InputError(f"cannot save a {name} that is no path: a theme's file has no place for a picture itself")


def _hatch(hatch: Hatching | None) -> str:
    if hatch is None:
        return "false"
    return f"{{ angle = {_number(hatch.angle)}, gap = {_number(hatch.gap)}, width = {_number(hatch.width)} }}"


def _number(value: float) -> str:
    return repr(float(value))


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
