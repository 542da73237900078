"""Weights that a class adds itself, beside those of the layers that it holds, in models that are followed or listed.

What such a class does is in the graph, and the class itself is no node there. Its weights belong to the operations that
are given them; those that none is given are at a node of the class, without connections.
"""

from collections.abc import Iterator

from cutaway.graph import Graph, Weight
from cutaway.record import replace
from cutaway.sources.arguments import leaves
from cutaway.sources.assemble import assemble
from cutaway.sources.blueprint import Call, Layer, Model
from cutaway.sources.live.layers import Live
from cutaway.sources.live.nodes import KerasObject, calls_of, given_to, keras_of


def with_own_weights(whole: Model, model: KerasObject, live: Live) -> Model:
    """Return a model with those of its weights, and of its parts', that none of its layers has."""
    left = {weight.key: weight for weight in listed(model, live)}
    for weight in _placed(whole):
        left.pop(weight.key, None)
    if not left:
        return whole
    used: set[str] = set()
    whole = _given(whole, left, used, live)
    return _standing(whole, model, {key: weight for key, weight in left.items() if key not in used}, live)


def assembled(whole: Model) -> tuple[Graph, dict[str, object]]:
    """Return the graph of a live model, operations with the weights that they are given, and the objects behind it."""
    graph, layers = assemble(whole)
    own = {key: layer.weights for key, layer in layers.items() if layer.operation and layer.weights}
    if own:
        nodes = [replace(node, weights=own[node.id]) if node.id in own else node for node in graph.nodes]
        graph = replace(graph, nodes=tuple(nodes))
    return graph, {key: layer.origin for key, layer in layers.items()}


def listed(item: KerasObject, live: Live) -> tuple[Weight, ...]:
    """Return all weights of a model, but for what metrics keep, which Keras 2 counts among them."""
    try:
        metered = item.metrics if keras_of(item) == 2 else ()  # at any depth: they are layers there
        metrics = {live.key(each) for metric in metered for each in metric.weights}
        return tuple([weight for weight in live.listed(item) if weight.key not in metrics])
    except ValueError:  # of Keras 2: they are not there yet
        return ()


def _placed(whole: Model) -> Iterator[Weight]:
    for layer in whole.layers:
        yield from layer.weights or ()
        if layer.inner is not None:
            yield from _placed(layer.inner)


def _given(whole: Model, left: dict[str, Weight], used: set[str], live: Live) -> Model:
    """Return a model whose operations have what they are given of the weights `left`; notes these in `used`."""
    layers: list[Layer] = []
    for layer in whole.layers:
        keys = [key for key in dict.fromkeys(_arguments(layer.origin, live)) if key in left] if layer.operation else []
        used.update(keys)
        if layer.inner is not None:
            layers.append(replace(layer, inner=_given(layer.inner, left, used, live)))
        else:
            layers.append(replace(layer, weights=tuple([left[key] for key in keys])) if keys else layer)
    return replace(whole, layers=tuple(layers))


def _arguments(operation: KerasObject, live: Live) -> Iterator[str]:
    """Give the keys of the variables among what an operation is given."""
    for node in calls_of(operation):
        args, kwargs = given_to(node)
        for _, leaf in leaves([*args, *kwargs.values()]):
            key = live.known(leaf)
            if key is not None:
                yield key


def _standing(whole: Model, part: KerasObject, left: dict[str, Weight], live: Live) -> Model:
    """Return a model with a node for those weights of its class, and of its parts', that are `left`; takes them out."""
    layers = [
        layer if layer.inner is None else replace(layer, inner=_standing(layer.inner, layer.origin, left, live))
        for layer in whole.layers
    ]
    own = [left.pop(weight.key) for weight in (listed(part, live) if left else ()) if weight.key in left]
    if own:
        op = type(part).__name__
        layers.append(Layer(name=part.name, op=op, weights=tuple(own), calls=(Call(),), custom=True))
    return replace(whole, layers=tuple(layers))
