"""The first axis of what layers of unknown doing hand out: the batch, into which they may fold windows or steps.

A shape such as (?, 4, 4, 16) behind one of (?, 8, 8, 16) does not tell whether a layer has made its input smaller or
has put four windows into the batch. So the batch is taken to stay in front, and where a layer without weights of its
own hands out less than it was given, what lies behind costs at least what it would then. A layer is taken to compute
something smaller if it has weights, if it makes other features (a last axis of another size), if it is given nothing
but features, or if it hands out a single number, a score. It is certain again that there is one
sample where what was in doubt is put together with what is not, as at the end of a residual branch.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from cutaway.analysis.cost.forward import elements
from cutaway.analysis.traverse import ordered
from cutaway.graph import Graph, Node, Port

_JOINING = frozenset(
    ("Add", "Average", "Concatenate", "Divide", "Maximum", "Mean", "Minimum", "Multiply", "Subtract", "Where")
)
"""Layers and operations of which all inputs have the same first axis."""


def front(node: Node) -> tuple[int, bool]:
    """Return how many rows a node of unknown doing makes of one sample, and whether they could be more.

    Its inputs are those for one sample.
    """
    given = [port for port in node.inputs if port.tensor.shape]
    rows = _rows(given[0]) if given else 1
    before, made = [_row(port) for port in given], [_row(port) for port in node.outputs]
    most = None if None in before else max([each or 0 for each in before], default=0)
    out = None if None in made else sum(each or 0 for each in made)
    if out == 1 or not given or _is_alike(node):
        return rows, False
    if rows > 1 and out is not None and most is not None and out > most:
        return 1, out != rows * most
    smaller = out is None or most is None or out < most
    folds = smaller and not node.weights and any(_may_be_parted(port, node.outputs) for port in given)
    return (1, True) if folds else (rows, False)


def in_doubt(graph: Graph, doubtful: AbstractSet[str], reached: AbstractSet[str]) -> frozenset[str]:
    """Return the nodes that may have more rows for one sample than their shapes say: `doubtful` and what is behind."""
    nodes = {node.id: node for node in graph.nodes}
    sources: dict[str, list[str]] = {}
    for edge in graph.edges:
        if edge.source in reached:
            sources.setdefault(edge.target, []).append(edge.source)
    found: set[str] = set()
    for each in ordered(graph) if doubtful else ():
        if each in doubtful or _stays(nodes[each], sources.get(each, ()), found):
            found.add(each)
    return frozenset(found)


def _stays(node: Node, sources: Iterable[str], found: AbstractSet[str]) -> bool:
    """Tell whether a node is in doubt as its sources are."""
    doubts = [source in found for source in sources]
    ranks = {len(port.tensor.shape or ()) for port in node.inputs}
    joins = node.operation in _JOINING and not node.custom and len(ranks) == 1 and node.attributes.get("axis") != 0
    return any(doubts) and not (joins and not all(doubts))


def _is_alike(node: Node) -> bool:
    """Tell whether what is handed out has the shape of something given, sizes that are open included."""
    given = {port.tensor.shape[1:] for port in node.inputs if port.tensor.shape}
    return all(port.tensor.shape is not None and port.tensor.shape[1:] in given for port in node.outputs)


def _may_be_parted(port: Port, made: Iterable[Port]) -> bool:
    """Tell whether a tensor has axes that could go into the batch, and as many features as an output."""
    shape = port.tensor.shape or ()
    lasts = {dim for each in made for dim in (each.tensor.shape or (None,))[-1:]}
    return len(shape) > 2 and (shape[-1] is None or not {None, shape[-1]}.isdisjoint(lasts))


def _row(port: Port) -> int | None:
    """Return how many elements lie behind the first axis."""
    shape = port.tensor.shape
    return None if shape is None else elements(shape[1:])


def _rows(port: Port) -> int:
    first = (port.tensor.shape or (1,))[0]
    return first if isinstance(first, int) else 1
