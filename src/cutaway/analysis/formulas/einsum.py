"""Dense layers whose axes an equation names."""

from collections.abc import Mapping, Sequence
from math import prod

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, weight
from cutaway.analysis.formulas.quantized import Kernel, adapted, mode_of, quantized
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape, product
from cutaway.analysis.shapes.einsum import whole_output
from cutaway.analysis.shapes.equation import ELLIPSIS, Equation, bind, parse
from cutaway.graph import Dim


def einsum_dense(call: Call) -> Weights | None:
    """Give a kernel with an axis for each label of its term, and a bias along `bias_axes`."""
    equation = parse(call.text("equation"))
    if equation is None or len(equation.inputs) != 2 or ELLIPSIS in equation.inputs[1]:
        return None
    entered = _sizes(equation.inputs[0], call.shape)
    made = _sizes(equation.output, whole_output(call))
    kernel = tuple(entered[label] if label in entered else made.get(label) for label in equation.inputs[1])
    bias: Weights = ()
    if call.has("bias_axes"):
        shape = _bias(call, equation, made)
        if shape is None:
            return None
        bias = (weight(call, "bias", shape),)
    return adapted(call, with_kernel(call, equation, kernel, bias), "kernel", kernel)


def with_kernel(call: Call, equation: Equation, kernel: Shape, bias: Weights) -> Weights | None:
    """Return a kernel of this shape, quantised as the layer's policy says, and the bias."""
    if mode_of(call) is None:
        return (weight(call, "kernel", kernel), *bias)
    labels = equation.inputs[1]
    output = _whole(equation, call.shape)
    if output is None:
        return None
    reduced = [place for place, label in enumerate(labels) if label not in output]
    columns = product([dim for place, dim in enumerate(kernel) if place not in reduced])
    matrix = (product([kernel[place] for place in reduced]), columns)
    scale = _scale(labels, output, kernel, reduced)
    held = Kernel(shape=kernel, scale=scale, matrix=matrix, calibrated=_calibrated(kernel), zero="zero_point")
    return quantized(call, held, bias)


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
    elided = _elided(equation, call.shape)
    return None if elided is None else (*shape, *(1,) * elided)


def _elided(equation: Equation, shape: Shape | None) -> int | None:
    """Return for how many axes of the input the equation's ellipsis stands."""
    term = equation.inputs[0]
    if ELLIPSIS not in term:
        return 0
    return None if shape is None or len(shape) < len(term) - 1 else len(shape) - len(term) + 1


def _whole(equation: Equation, shape: Shape | None) -> tuple[str, ...] | None:
    """Return the labels of the output, with one for each axis for which its ellipsis stands."""
    elided, output = _elided(equation, shape), equation.output
    if elided is None or ELLIPSIS not in output:
        return output if elided is not None else None
    cut = output.index(ELLIPSIS)
    return (*output[:cut], *(f"{ELLIPSIS}{place}" for place in range(elided)), *output[cut + 1 :])


def _scale(labels: Sequence[str], output: Sequence[str], kernel: Shape, reduced: Sequence[int]) -> Shape:
    """Return the shape of a scale in eight bits: it is broadcast against the output.

    Source: `_analyze_quantization_info` and `_get_kernel_scale_shape` in keras/src/layers/core/einsum_dense.py. A
    reduced axis takes the place of one that the kernel lacks; where none is left, it is squeezed away at the end.
    """
    lacking = [place for place, label in enumerate(output) if label not in labels]
    order = [labels.index(label) for label in output if label in labels]
    squeezed = []
    place = output.index(labels[-1]) if labels and labels[-1] in output else -1
    for axis in reduced:
        if lacking:
            place = lacking.pop(0)
        else:
            squeezed.append(axis)
        order.insert(place, axis)
    shape = [1 if axis in reduced else kernel[axis] for axis in order]
    for axis in lacking:
        shape.insert(axis, 1)
    for axis in sorted(squeezed, reverse=True):
        shape.pop(axis)
    return tuple(shape)


def _calibrated(kernel: Shape) -> tuple[Dim, Dim] | None:
    """Return the matrix that GPTQ and AWQ make of a kernel: its largest axis is taken for that of the features."""
    sizes = [dim for dim in kernel if isinstance(dim, int)]
    if len(sizes) != len(kernel) or len(sizes) not in {2, 3}:
        return None
    cut = 1 if len(sizes) == 2 or sizes.index(max(sizes)) == 0 else 2
    return prod(sizes[:cut]), prod(sizes[cut:])


RULES: Mapping[str, Formula] = {"EinsumDense": einsum_dense}
