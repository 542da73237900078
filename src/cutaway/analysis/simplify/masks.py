"""Masks: edges that only say what of a tensor counts, and operations that only make these."""

from collections.abc import Collection, Mapping

from cutaway.analysis.traverse import ordered
from cutaway.graph import Edge, Graph, Node
from cutaway.record import Record


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
