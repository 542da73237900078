"""Rule 6: nothing is folded silently, and no more is drawn than can be read. Rule 4: patterns are explained."""

from collections import Counter
from collections.abc import Collection, Iterator

from cutaway.analysis.reduction import READABLE, SMALL
from cutaway.faults.fault import Fault
from cutaway.linting.counting import blocks_around, repeats, repeats_around
from cutaway.linting.looks import KINDS, kind_of
from cutaway.linting.subject import Box, Subject

_MERGED = ("merged", "stands for", "stand for")
_LEFT_OUT = ("left out", "not shown", "hidden", "not drawn")
_CLOSED = ("closed",)
_BLOCK = ("folded", "repeat", "× n", "several layers", "closed")
"""Words of a legend that says that marks of a sort stand for more than themselves."""


def folds(subject: Subject) -> Iterator[Fault]:
    """Yield the marks that stand for nodes besides their own without a word or a drawing in the legend."""
    legend = subject.legend
    patterns = _patterns_of_regions(subject)
    for box in subject.boxes:
        hidden = [item for item in box.members if item != box.ref and item not in legend.refs]
        if not hidden or (box.ref in subject.nodes and len(box.members) == blocks_around(box, subject)):
            continue  # the count of the block around it says what else it stands for
        is_shown = kind_of(box.role) not in KINDS and legend.shows(box.look)
        if not is_shown and not legend.says(_words(box, subject)):
            message = f"{box.ref!r} stands for {len(hidden)} nodes more than it draws, and no legend says so"
            yield Fault("silent-fold", (box.ref, *hidden[:3]), message, box.place)
        elif _is_block(box, subject) and box.ref not in subject.explained and _pattern(box, subject) not in patterns:
            message = f"no drawing in the legend shows what the folded block {box.ref!r} is"
            yield Fault("pattern-unexplained", (box.ref,), message, box.place)
    yield from _lines(subject)


def _lines(subject: Subject) -> Iterator[Fault]:
    legend = subject.legend
    if legend.says((*_LEFT_OUT, *_MERGED, *_BLOCK)):
        return
    boxed = {item for box in (*subject.boxes, *subject.regions) for item in box.members} | legend.refs
    for group in subject.groups:
        hidden = [item for item in group.stands_for if item in subject.nodes and item not in boxed]
        if hidden and group.part != "explained":
            message = f"the line of {group.ref!r} stands for {len(hidden)} nodes, and no legend says so"
            yield Fault("silent-fold", (group.ref, *hidden[:3]), message)


def _is_block(box: Box, subject: Subject) -> bool:
    """Tell whether a box is that of a folded block: of no node of the model, and of none of its nested models."""
    return box.ref not in subject.nodes and box.ref not in {scope.id for scope in subject.graph.scopes}


def _words(box: Box, subject: Subject) -> tuple[str, ...]:
    if box.ref in subject.nodes:
        return (*_MERGED, *_LEFT_OUT)
    return _BLOCK if _is_block(box, subject) else (*_CLOSED, *_BLOCK)


def _pattern(box: Box, subject: Subject) -> dict[str, int]:
    """Return which operations one of the blocks that a box stands for holds, and how many of each."""
    return _divided(box.members, repeats(box), subject)


def _patterns_of_regions(subject: Subject) -> list[dict[str, int]]:
    """Return the same for the blocks that are drawn open: these explain their likes."""
    inside: dict[str, list[str]] = {}
    for box in subject.boxes:
        for region in subject.around(box):
            inside.setdefault(region.ref, []).extend(box.members)
    times = {region.ref: count for region in subject.regions if (count := repeats_around(region))}
    return [_divided(inside[ref], count, subject) for ref, count in times.items() if ref in inside]


def _divided(nodes: Collection[str], count: int, subject: Subject) -> dict[str, int]:
    operations = Counter(subject.nodes[item].operation for item in nodes)
    return {name: number // count for name, number in operations.items()}


def crowds(subject: Subject) -> Iterator[Fault]:
    """Yield a figure of more boxes than anybody reads; the layers of a small model can be."""
    boxes = len(subject.boxes)
    if boxes > READABLE and len(subject.graph.nodes) > SMALL:
        message = f"there are {boxes} boxes, more than {READABLE}: fold='auto' makes them fewer, or depth=0"
        yield Fault("crowded", (), message)
