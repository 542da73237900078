"""Dense layers whose axes an equation names."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, weight
from cutaway.analysis.formulas.quantized import adapted, mode_of
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape
from cutaway.analysis.shapes.einsum import whole_output
from cutaway.analysis.shapes.equation import ELLIPSIS, Equation, bind, parse
from cutaway.graph import Dim


def einsum_dense(call: Call) -> Weights | None:
    """Give a kernel with an axis for each label of its term, and a bias along `bias_axes`."""
    equation = parse(call.text("equation"))
    if equation is None or len(equation.inputs) != 2 or ELLIPSIS in equation.inputs[1] or mode_of(call) is not None:
        return None
    entered = _sizes(equation.inputs[0], call.shape)
    made = _sizes(equation.output, whole_output(call))
    kernel = tuple(entered[label] if label in entered else made.get(label) for label in equation.inputs[1])
    found: Weights | None = (weight(call, "kernel", kernel),)
    if call.has("bias_axes"):
        bias = _bias(call, equation, made)
        found = None if bias is None else (*(found or ()), weight(call, "bias", bias))
    return adapted(call, found, "kernel", kernel)


def _sizes(labels: tuple[str, ...], shape: Shape | None) -> dict[str, Dim]:
    bound = None if shape is None else bind(labels, shape)
    return dict.fromkeys(labels) if bound is None else dict(bound[0])


def _bias(call: Call, equation: Equation, made: Mapping[str, Dim]) -> Shape | None:
    """Return the bias's shape: from the first of its axes on, 1 along all others."""
    axes, output = call.text("bias_axes"), equation.output
    labels = [label for label in output if label != ELLIPSIS]
    if not axes or any(label not in labels for label in axes):
        return None
    first = min(labels.index(label) for label in axes)
    shape = tuple(made.get(label) if label in axes else 1 for label in labels[first:])
    if output[-1] != ELLIPSIS:
        return shape
    rank = None if call.shape is None else len(call.shape) - len(equation.inputs[0]) + 1
    return None if rank is None or rank < 0 else (*shape, *(1,) * rank)


RULES: Final[Mapping[str, Formula]] = {"EinsumDense": einsum_dense}
