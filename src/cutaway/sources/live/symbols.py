"""Symbolic inputs for a subclassed model: on a shape that the user gives, or on those that it was built with."""

# ruff: noqa: SLF001 - Keras has no public way to what a model was called with

from collections.abc import Callable, Iterator, Mapping, Sequence

from cutaway.graph import Dim
from cutaway.record import Record
from cutaway.sources.given_shape import Shapes, is_shape, unnamed
from cutaway.sources.live.calls import structured
from cutaway.sources.live.nodes import (
    KerasObject,
    flat,
    is_functional,
    is_tensor,
    keras_of,
    required_part,
    sizes_of,
    tensor_of,
)


class Structure(Record, kw_only=False):
    """How a model is called: positional and named arguments with symbolic inputs, and their dtype if it is a guess."""

    args: tuple[KerasObject, ...]
    kwargs: Mapping[str, KerasObject]
    guess: str | None = None


Sizing = Callable[[tuple[int | None, ...]], tuple[int | None, ...]]
"""What tells one shape from another."""


def structures(model: KerasObject, shapes: Shapes | None) -> Iterator[Structure]:
    """Give the calls to try: on `shapes`, or on those the model was built with, first with a free batch axis.

    Several shapes may be a list or dict that is the first argument, or else the arguments themselves. A built model
    keeps the shapes and not the dtypes of its inputs: floats are tried first, then integers. One of Keras 2 keeps all
    that it was called with.
    """
    known = list(_known(model)) if shapes is None else []
    if known:
        yield from known
        return
    built = _built(model)
    tries: list[tuple[tuple[KerasObject, ...], dict[str, KerasObject]]] = []
    if shapes is not None:
        tries.append(((shapes,), {}))
        if isinstance(shapes, Mapping):
            tries.append(((), dict(shapes)))
        elif not is_shape(shapes):
            tries.append((tuple(shapes), {}))
    elif built:
        tries = [_arguments(_free(built)), _arguments(built)]
    for args, kwargs in tries:
        for dtype in ("float32", "int32"):
            names = ["input"] if len(args) == 1 else [f"input_{place}" for place in range(len(args))]
            try:
                positional = [_symbols(value, dtype, name, model) for name, value in zip(names, args, strict=True)]
                named = {key: _symbols(value, dtype, key, model) for key, value in kwargs.items()}
            except (TypeError, ValueError):
                continue
            yield Structure(tuple(positional), named, dtype)


def _known(model: KerasObject) -> Iterator[Structure]:
    """Give the call of a model that keeps its inputs with their dtypes, where it has a graph or is of Keras 2."""
    if is_functional(model):  # with a call of its own
        yield Structure((anew(structured(model, "inputs")[0], model),), {})
    elif keras_of(model) == 2:
        yield from _kept(model)


def _built(model: KerasObject) -> dict[str, KerasObject]:
    """Return the shapes that a model was built with, by the names of its arguments; Keras 2 keeps that of the first."""
    if keras_of(model) == 3:
        found = getattr(model, "_build_shapes_dict", None)
        return {name.removesuffix("_shape"): value for name, value in (found or {}).items()}
    shapes = _plain(getattr(model, "_build_input_shape", None))
    return {} if shapes is None else {"input": shapes}


def _plain(shapes: KerasObject) -> KerasObject:
    """Return shapes of any framework as plain numbers, in their lists and dicts."""
    if isinstance(shapes, Mapping):
        return {key: _plain(each) for key, each in shapes.items()}
    if isinstance(shapes, list | tuple) and not is_shape(shapes):
        return [_plain(each) for each in shapes]
    return sizes_of(shapes)


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


def _symbols(shapes: KerasObject, dtype: str, name: str, model: KerasObject) -> KerasObject:
    if isinstance(shapes, Mapping):
        return {key: _symbols(value, dtype, str(key), model) for key, value in shapes.items()}
    if is_shape(shapes):
        return fresh(model, unnamed(shapes), dtype, name)
    if isinstance(shapes, list | tuple):
        return [_symbols(value, dtype, f"{name}_{place}", model) for place, value in enumerate(shapes)]
    raise TypeError(f"{shapes!r} is no shape")


def fresh(model: KerasObject, shape: Sequence[Dim] | None, dtype: str | None, name: str | None = None) -> KerasObject:
    """Return a new symbolic input, with its batch axis, of the Keras that a model belongs to."""
    if keras_of(model) == 3:
        from keras import Input
    else:
        Input = required_part(model, "engine.input_layer").Input  # noqa: N806 - as Keras calls it
    return Input(batch_shape=shape, dtype=dtype, name=name)


def anew(given: KerasObject, part: KerasObject, sized: Sizing = tuple) -> KerasObject:
    """Return arguments of a call with a new symbolic input, of the same name, in place of each tensor.

    `sized` tells the shape of one from that of the other, where its rank is known.
    """
    if is_tensor(given):
        shape = sizes_of(given.shape)
        return fresh(part, None if shape is None else sized(shape), given.dtype, given._keras_history[0].name)
    if isinstance(given, Mapping):
        return {key: anew(each, part, sized) for key, each in given.items()}
    return type(given)(anew(each, part, sized) for each in given) if type(given) in {list, tuple} else given


def _kept(model: KerasObject) -> Iterator[Structure]:
    """Give the call that a model of Keras 2 was first called with; before TensorFlow 2.7 it keeps the inputs alone."""
    args, kwargs = getattr(model, "_saved_model_arg_spec", None) or ((), {})
    if not args and not kwargs:
        args = (getattr(model, "_saved_model_inputs_spec", None),)
    if all(each is None for each in flat([args, kwargs])):
        return
    names = ["input"] if len(args) == 1 else [f"input_{place}" for place in range(len(args))]
    positional = [_specified(value, name, model) for name, value in zip(names, args, strict=True)]
    yield Structure(tuple(positional), {key: _specified(value, key, model) for key, value in kwargs.items()})


def _specified(value: KerasObject, name: str, model: KerasObject) -> KerasObject:
    """Return symbolic inputs, with a free batch axis, for what specifies tensors; anything else as it is."""
    if isinstance(value, Mapping):
        return {key: _specified(each, str(key), model) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_specified(each, f"{name}_{place}", model) for place, each in enumerate(value)]
    if not type(value).__name__.endswith("Spec"):
        return value
    tensor = tensor_of(value)
    return fresh(model, None if tensor.shape is None else (None, *tensor.shape[1:]), tensor.dtype, name)
