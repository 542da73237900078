"""How many places windows see between those of coarser grids."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cutaway.analysis.cost.span import ONE, WHOLE


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 6))
def test_a_window_sees_as_many_places_as_it_can_hit(factor, taps, width):
    """A transposed convolution of `taps` and stride `factor`, and a window of `width` behind it, by counting."""
    fine = ONE.between(1, Fraction(taps - 1, factor)).wider(Fraction(width - 1, factor))
    hit = [
        {place for seen in range(start, start + width) for place in range(-20, 20) if 0 <= seen - place * factor < taps}
        for start in range(factor)
    ]
    most = max(max(places) - min(places) + 1 for places in hit if places)
    assert fine.length == most


@given(st.integers(0, 9))
def test_of_the_whole_there_is_no_more(reach):
    assert WHOLE.wider(reach) == WHOLE.between(2, reach) == WHOLE
