"""Rows of strips: captions begin at one height in all strips that the whole flow leads through, one after the other."""

from collections.abc import Hashable, Iterator, Mapping, Sequence

from cutaway.graph import Graph
from cutaway.views.volumes.chains import Chain
from cutaway.views.volumes.strip import Strip


def lows(graph: Graph, chains: Sequence[Chain], strips: Sequence[Strip]) -> tuple[float, ...]:
    """Return how far below its axis the captions of each strip begin at least.

    Strips of a row share this, branches beside each other do not.
    """
    own = [strip.lowest() for strip in strips]
    for row in _rows(graph, chains):
        common = max(own[place] for place in row)
        for place in row:
            own[place] = common
    return tuple(own)


def _rows(graph: Graph, chains: Sequence[Chain]) -> Iterator[list[int]]:
    """Yield the places of the chains that follow each other, none beside them.

    A chain that goes on from another one and from nowhere else begins a row: it was cut off.
    """
    home = {node: place for place, chain in enumerate(chains) for node in chain.nodes}
    scopes: Mapping[str, Hashable] = {node.id: node.scope for node in graph.nodes}
    links = [sorted((home[edge.source], home[edge.target])) for edge in graph.edges]
    between = sorted([(one, two) for one, two in links if one != two])
    starts = set(range(len(chains))) - {two for _, two in between}
    ends = set(range(len(chains))) - {one for one, _ in between}
    around = [*between, *((-1, place) for place in starts), *((place, len(chains)) for place in ends)]
    beside = {place for one, two in around for place in range(one + 1, two)}
    row: list[int] = []
    for place, chain in enumerate(chains):
        if place in beside:
            continue
        into = [one for one, two in between if two == place]
        out_of = [two for one, two in between if one == place - 1]
        is_cut = into == out_of == [] or (into == [place - 1] and out_of == [place])
        if row and is_cut and scopes[chain.nodes[0]] == scopes[chains[place - 1].nodes[0]]:
            yield row
            row = []
        row.append(place)
    if row:
        yield row
