"""Slices of parallel strands are drawn at once just as the stages draw them."""

from itertools import pairwise

from hypothesis import event, given
from hypothesis import strategies as st

from cutaway.geometry import Size
from cutaway.layered import parallel, stages
from cutaway.layered.flat import Drawing, Flat, Net, Node, Pin, Style
from cutaway.layered.problem import Gaps
from cutaway.layered.slices import Slice

_SIZES = st.sampled_from((10.0, 10.0, 13.5, 31.25, 60.0))
_GAPS = st.builds(
    Gaps,
    rank=st.sampled_from((18.0, 8.0, 40.0)),
    box=st.sampled_from((14.0, 2.0, 30.0)),
    lane=st.sampled_from((8.0, 2.0, 12.0)),
    label=st.sampled_from((4.0, 0.5)),
)
_LABELS = st.none() | st.none() | st.builds(Size, st.sampled_from((7.0, 43.0, 90.0)), st.just(9.0))


@st.composite
def _nodes(draw: st.DrawFn) -> Node:
    """Return a box, or a chain of boxes in a row of a height."""
    left, height = draw(_SIZES), draw(st.sampled_from((0.0, 12.0, 20.0, 90.0)))
    if draw(st.integers(0, 3)) == 0:
        reach = draw(st.sampled_from((0.0, 80.0)))
        return Node(
            left=left, right=left, height=height, drop=3.0, row=height + 8.0, upper=8.0, reach=reach, weight=2.0
        )
    return Node(left=left, right=draw(st.sampled_from((left, left, 9.0))), height=height, round=draw(st.booleans()))


@st.composite
def _slices(draw: st.DrawFn) -> Slice:
    """Return strands between one source and one sink; of some a lane is all, or what they begin or end with."""
    rows = draw(st.integers(1, 4))
    alike = draw(st.booleans())
    common = draw(_nodes())
    nodes, rank, links = [draw(_nodes())], [0], list[tuple[int, list[int]]]()
    firsts: list[int] = []
    ends: list[int] = []
    direct = draw(st.booleans())
    for _ in range(draw(st.integers(1 if direct else 2, 5))):
        used = range(1, rows + 1) if alike else sorted({1, *draw(st.sets(st.integers(1, rows)))})
        numbers = []
        for row in used:
            numbers.append(len(nodes))
            nodes.append(common if alike else draw(_nodes()))
            rank.append(row)
        firsts.append(numbers[0])
        links += [(one, [two]) for one, two in pairwise(numbers)]
        ends.append(numbers[-1])
    sink = len(nodes)
    nodes.append(draw(_nodes()))
    rank.append(rows + 1)
    links += [(end, [sink]) for end in ends]
    if direct:
        firsts.insert(draw(st.integers(0, len(firsts))), sink)
    links = draw(st.permutations([(0, firsts), *links]))
    nets = [
        Net(str(source), source, tuple(Pin(target, draw(st.integers(0, 3))) for target in targets), draw(_LABELS))
        for source, targets in links
    ]
    style = Style(gaps=draw(_GAPS), side=draw(st.sampled_from((-1, 1))), mirror=draw(st.booleans()))
    flat = Flat(nodes=tuple(nodes), nets=tuple(nets), style=style, head=draw(st.sampled_from((0.0, 30.0))), foot=7.0)
    return Slice(flat=flat, rank=rank, back=frozenset())


@given(_slices())
def test_parallel_strands_are_drawn_as_by_stages(part: Slice) -> None:
    drawn = parallel.drawn(part)
    assert drawn is not None
    found = parallel.strands(part)
    event(f"equal: {found is not None and len(found.equal())}")
    _assert_equal(drawn, stages.draw_by_stages(part))


def test_a_fork_within_a_strand_is_left_to_the_stages() -> None:
    nodes = tuple(Node(left=5.0, right=5.0, height=9.0) for _ in range(5))
    links = ((0, (1, 4)), (1, (2, 3)), (2, (4,)), (3, (4,)))
    nets = tuple(Net(str(source), source, tuple(Pin(end, 0) for end in ends)) for source, ends in links)
    flat = Flat(nodes=nodes, nets=nets, style=Style(gaps=Gaps()))
    assert parallel.drawn(Slice(flat=flat, rank=[0, 1, 2, 2, 3], back=frozenset())) is None


def _assert_equal(one: Drawing, two: Drawing) -> None:
    assert _rounded([(0.0, one.height), *one.places]) == _rounded([(0.0, two.height), *two.places])
    assert [[_rounded(line) for line in lines] for lines in one.lines] == [
        [_rounded(line) for line in lines] for lines in two.lines
    ]
    assert {net: _rounded([label]) for net, label in one.labels.items()} == {
        net: _rounded([label]) for net, label in two.labels.items()
    }


def _rounded(spots: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    return [tuple(round(value, 7) + 0.0 for value in spot) for spot in spots]
