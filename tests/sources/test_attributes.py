import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.sources.attributes import DEEPEST, plain, reduced

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text().filter(lambda key: key != "class_name"), inner),
    max_leaves=10,
)


def thawed(value):
    """Return a frozen value as JSON would hold it."""
    if isinstance(value, tuple):
        return [thawed(item) for item in value]
    return {key: thawed(item) for key, item in value.items()} if hasattr(value, "items") else value


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inner), default=0)


@given(JSON.filter(lambda value: depth(value) < DEEPEST))
def test_what_is_no_object_of_keras_is_the_same_json(value):
    assert json.dumps(thawed(plain(value))) == json.dumps(value)


def test_a_plain_mapping_refuses_changes():
    frozen = plain({"a": [1, {"b": 2}]})
    with pytest.raises(TypeError):
        frozen["a"] = 0
    with pytest.raises(TypeError):
        frozen["a"][1]["b"] = 0


def test_not_a_number_survives():
    assert math.isnan(plain({"x": float("nan")})["x"])


def test_what_json_cannot_hold_is_told_by_its_class():
    assert plain({"a": {1, 2}, "b": [b"raw"]}) == {"a": "set", "b": ("bytes",)}


def test_the_code_of_an_activation_is_not_kept():
    code = ["4wEAAAAA\n", None, None]
    assert reduced({"activation": {"value": code}})["activation"] == "λ"
    assert reduced({"activation": {"code": code[0], "defaults": None, "closure": None}})["activation"] == "λ"
    assert reduced({"given": {"value": [1, 2, 3]}})["given"] == {"value": (1, 2, 3)}
