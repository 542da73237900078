"""Boxes for the parts of a graph that a caller's patterns mean."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from cutaway.analysis.fold.identities import Identities
from cutaway.analysis.fold.plan import Box
from cutaway.analysis.fold.repeats import Repeats
from cutaway.analysis.pattern import matches
from cutaway.analysis.repeat import Level, consecutive
from cutaway.analysis.traverse import Index, index
from cutaway.errors import warn
from cutaway.graph import Graph, Scope
from cutaway.record import record, replace


@record
class Named:
    """The boxes of all matches, as parts of levels of a graph in which each match is one item."""

    repeats: Repeats
    boxes: tuple[Box, ...]


def named(repeats: Repeats, patterns: Mapping[str, str]) -> Named:
    """Return the boxes of patterns, by the names that they get; equal ones that follow each other are a run."""
    known = repeats.known
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    taken = {node for scope in repeats.closed for node in known.inside(scope)}
    ids = Identities((*known.nodes, *known.scopes))
    for name, pattern in patterns.items():
        whole = [each for each in matches(known.graph, pattern, taken) if _is_together(known, each)]
        if not whole:
            warn(f"fold: {name} = {pattern!r} is found nowhere in {known.graph.name!r}")
        for match in whole:
            taken.update(match)
            found[ids.take(name)] = (name, match)
    if not found:
        return Named(repeats=repeats, boxes=())
    made = Repeats(
        known,
        shapes=repeats.shapes,
        closed=repeats.closed,
        around=index(_surrounded(known, found)),
        named={identity: name for identity, (name, _) in found.items()},
    )
    return Named(repeats=made, boxes=tuple(_boxes(made)))


def _is_together(known: Index, match: tuple[str, ...]) -> bool:
    """Tell whether nodes lie directly in one scope."""
    return len({known.nodes[node].scope for node in match}) == 1


def _surrounded(known: Index, found: Mapping[str, tuple[str, tuple[str, ...]]]) -> Graph:
    """Return the graph with a scope around each match."""
    inside = {node: identity for identity, (_, match) in found.items() for node in match}
    nodes = [replace(node, scope=inside[node.id]) if node.id in inside else node for node in known.graph.nodes]
    scopes = [
        Scope(id=identity, name=name, op="Block", parent=known.nodes[match[0]].scope)
        for identity, (name, match) in found.items()
    ]
    return replace(known.graph, nodes=tuple(nodes), scopes=(*known.graph.scopes, *scopes))


def _boxes(repeats: Repeats) -> Iterator[Box]:
    for scope, level in repeats.levels.items():
        places = [place for place, item in enumerate(level.items) if item in repeats.named]
        covered = 0
        for run in consecutive(level, places) if places else ():
            yield from _alone(level, places, covered, run.start)
            yield Box(scope=scope, start=run.start, stop=run.stop, run=run)
            covered = run.stop
        yield from _alone(level, places, covered, len(level.items))


def _alone(level: Level, places: list[int], start: int, stop: int) -> Iterator[Box]:
    for place in places[bisect_left(places, start) : bisect_left(places, stop)]:
        yield Box(scope=level.scope, start=place, stop=place + 1)
