"""The part of a model's layers that a summary or a figure is to show."""

import re
from collections.abc import Sequence

from cutaway.compat.keras.mistakes import ArgumentError


def within(names: Sequence[str], layer_range: Sequence[str] | None) -> slice:
    """Return which of the layers with these names stand between two, which are patterns (`re.match`) of their names.

    It goes from the first layer that fits one pattern to the last one that fits the other, whichever comes first.
    Raises ArgumentError for what are no two patterns, and where one of them fits no name.
    """
    if layer_range is None:
        return slice(0, len(names))
    if isinstance(layer_range, str) or not isinstance(layer_range, Sequence) or len(layer_range) != 2:
        raise ArgumentError(
            f"cannot use layer_range={layer_range!r}: give two names or patterns, ['first', 'last'], or None for all"
        )
    for name in layer_range:
        if not isinstance(name, str):
            raise ArgumentError(
                f"cannot use layer_range={layer_range!r}: {name!r} is no text; give names or patterns of names"
            )
    lower, upper = (_places(names, pattern, layer_range) for pattern in layer_range)
    if min(lower) > max(upper):
        lower, upper = upper, lower
    return slice(min(lower), max(upper) + 1)


def _places(names: Sequence[str], pattern: str, layer_range: Sequence[str]) -> list[int]:
    try:
        found = [place for place, name in enumerate(names) if re.match(pattern, name)]
    except re.error as error:
        raise ArgumentError(f"cannot use layer_range={layer_range!r}: {pattern!r} is no pattern ({error})") from error
    if not found:
        known = ", ".join(map(repr, names[:5])) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        raise ArgumentError(
            f"cannot use layer_range={layer_range!r}: no layer's name begins as {pattern!r} says; there are {known}"
        )
    return found
