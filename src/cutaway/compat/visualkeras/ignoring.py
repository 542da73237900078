"""Leave layers out, while lines go through; inputs and outputs of the model too, if a caller asks for it."""

from collections.abc import Collection, Iterable, Mapping

from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.mistakes import WrongTypeError
from cutaway.errors import warn
from cutaway.graph import Graph, Output
from cutaway.record import replace
from cutaway.typed import Any


def without_ignored(subject: Subject, types: Any, indices: Any, more: Iterable[str] = ()) -> Subject:  # noqa: ANN401
    """Return what is left of a model without layers of these classes, with these indices, and `more` nodes.

    Classes are meant with all that are derived from them, and may be given by their names.
    """
    places = listed("index_ignore", indices)
    _warn_of_missing("index_ignore", places, subject)
    keys = [*listed("type_ignore", types), *places]
    return without(subject, [*subject.meant(keys), *more])


def without(subject: Subject, nodes: Collection[str]) -> Subject:
    """Return what is left of a model without some nodes."""
    if not nodes:
        return subject
    from cutaway.analysis.hide import hide

    graph = subject.graph
    gone = frozenset(nodes)
    graph = _ends_moved(graph, gone)
    found = hide(graph, gone)
    left = _cut(found.collapsed.graph, gone.intersection(found.kept))
    layers = {node.id: subject.layers[node.id] for node in left.nodes}
    return replace(subject, graph=left, layers=layers)


def _ends_moved(graph: Graph, gone: frozenset[str]) -> Graph:
    """Return the graph with outputs taken from the nearest node before, where that is one, that stays."""
    into: dict[str, list[tuple[str, int]]] = {}
    for edge in graph.edges:
        into.setdefault(edge.target, []).append((edge.source, edge.source_port))
    outputs: list[Output] = []
    for output in graph.outputs:
        at = (output.node, output.port)
        while at[0] in gone and len(into.get(at[0], ())) == 1:
            at = into[at[0]][0]
        if at[0] not in gone:
            outputs.append(replace(output, node=at[0], port=at[1]))
    return replace(graph, outputs=tuple(outputs))


def _cut(graph: Graph, gone: Collection[str]) -> Graph:
    """Return the graph without nodes that nothing goes through."""
    if not gone:
        return graph
    return replace(
        graph,
        nodes=tuple([node for node in graph.nodes if node.id not in gone]),
        edges=tuple([edge for edge in graph.edges if edge.source not in gone and edge.target not in gone]),
        inputs=tuple([node for node in graph.inputs if node not in gone]),
        outputs=tuple([output for output in graph.outputs if output.node not in gone]),
    )


def flat_nodes(subject: Subject, indices: Any) -> frozenset[str]:  # noqa: ANN401 - checked by `listed`
    """Return the nodes of the layers that `index_2D` means."""
    wanted = listed("index_2D", indices)
    _warn_of_missing("index_2D", wanted, subject)
    return frozenset(
        [node for node, layer in subject.layers.items() if any(layer.is_counted(index) for index in wanted)]
    )


def _warn_of_missing(name: str, given: Iterable[object], subject: Subject) -> None:
    """Warn of numbers that are of no layer; the last layer is not -1."""
    numbers = [each for each in given if hasattr(each, "__index__")]
    missing = subject.missing(numbers)
    if missing:
        known = [layer.index for layer in subject.layers.values() if layer.index is not None]
        has = f"its layers are 0 to {max(known)}" if known else "it has no layers with numbers"
        warn(f"{name} has {', '.join(map(repr, missing))}, which is no drawn layer of {subject.graph.name!r}: {has}")


def listed(name: str, given: Any) -> list[object]:  # noqa: ANN401 - checked here
    """Return what a caller lists, be it a single one; raises WrongTypeError for what is no list."""
    if given is None:
        return []
    if isinstance(given, str | type | int):
        return [given]
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        raise WrongTypeError(f"{name} must be a list, not {type(given).__name__}: give classes, names or indices")
    return list(given)
