"""What says little by itself: chains of nodes that are one layer to a reader, and masks.

A chain is padding, a convolution, its normalization and its activation; masks are edges that only say what of a tensor
counts, and operations that only make these.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from cutaway.analysis.simplify.merged import Part, roles, word_for
from cutaway.analysis.traverse import ordered
from cutaway.graph import Edge, Graph, Kind, Node
from cutaway.record import Record

_LAYERS = frozenset({Kind.CONVOLUTION, Kind.DENSE})
_WINDOWS = frozenset({Kind.CONVOLUTION, Kind.POOLING})
_NONE = frozenset[str]()
_ACTIVATIONS = frozenset({"activations"})
_BOTH = frozenset({"normalizations", "activations"})
_WEIGHTED = frozenset({"PReLU", "ParametricSoftplus", "SReLU"})
"""Activations that have weights; sources of models without weights say nothing of these."""
_TRANSPOSED = ("Transpose", "Deconvolution")


class Masking(Record):
    """What only masks, by ids, each with the node that accounts for it: the one that is masked; `count` is of these."""

    nodes: Mapping[str, str]
    edges: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many masks are laid on something."""
        return sum(edge.endswith(self._end(keeper, edge)) for edge, keeper in self.edges.items())

    @staticmethod
    def _end(keeper: str, edge: str) -> str:
        return f"->{keeper}:{edge.rpartition(':')[2]}"


def masking(graph: Graph) -> Masking:
    """Return the edges that bring masks, and the nodes that make nothing but masks.

    What would be connected to nothing then stays, with what it makes masks of: inputs of the model, layers with
    weights.
    """
    masked = {node.id: node for node in graph.nodes for port in node.inputs if port.name.endswith("mask")}
    masks = {edge.id for edge in graph.edges if edge.target in masked and _is_mask(edge, masked[edge.target])}
    if not masks:
        return Masking(nodes={}, edges={})
    outgoing: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        outgoing.setdefault(edge.source, []).append(edge)
    found = _found(graph, outgoing, masks, frozenset())
    cut_off = [
        node
        for node, edges in outgoing.items()
        if node not in found.nodes and all(edge.id in found.edges for edge in edges)
    ]
    return _found(graph, outgoing, masks, _behind(cut_off, outgoing, found)) if cut_off else found


def _found(
    graph: Graph, outgoing: Mapping[str, Collection[Edge]], masks: Collection[str], kept: Collection[str]
) -> Masking:
    """Return the nodes and edges of masks, but nothing that comes from those that are `kept`."""
    stays = {output.node for output in graph.outputs} | {node.id for node in graph.nodes if node.weights}
    stays.update(graph.inputs, kept)
    into: dict[str, str] = {}
    gone: dict[str, str] = {}
    for each in reversed(ordered(graph)):
        edges = outgoing.get(each, ())
        for edge in edges:
            if edge.target in into:
                gone[edge.id] = into[edge.target]
            elif edge.id in masks and each not in kept:
                gone[edge.id] = edge.target
        keepers = [gone[edge.id] for edge in edges if edge.id in gone]
        if edges and len(keepers) == len(edges) and each not in stays:
            into[each] = keepers[0]
    return Masking(nodes=into, edges=gone)


def _behind(some: Collection[str], outgoing: Mapping[str, Collection[Edge]], found: Masking) -> set[str]:
    """Return some nodes, and all that makes masks of what they give."""
    seen, waiting = set(some), list(some)
    while waiting:
        for edge in outgoing.get(waiting.pop(), ()):
            if edge.target in found.nodes and edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return seen


def _is_mask(edge: Edge, target: Node) -> bool:
    """Tell whether an edge leads to a port for a mask, by the name that Keras gives to such arguments."""
    name = target.inputs[edge.target_port].name if edge.target_port < len(target.inputs) else ""
    return name == "mask" or name.endswith("_mask")


