"""Attention: the queries' axes with the values' (or the layer's own) features, and the scores on request."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.graph import Dim, Tensor


def multi_head(call: Call) -> Tensors:
    """Give the queries' axes; the last one is `output_shape` where it is set.

    Where keys are not as long as queries, MultiHeadAttention of Keras 3 says one thing of its scores and does another;
    that of Keras 2, which stores the shapes, does not.
    """
    query = input_shape(call, "query", 0)
    if not query:
        return one(None, call.dtype)
    shape: Shape | None = query
    if call.has("output_shape"):
        sizes = call.wholes("output_shape")
        shape = None if sizes is None else (*query[:-1], *(size(number) for number in sizes))
    key = keys(call)
    heads = call.whole("num_heads", call.whole("num_query_heads"))
    scores: Shape | None = None
    sure = call.op != "MultiHeadAttention" or call.has("query_shape")
    if len(query) == 3 and key is not None and len(key) == 3 and (sure or query[1] == key[1]):
        scores = (query[0], size(heads), query[1], key[1])
    return _with_scores(call, shape, scores)


def attention(call: Call) -> Tensors:
    """Give the queries' axes with the values' last one."""
    query, value = input_shape(call, "query", 0), input_shape(call, "value", 1)
    if not query or not value:
        return one(None, call.dtype)
    key = keys(call)
    length: Dim = key[-2] if key is not None and len(key) > 1 else None
    return _with_scores(call, (*query[:-1], value[-1]), (*query[:-1], length))


def input_shape(call: Call, name: str, place: int) -> Shape | None:
    """Return the shape of the input of that name, or else of the one at that place."""
    place = call.ports.index(name) if name in call.ports else place
    return call.inputs[place].shape if place < len(call.inputs) else None


def keys(call: Call) -> Shape | None:
    """Return the shape of the keys, the third input; they are the values, where they are not given."""
    third = call.ports[2] if len(call.ports) > 2 else "input 2"
    if "key" in call.ports or (third == "input 2" and len(call.inputs) > 2):
        return input_shape(call, "key", 2)
    return input_shape(call, "value", 1)


def _with_scores(call: Call, shape: Shape | None, scores: Shape | None) -> Tensors:
    return (*one(shape, call.dtype), Tensor(shape=scores, dtype=call.dtype))


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention"), multi_head),
    **dict.fromkeys(("Attention", "AdditiveAttention"), attention),
}
