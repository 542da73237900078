"""Attention: the queries' axes with the values' (or the layer's own) features, and the scores on request."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.graph import Dim, Tensor


def multi_head(call: Call) -> Tensors:
    """Give the queries' axes; the last one is `output_shape` where it is set."""
    query = call.shape
    if not query:
        return one(None, call.dtype)
    sizes = call.wholes("output_shape") if call.has("output_shape") else None
    if sizes is not None:
        shape: Shape | None = (*query[:-1], *(size(number) for number in sizes))
    else:
        shape = None if call.has("output_shape") else query
    axes = call.wholes("attention_axes") if call.has("attention_axes") else None
    heads = call.whole("num_heads", call.whole("num_query_heads"))
    scores = _head_scores(call, query, heads) if axes is None or len(query) == 3 else None
    return _with_scores(call, shape, scores)


def _head_scores(call: Call, query: Shape, heads: int | None) -> Shape | None:
    keys = _keys(call)
    if len(query) != 3 or keys is None or len(keys) != 3:
        return None
    return (query[0], size(heads), query[1], keys[1])


def attention(call: Call) -> Tensors:
    """Give the queries' axes with the values' last one."""
    query = call.shape
    value = _value(call)
    if not query or not value:
        return one(None, call.dtype)
    keys = _keys(call)
    length: Dim = keys[-2] if keys is not None and len(keys) > 1 else None
    return _with_scores(call, (*query[:-1], value[-1]), (*query[:-1], length))


def _value(call: Call) -> Shape | None:
    place = call.ports.index("value") if "value" in call.ports else 1
    return call.inputs[place].shape if place < len(call.inputs) else None


def _keys(call: Call) -> Shape | None:
    if "key" in call.ports and call.ports.index("key") < len(call.inputs):
        return call.inputs[call.ports.index("key")].shape
    return _value(call)


def _with_scores(call: Call, shape: Shape | None, scores: Shape | None) -> Tensors:
    return (*one(shape, call.dtype), Tensor(shape=scores, dtype=call.dtype))


RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention"), multi_head),
    **dict.fromkeys(("Attention", "AdditiveAttention"), attention),
}
