"""Blocks that are alike but for what lies on a shortcut: nothing in the one, a projection in the other.

He et al. 2016, "Deep residual learning", figure 3 and section 3.3: a shortcut is the identity, or where sizes change a
projection. One drawing explains both, and a sentence says what lies on the shortcut.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

from cutaway.analysis.fold import Pattern
from cutaway.record import record

_Source = tuple[str, int]


@record
class Form:
    """What a pattern is, names and numbers apart; equal forms have equal nodes at equal places of `nodes`."""

    told: Hashable
    nodes: tuple[str, ...]


def form(pattern: Pattern, without: Sequence[str] = ()) -> Form | None:
    """Return the form of a pattern `without` a chain of nodes, what enters it going on to where it leads.

    None where a node leads nowhere.
    """
    sources = _sources(pattern)
    past = {(last, 0): sources[without[0], _first(sources, without[0])] for last in without[-1:]}
    inputs: dict[str, list[tuple[int, _Source]]] = {
        node.id: [] for node in pattern.graph.nodes if node.id not in without
    }
    for (node, port), source in sorted(sources.items()):
        if node in inputs:
            inputs[node].append((port, past.get(source, source)))
    order = _ordered(inputs, [port.node for port in pattern.exits])
    if len(order) < len(inputs):
        return None
    entries: dict[_Source, int] = {}
    operations = {node.id: node.operation for node in pattern.graph.nodes}
    told = []
    for node in order:
        fed = [
            (port, order[name], out) if name in order else (port, -1 - entries.setdefault((name, out), len(entries)), 0)
            for port, (name, out) in inputs[node]
        ]
        told.append((operations[node], tuple(fed)))
    exits = tuple([(order[port.node], port.port) for port in pattern.exits])
    return Form(told=(tuple(told), exits), nodes=tuple(order))


def chains(pattern: Pattern) -> Iterator[tuple[str, ...]]:
    """Yield the chains of nodes that lead from where something else begins too to a node of several inputs."""
    sources = _sources(pattern)
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


def _sources(pattern: Pattern) -> dict[tuple[str, int], _Source]:
    """Return what feeds each input port: an output port, or a tensor from outside by its number."""
    sources: dict[tuple[str, int], _Source] = {
        (edge.target, edge.target_port): (edge.source, edge.source_port) for edge in pattern.graph.edges
    }
    return sources | {
        (port.node, port.port): ("", number) for port, number in zip(pattern.entries, pattern.fed, strict=True)
    }


def _first(sources: dict[tuple[str, int], _Source], node: str) -> int:
    return min(port for name, port in sources if name == node)


def _ordered(inputs: dict[str, list[tuple[int, _Source]]], ends: Sequence[str]) -> dict[str, int]:
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
