"""Linear algebra and spectra: what becomes of the last axes."""

from collections.abc import Mapping

from cutaway.analysis.shapes import dtypes
from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, plus, position, product, size, times
from cutaway.analysis.shapes.operations.operands import joint
from cutaway.analysis.shapes.operations.products import two
from cutaway.graph import Dim, Tensor


def _floats(call: Call, *shapes: Shape | None) -> Tensors:
    """Return outputs of the input's type, which is told of floats only."""
    dtype = call.first.dtype if dtypes.is_float(call.first.dtype) else None
    return tuple([Tensor(shape=shape, dtype=dtype) for shape in shapes])


def _matrix(call: Call) -> tuple[Shape, Dim, Dim] | None:
    """Return the axes before the last two, and these."""
    shape = call.shape
    return (shape[:-2], shape[-2], shape[-1]) if shape is not None and len(shape) > 1 else None


def _smaller(rows: Dim, columns: Dim) -> Dim:
    return min(rows, columns) if isinstance(rows, int) and isinstance(columns, int) else None


def number(call: Call) -> Tensors:
    """Give a number for each matrix."""
    found = _matrix(call)
    return _floats(call, None if found is None else found[0])


def pseudo_inverse(call: Call) -> Tensors:
    """Exchange the last two axes."""
    found = _matrix(call)
    return _floats(call, None if found is None else (*found[0], found[2], found[1]))


def orthogonal(call: Call) -> Tensors:
    """Give the two factors, reduced or complete."""
    found, mode = _matrix(call), call.word("mode", "reduced")
    if found is None or mode not in {"reduced", "complete"}:
        return _floats(call, None, None)
    stack, rows, columns = found
    inner = rows if mode == "complete" else _smaller(rows, columns)
    return _floats(call, (*stack, rows, inner), (*stack, inner, columns))


def singular_values(call: Call) -> Tensors:
    """Give left vectors, values and right vectors, or the values alone."""
    found, full = _matrix(call), call.flag("full_matrices", default=True)
    vectors = call.flag("compute_uv", default=True)
    if found is None or full is None or vectors is None:
        return ()
    stack, rows, columns = found
    least = _smaller(rows, columns)
    if not vectors:
        return _floats(call, (*stack, least))
    left, right = (rows, columns) if full else (least, least)
    return _floats(call, (*stack, rows, left), (*stack, least), (*stack, right, columns))


def symmetric_eigen(call: Call) -> Tensors:
    """Give a value for each row, and the vectors."""
    shape = call.shape
    return _floats(call, shape[:-1] if shape else None, shape)


def solution(call: Call) -> Tensors:
    """Give the shape of the right-hand side."""
    found = two(call)
    return one(found[1].shape if found else None, joint(found) if found else None)


def trace(call: Call) -> Tensors:
    """Take two axes away; the type is told of floats only."""
    places, shape = _axes(call), call.shape
    if shape is None or places is None:
        return _floats(call, None)
    return _floats(call, tuple(dim for place, dim in enumerate(shape) if place not in places))


def diagonal(call: Call) -> Tensors:
    """Take two axes away, and put the diagonal of their planes at the end."""
    places, shape, offset = _axes(call), call.shape, call.whole("offset", 0)
    if shape is None or places is None or offset is None:
        return one(None, call.first.dtype)
    rows, columns = shape[places[0]], shape[places[1]]
    long = _smaller(plus(rows, min(offset, 0)), plus(columns, -max(offset, 0)))
    return one((*(dim for place, dim in enumerate(shape) if place not in places), long), call.first.dtype)


def _axes(call: Call) -> tuple[int, int] | None:
    rank = 0 if call.shape is None else len(call.shape)
    first, second = position(call.whole("axis1", 0), rank), position(call.whole("axis2", 1), rank)
    return None if first is None or second is None or first == second else (first, second)


def outer(call: Call) -> Tensors:
    """Multiply each element of one with each of the other, all axes of each in one."""
    found = two(call)
    shapes = [operand.shape for operand in found]
    if len(shapes) != 2 or shapes[0] is None or shapes[1] is None:
        return one(None, joint(found))
    return one((product(shapes[0]), product(shapes[1])), joint(found))


def inner(call: Call) -> Tensors:
    """Contract the last axes of both."""
    found = two(call)
    shapes = [operand.shape for operand in found]
    if len(shapes) != 2 or not shapes[0] or not shapes[1]:
        return one(None, joint(found))
    return one((*shapes[0][:-1], *shapes[1][:-1]), joint(found))


def all_elements(call: Call) -> Tensors:
    """Give one number."""
    return one((), joint(two(call)))


def transformed(call: Call) -> Tensors:
    """Keep real and imaginary part as they are."""
    return (*_floats(call, call.shape), *_floats(call, call.shape))


def real_transformed(call: Call) -> Tensors:
    """Give the frequencies of a real signal, in two parts."""
    shape, asked = call.shape, call.whole("fft_length")
    if not shape or (asked is None and call.has("fft_length")):
        return _floats(call, None, None)
    length = shape[-1] if asked is None else size(asked)
    found = (*shape[:-1], length // 2 + 1 if isinstance(length, int) else None)
    return _floats(call, found, found)


def real_restored(call: Call) -> Tensors:
    """Give a real signal from its frequencies."""
    shape, asked = call.shape, call.whole("fft_length")
    if not shape or (asked is None and call.has("fft_length")):
        return _floats(call, None)
    return _floats(call, (*shape[:-1], times(plus(shape[-1], -1), 2) if asked is None else size(asked)))


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("Det", "Logdet"), number),
    "Pinv": pseudo_inverse,
    "Qr": orthogonal,
    "SVD": singular_values,
    "Eigh": symmetric_eigen,
    **dict.fromkeys(("Solve", "SolveTriangular"), solution),
    "Trace": trace,
    "Diagonal": diagonal,
    "Outer": outer,
    "Inner": inner,
    "Vdot": all_elements,
    **dict.fromkeys(("FFT", "FFT2", "IFFT2"), transformed),
    "RFFT": real_transformed,
    "IRFFT": real_restored,
}
