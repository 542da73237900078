"""The `input_shape` that a caller gives for a model that does not know its own."""

import re
from collections.abc import Mapping, Sequence
from operator import index

from cutaway.errors import InputError, warn
from cutaway.graph import Dim
from cutaway.sources.blueprint import Model

Shapes = Sequence[object] | Mapping[str, object]
"""One shape, (32,) or (None, 32), or several in lists and dicts."""

_ALONG = "(?:(?:Separable|Depthwise)?Conv|(?:Global)?(?:Max|Average)Pooling|UpSampling)([123])D(?:Transpose)?"
"""Names of layers that tell along how many axes they slide."""


def with_batch(shapes: Shapes) -> Shapes:
    """Return shapes as tuples with their batch axis: one is put in front unless the first axis is open or named.

    "?" is an unknown size, as None is; any other text names an axis. Raises InputError for what is no shape.
    """
    try:
        found = _completed(shapes)
    except RecursionError:
        found = None
    if found is None:
        raise InputError(
            f"cannot use the input_shape {shapes!r}: expected the sizes of an input, as (224, 224, 3) or"
            " (None, 224, 224, 3), or several such shapes in a list or dict"
        )
    return found


def is_shape(value: object) -> bool:
    """Tell whether a value is one shape, and not several."""
    return isinstance(value, list | tuple) and all(size is None or isinstance(size, int | str) for size in value)


def single(shapes: Shapes, first: str) -> tuple[Dim, ...]:
    """Return the one shape that a chain of layers can take.

    `first` is the class of the first of them. Raises InputError for several shapes, and for one that has not as many
    axes as that layer slides along, besides those of batch and channels.
    """
    if is_shape(shapes):
        shape = tuple(size for size in shapes if size is None or isinstance(size, int | str))
        along = re.fullmatch(_ALONG, first)
        if along and len(shape) != int(along[1]) + 2:
            open_, sized = ((None,) * (int(along[1]) + 1) + (3,), (224,) * int(along[1]) + (3,))
            raise InputError(
                f"cannot use the input_shape {shape}: it has {len(shape)} axes, the batch among them, and {first},"
                f" the first layer, needs {len(open_)}; give all sizes, as {sized}, or those that are open with the"
                f" batch before them, as {open_}"
            )
        return shape
    raise InputError(f"cannot use the input_shape {shapes!r}: a Sequential has one input; give one shape, as (32,)")


def unnamed(shape: Sequence[Dim]) -> tuple[int | None, ...]:
    """Return a shape as a framework takes it: the sizes of named axes are unknown."""
    return tuple(size if isinstance(size, int) else None for size in shape)


def _completed(value: object) -> Shapes | None:
    """Return one shape or several, completed; None where one is no shape."""
    if isinstance(value, Mapping):
        named = {str(key): _completed(entry) for key, entry in value.items()}
        return named if named and None not in named.values() else None
    if not isinstance(value, list | tuple):
        return None
    if value and all(isinstance(entry, list | tuple | Mapping) for entry in value):
        several = [_completed(entry) for entry in value]
        return None if None in several else several
    try:
        shape = tuple([_size(entry) for entry in value])
    except TypeError:
        return None
    if any(isinstance(size, int) and size < 1 for size in shape):
        return None
    return (None, *shape) if not shape or isinstance(shape[0], int) else shape


def _size(value: object) -> Dim:
    """Return a size; raises TypeError for what is none."""
    if value is None or value == "?":
        return None
    if isinstance(value, bool):
        raise TypeError
    return value if isinstance(value, str) else index(value)  # type: ignore[arg-type] # of any kind of integer


def with_shape(model: Model, input_shape: Shapes) -> Model:
    """Return a model whose input has the shape that is given; warns where it knows its own."""
    shapes = with_batch(input_shape)
    if model.layers and model.layers[0].hidden:
        from cutaway.sources.configs.chain import stated

        first = model.layers[1].op if len(model.layers) > 1 else ""
        return stated(model, single(shapes, first))
    warn(f"the input_shape {shapes} is not used: {model.name!r} knows the shape of its input")
    return model
