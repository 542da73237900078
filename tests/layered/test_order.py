"""The order of the rows: crossings are counted rightly and only ever become fewer."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from layered.flats import flat
from work_done import steps

from cutaway.layered.crossings import Tangle, tangled
from cutaway.layered.order import untangle
from cutaway.layered.rank import back_pins, ranks
from cutaway.layered.reroute import reroute
from cutaway.layered.sheet import Sheet, build
from cutaway.layered.sift import settle
from cutaway.layered.split import split


def _sheet(count: int, *links: tuple[int, int]) -> Sheet:
    level = flat(count, *links)
    back = back_pins(level)
    return build(level, ranks(level, back), back)


def _pairs(sheet: Sheet) -> int:
    """Count by definition: a hop is there once for each pin it leads to, up to three."""
    leads: dict[int, int] = {}
    for hop in sheet.entered.values():
        item = hop.start
        while item >= sheet.nodes:
            leads[item] = leads.get(item, 0) + 1
            item = sheet.reached[item].start
    number = 0
    for items in sheet.rows:
        hops = [
            (sheet.position[item], sheet.position[near.item], 1 if near.hop.pin >= 0 else min(3, leads[near.hop.end]))
            for item in items
            for near in sheet.down[item]
        ]
        for one, two in combinations(hops, 2):
            if (one[0] - two[0]) * (one[1] - two[1]) < 0:
                number += one[2] * two[2]
    return number


_COUNT = 14
_LINKS = st.lists(st.tuples(st.integers(0, _COUNT - 1), st.integers(0, _COUNT - 1)), max_size=40)
_FORWARD = st.lists(
    st.tuples(st.integers(0, _COUNT - 2), st.integers(1, 5)).map(lambda pair: (pair[0], min(_COUNT - 1, sum(pair)))),
    max_size=40,
)


@given(st.one_of(_LINKS, _FORWARD))
def test_crossings_are_counted_by_pins(links: list[tuple[int, int]]) -> None:
    sheet = _sheet(_COUNT, *links)
    assert Tangle(sheet).total == _pairs(sheet)
    assert tangled(sheet) == (_pairs(sheet) > 0)


@settings(max_examples=200)
@given(st.one_of(_LINKS, _FORWARD), st.booleans())
def test_untangling_never_adds_crossings_and_keeps_the_rows(links: list[tuple[int, int]], parted: bool) -> None:
    sheet = _sheet(_COUNT, *links)
    if parted:
        split(sheet)
    before, rows = _pairs(sheet), [sorted(items) for items in sheet.rows]
    untangle(sheet)
    assert _pairs(sheet) <= before
    assert [sorted(items) for items in sheet.rows] == rows
    assert all(sheet.position[item] == place for items in sheet.rows for place, item in enumerate(items))


@settings(max_examples=200)
@given(st.one_of(_LINKS, _FORWARD), st.data())
def test_each_step_keeps_its_counts_and_saves_what_it_says(links: list[tuple[int, int]], data: st.DataObject) -> None:
    sheet = _sheet(_COUNT, *links)
    tangle = Tangle(sheet)
    path = [data.draw(st.sampled_from([item for items in sheet.rows for item in items]))]
    while sheet.down[path[-1]] and data.draw(st.booleans()):
        path.append(data.draw(st.sampled_from([near.item for near in sheet.down[path[-1]]])))
    for step in (lambda: reroute(tangle, path), lambda: settle(tangle, range(len(sheet.rows)))):
        before = tangle.total
        assert step() == (tangle.total < before)
        assert tangle.total == _pairs(sheet) <= before
        assert all(sheet.position[item] == place for items in sheet.rows for place, item in enumerate(items))


@settings(max_examples=100)
@given(_FORWARD, st.data())
def test_no_other_way_of_a_path_is_better(links: list[tuple[int, int]], data: st.DataObject) -> None:
    sheet = _sheet(_COUNT, *links)
    path = [data.draw(st.sampled_from([item for items in sheet.rows[:-1] for item in items]))] if links else [0]
    while len(path) < 3 and sheet.down[path[-1]]:
        path.append(sheet.down[path[-1]][0].item)
    reroute(Tangle(sheet), path)
    found = _pairs(sheet)
    first = sheet.row[path[0]]
    for index, item in enumerate(path):
        sheet.rows[first + index].remove(item)
    others = [list(sheet.rows[first + index]) for index in range(len(path))]

    def ways(index: int) -> int:
        if index == len(path):
            return _pairs(sheet)
        best = None
        for slot in range(len(others[index]) + 1):
            sheet.rows[first + index][:] = [*others[index][:slot], path[index], *others[index][slot:]]
            sheet.number(first + index)
            number = ways(index + 1)
            best = number if best is None else min(best, number)
        assert best is not None
        return best

    assert ways(0) == found


def test_a_path_is_moved_as_a_whole() -> None:
    """A chain that crosses another to its other side and back: no row alone can be better, a way through all is."""
    sheet = _sheet(12, *((node, node + 1) for node in range(11) if node != 5))
    for row in (2, 3):
        sheet.rows[row].reverse()
        sheet.number(row)
    assert _pairs(sheet) == 2
    assert not settle(Tangle(sheet), range(6))
    untangle(sheet)
    assert _pairs(sheet) == 0


def test_rows_are_shuffled_where_no_single_way_is_better() -> None:
    sheet = _sheet(8, (1, 2), (3, 7), (5, 6), (3, 6), (0, 5), (2, 4), (6, 7), (4, 5), (4, 7), (2, 6), (5, 7))
    split(sheet)
    tangle, rows = Tangle(sheet), range(len(sheet.rows))
    settle(tangle, rows)
    for items in sheet.rows:
        for item in list(items):
            assert not reroute(tangle, [item])
    assert tangle.total == 1
    untangle(sheet)
    assert _pairs(sheet) == 0


def test_crossings_are_removed() -> None:
    sheet = _sheet(6, (0, 5), (1, 4), (2, 3))
    assert Tangle(sheet).total == 3
    untangle(sheet)
    assert not tangled(sheet)


@given(_LINKS)
def test_the_order_is_the_same_each_time(links: list[tuple[int, int]]) -> None:
    one, two = _sheet(_COUNT, *links), _sheet(_COUNT, *links)
    untangle(one)
    untangle(two)
    assert one.rows == two.rows


def test_hubs_are_put_in_order_in_linear_time() -> None:
    """Two rows of a few items with thousands of hops: each must not be compared with each."""

    def work(count: int) -> int:
        ends = [(source, target) for source in range(count) for target in (count, count + 1)]
        sheet = _sheet(count + 3, *ends, (count + 1, count + 2), (count, count + 2))
        return steps(lambda: untangle(sheet))

    assert work(2000) < 5 * work(500)  # 4 times, or 16 times


def test_the_work_is_bounded() -> None:
    count = 300
    links = [(one, 1 + (one * 7919 + step * 104729) % (count - 1)) for one in range(count) for step in range(3)]
    sheet = _sheet(count, *[(min(pair), max(pair)) for pair in links if pair[0] != pair[1]])
    tangle = Tangle(sheet)
    budget = tangle.budget
    settle(tangle, range(len(sheet.rows)))
    assert tangle.work < 2 * budget
