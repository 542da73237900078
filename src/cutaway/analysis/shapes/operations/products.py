"""Products of tensors: matrices, contractions by an equation or by axes."""

from collections.abc import Mapping

from cutaway.analysis.shapes import merge
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one, wholes
from cutaway.analysis.shapes.dims import Shape, broadcast, positions
from cutaway.analysis.shapes.equation import contracted, parse
from cutaway.analysis.shapes.operations.operands import Operand, constant, joint, operands
from cutaway.graph import Tensor, Value


def two(call: Call) -> tuple[Operand, ...]:
    """Return the two operands in their order, one of them perhaps a constant; () where there are others."""
    found = operands(call)
    swapped = len(call.inputs) == 1 and not call.arguments.keys().isdisjoint(("x1", "input 0"))
    return (*found[::-1],) if len(found) == 2 and swapped else found if len(found) == 2 else ()


def _shapes(found: tuple[Operand, ...]) -> tuple[Shape, Shape] | None:
    if len(found) != 2 or found[0].shape is None or found[1].shape is None:
        return None
    return found[0].shape, found[1].shape


def matmul(call: Call) -> Tensors:
    """Multiply matrices, or stacks of them broadcast together."""
    found = two(call)
    pair = _shapes(found)
    both_bytes = all(operand.dtype == "int8" for operand in found)
    return one(None if pair is None else _matmul(*pair), "int32" if found and both_bytes else joint(found))


def _matmul(first: Shape, second: Shape) -> Shape | None:
    if not first or not second:
        return None
    left = (1, *first) if len(first) == 1 else first
    right = (*second, 1) if len(second) == 1 else second
    stack = broadcast([left[:-2], right[:-2]])
    if stack is None:
        return None
    rows = () if len(first) == 1 else (left[-2],)
    columns = () if len(second) == 1 else (right[-1],)
    return (*stack, *rows, *columns)


def dot(call: Call) -> Tensors:
    """Contract the last axis of one with the last but one of the other; the layer of that name has `axes`."""
    if "axes" in call.attributes:
        return merge.dot(call)
    found = two(call)
    pair = _shapes(found)
    if pair is None:
        return one(None, joint(found))
    first, second = pair
    if not first or not second:
        return one(first or second, joint(found))
    rest = () if len(second) == 1 else (*second[:-2], second[-1])
    return one((*first[:-1], *rest), joint(found))


def einsum(call: Call) -> Tensors:
    """Contract as the equation says."""
    equation = parse(call.text("subscripts"))
    found = [] if equation is None else terms(call, len(equation.inputs))
    if equation is None or len(call.inputs) > len(equation.inputs):
        return one(None, joint([Operand(shape=tensor.shape, dtype=tensor.dtype) for tensor in call.inputs]))
    return one(contracted(equation, [operand.shape for operand in found]), joint(found))


def terms(call: Call, count: int) -> list[Operand]:
    """Return so many operands in their order: constants in their places, and tensors in those that are left."""
    held = {place: call.arguments[key] for place in range(count) if (key := f"input {place}") in call.arguments}
    rest = iter(call.inputs)
    found: list[Operand] = []
    for place in range(count):
        tensor = Tensor() if place in held else next(rest, Tensor())
        found.append(constant(held[place]) if place in held else Operand(shape=tensor.shape, dtype=tensor.dtype))
    return found


def tensordot(call: Call) -> Tensors:
    """Contract the axes given, or the last ones with the first ones."""
    found = two(call)
    pair = _shapes(found)
    axes = call.attributes.get("axes")
    return one(None if pair is None else _tensordot(*pair, axes), joint(found))


def _tensordot(first: Shape, second: Shape, axes: Value) -> Shape | None:
    if isinstance(axes, int) and 0 <= axes <= min(len(first), len(second)):
        return (*first[: len(first) - axes], *second[axes:])
    if not isinstance(axes, tuple) or len(axes) != 2:
        return None
    left, right = positions(wholes(axes[0]), len(first)), positions(wholes(axes[1]), len(second))
    if left is None or right is None or len(left) != len(right):
        return None
    kept = [dim for place, dim in enumerate(first) if place not in left]
    return (*kept, *(dim for place, dim in enumerate(second) if place not in right))


def attend(call: Call) -> Tensors:
    """Give the queries' shape with the values' last axis."""
    if len(call.inputs) < 3:
        return one(None, call.first.dtype)
    query, value = call.shape, call.inputs[2].shape
    dtype = joint([Operand(shape=None, dtype=tensor.dtype) for tensor in call.inputs[:3]])
    return one((*query[:-1], value[-1]) if query and value else None, dtype)


RULES: Mapping[str, Rule] = {
    "Matmul": matmul,
    "Dot": dot,
    "Einsum": einsum,
    "Tensordot": tensordot,
    "DotProductAttention": attend,
}
