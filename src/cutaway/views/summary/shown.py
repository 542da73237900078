"""What a summary shows of a model: all of it, or what is left when repeats are folded."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from cutaway.graph import Graph, Node
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.fold import Block
    from cutaway.analysis.reduction import Reduction


class Folding(Record):
    """How a summary is folded: as the figure with the same options (see analysis.fold.Way), or not ("none")."""

    fold: object = "none"
    unfold: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.fold != "none"

    def of(self, graph: Graph, depth: int | None) -> "Shown":
        """Return what is shown of a graph."""
        if not self:
            return Shown(graph)
        from cutaway.analysis.reduction import Reducing, reduced

        asked = Reducing(fold=self.fold, unfold=self.unfold, simplify="auto", depth=depth, stages=False)
        return Shown(graph, reduced(graph, asked))


class Shown:
    """The nodes and scopes that have rows, and what each stands for."""

    def __init__(self, whole: Graph, reduction: "Reduction | None" = None) -> None:
        self.whole = whole
        self.reduction = reduction
        self.graph = whole if reduction is None else reduction.graph
        self.is_reduced = reduction is not None

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset([node.id for node in self.whole.nodes])

    @cached_property
    def _held(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes that those shown in each scope, at any depth, stand for."""
        above = {scope.id: scope.parent for scope in self.graph.scopes}
        found: dict[str, list[str]] = {scope: [] for scope in above}
        for node in self.graph.nodes:
            scope = node.scope
            while scope is not None:
                found[scope] += self._accounted(node.id)
                scope = above[scope]
        return {scope: tuple(nodes) for scope, nodes in found.items()}

    @cached_property
    def _blocks(self) -> "Mapping[str, Block]":
        return {} if self.reduction is None else self.reduction.blocks

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        from cutaway.views.block_names import block_names

        return {} if self.reduction is None else {key: name.title for key, name in block_names(self.reduction).items()}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many equal ones each row stands for, where that is more than one: blocks, and all in those drawn open."""
        around = {node.id: node.scope for node in self.graph.nodes} | {
            each.id: each.parent for each in self.graph.scopes
        }
        found: dict[str, int] = {}
        for item in around if self._blocks else ():
            count, scope = 1, item if item in self._blocks else around[item]
            while scope is not None:
                count *= self._blocks[scope].count if scope in self._blocks else 1
                scope = around[scope]
            if count > 1:
                found[item] = count
        return found

    def label(self, identity: str) -> str:
        """Say how many equal ones a row stands for, as the figure does; nothing where it is one."""
        if identity in self._blocks:
            return self._blocks[identity].label
        return f"× {self.counts[identity]}" if identity in self.counts else ""

    def nodes(self, identity: str) -> Sequence[str]:
        """Return the ids of the nodes that a row stands for."""
        return self._held[identity] if identity in self._held else self._accounted(identity)

    def title(self, identity: str) -> str | None:
        """Return what a block is called; None for what is no block."""
        if self.reduction is None or identity not in self._blocks:
            return None
        return self._titles[identity]

    def merged(self, identity: str) -> tuple[Node, ...]:
        """Return the nodes that are merged in a row, in the order of the flow; none where it is one layer."""
        return () if self.reduction is None else self.reduction.merged.get(identity, ())

    def notes(self) -> Iterator[str]:
        """Say what rows stand for, and what has none."""
        if self.counts:
            yield "A row with × N stands for N equal blocks: its numbers are those of all of them together."
        if self.reduction is not None and self.reduction.hidden:
            told = ", ".join(f"{count} {word}" for word, count in self.reduction.hidden.items())
            yield f"Not shown: {told}; the totals are those of the whole model."

    def _accounted(self, node: str) -> Sequence[str]:
        told = () if self.reduction is None else self.reduction.stands_for.get(node, ())
        return [each for each in (node, *told) if each in self._ids]
