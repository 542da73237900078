"""Folded blocks as slices: the colours of the layers on the longest path through them, in the order of the flow."""

from collections.abc import Collection, Mapping
from itertools import groupby

from cutaway.analysis.fold.trail import is_attention
from cutaway.analysis.traverse import ordered
from cutaway.graph import Graph, Kind, Node
from cutaway.theme.folded import FOLDED
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_names import leading_role

if TYPE_CHECKING:
    from cutaway.analysis.reduction import Reduction

_SHARES: Mapping[Kind, float] = {
    **dict.fromkeys((Kind.CONVOLUTION, Kind.UPSAMPLING, Kind.POOLING, Kind.DENSE), 1.0),
    **dict.fromkeys((Kind.ATTENTION, Kind.RECURRENT, Kind.EMBEDDING), 1.0),
    Kind.NORMALIZATION: 0.4,
}
"""How wide the slices of kinds are beside each other; what else a block holds has no weights."""
_MOST, _LEAST = 6, 2.4
"""So many slices are told apart, each so many points wide; of more, equal ones in a row are one."""

Slices = tuple[tuple[str, float], ...]


def slices(reduction: "Reduction", block: str, wide: float) -> Slices:
    """Return the roles of the layers in a block, so many points `wide`, with the shares of this that they have.

    What lies beside its longest path is no slice, as it would seem to follow; nor is any layer where these would be too
    many.
    """
    most = min(_MOST, wide / _LEAST)
    graph = reduction.patterns[reduction.blocks[block].pattern].graph
    each = {node.id: part for node in graph.nodes if (part := _slice(reduction, node))}
    found = [each[node] for node in _longest(graph, each) if node in each]
    if len(found) <= most:
        return tuple(found)
    rows = [(role, [share for _, share in row]) for role, row in groupby(found, key=lambda each: each[0])]
    return tuple([(role, sum(shares)) for role, shares in rows]) if len(rows) <= most else ()


def _slice(reduction: "Reduction", node: Node) -> tuple[str, float] | None:
    """Return the role and the share of a node in a block; None for what has no weights."""
    inner = reduction.blocks.get(node.id)
    if inner is not None:
        return leading_role(reduction.patterns[inner.pattern]).removesuffix(FOLDED), 1.0
    kind = Kind.ATTENTION if is_attention(node) else node.kind
    return (kind, _SHARES[kind]) if kind in _SHARES else None


def _longest(graph: Graph, counted: Collection[str]) -> list[str]:
    """Return the path through a graph with the most nodes of those `counted`, the first one of several."""
    into: dict[str, list[str]] = {}
    for edge in graph.edges:
        into.setdefault(edge.target, []).append(edge.source)
    lengths, before = dict[str, int](), dict[str, str]()
    for node in ordered(graph):
        sources = [source for source in into.get(node, ()) if source in lengths]
        if sources:
            before[node] = max(sources, key=lengths.__getitem__)
        lengths[node] = (lengths[before[node]] if sources else 0) + (node in counted)
    path = [max(lengths, key=lengths.__getitem__)]
    while path[-1] in before:
        path.append(before[path[-1]])
    return path[::-1]
