"""Boxes whose straight line does not pass their middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.geometry import Size
from cutaway.layered import lay_out
from cutaway.layered.problem import Box, Link, Problem

sides = st.integers(12, 90).map(float)
shares = st.floats(0.2, 0.8)


@given(
    chain=st.lists(st.tuples(sides, sides, shares), min_size=2, max_size=6),
    direction=st.sampled_from(("right", "left", "down", "up")),
)
def test_the_line_of_a_chain_is_straight_at_the_axes(chain, direction):
    is_row = direction in {"right", "left"}
    boxes = [
        Box(id=str(place), size=Size(wide, high), axis=share * (high if is_row else wide))
        for place, (wide, high, share) in enumerate(chain)
    ]
    links = [
        Link(id=f"to {place}", source=str(place - 1), target=str(place), tensor=f"t{place}")
        for place in range(1, len(chain))
    ]
    layout = lay_out(Problem(boxes=tuple(boxes), links=tuple(links), direction=direction))
    lines = {round(point.y if is_row else point.x, 3) for route in layout.routes.values() for point in route}
    assert len(lines) == 1
    for box in boxes:
        rect = layout.boxes[box.id]
        assert (rect.width, rect.height) == pytest.approx((box.size.width, box.size.height))
        assert (rect.y if is_row else rect.x) + box.axis == pytest.approx(min(lines), abs=0.3)
