"""Folding: equal blocks that follow each other become one box `× N`, until a figure has a readable number of boxes."""

from typing import Final

from cutaway.analysis.fold.folded import Block, Folded, Pattern, Sharing
from cutaway.analysis.fold.folding import folded
from cutaway.analysis.fold.plan import Box, Plan
from cutaway.analysis.repeat import levels, runs
from cutaway.analysis.traverse import index
from cutaway.errors import InputError
from cutaway.garbage import uncollected
from cutaway.graph import Graph

__all__ = ["Block", "Folded", "Pattern", "Sharing", "fold", "unfold"]

READABLE: Final = 40
"""As many boxes as a figure should have at most."""


@uncollected
def fold(graph: Graph, level: str | int = "auto", *, most: int = READABLE, shapes: bool = False) -> Folded:
    """Return a graph with its repeats folded.

    `"none"` folds nothing; a number folds the runs at that depth of nesting, 0 the outermost; `"auto"` leaves a graph of
    at most `most` boxes as it is, otherwise folds all outermost runs, and where these are not enough groups neighbours
    too, at the best cuts, no group of more than a third of the layers. With `shapes`, blocks are equal only where their
    tensors have equal shapes. Raises InputError for another level.
    """
    known = index(graph)
    if level == "none" or (level == "auto" and len(graph.nodes) <= most):
        return folded(known, {}, ())
    if level != "auto" and (not isinstance(level, int) or level < 0):
        raise InputError(f"cannot fold to {level!r}: choose 'auto', 'none' or a depth from 0 on")
    found = levels(graph, shapes=shapes)
    plan = Plan(known, found, {scope: runs(each) for scope, each in found.items()}, most)
    boxes = plan.fitting() if isinstance(level, str) else plan.at_depth(level)
    return folded(known, found, [(None, box) for box in boxes])


@uncollected
def unfold(folding: Folded, *blocks: str) -> Folded:
    """Return a graph with some of its blocks unfolded, by their ids, and all others folded as they were.

    Without ids it is the original graph, nothing folded; a block inside of an open one goes with it. Raises InputError
    for an id that is no block's.
    """
    known = index(folding.original)
    for block in blocks:
        if block not in folding.blocks:
            raise InputError(f"cannot unfold {block!r}: the blocks are {', '.join(folding.blocks) or 'none'}")
    gone = [box for identity, box in folding.boxes if identity in blocks and box.open]
    kept = [
        (identity, box)
        for identity, box in folding.boxes
        if blocks and identity not in blocks and not any(_within(box, around) for around in gone)
    ]
    return folded(known, levels(folding.original), kept) if kept else folded(known, {}, ())


def _within(box: Box, around: Box) -> bool:
    return box.scope == around.scope and around.start <= box.start and box.stop <= around.stop
