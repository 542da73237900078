"""Attention: the queries' axes with the values' (or the layer's own) features, and the scores on request."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.graph import Dim, Tensor


def multi_head(call: Call) -> Tensors:
    """Give the queries' axes; the last one is `output_shape` where it is set."""
    query = _input(call, "query", 0)
    if not query:
        return one(None, call.dtype)
    shape: Shape | None = query
    if call.has("output_shape"):
        sizes = call.wholes("output_shape")
        shape = None if sizes is None else (*query[:-1], *(size(number) for number in sizes))
    keys = _keys(call)
    heads = call.whole("num_heads", call.whole("num_query_heads"))
    flat = len(query) == 3 and keys is not None and len(keys) == 3
    return _with_scores(call, shape, (query[0], size(heads), query[1], keys[1]) if flat and keys else None)


def attention(call: Call) -> Tensors:
    """Give the queries' axes with the values' last one."""
    query, value = _input(call, "query", 0), _input(call, "value", 1)
    if not query or not value:
        return one(None, call.dtype)
    keys = _keys(call)
    length: Dim = keys[-2] if keys is not None and len(keys) > 1 else None
    return _with_scores(call, (*query[:-1], value[-1]), (*query[:-1], length))


def _input(call: Call, name: str, place: int) -> Shape | None:
    """Return the shape of the input of that name, or else of the one at that place."""
    place = call.ports.index(name) if name in call.ports else place
    return call.inputs[place].shape if place < len(call.inputs) else None


def _keys(call: Call) -> Shape | None:
    """Return the shape of the keys: they are the values, where they are not given."""
    return _input(call, "key", 0) if "key" in call.ports else _input(call, "value", 1)


def _with_scores(call: Call, shape: Shape | None, scores: Shape | None) -> Tensors:
    return (*one(shape, call.dtype), Tensor(shape=scores, dtype=call.dtype))


RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention"), multi_head),
    **dict.fromkeys(("Attention", "AdditiveAttention"), attention),
}
