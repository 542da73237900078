"""Symbolic inputs for a subclassed model: on a shape that the user gives, or on those that it was built with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cutaway.graph import Dim
from cutaway.sources.keras_live import KerasObject


@dataclass(frozen=True, slots=True)
class Structure:
    """How a model is called: positional and named arguments with symbolic inputs in them."""

    args: tuple[KerasObject, ...]
    kwargs: Mapping[str, KerasObject]


def structures(model: KerasObject, shape: tuple[Dim, ...] | None) -> Iterator[Structure]:
    """Give the calls to try: on `shape`, or on the shapes the model was built with, first with a free batch axis.

    A built model keeps the shapes and not the dtypes of its inputs: floats are tried first, then integers.
    """
    if shape is not None:
        tries = [{"input_shape": shape}]
    else:
        built = getattr(model, "_build_shapes_dict", None) or {}
        tries = [dict(_free(built)), dict(built)] if isinstance(built, Mapping) and built else []
    for shapes in tries:
        for dtype in ("float32", "int32"):
            try:
                names = [name.removesuffix("_shape") for name in shapes]
                values = [_symbols(value, dtype, name) for name, value in zip(names, shapes.values(), strict=True)]
            except (TypeError, ValueError):
                continue
            yield Structure((values[0],), dict(zip(names[1:], values[1:], strict=True)))


def _free(shapes: KerasObject) -> KerasObject:
    """Return shapes with an unknown batch axis: a built model keeps that of the data it happened to see."""
    if isinstance(shapes, Mapping):
        return {key: _free(value) for key, value in shapes.items()}
    if _is_shape(shapes):
        return (None, *shapes[1:])
    return [_free(value) for value in shapes] if isinstance(shapes, list | tuple) else shapes


def _is_shape(value: object) -> bool:
    return isinstance(value, list | tuple) and all(size is None or isinstance(size, int) for size in value)


def _symbols(shapes: KerasObject, dtype: str, name: str) -> KerasObject:
    import keras

    if isinstance(shapes, Mapping):
        return {key: _symbols(value, dtype, str(key)) for key, value in shapes.items()}
    if _is_shape(shapes):
        return keras.Input(batch_shape=tuple(shapes), dtype=dtype, name=name)
    if isinstance(shapes, list | tuple):
        return [_symbols(value, dtype, f"{name}_{place}") for place, value in enumerate(shapes)]
    raise TypeError(f"{shapes!r} is no shape")
