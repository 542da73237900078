"""A trace where sizes are unknown and the code needs them: numbers stand in, and what depends on them stays unknown.

`ops.zeros((ops.shape(x)[0], 8))` has no symbolic tensor for an unknown batch. Keras itself finds out what such a layer
gives by calling it on two numbers in place of None (keras/src/backend/jax/core.py, compute_output_spec); here the calls
that are noted are compared too.
"""

import warnings
from collections.abc import Callable
from contextlib import ExitStack, suppress

from cutaway.errors import CutawayWarning
from cutaway.record import replace
from cutaway.sources.arguments import leaves
from cutaway.sources.blueprint import Model
from cutaway.sources.live.agreed import DisagreementError, agreed
from cutaway.sources.live.layers import Live
from cutaway.sources.live.nodes import KerasObject, is_tensor, sizes_of
from cutaway.sources.live.own_weights import listed
from cutaway.sources.live.symbols import Structure, anew
from cutaway.sources.live.unchanged import unchanged

_TRIED = ((12, 64), (24, 128))
"""In place of an unknown batch, and of any other unknown size: with many divisors, so that parts of them are whole.

What is left of a size when it is halved six times still differs between the two.
"""
_SMALL = ((12, 8), (24, 16))
"""Where those are more than a table has rows, as one of positions."""
_CHECKED = (7, 33)
"""Odd and small: where these can be traced at all, they have to lead to the same calls.

So a step that is only taken for some sizes is found, and what ends at a given length.
"""

Trace = Callable[[KerasObject, Structure, Live], Model]


def on_stand_ins(part: KerasObject, structure: Structure, live: Live, trace: Trace) -> Model | None:
    """Return what `trace` tells of a part that is called with numbers in place of the sizes that are unknown.

    None where it cannot be traced on them. Raises DisagreementError where it calls other things, or has other weights,
    on some than on others. Numbers stand in for the batch alone if that is enough.
    """
    unknown, disagreement = unknown_sizes(structure), None
    for is_batch_alone in (True, False) if len(unknown) == 2 else (False,) * len(unknown):
        try:
            return _compared(part, structure, live, trace, is_batch_alone=is_batch_alone)
        except DisagreementError as error:
            disagreement = error
        except Exception:  # noqa: BLE001, S112 - code of other people, called in a way it may not foresee
            continue
    if disagreement is not None:
        raise disagreement
    return None


def without_accidents(traced: Model, part: KerasObject, structure: Structure, live: Live, trace: Trace) -> Model:
    """Return a trace on unknown sizes with those of its sizes unknown that differ on numbers in their place.

    `table[:None]` is all of a table, and not as long as the input. What cannot be traced on numbers stays as it is.
    """
    for tried in (_TRIED, _SMALL) if False in unknown_sizes(structure) else ():
        with suppress(Exception):  # code of other people, called in a way it may not foresee
            return agreed(_compared(part, structure, live, trace, is_batch_alone=False, sizes=tried), traced)
    return traced


def believed(traced: Model, structure: Structure) -> Model:
    """Return a trace on unknown sizes; raises ValueError where it holds tensors without a single value.

    Such come of code that takes None for an argument that was left out: `ops.arange(0, None)` is `ops.arange(0)`.
    """
    if unknown_sizes(structure) and _is_empty(traced):
        raise ValueError("it takes an unknown size for none")
    return traced


def _is_empty(traced: Model) -> bool:
    """Tell whether a size is 0 of what a call in a model gives, or one in its parts."""
    return any(
        (layer.inner is not None and _is_empty(layer.inner))
        or any(0 in (tensor.shape or ()) for call in layer.calls for tensor in call.outputs)
        for layer in traced.layers
    )


def unknown_sizes(structure: Structure) -> set[bool]:
    """Return what is unknown of the shapes of symbolic inputs: True for the batch, False for other sizes."""
    given: list[KerasObject] = [each for _, each in leaves([*structure.args, *structure.kwargs.values()])]
    shapes = [sizes_of(each.shape) or () for each in given if is_tensor(each)]
    return {axis == 0 for shape in shapes for axis, size in enumerate(shape) if size is None}


def _compared(
    part: KerasObject,
    structure: Structure,
    live: Live,
    trace: Trace,
    *,
    is_batch_alone: bool,
    sizes: tuple[tuple[int, int], tuple[int, int]] = _TRIED,
) -> Model:
    """Return what the traces on all stand-ins agree in; the part and `live` are as after the last, or as before."""

    def traced(sizes: tuple[int, int], own: Live) -> tuple[Model, list[object]]:
        inputs = _filled(structure, part, sizes[0], None if is_batch_alone else sizes[1])
        return believed(trace(part, inputs, own), inputs), [weight.shape for weight in listed(part, own)]

    def tried(sizes: tuple[int, int]) -> tuple[Model, list[object]]:
        with warnings.catch_warnings(), unchanged(part):
            warnings.simplefilter("ignore", CutawayWarning)  # the last says the same
            return traced(sizes, live.copied())

    found = [tried(sizes[0])]
    with suppress(Exception):  # as said above
        found.append(tried(_CHECKED))
    with ExitStack() as undoing:
        undoing.enter_context(unchanged(part))
        own = live.copied()
        whole, weights = traced(sizes[1], own)
        for other, others in found:
            if weights != others:
                raise DisagreementError
            whole = agreed(whole, other)
        undoing.pop_all()
    live.become(own)
    return whole


def _filled(structure: Structure, part: KerasObject, batch: int, other: int | None) -> Structure:
    def sized(shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return tuple([(other if axis else batch) if size is None else size for axis, size in enumerate(shape)])

    args, kwargs = (anew(each, part, sized) for each in (structure.args, dict(structure.kwargs)))
    return replace(structure, args=args, kwargs=kwargs)
