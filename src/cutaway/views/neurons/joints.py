"""Which edges are drawn as lines between neurons: each to all, each to one, or from a box to all; others are arrows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cutaway.graph import Edge, Graph, Kind, Node
from cutaway.record import Record
from cutaway.typed import Literal
from cutaway.views.naming import keyed_outputs
from cutaway.views.neurons.units import merges, reading

JointKind = Literal["all", "each", "fan", "gather"]
Numbers = Sequence[int | None]
"""The numbers of neurons; None for a box."""

_GOLDEN = 0.6180339887498949


class Joint(Record):
    """Lines between two glyphs, at least one of which is a column: what of the source which neuron reads.

    A `fan` leads from a box to all neurons, `gather` from all neurons to a box.
    """

    source: str
    target: str
    kind: JointKind

    def count(self, starts: Numbers, ends: Numbers) -> int:
        """Return how many lines there are between neurons of these numbers."""
        return len(set(starts).intersection(ends)) if self.kind == "each" else len(starts) * len(ends)

    def pairs(self, starts: Numbers, ends: Numbers, most: int) -> Iterator[tuple[int, int]]:
        """Give the places of the ends of the lines to draw, each once, evenly chosen if there are too many."""
        if self.kind == "each":
            places = {number: place for place, number in enumerate(starts)}
            alike = [(places[number], place) for place, number in enumerate(ends) if number in places]
            yield from alike if len(alike) <= most else [alike[place * len(alike) // most] for place in range(most)]
            return
        most = min(most, len(starts) * len(ends))
        drawn = 0
        for end in range(len(ends)):
            share = most * (end + 1) // len(ends) - drawn
            first = 0 if share == len(starts) else int(len(starts) * (end * _GOLDEN % 1.0))
            yield from [((first + place * len(starts) // share) % len(starts), end) for place in range(share)]
            drawn += share


def joints(graph: Graph, totals: Mapping[str, int], *, gathers: bool) -> dict[str, Joint]:
    """Return the edges, and lines to outputs, that may be drawn as lines between neurons, by their keys.

    `totals` are the numbers of neurons of the nodes that are columns. Lines of all neurons lead to a box where it
    `gathers` them.
    """
    nodes = {node.id: node for node in graph.nodes}
    fed = Counter(edge.target for edge in graph.edges)
    times = Counter((edge.source, edge.target) for edge in graph.edges)
    found: dict[str, Joint] = {}
    for edge in graph.edges:
        if times[edge.source, edge.target] > 1:
            continue  # lines of both would lie on each other
        kind = _kind(edge, nodes, totals, fed[edge.target] == 1)
        if kind is not None and (kind != "gather" or gathers):
            found[edge.id] = Joint(source=edge.source, target=edge.target, kind=kind)
    for key, output in keyed_outputs(graph) if gathers else ():
        if output.node in totals:
            found[key] = Joint(source=output.node, target=key, kind="gather")
    return found


def _kind(
    edge: Edge,
    nodes: Mapping[str, Node],
    totals: Mapping[str, int],
    alone: bool,  # noqa: FBT001 - inside
) -> JointKind | None:
    target = nodes[edge.target]
    if edge.source_port or (edge.target_port and not merges(target)):
        return None
    if edge.target not in totals:
        return "gather" if edge.source in totals else None
    read = reading(target)
    if read == "other" or not (alone or target.kind is Kind.RECURRENT or merges(target)):
        return None
    if edge.source not in totals:
        return "fan" if read == "all" and totals[edge.target] > 1 else None
    if read == "each":
        return "each" if totals[edge.source] == totals[edge.target] else None
    return "all"
