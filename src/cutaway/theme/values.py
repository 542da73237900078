"""The values of a theme file, checked: each function takes where a value stands, and raises InputError with that."""

from collections.abc import Iterable, Mapping
from math import isfinite
from pathlib import Path

from cutaway.errors import InputError, unknown
from cutaway.page import LEAST_SIZE
from cutaway.record import fields_of, replace
from cutaway.style import Style
from cutaway.theme import Hatching
from cutaway.typed import Any, TypeVar

T = TypeVar("T")

_HEX = frozenset("0123456789abcdefABCDEF")
MOST: Mapping[str, float] = {
    "sizes": 40.0,
    "sizes.legend": 10.0,
    "sizes.caption": 20.0,
    "strokes": 4.0,
    "strokes.arrow_length": 12.0,
    "strokes.arrow_width": 6.0,
    "strokes.edge_radius": 8.0,
    "strokes.box_radius": 6.0,
    "strokes.region_radius": 12.0,
    "spacing": 100.0,
}
"""Points above which a figure comes apart: of a length, else of all in its table."""
_STEPS = (2, 12)
"""Least and most colours of a scale."""
LEAST: Mapping[str, float] = {
    "sizes": LEAST_SIZE,
    "strokes": 0.1,
    "spacing": 0.0,
    "strokes.edge_radius": 0.0,
    "strokes.box_radius": 0.0,
    "strokes.region_radius": 0.0,
    "strokes.arrow_length": 2.0,
    "strokes.arrow_width": 2.0,
    "spacing.margin": 2.0,
    "spacing.pad_x": 2.0,
    "spacing.pad_y": 4.0,
    "spacing.rank": 8.0,
    "spacing.box": 6.0,
    "spacing.lane": 4.0,
    "spacing.label": 1.0,
    "spacing.label_air": 1.0,
    "spacing.region": 6.0,
    "spacing.caption": 2.0,
    "spacing.legend": 6.0,
}
"""Points under which a figure comes apart: of a length, else of all in its table."""


def table(where: str, given: object, known: Iterable[str]) -> Mapping[str, Any]:
    """Return a table that has none but the known keys."""
    if not isinstance(given, Mapping):
        raise InputError(f"{where} is {given!r}: make it a table")
    allowed = list(known)
    for key in given:
        if key not in allowed:
            raise InputError(f"unknown key {key!r} in {where}: {unknown(key, allowed)}")
    return given


def color(where: str, value: object) -> str:
    """Return a colour."""
    if not isinstance(value, str) or len(value) != 7 or value[0] != "#" or not _HEX.issuperset(value[1:]):
        raise InputError(f"{where} is {value!r}: write a colour as '#rrggbb'")
    return value.upper()


def colors(where: str, value: object) -> tuple[str, ...]:
    """Return the colours of a scale."""
    least, most = _STEPS
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise InputError(f"{where} is {value!r}: give {least} to {most} colours, from the least to the most")
    return tuple([color(f"{where}, colour {place},", item) for place, item in enumerate(value, 1)])


def dash(where: str, value: object) -> tuple[float, ...]:
    """Return the lengths of lines and gaps."""
    if not isinstance(value, list) or len(value) % 2 or len(value) > 8:
        raise InputError(
            f"{where} is {value!r}: give lengths of line and gap in turns, such as [2.4, 1.8]; [] for none"
        )
    return tuple([number(where, item, 0.1) for item in value])


def hatching(where: str, value: object) -> Hatching | None:
    """Return a hatch."""
    if value is False:
        return None
    given = table(where, value, ("angle", "gap", "width"))
    if "angle" not in given:
        raise InputError(f"{where} has no angle: give one in degrees, such as {{angle = 45}}, or false for no hatch")
    made = Hatching(angle=number(f"{where}, angle,", given["angle"], -360.0, 360.0))
    gap = number(f"{where}, gap,", given.get("gap", made.gap), 1.0)
    return replace(made, gap=gap, width=number(f"{where}, width,", given.get("width", made.width), 0.1, gap / 2))


def names(lengths: object) -> tuple[str, ...]:
    """Return the names of a record's fields."""
    return tuple(getattr(type(lengths), "__record_fields__", ()))


def lengths(name: str, given: object, start: T) -> T:
    """Return the record of lengths called `name` with those that are given."""
    found = table(f"[{name}]", given, names(start))
    read = {
        key: number(f"[{name}] {key}", value, *(bounds.get(f"{name}.{key}", bounds[name]) for bounds in (LEAST, MOST)))
        for key, value in found.items()
    }
    return replace(start, **read)


def styles(given: object, folder: Path) -> tuple[tuple[str, Style], ...]:
    """Return the styles of the `[[style]]` tables, each with the text of its selector; pictures are in `folder`."""
    if not isinstance(given, list):
        raise InputError(f"style is {given!r}: write it as [[style]], a table for each selector")
    return tuple([_styled(f"[[style]] {place}", each, folder) for place, each in enumerate(given, 1)])


def _styled(where: str, given: object, folder: Path) -> tuple[str, Style]:
    found = dict(table(where, given, ("select", *fields_of(Style))))
    chosen = found.pop("select", None)
    if not isinstance(chosen, str) or not chosen.strip():
        said = "has no select" if chosen is None else f"selects {chosen!r}"
        raise InputError(f"{where} {said}: write what it is for, such as select = 'kind:attention'")
    if not found:
        raise InputError(f"{where} says nothing of {chosen!r}: give {', '.join(fields_of(Style))}, one or more")
    try:
        read = Style(**found)
        return chosen, read if read.picture is None else replace(read, picture=folder / read.picture)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error


def number(where: str, value: object, least: float, most: float = 200.0) -> float:
    """Return a number between two bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise InputError(f"{where} is {value!r}: give a number")
    if not least <= value <= most:
        raise InputError(f"{where} is {value:g}: give {least:g} to {most:g}")
    return float(value)
