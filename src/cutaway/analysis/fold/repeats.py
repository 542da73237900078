"""What repeats in a graph, found when it is first asked for and kept for every fold of it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final

from cutaway.analysis.repeat import Level, Run, levels, loosened, runs
from cutaway.analysis.repeat.labels import Labels
from cutaway.analysis.traverse import Index
from cutaway.graph import Kind

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Repeats:
    """The levels of a graph with their runs.

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
        self.known: Final = known
        self.shapes: Final = shapes
        self.closed: Final = closed
        self.around: Final = around or known
        self.named: Final = named
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
