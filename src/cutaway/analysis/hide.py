"""A Graph without some of its nodes, edges going through where they were, and nothing lost."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from cutaway.analysis.accounts import output_line
from cutaway.analysis.collapse import Collapsed
from cutaway.analysis.traverse import ordered, scopes_around
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope
from cutaway.record import Record, replace


class Hidden(Record):
    """A graph without some nodes, and what of it stands for them: `kept` could not be hidden, and tells why.

    The line to an output may stand for hidden nodes too; its key is its `output_line`.
    """

    collapsed: Collapsed
    nodes: tuple[Node, ...]
    kept: Mapping[str, str]


def hide(graph: Graph, nodes: Collection[str]) -> Hidden:
    """Return the graph without `nodes`; edges go through from what feeds a hidden node to what it feeds.

    What stays nevertheless: inputs of the model, what joins several tensors (or none) into an output of it, and what
    is connected to nothing that is shown.
    """
    hiding = _Hiding(graph, frozenset(nodes))
    return hiding.result()


class _Hiding:
    """A graph while nodes are taken out of it."""

    def __init__(self, graph: Graph, nodes: frozenset[str]) -> None:
        self.graph = graph
        self.nodes = {node.id: node for node in graph.nodes}
        self.into: dict[str, list[Edge]] = {node: [] for node in self.nodes}
        self.out_of: dict[str, list[Edge]] = {node: [] for node in self.nodes}
        for edge in graph.edges:
            self.into[edge.target].append(edge)
            self.out_of[edge.source].append(edge)
        self.kept: dict[str, str] = {}
        self.hidden = [each for each in ordered(graph) if each in nodes and not self._is_input(each)]
        self.gone = set(self.hidden)
        self.sources: dict[str, tuple[PortRef, ...]] = {}
        self.stands_for: dict[str, dict[str, None]] = {}

    def result(self) -> Hidden:
        """Return what is left."""
        self._find_sources()
        edges = self._edges()
        outputs = tuple([self._output(output) for output in self.graph.outputs])
        self._account_ends()
        nodes, scopes = self._nodes(edges), self._scopes()
        shown = replace(self.graph, nodes=nodes, edges=tuple(edges), outputs=outputs, scopes=scopes)
        accounts = MappingProxyType({key: tuple(ids) for key, ids in self.stands_for.items()})
        hidden = tuple([self.nodes[each] for each in self.hidden if each in self.gone])
        return Hidden(collapsed=Collapsed(graph=shown, stands_for=accounts), nodes=hidden, kept=self.kept)

    def _is_input(self, node: str) -> bool:
        is_input = self.nodes[node].kind is Kind.INPUT and node in self.graph.inputs
        if is_input:
            self.kept[node] = "a figure shows all inputs of its model"
        return is_input

    def _find_sources(self) -> None:
        """Find the shown ports that feed each hidden node, through hidden ones, and keep what cannot be hidden.

        In the order of the flow: what is kept changes only what comes behind it.
        """
        results = {output.node for output in self.graph.outputs}
        for each in self.hidden:
            found: dict[PortRef, None] = {}
            for edge in self.into[each]:
                found.update(dict.fromkeys(self._sources_of(edge)))
            self.sources[each] = tuple(found)
            if each in results and len(found) != 1:
                self._keep(each, "an output of the model needs one place that it comes from")
            elif not found and not self._shown_targets(each):
                self._keep(each, "it is connected to nothing that is shown")

    def _keep(self, node: str, why: str) -> None:
        self.kept[node] = why
        self.gone.discard(node)

    def _sources_of(self, edge: Edge) -> tuple[PortRef, ...]:
        return self.sources[edge.source] if edge.source in self.gone else (PortRef(edge.source, edge.source_port),)

    def _shown_targets(self, node: str) -> list[str]:
        seen, waiting, found = {node}, [node], list[str]()
        while waiting:
            for edge in self.out_of[waiting.pop()]:
                if edge.target in self.gone and edge.target not in seen:
                    waiting.append(edge.target)
                elif edge.target not in seen:
                    found.append(edge.target)
                seen.add(edge.target)
        return found

    def _edges(self) -> list[Edge]:
        """Return the edges between shown nodes; one that goes through stands for all that it replaces."""
        found: list[Edge] = []
        self.ports = {node.id: list(node.inputs) for node in self.graph.nodes}
        for edge in self.graph.edges:
            if edge.target in self.gone:
                continue
            if edge.source not in self.gone:
                found.append(edge)
                continue
            for place, source in enumerate(self.sources[edge.source]):
                port = edge.target_port if place == 0 else self._further(edge)
                new = Edge(source=source.node, source_port=source.port, target=edge.target, target_port=port)
                found.append(new)
                self._account(new.id, [edge.id])
                self._account_behind(new.id, edge.source, source)
        return found

    def _further(self, edge: Edge) -> int:
        """Return a new port of an edge's target, for another tensor of what fed its port."""
        ports = self.ports[edge.target]
        ports.append(ports[edge.target_port] if edge.target_port < len(ports) else Port(name=f"input {len(ports)}"))
        return len(ports) - 1

    def _account(self, key: str, ids: Collection[str]) -> None:
        self.stands_for.setdefault(key, {}).update(dict.fromkeys(ids))

    def _account_behind(self, key: str, node: str, source: PortRef) -> None:
        """Let a line from `source` stand for the hidden nodes and edges through which it comes to and from `node`."""
        seen, waiting = {node}, [node]
        while waiting:
            each = waiting.pop()
            self._account(key, [each])
            for edge in self.into[each]:
                if source not in self._sources_of(edge):
                    continue
                self._account(key, [edge.id])
                if edge.source in self.gone and edge.source not in seen:
                    seen.add(edge.source)
                    waiting.append(edge.source)

    def _output(self, output: Output) -> Output:
        if output.node not in self.gone:
            return output
        (source,) = self.sources[output.node]
        moved = replace(output, node=source.node, port=source.port)
        self._account_behind(output_line(moved), output.node, source)
        return moved

    def _account_ends(self) -> None:
        """Let shown nodes stand for what is hidden beside them and lies on no line between shown ones."""
        told = {each for ids in self.stands_for.values() for each in ids}
        for each in reversed(self.hidden):  # what nothing shown follows: the last shown node before it tells of it
            if each in self.gone and each not in told:
                near = self.sources[each][0].node if self.sources[each] else self._shown_targets(each)[0]
                self._account(near, [each])
        told_by = {each: key for key, ids in self.stands_for.items() for each in ids}
        for edge in self.graph.edges:
            ends = [end for end in (edge.source, edge.target) if end in self.gone]
            if ends and edge.id not in told_by:
                self._account(told_by[ends[0]], [edge.id])

    def _nodes(self, edges: Collection[Edge]) -> tuple[Node, ...]:
        grown = {edge.target for edge in edges if edge.target_port >= len(self.nodes[edge.target].inputs)}
        return tuple(
            [
                replace(node, inputs=tuple(self.ports[node.id])) if node.id in grown else node
                for node in self.graph.nodes
                if node.id not in self.gone
            ]
        )

    def _scopes(self) -> tuple[Scope, ...]:
        """Return the scopes that still hold a node; what stands for a node of an empty one stands for that too."""
        parents = {scope.id: scope.parent for scope in self.graph.scopes}
        held = scopes_around([node.scope for node in self.graph.nodes if node.id not in self.gone], parents)
        for key, ids in self.stands_for.items():
            scopes = [self.nodes[each].scope for each in ids if each in self.gone]
            self._account(key, [each for each in scopes_around(scopes, parents) if each not in held])
        emptied = scopes_around([self.nodes[each].scope for each in self.gone], parents)
        return tuple([scope for scope in self.graph.scopes if scope.id in held or scope.id not in emptied])
