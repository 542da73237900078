"""Names for the lengths of sequences that a model leaves open, as far as they are known to be such."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.analysis.shapes import infer
from cutaway.graph import Dim, Graph, Kind, Node
from cutaway.record import replace

_NAMES = "TSUVW"
"""The axis of time is T, as in (B, T, D); a further one, as of a source beside a target, has a letter next to it."""
_RANK = 2
_APART = frozenset({"Concatenate", "Append", "Hstack", "Dstack", "DynamicStitch", "Dot", "Merge"})
"""Merges of tensors whose axes need not be equal: put end to end, or each place of the one with each of the other."""


def named_lengths(graph: Graph) -> Graph:
    """Return the graph with a name for the open length of each input that an embedding reads, of any type.

    Lengths that meet element by element are one, and the length that leaves the model is T. The shapes that follow are
    filled in; an axis of which nothing says what it is stays open.
    """
    inputs = _sequences(graph)
    if not 0 < len(inputs) <= len(_NAMES) or _taken(graph):
        return graph
    names = dict(zip(inputs, _NAMES, strict=False))
    found = _named(graph, names)
    for _ in names:  # each time two lengths become one at least
        same = _met(found)
        if not same:
            break
        names = {each: same.get(name, name) for each, name in names.items()}
        found = _named(graph, names)
    letters = dict(zip(_outer_first(found, names), _NAMES, strict=False))
    if all(name == letter for name, letter in letters.items()):
        return found
    return _named(graph, {each: letters[name] for each, name in names.items()})


def _sequences(graph: Graph) -> list[str]:
    nodes = {node.id: node for node in graph.nodes}
    embedded = {edge.source for edge in graph.edges if nodes[edge.target].kind is Kind.EMBEDDING}
    return [each for each in graph.inputs if each in embedded and _is_open(nodes[each])]


def _is_open(node: Node) -> bool:
    tensor = node.outputs[0].tensor if node.outputs else None
    return tensor is not None and tensor.shape is not None and len(tensor.shape) == _RANK and tensor.shape[1] is None


def _taken(graph: Graph) -> bool:
    """Tell whether the source itself has names for axes."""
    return any(isinstance(dim, str) for node in graph.nodes for port in node.outputs for dim in port.tensor.shape or ())


def _named(graph: Graph, names: Mapping[str, str]) -> Graph:
    def with_length(node: Node) -> Node:
        port = node.outputs[0]
        shape = (*(port.tensor.shape or ())[:1], names[node.id])
        return replace(node, outputs=(replace(port, tensor=replace(port.tensor, shape=shape)), *node.outputs[1:]))

    nodes = tuple([with_length(node) if node.id in names else node for node in graph.nodes])
    return infer(replace(graph, nodes=nodes), verify=False, sizes=True)


def _met(graph: Graph) -> dict[str, str]:
    """Return, by its name, the length that another one turns out to be: both are one axis of what is added up."""
    for node in graph.nodes:
        if node.kind is Kind.MERGE and node.operation not in _APART:
            for dims in _columns([port.tensor.shape for port in node.inputs]):
                first, *others = dict.fromkeys(dim for dim in dims if isinstance(dim, str)) or ("",)
                if others:
                    return dict.fromkeys(others, first)
    return {}


def _columns(shapes: Sequence[tuple[Dim, ...] | None]) -> Iterator[tuple[Dim, ...]]:
    known = [shape for shape in shapes if shape]
    if len({len(shape) for shape in known}) == 1:
        yield from zip(*known, strict=True)


def _outer_first(graph: Graph, names: Mapping[str, str]) -> list[str]:
    """Return the names, those of what leaves the model first."""
    nodes = {node.id: node for node in graph.nodes}
    leaving = [dim for out in graph.outputs for dim in nodes[out.node].outputs[out.port].tensor.shape or ()]
    used = dict.fromkeys(names.values())
    return list(dict.fromkeys([*[dim for dim in leaving if isinstance(dim, str) and dim in used], *used]))
