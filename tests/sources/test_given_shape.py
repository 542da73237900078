import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.errors import InputError
from cutaway.sources.given_shape import is_shape, single, unnamed, with_batch

shapes = st.lists(st.none() | st.integers(1, 99) | st.sampled_from(["batch", "?"]), max_size=4)


@given(shapes)
def test_a_completed_shape_has_an_open_batch_axis_and_is_complete(shape):
    full = with_batch(shape)
    assert is_shape(full)
    assert not isinstance(full[0], int)
    assert with_batch(full) == full == single(full, "Dense")
    assert list(full)[-len(shape) :] == [None if size == "?" else size for size in shape] or not shape
    assert len(full) - len(shape) == (not shape or isinstance(shape[0], int))


@pytest.mark.parametrize(
    ("several", "full"),
    [
        ([(4,), (None, 5)], [(None, 4), (None, 5)]),
        ({"a": (4,), "b": [5, 6]}, {"a": (None, 4), "b": (None, 5, 6)}),
        ({"a": [(4,), (5,)]}, {"a": [(None, 4), (None, 5)]}),
    ],
)
def test_each_of_several_shapes_is_completed(several, full):
    assert with_batch(several) == full


def test_a_framework_is_given_no_names():
    assert unnamed(("batch", None, 3)) == (None, None, 3)


def test_what_contains_itself_is_no_shape():
    endless = []
    endless.append(endless)
    for shape in (endless, {"a": endless}):
        with pytest.raises(InputError, match="cannot use the input_shape"):
            with_batch(shape)


@pytest.mark.parametrize("shape", [(None, None, 3), (28, 28), (None, 28), ("?", "?", 3)])
def test_a_shape_without_an_axis_that_the_first_layer_needs_is_refused_with_both_ways_to_write_it(shape):
    full = with_batch(shape)
    with pytest.raises(InputError) as caught:
        single(full, "Conv2D")
    assert f"{full}: it has {len(full)} axes" in str(caught.value)
    assert "(224, 224, 3)" in str(caught.value)
    assert "(None, None, None, 3)" in str(caught.value)
    assert single(full, "Flatten") == full
    assert single((None, None, None, 3), "Conv2D") == (None, None, None, 3)