class Chain(Record):
    """Nodes in the order of the flow that become one, `main`."""

    main: Node
    parts: tuple[Part, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All of them in the order of the flow."""
        before = [part.node for part in self.parts if part.before]
        return (*before, self.main, *[part.node for part in self.parts if not part.before])


def chains(
    graph: Graph, words: Collection[str], marks: Mapping[str, str], apart: Collection[str] = ()
) -> tuple[Chain, ...]:
    """Return the chains of a graph: for `words` that merge, and of those of its `marks` that follow each other.

    A node is in one chain at most: that of the first layer that takes it in, in the order of the flow; those that stay
    `apart` are in none.
    """
    linking = _Linking(graph, words, marks, apart)
    found: list[Chain] = []
    taken = set(apart)
    for node in ordered(graph):
        if node not in taken and (parts := linking.parts(main := linking.nodes[node])):
            found.append(Chain(main=main, parts=tuple(parts)))
            taken.update([part.node.id for part in parts])
    return tuple(found)


class _Linking:
    """A graph, and what of it may be linked."""

    def __init__(self, graph: Graph, words: Collection[str], marks: Mapping[str, str], apart: Collection[str]) -> None:
        self.words = words
        self.marks = marks
        self.nodes = {node.id: node for node in graph.nodes}
        self.before, self.behind = self._links(graph, apart)
        self.calls = Counter([node.owner for node in graph.nodes])
        self.both, self.activations = _BOTH.intersection(words), _ACTIVATIONS.intersection(words)

    def _links(self, graph: Graph, apart: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return for nodes the one before, and the one behind them, where nothing else reads or joins what flows."""
        fed = Counter([edge.target for edge in graph.edges])
        left = {*apart, *[output.node for output in graph.outputs]}
        left.update([end.node for scope in graph.scopes for port in scope.outputs for end in port.ends])
        reads = Counter([edge.source for edge in graph.edges])
        before: dict[str, str] = {}
        behind: dict[str, str] = {}
        for edge in graph.edges:
            if fed[edge.target] > 1 or reads[edge.source] > 1 or edge.source in left or edge.target in apart:
                continue
            source, target = self.nodes[edge.source], self.nodes[edge.target]
            if source.scope == target.scope and len(source.outputs) < 2 and len(target.outputs) < 2:
                before[target.id], behind[source.id] = source.id, target.id
        return before, behind

    def parts(self, main: Node) -> list[Part]:
        """Return what goes into a node; nothing for most."""
        if main.id in self.marks:
            return self._marks(main)
        if main.custom or main.kind is Kind.INPUT:
            return []
        return [*self._padding(main), *self._following(main)]

    def _marks(self, first: Node) -> list[Part]:
        """Return the marks of one word that follow a first one."""
        word = self.marks[first.id]
        found: list[Part] = []
        if self.marks.get(self.before.get(first.id, "")) != word:
            each = self.behind.get(first.id, "")
            while self.marks.get(each) == word:
                found.append(Part(node=self.nodes[each], role=word, before=False))
                each = self.behind.get(each, "")
        return found

    def _padding(self, main: Node) -> list[Part]:
        """Return the padding before a layer that adds none of its own."""
        if main.kind not in _WINDOWS or main.id not in self.before or "padding" not in self.words:
            return []
        node = self.nodes[self.before[main.id]]
        if word_for(node) != "padding" or main.attributes.get("padding") != "valid" or "padding" in roles(main):
            return []
        return [Part(node=node, role="padding", before=True)]

    def _following(self, main: Node) -> list[Part]:
        """Return the normalization and the activation behind a layer, each at most once."""
        accepted, each = self._accepted(main), self.behind.get(main.id)
        if not accepted or each is None:
            return []
        free = accepted - roles(main)
        found: list[Part] = []
        while each is not None:
            node = self.nodes[each]
            role = word_for(node)
            if role not in free or not self._goes_with(node, main):
                break
            found.append(Part(node=node, role=role, before=False))
            free = free - roles(node) - {role}
            each = self.behind.get(each)
        return found

    def _accepted(self, main: Node) -> frozenset[str]:
        """Return the words for what a layer takes in from behind."""
        if main.kind in _LAYERS or (
            main.kind is Kind.UPSAMPLING and any(word in main.operation for word in _TRANSPOSED)
        ):
            return self.both
        return self.activations if main.kind is Kind.NORMALIZATION else _NONE

    def _goes_with(self, node: Node, main: Node) -> bool:
        """Tell whether a layer is called whenever the main one is; one without weights is the same everywhere."""
        plain = node.kind is Kind.ACTIVATION and node.operation not in _WEIGHTED
        return plain or node.weights == () or self.calls[node.owner] == self.calls[main.owner]
