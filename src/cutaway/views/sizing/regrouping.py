"""What axes become of axes that are split and joined: those of the data keep their meaning, wherever it can be told."""

import re
from collections.abc import Sequence

from cutaway.graph import Dim
from cutaway.views.sizing.axes import AxisName
from cutaway.views.sizing.stated import BY_RANK, LENGTH, OTHER, Names


def regrouped(before: Names, sizes: Sequence[Dim], after: Sequence[Dim]) -> Names:
    """Return what the axes of sizes `after` are that hold the same values, in the same order, as those `before`.

    Open sizes are taken for equal only where axes become more, from the first on, or where there are as many.
    """
    if len(before) == len(after) and all(None in {a, b} or a == b for a, b in zip(sizes, after, strict=True)):
        return before
    is_split, most = len(after) > len(before), min(len(before), len(after))
    start = 0
    while start < most and sizes[start] == after[start] and (is_split or sizes[start] is not None):
        start += 1
    end = 0
    while end < most - start and sizes[-1 - end] == after[-1 - end] and sizes[-1 - end] is not None:
        end += 1
    tail = before[len(before) - end :]
    old = list(zip(before, sizes, strict=True))[start : len(before) - end]
    new = after[start : len(after) - end]
    if len(old) == 1 and len(new) > 1:
        return (*before[:start], *_split(old[0][0], new, is_all=len(before) == 1), *tail)
    is_last = not end and "channels" not in before[:start]
    return (*before[:start], *_changed(old, new, is_last=is_last), *tail)


def _changed(old: list[tuple[AxisName, Dim]], new: Sequence[Dim], *, is_last: bool) -> Names:
    """Return the meaning of `new` axes that some `old` ones were split or joined to; the last axis is of features."""
    if not new:
        return ()
    if not old:
        return (*OTHER * (len(new) - 1), "channels") if is_last else OTHER * len(new)
    if len(new) == 1:
        return (_joined([name for name, _ in old]),)
    found: list[AxisName] = []
    rest = list(new)
    for name, size in old:
        taken = _factors(size, rest)
        if not taken:
            return likely([name for name, _ in old], len(new)) if is_last else OTHER * len(new)
        found += _split(name, rest[:taken], is_all=False)
        rest = rest[taken:]
    return (*found, *OTHER * len(rest))


def likely(before: Sequence[AxisName], rank: int) -> Names:
    """Return what so many axes most likely are: an image only where there was none but features, or an image before."""
    is_sequence = "length" in before or "heads" in before
    if rank in BY_RANK and (rank < 3 or not is_sequence or "height" in before):
        return BY_RANK[rank]
    start: Names = LENGTH if is_sequence else OTHER
    return (*start, *OTHER * (rank - 2), "channels")


def lettered(equation: str, before: Names) -> Names | None:
    """Return what the axes are that an equation of a dense layer tells (`abc,cde->abde`): new letters are of heads."""
    sides = re.fullmatch(r"[a-zA-Z]([a-zA-Z]*),[a-zA-Z]+->[a-zA-Z]([a-zA-Z]*)", equation.replace(" ", ""))
    if not sides or len(sides[1]) != len(before):
        return None
    known = dict(zip(sides[1], before, strict=True))
    names: list[AxisName] = [known.get(letter, "heads") for letter in sides[2]]
    if names and sides[2][-1] not in known:
        names[-1] = "channels"
    return tuple(names)


def _factors(size: Dim, sizes: Sequence[Dim]) -> int:
    """Return how many of `sizes`, from the first on, make up one; 0 where they do not."""
    product = 1
    for count, each in enumerate(sizes, 1):
        if not isinstance(each, int) or not isinstance(size, int):
            return 1 if each == size else 0
        product *= each
        if product == size and (count == len(sizes) or sizes[count] != 1):
            return count
    return 0


def _joined(names: list[AxisName]) -> AxisName:
    if "channels" in names:
        return "channels"
    return names[0] if len(names) == 1 or len(set(names)) == 1 else "length"


def _split(name: AxisName, sizes: Sequence[Dim], *, is_all: bool) -> Names:
    """Return what one axis becomes: features are split into heads, a row of patches into the grid that they were."""
    if len(sizes) == 1:
        return (name,)
    others: Names = OTHER * (len(sizes) - 2)
    if name == "channels":
        return BY_RANK.get(len(sizes), (*others, "length", "channels")) if is_all else (*others, "heads", "channels")
    if name == "length" and len(sizes) == 2 and sizes[0] == sizes[1]:
        return ("height", "width")
    return (name, "other", *others)
