"""Room for lines: equal shapes keep equal sides, larger ones are never smaller, and vectors stay apart."""

from hypothesis import given
from hypothesis import strategies as st

from cutaway.theme import PAPER
from cutaway.views.sizing import Axes, Room, natural_sizing, roomy

HIGHEST = 50.0
lengths = st.floats(0.0, 60.0)


def vector(size):
    return Axes(names=("channels",), sizes=(size,))


@st.composite
def rooms(draw):
    names, size = draw(st.sampled_from([("channels",), ("length", "channels"), ("height", "width", "channels")])), 4096
    sizes = tuple(draw(st.lists(st.none() | st.integers(1, size), min_size=len(names), max_size=len(names))))
    return Room(
        axes=Axes(names=names, sizes=sizes),
        high=draw(lengths),
        wide=draw(lengths),
        gives=draw(st.booleans()),
        plate=draw(st.booleans()),
    )


@given(st.lists(rooms(), min_size=1, max_size=8))
def test_what_lines_end_on_has_room(given_rooms):
    sizing = roomy(natural_sizing([each.axes for each in given_rooms], PAPER), given_rooms, HIGHEST)
    for each in given_rooms:
        found = sizing.volume(each.axes)
        assert each.gives or found.y >= each.high
        assert (sizing.least.plate if each.plate and not each.axes.is_vector else found.z) >= each.wide


@given(st.lists(rooms(), min_size=2, max_size=8))
def test_no_side_is_shorter_for_more_where_lines_have_room(given_rooms):
    sizing = roomy(natural_sizing([each.axes for each in given_rooms], PAPER), given_rooms, HIGHEST)
    for one in given_rooms:
        for two in given_rooms:
            pairs = [*zip(one.axes.sizes, two.axes.sizes, strict=False)]
            if one.axes.names == two.axes.names and all(a and b and a <= b for a, b in pairs):
                small, large = sizing.volume(one.axes), sizing.volume(two.axes)
                assert all(getattr(small, side) <= getattr(large, side) + 1e-9 for side in "xyz")


@given(st.lists(st.integers(1, 100_000), min_size=2, max_size=6, unique=True), st.floats(3.5, 20.0))
def test_vectors_that_differ_never_look_alike_beside_two_lines(sizes, needed):
    small = min(sizes)
    needs = [Room(axes=vector(size), high=needed if size == small else 0.0) for size in sizes]
    sizing = roomy(natural_sizing([each.axes for each in needs], PAPER), needs, HIGHEST)
    heights = [sizing.volume(vector(size)).y for size in sorted(sizes)]
    assert heights == sorted(set(heights))
    assert heights[0] >= needed


def test_vectors_grow_with_the_logarithm_only_where_they_would_look_alike():
    apart = [Room(axes=vector(size)) for size in (1000, 4096, 25088)]
    sizing = roomy(natural_sizing([each.axes for each in apart], PAPER), apart, HIGHEST)
    assert sizing.from_one is None
    assert sizing.volume(vector(4000)).y * 2 == sizing.volume(vector(16000)).y
    near = [Room(axes=vector(2), high=7.0), Room(axes=vector(64)), Room(axes=vector(3136))]
    sizing = roomy(natural_sizing([each.axes for each in near], PAPER), near, HIGHEST)
    heights = [sizing.volume(each.axes).y for each in near]
    assert heights[0] >= 7.0
    assert heights[1] > 2 * heights[0]
    assert heights[2] == HIGHEST


def test_a_mode_that_is_asked_for_is_kept():
    needs = [Room(axes=vector(2), high=7.0), Room(axes=vector(64)), Room(axes=vector(3136))]
    sizing = roomy(natural_sizing([each.axes for each in needs], PAPER, "accurate"), needs, HIGHEST)
    assert sizing.from_one is None
    assert sizing.volume(vector(1)).y == sizing.volume(vector(2)).y == 7.0
    assert sizing.volume(vector(3136)).y == 2 * sizing.volume(vector(1568)).y
