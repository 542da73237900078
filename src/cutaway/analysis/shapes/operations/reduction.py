"""Operations that take axes away: sums, means, maxima and their kin."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes import merge
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one, wholes
from cutaway.analysis.shapes.dims import Shape, positions
from cutaway.analysis.shapes.operations.operands import as_float, summed
from cutaway.graph import Tensor

_SAME = "same"
_FLOAT = "float"
_SUM = "sum"


def reduced(call: Call, key: str = "axis") -> Shape | None:
    """Return the shape without the axes under `key` (all, where it is null), or with 1 for each with `keepdims`."""
    shape = call.shape
    keep = call.flag("keepdims")
    if shape is None or keep is None or key not in call.attributes:
        return None
    axes = positions(wholes(call.attributes[key]), len(shape)) if call.has(key) else tuple(range(len(shape)))
    if axes is None:
        return None
    if keep:
        return tuple(1 if place in axes else dim for place, dim in enumerate(shape))
    return tuple(dim for place, dim in enumerate(shape) if place not in axes)


def reduction(call: Call, kind: str) -> Tensors:
    """Reduce; the type is the input's, a float, that of a sum, or always the same one."""
    dtype = call.first.dtype
    if kind == _FLOAT:
        dtype = as_float(dtype)
    elif kind == _SUM:
        dtype = call.text("dtype", summed(dtype))
    elif kind != _SAME:
        dtype = kind
    return one(reduced(call), dtype)


def logarithm_of_sum(call: Call) -> Tensors:
    """Reduce; of other types than float32 Keras says one thing and does another."""
    return one(reduced(call), "float32" if call.first.dtype == "float32" else None)


def average(call: Call) -> Tensors:
    """Reduce by a weighted mean; the layer of the same name averages its inputs with each other."""
    if "axis" not in call.attributes:
        return merge.elementwise(call)
    return one(reduced(call), as_float(call.first.dtype) if len(call.inputs) == 1 else None)


def moments(call: Call) -> Tensors:
    """Give mean and variance, both reduced."""
    return (Tensor(shape=reduced(call, "axes"), dtype=call.first.dtype),) * 2


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("Amax", "Amin", "Max", "Min", "Nanmax", "Nanmin", "Ptp"), partial(reduction, kind=_SAME)),
    **dict.fromkeys(
        ("Mean", "Median", "Nanmean", "Nanmedian", "Std", "Var", "Nanstd", "Nanvar"), partial(reduction, kind=_FLOAT)
    ),
    "Norm": partial(reduction, kind=_FLOAT),
    "Logsumexp": logarithm_of_sum,
    **dict.fromkeys(("Sum", "Prod", "Nansum", "Nanprod"), partial(reduction, kind=_SUM)),
    **dict.fromkeys(("All", "Any"), partial(reduction, kind="bool")),
    **dict.fromkeys(("Argmax", "Argmin", "CountNonzero", "Nanargmax", "Nanargmin"), partial(reduction, kind="int32")),
    "Average": average,
    "Moments": moments,
}
