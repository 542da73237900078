"""Graphs that forget their shapes, to see what the rules find again."""

from cutaway.graph import Graph, Port, ScopePort, Tensor
from cutaway.record import replace


def erased(graph: Graph) -> Graph:
    """Return the graph without any tensor's type but those of its inputs."""
    nodes = tuple(
        replace(
            node,
            inputs=tuple(map(_blank, node.inputs)),
            outputs=node.outputs if node.id in graph.inputs else tuple(map(_blank, node.outputs)),
        )
        for node in graph.nodes
    )
    scopes = tuple(
        replace(scope, inputs=tuple(map(_open, scope.inputs)), outputs=tuple(map(_open, scope.outputs)))
        for scope in graph.scopes
    )
    return replace(graph, nodes=nodes, scopes=scopes)


def _blank(port: Port) -> Port:
    return replace(port, tensor=Tensor())


def _open(port: ScopePort) -> ScopePort:
    return replace(port, tensor=Tensor())


def agree(known: Tensor, told: Tensor) -> bool:
    """Tell whether nothing that both say is different; a size may be open in one of them."""
    if known.dtype is not None and told.dtype is not None and known.dtype != told.dtype:
        return False
    if known.shape is None or told.shape is None:
        return True
    pairs = zip(known.shape, told.shape, strict=False)
    return len(known.shape) == len(told.shape) and all(a == b or a is None or b is None for a, b in pairs)
