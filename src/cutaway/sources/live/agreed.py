"""What two traces of one model, on inputs of different sizes, agree in: all else depends on sizes that are unknown."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cutaway.graph import Tensor, Value
from cutaway.record import replace
from cutaway.sources.blueprint import Argument, Call, Layer, Model

_SIZE = re.compile(r"(\d+|\?)")
"""A number in a text, as in "array (3, 4) float32"."""


class DisagreementError(Exception):
    """Two traces are not of the same calls, or not of the same weights."""


def blamed(error: Exception) -> Exception:
    """Return what made a trace on unknown sizes fail, for a disagreement of traces on known ones; else the error."""
    cause = error.__cause__ if isinstance(error, DisagreementError) else None
    return cause if isinstance(cause, Exception) else error


def agreed(one: Model, other: Model) -> Model:
    """Return what two traces agree in: sizes and values in which they differ are unknown, None or "?".

    Raises DisagreementError where they differ in their calls.
    """
    _demand(len(one.layers) == len(other.layers))
    _demand((one.name, one.op, one.inputs, one.outputs) == (other.name, other.op, other.inputs, other.outputs))
    return replace(
        other,
        layers=tuple(map(_layer, one.layers, other.layers)),
        attributes=_entries(one.attributes, other.attributes),
    )


def _demand(condition: bool) -> None:  # noqa: FBT001 - as assert has it
    if not condition:
        raise DisagreementError


def _layer(one: Layer, other: Layer) -> Layer:
    _demand((one.name, one.op, len(one.calls)) == (other.name, other.op, len(other.calls)))
    _demand(one.origin is other.origin or not (one.weights or other.weights))  # those of operations are made anew
    inner = None
    if one.inner is None or other.inner is None:
        _demand(one.inner is other.inner)
    else:
        inner = agreed(one.inner, other.inner)
    return replace(
        other,
        attributes=_entries(one.attributes, other.attributes),
        calls=tuple(map(_call, one.calls, other.calls)),
        inner=inner,
    )


def _call(one: Call, other: Call) -> Call:
    for mine, theirs in ((one.arguments, other.arguments), (one.masks, other.masks), (one.outputs, other.outputs)):
        _demand(len(mine) == len(theirs))
    _demand(one.astray == other.astray)
    return replace(
        other,
        arguments=tuple(map(_argument, one.arguments, other.arguments)),
        masks=tuple(map(_mask, one.masks, other.masks)),
        constants=_entries(one.constants, other.constants),
        outputs=tuple(map(_tensor, one.outputs, other.outputs)),
    )


def _mask(one: Argument | None, other: Argument | None) -> Argument | None:
    _demand((one is None) == (other is None))
    return None if one is None or other is None else _argument(one, other)


def _argument(one: Argument, other: Argument) -> Argument:
    _demand((one.source, one.name) == (other.source, other.name))
    return replace(other, tensor=_tensor(one.tensor, other.tensor))


def _tensor(one: Tensor, other: Tensor) -> Tensor:
    shape = None
    if one.shape is not None and other.shape is not None and len(one.shape) == len(other.shape):
        shape = tuple([mine if mine == size else None for mine, size in zip(one.shape, other.shape, strict=True)])
    return Tensor(shape=shape, dtype=one.dtype if one.dtype == other.dtype else None)


def _entries(one: Mapping[str, Value], other: Mapping[str, Value]) -> Mapping[str, Value]:
    if one == other:
        return other
    _demand(list(one) == list(other))
    return MappingProxyType({key: _value(one[key], value) for key, value in other.items()})


def _value(one: Value, other: Value) -> Value:
    """Return a value with "?" for numbers in a text in which two values differ, and None for other differences."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return tuple(map(_value, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return _entries(one, other)
    if isinstance(one, str) and isinstance(other, str):
        mine, theirs = _SIZE.split(one), _SIZE.split(other)
        if mine[::2] == theirs[::2]:
            return "".join([part if part == same else "?" for part, same in zip(mine, theirs, strict=True)])
    return other if one == other else None
