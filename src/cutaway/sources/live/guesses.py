"""The dtypes of the inputs that a subclassed model was traced on, taken back where they were guessed."""

from cutaway.graph import Graph, Port, PortRef, ScopePort, Tensor
from cutaway.record import replace
from cutaway.sources.attributes import reduced
from cutaway.sources.live.nodes import KerasObject, has_graph, held, tensor_of
from cutaway.typed import TypeVar

P = TypeVar("P", Port, ScopePort)

_CERTAIN = frozenset({"batch_shape", "batch_input_shape"})
"""What is known of an input whose dtype is guessed."""


def without_guesses(graph: Graph, model: KerasObject) -> Graph:
    """Return a traced graph without the dtypes of its inputs: Keras does not keep them, so they were a guess.

    What leads into parts that state the types of their inputs, and nowhere else, has these types.
    """
    stated = _stated(graph, model)
    guessed = {key for key in graph.inputs if key not in stated}
    fed = {PortRef(edge.target, edge.target_port) for edge in graph.edges if edge.source in guessed}

    def honest(port: P, *, guess: bool) -> P:
        return replace(port, tensor=Tensor(shape=port.tensor.shape)) if guess else port

    nodes = tuple(
        replace(
            node,
            inputs=tuple(honest(p, guess=PortRef(node.id, place) in fed) for place, p in enumerate(node.inputs)),
            outputs=tuple(honest(port, guess=node.id in guessed) for port in node.outputs),
            attributes=reduced({key: value for key, value in node.attributes.items() if key in _CERTAIN})
            if node.id in guessed
            else node.attributes,
        )
        for node in graph.nodes
    )
    scopes = tuple(
        replace(scope, inputs=tuple(honest(port, guess=not fed.isdisjoint(port.ends)) for port in scope.inputs))
        for scope in graph.scopes
    )
    return replace(graph, nodes=nodes, scopes=scopes)


def _stated(graph: Graph, model: KerasObject) -> frozenset[str]:
    """Return those inputs of a traced graph that are given only to parts that state their types."""
    parts = {part.name: part.inputs for part in held(model) if has_graph(part) and getattr(part, "inputs", None)}
    types: dict[PortRef, str | None] = {}
    for scope in graph.scopes:
        own = parts.get(scope.name) if scope.parent is None else None
        if own is not None and len(own) == len(scope.inputs):
            pairs = zip(own, scope.inputs, strict=True)
            types |= {end: tensor_of(given).dtype for given, port in pairs for end in port.ends}
    made = {node.id: {port.tensor.dtype for port in node.outputs} for node in graph.nodes if node.id in graph.inputs}
    read: dict[str, set[str | None]] = {}
    for edge in graph.edges:
        if edge.source in made:
            read.setdefault(edge.source, set()).add(types.get(PortRef(edge.target, edge.target_port)))
    return frozenset([key for key, found in read.items() if found == made[key] and None not in found])
