"""Dense layers whose axes an equation names."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.declared import stated_axes
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.analysis.shapes.equation import ELLIPSIS, parse


def einsum_dense(call: Call) -> Tensors:
    """Give the batch and then `output_shape`, with the axes for which the equation's ellipsis stands beside it."""
    return one(whole_output(call), call.dtype)


def whole_output(call: Call) -> Shape | None:
    """Return the output's shape, None where the equation, `output_shape` and the input do not tell it."""
    equation = parse(call.text("equation"))
    stated = stated_axes(call.attributes.get("output_shape"))
    shape = call.shape
    if equation is None or not shape or stated is None or len(equation.inputs) != 2:
        return None
    term = equation.inputs[0]
    elided = len(shape) - len(term) + (1 if ELLIPSIS in term else 0)
    given = tuple(None if dim is None else size(dim) for dim in stated)
    if ELLIPSIS not in term:
        result: Shape = (shape[0], *given)
        return result if elided == 0 and len(result) == len(equation.output) else None
    if elided < 0:
        return None
    if term[0] == ELLIPSIS:
        return (*shape[: max(elided, 1)], *given)
    return (shape[0], *given, *shape[len(shape) - elided :]) if term[-1] == ELLIPSIS else None


RULES: Mapping[str, Rule] = {"EinsumDense": einsum_dense}
