import json
import math
from types import MappingProxyType

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


CONFIGS = st.dictionaries(st.sampled_from(["name", "trainable", "axis", "rate", "layer"]), JSON)


@given(CONFIGS)
def test_attributes_are_a_mapping_of_plain_values(config):
    made = reduced(config)
    expected = {key: plain(value, key) for key, value in config.items() if key not in {"name", "trainable"}}
    assert [*made] == [*made.keys()] == [*expected]
    assert [*made.items()] == [*expected.items()]
    assert ([*made.values()], len(made), bool(made)) == ([*expected.values()], len(expected), bool(expected))
    for key in ("name", "trainable", "axis", "rate", "layer", "other"):
        assert (key in made, made.get(key, ...)) == (key in expected, expected.get(key, ...))
    assert made == reduced(config) == expected == made
    assert made != {**expected, "more": 1}
    assert repr(made) == repr(MappingProxyType(expected))
    assert {**made} == dict(made) == expected


class Closed(dict):
    """A config of which nobody may ask more than whether it has a key."""

    def __iter__(self):
        raise AssertionError

    items = values = keys = __getitem__ = get = __iter__


def test_an_attribute_that_a_layer_lacks_is_not_looked_for():
    made = reduced(Closed(axis=1))
    assert (made.get("layer"), made.get("layer", 2), "layer" in made) == (None, 2, False)
    with pytest.raises(AssertionError):
        made.get("axis")
