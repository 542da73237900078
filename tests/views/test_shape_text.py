"""Shapes and counts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.graph import Tensor
from cutaway.views.shape_text import count_text, is_row_of_integers, shape_text, tensor_text


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ((None, 56, 56, 64), "56²×64"),
        ((None, 64, 56, 56), "64×56²"),
        ((None, 8, 8, 8, 3), "8³×3"),
        ((None, 7, 7, 7), "7²×7"),
        ((None, 64, 64), "64×64"),
        ((None, None, 768), "?×768"),
        ((None, None, None, 3), "?×?×3"),
        ((None, 1, 1, 64), "1×1×64"),
        ((None, 10), "10"),
        ((None,), "scalar"),
        ((), "scalar"),
        ((32, 10), "32×10"),
        (("batch", "time", 8), "batch×time×8"),
        (None, "?"),
    ],
)
def test_a_shape_reads_like_this(shape, text):
    assert shape_text(shape) == text


@given(st.lists(st.one_of(st.none(), st.integers(1, 300)), min_size=1, max_size=6))
def test_no_axis_is_dropped(dims):
    text = shape_text((None, *dims))
    axes = 0
    for part in text.split("×"):
        axes += {"²": 2, "³": 3}.get(part[-1], 1)
    assert axes == len(dims)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (999, "999"), (1000, "1 k"), (1234, "1.23 k"), (25_636_712, "25.6 M"), (124_000_000_000, "124 G")],
)
def test_a_count_reads_like_this(count, text):
    assert count_text(count) == text


def test_a_tensor_says_what_is_asked():
    tensor = Tensor(shape=(None, 10), dtype="float16")
    assert tensor_text(tensor) == "10"
    assert tensor_text(tensor, dtype=True) == "10 float16"
    assert tensor_text(Tensor(), shape=False, dtype=True) == "?"
    assert tensor_text(tensor, shape=False) == ""


@pytest.mark.parametrize(
    ("shape", "dtype", "is_row"),
    [
        ((None, "T"), "int32", True),
        ((None, 512), "int64", True),
        ((None, None), "int32", False),
        ((None, 512), "float32", False),
        ((None, 512), None, False),
        ((None, 1), "int32", False),
        ((None, 8, 8), "uint8", False),
        ((8, 8), "int32", False),
        (None, "int32", False),
    ],
)
def test_a_row_of_integers_has_a_length(shape, dtype, is_row):
    assert is_row_of_integers(Tensor(shape=shape, dtype=dtype)) is is_row
