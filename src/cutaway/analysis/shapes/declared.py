"""Layers whose shape is declared and not computed: inputs, what is given an output shape (lambdas, deconvolutions)."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one, whole
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.graph import Dim, Tensor, Value


def stated_axes(value: Value) -> tuple[int | None, ...] | None:
    """Return a stored shape whose unknown axes are null, None where it is no such thing."""
    items = value if isinstance(value, tuple) else (value,)
    if value is None or any(item is not None and whole(item) is None for item in items):
        return None
    return tuple(None if item is None else whole(item) for item in items)


def entered(call: Call) -> Tensors:
    """Hand on what flows in, or give the shape and type that the layer declares."""
    if call.inputs:
        return call.inputs[:1]
    for key in ("batch_shape", "batch_input_shape"):
        if call.has(key):
            return one(_sizes(call.attributes[key]), call.dtype)
    shape = _sizes(call.attributes["shape"]) if call.has("shape") else None
    return one(None if shape is None else (None, *shape), call.dtype)


def _sizes(value: Value) -> Shape | None:
    """Return a declared shape, unknown where it says what is no size."""
    axes = stated_axes(value)
    return None if axes is None else tuple(None if axis is None else size(axis) for axis in axes)


def function(call: Call) -> Tensors:
    """Give `output_shape` after the batch, for each output; where it is itself a function, nothing is known.

    Keras 3 then hands out the type that the layer computes in; Keras 2, which stores a `function_type`, what comes.
    """
    dtype = None if call.has("function_type") else call.dtype
    batch: Dim = call.shape[0] if call.shape else None
    stored = call.attributes.get("output_shape")
    several = stored if isinstance(stored, tuple) and stored and isinstance(stored[0], tuple) else (stored,)
    shapes = [_sizes(item) if isinstance(item, tuple) else None for item in several]
    given = [None if shape is None else (batch, *shape) for shape in shapes]
    return tuple(Tensor(shape=shape, dtype=dtype if shape is not None else None) for shape in given)


def deconvolution(call: Call) -> Tensors:
    """Give the `output_shape` of a deconvolution of Keras 1, where it has to be stated, with the batch that comes."""
    stated = _sizes(call.attributes.get("output_shape"))
    return one((call.shape[0], *stated[1:]) if stated and call.shape else stated, call.dtype)


RULES: Mapping[str, Rule] = {
    "InputLayer": entered,
    "Lambda": function,
    "Deconvolution2D": deconvolution,
    "Deconvolution3D": deconvolution,
}
