"""What says little by itself: chains of nodes that are one layer to a reader, and masks.

A chain is padding, a convolution, its normalization and its activation; masks are edges that only say what of a tensor
counts, and operations that only make these.
"""

from collections.abc import Collection, Mapping

from cutaway.analysis.simplify.merged import Part, roles, word_for
from cutaway.analysis.traverse import edges_by_ends, ordered
from cutaway.graph import Edge, Graph, Kind, Node
from cutaway.record import Record

_LAYERS = frozenset({Kind.CONVOLUTION, Kind.DENSE})
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
    nodes = {node.id: node for node in graph.nodes}
    masks = {edge.id for edge in graph.edges if _is_mask(edge, nodes[edge.target])}
    outgoing: dict[str, list[Edge]] = {}
    for edge in graph.edges if masks else ():
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
    for each in reversed(ordered(graph)) if masks else ():
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
        if node in taken:
            continue
        chain = linking.chain(linking.nodes[node])
        if chain.parts:
            found.append(chain)
            taken.update([part.node.id for part in chain.parts])
    return tuple(found)


class _Linking:
    """A graph, and what of it may be linked."""

    def __init__(self, graph: Graph, words: Collection[str], marks: Mapping[str, str], apart: Collection[str]) -> None:
        self.words = words
        self.marks = marks
        self.nodes = {node.id: node for node in graph.nodes}
        self.before, self.behind = self._links(graph, apart)
        self.calls: dict[str, int] = {}
        for node in graph.nodes:
            self.calls[node.owner] = self.calls.get(node.owner, 0) + 1

    def _links(self, graph: Graph, apart: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Return for nodes the one before, and the one behind them, where nothing else reads or joins what flows."""
        into, out_of = edges_by_ends(graph)
        read = {output.node for output in graph.outputs}
        read.update([end.node for scope in graph.scopes for port in scope.outputs for end in port.ends])
        before: dict[str, str] = {}
        behind: dict[str, str] = {}
        for name, (edge, *others) in out_of.items():
            source, target = self.nodes[name], self.nodes[edge.target]
            single = not others and len(into[edge.target]) == 1 and max(len(source.outputs), len(target.outputs)) < 2
            if apart and (name in apart or edge.target in apart):
                continue
            if single and name not in read and source.scope == target.scope:
                before[target.id], behind[name] = name, target.id
        return before, behind

    def chain(self, main: Node) -> Chain:
        """Return the chain of which a node is the main one; one without parts for most."""
        if main.id in self.marks:
            return Chain(main=main, parts=tuple(self._marks(main)))
        if main.custom or main.kind is Kind.INPUT:
            return Chain(main=main, parts=())
        return Chain(main=main, parts=(*self._padding(main), *self._following(main)))

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
        pads = main.kind in {Kind.CONVOLUTION, Kind.POOLING} and main.attributes.get("padding") == "valid"
        node = self.nodes.get(self.before.get(main.id, ""))
        if "padding" not in self.words or not pads or node is None or word_for(node) != "padding":
            return []
        return [] if roles(main) & {"padding"} else [Part(node=node, role="padding", before=True)]

    def _following(self, main: Node) -> list[Part]:
        """Return the normalization and the activation behind a layer, each at most once."""
        accepted, node = _accepted(main), self.nodes.get(self.behind.get(main.id, ""))
        if not accepted or node is None:
            return []
        free = accepted.intersection(self.words) - roles(main)
        found: list[Part] = []
        while node is not None and (role := word_for(node)) in free and self._goes_with(node, main):
            found.append(Part(node=node, role=role, before=False))
            free -= {role} | roles(node)
            node = self.nodes.get(self.behind.get(node.id, ""))
        return found

    def _goes_with(self, node: Node, main: Node) -> bool:
        """Tell whether a layer is called whenever the main one is; one without weights is the same everywhere."""
        plain = node.kind is Kind.ACTIVATION and node.operation not in _WEIGHTED
        return plain or node.weights == () or self.calls[node.owner] == self.calls[main.owner]


def _accepted(main: Node) -> frozenset[str]:
    """Return the words for what a layer takes in from behind."""
    if main.kind in _LAYERS or (main.kind is Kind.UPSAMPLING and any(word in main.operation for word in _TRANSPOSED)):
        return _BOTH
    return _ACTIVATIONS if main.kind is Kind.NORMALIZATION else frozenset()
