"""Ranks: links lead down, and no other ranks within the same height make them shorter in sum."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.layered.flat import ENTRY, EXIT, Flat, Net, Node, Pin, Style
from cutaway.layered.problem import Gaps
from cutaway.layered.rank import ranks

Links = list[tuple[int, int]]


def _flat(nodes: list[Node], links: Links) -> Flat:
    nets: dict[int, list[Pin]] = {}
    for source, target in links:
        nets.setdefault(source, []).append((target, 0.0))
    return Flat(
        nodes=tuple(nodes),
        nets=tuple(Net(tensor=str(source), source=source, pins=tuple(pins)) for source, pins in nets.items()),
        style=Style(gaps=Gaps()),
    )


def _ranks(count: int, links: Links) -> list[int]:
    return ranks(_flat([Node(left=10.0, right=10.0, height=20.0)] * count, links), frozenset())


def _least(count: int, links: Links) -> int:
    """Try all ranks within the height of the longest path; a link leads from a lower to a higher number."""
    first, last = [0] * count, [0] * count
    for source, target in sorted(links):
        first[target] = max(first[target], first[source] + 1)
    last = [max(first)] * count
    for source, target in sorted(links, reverse=True):
        last[source] = min(last[source], last[target] - 1)
    sources = [[source for source, target in links if target == node] for node in range(count)]
    found = [sum(first[target] - first[source] for source, target in links)]

    def extend(rank: list[int], total: int) -> None:
        node = len(rank)
        if total >= found[0]:
            return
        if node == count:
            found[0] = total
            return
        for value in range(max([first[node], *(rank[source] + 1 for source in sources[node])]), last[node] + 1):
            extend([*rank, value], total + sum(value - rank[source] for source in sources[node]))

    extend([], 0)
    return found[0]


_COUNT = 8
_LINKS = st.lists(
    st.tuples(st.integers(0, _COUNT - 1), st.integers(0, _COUNT - 1))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (min(pair), max(pair))),
    min_size=5,
    max_size=16,
)


@settings(max_examples=300, deadline=None, derandomize=True)  # a local search: no proof
@given(_LINKS)
def test_links_are_as_short_as_they_can_be(links: Links) -> None:
    rank = _ranks(_COUNT, links)
    assert all(rank[source] < rank[target] for source, target in links)
    assert sum(rank[target] - rank[source] for source, target in links) == _least(_COUNT, links)


def test_a_source_takes_its_other_target_along() -> None:
    """Moving 1 down shortens two links, but only if 3, which leads nowhere, moves too."""
    assert _ranks(6, [(0, 2), (2, 4), (4, 5), (1, 3), (1, 4), (1, 4)]) == [0, 1, 1, 2, 2, 3]


def test_sources_move_together_where_none_gains_alone() -> None:
    """Two sources share a target that each alone would pull away from the other."""
    links = [(0, 3), (3, 4), (4, 5), (1, 6), (2, 6), (1, 5), (2, 5)]
    rank = _ranks(7, links)
    assert (rank[1], rank[2], rank[6]) == (2, 2, 3)


@settings(max_examples=100)
@given(_LINKS)
def test_what_crosses_the_border_stays_there(links: Links) -> None:
    box = Node(left=10.0, right=10.0, height=20.0)
    nodes = [box] * _COUNT + [Node(border=ENTRY), Node(border=EXIT)]
    rank = ranks(_flat(nodes, [*links, (_COUNT, links[0][1]), (links[0][0], _COUNT + 1)]), frozenset())
    assert rank[_COUNT] == 0
    assert all(0 < rank[node] < rank[_COUNT + 1] for node in range(_COUNT))
    assert sorted(set(rank)) == list(range(max(rank) + 1))
