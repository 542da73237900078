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

from collections.abc import Collection, Mapping
from types import MappingProxyType

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.collapse import Collapsed
from cutaway.analysis.simplify.chains import chains, masking
from cutaway.analysis.simplify.merged import HELPERS, MERGED, Simplified, helpers, merged_into, with_merged
from cutaway.analysis.traverse import scopes_around
from cutaway.errors import InputError
from cutaway.garbage import uncollected
from cutaway.graph import Edge, Graph, Kind, Node, PortRef, ScopePort
from cutaway.record import replace
from cutaway.typed import Any

__all__ = ["AUTO", "WORDS", "Simplified", "merged_into", "simplify"]

LEFT_OUT = tuple([f"no-{word}" for word in HELPERS])
"""What is left out rather than marked."""
AUTO = (*MERGED, *HELPERS, "masks", "lines")
"""What is simplified where nobody says what."""
WORDS = (*AUTO, *LEFT_OUT)
"""All that can be simplified."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


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


def contracted(
    graph: Graph,
    *,
    into: Mapping[str, str],
    gone: Mapping[str, str] = _NOTHING,
    made: Mapping[str, Node] = _NOTHING,
) -> Collapsed:
    """Return the graph without the nodes that go `into` others, and without the edges that are `gone`.

    Both name the id of what accounts for them, and stays: a node, or for an edge also another edge. Edges between what
    one node accounts for are its own; all others keep their ports and end at the nodes that account for their ends.
    `made` are the nodes that take the place of those of their ids. A scope in which no node is left is accounted for
    by what took the first.
    """
    accounts: dict[str, list[str]] = {}
    for node, keeper in into.items():
        accounts.setdefault(keeper, []).append(node)
    edges = _edges(graph, into, gone, accounts)
    emptied = _emptied(graph, into)
    for scope, keeper in emptied.items():
        accounts.setdefault(keeper, []).append(scope)

    def moved(port: ScopePort) -> ScopePort:
        ends = dict.fromkeys([PortRef(into.get(end.node, end.node), end.port) for end in port.ends])
        return replace(port, ends=tuple(ends))

    left = replace(
        graph,
        nodes=tuple([made.get(node.id, node) for node in graph.nodes if node.id not in into]),
        edges=edges,
        scopes=tuple(
            [
                replace(scope, inputs=tuple(map(moved, scope.inputs)), outputs=tuple(map(moved, scope.outputs)))
                for scope in graph.scopes
                if scope.id not in emptied
            ]
        ),
        outputs=tuple(
            [replace(output, node=into[output.node]) if output.node in into else output for output in graph.outputs]
        ),
    )
    return Collapsed(graph=left, stands_for=MappingProxyType({key: tuple(ids) for key, ids in accounts.items()}))


def _edges(
    graph: Graph, into: Mapping[str, str], gone: Mapping[str, str], accounts: dict[str, list[str]]
) -> tuple[Edge, ...]:
    """Return the edges that stay, and note what accounts for the others."""
    found: list[Edge] = []
    for edge in graph.edges:
        source, target = into.get(edge.source, edge.source), into.get(edge.target, edge.target)
        if gone and edge.id in gone:
            accounts.setdefault(gone[edge.id], []).append(edge.id)
        elif source == target:
            accounts.setdefault(source, []).append(edge.id)
        elif source == edge.source and target == edge.target:
            found.append(edge)
        else:
            new = Edge(source=source, source_port=edge.source_port, target=target, target_port=edge.target_port)
            found.append(new)
            accounts.setdefault(new.id, []).append(edge.id)
    return tuple(found)


def _emptied(graph: Graph, into: Mapping[str, str]) -> dict[str, str]:
    """Return the scopes whose nodes have all gone, with what accounts for the first of them."""
    if not graph.scopes:
        return {}
    parents = {scope.id: scope.parent for scope in graph.scopes}
    held = scopes_around([node.scope for node in graph.nodes if node.id not in into], parents)
    taken: dict[str, str] = {}
    for node in graph.nodes:
        if node.id in into and node.scope not in held:
            for scope in scopes_around([node.scope], parents):
                taken.setdefault(scope, into[node.id])
    return {scope: keeper for scope, keeper in taken.items() if scope not in held}
