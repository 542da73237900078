"""Anything with `.layers` whose items have a name and the shape of their output, as libraries beside Keras have them.

The calls that the items note are followed, as those of Keras are. Where they note none, the order of the list is taken
for the flow, with a warning, unless shapes contradict it: then the items are drawn without connections.
"""

from collections.abc import Mapping, Sequence

from cutaway.errors import warn
from cutaway.graph import Graph, Tensor, Weight
from cutaway.record import replace
from cutaway.sources.assemble import assemble
from cutaway.sources.attributes import reduced
from cutaway.sources.blueprint import Argument, Call, Layer, Model, Reference, Result
from cutaway.sources.configs.chain import closed, following
from cutaway.sources.given_shape import Shapes
from cutaway.sources.live.asked import asked, contradiction, given, taken
from cutaway.sources.live.calls import Calls
from cutaway.sources.live.keras2_values import written
from cutaway.sources.live.layers import Live
from cutaway.sources.live.nodes import KerasObject, called, fed_to, flat, keras_of, tensor_of
from cutaway.sources.live.not_models import mistaken, unread


def read_like(model: KerasObject, shapes: Shapes | None) -> tuple[Graph, Mapping[str, object]]:
    """Return the graph of an object with a list of layers, and the object behind the id of each node.

    Raises InputError or UnsupportedError for what is no model.
    """
    refused = mistaken(model)
    if refused is not None:
        raise refused
    items = _items(model)
    if not items:
        raise unread(model)
    if shapes is not None:
        warn(f"the input_shape {shapes} is not used: {_name(model)!r} is no Keras model")
    graph, layers = assemble(_model(model, items))
    return graph, {identity: layer.origin for identity, layer in layers.items()}


def _items(model: KerasObject) -> list[KerasObject]:
    """Return the layers that an object lists; none unless each has a name and one has a known output shape."""
    found = asked(model, "layers")
    if isinstance(found, Mapping):
        found = list(found.values())
    if not isinstance(found, Sequence) or isinstance(found, str | bytes):
        return []
    items = list(found)
    if any(not isinstance(asked(item, "name"), str) or isinstance(item, type) for item in items):
        return []
    known = any(keras_of(item) is not None or given(item) for item in items)
    return items if known else []


def _model(model: KerasObject, items: list[KerasObject]) -> Model:
    live = Live()
    layers = [_layer(item, live) for item in items]
    whole = Model(name=_name(model), op=type(model).__name__, layers=(), inputs=(), outputs=())
    ties = _noted(items)
    if any(argument.source is not None for calls in ties for each in calls for argument in each.arguments):
        return _tied(whole, layers, ties)
    broken = contradiction(items)
    if broken is None:
        warn(f"nothing tells the flow in {whole.name!r} ({whole.op}): the order of its layers is taken for it")
        return _chained(whole, items, layers)
    warn(
        f"nothing tells the flow in {whole.name!r} ({whole.op}), and it is not the order of its layers:"
        f" what {broken[0].name!r} gives is not what {broken[1].name!r} takes; they are shown without connections"
    )
    alone = [replace(layer, calls=(Call(outputs=given(item)),)) for layer, item in zip(layers, items, strict=True)]
    return replace(whole, layers=tuple(alone))


def _layer(item: KerasObject, live: Live) -> Layer:
    if keras_of(item) is not None:
        return live.layer(item)
    trainable = asked(item, "trainable")
    config = asked(item, "get_config", call=True)
    return Layer(
        name=item.name,
        op=type(item).__name__,
        attributes=reduced(written(config) if isinstance(config, Mapping) else {}),
        trainable=trainable if isinstance(trainable, bool) else None,
        weights=_weights(item, live),
        origin=item,
        same=id(item),
        custom=True,
    )


def _weights(item: KerasObject, live: Live) -> tuple[Weight, ...] | None:
    if not isinstance(asked(item, "weights"), list | tuple):
        return None
    try:
        return live.weights(item)
    except Exception:  # noqa: BLE001 - code of other people, which may fail in any way
        return None


