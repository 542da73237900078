"""Slices of parallel strands are drawn at once just as the stages draw them."""

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import event, given
from hypothesis import strategies as st

from cutaway.geometry import Size
from cutaway.layered import arrange, parallel, stamp
from cutaway.layered.flat import ENTRY, EXIT, Drawing, Flat, Net, Node, Style
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
_HEIGHTS = st.sampled_from((0.0, 12.0, 20.0, 90.0))
_LABELS = st.none() | st.none() | st.builds(Size, st.sampled_from((7.0, 43.0, 90.0)), st.just(9.0))


@st.composite
def _boxes(draw: st.DrawFn) -> Node:
    left = draw(_SIZES)
    right = draw(st.sampled_from((left, left, 9.0)))
    return Node(left=left, right=right, height=draw(_HEIGHTS), round=draw(st.booleans()))


@st.composite
def _nodes(draw: st.DrawFn) -> Node:
    """Return a box, or a chain of boxes in a row of a height."""
    if draw(st.integers(0, 3)):
        return draw(_boxes())
    left, height, reach = draw(_SIZES), draw(_HEIGHTS), draw(st.sampled_from((0.0, 80.0)))
    return Node(left=left, right=left, height=height, drop=3.0, row=height + 8.0, upper=8.0, reach=reach, weight=2.0)


class _Sketch:
    """A slice in the making: nodes with their ranks, and what each leads to."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.rank: list[int] = []
        self.links: list[tuple[int, list[int]]] = []

    def add(self, node: Node, row: int) -> int:
        self.nodes.append(node)
        self.rank.append(row)
        return len(self.nodes) - 1

    def chain(self, nodes: Iterable[tuple[int, Node]]) -> tuple[int, int]:
        """Add nodes in rows below each other; return the first and the last."""
        numbers = [self.add(node, row) for row, node in nodes]
        self.links += [(one, [two]) for one, two in pairwise(numbers)]
        return numbers[0], numbers[-1]

    def forked(self, draw: st.DrawFn, rows: int) -> tuple[int, int]:
        """Add a chain that forks evenly and merges again."""
        start = draw(st.integers(1, rows - 2))
        end = draw(st.integers(start + 2, rows))
        used = sorted(draw(st.sets(st.integers(start + 1, end - 1), min_size=1)) | {start + 1})
        fork, merge = self.add(draw(_boxes()), start), self.add(draw(_boxes()), end)
        inner = [self.chain([(row, draw(_boxes())) for row in used]) for _ in range(draw(st.sampled_from((2, 2, 4))))]
        self.links += [(fork, [first for first, _ in inner]), *((last, [merge]) for _, last in inner)]
        if start > 1 and draw(st.booleans()):
            first = self.add(draw(_nodes()), draw(st.integers(1, start - 1)))
            self.links.append((first, [fork]))
            return first, merge
        return fork, merge


@st.composite
def _slices(draw: st.DrawFn) -> Slice:
    """Return strands between one source and one sink; of some a lane is all, or what they begin or end with."""
    rows = draw(st.integers(1, 6))
    alike, direct = draw(st.booleans()), draw(st.booleans())
    late = direct
    common = draw(_nodes())
    sketch = _Sketch()
    sketch.add(draw(_nodes()), 0)
    ends = []
    for _ in range(draw(st.integers(1 if direct else 2, 5))):
        if alike:
            ends.append(sketch.chain([(row, common) for row in range(1, rows + 1)]))
        elif rows > 2 and not late and draw(st.booleans()):
            ends.append(sketch.forked(draw, rows))
            late = sketch.rank[ends[-1][0]] > 1
        else:
            used = sorted({1, *draw(st.sets(st.integers(1, rows)))})
            ends.append(sketch.chain([(row, draw(_nodes())) for row in used]))
    sink = sketch.add(draw(_nodes()), rows + 1)
    firsts = [first for first, _ in ends]
    if direct:
        firsts.insert(draw(st.integers(0, len(firsts))), sink)
    links = [(0, firsts), *sketch.links, *((last, [sink]) for _, last in ends)]
    nets = [
        Net(str(source), source, tuple((target, draw(st.integers(0, 3))) for target in targets), draw(_LABELS))
        for source, targets in draw(st.permutations(links))
    ]
    style = Style(gaps=draw(_GAPS), side=draw(st.sampled_from((-1, 1))), mirror=draw(st.booleans()))
    head = draw(st.sampled_from((0.0, 30.0)))
    flat = Flat(nodes=tuple(sketch.nodes), nets=tuple(nets), style=style, head=head, foot=7.0)
    return Slice(flat=flat, rank=sketch.rank, back=frozenset())


@given(_slices())
def test_parallel_strands_are_drawn_as_by_stages(part: Slice) -> None:
    drawn = parallel.drawn(part)
    forks = len([net for net in part.flat.nets if len(net.pins) > 1]) - 1
    event(f"{forks} forks within strands: {drawn is not None}")
    if drawn is None:
        assert forks
    else:
        _assert_equal(drawn, arrange.drawn(part))


@st.composite
def _pairs(draw: st.DrawFn) -> Slice:
    """Return two nodes and a link; of a cluster with its ports or the border, and in any order."""
    above = draw(st.just(Node(border=ENTRY)) | _nodes() | st.builds(Node, left=_SIZES, outs=st.just({"a": 7.1})))
    below = draw(st.just(Node(border=EXIT)) | _nodes() | st.builds(Node, right=_SIZES, ins=st.just({"a": -3.3})))
    source = draw(st.integers(0, 1))
    net = Net("a", source, ((1 - source, 0.0),), draw(_LABELS))
    rank = [0, 1] if source == 0 else [1, 0]
    frame = draw(st.fixed_dictionaries({key: st.sampled_from((0.0, 6.5, 30.0)) for key in ("head", "foot")}))
    nodes = (above, below) if source == 0 else (below, above)
    return Slice(
        flat=Flat(nodes=nodes, nets=(net,), style=Style(gaps=draw(_GAPS)), **frame), rank=rank, back=frozenset()
    )


@given(_pairs())
def test_a_link_between_two_nodes_is_drawn_as_by_stages(part: Slice) -> None:
    drawn = stamp.pair(part)
    assert drawn is not None
    _assert_equal(drawn, arrange.drawn(part))


def test_a_fork_within_a_strand_is_left_to_the_stages() -> None:
    nodes = tuple(Node(left=5.0, right=5.0, height=9.0) for _ in range(5))
    links = ((0, (1, 4)), (1, (2, 3)), (2, (4,)), (3, (4,)))
    nets = tuple(Net(str(source), source, tuple((end, 0) for end in ends)) for source, ends in links)
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
