"""Which lines of a joint are drawn, where there are too many."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cutaway.views.neurons.joints import Joint

NUMBERS = st.lists(st.integers(0, 60), unique=True, min_size=1, max_size=60)


@given(NUMBERS, NUMBERS, st.integers(1, 4000))
def test_lines_are_drawn_once_and_evenly(starts, ends, most):
    joint = Joint(source="a", target="b", kind="all")
    pairs = list(joint.pairs(starts, ends, most))
    assert len(set(pairs)) == len(pairs) == min(most, joint.count(starts, ends))
    assert all(start < len(starts) for start, _ in pairs)
    shares = Counter(end for _, end in pairs)
    counts = [shares[place] for place in range(len(ends))]
    assert max(counts) - min(counts) <= 1


@given(NUMBERS, NUMBERS, st.integers(1, 70))
def test_each_is_joined_with_its_like(starts, ends, most):
    joint = Joint(source="a", target="b", kind="each")
    pairs = list(joint.pairs(starts, ends, most))
    assert len(set(pairs)) == len(pairs) == min(most, joint.count(starts, ends))
    assert all(starts[start] == ends[end] for start, end in pairs)


def test_a_box_is_joined_with_all():
    joint = Joint(source="a", target="b", kind="fan")
    assert list(joint.pairs([None], [0, 1, 9], 10)) == [(0, 0), (0, 1), (0, 2)]
