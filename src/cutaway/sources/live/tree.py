"""The layers that a live model holds, in the order of its attributes, and those of them that its `call` leaves out."""

from collections.abc import Callable, Iterable, Iterator

from cutaway.errors import warn
from cutaway.record import replace
from cutaway.sources.attributes import reduced
from cutaway.sources.blueprint import Call, Layer, Model
from cutaway.sources.live.layers import Live
from cutaway.sources.live.nodes import KerasObject, does_as_keras, has_graph, held, keras_of
from cutaway.sources.live.values import model_attributes, serialized_config


def is_part(operation: KerasObject) -> bool:
    """Tell whether there is something to follow in a layer: a model, or layers that no `call` of Keras' own calls."""
    if has_graph(operation):
        return True
    return not does_as_keras(operation) and bool(held(operation))


def reached(starts: Iterable[KerasObject], within: Callable[[KerasObject], Iterable[KerasObject]]) -> list[KerasObject]:
    """Return objects with all that `within` tells to be in them, at any depth, each once."""
    found: dict[int, KerasObject] = {}
    stack = list(starts)
    while stack:
        item = stack.pop()
        if id(item) not in found:
            found[id(item)] = item
            stack.extend(within(item))
    return list(found.values())


def tree(model: KerasObject, live: Live) -> Model:
    """Return a model's layers without connections; parts that hold layers are nested."""
    layers = [standing(item, live) for item in held(model)]
    if not layers:
        layers.append(_alone(model, live))
    return Model(
        name=model.name,
        op=type(model).__name__,
        layers=tuple(layers),
        inputs=(),
        outputs=(),
        attributes=model_attributes(model),
        trainable=bool(model.trainable),
        freezes=keras_of(model) == 2,
    )


def standing(item: KerasObject, live: Live) -> Layer:
    """Return a layer, called with nothing; a part that holds layers has them in it."""
    layer = live.layer(item)
    if layer.inner is None and is_part(item):
        layer = replace(layer, inner=tree(item, live), weights=None)
    return replace(layer, calls=(Call(),))


def _alone(model: KerasObject, live: Live) -> Layer:
    layer = replace(live.layer(model), calls=(Call(),))
    return replace(layer, attributes=reduced(serialized_config(model)))


def with_unused(whole: Model, model: KerasObject, live: Live) -> Model:
    """Return a traced model with those of its layers that it does not call: each stands alone where it is held.

    Warns of them with CutawayWarning. A layer that another one holds and runs by itself (the cell of an RNN, what is in
    a TimeDistributed) is not among them.
    """
    known = {id(each) for each in _origins(whole)}
    found: list[str] = []
    whole = _completed(whole, model, live, known, found)
    if found:
        names = ", ".join(map(repr, found[:5])) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        warn(
            f"not called while tracing {model.name!r}, or not for its output: {names};"
            f" {'it is' if len(found) == 1 else 'they are'} shown without connections",
        )
    return whole


def _completed(whole: Model, part: KerasObject, live: Live, known: set[int], found: list[str]) -> Model:
    """Return `whole` with what `part` and its parts hold and is not `known`; notes it in `known` and `found`.

    What has a graph of its own does all that it does by that, whatever else it holds.
    """
    layers = [
        layer
        if layer.inner is None
        else replace(layer, inner=_completed(layer.inner, layer.origin, live, known, found))
        for layer in whole.layers
    ]
    for item in () if _has_own_graph(part) else held(part):
        if id(item) not in known and type(item).__name__ != "InputLayer":
            known.update(id(each) for each in (item, *reached(held(item), held)))
            found.append(item.name)
            layers.append(standing(item, live))
    return replace(whole, layers=tuple(layers))


def _origins(whole: Model) -> Iterator[KerasObject]:
    """Give the live layers that a model draws, and all that those hold which are drawn as one node."""
    for layer in whole.layers:
        yield layer.origin
        if layer.inner is None:
            yield from reached(held(layer.origin), held)
        else:
            yield from held(layer.origin) if _has_own_graph(layer.origin) else ()
            yield from _origins(layer.inner)


def _has_own_graph(item: KerasObject) -> bool:
    return has_graph(item) or does_as_keras(item)
