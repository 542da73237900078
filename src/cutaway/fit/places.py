"""The places that figures are made for: lengths with units, and those that have a name."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cutaway.errors import InputError, unknown
from cutaway.fit import Shape, Wish
from cutaway.layered.problem import Direction
from cutaway.page import LEAST_SIZE, Page
from cutaway.typed import parts

Length = str | float
"""A number of points, or a text with a unit: '8.5cm', '210mm', '3.5in', '1600px', '240pt'."""

_UNITS: Mapping[str, float] = MappingProxyType(
    {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "px": 72 / 96, "pt": 1.0, "": 1.0}
)
"""Points; a pixel is that of CSS, a 96th of an inch."""
_NUMBER = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)\s*", re.IGNORECASE)
_LEAST, _MOST = 36.0, 14_400.0
"""Half an inch; what PDF allows."""

PLACES: Mapping[str, tuple[str, str | None, float]] = MappingProxyType(
    {
        "column": ("8.5cm", "23cm", LEAST_SIZE),
        "columns": ("17cm", "23cm", LEAST_SIZE),
        "a4": ("210mm", "297mm", LEAST_SIZE),
        "letter": ("8.5in", "11in", LEAST_SIZE),
        "slide": ("33.867cm", "19.05cm", 10.0),
        "readme": ("830px", None, 7.5),
        "poster": ("594mm", "841mm", 16.0),
    }
)
"""Width, height and least type size in points of each place: one column of a two-column paper, both of them, pages, a
slide of 16:9, the page of a repository, a poster of the size A1."""


def wished(
    *,
    width: Length | None = None,
    height: Length | None = None,
    page: "str | Page | None" = None,
    shape: Shape = "auto",
    direction: Direction | None = None,
) -> Wish:
    """Return what a caller asks for; a `direction` that is given holds."""
    if shape not in parts(Shape):
        raise InputError(f"cannot use shape={shape!r}: {unknown(shape, parts(Shape))}")
    return Wish(page=place(width, height, page), directions=(direction,) if direction else (), shape=shape)


def place(width: Length | None = None, height: Length | None = None, page: "str | Page | None" = None) -> Page:
    """Return the page that a caller asks for; `width` and `height` go before those of a named page.

    Raises InputError for an unknown name and for what is no length.
    """
    if isinstance(page, Page):
        named = page
    elif page is None:
        named = Page()
    else:
        named = _named(page)
    return Page(
        width=named.width if width is None else points("width", width),
        height=named.height if height is None else points("height", height),
        least_size=named.least_size,
    )


def points(name: str, length: Length) -> float:
    """Return a length in points; `name` is what the caller calls it."""
    said = "give a length such as '8.5cm', '210mm', '3.5in' or '1600px', or a number of points"
    if isinstance(length, int | float) and not isinstance(length, bool):
        value = float(length)
    else:
        found = _NUMBER.fullmatch(length) if isinstance(length, str) else None
        unit = _UNITS.get(found[2].lower()) if found else None
        if found is None or unit is None:
            raise InputError(f"cannot use {name} {length!r}: {said}")
        value = float(found[1]) * unit
    if not _LEAST <= value <= _MOST:
        raise InputError(f"cannot use {name} {length!r}: {said}, from half an inch to 200 inches")
    return value


def _named(name: object) -> Page:
    if not isinstance(name, str) or name not in PLACES:
        raise InputError(f"unknown page {name!r}: {unknown(name, PLACES)}, or a cutaway.page.Page")
    width, height, least = PLACES[name]
    return Page(
        width=points("width", width), height=None if height is None else points("height", height), least_size=least
    )


def centimetres(length: float) -> str:
    """Write a length in points as a user would give it, rounded up so that it holds it: '12.6cm'."""
    tenths = -int(-length / _UNITS["mm"] // 1)
    return f"{tenths / 10:g}cm"
