"""A level that is one chain is drawn at once just as the stages draw it."""

from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Size
from cutaway.layered import chain, stamp
from cutaway.layered.flat import ENTRY, EXIT, Flat, Net, Node, Style
from cutaway.layered.problem import Gaps

_SIZES = st.sampled_from((0.0, 9.2, 13.7, 31.25))
_BOXES = st.builds(Node, left=_SIZES, right=_SIZES, height=_SIZES, round=st.booleans())
_PORTS = st.fixed_dictionaries({}, optional={str(net): st.sampled_from((-7.3, 2.1)) for net in range(8)})
_CLUSTERS = st.builds(Node, left=_SIZES, right=_SIZES, height=_SIZES, weight=st.just(3.0), ins=_PORTS, outs=_PORTS)
_LABELS = st.none() | st.builds(Size, st.sampled_from((7.1, 90.3)), st.sampled_from((9.1, 30.7)))
_GAPS = st.builds(
    Gaps, rank=st.sampled_from((8.3, 18.0)), label=st.sampled_from((0.0, 4.1)), lane=st.just(8.0), box=st.just(14.0)
)


@st.composite
def _chains(draw: st.DrawFn) -> Flat:
    """Return boxes and clusters in a row, perhaps between entry and exit, numbered in any order."""
    nodes = draw(st.lists(_BOXES | _CLUSTERS, min_size=1, max_size=6))
    if draw(st.booleans()):
        nodes.insert(0, Node(border=ENTRY))
    if draw(st.booleans()):
        nodes.append(Node(border=EXIT))
    numbers = draw(st.permutations(range(len(nodes))))
    nets = [
        Net(str(place), numbers[place], ((numbers[place + 1], 0.0),), draw(_LABELS)) for place in range(len(nodes) - 1)
    ]
    return Flat(
        nodes=tuple(nodes[numbers.index(number)] for number in range(len(nodes))),
        nets=tuple(draw(st.permutations(nets))),
        style=Style(gaps=draw(_GAPS)),
        head=draw(st.sampled_from((0.0, 30.1))),
        foot=draw(st.sampled_from((0.0, 6.7))),
        brow=draw(st.sampled_from((0.0, 12.9))),
        sole=draw(st.sampled_from((0.0, 12.9))),
    )


@given(_chains())
def test_a_chain_is_drawn_as_by_stages_to_the_last_bit(flat: Flat) -> None:
    assert chain.drawn(flat) == stamp.draw(flat, {})


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_only_chains_are_drawn_so(links: list[tuple[int, int]]) -> None:
    nets = tuple(Net(str(number), source, ((end, 0.0),)) for number, (source, end) in enumerate(links))
    flat = Flat(nodes=(Node(),) * 5, nets=nets, style=Style(gaps=Gaps()))
    follows = dict(links)
    ends = {place: place for place in range(5)}
    starts = set(ends) - set(follows.values())
    way = [min(starts)] if len(starts) == 1 else []
    while way and way[-1] in follows and len(way) < 6:
        way.append(follows[way[-1]])
    is_chain = len(links) == len(follows) == 4 and sorted(way) == list(range(5))
    assert (chain.drawn(flat) is not None) == is_chain
