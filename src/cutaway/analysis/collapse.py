"""A Graph with some of its scopes closed into one node each, every flow over their borders kept, and what is hidden."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from cutaway.analysis.traverse import Index, index
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope, ScopePort, Weight
from cutaway.record import Record, replace

_NOWHERE: Mapping[str, str] = MappingProxyType({})


class Collapsed(Record):
    """A graph with closed scopes, and what was hidden.

    `stands_for` tells, by the id of a node or an edge of `graph`, which ids of the original it accounts for besides its
    own: a closed scope for the nodes, edges and scopes in it, an edge at its border for the edges that it replaces.
    """

    graph: Graph
    stands_for: Mapping[str, tuple[str, ...]]


def collapse(graph: Graph, depth: int | None) -> Collapsed:
    """Return the graph with scopes open down to `depth` levels and closed below; 0 closes all, None none."""
    return close(graph, scopes_at(graph, depth))


def scopes_at(graph: Graph, depth: int | None) -> tuple[str, ...]:
    """Return the scopes that lie in as many others; none for None."""
    if depth is None or not graph.scopes:
        return ()
    known = index(graph)
    return tuple([scope.id for scope in graph.scopes if len(known.enclosing(scope.id)) == depth])


def close(graph: Graph, scopes: Collection[str], inside: Mapping[str, str] = _NOWHERE) -> Collapsed:
    """Return the graph with each of `scopes` as one node of the scope's id and ports, edges attached to these.

    Edges that end at one port and come from one port become one. A flow over the border that the scope's ports do not
    name gets a port of its own, so none is lost. A scope within a closed one goes with it. `inside` are the scopes of
    nodes that lie elsewhere than they say.
    """
    if not scopes:
        return Collapsed(graph=graph, stands_for=MappingProxyType({}))
    known, closed = index(graph, inside), frozenset(scopes)
    shut: dict[str | None, str] = {}
    for scope in graph.scopes:
        around = [each for each in (*known.enclosing(scope.id), scope.id) if each in closed]
        if around:
            shut[scope.id] = around[0]
    return _Closing(known, shut).result()


class _Closing:
    """A graph while scopes are closed; `shut` names, for each scope that goes, the closed one it goes into."""

    def __init__(self, known: Index, shut: Mapping[str | None, str]) -> None:
        self.known = known
        self.shut = shut
        owner = {node: shut[scope] for scope, nodes in known.members.items() if scope in shut for node in nodes}
        self.owner = {node: owner[node] for node in known.nodes if node in owner}
        closed = dict.fromkeys(shut.values())
        self.inputs = {each: _ports(known.scopes[each].inputs) for each in closed}
        self.outputs = {each: _ports(known.scopes[each].outputs) for each in closed}
        self.entries = {each: _places(known.scopes[each].inputs) for each in closed}
        self.exits = {each: _places(known.scopes[each].outputs) for each in closed}
        self.unnamed: dict[tuple[str, PortRef], int] = {}
        self.hidden: dict[str, list[str]] = {each: [] for each in closed}

    def result(self) -> Collapsed:
        """Return the graph, and by the ids in it what those of nodes and edges stand for."""
        graph = self.known.graph
        edges, merged = self._edges()
        scopes = tuple(self._opened(scope) for scope in graph.scopes if scope.id not in self.shut)
        outputs = tuple(self._output(output) for output in graph.outputs)
        for node, owner in self.owner.items():
            self.hidden[owner].append(node)
        for scope in graph.scopes:
            if scope.id in self.shut and self.shut[scope.id] != scope.id:
                self.hidden[self.shut[scope.id]].append(scope.id)
        nodes = self._nodes()
        inputs = tuple(dict.fromkeys(self.owner.get(node, node) for node in graph.inputs))
        closed = replace(graph, nodes=nodes, edges=edges, scopes=scopes, inputs=inputs, outputs=outputs)
        accounts = {each: tuple(ids) for each, ids in (self.hidden | merged).items()}
        return Collapsed(graph=closed, stands_for=MappingProxyType(accounts))

    def _edges(self) -> tuple[tuple[Edge, ...], dict[str, list[str]]]:
        """Return the edges that stay, and the ids that each of those that are not the original's stands for."""
        kept: dict[str, Edge] = {}
        merged: dict[str, list[str]] = {}
        feeds: dict[PortRef, PortRef] = {}
        for edge in self.known.graph.edges:
            start, end = self.owner.get(edge.source), self.owner.get(edge.target)
            if start is None and end is None:
                kept[edge.id] = edge
            elif start == end and start is not None:
                self.hidden[start].append(edge.id)
            else:
                source = self._exit(PortRef(edge.source, edge.source_port))
                target = self._entry(PortRef(edge.target, edge.target_port), source)
                if feeds.setdefault(target, source) != source:
                    target = self._further(target, edge)
                new = Edge(source=source.node, source_port=source.port, target=target.node, target_port=target.port)
                kept.setdefault(new.id, new)
                merged.setdefault(new.id, []).append(edge.id)
        return tuple(kept.values()), merged

    def _entry(self, end: PortRef, source: PortRef | None = None) -> PortRef:
        """Return where an input port is after the closing; a flow that the scope does not name gets a new port.

        One tensor that several layers inside take, from one `source`, enters by one port, as a block and its shortcut.
        """
        owner = self.owner.get(end.node)
        if owner is None:
            return end
        if end not in self.entries[owner]:
            place = None if source is None else self.unnamed.get((owner, source))
            if place is None:
                place = len(self.inputs[owner])
                self.inputs[owner].append(self.known.nodes[end.node].inputs[end.port])
                if source is not None:
                    self.unnamed[owner, source] = place
            self.entries[owner][end] = place
        return PortRef(owner, self.entries[owner][end])

    def _exit(self, end: PortRef) -> PortRef:
        """Return where an output port is after the closing; a flow that the scope does not name gets a new port."""
        owner = self.owner.get(end.node)
        if owner is None:
            return end
        if end not in self.exits[owner]:
            self.exits[owner][end] = len(self.outputs[owner])
            self.outputs[owner].append(self.known.nodes[end.node].outputs[end.port])
        return PortRef(owner, self.exits[owner][end])

    def _further(self, taken: PortRef, edge: Edge) -> PortRef:
        """Return a new port for an edge whose port another source feeds already."""
        ports = self.inputs[taken.node]
        ports.append(self.known.nodes[edge.target].inputs[edge.target_port])
        return PortRef(taken.node, len(ports) - 1)

    def _opened(self, scope: Scope) -> Scope:
        """Return a scope that stays, its ports' ends moved to the closed ones in it."""
        inputs = tuple(
            replace(port, ends=tuple(dict.fromkeys(self._entry(end) for end in port.ends))) for port in scope.inputs
        )
        outputs = tuple(replace(port, ends=tuple(self._exit(end) for end in port.ends)) for port in scope.outputs)
        return replace(scope, inputs=inputs, outputs=outputs)

    def _output(self, output: Output) -> Output:
        port = self._exit(PortRef(output.node, output.port))
        return replace(output, node=port.node, port=port.port)

    def _nodes(self) -> tuple[Node, ...]:
        """Return the nodes that stay, each closed scope in the place of the first node in it."""
        found: dict[str, Node] = {}
        for node in self.known.graph.nodes:
            owner = self.owner.get(node.id)
            if owner is None:
                found[node.id] = node
            elif owner not in found:
                found[owner] = self._closed(owner)
        for owner in self.hidden:
            if owner not in found:  # nothing lies in it
                found[owner] = self._closed(owner)
        return tuple(found.values())

    def _closed(self, scope: str) -> Node:
        whole = self.known.scopes[scope]
        within = [self.known.nodes[node] for node in self.known.inside(scope)]
        said = {node.trainable for node in within if node.weights != () and node.trainable is not None}
        return Node(
            id=whole.id,
            name=whole.name,
            op=whole.op,
            kind=Kind.OTHER,
            inputs=tuple(self.inputs[scope]),
            outputs=tuple(self.outputs[scope]),
            attributes=whole.attributes,
            weights=_weights(within),
            trainable=None if not said else True in said,
            scope=whole.parent,
        )


def _ports(ports: tuple[ScopePort, ...]) -> list[Port]:
    return [Port(name=port.name, tensor=port.tensor) for port in ports]


def _places(ports: tuple[ScopePort, ...]) -> dict[PortRef, int]:
    """Return which port of a scope each end belongs to: the first that has it."""
    found: dict[PortRef, int] = {}
    for place, port in enumerate(ports):
        for end in port.ends:
            found.setdefault(end, place)
    return found


def _weights(nodes: Collection[Node]) -> tuple[Weight, ...] | None:
    """Return the weights of all nodes, each once; None where those of any are unknown."""
    found: dict[str, Weight] = {}
    for node in nodes:
        if node.weights is None:
            return None
        found.update((weight.key, weight) for weight in node.weights)
    return tuple(found.values())
