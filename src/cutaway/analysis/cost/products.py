"""Products of tensors, as layers and as operations; the operands may be constants among the arguments."""

from collections.abc import Mapping, Sequence
from math import prod

from cutaway.analysis.cost.forward import Forward, Work, elements, product, total
from cutaway.analysis.shapes.call import whole, wholes
from cutaway.analysis.shapes.dims import Shape, position, positions
from cutaway.analysis.shapes.equation import bind, parse
from cutaway.analysis.shapes.operations.products import terms, two


def index_sizes(terms: Sequence[tuple[str, ...]], shapes: Sequence[Shape]) -> Mapping[str, int] | None:
    """Return the size of each index of an equation; an axis of 1 is repeated for the others of its index.

    An ellipsis counts as one index with all of its axes, and what one term leaves open another may tell. None where
    a size is unknown, or a shape unfit.
    """
    sizes: dict[str, int | None] = {}
    for labels, shape in zip(terms, shapes, strict=True):
        bound = bind(labels, shape)
        if bound is None:
            return None
        named, rest = bound
        for label, dim in [*named, *[("...", product(*axes)) for axes in rest]]:
            before = sizes.get(label)
            sizes[label] = max(dim, before or 1) if isinstance(dim, int) else before
    known = {label: size for label, size in sizes.items() if size is not None}
    return known if len(known) == len(sizes) else None


def einsum_dense(forward: Forward) -> int | None:
    """Multiply once for each combination of the equation's indices."""
    equation = parse(forward.call.text("equation"))
    if equation is None or len(equation.inputs) != 2 or forward.shape is None or forward.output is None:
        return None
    sizes = index_sizes((equation.inputs[0], equation.output), (forward.shape, forward.output))
    return prod(sizes.values()) if sizes is not None and set(equation.inputs[1]) <= sizes.keys() else None


def einsum(forward: Forward) -> int | None:
    """Multiply once for each combination of the indices; one operand alone is summed only.

    In which order more than two are multiplied is not said, and their number depends on it.
    """
    equation = parse(forward.call.text("subscripts"))
    if equation is None or len(equation.inputs) > 2:
        return None
    if len(equation.inputs) == 1:
        return 0
    shapes = [operand.shape for operand in terms(forward.call, 2)]
    pairs = [*zip(equation.inputs, shapes, strict=True), (equation.output, forward.output)]
    known = [(labels, shape) for labels, shape in pairs if shape is not None]
    sizes = index_sizes([labels for labels, _ in known], [shape for _, shape in known])
    labels = {label for labels in equation.inputs for label in labels}
    return prod(sizes.values()) if sizes is not None and labels <= sizes.keys() else None


def matmul(forward: Forward) -> int | None:
    """Multiply each element of the product along the axis that is summed over."""
    pair = _pair(forward)
    if pair is None:
        return None
    first = pair[0]
    turned = forward.call.flag("transpose_a") or forward.call.flag("adjoint_a")
    place = -2 if turned and len(first) > 1 else -1
    return product(elements(forward.output), first[place]) if first else None


def dot(forward: Forward) -> int | None:
    """Do so with the last axis; the layer of that name says which axes, and a number multiplies each element."""
    if forward.call.has("axes"):
        return dot_layer(forward)
    pair = _pair(forward)
    if pair is None:
        return None
    return product(elements(forward.output), pair[0][-1]) if all(pair) else 0


def dot_layer(forward: Forward) -> int | None:
    """Multiply along the axis of the first input that is summed over."""
    axes, shape = forward.call.wholes("axes"), forward.shape
    place = position(axes[0], len(shape)) if axes and shape else None
    return product(elements(forward.output), shape[place]) if shape and place is not None else None


def merge(forward: Forward) -> int | None:
    """Multiply where the mode of the layer of Keras 1 is a dot product."""
    mode = forward.call.word("mode", "sum")
    if mode in {"dot", "cos"}:
        return dot_layer(forward)
    return 0 if mode in {"sum", "mul", "ave", "max", "concat"} else None


def tensordot(forward: Forward) -> int | None:
    """Multiply along all axes that are summed over."""
    pair, axes = _pair(forward), forward.call.attributes.get("axes")
    if pair is None:
        return None
    count = whole(axes)
    if count is not None:
        left: Sequence[int] | None = range(len(pair[0]) - count, len(pair[0])) if 0 <= count <= len(pair[0]) else None
    else:
        left = positions(wholes(axes[0]), len(pair[0])) if isinstance(axes, tuple) and len(axes) == 2 else None
    return None if left is None else product(elements(forward.output), *(pair[0][place] for place in left))


def inner(forward: Forward) -> int | None:
    """Multiply along the last axes."""
    pair = _pair(forward)
    if pair is None:
        return None
    first, second = pair
    return product(elements(first), *second[:-1]) if first and second else 0


def vdot(forward: Forward) -> int | None:
    """Multiply all elements of one with those of the other."""
    pair = _pair(forward)
    return None if pair is None else elements(pair[0])


def attend(forward: Forward) -> int | None:
    """Compare all queries with all keys, and sum the values: (batch, length, heads, width)."""
    shapes = [tensor.shape for tensor in forward.call.inputs[:3]]
    query, key, value = (*shapes, None, None, None)[:3]
    if not query or not key or not value or len(query) != 4 or len(key) != 4:
        return None
    return total([product(*query, key[1]), product(*query[:-1], key[1], value[-1])])


def _pair(forward: Forward) -> tuple[Shape, Shape] | None:
    """Return the shapes of two operands, the first and the second."""
    found = two(forward.call)
    if not found or found[0].shape is None or found[1].shape is None:
        return None
    return found[0].shape, found[1].shape


OPERATIONS: Mapping[str, Work] = {
    "Matmul": matmul,
    "Dot": dot,
    "Einsum": einsum,
    "Tensordot": tensordot,
    "Inner": inner,
    "Vdot": vdot,
    "DotProductAttention": attend,
}
RULES: Mapping[str, Work] = {"Dot": dot_layer, "Merge": merge, "EinsumDense": einsum_dense}
