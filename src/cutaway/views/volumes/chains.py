"""Chains: which nodes stand one behind the other in one run, as their tensors flow from one to the next."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from itertools import pairwise
from math import ceil

from cutaway.graph import Edge, Graph
from cutaway.record import Record


class Chain(Record):
    """Nodes one behind the other, and the edges inside that skip some of them."""

    nodes: tuple[str, ...]
    joined: tuple[Edge, ...] = ()
    skips: tuple[Edge, ...] = ()


def chains(graph: Graph, cuts: Collection[str] = ()) -> tuple[Chain, ...]:
    """Return the nodes of a graph in chains, which end before the nodes that are `cuts`.

    All that leads into a chain ends at its first node, and all that leads out of it leaves from its last: so chains are
    in no circle, and a line between two of them crosses neither.
    """
    return _Chaining(graph, cuts).result()


class _Chaining:
    def __init__(self, graph: Graph, cuts: Collection[str]) -> None:
        self._graph = graph
        self._into: dict[str, list[Edge]] = {node.id: [] for node in graph.nodes}
        self._out_of: dict[str, list[Edge]] = {node.id: [] for node in graph.nodes}
        self._scope: Mapping[str, str | None] = {node.id: node.scope for node in graph.nodes}
        self._cuts = frozenset(cuts)
        for edge in graph.edges:
            self._into[edge.target].append(edge)
            self._out_of[edge.source].append(edge)

    def result(self) -> tuple[Chain, ...]:
        """Break chains where lines from elsewhere arrive or leave, until there is none."""
        found = self._grown()
        while True:
            parted = [part for chain in found for part in self._parted(chain)]
            if len(parted) == len(found):
                return tuple([self._made(chain) for chain in found])
            found = parted

    def _grown(self) -> list[list[str]]:
        """Return chains as long as they can be if only what arrives counts."""
        home: dict[str, list[str]] = {}
        found: list[list[str]] = []
        for node in self._graph.nodes:
            chain = self._before(node.id, home)
            if chain is None:
                chain = []
                found.append(chain)
            chain.append(node.id)
            home[node.id] = chain
        return found

    def _before(self, node: str, home: Mapping[str, list[str]]) -> list[str] | None:
        """Return the chain that a node continues."""
        if node in self._cuts:
            return None
        for edge in self._into[node]:
            chain = home.get(edge.source)
            if chain and chain[-1] == edge.source:
                inside = all(home.get(each.source) is chain for each in self._into[node])
                return chain if inside and self._scope[edge.source] == self._scope[node] else None
        return None

    def _parted(self, chain: list[str]) -> list[list[str]]:
        """Break a chain at the first place where a line arrives from elsewhere or leaves."""
        members = set(chain)
        for place, node in enumerate(chain):
            arrives = place and any(edge.source not in members for edge in self._into[node])
            leaves = place and any(edge.target not in members for edge in self._out_of[chain[place - 1]])
            if arrives or leaves:
                return [chain[:place], chain[place:]]
        return [chain]

    def _made(self, chain: list[str]) -> Chain:
        places = {node: place for place, node in enumerate(chain)}
        joined: dict[str, Edge] = {}
        skips: list[Edge] = []
        for node in chain:
            for edge in self._into[node]:
                if edge.source not in places:
                    continue
                if places[node] - places[edge.source] == 1 and node not in joined:
                    joined[node] = edge
                else:
                    skips.append(edge)
        return Chain(nodes=tuple(chain), joined=tuple(joined.values()), skips=tuple(skips))


def last_branches(graph: Graph, chains: Sequence[Chain]) -> frozenset[str]:
    """Return the node of the last of several chains that begin alike, if it is alone in it."""
    home = {node: place for place, chain in enumerate(chains) for node in chain.nodes}
    sources: dict[int, set[str]] = {}
    for edge in graph.edges:
        if home[edge.source] != home[edge.target]:
            sources.setdefault(home[edge.target], set()).add(edge.source)
    alike: dict[frozenset[str], list[int]] = {}
    for place, found in sorted(sources.items()):
        alike.setdefault(frozenset(found), []).append(place)
    return frozenset(
        [
            chains[places[-1]].nodes[-1]
            for places in alike.values()
            if len(places) > 1 and len(chains[places[-1]].nodes) == 1
        ]
    )


def parted(chain: Chain, reach: Mapping[str, float], room: float, stages: Mapping[str, Hashable]) -> tuple[Chain, ...]:
    """Return a chain without skips in parts that have room, where a new stage begins; whole where it has none.

    `reach` tells how far each node reaches from the beginning of the chain.
    """
    count = ceil(max(reach[node] for node in chain.nodes) / room)
    begins = [place for place in range(1, len(chain.nodes)) if _begins(chain.nodes, place, stages)]
    cuts = {0}
    for number in range(1, count):
        wish = number / count * max(reach.values())
        cuts.update(sorted(begins, key=lambda place: abs(reach[chain.nodes[place - 1]] - wish))[:1])
    ends = [*sorted(cuts), len(chain.nodes)]
    found: list[Chain] = []
    for start, end in pairwise(ends):
        nodes = chain.nodes[start:end]
        found.append(Chain(nodes=nodes, joined=tuple([each for each in chain.joined if each.target in nodes[1:]])))
    return tuple(found)


def _begins(nodes: Sequence[str], place: int, stages: Mapping[str, Hashable]) -> bool:
    return stages[nodes[place]] != stages[nodes[place - 1]]
