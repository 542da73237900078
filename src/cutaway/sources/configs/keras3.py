"""The graphs that Keras 3 writes: `to_json()`, `config.json` of an archive, `get_config()` inside both.

Calls stand in `inbound_nodes` as `{"args", "kwargs"}` with tensors at any depth, each with its shape, dtype and
`keras_history` [layer, call, tensor]. Calls are counted from 0 there; `output_layers` counts those of a nested
Functional, and of its subclasses, from 1 (keras/src/models/functional.py, get_config).
"""

from collections.abc import Mapping

from cutaway.errors import InputError
from cutaway.record import replace
from cutaway.sources.arguments import DEEPEST, call, model_call
from cutaway.sources.attributes import PLAIN, plain
from cutaway.sources.blueprint import Argument, Call, Layer, Model
from cutaway.sources.configs import functional as graphs
from cutaway.sources.configs.functional import Names, nodes_of
from cutaway.sources.configs.serialized import (
    Config,
    class_of,
    is_functional,
    is_operation,
    layer_of,
    name_of,
    nested_of,
    settings,
)


def functional(item: Config, inner: Mapping[int, Model]) -> Model:
    """Return a serialised Functional model; `inner` holds its nested models by the identity of their configs.

    Raises InputError where the config contradicts itself.
    """
    names = graphs.names_of(item)
    finish = graphs.counted(
        item, names, graphs.end_references(item), lambda each: id(each) in inner and is_functional(each)
    )
    return replace(graphs.functional(item, inner, names, finish, _layer), freezes=False)


def _layer(item: Config, names: Names, inner: Mapping[int, Model]) -> Layer:
    nested = nested_of(item, inner)
    calls = tuple([_call(node, item, nested[0], names) for node in nodes_of(item)])
    return layer_of(item, nested, calls or (Call(),), operation=is_operation(item))


def _call(node: object, item: Config, model: Model | None, names: Names) -> Call:
    if not isinstance(node, dict):
        raise InputError(f"cannot read the calls of {name_of(item)!r}: a {type(node).__name__} is not Keras 3's form")
    args, kwargs = _arguments(node.get("args"), names), node.get("kwargs")
    if kwargs:
        kwargs = _arguments(kwargs, names)
    positional = args if isinstance(args, list) else [args]
    named = kwargs if isinstance(kwargs, dict) else {}
    if model is None:
        return call(class_of(item), positional, named, plain)
    return model_call(model.keys, positional, named, plain)


def _arguments(value: object, names: Names, depth: int = 0) -> object:
    """Return what a call is given, with an Argument for every stored tensor in it."""
    if depth > DEEPEST:
        raise InputError(f"cannot read a call: its arguments are nested deeper than {DEEPEST} levels")
    below = depth + 1
    if isinstance(value, dict):
        if "class_name" not in value:
            return {key: item if type(item) in PLAIN else _arguments(item, names, below) for key, item in value.items()}
        return _tensor(value, names) if value["class_name"] == "__keras_tensor__" else value
    if isinstance(value, list):
        return [item if type(item) in PLAIN else _arguments(item, names, below) for item in value]
    return value


def _tensor(item: Config, names: Names) -> Argument:
    held = settings(item)
    history = held.get("keras_history")
    tensor = names.tensor(held.get("shape"), held.get("dtype"))
    return Argument(None if history is None else names.refer(history), tensor)
