"""The invariants of a Graph, and which of them are broken."""

from collections import Counter
from collections.abc import Iterator, Mapping

from cutaway.analysis.traverse import Index, index, ordered
from cutaway.graph import Graph, Kind, PortRef, Scope, ScopePort


def check(graph: Graph) -> tuple[str, ...]:
    """Return the broken invariants of a graph in words; nothing for a sound one.

    Ids are unique over nodes and scopes; edges join ports that exist and feed every input port at most once; scopes are
    a tree, and the ends of their ports exist and lie in them; the inputs are the INPUT nodes; outputs are ports; and
    no tensor flows in a circle.
    """
    known = index(graph)
    return (*_ids(known), *_edges(known), *_scopes(known), *_ends(known), *_borders(known), *_circles(known))


def _ids(known: Index) -> Iterator[str]:
    graph = known.graph
    counts = Counter([node.id for node in graph.nodes] + [scope.id for scope in graph.scopes])
    for identity, count in counts.items():
        if count > 1:
            yield f"{count} nodes and scopes have the id {identity!r}"


def _edges(known: Index) -> Iterator[str]:
    fed: Counter[PortRef] = Counter()
    for edge in known.graph.edges:
        if not _has_output(known, PortRef(edge.source, edge.source_port)):
            yield f"edge {edge.id!r} leaves from output {edge.source_port} of {edge.source!r}, which does not exist"
        target = PortRef(edge.target, edge.target_port)
        if not _has_input(known, target):
            yield f"edge {edge.id!r} ends at input {edge.target_port} of {edge.target!r}, which does not exist"
        fed[target] += 1
    for port, count in fed.items():
        if count > 1:
            yield f"input {port.port} of {port.node!r} is fed by {count} edges"


def _scopes(known: Index) -> Iterator[str]:
    for node in known.graph.nodes:
        if node.scope is not None and node.scope not in known.scopes:
            yield f"node {node.id!r} lies in the scope {node.scope!r}, which does not exist"
    reached = set(_trees(known))
    for scope in known.graph.scopes:
        if scope.parent is not None and scope.parent not in known.scopes:
            yield f"scope {scope.id!r} lies in the scope {scope.parent!r}, which does not exist"
        elif scope.id not in reached:
            yield f"scope {scope.id!r} lies in itself"


def _trees(known: Index) -> list[str]:
    """Return all scopes but those that lie in themselves, those in a scope right behind it."""
    missing = [parent for parent in known.children if parent is not None and parent not in known.scopes]
    return [scope for parent in (None, *missing) for scope in known.below(parent)]


def _ends(known: Index) -> Iterator[str]:
    spans = _spans(known)
    for scope, side, port in _ports(known.graph):
        name = f"{side} {port.name!r} of scope {scope.id!r}"
        for end in port.ends:
            if not (_has_input(known, end) if side == "input" else _has_output(known, end)):
                yield f"{name} stands for {side} {end.port} of {end.node!r}, which does not exist"
            elif not _is_within(known.nodes[end.node].scope, scope.id, spans):
                yield f"{name} stands for {side} {end.port} of {end.node!r}, which lies outside of it"
        if side == "output" and len(port.ends) > 1:
            yield f"{name} has {len(port.ends)} ends"


def _ports(graph: Graph) -> Iterator[tuple[Scope, str, ScopePort]]:
    for scope in graph.scopes:
        yield from [(scope, "input", port) for port in scope.inputs]
        yield from [(scope, "output", port) for port in scope.outputs]


def _spans(known: Index) -> dict[str, range]:
    """Return which places a scope and those in it have among all, by the scope's id."""
    trees = _trees(known)
    spans: dict[str, range] = {}
    for place in reversed(range(len(trees))):
        inner = [spans[each].stop for each in known.children.get(trees[place], ()) if each in spans]
        spans[trees[place]] = range(place, max(inner, default=place + 1))
    return spans


def _is_within(scope: str | None, outer: str, spans: Mapping[str, range]) -> bool:
    """Tell whether a scope is another or lies in it; what lies in itself is told of as that."""
    if scope == outer or outer not in spans:
        return True
    return scope is not None and scope in spans and spans[scope].start in spans[outer]


def _borders(known: Index) -> Iterator[str]:
    graph = known.graph
    for identity, count in Counter(graph.inputs).items():
        node = known.nodes.get(identity)
        if node is None:
            yield f"the model's input {identity!r} does not exist"
        elif node.kind is not Kind.INPUT:
            yield f"the model's input {identity!r} is a node of the kind {node.kind.value!r}"
        if count > 1:
            yield f"the model's input {identity!r} is listed {count} times"
    listed = set(graph.inputs)
    for node in graph.nodes:
        if node.kind is Kind.INPUT and node.id not in listed:
            yield f"node {node.id!r} is of the kind 'input', and the model's inputs do not list it"
    for output in graph.outputs:
        if not _has_output(known, PortRef(output.node, output.port)):
            yield f"the model's output {output.name!r} is {output.node!r}:{output.port}, which does not exist"


def _circles(known: Index) -> Iterator[str]:
    reached = set(ordered(known.graph))
    left = len(known.nodes) - len(reached)
    if left and len(known.nodes) == len(known.graph.nodes):
        first = next(node.id for node in known.graph.nodes if node.id not in reached)
        yield f"tensors flow in a circle: {left} nodes wait for each other, among them {first!r}"


def _has_input(known: Index, port: PortRef) -> bool:
    node = known.nodes.get(port.node)
    return node is not None and 0 <= port.port < len(node.inputs)


def _has_output(known: Index, port: PortRef) -> bool:
    node = known.nodes.get(port.node)
    return node is not None and 0 <= port.port < len(node.outputs)
