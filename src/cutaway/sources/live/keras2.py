"""Live layers of Keras 2 with their calls, by way of the form that its files give them, so that both are read alike."""

from collections.abc import Sequence

from cutaway.record import replace
from cutaway.sources.blueprint import Layer
from cutaway.sources.configs.keras2 import Given, called
from cutaway.sources.live.calls import Calls
from cutaway.sources.live.keras2_values import written
from cutaway.sources.live.nodes import KerasObject, given_by, given_to, tensor_of
from cutaway.sources.live.values import serialized_config


def stored(layer: Layer, nodes: Sequence[KerasObject], calls: Calls) -> Layer:
    """Return a live layer with the calls in `nodes`; a function of TensorFlow becomes the operation that it is."""
    config = serialized_config(layer.origin) if layer.inner is None else {}
    item = {"class_name": layer.op, "name": layer.name, "config": config}
    made = called(item, (layer.inner, layer.wraps), [_given(node, calls) for node in nodes])
    outputs = [tuple(tensor_of(each) for each in given_by(node)) for node in nodes]
    told = [replace(call, outputs=tensors) for call, tensors in zip(made.calls, outputs, strict=True)]
    if made.operation:
        return replace(made, calls=tuple(told), origin=layer.origin)
    return replace(layer, calls=tuple(told))


def _given(node: KerasObject, calls: Calls) -> Given:
    args, kwargs = given_to(node)
    first = calls.handles(args[0], written) if args else None
    if isinstance(first, list) and len(first) == 1:
        first = first[0]
    return Given(first, {name: calls.handles(value, written) for name, value in kwargs.items()})
