"""What the functional view sees of a model, as values: nodes, edges, and in which rank each node stands."""

from cutaway.compat.visualkeras.layers import subject_of
from cutaway.record import Record
from cutaway.typed import Any


class FunctionalNode(Record):
    """One call of a layer: its name, the layer, the sizes of what it gives, and its rank from the left."""

    node_id: str
    name: str
    layer: Any
    shape: tuple[int | None, ...] | None
    rank: int


class FunctionalEdge(Record):
    """A connection from one node to another."""

    source: str
    target: str


class FunctionalGraph(Record):
    """The nodes and the connections of a model."""

    nodes: tuple[FunctionalNode, ...]
    edges: tuple[FunctionalEdge, ...]

    @classmethod
    def from_model(cls, model: object) -> "FunctionalGraph":
        """Read a model, as the views do."""
        from cutaway.analysis.traverse import ordered

        subject = subject_of(model)
        graph = subject.graph
        ranks: dict[str, int] = {}
        into: dict[str, list[str]] = {}
        for edge in graph.edges:
            into.setdefault(edge.target, []).append(edge.source)
        for node in ordered(graph):
            ranks[node] = max([ranks[source] + 1 for source in into.get(node, ())], default=0)
        nodes = []
        for name, layer in subject.layers.items():
            shape = layer.told.output_shape
            known = shape if isinstance(shape, tuple) else None
            nodes.append(FunctionalNode(node_id=name, name=layer.name, layer=layer.live, shape=known, rank=ranks[name]))
        edges = dict.fromkeys((edge.source, edge.target) for edge in graph.edges)
        return cls(nodes=tuple(nodes), edges=tuple([FunctionalEdge(source=one, target=two) for one, two in edges]))
