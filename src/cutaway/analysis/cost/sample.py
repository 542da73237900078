"""A Graph as it is for a batch of one."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from cutaway.analysis.cost.batch import front, in_doubt
from cutaway.analysis.shapes import infer
from cutaway.analysis.shapes.call import Call, Rule, Tensors, call_of
from cutaway.analysis.shapes.equation import bind, parse
from cutaway.analysis.shapes.rules import LAYERS, Rules
from cutaway.graph import Dim, Edge, Graph, Node, Port, Value
from cutaway.record import Record, replace

_TARGETS = ("newshape", "shape")
"""The arguments in which operations hold a whole shape, batch and all."""


class Sample(Record):
    """A graph for a batch of one; the nodes `in_doubt` may make more rows of it than their shapes say."""

    graph: Graph
    in_doubt: frozenset[str]


def of_one(graph: Graph, rules: Mapping[str, Rule]) -> Sample:
    """Return the graph with the shapes that it has for a batch of one, also where a file says another batch.

    The batch is the first axis of the inputs, of the same size where a file fixes it; from there on it is followed by
    inference, so that an axis into which it was reshaped has its right size, and tensors that do not depend on an input
    keep their first axis. Where no rule tells what a layer makes of it, `batch` does.
    """
    inputs = set(graph.inputs)
    batch = _batch(graph)
    rules = {"EinsumDense": einsum_dense, **rules}
    known = Rules(rules)
    reached = _reached(graph)
    nodes = []
    for node in graph.nodes:
        if node.id in inputs:
            nodes.append(replace(node, outputs=tuple([_opened(port, batch, 1) for port in node.outputs])))
        elif node.id in reached:
            kept = _target(node, known, batch)
            ins = tuple([_opened(port, batch, None) for port in node.inputs])
            nodes.append(
                replace(node, inputs=ins, outputs=tuple([_opened(port, batch, kept) for port in node.outputs]))
            )
        else:
            nodes.append(node)
    fed = {(edge.target, edge.target_port) for edge in graph.edges}
    opened = replace(graph, nodes=tuple(nodes))
    settling = _Settling(graph, known, batch, fed)
    made = infer(opened, rules, verify=False, sizes=True, settle=settling)
    return Sample(graph=made, in_doubt=in_doubt(made, settling.doubtful, reached))


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


def _target(node: Node, known: Rules, batch: int | None) -> int | None:
    """Return how many rows of one sample an operation makes that is told a whole shape with a fixed batch in front."""
    if batch is None or not _is_operation(node, known):
        return None
    targets = [target for key in _TARGETS if isinstance(target := node.attributes.get(key), tuple)]
    rows = [_share(target[0], batch) for target in targets if target]
    return next((each for each in rows if each is not None), None)


def _share(dim: Value, batch: int | None) -> int | None:
    """Return how often the batch that a file fixes goes into an axis, None where it does not."""
    return dim // batch if batch is not None and isinstance(dim, int) and dim > 0 and dim % batch == 0 else None


def _is_operation(node: Node, known: Rules) -> bool:
    """Tell an operation from a layer, which a config without type and trainability may be too if it is a custom one."""
    if node.trainable is not None:  # as almost every layer says
        return False
    call = call_of(node, known)
    if not call.is_operation:
        return False
    from cutaway.analysis.shapes.operations import RULES  # which models of layers alone do not need

    return node.computes is not None or call.op in RULES


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


class _Settling:
    """Put a first axis where nothing else tells what is there; of the nodes `doubtful` it is a guess."""

    def __init__(self, graph: Graph, known: Rules, batch: int | None, fed: AbstractSet[tuple[str, int]]) -> None:
        self.known = known
        self.batch = batch
        self.fed = fed
        self.stored = {node.id: node.outputs for node in graph.nodes}
        self.doubtful: set[str] = set()

    def __call__(self, node: Node) -> Node:
        """Return a node with its first axes, after its inputs have theirs."""
        untold = self._is_untold(node)
        if not untold and not _is_left(node, self.known, self.fed):
            return node
        rows, doubt = front(node)
        outputs = []
        for port, stored in zip(node.outputs, self.stored[node.id], strict=True):
            told = _share((stored.tensor.shape or (None,))[0], self.batch)
            if _is_open(port) and told is None and doubt:
                self.doubtful.add(node.id)
            outputs.append(_opened(port, None, rows if told is None else told))
        fed = [(node.id, place) in self.fed for place in range(len(node.inputs))]
        inputs = [port if is_fed else _opened(port, None, 1) for port, is_fed in zip(node.inputs, fed, strict=True)]
        return replace(node, inputs=tuple(inputs), outputs=tuple(outputs))

    def _is_untold(self, node: Node) -> bool:
        """Tell whether no rule says what a node makes of the batch."""
        return not _is_operation(node, self.known) and (
            call_of(node, self.known).op not in self.known or node.op == "Lambda"
        )


def _is_open(port: Port) -> bool:
    shape = port.tensor.shape
    return shape is not None and shape != () and not isinstance(shape[0], int)


def _opened(port: Port, batch: int | None, kept: Dim) -> Port:
    """Return a port with `kept` in place of an open first axis, or of one that the file's batch is in."""
    shape = port.tensor.shape
    if not shape or (isinstance(shape[0], int) and _share(shape[0], batch) is None):
        return port
    return replace(port, tensor=replace(port.tensor, shape=(kept, *shape[1:])))
