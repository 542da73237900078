"""What is left of a Graph to draw: layers merged, repeats folded, stages found, nested models closed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.collapse import close, scopes_at
from cutaway.graph import Graph, Node
from cutaway.record import record, replace

if TYPE_CHECKING:
    from cutaway.analysis.fold import Block, Folded, Pattern

READABLE = 40
"""As many boxes as a figure should have at most; one of more is made smaller where nobody says how."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@record
class Reducing:
    """How a graph is to be made smaller.

    `fold` is "auto", "none", a depth, or named patterns (analysis.fold); `unfold` are the ids of blocks to open again;
    `simplify` is "auto", "none" or words of analysis.simplify; `depth` is how deep nested models are open; `most` is
    how many boxes a figure should have at most; `stages` asks for regions around the stages that there are.
    """

    fold: Any = "auto"
    unfold: tuple[str, ...] = ()
    simplify: str | tuple[str, ...] = "auto"
    depth: int | None = None
    most: int = READABLE
    stages: bool = True


@record
class Reduction:
    """What is left of a graph, and what accounts for the rest.

    `stands_for` tells, by the id of a node or an edge of `graph`, which ids of the original it accounts for besides its
    own. `blocks` are the folded ones, by the ids of their nodes or, where open, of their scopes. `merged` are the nodes
    that a node has taken in, in the order of the flow; `marks` are the nodes to draw as small marks; `hidden` counts
    what is left out, by the words of analysis.simplify. `stages` are the scopes that are stages, with what lies in
    them.
    """

    graph: Graph
    stands_for: Mapping[str, tuple[str, ...]] = _NOTHING
    blocks: "Mapping[str, Block]" = _NOTHING
    patterns: "tuple[Pattern, ...]" = ()
    merged: Mapping[str, tuple[Node, ...]] = _NOTHING
    marks: frozenset[str] = frozenset()
    hidden: Mapping[str, int] = _NOTHING
    stages: Mapping[str, tuple[str, ...]] = _NOTHING

    @property
    def is_simplified(self) -> bool:
        """Whether anything is merged, marked or hidden."""
        return bool(self.merged or self.marks or self.hidden)

    def members(self, node: str) -> tuple[str, ...]:
        """Return the nodes and closed scopes that a drawn node is: those in its block or merged into it, or itself."""
        block = self.blocks.get(node)
        own = (node,) if block is None or block.is_open else block.nodes
        if not self.merged:
            return own
        return tuple([part for each in own for part in ([one.id for one in self.merged.get(each, ())] or (each,))])


Reducer: TypeAlias = Callable[[Graph], Reduction]
"""Makes a graph smaller."""


def reduced(graph: Graph, asked: Reducing) -> Reduction:
    """Make a graph smaller; one that is readable is left as it is where nobody asks for more.

    Raises InputError for words, levels and ids of blocks that there are not.
    """
    closing = scopes_at(graph, asked.depth)
    closed = close(graph, closing)
    crowded = len(closed.graph.nodes) > asked.most
    simplifies, folds = (given != "none" and (crowded or given != "auto") for given in (asked.simplify, asked.fold))
    if not simplifies and not folds:
        return Reduction(graph=closed.graph, stands_for=closed.stands_for)
    accounts = Accounts(graph)
    found = Reduction(graph=graph)
    if simplifies:
        found = _simplified(found, asked, accounts)
    if folds:
        found = _folded(found, asked, accounts)
    left = {scope.id for scope in found.graph.scopes}
    last = close(found.graph, [scope for scope in closing if scope in left])
    accounts.pass_on(last.stands_for, last.graph)
    found = replace(found, graph=last.graph, stands_for=accounts.of(last.graph))
    return _staged(found) if folds and asked.stages else found


def _simplified(found: Reduction, asked: Reducing, accounts: Accounts) -> Reduction:
    from cutaway.analysis.simplify import AUTO, simplify

    simple = simplify(found.graph, AUTO if asked.simplify == "auto" else asked.simplify)
    accounts.pass_on(simple.stands_for, simple.graph)
    return replace(found, graph=simple.graph, merged=simple.merged, marks=simple.marks, hidden=simple.hidden)


def _folded(found: Reduction, asked: Reducing, accounts: Accounts) -> Reduction:
    folding = _folding(found.graph, asked)
    accounts.pass_on(folding.stands_for, folding.graph)
    return replace(found, graph=folding.graph, blocks=folding.blocks, patterns=folding.patterns)


def _folding(graph: Graph, asked: Reducing) -> "Folded":
    from cutaway.analysis.fold import fold, unfold

    folding = fold(graph, asked.fold, most=asked.most, depth=asked.depth)
    return unfold(folding, *asked.unfold) if asked.unfold else folding


def _staged(found: Reduction) -> Reduction:
    from cutaway.analysis.regions import surround
    from cutaway.analysis.stages import stages

    regions = surround(
        found.graph, {each.caption: each.members for each in stages(found.graph, found.blocks, found.patterns)}
    )
    return replace(found, graph=regions.graph, stages=regions.members)
