"""Symbolic inputs for a subclassed model: on a shape that the user gives, or on those that it was built with."""

from collections.abc import Iterator, Mapping

from cutaway.record import record
from cutaway.sources.given_shape import Shapes, is_shape, unnamed
from cutaway.sources.keras_nodes import KerasObject


@record(kw_only=False)
class Structure:
    """How a model is called: positional and named arguments with symbolic inputs in them."""

    args: tuple[KerasObject, ...]
    kwargs: Mapping[str, KerasObject]
    dtype: str = "float32"


def structures(model: KerasObject, shapes: Shapes | None) -> Iterator[Structure]:
    """Give the calls to try: on `shapes`, or on those the model was built with, first with a free batch axis.

    Several shapes may be a list or dict that is the first argument, or else the arguments themselves. A built model
    keeps the shapes and not the dtypes of its inputs: floats are tried first, then integers.
    """
    built = getattr(model, "_build_shapes_dict", None)
    tries: list[tuple[tuple[KerasObject, ...], dict[str, KerasObject]]] = []
    if shapes is not None:
        tries.append(((shapes,), {}))
        if isinstance(shapes, Mapping):
            tries.append(((), dict(shapes)))
        elif not is_shape(shapes):
            tries.append((tuple(shapes), {}))
    elif isinstance(built, Mapping) and built:
        named = {name.removesuffix("_shape"): value for name, value in built.items()}
        tries = [_arguments(_free(named)), _arguments(named)]
    for args, kwargs in tries:
        for dtype in ("float32", "int32"):
            names = ["input"] if len(args) == 1 else [f"input_{place}" for place in range(len(args))]
            try:
                positional = [_symbols(value, dtype, name) for name, value in zip(names, args, strict=True)]
                named = {key: _symbols(value, dtype, key) for key, value in kwargs.items()}
            except (TypeError, ValueError):
                continue
            yield Structure(tuple(positional), named, dtype)


def _arguments(named: Mapping[str, KerasObject]) -> tuple[tuple[KerasObject, ...], dict[str, KerasObject]]:
    """Return built shapes as arguments: a single one is the first, whatever its name (Keras calls it "input")."""
    if len(named) == 1:
        return tuple(named.values()), {}
    return (), dict(named)


def _free(shapes: KerasObject) -> KerasObject:
    """Return shapes with an unknown batch axis: a built model keeps that of the data it happened to see."""
    if isinstance(shapes, Mapping):
        return {key: _free(value) for key, value in shapes.items()}
    if is_shape(shapes):
        return (None, *shapes[1:])
    return [_free(value) for value in shapes] if isinstance(shapes, list | tuple) else shapes


def _symbols(shapes: KerasObject, dtype: str, name: str) -> KerasObject:
    import keras

    if isinstance(shapes, Mapping):
        return {key: _symbols(value, dtype, str(key)) for key, value in shapes.items()}
    if is_shape(shapes):
        return keras.Input(batch_shape=unnamed(shapes), dtype=dtype, name=name)
    if isinstance(shapes, list | tuple):
        return [_symbols(value, dtype, f"{name}_{place}") for place, value in enumerate(shapes)]
    raise TypeError(f"{shapes!r} is no shape")
