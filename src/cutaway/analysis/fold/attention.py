"""Attentions that a block is built of by products of matrices: a softmax of one product, multiplied with the values."""

from typing import Final

from cutaway.analysis.fold.filters import filter_of
from cutaway.analysis.fold.sketch import Sketch, Source
from cutaway.graph import Kind, Node
from cutaway.record import record

_PRODUCTS: Final = frozenset({"Matmul", "MatMul", "Einsum", "Dot", "BatchMatMul", "BatchDot"})
_ARITHMETIC: Final = frozenset({"Add", "Subtract", "Multiply", "Divide", "TrueDivide", "Where", "Split"})


@record
class Composed:
    """An attention of several nodes: what its queries, and its keys and values, are made of."""

    nodes: tuple[Node, ...]
    query: Source
    crosses: bool


def composed(sketch: Sketch, place: str) -> Composed | None:
    """Return the attention that ends with a product; None where it is none."""
    if sketch.nodes[place].operation not in _PRODUCTS or len(sketch.sources(place)) < 2:
        return None
    found: dict[str, None] = {}
    projected: dict[Source, None] = {}
    waiting = [place]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found[each] = None
        node = sketch.nodes[each]
        if _is_projection(node):
            projected.update(dict.fromkeys(sketch.sources(each)))
        elif each == place or node.operation in _PRODUCTS | _ARITHMETIC or len(sketch.sources(each)) == 1:
            waiting += reversed([source for source in sketch.sources(each) if isinstance(source, str)])
        else:
            return None
    if not _has_softmax(sketch, found) or not 0 < len(projected) < 3 or projected.keys() & found.keys():
        return None
    query, *others = projected
    return Composed(nodes=tuple(sketch.nodes[each] for each in found), query=query, crosses=bool(others))


def _is_projection(node: Node) -> bool:
    found = filter_of(node)
    return node.kind is Kind.DENSE or (found is not None and found.is_pointwise)


def _has_softmax(sketch: Sketch, found: dict[str, None]) -> bool:
    """Tell whether a softmax stands between two of the products."""
    return any(
        sketch.real(node.id) in found and sketch.nodes[str(sketch.real(node.id))].operation != "Dense"
        for node in sketch.nodes.values()
        if sketch.passes(node) and "softmax" in (node.operation.lower(), node.attributes.get("activation"))
    )
