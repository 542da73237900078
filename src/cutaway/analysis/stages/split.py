"""A line of parts cut into stem, stages and head."""

from collections.abc import Container, Sequence
from itertools import pairwise
from math import prod

from cutaway.analysis.stages.line import Part
from cutaway.analysis.stages.names import LEAST, Numbering, numbering, shortened, united, words
from cutaway.graph import Kind
from cutaway.record import Record

_STEM = 16
"""A block that gives so many times fewer places than the input has more in it than a block."""


class Split(Record):
    """Parts next to each other on a line, and what they are."""

    caption: str
    parts: tuple[Part, ...]


def split(layers: Sequence[Part]) -> tuple[Split, ...]:
    """Return the stem, stages and head of a line, inputs apart; () where it has none of which one can be sure."""
    layers = shortened(layers)
    parts: Sequence[Part] = united(layers)
    main: Sequence[int] = _blocks(parts)
    is_chain = len(main) < 2
    if is_chain:
        parts = layers
        main = _convolutions(parts)
        if len(main) < 2 or any(part.content.branches or len(part.feeds) > 1 for part in parts):
            return ()
    numbers = numbering(parts, main)
    main = main if numbers is None else numbers.blocks
    starts = _starts(parts, main, numbers)
    if len(starts) < 2 or (numbers is None and sum(parts[place].count for place in main) < LEAST * len(starts)):
        return ()
    first = 0 if is_chain and numbers is None and not any(map(_is_stem, parts)) else starts[0]
    edges = [0, first, *starts[1:], _end(parts, main[-1], numbers, is_chain=is_chain), len(parts)]
    captions = ["stem", *_captions(starts, numbers, is_chain=is_chain), "head"]
    if _holds_stem(parts, starts[0]):
        captions[1] = f"stem, {captions[1]}"
    ranges = [range(*each) for each in pairwise(edges)]
    if not _is_plain(parts, ranges) or not _shrinks(parts, main, ranges[1:-1]):
        return ()
    found = [
        Split(caption=caption, parts=tuple([parts[place] for place in each if parts[place].kind is not Kind.INPUT]))
        for caption, each in zip(captions, ranges, strict=True)
    ]
    return tuple(each for each in found if each.parts)


def _blocks(parts: Sequence[Part]) -> list[int]:
    """Return the places of the blocks of which stages are made: those with branches, and what is built as they are.

    A block without branches (the first of a stage of MobileNetV2 has no sum) counts between two of these; in front of
    them or behind where its like lies between them, or where it gives what the first of them gives.
    """
    drawn = [place for place, part in enumerate(parts) if part.is_block]
    found = [
        place
        for place in drawn
        if parts[place].content.branches and parts[place].content.layers and not _is_stem(parts[place])
    ]
    if not found:
        return []
    first, last = found[0], found[-1]
    several = [place for place in drawn if parts[place].content.layers > 1]
    like = {parts[place].family for place in several if first < place < last} - {None}
    return [
        place
        for place in drawn
        if place in set(found)
        or (place in several and (first < place < last or parts[place].family in like))
        or (place == first - 1 and place in several and _gives_alike(parts[place], parts[first]))
    ]


def _gives_alike(one: Part, other: Part) -> bool:
    return (one.extent, one.channels) == (other.extent, other.channels) != (None, None)


def _is_stem(part: Part) -> bool:
    """Tell whether names say that a part is of the stem."""
    return 2 * sum(map(_says_stem, part.names)) > len(part.names)


def _says_stem(name: str) -> bool:
    return "stem" in name.lower() and "stem" in words(name)


def _holds_stem(parts: Sequence[Part], start: int) -> bool:
    """Tell whether the first block of a stage is a group that holds the stem too, for want of room."""
    first = parts[start]
    before = [parts[place] for place in first.feeds]
    if not first.is_folded or first.count > 1 or not all(part.kind is Kind.INPUT for part in before):
        return False
    sizes = [_size(part) for part in before if _is_known(part)]
    reduced = _is_known(first) and sizes and max(sizes) >= _STEM * max(_size(first), 1)
    return bool(reduced) or any(map(_says_stem, first.names))


def _convolutions(parts: Sequence[Part]) -> list[int]:
    """Return the places of the convolutions of a chain, in front of where it gives up its axes."""
    end = next((place for place, part in enumerate(parts) if _is_global(part)), len(parts))
    found = enumerate(parts[:end])
    return [
        place
        for place, part in found
        if (part.kind is Kind.CONVOLUTION or (part.is_block and part.content.layers)) and not _is_stem(part)
    ]


def _is_global(part: Part) -> bool:
    """Tell whether what leaves a part has no places any more, or one."""
    return part.kind in {Kind.POOLING, Kind.RESHAPE} and part.extent is not None and not {*part.extent} - {1}


