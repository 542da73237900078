"""Where lines leave and enter that a caller added or wants in looks of their own; and their heads."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cutaway.compat.keras.dot.painted import Heads
from cutaway.compat.keras.dot.sketch import Arrow
from cutaway.graph import Edge, Node, Port
from cutaway.record import replace


class Ports:
    """Ports of nodes that no other line has, so that none shares a stretch with another."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._outputs = Counter({node.id: max(1, len(node.outputs)) for node in nodes.values()})
        self._inputs = Counter({node.id: len(node.inputs) for node in nodes.values()})

    def output(self, node: str) -> int:
        """Return a port of a node that a line may leave by."""
        self._outputs[node] += 1
        return self._outputs[node] - 1

    def input(self, node: str) -> int:
        """Return a port of a node that a line may enter by."""
        self._inputs[node] += 1
        return self._inputs[node] - 1


def with_ports(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> dict[str, Node]:
    """Return the nodes with all ports that edges lead from and to."""
    found = dict(nodes)
    for edge in edges:
        source = found[edge.source]
        found[edge.source] = replace(source, outputs=_up_to(source.outputs, edge.source_port))
        target = found[edge.target]
        found[edge.target] = replace(target, inputs=_up_to(target.inputs, edge.target_port))
    return found


def _up_to(ports: tuple[Port, ...], place: int) -> tuple[Port, ...]:
    return (*ports, *[Port(name=f"line {each}") for each in range(len(ports), place + 1)])


def heads_of(arrow: Arrow, *, is_directed: bool) -> Heads:
    """Return at which ends of an edge there are arrowheads."""
    said = arrow.attributes
    way = said.get("dir", "forward" if is_directed else "none")
    return Heads(
        at_source=way in {"back", "both"} and said.get("arrowtail") != "none",
        at_target=way in {"forward", "both"} and said.get("arrowhead") != "none",
    )
