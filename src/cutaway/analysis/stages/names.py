"""Numbers of stages in the names of layers: `conv2_block1_add` is of the second, `stage_3_unit` of the third."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from cutaway.analysis.stages.line import Part
from cutaway.record import record

_BREAKS: Final = re.compile(r"[_/.\-:#\s]+")
_WORD: Final = re.compile(r"([a-z]*?)(\d+)(?![dD]$)[a-z]?$")  # stage3, 3, block2a, but not conv2d
LEAST: Final = 1.5
"""Numbers that are those of stages have so many blocks or layers each, on the average."""


@record
class Numbering:
    """What the names say: the `word` before the numbers, and the number of each part, None where it has none."""

    word: str
    numbers: tuple[int | None, ...]


def numbering(parts: Sequence[Part], needed: Sequence[int]) -> Numbering | None:
    """Return the numbers that names give to parts, to all those at the places `needed`; None where they do not.

    Numbers of stages rise along the line, and stand for several blocks.
    """
    if not needed:
        return None
    told = [_told(part.names) for part in parts]
    for stem in told[needed[0]]:
        found = [_only(each.get(stem, ())) for each in told]
        if _are_of_stages(parts, found, needed):
            return Numbering(word=stem[-1], numbers=tuple(found))
    return None


def _told(names: Sequence[str]) -> dict[tuple[str, ...], dict[int, None]]:
    """Return the numbers in names by the words before them, the outermost first."""
    found: dict[tuple[str, ...], dict[int, None]] = {}
    for name in names:
        all_words = words(name)
        for place, word in enumerate(all_words[:-1] or all_words):
            if match := _WORD.match(word):
                stem = (*all_words[:place], match[1]) if match[1] else tuple(all_words[:place])
                if stem:
                    found.setdefault(stem, {})[int(match[2])] = None
    return dict(sorted(found.items(), key=lambda item: len(item[0])))


def words(name: str) -> list[str]:
    """Return the words of a name, in small letters."""
    return [word for word in _BREAKS.split(name.lower()) if word]


def _only(numbers: Sequence[int] | dict[int, None]) -> int | None:
    return next(iter(numbers)) if len(numbers) == 1 else None


def _are_of_stages(parts: Sequence[Part], numbers: Sequence[int | None], needed: Sequence[int]) -> bool:
    """Tell whether numbers are those of stages: all that need one have one, they rise, and stand for several."""
    have = [(number, part.count) for part, number in zip(parts, numbers, strict=True) if number is not None]
    groups = {number for number, _ in have}
    needed_groups = {numbers[place] for place in needed}
    return (
        all(numbers[place] is not None for place in needed)
        and all(one[0] <= other[0] for one, other in pairwise(have))
        and len(needed_groups) > 1
        and sum(parts[place].count for place in needed) >= LEAST * len(needed_groups)
        and max(groups) - min(groups) + 1 == len(groups)
    )
