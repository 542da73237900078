"""A Graph in which wrappers are scopes, with what they wrap in them, and so are layers that tell what they hold."""

from collections.abc import Mapping

from cutaway.compat.keras.held import held_in, is_own
from cutaway.compat.keras.wrappers import Inside, inside
from cutaway.errors import warn
from cutaway.graph import Edge, Graph, Node, PortRef, Scope, ScopePort
from cutaway.record import replace
from cutaway.views.naming import border_names


def unwrapped(graph: Graph) -> Graph:
    """Return a graph, of which the shapes are known, with all wrappers in it opened, however deep.

    So are layers of a user's own classes, as far as anything tells what they hold; warns that this is without the flow.
    """
    unknown: dict[str, None] = {}
    while True:
        borders = border_names(graph)
        insides = {node.id: inside(node) or held_in(node) for node in graph.nodes if node.id not in borders}
        found = {node: each for node, each in insides.items() if each is not None}
        if not found:
            break
        unknown.update((node.owner, None) for node in graph.nodes if node.id in found and node.inputs and is_own(node))
        graph = _Unwrapping(graph, found).result()
    if unknown:
        names = ", ".join(map(repr, unknown))
        warn(f"nothing tells how the layers in {names} hang together: they are shown without connections")
    return graph


class _Unwrapping:
    """A graph while wrappers in it are opened: what is in them, by the ids of their nodes."""

    def __init__(self, graph: Graph, found: Mapping[str, Inside]) -> None:
        self.graph = graph
        self.found = found

    def result(self) -> Graph:
        """Return the graph with scopes in place of wrappers."""
        graph = self.graph
        nodes = [
            each for node in graph.nodes for each in (self.found[node.id].nodes if node.id in self.found else (node,))
        ]
        edges = [self._moved(edge, end) for edge in graph.edges for end in self._ends(edge.target, edge.target_port)]
        results = [(output, self._start(output.node, output.port)) for output in graph.outputs]
        return replace(
            graph,
            nodes=tuple(nodes),
            edges=(*edges, *[edge for each in self.found.values() for edge in each.edges]),
            scopes=(
                *map(self._around, graph.scopes),
                *[_scope(node, self.found[node.id]) for node in graph.nodes if node.id in self.found],
            ),
            outputs=tuple([replace(output, node=end.node, port=end.port) for output, end in results]),
        )

    def _start(self, node: str, port: int) -> PortRef:
        return self.found[node].exits[port] if node in self.found else PortRef(node, port)

    def _ends(self, node: str, port: int) -> tuple[PortRef, ...]:
        return self.found[node].entries[port] if node in self.found else (PortRef(node, port),)

    def _moved(self, edge: Edge, end: PortRef) -> Edge:
        source = self._start(edge.source, edge.source_port)
        return Edge(source=source.node, source_port=source.port, target=end.node, target_port=end.port)

    def _around(self, scope: Scope) -> Scope:
        """Return a scope that was there, with the ends of its ports moved into the wrappers in it."""
        inputs = [
            replace(port, ends=tuple([new for end in port.ends for new in self._ends(end.node, end.port)]))
            for port in scope.inputs
        ]
        outputs = [
            replace(port, ends=tuple([self._start(end.node, end.port) for end in port.ends])) for port in scope.outputs
        ]
        return replace(scope, inputs=tuple(inputs), outputs=tuple(outputs))


def _scope(node: Node, held: Inside) -> Scope:
    """Return the scope that a wrapper becomes."""
    given = zip(node.inputs, held.entries, strict=False)
    made = zip(node.outputs, held.exits, strict=False)
    return Scope(
        id=node.id,
        name=node.name,
        op=node.op,
        parent=node.scope,
        inputs=tuple([ScopePort(name=port.name, tensor=port.tensor, ends=ends) for port, ends in given]),
        outputs=tuple([ScopePort(name=port.name, tensor=port.tensor, ends=(end,)) for port, end in made]),
        attributes=node.attributes,
    )
