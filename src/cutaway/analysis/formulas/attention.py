"""Attention: projections of queries, keys and values into heads, and back; or the scale of the scores."""

from collections.abc import Mapping

from cutaway.analysis.formulas.einsum import with_kernel
from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, axis, weight, within
from cutaway.analysis.formulas.quantized import mode_of
from cutaway.analysis.shapes.attention import input_shape, keys
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.analysis.shapes.equation import Equation
from cutaway.graph import Dim


def multi_head(call: Call) -> Weights | None:
    """Give the projections into `num_heads` heads of `key_dim` and `value_dim`, and the one to `output_shape`."""
    heads, width = size(call.whole("num_heads")), size(call.whole("key_dim"))
    value_width = size(call.whole("value_dim")) if call.has("value_dim") else width
    query, key, value = _features(call)
    made: Shape | None = (query,)
    if call.has("output_shape"):
        sizes = call.wholes("output_shape")
        made = None if not sizes else tuple(size(number) for number in sizes)
    parts = {
        "query": ((query, heads, width), (heads, width)),
        "key": ((key, heads, width), (heads, width)),
        "gate": ((query, heads, value_width), (heads, value_width)),
        "value": ((value, heads, value_width), (heads, value_width)),
        "attention_output": ((heads, value_width, *made) if made else None, made),
    }
    return _projections(call, parts)


def grouped_query(call: Call) -> Weights | None:
    """Give the same with fewer heads for keys and values than for queries."""
    heads, few = size(call.whole("num_query_heads")), size(call.whole("num_key_value_heads"))
    width = size(call.whole("head_dim"))
    query, key, value = _features(call)
    parts = {
        "query": ((query, heads, width), (heads, width)),
        "key": ((key, few, width), (few, width)),
        "gate": ((query, heads, width), (heads, width)),
        "value": ((value, few, width), (few, width)),
        "attention_output": ((heads, width, query), (query,)),
    }
    return _projections(call, parts)


def _features(call: Call) -> tuple[Dim, Dim, Dim]:
    """Return the last axes of queries, keys and values; Keras 2 stores their shapes in the layer's configuration."""
    shapes = {
        "query": input_shape(call, "query", 0),
        "key": keys(call),
        "value": input_shape(call, "value", 1),
    }
    found = []
    for name, shape in shapes.items():
        stored = call.attributes.get(f"{name}_shape")
        last = stored[-1] if shape is None and isinstance(stored, tuple) and stored else axis(shape, -1)
        found.append(last if isinstance(last, int) and not isinstance(last, bool) else axis(shape, -1))
    return found[0], found[1], found[2]


def _projections(call: Call, parts: "Mapping[str, tuple[Shape | None, Shape | None]]") -> Weights | None:
    biased, gated = call.flag("use_bias", default=True), call.flag("use_gate")
    if biased is None or gated is None:
        return None
    found: Weights = ()
    for name, (kernel, bias) in parts.items():
        if name == "gate" and not gated:
            continue
        biases = (weight(call, "bias", bias),) if biased else ()
        part = _quantized(call, name, kernel, biases) if mode_of(call) else (weight(call, "kernel", kernel), *biases)
        if part is None:
            return None
        found = (*found, *within(name, part))
    return found


def _quantized(call: Call, name: str, kernel: Shape | None, bias: Weights) -> Weights | None:
    """Return the weights of one quantised projection: it contracts the features, or heads and their width."""
    rank = {"key": keys(call), "value": input_shape(call, "value", 1)}.get(name, input_shape(call, "query", 0))
    if rank is None or kernel is None or len(rank) < 2:
        return None
    free = tuple(f"axis {place}" for place in range(len(rank) - 1))
    labels = tuple(f"kernel {place}" for place in range(len(kernel)))
    cut = 2 if name == "attention_output" else 1
    equation = Equation(inputs=((*free, *labels[:cut]), labels), output=(*free, *labels[cut:]))
    return with_kernel(call, equation, kernel, bias)


def dot_product(call: Call) -> Weights | None:
    """Give a scale if `use_scale` asks for one, and the weight of concatenated scores."""
    scaled, mode = call.flag("use_scale"), call.text("score_mode", "dot")
    if scaled is None or mode not in {"dot", "concat"}:
        return None
    names = (*(("scale",) if scaled else ()), *(("concat_score_weight",) if mode == "concat" else ()))
    return tuple(weight(call, name, ()) for name in names)


def additive(call: Call) -> Weights | None:
    """Give a scale for each feature of the queries, which the keys share."""
    scaled = call.flag("use_scale", default=True)
    if scaled is None:
        return None
    features = axis(input_shape(call, "query", 0), -1)
    if features is None:
        features = axis(keys(call), -1)
    return (weight(call, "scale", (features,)),) if scaled else ()


RULES: Mapping[str, Formula] = {
    "MultiHeadAttention": multi_head,
    **dict.fromkeys(("GroupQueryAttention", "GroupedQueryAttention"), grouped_query),
    "Attention": dot_product,
    "AdditiveAttention": additive,
}
