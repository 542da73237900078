"""Calls of layers with any attributes at all: what a damaged or foreign file may hold."""

from collections.abc import Sequence

from hypothesis import strategies as st

from cutaway.analysis.shapes.dtypes import FLOATS
from cutaway.graph import Tensor

DTYPES = (*FLOATS, "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "string", None)


def values(names: Sequence[str], words: Sequence[str]) -> st.SearchStrategy:
    """Return anything that a configuration may hold, of these names and words."""
    plain = st.none() | st.booleans() | st.integers(-4, 40) | st.sampled_from(words) | st.floats(-3, 3)
    return st.recursive(
        plain | st.just(float("nan")),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=2),
        max_leaves=6,
    )


def attributes(names: Sequence[str], words: Sequence[str], classes: Sequence[str]) -> st.SearchStrategy[dict]:
    """Return any attributes, among them layers of these classes."""
    found = values(names, words)
    inside = st.dictionaries(st.sampled_from(names), found, max_size=6)
    nested = st.fixed_dictionaries({"class_name": st.sampled_from(classes), "config": inside})
    return st.dictionaries(st.sampled_from(names), found | nested, max_size=10)


axis_sizes = st.none() | st.integers(1, 12) | st.just("n")
tensors = st.builds(
    Tensor, shape=st.none() | st.lists(axis_sizes, max_size=6).map(tuple), dtype=st.sampled_from(DTYPES)
)
ports = st.lists(st.sampled_from(["inputs", "query", "key", "value", "input 0", "input 1"]), max_size=4).map(tuple)
