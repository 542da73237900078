"""Shapes and types from the graph alone, without a framework: one rule for each family of layers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from cutaway.analysis.shapes.call import Call, Rule, Tensors, call_of
from cutaway.analysis.shapes.rules import Rules
from cutaway.analysis.traverse import ordered
from cutaway.errors import warn
from cutaway.graph import Edge, Graph, Node, Port, PortRef, Scope, ScopePort, Tensor
from cutaway.record import replace

__all__ = ["Call", "Rule", "infer"]


_NO_RULES: Mapping[str, Rule] = MappingProxyType({})
_EACH_STEP = "TimeDistributed"
_TARGET_PORT = attrgetter("target_port")
_Fill = Callable[[Tensor, Tensor], Tensor]


def infer(
    graph: Graph,
    rules: Mapping[str, Rule] = _NO_RULES,
    *,
    verify: bool = True,
    sizes: bool = False,
    settle: "Callable[[Node], Node] | None" = None,
) -> Graph:
    """Return the graph with unknown tensors of inputs and outputs filled in, as far as rules reach.

    What is stored wins over what is inferred, and what no rule knows stays unknown. With `verify`, a caller gets a
    CutawayWarning wherever the two disagree, which names both. Without it (as for figures) rules are asked only where
    an output is open, and a contradiction in what is stored goes unnoticed; the graph is the same either way.
    With `sizes`, single sizes that are open are filled in too, as after those of the inputs were changed; what then
    still is may be settled by a function of a node, before those that follow on it are looked at.
    `rules` are the caller's own, by class name, and go before the built-in ones:

    >>> def doubled(call):
    ...     return (Tensor(shape=(*call.shape[:-1], 2 * call.shape[-1]), dtype=call.dtype),)
    >>> infer(Graph(name="empty"), rules={"MyDoubling": doubled}).nodes
    ()
    """
    known = _Known(graph, rules, verify=verify, sizes=sizes)
    for node_id in ordered(graph) if verify or len(known.open) > 1 else known.open:
        if verify or node_id in known.open:
            known.visit(node_id)
            if settle is not None:
                known.nodes[node_id] = settle(known.nodes[node_id])
    nodes = tuple([known.nodes[node.id] for node in graph.nodes])
    scopes = tuple([_scope(scope, known.nodes, known.fill) for scope in graph.scopes])
    return replace(graph, nodes=nodes, scopes=scopes)


class _Known:
    """What is known of each node so far; `open` are those that leave anything so."""

    def __init__(self, graph: Graph, rules: Mapping[str, Rule], *, verify: bool, sizes: bool) -> None:
        self.rules = rules
        self.fill: _Fill = Tensor.filled
        if sizes:
            from cutaway.analysis.tensors import sized

            self.fill = sized
        self.verify = verify
        self.sizes = sizes
        self.layers = Rules(rules)
        self.scopes = {scope.id: scope for scope in graph.scopes}
        self.nodes = {node.id: node for node in graph.nodes}
        self.open = {node.id for node in graph.nodes if self._is_open((*node.inputs, *node.outputs))}
        self.incoming: dict[str, list[Edge]] = {}
        self.stated: dict[PortRef, Tensor] = {}
        if not self.open:
            return
        entries = {
            end: port.tensor
            for scope in graph.scopes
            for port in scope.inputs
            for end in port.ends
            if scope.op != _EACH_STEP and port.tensor.shape is not None
        }
        for edge in graph.edges if entries else ():
            stated = entries.get(PortRef(edge.target, edge.target_port))
            if stated is not None and edge.source in self.open:
                self.stated.setdefault(PortRef(edge.source, edge.source_port), stated)
        for edge in sorted([edge for edge in graph.edges if edge.target in self.open], key=_TARGET_PORT):
            if edge.source in self.nodes:
                self.incoming.setdefault(edge.target, []).append(edge)
        for edge in graph.edges:
            if edge.source in self.open and edge.target in self.nodes:
                self._take_back(edge)

    def _take_back(self, edge: Edge) -> None:
        """Let an output that says nothing of itself be what its reader stored."""
        source = self.nodes[edge.source]
        stored = _port(self.nodes[edge.target].inputs, edge.target_port)
        if stored is not None:
            outputs = _changed(source.outputs, edge.source_port, stored.tensor, Tensor.filled)
            if outputs is not source.outputs:
                self.nodes[edge.source] = replace(source, outputs=outputs)

    def visit(self, node_id: str) -> None:
        """Fill in a node's inputs from its feeders, and its outputs by the rule of its class."""
        node = self.nodes[node_id]
        inputs = node.inputs
        for edge in self.incoming.get(node_id, ()):
            given = _port(self.nodes[edge.source].outputs, edge.source_port)
            if given is not None:
                inputs = _changed(inputs, edge.target_port, given.tensor, self.fill)
        if inputs is not node.inputs:
            node = replace(node, inputs=inputs)
        if node.outputs and (self.verify or self._is_open(node.outputs)):
            found = self._outputs(node)
            if self.verify or not self.sizes:  # else it was told before, of the sizes that were open then
                _compare(node, found, self.rules)
            outputs = _settled(node, found, self.fill)
            outputs = self._as_stated(node_id, outputs)
            node = node if outputs is node.outputs else replace(node, outputs=outputs)
        self.nodes[node_id] = node

    def _as_stated(self, node_id: str, outputs: tuple[Port, ...]) -> tuple[Port, ...]:
        """Let what no rule knows be what the nested model that it enters says of its input."""
        for place, port in enumerate(outputs if self.stated else ()):
            stated = self.stated.get(PortRef(node_id, place))
            if stated is not None and port.tensor.shape is None:
                outputs = _changed(outputs, place, stated, Tensor.filled)
        return outputs

    def _outputs(self, node: Node) -> Tensors:
        scope = self.scopes.get(node.scope) if node.scope is not None else None
        if scope is not None and scope.op == _EACH_STEP and (node.op == "InputLayer" or _leaves(node, scope)):
            return self._at_border(node, scope)
        call = call_of(node, self.layers)
        rule = self.layers.of(call)
        return () if rule is None else rule(call)

    def _at_border(self, node: Node, scope: Scope) -> Tensors:
        """Take the time axis away where a tensor enters the model that runs at each step; put it back at the end."""
        if node.op == "InputLayer":
            return tuple(_one_step(port.tensor) for port in node.inputs[:1])
        from cutaway.analysis.shapes.recurrent import with_steps

        entered = _seen_at(scope.inputs[0], self.nodes, self.fill).shape if scope.inputs else None
        if entered is None or len(entered) < 2:
            return ()
        return tuple(with_steps(port.tensor, entered[1]) for port in node.inputs)

    def _is_open(self, ports: Iterable[Port]) -> bool:
        for port in ports:
            tensor = port.tensor
            if tensor.shape is None or tensor.dtype is None:
                return True
            if self.sizes and not all(isinstance(dim, int) for dim in tensor.shape):
                return True
        return False


