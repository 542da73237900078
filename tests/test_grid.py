"""The grid finds all that lies near, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Bounds
from cutaway.grid import Grid

_AREAS = st.tuples(
    st.floats(-2000.0, 2000.0),
    st.floats(-500.0, 500.0),
    st.sampled_from((0.0, 3.0, 90.0, 3000.0)),
    st.floats(0.0, 60.0),
).map(lambda area: (area[0], area[1], area[0] + area[2], area[1] + area[3]))


@given(st.lists(_AREAS, max_size=30), _AREAS, st.booleans())
def test_what_overlaps_or_touches_is_near(areas: list[Bounds], asked: Bounds, upright: bool) -> None:
    if upright:
        areas, asked = [_turned(area) for area in areas], _turned(asked)
    left, top, right, bottom = asked
    expected = {
        number
        for number, (x0, y0, x1, y1) in enumerate(areas)
        if x0 <= right and left <= x1 and y0 <= bottom and top <= y1
    }
    assert set(Grid([(area, number) for number, area in enumerate(areas)]).near(asked)) == expected


def _turned(area: Bounds) -> Bounds:
    return area[1], area[0], area[3], area[2]
