"""Attention in full: projections, scores of all queries with all keys, and the weighted sums of the values."""

from collections.abc import Mapping, Sequence

from cutaway.analysis.cost.forward import Forward, Work, elements, product, total
from cutaway.analysis.shapes.attention import input_shape, keys
from cutaway.analysis.shapes.dims import Shape, positions
from cutaway.graph import Dim


def multi_head(forward: Forward) -> int | None:
    """Project queries, keys and values, attend with each head, project back; a gate is one more projection."""
    call, (query, key, value) = forward.call, _fed(forward)
    heads, width = call.whole("num_heads"), call.whole("key_dim")
    deep = width if not call.has("value_dim") else call.whole("value_dim")
    axes = _attended(forward, query)
    if not query or not key or not value or axes is None or len(key) != len(query):
        return None
    rows = product(*query[:-1])
    pairs = product(rows, *(key[axis] for axis in axes))
    wide = call.wholes("output_shape") if call.has("output_shape") else (query[-1],)
    parts = [
        product(elements(query), heads, width),
        product(elements(key), heads, width),
        product(elements(value), heads, deep),
        product(pairs, heads, width),
        product(pairs, heads, deep),
        product(rows, heads, deep, *(wide or (None,))),
        product(elements(query), heads, deep) if call.flag("use_gate") else 0,
    ]
    return total(parts)


def grouped(forward: Forward) -> int | None:
    """Do so where several heads of queries share those of keys and values."""
    call, (query, key, value) = forward.call, _fed(forward)
    heads, shared = call.whole("num_query_heads"), call.whole("num_key_value_heads")
    width = call.whole("head_dim")
    if not query or not key or not value or len(query) != 3 or len(key) != 3:
        return None
    pairs = product(*query[:-1], key[1], heads, width)
    parts = [
        product(elements(query), heads, width, 3 if call.flag("use_gate") else 2),
        product(elements(key), shared, width),
        product(elements(value), shared, width),
        product(2, pairs),
    ]
    return total(parts)


def attention(forward: Forward) -> int | None:
    """Compare queries with keys, and sum the values; scores by `concat` are sums of single elements."""
    query, _, value = _fed(forward)
    if forward.call.word("score_mode", "dot") == "dot":
        return total([_scores(query, value), _sums(query, value)])
    return _sums(query, value)


def additive(forward: Forward) -> int | None:
    """Multiply the activated sum of each query and key with the scale, and sum the values."""
    query, _, value = _fed(forward)
    scaled = forward.call.flag("use_scale", default=True)
    return None if scaled is None else total([_scores(query, value) if scaled else 0, _sums(query, value)])


def _fed(forward: Forward) -> tuple[Shape | None, Shape | None, Shape | None]:
    """Return the shapes of queries, keys and values."""
    call = forward.call
    return input_shape(call, "query", 0), keys(call), input_shape(call, "value", 1)


def _attended(forward: Forward, query: Shape | None) -> Sequence[int] | None:
    """Return the axes along which is attended: all between batch and features, where none are given."""
    if query is None:
        return None
    if not forward.call.has("attention_axes"):
        return range(1, len(query) - 1)
    return positions(forward.call.wholes("attention_axes"), len(query))


def _scores(query: Shape | None, value: Shape | None) -> int | None:
    return product(*query, _length(value)) if query else None


def _sums(query: Shape | None, value: Shape | None) -> int | None:
    return product(*query[:-1], _length(value), value[-1]) if query and value else None


def _length(shape: Shape | None) -> Dim:
    return shape[-2] if shape is not None and len(shape) > 1 else None


RULES: Mapping[str, Work] = {
    "MultiHeadAttention": multi_head,
    **dict.fromkeys(("GroupQueryAttention", "GroupedQueryAttention"), grouped),
    "Attention": attention,
    "AdditiveAttention": additive,
}
