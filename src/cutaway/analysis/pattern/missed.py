"""Why a pattern is found nowhere, though a reader may see it: a node in it reads or feeds something else too."""

from collections.abc import Mapping
from itertools import pairwise

from cutaway.analysis.pattern.grammar import read
from cutaway.analysis.pattern.match import matches
from cutaway.analysis.pattern.program import Take
from cutaway.analysis.select.terms import context
from cutaway.analysis.traverse import ordered
from cutaway.graph import Graph


def why_missed(graph: Graph, pattern: str) -> str:
    """Return what keeps a chain of nodes from being found, and a pattern that finds it; empty where that is unknown."""
    tests = [each.test for each in read(pattern) if isinstance(each, Take)]
    parts = [part.strip() for part in pattern.split(">")]
    if len(parts) != len(tests) or len(tests) != len(read(pattern)):
        return ""
    nodes, known, order = {node.id: node for node in graph.nodes}, context(graph), ordered(graph)
    into, out_of = _neighbours(graph)
    paths = {node: [node] for node in order if tests[0](nodes[node], known)}
    for place, test in enumerate(tests[1:], 1):
        if not paths:
            return f"nothing in it is {parts[0]!r}"
        longer = [(target, path) for node, path in paths.items() for target in out_of[node]]
        paths = {target: [*path, target] for target, path in longer if test(nodes[target], known)}
        if not paths:
            return f"no {parts[place]!r} reads what {' > '.join(parts[:place])!r} gives"
    for path in paths.values():
        for place in range(1, len(path)):
            others = [source for source in into[path[place]] if source != path[place - 1]]
            if others:
                return f"{path[place]!r} reads {others[0]!r} too{_instead(graph, parts, place)}"
        for node, following in pairwise(path):
            others = [target for target in out_of[node] if target != following]
            if others:
                return f"{node!r} feeds {others[0]!r} too, and only the last of a block may"
    return "" if paths else f"nothing in it is {parts[0]!r}"


def _neighbours(graph: Graph) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Return what feeds each node, and what it feeds, in the order of the edges."""
    into: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    out_of: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        into[edge.target].append(edge.source)
        out_of[edge.source].append(edge.target)
    return into, out_of


def _instead(graph: Graph, parts: list[str], place: int) -> str:
    """Return a pattern with a skip past what stands before a place, if that is found."""
    for begin in range(place):
        skipped = f"({' > '.join(parts[begin:place])} | )"
        text = " > ".join([*parts[:begin], skipped, *parts[place:]])
        if matches(graph, text):
            return f": {text!r} finds it with that skip"
    return ""
