"""The steps of the layout, each by itself."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layered.flats import flat

from cutaway.layered import parallel
from cutaway.layered.condense import condense
from cutaway.layered.distances import spread
from cutaway.layered.flat import Drawing
from cutaway.layered.passage import Wire, assign
from cutaway.layered.problem import Gaps
from cutaway.layered.rank import back_pins, ranks
from cutaway.layered.sheet import build
from cutaway.layered.slices import Slice
from cutaway.layered.stamp import draw

_LINKS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)


@given(_LINKS)
def test_without_the_links_back_there_is_no_ring(links: list[tuple[int, int]]) -> None:
    level = flat(12, *links)
    back = back_pins(level)
    rank = ranks(level, back)
    for index, net in enumerate(level.nets):
        for place, (node, _) in enumerate(net.pins):
            if (index, place) not in back:
                assert rank[node] > rank[net.source]


@given(_LINKS)
def test_no_link_leads_back_where_there_is_no_ring(links: list[tuple[int, int]]) -> None:
    down = [(min(link), max(link)) for link in links if link[0] != link[1]]
    assert back_pins(flat(12, *down)) == frozenset()


def test_ranks_keep_links_short() -> None:
    level = flat(7, (0, 1), (1, 2), (2, 3), (3, 4), (5, 6), (6, 4))
    assert ranks(level, frozenset()) == [0, 1, 2, 3, 4, 2, 3]


def test_ranks_are_without_holes_from_zero() -> None:
    assert ranks(flat(3, (2, 1), (1, 0)), frozenset()) == [2, 1, 0]


def test_equal_slices_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    level = flat(
        10, *((start + one, start + two) for start in (0, 3, 6) for one, two in ((0, 1), (0, 2), (1, 3), (2, 3)))
    )
    drawn = []

    def draw_slice(part: Slice) -> Drawing:
        drawn.append(len(part.rank))
        drawing = Drawing.blank(part.flat)
        drawing.places = [(0.0, 38.0 * row) for row in part.rank]
        drawing.height = 20.0 + 38.0 * max(part.rank)
        return drawing

    monkeypatch.setattr(parallel, "drawn", draw_slice)
    drawing = draw(level, {})
    assert drawn == [4]
    assert [drawing.places[node][1] for node in (0, 1, 3, 5, 6, 8, 9)] == [38.0 * row for row in range(7)]
    assert drawing.height == 20.0 + 38.0 * 6


def test_rows_of_chains_are_taken_together() -> None:
    level = flat(8, (0, 1), (1, 2), (2, 3), (3, 4), (1, 4), (4, 5), (5, 6), (6, 7))
    condensed = condense(level, ranks(level, frozenset()), frozenset())
    assert condensed.columns == [[0, 1], [2, 3], [4, 5, 6, 7]]
    assert condensed.rank == [0, 1, 2]


def test_a_tensor_has_one_lane_for_all_its_consumers() -> None:
    level = flat(6, (0, 1), (1, 2), (2, 3), (3, 4), (0, 3), (0, 4), (0, 5), (4, 5))
    sheet = build(level, ranks(level, frozenset()), frozenset())
    assert len(sheet.row) - sheet.nodes == 4


def test_a_ring_of_demands_in_a_channel_takes_a_second_track() -> None:
    tracks = assign([Wire(net=0, tops=(0.0,), bottoms=(8.0,)), Wire(net=1, tops=(8.0,), bottoms=(0.0,))])
    assert tracks.count == 3
    assert sorted(course.column is None for course in tracks.courses.values()) == [False, True]


def test_apart_wires_share_a_track() -> None:
    tracks = assign([Wire(net=0, tops=(0.0,), bottoms=(8.0,)), Wire(net=1, tops=(30.0,), bottoms=(20.0,))])
    assert tracks.count == 1


def test_the_tracks_of_a_channel_cross_as_little_as_they_can() -> None:
    """Each wire crosses one other more often above it than below it, so none is the first by that alone."""
    fork = Wire(net=0, tops=(412.0,), bottoms=(108.0, 251.0, 412.0))
    level = Wire(net=1, tops=(808.0,), bottoms=(260.0,))
    last = Wire(net=2, tops=(1000.0,), bottoms=(421.0,))
    courses = assign([fork, level, last]).courses
    assert courses[0].upper < courses[1].upper < courses[2].upper


_PINS = st.lists(st.integers(0, 12), min_size=2, max_size=12, unique=True)


@settings(max_examples=300)
@given(_PINS, _PINS)
def test_wires_never_share_a_line(tops: list[int], bottoms: list[int]) -> None:
    wires = [
        Wire(net=net, tops=(8.0 * top,), bottoms=(8.0 * bottom,))
        for net, (top, bottom) in enumerate(zip(tops, bottoms, strict=False))
    ]
    tracks = assign(wires)
    uprights: list[tuple[float, float, float, int]] = []
    for wire in wires:
        course = tracks.courses.get(wire.net)
        upper, lower = (course.upper, course.lower) if course else (100.0, -1.0)
        uprights.append((wire.tops[0], -1.0, upper, wire.net))
        uprights.append((wire.bottoms[0], lower, 100.0, wire.net))
        if course is not None and course.column is not None:
            assert upper < lower
            uprights.append((course.column, upper, lower, wire.net))
    for one in uprights:
        for two in uprights:
            if one[3] != two[3] and one[0] == two[0]:
                assert one[2] < two[1] or two[2] < one[1]
    levels = [(*span, net) for net, spans in tracks.spans.items() for span in spans]
    for track, low, high, net in levels:
        for other, start, end, second in levels:
            if net < second and track == other:
                assert end < low or high < start


@settings(max_examples=300)
@given(_PINS, _PINS)
def test_tracks_depend_neither_on_the_numbers_of_nets_nor_on_wires_that_need_none(
    tops: list[int], bottoms: list[int]
) -> None:
    pins = [((8.0 * top,), (8.0 * bottom,)) for top, bottom in zip(tops, bottoms, strict=False)]
    wires = [Wire(net, *ends) for net, ends in enumerate(pins)]
    tracks = assign(wires)
    bent = [Wire(net, *ends) for net, ends in enumerate(pins) if ends[0] != ends[1]]
    assert assign(bent, [top for (top,), bottom in pins if bottom == (top,)]) == tracks
    assert tracks.renumbered(range(7, 7 + len(pins))) == assign([Wire(7 + net, *ends) for net, ends in enumerate(pins)])


@given(st.lists(st.floats(-200.0, 200.0), min_size=1, max_size=12), st.floats(1.0, 100.0))
def test_ports_are_in_order_and_within_the_border(wishes: list[float], half: float) -> None:
    offsets = spread(wishes, half, Gaps().port)
    assert all(one < two for one, two in pairwise(offsets))
    assert max(abs(offset) for offset in offsets) <= half + 1e-9


@given(st.lists(st.floats(-200.0, 200.0), min_size=2, max_size=6), st.floats(2.0, 20.0), st.floats(1.0, 4.0))
def test_ports_are_as_far_apart_as_arrowheads_need(wishes: list[float], port: float, more: float) -> None:
    offsets = spread(wishes, 2.4 * port * (len(wishes) - 1) * more, port)
    assert all(two - one >= port - 1e-6 for one, two in pairwise(offsets))


def test_wires_whose_pins_are_hardly_apart_all_get_tracks() -> None:
    wires = [
        Wire(net=0, tops=(0.5,), bottoms=(0.5, 1.25)),
        Wire(net=1, tops=(0.0,), bottoms=(0.0,)),
        Wire(net=2, tops=(1.0,), bottoms=(1.75, 2.5)),
        Wire(net=3, tops=(-0.5,), bottoms=(-0.25, -0.5)),
    ]
    assert set(assign(wires).courses) == {0, 2, 3}
