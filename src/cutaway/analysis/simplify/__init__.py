"""Simplification: what says little by itself goes into its layer, becomes a small mark, or is left out.

Merged are activations and batch normalizations into the layer before them, and zero padding into the following layer,
only where nothing else reads the tensor in between, and never over the border of a scope. What comes before its
convolution (normalization and activation of a pre-activation block, He et al. 2016, "Identity mappings", section 3)
stays in front of it: a normalization without a layer before it takes in its activation and is a box of its own, so
that boxes are read in the order of the flow everywhere. Dropouts, reshapes and casts become small marks, those that
follow each other one of them. Masks are left out: the edges that bring them, and what only makes them. Lines of
one tensor into one attention are one line.

The original graph is left as it is, and every id of it is drawn or accounted for once.
"""

from collections.abc import Collection
from types import MappingProxyType
from typing import Final

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.collapse import Collapsed
from cutaway.analysis.simplify.chains import chains, masking
from cutaway.analysis.simplify.contraction import contracted
from cutaway.analysis.simplify.merged import HELPERS, MERGED, Simplified, helpers, merged_into, with_merged
from cutaway.errors import InputError
from cutaway.garbage import uncollected
from cutaway.graph import Graph, Kind

__all__ = ["AUTO", "WORDS", "Simplified", "merged_into", "simplify"]

LEFT_OUT: Final = tuple([f"no-{word}" for word in HELPERS])
"""What is left out rather than marked."""
AUTO: Final = (*MERGED, *HELPERS, "masks", "lines")
"""What is simplified where nobody says what."""
WORDS: Final = (*AUTO, *LEFT_OUT)
"""All that can be simplified."""


@uncollected
def simplify(graph: Graph, what: Collection[str] = AUTO, apart: Collection[str] = ()) -> Simplified:
    """Return a graph in which helpers are merged into layers, marked, or left out; `what` are some of WORDS.

    `activations`, `normalizations` and `padding` are merged, `dropouts`, `reshapes` and `casts` marked, those with
    `no-` before them left out, as are `masks`; `lines` of one tensor into one attention become one. Nodes that stay
    `apart` are neither merged, marked nor left out, and take nothing in. Raises InputError for another word.
    """
    for word in what:
        if word not in WORDS:
            raise InputError(f"cannot simplify {word!r}: choose from {', '.join(WORDS)}")
    simplifying = _Simplifying(graph)
    if "masks" in what:
        simplifying.drop_masks()
    if "lines" in what:
        simplifying.join_lines()
    simplifying.leave_out([word.removeprefix("no-") for word in what if word in LEFT_OUT], frozenset(apart))
    return simplifying.merged(what, frozenset(apart))


class _Simplifying:
    """A graph while it is simplified, step by step."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.accounts = Accounts(graph)
        self.hidden: dict[str, int] = {}

    def drop_masks(self) -> None:
        """Leave out what brings masks to layers."""
        found = masking(self.graph)
        if found.edges:
            self.hidden["masks"] = found.count
            self._pass_on(contracted(self.graph, into=found.nodes, gone=found.edges))

    def join_lines(self) -> None:
        """Let one line lead into an attention where several bring the same tensor, as query, key and value."""
        targets = {node.id for node in self.graph.nodes if node.kind is Kind.ATTENTION}
        first: dict[tuple[str, int, str], str] = {}
        gone: dict[str, str] = {}
        for edge in self.graph.edges if targets else ():
            if edge.target in targets:
                kept = first.setdefault((edge.source, edge.source_port, edge.target), edge.id)
                if kept != edge.id:
                    gone[edge.id] = kept
        if gone:
            self.hidden["lines"] = len(gone)
            self._pass_on(contracted(self.graph, into={}, gone=gone))

    def leave_out(self, words: Collection[str], apart: frozenset[str]) -> None:
        """Leave out the helpers for some words, edges going through."""
        chosen = {node: word for node, word in helpers(self.graph, words).items() if node not in apart}
        if not chosen:
            return
        from cutaway.analysis.hide import hide

        found = hide(self.graph, chosen)
        self._pass_on(found.collapsed)
        for node in found.nodes:
            word = chosen[node.id]
            self.hidden[word] = self.hidden.get(word, 0) + 1

    def merged(self, words: Collection[str], apart: frozenset[str]) -> Simplified:
        """Return the graph with all else merged or marked."""
        small = helpers(self.graph, [word for word in words if word not in MERGED])
        marks = {node: word for node, word in small.items() if node not in apart}
        found = chains(self.graph, words, marks, apart)
        if found:
            into = {part.node.id: chain.main.id for chain in found for part in chain.parts}
            made = {chain.main.id: with_merged(chain.main, chain.parts) for chain in found}
            self._pass_on(contracted(self.graph, into=into, made=made))
        return Simplified(
            graph=self.graph,
            stands_for=self.accounts.of(self.graph),
            merged=MappingProxyType({chain.main.id: chain.nodes for chain in found}),
            marks=frozenset([node.id for node in self.graph.nodes if node.id in marks]),
            hidden=MappingProxyType(self.hidden),
        )

    def _pass_on(self, step: Collapsed) -> None:
        self.graph = step.graph
        self.accounts.pass_on(step.stands_for, step.graph)
