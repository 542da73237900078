"""Layers that join several inputs: element by element, end to end, or as a dot product."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, broadcast, position, replace, shared, total
from cutaway.analysis.shapes.dtypes import promote
from cutaway.graph import Dim


def merged_dtype(call: Call) -> str | None:
    """Return the type that the layer computes in, or that of all inputs together where no policy is stored."""
    return call.dtype if call.policy is not None else promote([tensor.dtype for tensor in call.inputs])


def elementwise(call: Call) -> Tensors:
    """Broadcast the inputs' axes after the batch, which is what the inputs say, where they do not disagree.

    As in Keras, an axis that one input leaves open stays open, whatever the others say.
    """
    shapes = [tensor.shape for tensor in call.inputs]
    rests = [None if shape is None else shape[1:] for shape in shapes]
    found = broadcast(rests)
    if found is None or not all(shapes):
        return one(None, merged_dtype(call))
    opened = (None if _is_open(rests, len(found) - place) else dim for place, dim in enumerate(found))
    return one((_batch(shapes), *opened), merged_dtype(call))


def _is_open(shapes: list[Shape | None], from_right: int) -> bool:
    return any(shape is not None and len(shape) >= from_right and shape[-from_right] is None for shape in shapes)


def _batch(shapes: list[Shape | None]) -> Dim:
    batches = list(dict.fromkeys(shape[0] for shape in shapes if shape and shape[0] is not None))
    return batches[0] if len(batches) == 1 else None


def concatenate(call: Call) -> Tensors:
    """Join the inputs along one axis; the other axes are the first input's."""
    dtype = merged_dtype(call)
    shapes = [tensor.shape for tensor in call.inputs if tensor.shape is not None]
    axis = call.whole("axis", -1)
    return one(joined(shapes, axis) if len(shapes) == len(call.inputs) else None, dtype)


def joined(shapes: list[Shape], axis: int | None) -> Shape | None:
    """Return the shape of tensors laid end to end along `axis`, None where their ranks differ."""
    if not shapes or len({len(shape) for shape in shapes}) > 1:
        return None
    place = position(axis, len(shapes[0]))
    columns = zip(*shapes, strict=True)
    result = tuple(None if column[0] is None else shared(column) for column in columns)
    if place is None:
        return (None,) * len(result) if axis is None else None
    return replace(result, place, total([shape[place] for shape in shapes]))


def dot(call: Call) -> Tensors:
    """Contract one axis of each of two inputs; what remains of both stands side by side after the batch."""
    dtype = merged_dtype(call)
    if len(call.inputs) != 2:
        return one(None, dtype)
    first, second = call.inputs[0].shape, call.inputs[1].shape
    axes = call.wholes("axes")
    if first is None or second is None or not axes or not call.has("axes"):
        return one(None, dtype)
    left, right = position(axes[0], len(first)), position(axes[-1], len(second))
    if not left or not right or len(axes) > 2:
        return one(None, dtype)
    rest = (*first[:left], *first[left + 1 :], *second[1:right], *second[right + 1 :])
    return one(rest if len(rest) > 1 else (*rest, 1), dtype)


def merge(call: Call) -> Tensors:
    """Do what the `mode` of Keras 1 says; what a function of the user does is unknown."""
    rule = _MODES.get(call.word("mode", "sum") or "")
    return rule(call) if rule is not None else one(None, None)


_MODES: Mapping[str, Rule] = {
    **dict.fromkeys(("sum", "mul", "ave", "max"), elementwise),
    **dict.fromkeys(("dot", "cos"), dot),
    "concat": concatenate,
}

RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"), elementwise),
    "Concatenate": concatenate,
    "Dot": dot,
    "Merge": merge,
}