def _noted(items: list[KerasObject]) -> list[tuple[Call, ...]]:
    """Return the calls that layers note, of each in turn; none of a layer that notes none."""
    nodes = [_nodes(item) for item in items]
    places = {id(node): (place, number) for place, mine in enumerate(nodes) for number, node in enumerate(mine)}
    calls = Calls(items, places, nodes)
    found: list[tuple[Call, ...]] = []
    for item, mine in zip(items, nodes, strict=True):
        try:
            found.append(tuple([_call(item, node, calls) for node in mine]))
        except Exception:  # noqa: BLE001 - as above
            found.append(())
    return found


def _nodes(item: KerasObject) -> list[KerasObject]:
    for name in ("_inbound_nodes", "inbound_nodes"):
        found = asked(item, name)
        if isinstance(found, list | tuple):
            return list(found)
    return []


def _call(item: KerasObject, node: KerasObject, calls: Calls) -> Call:
    """Return a call as its tensors tell it, or else as the layers do that it names."""
    try:
        ends = [(calls.refer(tensor), tensor_of(tensor)) for tensor in fed_to(node)]
    except Exception:  # noqa: BLE001 - as above
        ends = []
    if not ends:
        ends = [(source, Tensor()) for source in _named_sources(node, calls)]
    names = ["inputs"] if len(ends) == 1 else [f"input {place}" for place in range(len(ends))]
    arguments = [Argument(name=name, source=end[0], tensor=end[1]) for name, end in zip(names, ends, strict=True)]
    return Call(arguments=tuple(arguments), outputs=given(item))


def _named_sources(node: KerasObject, calls: Calls) -> list[Reference | None]:
    """Return where the layers stand that a call names; None for one that is not listed."""
    layers = asked(node, "inbound_layers")
    listed = [called(each) for each in asked(node, "parent_nodes") or ()] if layers is None else flat(layers)
    numbers = [_numbers(node, name, len(listed)) for name in ("node_indices", "tensor_indices")]
    places = {id(item): place for place, item in enumerate(calls.operations)}
    return [
        ((places[id(layer)], number), tensor) if id(layer) in places else None
        for layer, number, tensor in zip(listed, *numbers, strict=True)
    ]


def _numbers(node: KerasObject, name: str, width: int) -> list[int]:
    found = asked(node, name)
    numbers = flat(found) if isinstance(found, int | list | tuple) else []
    return numbers if len(numbers) == width and all(isinstance(each, int) for each in numbers) else [0] * width


def _tied(whole: Model, layers: list[Layer], ties: list[tuple[Call, ...]]) -> Model:
    """Return a model whose layers note their calls; its outputs are what nothing reads."""
    found = tuple([replace(layer, calls=calls or (Call(),)) for layer, calls in zip(layers, ties, strict=True)])
    read = {place for layer in found for call in layer.calls for place, _ in _sources(call)}
    ends = [(place, call) for place, layer in enumerate(found) for call in range(len(layer.calls))]
    return replace(
        whole,
        layers=found,
        inputs=tuple(place for place, layer in enumerate(found) if layer.op == "InputLayer"),
        keys=tuple(layer.name for layer in found if layer.op == "InputLayer"),
        outputs=tuple(Result(name=found[end[0]].name, source=(end, 0)) for end in ends if end not in read),
    )


def _chained(whole: Model, items: list[KerasObject], layers: list[Layer]) -> Model:
    chain: list[Layer] = []
    for layer, item in zip(layers, items, strict=True):
        made = layer
        if chain or layer.op != "InputLayer":
            told = taken(item)
            made = following(layer, chain, told[0].shape if len(told) == 1 else None)
        call = replace(made.calls[0] if made.calls else Call(), outputs=given(item))
        chain.append(replace(made, calls=(call,)))
    return closed(whole, chain)


def _sources(call: Call) -> list[Reference]:
    return [argument.source for argument in call.arguments if argument.source is not None]


def _name(model: KerasObject) -> str:
    name = asked(model, "name")
    return name if isinstance(name, str) and name else type(model).__name__