def _port(ports: Sequence[Port], place: int) -> Port | None:
    return ports[place] if place < len(ports) else None


def _changed(ports: tuple[Port, ...], place: int, tensor: Tensor, fill: _Fill) -> tuple[Port, ...]:
    """Return `ports` with what one of them leaves open taken from `tensor`."""
    before = ports[place].tensor if place < len(ports) else Tensor()
    after = fill(before, tensor)
    if place >= len(ports) or after == before:
        return ports
    return (*ports[:place], replace(ports[place], tensor=after), *ports[place + 1 :])


def _compare(node: Node, found: Tensors, ruled: Mapping[str, Rule]) -> None:
    from cutaway.analysis.tensors import describe, disagree

    for port, tensor in zip(node.outputs, found, strict=False):
        if disagree(port.tensor, tensor):
            from cutaway.analysis.rules import source_of

            warn(
                f"the file says that {port.name!r} of {node.op} {node.id!r} is {describe(port.tensor)}, but by "
                f"{source_of(node, ruled)} it is {describe(tensor)}; the file's is shown",
            )


def _settled(node: Node, found: Tensors, fill: _Fill) -> tuple[Port, ...]:
    outputs = node.outputs
    for place, (_, tensor) in enumerate(zip(outputs, found, strict=False)):
        outputs = _changed(outputs, place, tensor, fill)
    return outputs


def _leaves(node: Node, scope: Scope) -> bool:
    return any(end.node == node.id for port in scope.outputs for end in port.ends)


def _scope(scope: Scope, nodes: Mapping[str, Node], fill: _Fill) -> Scope:
    return replace(
        scope,
        inputs=tuple(replace(port, tensor=_seen_at(port, nodes, fill)) for port in scope.inputs),
        outputs=tuple(_made(port, nodes, fill) for port in scope.outputs),
    )


def _one_step(tensor: Tensor) -> Tensor:
    shape = tensor.shape
    return replace(tensor, shape=(shape[0], *shape[2:]) if shape is not None and len(shape) > 1 else None)


def _seen_at(port: ScopePort, nodes: Mapping[str, Node], fill: _Fill) -> Tensor:
    for end in port.ends:
        entered = _port(nodes[end.node].inputs, end.port) if end.node in nodes else None
        if entered is not None:
            return fill(port.tensor, entered.tensor)
    return port.tensor


def _made(port: ScopePort, nodes: Mapping[str, Node], fill: _Fill) -> ScopePort:
    for end in port.ends:
        made = _port(nodes[end.node].outputs, end.port) if end.node in nodes else None
        if made is not None:
            return replace(port, tensor=fill(port.tensor, made.tensor))
    return port
