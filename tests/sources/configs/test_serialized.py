import json
from collections import OrderedDict, UserDict, UserList
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras_configs import called, layer, model, tensor
from keras_configs import given as entry

from cutaway.errors import InputError
from cutaway.sources import read
from cutaway.sources.attributes import is_custom
from cutaway.sources.configs.serialized import as_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


def disguised(value, kind):
    """Return a plain value with other mappings for its dicts, and tuples for its lists."""
    if isinstance(value, dict):
        return kind({key: disguised(item, kind) for key, item in value.items()})
    return tuple(disguised(item, kind) for item in value) if isinstance(value, list) else value


def small():
    layers = [entry("i"), layer("Dense", "d", called(tensor("i")), units=4)]
    return model("m", layers, [["i", 0, 0]], [["d", 0, 0]])


@given(values, st.sampled_from([dict, OrderedDict, UserDict, MappingProxyType]))
def test_mappings_become_dicts_and_sequences_lists(value, kind):
    found = as_json(disguised(value, kind))
    assert found == value
    assert json.loads(json.dumps(found)) == value


def test_what_is_given_is_not_changed():
    given_config = {"a": ({"b": (1, 2)},)}
    assert as_json(given_config) == {"a": [{"b": [1, 2]}]}
    assert given_config == {"a": ({"b": (1, 2)},)}


def test_what_no_text_can_hold_stays():
    other = UserList([1])
    assert as_json({1: other}) == {"1": other}
    assert as_json(other) is other


def test_what_contains_itself_does_so_still():
    value = {}
    value["again"] = (value,)
    found = as_json(value)
    assert found["again"][0] is found


@pytest.mark.parametrize("kind", [OrderedDict, UserDict, MappingProxyType])
def test_a_config_in_other_mappings_is_the_same_model(kind):
    assert read(disguised(small(), kind)) == read(small())


def test_a_model_that_contains_itself_is_refused():
    config = small()
    config["config"]["layers"].append(config)
    with pytest.raises(InputError, match="the config: a part of it contains itself"):
        read(config)


def test_what_grows_by_powers_is_refused():
    value = [1]
    for _ in range(40):
        value = [value, value]
    with pytest.raises(InputError, match="the config: it holds over 4194304 values"):
        read(small() | {"build_config": value})


@pytest.mark.parametrize(
    ("told", "custom"),
    [
        ({"module": "keras.layers"}, False),
        ({"module": "keras.src.applications.convnext"}, False),
        ({"module": "tf_keras.src.engine.functional"}, False),
        ({}, False),  # older files do not say
        ({"module": None, "registered_name": "Dense"}, True),
        ({"module": "keras_hub.src.layers"}, True),
        ({"module": "mine", "registered_name": "mine>Dense"}, True),
        ({"class_name": "Addons>Dense"}, True),
        ({"class_name": ["Dense"]}, False),
    ],
)
def test_a_class_of_another_package_is_told_apart(told, custom):
    assert is_custom({"class_name": "Dense", "config": {}} | told) is custom
