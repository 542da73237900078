"""Operations that pick elements: slices, indices, one-hot rows, the greatest few."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one, whole
from cutaway.analysis.shapes.declared import stated_axes
from cutaway.analysis.shapes.dims import Shape, position, replace, size
from cutaway.analysis.shapes.operations.operands import operands
from cutaway.graph import Dim, Tensor, Value

_ELLIPSIS = "..."


def item(call: Call) -> Tensors:
    """Index as Python does: numbers drop an axis, slices shorten it, null adds one, `...` stands for the rest."""
    key = call.arguments.get("key", call.arguments.get("input 1"))
    shape = call.shape
    return one(None if key is None or shape is None else _indexed(shape, key), call.first.dtype)


def _indexed(shape: Shape, key: Value) -> Shape | None:
    parts = key if isinstance(key, tuple) else (key,)
    if _ELLIPSIS not in parts:
        parts = (*parts, _ELLIPSIS)
    cut = parts.index(_ELLIPSIS)
    before, after = parts[:cut], parts[cut + 1 :]
    skipped = len(shape) - sum(part is not None for part in (*before, *after))
    if skipped < 0:
        return None
    split = sum(part is not None for part in before)
    head = _picked(shape[:split], before)
    tail = _picked(shape[split + skipped :], after)
    return None if head is None or tail is None else (*head, *shape[split : split + skipped], *tail)


def _picked(shape: Shape, parts: tuple[Value, ...]) -> Shape | None:
    rest = iter(shape)
    result: list[Dim] = []
    for part in parts:
        if part is None:
            result.append(1)
            continue
        dim = next(rest)
        if isinstance(part, str) and ":" in part:
            result.append(_sliced(dim, part))
        elif whole(part) is None:
            return None
    return tuple(result)


def _sliced(dim: Dim, text: str) -> Dim:
    """Return how many of `dim` elements a slice such as `1:` or `::2` takes."""
    bounds = text.split(":")
    try:
        numbers = [int(bound) if bound else None for bound in bounds]
    except ValueError:
        return None
    if len(numbers) > 3 or (len(numbers) == 3 and numbers[2] == 0):
        return None
    whole_axis = all(number is None for number in numbers[:2]) and numbers[2:] in ([], [None], [1], [-1])
    if not isinstance(dim, int):
        return dim if whole_axis else None
    start, stop, step = slice(*numbers).indices(dim)
    return size(max(0, -((start - stop) // step)))  # rounded up; len(range()) holds no more than 63 bits


def take(call: Call) -> Tensors:
    """Put the shape of the indices in the place of the axis."""
    found = operands(call, ("indices",))
    from_constant = len(call.inputs) == 1 and not {"indices", "input 1"} & set(call.arguments)
    if len(found) != 2 or from_constant or "axis" not in call.attributes:
        return one(None, None if from_constant else call.first.dtype)
    shape, indices = found[0].shape, found[1].shape
    if indices is None or shape is None:
        return one(None, call.first.dtype)
    if not call.has("axis"):
        return one(indices, call.first.dtype)
    place = position(call.whole("axis"), len(shape))
    return one(None if place is None else (*shape[:place], *indices, *shape[place + 1 :]), call.first.dtype)


def cut_out(call: Call) -> Tensors:
    """Give the size asked for; -1 is the rest of an axis, known only where the start is."""
    asked = stated_axes(call.attributes.get("shape"))
    known = None if asked is None else tuple(None if dim is None else size(dim) for dim in asked)
    return one(known, call.first.dtype)


def one_hot(call: Call) -> Tensors:
    """Add an axis of `num_classes`."""
    shape = call.shape
    place = position(call.whole("axis", -1), len(shape) + 1) if shape is not None else None
    dtype = call.text("dtype", "float32")
    if shape is None or place is None:
        return one(None, dtype)
    return one((*shape[:place], size(call.whole("num_classes")), *shape[place:]), dtype)


def along(call: Call) -> Tensors:
    """Give the shape of the indices, where an axis says along which they are."""
    found = operands(call, ("indices",))
    shape = found[1].shape if len(found) == 2 and len(call.inputs) == 2 else None
    return one(shape if call.has("axis") else None, call.first.dtype)


def segments(call: Call) -> Tensors:
    """Put `num_segments` in the place of the first axis."""
    shape = call.shape
    return one((size(call.whole("num_segments")), *shape[1:]) if shape else None, call.first.dtype)


def top(call: Call) -> Tensors:
    """Give the `k` greatest of the last axis, and their places."""
    shape = call.shape
    found = replace(shape, len(shape) - 1, size(call.whole("k"))) if shape else None
    return (Tensor(shape=found, dtype=call.first.dtype), Tensor(shape=found, dtype="int32"))


def sizes(call: Call) -> Tensors:
    """Give the number of axes as the length: what TensorFlow's `shape` returns."""
    return one(None if call.shape is None else (len(call.shape),), call.text("out_type", "int32"))


RULES: Mapping[str, Rule] = {
    "GetItem": item,
    "Shape": sizes,
    "Take": take,
    "Slice": cut_out,
    "OneHot": one_hot,
    "TakeAlongAxis": along,
    **dict.fromkeys(("SegmentMax", "SegmentMin", "SegmentProd", "SegmentSum"), segments),
    "TopK": top,
}
