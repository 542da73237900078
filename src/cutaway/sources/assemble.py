"""A Model to a Graph: every call of every nested model is opened, and edges run between the innermost nodes.

An InputLayer of a nested model is no node: who reads it is fed from outside, and it names a port of the scope. It stays
a node (kind OTHER, fed from outside) in four cases, where flow would be lost otherwise: nobody inside reads it, it is
an output of its model as it is, a mask is laid on it, or the model is inside a TimeDistributed, whose time axis goes
away there. Such a
wrapper is a scope with the inner model's nodes in it, and one node of its own at the end, `wrapper/wrapper`, where the
time axis comes back. What opens more than a hundred thousand calls is refused.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType

from cutaway.errors import InternalError, UnsupportedError, warn
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope, ScopePort, Tensor, Value, Weight
from cutaway.record import replace
from cutaway.sources.blueprint import Argument, Call, Layer, Model
from cutaway.sources.files import PORTS
from cutaway.sources.kinds import layer_kind, operation_kind
from cutaway.sources.opened import End, Opened, Opening, Step, follow
from cutaway.typed import TypeVar

T = TypeVar("T")
_UNKNOWN = Tensor()
_DEPTH = itemgetter(0)


def assemble(model: Model, *, quiet: bool = False) -> tuple[Graph, Mapping[str, Layer]]:
    """Return the graph of a model, and the layer behind the id of each node and each scope.

    Warns of tensors that go nowhere, unless it is to be `quiet` because it has done so before.
    Raises InputError where references lead nowhere, UnsupportedError where nesting multiplies beyond all measure.
    """
    assembly = _Assembly(Opening(model))
    for opened in () if quiet else assembly.opening.scopes:
        _warn_of_lost(opened)
    if sum(assembly.widths.values()) > PORTS:
        raise UnsupportedError(f"cannot open {model.name!r}: its calls give over {PORTS} tensors")
    return assembly.graph(), assembly.layers


class _Assembly:
    """A graph in the making: first the wires, then what is known of tensors, then nodes, edges and scopes."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self.layers: dict[str, Layer] = {}  # of scopes too
        self.wires: dict[str, list[tuple[Argument, End | None]]] = {}
        self.widths: dict[str, int] = {}
        self.known: dict[End, Tensor] = {}
        self._told: list[tuple[int, End, Tensor]] = []
        self._ports: dict[tuple[str, int], Port] = {}
        for step in opening.steps:
            self._wire(step)
        self._outer_calls()
        self._results = [(result.name, follow(opening.whole, result.source)) for result in opening.whole.model.outputs]
        for port in [port for _, port in self._results] + [
            port for each in opening.scopes for port in self._given(each)
        ]:
            if port is not None:
                self._tell(0, port, _UNKNOWN)
        for _, port, tensor in sorted(self._told, key=_DEPTH, reverse=True):  # what is said outside counts more
            before = self.known.get(port)
            self.known[port] = tensor if before is None else tensor.filled(before)

    def graph(self) -> Graph:
        """Return the finished graph."""
        whole = self.opening.whole
        model = whole.model
        inputs = [whole.nodes[place, 0] for place in model.inputs if (place, 0) in whole.nodes]
        inputs += [
            whole.nodes[place, 0]
            for place, layer in enumerate(model.layers)
            if layer.op == "InputLayer" and place not in model.inputs and (place, 0) in whole.nodes
        ]
        return Graph(
            name=model.name,
            op=model.op,
            nodes=tuple([self._node(step) for step in self.opening.steps]),
            edges=tuple(
                [
                    Edge(port[0], target, port[1], index)
                    for target, wires in self.wires.items()
                    for index, (_, port) in enumerate(wires)
                    if port is not None
                ]
            ),
            scopes=tuple(self._scope(opened) for opened in self.opening.scopes),
            inputs=tuple(dict.fromkeys(inputs)),
            outputs=tuple(Output(name=name, node=end[0], port=end[1]) for name, end in self._results if end),
        )

    def _wire(self, step: Step) -> None:
        """Follow the arguments of one node to where they come from."""
        node, where, place = step
        start, depth = where, where.depth
        ports: list[int] = []
        arguments: Sequence[Argument]
        if place is None:
            layer, call = _required(where.layer, where), where.call
            arguments = [Argument(result.source, name=result.name) for result in where.model.outputs]
            depth -= 1
        else:
            layer = where.model.layers[place[0]]
            call = layer.calls[place[1]]
            arguments = call.arguments
            if place[0] in where.entries:
                given = [each for each in where.given() if each[1] == where.entries[place[0]]]
                ports, arguments = [port for port, _, _ in given], [argument for _, _, argument in given]
                start = where.parent or where
        self.layers[node] = layer
        for tensor, told in enumerate(call.outputs):
            self._tell(depth, (node, tensor), told)
        self.widths[node] = max(1, len(call.outputs), self.widths.get(node, 0))
        self.wires[node] = wires = []
        for number, argument in enumerate(arguments):
            passed = [(where, ports[number])] if ports else []
            port = follow(start, argument.source, passed)
            for opened, entry in passed:
                opened.feeds.setdefault(entry, []).append((node, number))
            wires.append((argument, port))
            if port is not None:
                self._tell(start.depth, port, argument.tensor)

    def _outer_calls(self) -> None:
        """Note what the calls of nested models say of the tensors that enter and leave them."""
        for opened in self.opening.scopes:
            parent = _required(opened.parent, opened)
            self.layers[str(opened.scope)] = _required(opened.layer, opened)
            for _, _, argument in opened.given():
                port = follow(parent, argument.source)
                if port is not None:
                    self._tell(parent.depth, port, argument.tensor)
            for port, tensor in zip(self._given(opened), opened.call.outputs, strict=False):
                if port is not None:
                    self._tell(parent.depth, port, tensor)

    def _given(self, opened: Opened) -> list[End | None]:
        """Return the ports that a nested model's outputs are."""
        if opened.exit is not None:
            return [(opened.exit, tensor) for tensor in range(len(opened.model.outputs))]
        return [follow(opened, result.source) for result in opened.model.outputs]

    def _tell(self, depth: int, port: End, tensor: Tensor) -> None:
        node, place = port
        if place >= self.widths.get(node, 1):
            self.widths[node] = place + 1
        if tensor.shape is not None or tensor.dtype is not None:
            self._told.append((depth, port, tensor))

    def _node(self, step: Step) -> Node:
        node, where, place = step
        layer, wires, width = self.layers[node], self.wires[node], self.widths[node]
        entry = place is not None and place[0] in where.entries
        call = where.call if place is None else layer.calls[place[1]]
        known = self.known
        taken = [self._port(each.name, each.tensor if end is None else known.get(end, _UNKNOWN)) for each, end in wires]
        names = ["output"] if width == 1 else [f"output {tensor}" for tensor in range(width)]
        given = [self._port(name, known.get((node, tensor), _UNKNOWN)) for tensor, name in enumerate(names)]
        return Node(  # as the many layers in `serialized.layer_of`
            node,
            layer.name,
            layer.op,
            _kind(layer, where, len(wires), entry=entry),
            tuple(taken),
            tuple(given),
            _attributes(layer, call),
            () if entry or layer.operation or place is None else _weights(layer, where),
            layer.trainable and where.trainable,
            where.scope,
            layer.computes,
            self.opening.firsts.get(node),
            layer.custom,
            not layer.operation,
        )

    def _port(self, name: str, tensor: Tensor) -> Port:
        """Return a port, of equal ones the same: most tensors of a model are of a few types, each made once."""
        key = name, id(tensor)  # which is of one type for as long as the assembly holds all of them
        found = self._ports.get(key)
        if found is None:
            found = self._ports[key] = Port(name, tensor)
        return found

    def _scope(self, opened: Opened) -> Scope:
        layer, parent = _required(opened.layer, opened), _required(opened.parent, opened)
        names = [opened.model.layers[place].name for place in opened.model.inputs]
        given = {number: argument for number, _, argument in opened.given()}
        inputs = []
        for number in dict.fromkeys((*range(len(names)), *given)):
            argument = given.get(number)
            port = None if argument is None else follow(parent, argument.source)
            tensor = _UNKNOWN if argument is None else argument.tensor
            tensor = tensor if port is None else self.known.get(port, tensor)
            tensor = tensor if number >= len(names) else tensor.filled(opened.declared(number))
            name = names[number] if number < len(names) or argument is None else argument.name
            ends = tuple(PortRef(*end) for end in opened.feeds.get(number, ()))
            inputs.append(ScopePort(name=name, tensor=tensor, ends=ends))
        outputs = [
            ScopePort(name=result.name, tensor=self.known.get(port, _UNKNOWN), ends=(PortRef(*port),))
            for result, port in zip(opened.model.outputs, self._given(opened), strict=True)
            if port is not None
        ]
        return Scope(
            id=str(opened.scope),
            name=layer.name,
            op=layer.op,
            parent=parent.scope,
            inputs=tuple(inputs),
            outputs=tuple(outputs),
            attributes=_attributes(layer, opened.call),
        )


