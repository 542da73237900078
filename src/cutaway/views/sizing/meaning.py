"""What the axes of outputs mean, followed through a graph: from what layers state, and from where their axes come.

A rule of shapes is asked what it makes of inputs whose sizes are names; where these come out again, there are the axes.
What no layer states and no rule tells is read from its readers, then by how axes were split and joined, and last by the
number of axes.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.shapes.call import Rule, call_of
from cutaway.analysis.shapes.rules import Rules
from cutaway.analysis.traverse import ordered
from cutaway.graph import Dim, Edge, Graph, Kind, Node, Tensor
from cutaway.record import replace
from cutaway.typed import parts
from cutaway.views.sizing.axes import SPATIAL, Axes, AxisName, known_size
from cutaway.views.sizing.regrouping import lettered, likely, regrouped
from cutaway.views.sizing.stated import Names, made, wanted

__all__ = ["Axes", "axes_of", "meanings"]

Traced = Sequence[AxisName | None]

_NAMES: Mapping[Dim, AxisName] = MappingProxyType({name: name for name in parts(AxisName)})
_KEEPING = frozenset(
    (Kind.INPUT, Kind.NORMALIZATION, Kind.ACTIVATION, Kind.REGULARIZATION, Kind.PREPROCESSING, Kind.MERGE)
)
"""Kinds of layers whose output has the axes of what they read, where it has as many."""
_FAR = 200
"""So many layers behind an output are asked what they take it for."""
_NO_RULES: Mapping[str, Rule] = MappingProxyType({})


def axes_of(node: Node, tensor: Tensor, port: int = 0) -> Axes:
    """Return what the axes of an output of a node mean, as far as the node alone tells; see `meanings`."""
    if tensor.shape is None:
        return Axes()
    rank = max(0, len(tensor.shape) - 1)
    return _axes(made(node, port, rank) or likely((), rank), tensor)


def meanings(graph: Graph, rules: Mapping[str, Rule] = _NO_RULES) -> dict[str, tuple[Axes, ...]]:
    """Return what the axes of all outputs mean, by the ids of nodes; `rules` of shapes are the caller's own."""
    return _Meaning(graph, rules).result()


