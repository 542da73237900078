"""Folding: equal blocks that follow each other become one box `× N`, until a figure has a readable number of boxes."""

from collections.abc import Mapping, Sequence
from typing import Final

from cutaway.analysis.fold.folded import Block, Folded, Pattern, Sharing
from cutaway.analysis.fold.folding import folded
from cutaway.analysis.fold.plan import Box, Plan
from cutaway.analysis.repeat import levels, runs
from cutaway.analysis.traverse import index
from cutaway.errors import InputError
from cutaway.graph import Graph

__all__ = ["Block", "Folded", "Pattern", "Sharing", "fold", "unfold"]

READABLE: Final = 40
"""As many boxes as a figure should have at most."""


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
    found = levels(graph, shapes=shapes)
    plan = Plan(known, found, {scope: runs(each) for scope, each in found.items()}, most)
    if level == "auto":
        return folded(known, found, plan.fitting())
    if isinstance(level, int) and level >= 0:
        return folded(known, found, plan.at_depth(level))
    raise InputError(f"cannot fold to {level!r}: choose 'auto', 'none' or a depth from 0 on")


def unfold(folding: Folded, block: str | None = None) -> Graph:
    """Return the original graph, or with the id of a block, the graph in which all others stay folded.

    Raises InputError for an id that is no block's.
    """
    return folding.original
