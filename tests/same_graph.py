"""What two graphs of one model have in common, however each was read."""

from cutaway.graph import Graph, Tensor


def facts(graph: Graph) -> tuple[object, ...]:
    """Return what must be equal however a model is read: ids, operations, attributes, ports' names, edges, scopes."""
    nodes = [
        (n.id, n.name, n.op, n.kind, n.attributes, [port.name for port in n.inputs], n.trainable, n.scope)
        for n in graph.nodes
    ]
    scopes = [
        (s.id, s.name, s.op, s.parent, s.attributes, [(port.name, port.ends) for port in (*s.inputs, *s.outputs)])
        for s in graph.scopes
    ]
    return graph.name, graph.op, nodes, [edge.id for edge in graph.edges], scopes, graph.inputs, graph.outputs


def contradictions(one: Graph, other: Graph) -> list[str]:
    """Return the nodes and scopes of two graphs of equal facts of which one says what the other denies."""
    found = [
        node.id
        for node, same in zip(one.nodes, other.nodes, strict=True)
        for ports in (zip(node.inputs, same.inputs, strict=True), zip(node.outputs, same.outputs, strict=False))
        if not all(agree(a.tensor, b.tensor) for a, b in ports)
    ]
    for scope, same in zip(one.scopes, other.scopes, strict=True):
        ports = zip((*scope.inputs, *scope.outputs), (*same.inputs, *same.outputs), strict=True)
        found += [scope.id] if not all(agree(a.tensor, b.tensor) for a, b in ports) else []
    return found


def agree(one: Tensor, other: Tensor) -> bool:
    """Tell whether two tensors say nothing that the other denies."""
    shapes = one.shape is None or other.shape is None or one.shape == other.shape
    return shapes and (one.dtype is None or other.dtype is None or one.dtype == other.dtype)
