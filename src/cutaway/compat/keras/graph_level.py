"""The layers of a model of which there is a Graph alone, each once, with what is known of its calls."""

from cutaway.analysis.collapse import collapse
from cutaway.compat.keras.level import Item, Level, outputs_of, tensors_of
from cutaway.compat.keras.listing import Connection
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port
from cutaway.record import replace


def of_graph(graph: Graph) -> Level:
    """Return the level of a model of which there is a Graph alone."""
    closed = collapse(graph, 0).graph
    layers: dict[str, list[Node]] = {}
    for node in closed.nodes:
        layers.setdefault(node.name, []).append(node)
    calls = {node.id: (name, call) for name, nodes in layers.items() for call, node in enumerate(nodes)}
    given: dict[str, list[Connection]] = {}
    for edge in sorted(closed.edges, key=lambda edge: edge.target_port):
        name, call = calls[edge.source]
        given.setdefault(edge.target, []).append(Connection(name, call, edge.source_port))
    scopes = {scope.id for scope in graph.scopes}
    items = [
        Item(
            name=name,
            op=nodes[0].op,
            outputs=tuple(outputs_of(node) for node in nodes),
            connections=tuple(tuple(given.get(node.id, ())) for node in nodes),
            weights=nodes[0].weights,
            trainable=nodes[0].trainable if nodes[0].weights != () else nodes[0].trainable is not False,
            operation=not nodes[0].is_layer,
            inner=of_graph(_part(graph, nodes[0].id)) if nodes[0].id in scopes else None,
        )
        for name, nodes in layers.items()
    ]
    return Level(
        name=graph.name,
        op=graph.op,
        items=tuple(items),
        outputs=tuple(tensors_of(graph)),
        sequential=graph.op == "Sequential",
    )


def _part(graph: Graph, scope: str) -> Graph:
    """Return a scope as a Graph of its own, with inputs where tensors enter it."""
    whole = next(each for each in graph.scopes if each.id == scope)
    within = {scope}
    for each in graph.scopes:
        if each.parent in within:
            within.add(each.id)
    nodes = [
        replace(node, scope=None if node.scope == scope else node.scope) for node in graph.nodes if node.scope in within
    ]
    inside = {node.id for node in nodes}
    entries = [
        Node(
            id=f"{scope}/input {number}",
            name=port.name,
            op="InputLayer",
            kind=Kind.INPUT,
            outputs=(Port(name="output", tensor=port.tensor),),
            weights=(),
        )
        for number, port in enumerate(whole.inputs)
    ]
    fed = [
        Edge(source=entry.id, target=end.node, target_port=end.port)
        for entry, port in zip(entries, whole.inputs, strict=True)
        for end in port.ends
    ]
    edges = [edge for edge in graph.edges if edge.source in inside and edge.target in inside]
    return Graph(
        name=whole.name,
        op=whole.op,
        nodes=(*entries, *nodes),
        edges=(*fed, *edges),
        scopes=tuple(
            replace(each, parent=None if each.parent == scope else each.parent)
            for each in graph.scopes
            if each.id in within and each.id != scope
        ),
        inputs=tuple(entry.id for entry in entries),
        outputs=tuple(
            Output(name=port.name, node=end.node, port=end.port) for port in whole.outputs for end in port.ends
        ),
    )
