"""What objects of unknown classes tell when they are asked: anything that they do not, or fail at, is unknown."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from cutaway.graph import Dim, Tensor
from cutaway.sources.given_shape import is_shape
from cutaway.sources.live.nodes import KerasObject, sizes_of, tensor_of

_GIVEN = ("output_shape", "batch_output_shape", "get_output_shape", "output")
_TAKEN = ("input_shape", "batch_input_shape", "get_input_shape", "input")
"""Where an item may keep the shapes of its tensors, in the order in which they are asked."""


def asked(item: KerasObject, name: str, *args: object, call: bool = False) -> KerasObject:
    """Return an attribute, or what a method gives (`call`); None where there is none and where it fails."""
    try:
        found = getattr(item, name, None)
        return found(*args) if call and callable(found) else found
    except Exception:  # noqa: BLE001 - code of other people, which may fail in any way
        return None


def given(item: KerasObject) -> tuple[Tensor, ...]:
    """Return the tensors that a layer gives, as far as it tells; none where it tells nothing."""
    found = _first(item, _GIVEN)
    shapes = [tensor.shape for tensor in taken(item)]
    if found or None in shapes or not shapes:
        return found
    return tensors(asked(item, "compute_output_shape", shapes[0] if len(shapes) == 1 else shapes, call=True))


def taken(item: KerasObject) -> tuple[Tensor, ...]:
    """Return the tensors that a layer takes, as far as it tells; none where it tells nothing."""
    return _first(item, _TAKEN)


def _first(item: KerasObject, names: Sequence[str]) -> tuple[Tensor, ...]:
    for name in names:
        found = tensors(asked(item, name, call=name.startswith("get_")))
        if found:
            return found
    return ()


def tensors(value: KerasObject) -> tuple[Tensor, ...]:
    """Return what a shape, a tensor, or a list or dict of them says; nothing for anything else."""
    if is_shape(value):
        return (Tensor(shape=tuple(value)),) if value else ()
    if isinstance(value, Mapping):
        value = [value[key] for key in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        each = [tensors(entry) for entry in value]
        return tuple([found[0] for found in each]) if all(len(found) == 1 for found in each) else ()
    sizes = sizes_of(value)
    if sizes is not None:
        return (Tensor(shape=sizes),)
    try:
        found = tensor_of(value)
    except Exception:  # noqa: BLE001 - as above
        return ()
    return () if found.shape is None else (found,)


def contradiction(items: Sequence[KerasObject]) -> tuple[KerasObject, KerasObject] | None:
    """Return the first two items of which one surely does not give what the next takes; None where all may fit."""
    for one, other in pairwise(items):
        out, into = given(one), taken(other)
        if out and into and not (len(out) == len(into) and all(map(_fits, out, into))):
            return one, other
    return None


def _fits(one: Tensor, other: Tensor) -> bool:
    """Tell whether two tensors may be one; the batch axis may be told of one and not of the other."""
    sizes, others = one.shape or (), other.shape or ()
    if abs(len(sizes) - len(others)) == 1:
        sizes, others = (shape[1:] if shape and shape[0] is None else shape for shape in (sizes, others))
    return len(sizes) == len(others) and all(map(_same, sizes, others))


def _same(one: Dim, other: Dim) -> bool:
    return one is None or other is None or one == other