def _starts(parts: Sequence[Part], main: Sequence[int], numbers: Numbering | None) -> list[int]:
    """Return the places at which stages begin."""
    if numbers is not None:
        told = numbers.numbers
        begins = [next(place for place, each in enumerate(told) if each == told[main[0]])]
        for before, behind in pairwise(main):
            if told[before] != told[behind]:
                last = max(place for place in range(before, behind) if told[place] == told[before])
                own = [place for place in range(last, behind) if told[place] == told[behind]]
                begins.append(own[0] if own else _cut(parts, last, behind))
        return begins
    merges = {parts[place].content.merge for place in main}
    sums = "Add" in merges and "Concatenate" not in merges
    for by_channels in (sums, False):
        begins = [main[0]]
        for before, behind in pairwise(main):
            if _changes(parts, before, behind, by_channels=by_channels):
                begins.append(_cut(parts, before, behind))
        if sum(parts[place].count for place in main) >= LEAST * len(begins):
            break
    return begins


def _changes(parts: Sequence[Part], before: int, behind: int, *, by_channels: bool) -> bool:
    """Tell whether a block is of another size than the one before it, which has what lies between them behind it."""
    one, other = parts[before], parts[behind]
    if by_channels and None not in (one.channels, other.channels) and one.channels != other.channels:
        return True
    if _is_known(one) and _is_known(other):
        return one.extent != other.extent
    between = parts[before + 1 : behind]
    return any(part.content.steps for part in (*between, other)) or (
        one.extent is None and any(part.content.layers for part in between)
    )


def _is_known(part: Part) -> bool:
    return part.extent is not None and all(isinstance(each, int) for each in part.extent)


def _size(part: Part) -> int:
    """Return how many places there are in what leaves a part."""
    return prod([each for each in part.extent or () if isinstance(each, int)])


def _cut(parts: Sequence[Part], before: int, behind: int) -> int:
    """Return where a stage begins between two blocks: behind the activation or the pooling that ends the one before."""
    begin = _behind(parts, before, {Kind.ACTIVATION})
    return max([begin, *(place + 1 for place in range(begin, behind) if parts[place].kind is Kind.POOLING)])


def _end(parts: Sequence[Part], last: int, numbers: Numbering | None, *, is_chain: bool) -> int:
    """Return where the head begins."""
    if numbers is not None:
        last = max(place for place, each in enumerate(numbers.numbers) if each == numbers.numbers[last])
    trailing = {Kind.POOLING, Kind.ACTIVATION, Kind.NORMALIZATION} if is_chain else {Kind.ACTIVATION}
    return _behind(parts, last, trailing)


def _behind(parts: Sequence[Part], place: int, kinds: Container[Kind]) -> int:
    """Return the place of the first part behind one that is no layer of some kinds, or makes an end of all places."""
    place += 1
    while place < len(parts) and parts[place].kind in kinds and not parts[place].is_block:
        if _is_global(parts[place]):
            break
        place += 1
    return place


def _captions(starts: Sequence[int], numbers: Numbering | None, *, is_chain: bool) -> list[str]:
    """Return what stages are called: by their numbers in names that say so, otherwise in order from 1."""
    if numbers is None or not numbers.word.endswith("stage"):
        word = "block" if numbers is not None and is_chain and numbers.word == "block" else "stage"
        return [f"{word} {place}" for place in range(1, len(starts) + 1)]
    firsts = [next(place for place in numbers.blocks if place >= start) for start in starts]
    return [f"stage {numbers.numbers[place]}" for place in firsts]


def _is_plain(parts: Sequence[Part], ranges: Sequence[range]) -> bool:
    """Tell whether each range is one piece, and what it reads comes from the one before it, or from an input."""
    range_of = [number for number, each in enumerate(ranges) for _ in each]
    for number, each in enumerate(ranges):
        inside = [place for place in each if parts[place].kind is not Kind.INPUT]
        sources = {source for place in inside for source in parts[place].feeds}
        if any(range_of[source] < number - 1 and parts[source].kind is not Kind.INPUT for source in sources):
            return False
        if not _is_connected(parts, inside):
            return False
    return True


def _is_connected(parts: Sequence[Part], inside: Sequence[int]) -> bool:
    """Tell whether the parts at some places hang together (union–find)."""
    group = {place: place for place in inside}

    def root(place: int) -> int:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    for place in inside:
        for source in parts[place].feeds:
            if source in group:
                group[root(source)] = root(place)
    return len({root(place) for place in inside}) < 2


def _shrinks(parts: Sequence[Part], main: Sequence[int], stages: Sequence[range]) -> bool:
    """Tell whether stages give less and less places, of one number of axes; what grows again is a U, or a pyramid."""
    given = [parts[place] for place in main]
    if any(parts[place].content.enlarges and not parts[place].is_folded for each in stages for place in each):
        return False
    if len({len(part.extent) for part in given if part.extent is not None}) > 1:
        return False
    sizes = [_size(part) for part in given if _is_known(part)]
    return sizes == sorted(sizes, reverse=True)
