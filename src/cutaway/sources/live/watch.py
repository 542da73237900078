"""Calls of layers on what does not depend on a model's input: Keras runs them at once, and notes nothing of them.

While a model is watched, such a call gives a symbolic tensor instead, and is noted on its layer as any other: a call
whose arguments are constants. `self.tok(x) + self.pos(ops.arange(16))` so keeps its position embedding.
"""

# ruff: noqa: SLF001 - Keras has no public way to the calls of a layer

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps

from cutaway.sources.arguments import leaves
from cutaway.sources.live.nodes import KerasObject, flat, is_tensor, keras_of, required_part

_ORIGINAL = "_cutaway_original"


@contextmanager
def watched(layers: Iterable[KerasObject]) -> Iterator[None]:
    """Watch `layers` in the block: they are called on constants as they are on symbolic tensors.

    Where that fails, the call runs as it does without a watch.
    """
    before: list[tuple[KerasObject, bool, object]] = []
    try:
        for layer in layers:
            held = layer.__dict__
            before.append((layer, "call" in held, held.get("call")))
            held["call"] = _noting(layer, layer.call)  # past the layer's own __setattr__, which tracks
        yield
    finally:
        for layer, own, call in before:
            if own:
                layer.__dict__["call"] = call
            else:
                layer.__dict__.pop("call", None)


def own_call(layer: KerasObject) -> KerasObject:
    """Return the `call` of a layer as it is when nobody watches, and before a tf.function was made of it."""
    call = getattr(layer.call, _ORIGINAL, layer.call)
    return getattr(call, "python_function", call)


def _noting(layer: KerasObject, original: KerasObject) -> Callable[..., KerasObject]:
    @wraps(original)
    def call(*args: object, **kwargs: object) -> KerasObject:
        given = [*args, *kwargs.values()]
        if _within_a_layer(layer) or any(is_tensor(each) for _, each in leaves(given)):
            return original(*args, **kwargs)
        noted = len(layer._inbound_nodes)
        try:
            return _symbolic(layer, args, kwargs)
        except Exception:  # noqa: BLE001 - code of other people, called in a way it may not foresee
            del layer._inbound_nodes[noted:]
            return original(*args, **kwargs)

    setattr(call, _ORIGINAL, original)
    return call


def _symbolic(layer: KerasObject, args: tuple[object, ...], kwargs: dict[str, object]) -> KerasObject:
    """Return what a layer gives as symbolic tensors, the call noted: layers of some versions of Keras do it later."""
    if keras_of(layer) == 2:
        given = layer._keras_tensor_symbolic_call(args[0], None, args[1:], kwargs)
        required_part(layer, "engine.node").Node(layer, call_args=args, call_kwargs=kwargs, outputs=given)
        return given
    from keras.src.ops.node import Node

    given = layer.symbolic_call(*args, **kwargs)
    if any(getattr(tensor, "_keras_history", None) is None for tensor in flat(given)):
        Node(operation=layer, call_args=args, call_kwargs=kwargs, outputs=given)
    return given


def _within_a_layer(layer: KerasObject) -> bool:
    """Tell whether Keras is just finding out what a layer gives: what it calls in there is no call of the model's."""
    if keras_of(layer) == 2:  # which does so in a graph
        return not sys.modules["tensorflow"].executing_eagerly()
    from keras.src.backend.common.symbolic_scope import in_symbolic_scope

    return bool(in_symbolic_scope())
