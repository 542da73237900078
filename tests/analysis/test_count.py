"""Counting weights: each key once, in any order, and never more than is known."""

from math import prod

from hypothesis import given
from hypothesis import strategies as st

from cutaway.analysis.count import BITS, Counting, Parameters, count, parameters
from cutaway.graph import Node, Weight

DTYPES = (*sorted(BITS), "string", None)
dims = st.none() | st.just("n") | st.integers(1, 9)


@st.composite
def weights(draw):
    """Draw weights by key: what is said of one key is the same everywhere."""
    keys = draw(st.lists(st.sampled_from("abcdef"), unique=True))
    shape = st.none() | st.lists(dims, max_size=3).map(tuple)
    return [
        Weight(
            key=key,
            shape=draw(shape),
            dtype=draw(st.sampled_from(DTYPES)),
            trainable=draw(st.sampled_from([True, False, None])),
        )
        for key in keys
    ]


@st.composite
def graphs(draw):
    """Draw nodes that share some weights; of some nodes nothing is known."""
    found = draw(weights())
    held = st.none() | st.lists(st.sampled_from(found), max_size=4).map(tuple) if found else st.none() | st.just(())
    number = draw(st.integers(0, 5))
    return [Node(id=f"n{place}", name="n", op="Dense", weights=draw(held)) for place in range(number)]


def sizes(nodes) -> dict:
    """Return all weights of some nodes by key."""
    return {weight.key: weight for node in nodes for weight in node.weights or ()}


def known(weight: Weight) -> int | None:
    return None if weight.shape is None or not all(isinstance(dim, int) for dim in weight.shape) else prod(weight.shape)


@given(graphs())
def test_every_key_counts_once(nodes):
    found, held = count(nodes), sizes(nodes)
    for trainable, number in ((True, found.trainable), (False, found.non_trainable), (None, found.untold)):
        assert number == sum(known(weight) or 0 for weight in held.values() if weight.trainable is trainable)
    assert found.total == found.trainable + found.non_trainable + found.untold == sum(found.values.values())


@given(graphs())
def test_a_total_is_exact_where_all_is_known(nodes):
    found, held = count(nodes), sizes(nodes)
    whole = all(node.weights is not None for node in nodes) and None not in map(known, held.values())
    assert found.exact == whole
    assert parameters(nodes) == (found.total if whole else None)


@given(graphs(), st.randoms())
def test_neither_order_nor_repetition_matters(nodes, random):
    found = count(nodes)
    shuffled = [*nodes, *nodes]
    random.shuffle(shuffled)
    assert count(shuffled) == found


@given(graphs())
def test_more_nodes_are_never_less(nodes):
    found = count(nodes)
    for place in range(len(nodes)):
        part = count(nodes[:place])
        assert part.total <= found.total
        assert part.bytes <= found.bytes
        assert part.exact or not found.exact


@given(graphs())
def test_bytes_follow_from_the_bits_of_the_types(nodes):
    found, held = count(nodes), sizes(nodes)
    bits = {
        dtype: sum((known(weight) or 0) * BITS[dtype] for weight in held.values() if weight.dtype == dtype)
        for dtype in {weight.dtype for weight in held.values()} & BITS.keys()
    }
    assert dict(found.bytes_by_dtype) == {dtype: -(-number // 8) for dtype, number in bits.items()}
    assert found.bytes == sum(found.bytes_by_dtype.values())
    assert found.bytes_exact == (found.exact and all(weight.dtype in BITS for weight in held.values()))


def test_what_is_said_of_one_key_is_put_together():
    def holding(**changes):
        weight = {"key": "shared/w", "shape": (2, 3), "dtype": "float32", "trainable": None, **changes}
        return Node(id=f"{changes}", name="n", op="Dense", weights=(Weight(**weight),))

    known_by_one = [holding(shape=(None, 3), dtype=None), holding()]
    assert count(known_by_one) == Parameters(untold=6, values={"float32": 6})
    trained_by_one = [holding(trainable=False), holding(trainable=True), holding()]
    assert count(trained_by_one) == Parameters(trainable=6, values={"float32": 6})
    assert count([holding(trainable=False), holding()]) == Parameters(non_trainable=6, values={"float32": 6})


shapes = st.none() | st.tuples(st.none() | st.integers(0, 3))
told = st.builds(
    Weight, key=st.sampled_from("abc"), shape=shapes, dtype=st.just("float32"), trainable=st.sampled_from([True, None])
)
nodes_saying_anything = st.lists(
    st.builds(Node, id=st.just("n"), name=st.just("n"), op=st.just("Dense"), weights=st.none() | st.tuples(told, told)),
    max_size=6,
)


@given(nodes_saying_anything, st.integers(0, 6), st.integers(0, 6))
def test_parts_counted_apart_are_as_the_whole(nodes, first, second):
    """Also where a part knows less of a weight than another."""
    low, high = sorted((first, second))
    whole = Counting()
    for part in (nodes[:low], nodes[low:high], nodes[high:]):
        counted = Counting()
        for node in part:
            counted.add(node)
        whole = whole.with_all_of(counted)
    assert (whole.parameters(), whole.nodes) == (count(nodes), len(nodes))


def test_a_truth_value_is_one_bit_and_four_bits_are_half_a_byte():
    weights = tuple(Weight(key=dtype, shape=(9,), dtype=dtype, trainable=False) for dtype in ("bool", "int4", "int8"))
    found = count([Node(id="n", name="n", op="Mine", weights=weights)])
    assert dict(found.bytes_by_dtype) == {"bool": 2, "int4": 5, "int8": 9}
    assert found.bytes == 16
