import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.graph import Edge, freeze

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def thawed(value):
    """Return a frozen value as JSON would hold it."""
    if isinstance(value, tuple):
        return [thawed(item) for item in value]
    return {key: thawed(item) for key, item in value.items()} if hasattr(value, "items") else value


@given(JSON)
def test_a_frozen_value_is_the_same_json(value):
    assert json.dumps(thawed(freeze(value))) == json.dumps(value)


def test_a_frozen_mapping_refuses_changes():
    frozen = freeze({"a": [1, {"b": 2}]})
    with pytest.raises(TypeError):
        frozen["a"] = 0
    with pytest.raises(TypeError):
        frozen["a"][1]["b"] = 0


def test_not_a_number_survives():
    assert math.isnan(freeze({"x": float("nan")})["x"])


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="cannot freeze a set"):
        freeze({"a": {1, 2}})


def test_parallel_edges_have_ids_of_their_own():
    edges = [Edge(source="a", target="b", target_port=port) for port in range(2)]
    assert [edge.id for edge in edges] == ["a:0->b:0", "a:0->b:1"]
