"""Values in live Keras 2, told by their own faces."""

import enum
import json
from types import SimpleNamespace

import pytest

from cutaway.sources.attributes import plain
from cutaway.sources.live.keras2_values import written


class Padding(enum.Enum):
    """A choice, as a config may hold one."""

    SAME = "same"


class Regularizer:
    """An object with a config, as Keras' own have."""

    def get_config(self):
        return {"l2": 0.5, "of": Padding.SAME}


class Failing(Regularizer):
    """An object whose config cannot be told."""

    def get_config(self):
        raise NotImplementedError


class DType:
    """A type of numbers, as TensorFlow has it."""

    name = "float16"


class TensorShape(list):
    """A shape, as TensorFlow has it."""

    ndims = 2


class Array:
    """An array of numbers."""

    shape, dtype = (2,), "float32"

    def tolist(self):
        return [1.0, 2.0]


class Constant:
    """A constant tensor: it tells its numbers by way of an array."""

    shape, dtype = (2,), DType()

    def numpy(self):
        return Array()


class Unread(Constant):
    """A tensor that does not tell its numbers."""

    def numpy(self):
        raise RuntimeError("in a graph")


def activate(x):
    return x


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (True, True),
        ((1, "a", 2.5), [1, "a", 2.5]),
        ({"start": None, 1: (2,)}, {"start": None, "1": [2]}),
        (Padding.SAME, "same"),
        (b"word", "word"),
        (..., {"class_name": "__ellipsis__", "config": {}}),
        (DType(), "float16"),
        (TensorShape([None, 3]), [None, 3]),
        (Regularizer(), {"class_name": "Regularizer", "config": {"l2": 0.5, "of": "same"}}),
        (Failing(), {"class_name": "Failing", "config": {}}),
        (Array(), [1.0, 2.0]),
        (Constant(), [1.0, 2.0]),
        (Unread(), {"class_name": "Unread", "config": {}}),
        (activate, "activate"),
        (max, "max"),
        (Regularizer, "Regularizer"),
        (lambda x: x, {"class_name": "__lambda__", "config": {}}),
        (SimpleNamespace(), {"class_name": "SimpleNamespace", "config": {}}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_is_what_a_file_would_hold(value, told):
    assert written(value) == told
    json.dumps(written(value))


def test_of_a_large_array_only_the_size_is_told():
    array = Array()
    array.shape = (300, 2, 100)
    assert plain(written(array)) == "array (300, 2, 100)"


def test_what_contains_itself_ends():
    value: list[object] = []
    value.append(value)
    assert "…" in json.dumps(written(value), ensure_ascii=False)
