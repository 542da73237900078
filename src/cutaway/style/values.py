"""The properties of a style that are no plain texts: what each takes, from Python, a TOML file or a text."""

import os
import re
from collections.abc import Callable, Mapping
from math import isfinite
from types import MappingProxyType

from cutaway.errors import InputError
from cutaway.typed import Any

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pattern": ("none", "horizontal", "diagonal", "vertical", "antidiagonal"),
        "visibility": ("shown", "hidden"),
        "emphasis": ("none", "highlight", "mute"),
        "fit": ("contain", "cover", "fill", "match_aspect"),
        "face": ("front", "top", "side"),
    }
)
"""The properties that take one of a few words, and these."""

OF_SOME_VIEWS = ("picture", "fit", "face", "shade", "gap", "size", "flat", "limit")
"""The properties that only views of volumes, maps or neurons draw."""

_SWITCHES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_LARGEST = 10_000.0
"""Points: no side and no gap is longer."""


def picture(value: object) -> Any:  # noqa: ANN401 - a path, bytes or an image, as it was given
    """Return the path of a picture as a text, or its bytes or the Pillow image as they are."""
    if isinstance(value, bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str | bytes) and value:
        return value.strip() if isinstance(value, str) else value
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if all(hasattr(value, name) for name in ("size", "mode", "convert", "tobytes")):
        return value
    raise InputError(f"cannot use the picture {value!r}: give the path of a file, its bytes, or a Pillow image")


def shade(value: object) -> int:
    """Return a number of steps of 255."""
    found = _number(value)
    if found is None or found != int(found) or not 0 <= found <= 255:
        raise InputError(f"cannot use the shade {value!r}: give a whole number, 0 to 255")
    return int(found)


def gap(value: object) -> tuple[float, float]:
    """Return the room before and after, in points; one number is for both."""
    found = [_number(part) for part in _parts(value)]
    sizes = [size for size in found if size is not None and 0 <= size <= _LARGEST]
    if not 0 < len(sizes) < 3 or len(sizes) != len(found):
        raise InputError(f"cannot use the gap {value!r}: give points such as 6, or two for before and after: 6, 12")
    return sizes[0], sizes[-1]


def size(value: object) -> tuple[float | None, float | None, float | None]:
    """Return depth, height and width in points; None or a question mark leaves one as it is."""
    parts = [None if part in (None, "?", "None") else part for part in _parts(value)]
    found = [None if part is None else _number(part) for part in parts]
    wrong = any(
        part is not None and (read is None or not 0 < read <= _LARGEST) for part, read in zip(parts, found, strict=True)
    )
    if len(found) != 3 or wrong:
        raise InputError(
            f"cannot use the size {value!r}: give three lengths in points (depth, height, width), such as 40, 90, 12; "
            "? leaves one as it is"
        )
    return found[0], found[1], found[2]


def flat(value: object) -> bool:
    """Return a switch."""
    found = _SWITCHES.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise InputError(f"cannot use the flat {value!r}: give True or False")
    return found


def limit(value: object) -> int:
    """Return how many there are at most."""
    found = _number(value)
    if found is None or found != int(found) or found < 1:
        raise InputError(f"cannot use the limit {value!r}: give a whole number, 1 or more")
    return int(found)


VALUES: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {"picture": picture, "shade": shade, "gap": gap, "size": size, "flat": flat, "limit": limit}
)
"""How the value of each property is read that is no text."""


def _parts(value: object) -> list[object]:
    """Return the items of a list, or what stands between commas, spaces and crosses in a text."""
    if isinstance(value, str):
        return [part for part in re.split(r"[\s,x×]+", value) if part]
    return list(value) if isinstance(value, list | tuple) else [value]


def _number(value: Any) -> float | None:  # noqa: ANN401 - checked here
    """Return a finite number, of Python or of NumPy; None for what is none."""
    if isinstance(value, bool | bytes | bytearray):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if isfinite(number) else None
