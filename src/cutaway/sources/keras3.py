"""The graphs that Keras 3 writes: `to_json()`, `config.json` of an archive, `get_config()` inside both.

Calls stand in `inbound_nodes` as `{"args", "kwargs"}` with tensors at any depth, each with its shape, dtype and
`keras_history` [layer, call, tensor]. Calls are counted from 0 there; `output_layers` counts those of a nested
Functional, and of its subclasses, from 1 (keras/src/models/functional.py, get_config).
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cutaway.errors import InputError
from cutaway.graph import Tensor
from cutaway.record import record
from cutaway.sources.arguments import DEEPEST, Handle, call, model_call
from cutaway.sources.attributes import plain, policy, reduced
from cutaway.sources.blueprint import Call, Layer, Model, Reference, Result
from cutaway.sources.serialized import (
    STRUCTURE,
    Config,
    class_of,
    input_tensor,
    is_functional,
    layer_items,
    layer_of,
    name_of,
    nested_of,
    settings,
    shape_of,
    trainable_of,
)

Triple: TypeAlias = tuple[str, int, int]


@record(kw_only=False)
class _Names:
    """The layers of one model by name, to follow references."""

    model: str
    places: Mapping[str, int]

    def refer(self, value: object) -> Reference:
        """Return a stored [layer, call, tensor] as a Reference; raises InputError where it leads nowhere."""
        name, node, tensor = triple(value)
        if name not in self.places:
            raise InputError(f"cannot read the model {self.model!r}: it refers to a layer {name!r} that it lacks")
        return Reference(self.places[name], node, tensor)


def functional(item: Config, inner: Mapping[int, Model]) -> Model:
    """Return a serialised Functional model; `inner` holds its nested models by the identity of their configs.

    Raises InputError where the config contradicts itself.
    """
    items = layer_items(item)
    names = _Names(name_of(item), _places(name_of(item), items))
    config = settings(item)
    starts = [(key, names.refer(value).layer) for key, value in ends(config["input_layers"])]
    entries = frozenset(place for _, place in starts)
    layers = tuple(
        _input(entry) if place in entries else _layer(entry, names, inner) for place, entry in enumerate(items)
    )
    keyed = isinstance(config["input_layers"], Mapping)
    outputs = [(key, names.refer(value)) for key, value in ends(config["output_layers"])]
    return Model(
        name=name_of(item),
        op=class_of(item),
        layers=layers,
        inputs=tuple(place for _, place in starts),
        outputs=tuple(_result(key, end, layers, items[end.layer]) for key, end in outputs),
        keys=tuple(key if keyed else layers[place].name for key, place in starts),
        attributes=reduced({key: value for key, value in config.items() if key not in STRUCTURE}),
        trainable=trainable_of(item),
    )


def triple(value: object) -> Triple:
    """Return a stored [layer, call, tensor]; raises InputError for anything else."""
    if isinstance(value, (list, tuple)) and len(value) == 3:
        name, node, tensor = value
        if isinstance(name, str) and isinstance(node, int) and isinstance(tensor, int) and node >= 0 <= tensor:
            return name, node, tensor
    raise InputError(f"cannot read a reference to a tensor: {str(value)[:60]!r} is not [layer, call, tensor]")


def ends(structure: object) -> list[tuple[str, object]]:
    """Return the [layer, call, tensor] entries of `input_layers` or `output_layers`, flattened as Keras does.

    Each has its key where they stand in a dict, else "". One bare entry is a model with a single tensor.
    """
    if _is_end(structure):
        return [("", structure)]
    found: list[tuple[str, object]] = []
    stack: list[tuple[str, object, int]] = [("", structure, 0)]
    while stack:
        key, entry, depth = stack.pop()
        if _is_end(entry) or not isinstance(entry, list | tuple | Mapping) or depth > DEEPEST:
            found.append((key, entry))
        elif isinstance(entry, Mapping):
            stack.extend(
                (".".join(filter(None, (key, str(k)))), entry[k], depth + 1) for k in sorted(entry, reverse=True)
            )
        else:
            many = len(entry) > 1 and key
            stack.extend((f"{key} {i}" if many else key, entry[i], depth + 1) for i in reversed(range(len(entry))))
    return found


def _is_end(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 3 and isinstance(value[0], str)


def _places(model: str, items: Sequence[Config]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, item in enumerate(items):
        name = name_of(item)
        if name in places:
            raise InputError(f"cannot read the model {model!r}: two of its layers are called {name!r}")
        places[name] = place
    return places


def _input(item: Config) -> Layer:
    return Layer(
        name=name_of(item),
        op=class_of(item),
        attributes=reduced(settings(item)),
        calls=(Call(outputs=(input_tensor(item),)),),
    )


def _layer(item: Config, names: _Names, inner: Mapping[int, Model]) -> Layer:
    nested = nested_of(item, inner)
    calls = tuple([_call(node, item, nested[0], names) for node in _nodes(item)])
    return layer_of(item, nested, calls or (Call(),))


def _nodes(item: Config) -> list[object]:
    """Return a layer's stored calls; one that takes no tensor is not stored, though a layer has at least one."""
    nodes = item.get("inbound_nodes")
    return nodes if isinstance(nodes, list) else []


def _call(node: object, item: Config, model: Model | None, names: _Names) -> Call:
    if not isinstance(node, dict):
        raise InputError(f"cannot read the calls of {name_of(item)!r}: a {type(node).__name__} is not Keras 3's form")
    args, kwargs = _handles(node.get("args"), names), _handles(node.get("kwargs"), names)
    positional = args if isinstance(args, list) else [args]
    named = kwargs if isinstance(kwargs, dict) else {}
    if model is None:
        return call(class_of(item), positional, named, plain)
    return model_call(model.keys, positional, named, plain)


def _handles(value: object, names: _Names, depth: int = 0) -> object:
    """Return an argument with every stored tensor in it as a Handle."""
    if depth > DEEPEST:
        raise InputError(f"cannot read a call: its arguments are nested deeper than {DEEPEST} levels")
    if isinstance(value, list):
        return [_handles(entry, names, depth + 1) for entry in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "__keras_tensor__":
        held = settings(value)
        history = held.get("keras_history")
        tensor = Tensor(shape=shape_of(held.get("shape")), dtype=policy(held.get("dtype")))
        return Handle(None if history is None else names.refer(history), tensor)
    if "class_name" in value:
        return value
    return {key: _handles(entry, names, depth + 1) for key, entry in value.items()}


def _result(key: str, end: Reference, layers: Sequence[Layer], item: Config) -> Result:
    layer = layers[end.layer]
    node = end.call
    if is_functional(item) or node == len(layer.calls):  # a subclass of Functional may keep its layers to itself
        node -= 1
    return Result(name=key or layer.name, source=Reference(end.layer, node, end.tensor))
