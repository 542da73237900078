"""The inside of a block as a reader sees it: what works in it and how that is connected, without what passes by."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from cutaway.analysis.fold.filters import channels_of
from cutaway.analysis.fold.folded import Pattern
from cutaway.graph import Kind, Node, Port

Source: TypeAlias = "str | int"
"""The id of a node inside, or the number of a tensor from outside."""

_PASSING: Final = frozenset({Kind.ACTIVATION, Kind.NORMALIZATION, Kind.REGULARIZATION, Kind.RESHAPE})
_ALSO_PASSING: Final = frozenset(
    {"Cast", "Identity", "StopGradient", "Rescaling", "LayerScale", "StochasticDepth", "DropPath"}
)
_WITH_CONSTANT: Final = frozenset({"Multiply", "Add", "Subtract", "Divide", "TrueDivide"})


class Sketch:
    """A pattern in which what only passes tensors on (activations, normalizations, reshapes) is taken out.

    `exits` are what gives tensors to the outside, `working` all nodes that do not only pass tensors on.
    """

    def __init__(self, pattern: Pattern) -> None:
        self.nodes: dict[str, Node] = {node.id: node for node in pattern.graph.nodes}
        fed: dict[str, dict[int, Source]] = {node: {} for node in self.nodes}
        for edge in pattern.graph.edges:
            fed[edge.target][edge.target_port] = edge.source
        numbers = pattern.fed or range(len(pattern.entries))
        for entry, number in zip(pattern.entries, numbers, strict=False):
            fed[entry.node][entry.port] = number
        self._fed: dict[str, tuple[Source, ...]] = {
            node: tuple([sources[port] for port in sorted(sources)]) for node, sources in fed.items()
        }
        self._channels_first = any(
            node.attributes.get("data_format") == "channels_first" for node in self.nodes.values()
        )
        self._real: dict[str, Source] = {}
        self.exits: tuple[Source, ...] = tuple(dict.fromkeys(self.real(port.node) for port in pattern.exits))
        self.working: tuple[Node, ...] = tuple(node for node in self.nodes.values() if not self.passes(node))

    def ports(self, node: str) -> tuple[Source, ...]:
        """Return what a node reads, port by port."""
        return tuple([self.real(source) for source in self._fed[node]])

    def sources(self, node: str) -> tuple[Source, ...]:
        """Return what a node reads, each once, in the order of the ports."""
        return tuple(dict.fromkeys(self.ports(node)))

    def real(self, source: Source) -> Source:
        """Return what a tensor comes from, before all that only passes it on."""
        way: list[str] = []
        while isinstance(source, str) and source not in self._real and self.passes(self.nodes[source]):
            way.append(source)
            source = self._fed[source][0]
        if isinstance(source, str):
            source = self._real.get(source, source)
        self._real.update(dict.fromkeys(way, source))
        return source

    def channels(self, ports: Sequence[Port]) -> int | None:
        """Return the channels of the first of some tensors, None where unknown."""
        return channels_of(ports, first=self._channels_first)

    def joins(self, node: Node) -> bool:
        """Tell whether a node puts the channels of several tensors behind each other."""
        axis, shape = node.attributes.get("axis"), node.outputs[0].tensor.shape if node.outputs else None
        if node.operation != "Concatenate" or not isinstance(axis, int):
            return node.operation == "Concatenate"
        wanted = 1 if self._channels_first else -1
        return axis % len(shape) == wanted % len(shape) if shape else axis == wanted or (axis > 1 and wanted < 0)

    def passes(self, node: Node) -> bool:
        """Tell whether a node only passes a tensor on."""
        if len(set(self._fed[node.id])) != 1 or node.kind is Kind.INPUT:
            return False
        return (
            node.kind in _PASSING
            or node.operation in _ALSO_PASSING
            or node.op.endswith("Dropout")
            or (len(self._fed[node.id]) == 1 and node.operation in _WITH_CONSTANT)
        )
