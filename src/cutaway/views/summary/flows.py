"""What each row of a summary is connected to."""

from collections.abc import Iterator, Mapping

from cutaway.graph import Edge, Graph, PortRef
from cutaway.views.summary.tree import Entry, Tree


class Flows:
    """The tensors that flow into the entries of a summary, by the names of where they come from."""

    def __init__(self, graph: Graph, shown: Tree) -> None:
        self._shown = shown
        self._outputs = {node.id: len(node.outputs) for node in graph.nodes}
        self._scopes = {scope.id: scope for scope in graph.scopes}
        self._above = {node.id: node.scope for node in graph.nodes}
        self._into = self._arriving(graph.edges)

    def sources(self, entry: Entry) -> tuple[str, ...]:
        """Return where an entry's inputs come from, in their order: ids, with the port where one has several."""
        arriving = self._into.get(entry.id, [])
        if entry.scope is None:
            return tuple(self._name(edge) for edge in sorted(arriving, key=lambda edge: edge.target_port))
        ports = [end for port in entry.scope.inputs for end in port.ends]
        place = {end: number for number, end in reversed([*enumerate(ports)])}
        far = len(place)
        arriving = sorted(arriving, key=lambda edge: place.get(PortRef(edge.target, edge.target_port), far))
        return tuple(dict.fromkeys(self._name(edge) for edge in arriving))

    def _arriving(self, edges: tuple[Edge, ...]) -> Mapping[str, list[Edge]]:
        """Return the edges that end at each node, or inside a scope that they do not begin in."""
        found: dict[str, list[Edge]] = {}
        for edge in edges:
            found.setdefault(edge.target, []).append(edge)
            entered = self._above.get(edge.target)
            if entered is None or entered == self._above.get(edge.source):
                continue
            left = {*self._around(edge.source)}
            for scope in self._around(edge.target):
                if scope in left:
                    break
                found.setdefault(scope, []).append(edge)
        return found

    def _around(self, node: str) -> Iterator[str]:
        """Give the scopes around a node, innermost first."""
        scope = self._above.get(node)
        while scope is not None and scope in self._scopes:
            yield scope
            scope = self._scopes[scope].parent

    def _name(self, edge: Edge) -> str:
        source = self._shown.visible(edge.source)
        ends_in_number = source.rpartition(":")[2].isdecimal()  # and could be taken for a port
        if source == edge.source:
            told = self._outputs.get(source, 1) > 1 or ends_in_number
            return f"{source}:{edge.source_port}" if told else source
        outputs, end = self._scopes[source].outputs, PortRef(edge.source, edge.source_port)
        port = next((place for place, output in enumerate(outputs) if end in output.ends), None)
        return source if port is None or (len(outputs) == 1 and not ends_in_number) else f"{source}:{port}"


def is_chain(graph: Graph) -> bool:
    """Tell whether each node only passes its one output on to the next one, or nothing is known of the flow."""
    steps = [(first.id, second.id, 0) for first, second in zip(graph.nodes, graph.nodes[1:], strict=False)]
    return not graph.edges or sorted((edge.source, edge.target, edge.source_port) for edge in graph.edges) == sorted(
        steps
    )
