"""Blocks that are alike but for what lies on a shortcut: nothing in the one, a projection in the other.

He et al. 2016, "Deep residual learning", figure 3 and section 3.3: a shortcut is the identity, or where sizes change a
projection. One drawing explains both, and a sentence says what lies on the shortcut.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

from cutaway.analysis.fold import Pattern
from cutaway.record import Record

Source = tuple[str, int]
"""A node and its port, or no node and the number of a tensor from outside."""


class Form(Record):
    """What a pattern is, names and numbers apart; equal forms have equal nodes at equal places of `nodes`.

    `entries` are what enters it, equal ones at equal places too.
    """

    told: Hashable
    nodes: tuple[str, ...]
    entries: tuple[Source, ...]


def form(pattern: Pattern, without: Sequence[str] = (), behind: Collection[str] = ()) -> Form | None:
    """Return the form of a pattern `without` a chain of nodes, what enters it going on to where it leads.

    Of nodes that others are `behind`, only the tensors that these others take are told: they enter. None where a node
    leads nowhere.
    """
    sources = origins(pattern)
    past = {(last, 0): sources[without[0], _first(sources, without[0])] for last in without[-1:]}
    inputs: dict[str, list[tuple[int, Source]]] = {
        node.id: [] for node in pattern.graph.nodes if node.id not in without and node.id not in behind
    }
    for (node, port), source in sorted(sources.items()):
        if node in inputs:
            inputs[node].append((port, past.get(source, source)))
    ends = [(port.node, port.port) for port in pattern.exits]
    return told(inputs, ends, {node.id: node.operation for node in pattern.graph.nodes})


def told(
    inputs: Mapping[str, Sequence[tuple[int, Source]]], ends: Sequence[Source], operations: Mapping[str, str]
) -> Form | None:
    """Return the form of the nodes that have these `inputs`; None where one leads to none of the `ends`."""
    order = _ordered(inputs, [node for node, _ in ends])
    if len(order) < len(inputs):
        return None
    entries: dict[Source, int] = {}
    said = []
    for node in order:
        fed = [
            (port, order[name], out) if name in order else (port, -1 - entries.setdefault((name, out), len(entries)), 0)
            for port, (name, out) in inputs[node]
        ]
        said.append((operations[node], tuple(fed)))
    exits = tuple([(order[node], port) for node, port in ends])
    return Form(told=(tuple(said), exits), nodes=tuple(order), entries=tuple(entries))


def chains(pattern: Pattern) -> Iterator[tuple[str, ...]]:
    """Yield the chains of nodes that lead from where something else begins too to a node of several inputs."""
    sources = origins(pattern)
    inputs = Counter(node for node, _ in sources)
    feeds: dict[str, list[str]] = {}
    for (node, _), (source, _) in sources.items():
        feeds.setdefault(source, []).append(node)
    exits = {port.node for port in pattern.exits}
    begun = Counter(pattern.fed)
    for port, number in zip(pattern.entries, pattern.fed, strict=True):
        chain, node = list[str](), port.node
        while inputs[node] == 1 and len(feeds.get(node, ())) == 1 and node not in exits:
            chain.append(node)
            node = feeds[node][0]
        if chain and begun[number] > 1 and inputs[node] > 1:
            yield tuple(chain)


def origins(pattern: Pattern) -> dict[tuple[str, int], Source]:
    """Return what feeds each input port: an output port, or a tensor from outside by its number."""
    sources: dict[tuple[str, int], Source] = {
        (edge.target, edge.target_port): (edge.source, edge.source_port) for edge in pattern.graph.edges
    }
    return sources | {
        (port.node, port.port): ("", number) for port, number in zip(pattern.entries, pattern.fed, strict=True)
    }


def _first(sources: dict[tuple[str, int], Source], node: str) -> int:
    return min(port for name, port in sources if name == node)


def _ordered(inputs: Mapping[str, Sequence[tuple[int, Source]]], ends: Sequence[str]) -> dict[str, int]:
    """Return the nodes that lead to the ends, each behind those that feed it, by their places."""
    order: dict[str, int] = {}
    waiting = list(reversed(ends))
    while waiting:
        node = waiting[-1]
        before = [name for _, (name, _) in inputs[node] if name in inputs and name not in order]
        if before and node not in order:
            waiting += reversed(before)
        else:
            waiting.pop()
            order.setdefault(node, len(order))
    return order