def _kind(layer: Layer, where: Opened, tensors: int, *, entry: bool) -> Kind:
    if entry or layer.op == "InputLayer":
        return Kind.INPUT if where.parent is None else Kind.OTHER
    if layer.operation:
        return operation_kind(layer.computes or layer.op, tensors)
    return layer_kind(layer.op, layer.attributes)


def _weights(layer: Layer, where: Opened) -> tuple[Weight, ...] | None:
    """Return a layer's weights; none is trained in what freezes all in it, whatever the layer says."""
    if where.trainable or not layer.weights:
        return layer.weights
    return tuple([replace(weight, trainable=False) for weight in layer.weights])


def _attributes(layer: Layer, call: Call) -> Mapping[str, Value]:
    if not call.constants:
        return layer.attributes
    return MappingProxyType({**layer.attributes, "call": call.constants})


def _warn_of_lost(opened: Opened) -> None:
    for name in opened.call.astray:
        warn(
            f"the tensor that the nested model {opened.scope!r} is given as {name!r} is not drawn:"
            " nothing tells where it goes in there",
        )


def _required(value: T | None, opened: Opened) -> T:
    """Return what each nested model has, and only the whole one lacks."""
    if value is None:
        raise InternalError(f"{opened.model.name!r} was taken for a nested model, but nothing calls it")
    return value
