"""What is left of a Graph to draw: layers merged, repeats folded, stages found, nested models closed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.collapse import Collapsed, close, scopes_at
from cutaway.graph import Graph, Node
from cutaway.record import Record, replace
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.analysis.fold import Block, Folded, Folding, Pattern

READABLE = 40
"""As many boxes as a figure should have at most; one of more is made smaller where nobody says how."""

SMALL = 60
"""A model of no more nodes is drawn whole where nothing in it repeats: its layers say more than lumps of them."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Reducing(Record):
    """How a graph is to be made smaller.

    `fold` is "auto", "none", a depth, or named patterns (analysis.fold); `unfold` are the ids of blocks to open again;
    `simplify` is "auto", "none" or words of analysis.simplify; `depth` is how deep nested models are open; `most` is
    how many boxes a figure should have at most; `stages` asks for regions around the stages that there are. `always`
    are words of what is simplified in readable graphs too, where `simplify` is "auto".
    """

    fold: Any = "auto"
    unfold: tuple[str, ...] = ()
    simplify: str | tuple[str, ...] = "auto"
    depth: int | None = None
    most: int = READABLE
    stages: bool = True
    always: tuple[str, ...] = ()


class Reduction(Record):
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


Reducer = Callable[[Graph], Reduction]
"""Makes a graph smaller."""


def reduced(graph: Graph, asked: Reducing) -> Reduction:
    """Make a graph smaller; one that is readable is left as it is where nobody asks for more.

    Raises InputError for words, levels and ids of blocks that there are not.
    """
    return Reductions(graph, asked).at(asked.most)


class _Simple(Record, eq=False):
    """A graph that may have been simplified, with what is left to do told of all folds of it."""

    found: Reduction
    accounts: Accounts
    folding: "Folding"


class Reductions:
    """The ways to make one graph smaller that differ in how many boxes are asked for; what they share is made once."""

    def __init__(self, graph: Graph, asked: Reducing) -> None:
        self.graph = graph
        self.asked = asked
        self._simple: dict[bool, _Simple] = {}

    @cached_property
    def _closing(self) -> tuple[str, ...]:
        return scopes_at(self.graph, self.asked.depth)

    @cached_property
    def _closed(self) -> Collapsed:
        return close(self.graph, self._closing)

    def at(self, most: int) -> Reduction:
        """Return what is left where a figure should have at most so many boxes: see `reduced`."""
        asked, closed = self.asked, self._closed
        crowded = len(closed.graph.nodes) > most
        simplifies, folds = (given != "none" and (crowded or given != "auto") for given in (asked.simplify, asked.fold))
        if asked.unfold and not folds and (asked.fold == "none" or len(closed.graph.nodes) <= READABLE):
            from cutaway.analysis.fold import nothing_folded

            why = "fold='none' asks for that" if asked.fold == "none" else f"there are {READABLE} boxes or fewer"
            raise nothing_folded(asked.unfold[0], why)
        if not simplifies and not folds and not self._words(simplifies=False):
            return Reduction(graph=closed.graph, stands_for=closed.stands_for)
        simple = self._simplified(simplifies=simplifies)
        found, accounts = simple.found, simple.accounts.copy()
        if folds:
            folded = self._folded(simple.folding, most)
            if not self._is_helped(folded, most):
                folded = simple.folding.none()
            accounts.pass_on(folded.stands_for, folded.graph)
            found = replace(found, graph=folded.graph, blocks=folded.blocks, patterns=folded.patterns)
        left = {scope.id for scope in found.graph.scopes}
        last = close(found.graph, [scope for scope in self._closing if scope in left])
        accounts.pass_on(last.stands_for, last.graph)
        found = replace(found, graph=last.graph, stands_for=accounts.of(last.graph))
        return _staged(found) if folds and asked.stages else found

    def _simplified(self, *, simplifies: bool) -> _Simple:
        """Return the graph, simplified if it is to be, once for all numbers of boxes."""
        if simplifies not in self._simple:
            from cutaway.analysis.fold import Folding

            found, accounts = Reduction(graph=self.graph), Accounts(self.graph)
            if words := self._words(simplifies=simplifies):
                found = _simplified(self.graph, self.asked, words, accounts)
            folding = Folding(found.graph, depth=self.asked.depth)
            self._simple[simplifies] = _Simple(found=found, accounts=accounts, folding=folding)
        return self._simple[simplifies]

    def _words(self, *, simplifies: bool) -> Collection[str]:
        """Return the words of what is simplified in a readable graph, or in one that is to be made so."""
        given, always = self.asked.simplify, self.asked.always
        if given != "auto":
            return given if simplifies else ()
        if not simplifies:
            return always
        from cutaway.analysis.simplify import AUTO

        return (*AUTO, *always)

    def _is_helped(self, folded: "Folded", most: int) -> bool:
        """Tell whether blocks are worth drawing: repeats and nested models always, lumps where layers are too many."""
        asked = self.asked
        if asked.fold != "auto" or asked.unfold or most < READABLE or len(self._closed.graph.nodes) > SMALL:
            return True
        own = {scope.id for scope in self.graph.scopes}
        return any(block.count > 1 or block.id in own for block in folded.blocks.values())

    def _folded(self, folding: "Folding", most: int) -> "Folded":
        folded = folding.to(self.asked.fold, most)
        if not self.asked.unfold:
            return folded
        from cutaway.analysis.fold import unfold

        return unfold(folded, *self.asked.unfold)


def _simplified(graph: Graph, asked: Reducing, words: Collection[str], accounts: Accounts) -> Reduction:
    from cutaway.analysis.simplify import simplify

    simple = simplify(graph, words, _named(graph, asked))
    accounts.pass_on(simple.stands_for, simple.graph)
    return Reduction(graph=simple.graph, merged=simple.merged, marks=simple.marks, hidden=simple.hidden)


def _named(graph: Graph, asked: Reducing) -> Collection[str]:
    """Return the nodes in what patterns mean: these are layers of the model, whatever else is merged."""
    if not isinstance(asked.fold, Mapping):
        return ()
    from cutaway.analysis.fold.named import matched

    return matched(graph, asked.fold)


def without_stages(found: Reduction, groups: Iterable[Collection[str]]) -> Reduction:
    """Return what is left without the stages that groups of its nodes are equal to or cut through."""
    if not found.stages:
        return found
    from cutaway.analysis.regions import without
    from cutaway.analysis.traverse import index

    known, gone = index(found.graph), set[str]()
    for group in map(frozenset, groups):
        for stage in found.stages:
            inside = frozenset(known.inside(stage))
            if not (inside.isdisjoint(group) or inside < group or group < inside):
                gone.add(stage)
    left = {stage: members for stage, members in found.stages.items() if stage not in gone}
    return replace(found, graph=without(found.graph, gone), stages=left)


def _staged(found: Reduction) -> Reduction:
    from cutaway.analysis.regions import surround
    from cutaway.analysis.stages import stages

    regions = surround(
        found.graph, {each.caption: each.members for each in stages(found.graph, found.blocks, found.patterns)}
    )
    return replace(found, graph=regions.graph, stages=regions.members)
