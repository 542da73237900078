"""Repeats in a Graph: runs of equal blocks, at every scale, proved node by node.

A block is a region with one main entry and one main exit: through branches, skips and gates inside of it, besides
tensors that all blocks read alike (a mask, positions, an encoder's output), those that a block reads from a fixed
number of blocks back (the cells of NASNet read two), and those that all hand to one reader. Most of these are no
regions between cut vertices or dominators, for a mask passes around every block; so they are found on a line, like
repeats in a text:

1. `levels`: what lies directly in a scope is a level of items, nodes and closed scopes. Each item gets a number,
   equal for equal operations, attributes and, of scopes, contents: values are interned whole (hash consing, Ershov
   1958), so that equal numbers prove equality. Names are never looked at.
2. There the items are put in a line by a walk back from the outputs, deepest source first, with what several read
   aside put in front. A topological order, it holds each region together, and equal regions in equal order.
3. `stretches`: words of 1, 2, 4 … labels that come again (Karp, Miller and Rosenberg 1972) give distances at which
   the line may repeat itself; each is followed as far as items and the places of their sources agree. In the way of
   maximal repetitions (Main and Lorentz 1984; Kolpakov and Kucherov 1999), each stretch is found once.
4. Of the places where a block could begin, that at which the fewest tensors cross, best one from which
   branches go out. A first block may be fed by anything.
5. `proof`: every item of every block is compared with its like, input by input, before a run is one. `runs` takes
   those first that spare most, then looks between them and inside of their blocks.

The work grows with the number of nodes and edges, but for sorting and the seven lengths of words; a level is as large
as the scope's own content. Nothing is folded here: `cutaway.analysis.fold` does.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from cutaway.analysis.repeat.labels import Labels, Level
from cutaway.analysis.repeat.levels import levels, loosened
from cutaway.analysis.repeat.runs import Run, consecutive, runs
from cutaway.analysis.traverse import Index
from cutaway.graph import Kind

__all__ = ["Level", "Repeats", "Run", "consecutive", "levels", "loosened", "runs"]

_NONE: Mapping[str, str] = MappingProxyType({})


class Repeats:
    """The levels of a graph with their runs, found when they are first asked for and kept for every fold of it.

    `closed` scopes count as one thing each. `around` is the graph with scopes of their own around parts that are
    `named`, by the ids of these scopes: what has levels is that one.
    """

    def __init__(
        self,
        known: Index,
        *,
        shapes: bool = False,
        closed: frozenset[str] = frozenset(),
        around: Index | None = None,
        named: Mapping[str, str] = _NONE,
    ) -> None:
        self.known = known
        self.shapes = shapes
        self.closed = closed
        self.around = around or known
        self.named = named
        self._runs: dict[str | None, Sequence[Run]] = {}
        self._alike: dict[str | None, Sequence[Run]] = {}
        self._labels = Labels()

    @cached_property
    def levels(self) -> Mapping[str | None, Level]:
        """The level of each scope, those inside of others first, and under None that of the graph."""
        return levels(self.around, shapes=self.shapes)

    @cached_property
    def size(self) -> int:
        """How many boxes there are before anything is folded."""
        nodes = self.known.graph.nodes
        return len(nodes) - sum(len(self.known.inside(each)) - 1 for each in self.closed)

    @cached_property
    def _loose(self) -> Mapping[str | None, Level]:
        return loosened(self.around, self.levels)

    @cached_property
    def _told(self) -> Mapping[str, int]:
        """What the levels tell of nodes."""
        found: dict[str, int] = {}
        for level in self.levels.values():
            if level.ordered:
                found.update(zip(level.items, level.labels, strict=True))
        return found

    def is_open(self, item: str) -> bool:
        """Tell whether an item of a level is a scope that may be looked into."""
        return item in self.levels and item not in self.closed

    def runs(self, scope: str | None) -> Sequence[Run]:
        """Return the runs of a level."""
        if scope not in self._runs:
            self._runs[scope] = runs(self.levels[scope])
        return self._runs[scope]

    def alike(self, scope: str | None) -> Sequence[Run]:
        """Return the runs of a level in which blocks may differ in numbers, such as filters and strides."""
        if scope not in self._alike:
            self._alike[scope] = runs(self._loose[scope])
        return self._alike[scope]

    def label(self, node: str) -> int:
        """Return a number for what a node does, equal for equal ones, whatever the shapes of their tensors."""
        held = self.known.nodes[node]
        if self.shapes or held.kind is Kind.INPUT or node not in self._told:
            return -1 - self._labels.node(held)
        return self._told[node]
