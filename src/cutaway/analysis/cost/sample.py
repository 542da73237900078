"""A Graph as it is for a batch of one."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from cutaway.analysis.shapes import infer
from cutaway.analysis.shapes.call import Call, Rule, Tensors, call_of
from cutaway.analysis.shapes.equation import bind, parse
from cutaway.analysis.shapes.operations import RULES
from cutaway.analysis.shapes.rules import LAYERS, Rules
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
    rules = {"EinsumDense": einsum_dense, **rules}
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
    fed = {(edge.target, edge.target_port) for edge in graph.edges}
    opened = replace(graph, nodes=tuple(nodes))
    return infer(opened, rules, verify=False, sizes=True, settle=lambda node: _settled(node, known, fed))


def einsum_dense(call: Call) -> Tensors:
    """Give the output of an equation; its open axes, which Keras leaves open, are those of the input."""
    made = LAYERS["EinsumDense"](call)
    equation, shape = parse(call.text("equation")), made[0].shape
    bound = bind(equation.inputs[0], call.shape) if equation is not None and equation.inputs and call.shape else None
    if equation is None or bound is None or shape is None or len(shape) != len(equation.output):
        return made
    sizes = dict(bound[0])
    filled = [sizes.get(label) if dim is None else dim for label, dim in zip(equation.output, shape, strict=True)]
    return (replace(made[0], shape=tuple(filled)),)


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
    if not _is_operation(node, known):
        return call_of(node, known).op not in known or node.op == "Lambda"
    targets = [node.attributes.get(key) for key in _TARGETS]
    return batch is not None and any(isinstance(target, tuple) and target[:1] == (batch,) for target in targets)


def _is_operation(node: Node, known: Rules) -> bool:
    """Tell an operation from a layer, which a config without type and trainability may be too if it is a custom one."""
    call = call_of(node, known)
    return call.is_operation and (node.computes is not None or call.op in RULES)


def _is_left(node: Node, known: Rules, fed: AbstractSet[tuple[str, int]]) -> bool:
    """Tell whether a node of which all inputs are known leaves its first axis open, or an input that nothing feeds.

    Of operations only those that keep the rank, and with it the batch in front.
    """
    opened = [place for place, port in enumerate(node.inputs) if _is_open(port)]
    left = [port for port in node.outputs if _is_open(port)]
    if any((node.id, place) in fed for place in opened):
        return False
    if _is_operation(node, known):
        ranks = {len(port.tensor.shape or ()) for port in (*node.inputs[:1], *left)}
        return bool(left) and not opened and len(ranks) == 1
    return bool(opened or left)


def _settled(node: Node, known: Rules, fed: AbstractSet[tuple[str, int]]) -> Node:
    """Return a node with the batch in front, where nothing else tells what is there."""
    if not _is_left(node, known, fed):
        return node
    inputs = [port if (node.id, place) in fed else _opened(port, None, 1) for place, port in enumerate(node.inputs)]
    return replace(node, inputs=tuple(inputs), outputs=tuple([_opened(port, None, 1) for port in node.outputs]))


def _is_open(port: Port) -> bool:
    shape = port.tensor.shape
    return shape is not None and shape != () and not isinstance(shape[0], int)


def _opened(port: Port, batch: int | None, kept: Dim) -> Port:
    """Return a port with `kept` in place of an open first axis, or of one of the file's batch."""
    shape = port.tensor.shape
    if not shape or (isinstance(shape[0], int) and shape[0] != batch):
        return port
    return _first(port, kept)


def _first(port: Port, dim: Dim) -> Port:
    shape = port.tensor.shape
    return replace(port, tensor=Tensor(shape=(dim, *shape[1:]) if shape else shape, dtype=port.tensor.dtype))
