"""Boxes for the parts of a graph that a caller's patterns mean."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cutaway.analysis.fold.naming import Identities
from cutaway.analysis.fold.plan import Box
from cutaway.analysis.pattern import matches
from cutaway.analysis.repeat import Level, Repeats, Run, consecutive
from cutaway.analysis.traverse import Index, index
from cutaway.errors import warn
from cutaway.graph import Graph, Scope
from cutaway.record import Record, replace


class Named(Record):
    """The boxes of all matches, as parts of levels of a graph in which each match is one item."""

    repeats: Repeats
    boxes: tuple[Box, ...]


def named(repeats: Repeats, patterns: Mapping[str, str], *, with_rest: bool = False) -> Named:
    """Return the boxes of patterns, by the names that they get; equal ones that follow each other are a run.

    `with_rest`, the outermost runs of all else are boxes too; those that hold named boxes are open, to show them.
    """
    known = repeats.known
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    taken = {node for scope in repeats.closed for node in known.inside(scope)}
    ids = Identities((*known.nodes, *known.scopes))
    for name, pattern in patterns.items():
        whole = [each for each in matches(known.graph, pattern, taken) if _is_together(known, each)]
        if not whole:
            from cutaway.analysis.pattern.missed import why_missed

            why = why_missed(known.graph, pattern)
            warn(f"fold: {name} = {pattern!r} is found nowhere in {known.graph.name!r}{why and f', as {why}'}")
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
    return Named(repeats=made, boxes=tuple(_with_rest(made) if with_rest else _boxes(made)))


def matched(graph: Graph, patterns: Mapping[str, str]) -> frozenset[str]:
    """Return the nodes in all matches of patterns, which are looked for in their order."""
    taken: set[str] = set()
    for pattern in patterns.values():
        for match in matches(graph, pattern, taken):
            taken.update(match)
    return frozenset(taken)


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
    for level in repeats.levels.values():
        yield from _of_level(repeats, level, range(len(level.items)))


def _of_level(repeats: Repeats, level: Level, among: Iterable[int]) -> Iterator[Box]:
    """Give the named boxes among some places of a level."""
    places = [place for place in among if level.items[place] in repeats.named]
    covered = 0
    for run in consecutive(level, places) if places else ():
        yield from _alone(level, places, covered, run.start)
        yield Box(scope=level.scope, start=run.start, stop=run.stop, run=run)
        covered = run.stop
    yield from _alone(level, places, covered, len(level.items))


def _with_rest(repeats: Repeats) -> Iterator[Box]:
    """Give the named boxes and the runs of all else, those around others first."""
    holding = {scope for identity in repeats.named for scope in (identity, *repeats.around.enclosing(identity))}
    whole = repeats.levels[None]
    waiting: list[tuple[Level, Sequence[Run], range]] = [(whole, repeats.runs(None), range(len(whole.items)))]
    for level, runs, places in waiting:  # grows while it is walked
        covered = set[int]()
        for run in runs:
            block = range(run.start, run.start + run.period)
            if run.period == 1 and level.items[run.start] in repeats.named:
                continue
            is_open = not holding.isdisjoint([level.items[place] for place in block])
            yield Box(scope=level.scope, start=run.start, stop=run.stop, run=run, open=is_open)
            covered.update(range(run.start, run.stop))
            if is_open:
                waiting.append((level, run.within, block))
        left = [place for place in places if place not in covered]
        yield from _of_level(repeats, level, left)
        for place in left:
            item = level.items[place]
            if item not in repeats.named and repeats.is_open(item):
                inner = repeats.levels[item]
                waiting.append((inner, repeats.runs(item), range(len(inner.items))))


def _alone(level: Level, places: list[int], start: int, stop: int) -> Iterator[Box]:
    for place in places[bisect_left(places, start) : bisect_left(places, stop)]:
        yield Box(scope=level.scope, start=place, stop=place + 1)
