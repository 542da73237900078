"""A Graph as it is for a batch of one."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.shapes import infer
from cutaway.analysis.shapes.call import Rule, call_of
from cutaway.analysis.shapes.rules import Rules
from cutaway.graph import Dim, Edge, Graph, Node, Port, Tensor
from cutaway.record import replace

_TARGETS: Final = ("newshape", "shape")
"""The arguments in which operations hold a whole shape, batch and all."""


def of_one(graph: Graph, rules: Mapping[str, Rule]) -> Graph:
    """Return the graph with the shapes that it has for a batch of one, also where a file says another batch.

    The batch is the first axis of the inputs; from there on it is followed by inference, so that an axis into which
    it was reshaped has its right size, and tensors that do not depend on an input keep their first axis. Where no rule
    tells what a layer makes of it, its outputs are taken to have the batch in front, as those of layers of Keras do.
    """
    inputs = set(graph.inputs)
    batch = _batch(graph)
    known = Rules(rules)
    reached = _reached(graph)
    nodes = []
    for node in graph.nodes:
        if node.id in inputs:
            nodes.append(replace(node, outputs=tuple([_first(port, 1) for port in node.outputs])))
        elif node.id in reached:
            kept = 1 if _keeps(node, known, batch) else None
            ins = tuple([_opened(port, batch, None) for port in node.inputs])
            nodes.append(
                replace(node, inputs=ins, outputs=tuple([_opened(port, batch, kept) for port in node.outputs]))
            )
        else:
            nodes.append(node)
    found = infer(replace(graph, nodes=tuple(nodes)), rules, verify=False, sizes=True)
    left = [node for node in found.nodes if node.id in reached and not _is_operation(node, known) and _is_left(node)]
    if not left:
        return found
    first = {node.id: replace(node, outputs=tuple([_opened(port, None, 1) for port in node.outputs])) for node in left}
    found = replace(found, nodes=tuple([first.get(node.id, node) for node in found.nodes]))
    return infer(found, rules, verify=False, sizes=True)


def _batch(graph: Graph) -> int | None:
    """Return the batch that the file fixes, None where it leaves it open."""
    inputs = set(graph.inputs)
    shapes = [port.tensor.shape for node in graph.nodes if node.id in inputs for port in node.outputs[:1]]
    sizes = {shape[0] for shape in shapes if shape}
    only = sizes.pop() if len(sizes) == 1 else None
    return only if isinstance(only, int) and only > 1 else None


def _reached(graph: Graph) -> set[str]:
    """Return the nodes that depend on an input."""
    readers: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        readers.setdefault(edge.source, []).append(edge)
    reached = set(graph.inputs)
    pending = list(graph.inputs)
    while pending:
        for edge in readers.get(pending.pop(), ()):
            if edge.target not in reached:
                reached.add(edge.target)
                pending.append(edge.target)
    return reached


def _keeps(node: Node, known: Rules, batch: int | None) -> bool:
    """Tell whether a node's output has the batch in front, and inference cannot find that out."""
    call = call_of(node, known)
    if not call.is_operation:
        return call.op not in known or call.op == "Lambda"
    targets = [call.attributes.get(key) for key in _TARGETS]
    return batch is not None and any(isinstance(target, tuple) and target[:1] == (batch,) for target in targets)


def _is_operation(node: Node, known: Rules) -> bool:
    return call_of(node, known).is_operation


def _is_left(node: Node) -> bool:
    """Tell whether the first axis of an output is still open."""
    return any(port.tensor.shape and not isinstance(port.tensor.shape[0], int) for port in node.outputs)


def _opened(port: Port, batch: int | None, kept: Dim) -> Port:
    """Return a port with `kept` in place of an open first axis, or of one of the file's batch."""
    shape = port.tensor.shape
    if not shape or (isinstance(shape[0], int) and shape[0] != batch):
        return port
    return _first(port, kept)


def _first(port: Port, dim: Dim) -> Port:
    shape = port.tensor.shape
    return replace(port, tensor=Tensor(shape=(dim, *shape[1:]) if shape else shape, dtype=port.tensor.dtype))
