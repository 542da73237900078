"""What the boxes of a figure hold of the model, and which of them a choice of nodes means."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from cutaway.analysis.reduction import Reduction
from cutaway.errors import InputError
from cutaway.graph import Graph
from cutaway.views.naming import counted

_NAMED = 3
"""Names that a sentence lists; of more it says how many."""


class Holding:
    """The boxes that are left of a `graph`, with what is `shown` of it in each.

    A box that stands for several nodes is meant where all are, or the ones into which the others are merged.
    """

    def __init__(self, graph: Graph, reduction: Reduction, hidden: Collection[str]) -> None:
        shown = frozenset([node.id for node in graph.nodes]).difference(hidden)
        self._reduction = reduction
        self._nodes = [node.id for node in graph.nodes]
        self._parts = frozenset(
            [part.id for main, parts in reduction.merged.items() for part in parts if part.id != main]
        )
        self.inside: Mapping[str, frozenset[str]] = {
            node.id: shown.intersection((node.id, *reduction.stands_for.get(node.id, ())))
            for node in reduction.graph.nodes
        }

    @cached_property
    def blocks(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the blocks that each node is in."""
        found: dict[str, tuple[str, ...]] = {}
        merged = self._reduction.merged
        for identity, block in self._reduction.blocks.items():
            for main in block.nodes:
                for node in (main, *[part.id for part in merged.get(main, ()) if part.id != main]):
                    found[node] = (*found.get(node, ()), identity)
        return found

    def is_meant(self, box: str, chosen: frozenset[str]) -> bool:
        """Tell whether all of a box is chosen, or the layers in it that others are merged into."""
        inside = self.inside[box]
        if not inside or inside <= chosen:
            return bool(inside)
        if self.folding(box) is None:
            return box in chosen
        mains = inside - self._parts
        return bool(mains) and mains <= chosen

    def is_partly_meant(self, box: str, chosen: frozenset[str]) -> bool:
        """Tell whether some of a box is chosen, but not all of it."""
        return not chosen.isdisjoint(self.inside[box]) and not self.is_meant(box, chosen)

    def folding(self, box: str) -> str | None:
        """Return the id of the folded block or closed nested model that a box is, or that it is drawn for one of."""
        if box in self._reduction.blocks or box not in self._known:
            return box
        return self._open.get(box)

    def regional(self, caption: str, chosen: frozenset[str]) -> frozenset[str]:
        """Return the boxes of a region. Raises InputError where what is chosen is no whole box."""
        meant = frozenset([box for box in self.inside if self.is_meant(box, chosen)])
        for box in self.inside:
            folded = self.folding(box)
            if folded is not None and self.is_partly_meant(box, chosen):
                raise InputError(f"cannot draw the region {caption!r}: {self._why(folded)}")
        if chosen and not meant:
            raise InputError(
                f"cannot draw the region {caption!r}: what it holds is hidden, or merged into boxes of other layers;"
                " choose these layers, or draw all with simplify='none'"
            )
        return meant

    def named(self, box: str, chosen: frozenset[str]) -> str:
        """Return what is chosen of a box, in words."""
        within = chosen & self.inside[box]
        names = [node for node in self._nodes if node in (within - self._parts or within)]
        return (
            ", ".join(names) if len(names) <= _NAMED else f"{len(names)} of {counted(len(self.inside[box]), 'layer')}"
        )

    def partly(self, chosen: frozenset[str]) -> Iterator[str]:
        """Give what the folded boxes are called of which only a part is chosen."""
        for box in self.inside:
            folded = self.folding(box)
            if folded is not None and self.is_partly_meant(box, chosen):
                block = self._reduction.blocks.get(folded)
                yield f"{folded} {block.label}".strip() if block else folded

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._nodes)

    @cached_property
    def _open(self) -> Mapping[str, str]:
        """The innermost block that is drawn open around each node in one."""
        blocks, above = self._reduction.blocks, {each.id: each.parent for each in self._reduction.graph.scopes}
        found: dict[str, str] = {}
        for node in self._reduction.graph.nodes:
            scope = node.scope
            while scope is not None and scope not in blocks:
                scope = above[scope]
            if scope is not None:
                found[node.id] = scope
        return found

    def _why(self, folded: str) -> str:
        block = self._reduction.blocks.get(folded)
        if block is None:
            return (
                f"it holds a part of {folded!r} only, which is drawn closed; choose all of it, or open it with `depth`"
            )
        called = f"{folded!r} ({block.label})" if block.label else repr(folded)
        return (
            f"it holds a part of the folded block {called} only; choose all of it, draw it in full with"
            f" unfold={folded!r}, or all with fold='none'"
        )
