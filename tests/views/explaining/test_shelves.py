"""Shelves: cells in their order, side by side where there is room, no shelf wider than that."""

from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Size
from cutaway.views.explaining.piece import shelved

GAP = Size(10.0, 5.0)
SIZES = st.builds(Size, st.integers(10, 120).map(float), st.integers(5, 60).map(float))


def height(cells, shelves):
    number, total = 0, -GAP.height
    for shelf in shelves:
        total += GAP.height + max(cells[number + at][choice].height for at, choice in enumerate(shelf))
        number += len(shelf)
    return total


@given(st.lists(st.lists(SIZES, min_size=1, max_size=3), max_size=7), st.integers(20, 300).map(float))
def test_shelves_hold_all_cells_within_the_room(cells, breadth):
    shelves = shelved(cells, breadth, GAP)
    assert sum(map(len, shelves)) == len(cells)
    number = 0
    for shelf in shelves:
        widths = [cells[number + at][choice].width for at, choice in enumerate(shelf)]
        assert len(shelf) == 1 or sum(widths) + GAP.width * (len(shelf) - 1) <= breadth + 1e-5
        number += len(shelf)
    one_each = [[min(range(len(sizes)), key=lambda at, sizes=sizes: sizes[at].height)] for sizes in cells]
    if all(size.width <= breadth for sizes in cells for size in sizes):
        assert height(cells, shelves) <= height(cells, one_each) + 1e-5


def test_a_narrow_size_is_taken_where_it_saves_a_shelf():
    wide, narrow = Size(100.0, 10.0), Size(40.0, 12.0)
    assert shelved([[wide, narrow], [wide, narrow]], 150.0, GAP) == [[0, 1]]
    assert shelved([[wide, narrow], [wide, narrow]], 90.0, GAP) == [[1, 1]]
    assert shelved([[wide], [wide]], 150.0, GAP) == [[0], [0]]


def test_what_is_wider_than_the_room_has_a_shelf_for_itself():
    assert shelved([[Size(200.0, 10.0)], [Size(20.0, 10.0)]], 100.0, GAP) == [[0], [0]]
