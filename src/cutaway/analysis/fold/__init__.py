"""Folding: equal blocks that follow each other become one box `× N`, until a figure is readable.

Boxes are parts of the line of a level (see `cutaway.analysis.repeat`): runs, and, where the figure is too large
still, groups of neighbours. As parts of a topological order they never make a circle. `cuts` says what lies between
two neighbours, from a layer and its activation to two blocks of the model, by its branches (a cut that nothing but
one tensor crosses, long skips apart), by parts built alike though with other numbers, and by what names have in
common; `plan` gives up the least of the cuts until there is room, scopes of more than a third of the model opened
first. Inputs stay alone. `folding` closes the boxes as nested models are closed, so that every id is drawn or
accounted for once.
"""

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

    `"none"` folds nothing; a number folds the runs at that depth of runs in runs, 0 the outermost, and opens those
    around them; `"auto"` leaves a graph of at most `most` boxes as it is, otherwise folds all outermost runs, and where
    these are not enough groups neighbours too, at the best cuts, no group of more than a third of the layers; the only
    run is opened if there is room. With `shapes`, blocks are equal only where their tensors have equal shapes. Raises
    InputError for another level.
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
