"""What names tell of stages: which layers are of one block, and numbers.

`conv2_block1_add` is of the second stage, `stage_3_unit` of the third. Layers of one block that are drawn one by one
are taken together so that stages are made of whole blocks.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from cutaway.analysis.fold.naming import first_word, same_stem, words_of
from cutaway.analysis.stages.line import Content, Part
from cutaway.graph import Kind
from cutaway.record import Record, replace

_NEARLY_ALL = 0.75
LEAST = 1.5
"""Numbers that are those of stages have so many blocks or layers each, on the average."""


def united(parts: Sequence[Part]) -> list[Part]:
    """Return a line in which neighbouring layers of one block are one part.

    They are of one where more than one tensor leads from the one to the other, or where their names say so.
    """
    crossing = _crossing(parts)
    groups: list[list[int]] = []
    for place, part in enumerate(parts):
        joins = place > 0 and _is_layer(part) and _is_layer(parts[place - 1])
        if joins and (crossing[place] > 1 or _share_name(parts[place - 1], part)):
            groups[-1].append(place)
        else:
            groups.append([place])
    if len(groups) == len(parts):
        return list(parts)
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    return [_one([parts[place] for place in group], group_of, number) for number, group in enumerate(groups)]


def _is_layer(part: Part) -> bool:
    return not part.is_block and part.kind is not Kind.INPUT


def _share_name(one: Part, other: Part) -> bool:
    return any(same_stem(first, second) for first, second in pairwise((*one.names[-1:], *other.names[:1])))


def _crossing(parts: Sequence[Part]) -> list[int]:
    """Return how many parts, inputs apart, hand a tensor over the border in front of each part."""
    steps = [0] * (len(parts) + 1)
    last: dict[int, int] = {}
    for place, part in enumerate(parts):
        last.update(dict.fromkeys(part.feeds, place))
    for source, reader in last.items():
        if parts[source].kind is not Kind.INPUT:
            steps[source + 1] += 1
            steps[reader + 1] -= 1
    found, count = [], 0
    for step in steps[:-1]:
        count += step
        found.append(count)
    return found


def _one(group: Sequence[Part], group_of: dict[int, int], number: int) -> Part:
    """Return one part in place of several."""
    feeds = dict.fromkeys(group_of[source] for part in group for source in part.feeds)
    feeds.pop(number, None)
    first, last = group[0], group[-1]
    if len(group) == 1:
        return replace(first, feeds=tuple(feeds))
    return replace(
        last,
        nodes=tuple([node for part in group for node in part.nodes]),
        names=tuple([name for part in group for name in part.names]),
        feeds=tuple(feeds),
        family=tuple([part.operation for part in group]),
        content=Content(
            layers=sum(part.content.layers for part in group),
            branches=any(part.content.branches for part in group),
            merge=next((part.content.merge for part in reversed(group) if part.content.merge), ""),
            steps=any(part.content.steps for part in group),
            enlarges=any(part.content.enlarges for part in group),
        ),
    )


class Numbering(Record):
    """What the names say: the `word` before the numbers, and the number of each part, None where it has none.

    `blocks` are the places of the blocks that have one.
    """

    word: str
    numbers: tuple[int | None, ...]
    blocks: tuple[int, ...]


def shortened(parts: Sequence[Part]) -> list[Part]:
    """Return parts without a first word in their names with which nearly all begin: `regnetx002` is no block's."""
    found = list(parts)
    while True:
        told = [{first for name in part.names if (first := first_word(name))} for part in found]
        begin = Counter(word for words in told for word in words)
        word, count = max(begin.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if not count or count < _NEARLY_ALL * len(parts):
            return found
        found = [replace(part, names=tuple([name.removeprefix(word) for name in part.names])) for part in found]


def numbering(parts: Sequence[Part], blocks: Sequence[int]) -> Numbering | None:
    """Return the numbers that names give to parts, `blocks` being the places of the blocks; None where they do not.

    Numbers of stages rise along the line, and stand for several blocks. Some of the first and last blocks, of the stem
    and the head, may have none.
    """
    told = [_told(part.names) for part in parts]
    stems = dict.fromkeys(stem for place in blocks for stem in told[place])
    for stem in sorted(stems, key=len):
        numbered = [place for place in blocks if len(told[place].get(stem, ())) == 1]
        if 3 * len(numbered) < 2 * len(blocks):
            continue
        found = [_only(each.get(stem, ())) for each in told]
        if _are_of_stages(parts, found, blocks, numbered):
            return Numbering(word=stem[-1], numbers=tuple(found), blocks=tuple(numbered))
    return None


def _told(names: Sequence[str]) -> dict[tuple[str, ...], dict[int, None]]:
    """Return the numbers in names by the words before them, the outermost first."""
    found: dict[tuple[str, ...], dict[int, None]] = {}
    for name in names:
        all_words = words(name)
        for place, word in enumerate(all_words[:-1] or all_words):
            number = "" if word.isalpha() else _number(word)
            if not number:
                continue
            letters = word[: word.index(number)]
            stem = (*all_words[:place], letters) if letters else tuple(all_words[:place])
            if stem:
                found.setdefault(stem, {})[int(number)] = None
    return found


def _number(word: str) -> str:
    """Return the number in a word such as stage3, 3, block2a; empty where there is none, as in conv2d."""
    start = word[:-1] if "a" <= word[-1] <= "z" and word[-1] != "d" else word
    letters = start.rstrip("0123456789")
    return start[len(letters) :] if not letters or (letters.isascii() and letters.isalpha()) else ""


def words(name: str) -> list[str]:
    """Return the words of a name, in small letters."""
    return words_of(name.lower())


def _only(numbers: Sequence[int] | dict[int, None]) -> int | None:
    return next(iter(numbers)) if len(numbers) == 1 else None


def _are_of_stages(
    parts: Sequence[Part], numbers: Sequence[int | None], blocks: Sequence[int], numbered: Sequence[int]
) -> bool:
    """Tell whether numbers are those of stages: no block between has none, they rise, and stand for several."""
    have = [number for number in numbers if number is not None]
    stages = {numbers[place] for place in numbered}
    between = [place for place in blocks if numbered[0] <= place <= numbered[-1]]
    return (
        len(between) == len(numbered)
        and all(one <= other for one, other in pairwise(have))
        and len(stages) > 1
        and sum(parts[place].count for place in numbered) >= LEAST * len(stages)
        and have[-1] - have[0] + 1 == len({*have})
    )
