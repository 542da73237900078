"""Scales: round bounds around all numbers, few steps, and an order that colours keep."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.views.scale import scale_of

numbers = st.one_of(
    st.integers(1, 10**24),
    st.integers(1, 1000),
    st.fractions(Fraction(1, 10**6), 10**6),
)


@given(st.lists(numbers, min_size=1), st.integers(3, 9))
def test_a_scale_holds_all_numbers_in_few_steps(values, most):
    scale = scale_of([0, *values], most)
    assert scale is not None
    assert 1 <= scale.steps <= most
    assert scale.bounds[0] <= min(values)
    assert scale.bounds[-1] >= max(values)
    assert all(a < b for a, b in pairwise(scale.bounds))


@given(st.lists(numbers, min_size=2))
def test_a_larger_number_is_in_no_lower_step(values):
    scale = scale_of(values, 7)
    assert scale is not None
    steps = [scale.step(value) for value in sorted(values)]
    assert steps == sorted(steps)
    for value, step in zip(sorted(values), steps, strict=True):
        assert scale.bounds[step] <= value <= scale.bounds[step + 1]


@pytest.mark.parametrize(
    ("values", "bounds", "logarithmic"),
    [
        ([1792, 36928, 2_359_808, 102_764_544], (1000, 10**4, 10**5, 10**6, 10**7, 10**8, 10**9), True),
        ([3, 483], (2, 5, 10, 20, 50, 100, 200, 500), True),
        ([10, 600], (10, 20, 50, 100, 200, 500, 1000), True),
        ([30, 300, 420], (0, 100, 200, 300, 400, 500), False),
        ([1, 2], (1, 2, 3), False),  # strides are told apart
        ([1, 2, 4, 8, 16, 32], (1, 2, 5, 10, 20, 50), True),
        ([900, 1000], (900, 920, 940, 960, 980, 1000), False),
        ([7], (0, 1, 2, 3, 4, 5, 6, 7), False),
        ([528], (0, 100, 200, 300, 400, 500, 600), False),
        ([30, 90_000], (30, 100, 300, 1000, 3000, 10**4, 3 * 10**4, 10**5), True),
        ([Fraction(1, 4), 1], (0, Fraction(1, 5), Fraction(2, 5), Fraction(3, 5), Fraction(4, 5), 1), False),
    ],
)
def test_bounds_are_round(values, bounds, logarithmic):
    scale = scale_of(values, 7)
    assert scale is not None
    assert (scale.bounds, scale.logarithmic) == (bounds, logarithmic)


def test_there_is_no_scale_of_nothing():
    assert scale_of([], 7) is None
    assert scale_of([0, 0], 7) is None
