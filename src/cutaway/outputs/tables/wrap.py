"""Texts in lines of a given width, and columns in lines of a given width: nothing is cut off, only broken."""

from bisect import bisect_right
from collections.abc import Sequence

from cutaway.outputs.tables.cells import width

_BREAKS = " /_,:"
"""Behind these a word may be broken, and before a capital letter in it, as in `GlobalAveragePooling2D`."""


def wrap(text: str, room: int) -> list[str]:
    """Break a text into lines of at most `room` cells, if need be within a word."""
    if width(text) <= room:
        return [text]
    lines: list[str] = []
    start = used = fit = 0
    for place, character in enumerate(text):
        size = width(character)
        if character.isupper() and text[place - 1].islower():
            fit = place
        while used + size > room and place > start:
            end = fit if fit > start else place
            lines.append(text[start:end])
            start = end
            used = width(text[start:place])
        used += size
        if character in _BREAKS:
            fit = place + 1
    lines.append(text[start:])
    return [lines[0].rstrip(" "), *[line.strip(" ") for line in lines[1:]]]


def widths(natural: Sequence[int], least: Sequence[int], room: int) -> tuple[int, ...] | None:
    """Return how wide each column may be in `room` cells: the widest give way first; None where they cannot.

    `natural` is how wide each wants to be, `least` how narrow it may become.
    """
    if sum(natural) <= room:
        return tuple(natural)
    if sum(least) > room:
        return None

    def fitted(most: int) -> tuple[int, ...]:
        return tuple([max(low, min(high, most)) for low, high in zip(least, natural, strict=True)])

    most = bisect_right(range(room + 1), room, key=lambda each: sum(fitted(each))) - 1
    return fitted(most)