class _Meaning:
    """A graph while its axes are followed from the inputs on."""

    def __init__(self, graph: Graph, rules: Mapping[str, Rule]) -> None:
        self.graph = graph
        self.layers = Rules(rules)
        self.nodes = {node.id: node for node in graph.nodes}
        self.into: dict[str, dict[int, Edge]] = {}
        self.readers: dict[tuple[str, int], list[Edge]] = {}
        for edge in graph.edges:
            if edge.source in self.nodes and edge.target in self.nodes:
                self.into.setdefault(edge.target, {})[edge.target_port] = edge
                self.readers.setdefault((edge.source, edge.source_port), []).append(edge)
        self.found: dict[tuple[str, int], Names | None] = {}

    def result(self) -> dict[str, tuple[Axes, ...]]:
        for node in ordered(self.graph):
            self._visit(self.nodes[node])
        return {
            node.id: tuple([
                _axes(self.found.get((node.id, place)) or (), port.tensor)
                if (node.id, place) in self.found
                else axes_of(node, port.tensor, place)
                for place, port in enumerate(node.outputs)
            ])
            for node in self.graph.nodes
        }  # fmt: skip

    def _visit(self, node: Node) -> None:
        before = self._before(node)
        traced: Sequence[Traced | None] | None = None
        for place, port in enumerate(node.outputs):
            if port.tensor.shape is None:
                continue
            rank = max(0, len(port.tensor.shape) - 1)
            names = made(node, place, rank) or self._kept(node, before, rank)
            if names is None and before:
                traced = self._traced(node, before) if traced is None else traced
                names = self._followed(node, place, before, traced[place] if place < len(traced) else None)
            known = next(iter(before.values()), ())
            self.found[node.id, place] = _whole(names or self._read(node, place, rank) or likely(known, rank))

    def _before(self, node: Node) -> dict[int, Names]:
        """Return what the axes of a node's inputs are, by their ports, as far as that is known."""
        edges = self.into.get(node.id, {})
        known = {port: self.found.get((edge.source, edge.source_port)) for port, edge in sorted(edges.items())}
        return {port: names for port, names in known.items() if names is not None}

    def _kept(self, node: Node, before: Mapping[int, Names], rank: int) -> Names | None:
        """Return the axes of an input of as many, where a layer keeps them."""
        return next((names for names in before.values() if len(names) == rank), None) if node.kind in _KEEPING else None

    def _traced(self, node: Node, before: Mapping[int, Names]) -> Sequence[Traced | None]:
        """Return the axes that come out, by their names, where the rule of a node is given names for sizes."""
        call = call_of(node, self.layers)
        rule = self.layers.of(call)
        if rule is None:
            return ()
        inputs = [
            Tensor(shape=(_batch(port.tensor), *before[place]), dtype=port.tensor.dtype)
            if place in before
            else port.tensor
            for place, port in enumerate(node.inputs)
        ]
        shapes = [tensor.shape for tensor in rule(replace(call, inputs=tuple(inputs)))]
        return [None if shape is None else [_NAMES.get(dim) for dim in shape[1:]] for shape in shapes]

    def _followed(self, node: Node, place: int, before: Mapping[int, Names], traced: Traced | None) -> Names | None:
        """Return the axes of an output that come from inputs, those that do not by what stands around them."""
        shape = node.outputs[place].tensor.shape or (None,)
        rank, first = len(shape) - 1, next(iter(before))
        equation = node.attributes.get("equation")
        if node.operation == "EinsumDense" and isinstance(equation, str):
            told = lettered(equation, before[first])
            if told is not None and len(told) == rank:
                return told
        if traced is not None and len(traced) == rank and any(traced):
            if None not in traced:
                return tuple([name for name in traced if name is not None])
            alike = next((names for names in before.values() if len(names) == rank), ())
            return self._read(node, place, rank) or _completed(traced, alike)
        sizes = node.inputs[first].tensor.shape if first < len(node.inputs) else None
        read = self._read(node, place, rank)
        if read is not None or sizes is None or len(sizes) != len(before[first]) + 1:
            return read
        return regrouped(before[first], sizes[1:], shape[1:])

    def _read(self, node: Node, place: int, rank: int) -> Names | None:
        """Return what the first layer takes the axes of an output for that states it, behind layers that keep them."""
        seen, waiting = {(node.id, place)}, [(node.id, place)]
        for each in waiting:  # grows while it is walked
            if len(seen) > _FAR:
                break
            for edge in self.readers.get(each, ()):
                reader = self.nodes[edge.target]
                stated = wanted(reader, rank)
                if stated is not None:
                    return stated
                following = (reader.id, 0)
                if reader.kind in _KEEPING and following not in seen and _rank(reader) == rank:
                    seen.add(following)
                    waiting.append(following)
        tensor = node.outputs[place].tensor
        return ("length",) if node.kind is Kind.INPUT and rank == 1 and _counts(tensor) else None


def _completed(traced: Traced, alike: Names) -> Names:
    """Return the names of axes, those that are open as they were in an input of as many, or by their place."""
    found: list[AxisName] = []
    for place, name in enumerate(traced):
        if name is not None:
            found.append(name)
        elif alike:
            found.append(alike[place])
        elif place == len(traced) - 1:
            found.append("channels")
        else:
            found.append("length" if len(traced) == 2 else "heads" if traced[-1] == "channels" else "other")
    return tuple(found)


def _whole(names: Names) -> Names:
    """Return the names of axes, one that is left of an image as the length of a sequence, as in reading lines."""
    left = [name for name in names if name in SPATIAL]
    return tuple(["length" if name in left else name for name in names]) if len(left) == 1 else names


def _axes(names: Names, tensor: Tensor) -> Axes:
    if tensor.shape is None:
        return Axes()
    return Axes(names=names, sizes=tuple([known_size(dim) for dim in tensor.shape[1:]]))


def _batch(tensor: Tensor) -> Dim:
    return tensor.shape[0] if tensor.shape else None


def _rank(node: Node) -> int | None:
    shape = node.outputs[0].tensor.shape if node.outputs else None
    return None if shape is None else len(shape) - 1


def _counts(tensor: Tensor) -> bool:
    """Tell whether a tensor holds integers, as rows of tokens do."""
    return (tensor.dtype or "").startswith(("int", "uint")) and tensor.shape is not None and tensor.shape[1:] != (1,)
