from hypothesis import given
from hypothesis import strategies as st

from cutaway.graph import Tensor
from cutaway.sources.arguments import call
from cutaway.sources.attributes import plain
from cutaway.sources.blueprint import Argument, Call

ARGUMENTS = st.builds(
    Argument,
    st.none() | st.tuples(st.tuples(st.integers(0, 9), st.integers(0, 2)), st.integers(0, 2)),
    st.builds(Tensor, shape=st.none() | st.just((None, 4)), dtype=st.none() | st.just("float32")),
)


@given(
    st.sampled_from(["Add", "Concatenate", "Attention", "LSTM", "MyLayer"]),
    ARGUMENTS | st.lists(ARGUMENTS | st.none(), max_size=5),
    st.dictionaries(st.sampled_from(["mask", "training"]), st.none()),
)
def test_tensors_are_named_alike_with_a_constant_beside_them_and_without(op, given, empty):
    alone = call(op, [given], empty, plain)
    beside = call(op, [given], {**empty, "flag": True}, plain)
    assert (alone.arguments, dict(alone.constants)) == (beside.arguments, {})
    assert beside.constants == {"flag": True}


def test_tensors_in_a_list_are_named_by_what_the_layer_calls_them_or_by_their_number():
    given = [Argument(((place, 0), 0)) for place in range(4)]
    assert [each.name for each in call("Add", [given], {"mask": None}, plain).arguments] == [
        "input 0", "input 1", "input 2", "input 3",
    ]  # fmt: skip
    assert [each.name for each in call("Attention", [given], {}, plain).arguments] == [
        "query",
        "value",
        "key",
        "input 3",
    ]
    assert call("Add", [given[0]], {"mask": None}, plain) == Call((given[0],))
