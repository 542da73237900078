"""Folding: equal blocks that follow each other become one box `× N`, until a figure is readable.

Boxes are parts of the line of a level (see `cutaway.analysis.repeat`): runs, and, where the figure is too large
still, groups of neighbours. As parts of a topological order they never make a circle. `cuts` says what lies between
two neighbours, from a layer and its activation to two blocks of the model, by its branches (a cut that nothing but
one tensor crosses, long skips apart), by parts built alike though with other numbers, and by what names have in
common; `plan` gives up the least of the cuts until there is room, scopes of more than a third of the model opened
first. Inputs stay alone. `named` finds the boxes that a caller's patterns mean. `folding` closes the boxes as nested
models are closed, so that every id is drawn or accounted for once.
"""

from collections.abc import Mapping
from functools import cached_property

from cutaway.analysis.collapse import scopes_at
from cutaway.analysis.fold.folded import Block, Folded, Pattern, Sharing
from cutaway.analysis.fold.folding import folded
from cutaway.analysis.fold.plan import Box, Plan
from cutaway.analysis.repeat import Repeats
from cutaway.analysis.traverse import index
from cutaway.errors import InputError, unknown
from cutaway.garbage import uncollected
from cutaway.graph import Graph

__all__ = ["READABLE", "Block", "Folded", "Folding", "Pattern", "Sharing", "Way", "fold", "nothing_folded", "unfold"]


READABLE = 40
"""As many boxes as a figure should have at most."""

Way = str | int | Mapping[str, str]
"""How to fold: "auto", "none", a depth, or patterns (see analysis.pattern) by the names that their boxes get."""


class Folding:
    """The folds of one graph; what they share, such as its repeats, is worked out once, when first needed.

    With `shapes`, blocks are equal only where their tensors have equal shapes. Nested models in as many others as
    `depth` tells count as one box each and are not looked into, but to tell whether they are equal; they are left
    open, for `collapse` to close.
    """

    def __init__(self, graph: Graph, *, shapes: bool = False, depth: int | None = None) -> None:
        self.graph = graph
        self._shapes = shapes
        self._depth = depth

    def to(self, way: Way, most: int = READABLE) -> Folded:
        """Return a fold; `most` is for "auto". Raises InputError for a way that there is not."""
        if isinstance(way, Mapping):
            return self.by(way, most)
        if way == "none":
            return self.none()
        if way == "auto":
            return self.at(most)
        if not isinstance(way, int) or isinstance(way, bool) or way < 0:
            raise InputError(f"cannot fold to {way!r}: choose 'auto', 'none', a depth from 0 on, or named patterns")
        return self.at_depth(way)

    def none(self) -> Folded:
        """Return the graph with nothing folded."""
        return folded(self._repeats, ())

    @uncollected
    def at(self, most: int) -> Folded:
        """Return a fold of at most so many boxes, or the graph as it is where it has no more; cheap to ask for again.

        All outermost runs are folded, and where these are not enough neighbours are grouped too, at the best cuts, no
        group of more than a third of the layers; the only run is opened if there is room.
        """
        if self._repeats.size <= most:
            return self.none()
        return folded(self._repeats, [(None, box) for box in self._plan.fitting(most)])

    @uncollected
    def at_depth(self, depth: int) -> Folded:
        """Return a fold with the runs at that depth of runs in runs closed, 0 the outermost, those around them open."""
        return folded(self._repeats, [(None, box) for box in self._plan.at_depth(depth)])

    @uncollected
    def by(self, patterns: Mapping[str, str], most: int = READABLE) -> Folded:
        """Return a fold in which each match of a pattern is a box of that name; equal ones in a row are one, `× N`.

        Patterns are looked for in their order. A match has to lie in one nested model, or in none. In a graph of more
        than `most` boxes all other runs are folded too, those around named boxes open; where nothing is found, it is
        folded as if there were no patterns. Warns of a pattern that is found nowhere, and raises InputError for what is
        no pattern.
        """
        from cutaway.analysis.fold.named import named

        found = named(self._repeats, patterns, with_rest=self._repeats.size > most)
        if not found.boxes:
            return self.at(most)
        return folded(found.repeats, [(None, box) for box in found.boxes])

    @cached_property
    def _repeats(self) -> Repeats:
        closed = frozenset(scopes_at(self.graph, self._depth))
        return Repeats(index(self.graph), shapes=self._shapes, closed=closed)

    @cached_property
    def _plan(self) -> Plan:
        return Plan(self._repeats)


def fold(
    graph: Graph, way: Way = "auto", *, most: int = READABLE, shapes: bool = False, depth: int | None = None
) -> Folded:
    """Return a graph with its repeats folded: see `Folding`. Raises InputError for a way that there is not."""
    return Folding(graph, shapes=shapes, depth=depth).to(way, most)


@uncollected
def unfold(folding: Folded, *blocks: str) -> Folded:
    """Return a graph with some of its blocks unfolded, by their ids, and all others folded as they were.

    Ids may hold wildcards, `conv5_*`. Without any it is the original graph, nothing folded; a block inside of an open
    one goes with it. Raises InputError for an id that is no block's.
    """
    meant = {identity for given in blocks for identity in _meant(given, folding)}
    gone = [box for identity, box in folding.boxes if identity in meant and box.open]
    kept = [
        (identity, box)
        for identity, box in folding.boxes
        if blocks and identity not in meant and not any(_within(box, around) for around in gone)
    ]
    return folded(folding.repeats, kept)


def nothing_folded(block: str, why: str = "there are no blocks") -> InputError:
    """Return the error of a block to unfold where there is none at all."""
    return InputError(f"cannot unfold {block!r}: nothing is folded, as {why}; leave `unfold` out")


def _meant(given: str, folding: Folded) -> tuple[str, ...]:
    """Return the ids of the blocks that are meant by one, or by one with wildcards."""
    if given in folding.blocks:
        return (given,)
    if not folding.blocks:
        raise nothing_folded(given)
    from cutaway.analysis.select.terms import fits

    found = tuple(filter(fits(given), folding.blocks))
    if not found:
        raise InputError(f"cannot unfold {given!r}: {unknown(given, folding.blocks)}")
    return found


def _within(box: Box, around: Box) -> bool:
    return box.scope == around.scope and around.start <= box.start and box.stop <= around.stop
