"""The graphs that Keras 2 writes, from 2.0 to tf_keras: `to_json()`, `model_config` in HDF5, `config.json`.

A call in `inbound_nodes` is its first argument, with [layer, call, tensor, kwargs] for each tensor in it and
["_CONSTANT_VALUE", -1, value, kwargs] for anything else, and with the same kwargs in each. A layer's only tensor stands
in a list of one, an operation's does not. Tensors in kwargs are [layer, call, tensor], as a constant may be, too
(keras/engine/node.py, serialize). Shapes are on no edge; 2.13 and later note what each layer was first built on.
"""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.errors import InputError, warn
from cutaway.graph import Tensor
from cutaway.record import Record
from cutaway.sources.arguments import DEEPEST, RECURRENT, call, model_call
from cutaway.sources.attributes import plain
from cutaway.sources.blueprint import Argument, Call, Layer, Model, referred
from cutaway.sources.configs import functional as graphs
from cutaway.sources.configs.chain import build_shape, entry_tensor
from cutaway.sources.configs.functional import Names, nodes_of
from cutaway.sources.configs.serialized import (
    Config,
    class_of,
    is_functional,
    is_sequential,
    layer_items,
    layer_of,
    nested_of,
    settings,
    shape_of,
    shown,
)

_CONSTANTS = frozenset({"_CONSTANT_VALUE", "_COMPOSITE_TYPE"})
"""What stands in the place of a layer's name where a value is no tensor of the model."""


class Given(Record, kw_only=False):
    """What one call is given: its first argument, and the others by name, with an Argument for every tensor."""

    first: object
    others: Mapping[str, object]


def functional(item: Config, inner: Mapping[int, Model]) -> Model:
    """Return a serialised Functional model; `inner` holds its nested models by the identity of their configs.

    Raises InputError where the config contradicts itself, and warns of calls whose tensors Keras has not stored.
    """
    names = graphs.names_of(item)
    entries = [entry[:3] for layer in layer_items(item) for node in nodes_of(layer) for entry in _entries(node)]
    names = graphs.counted(item, names, [*graphs.end_references(item), *entries], _linked)
    model = graphs.functional(item, inner, names, names, _layer)
    _warn_of_dropped(model, layer_items(item))
    return model


def _linked(item: Config) -> bool:
    """Tell whether a layer's first node ties its own inputs to its outputs: that of a model which knows its input."""
    return is_functional(item) or (is_sequential(item) and entry_tensor(item) is not None)


def _entries(value: object, depth: int = 0) -> Iterator[list[object]]:
    """Give the tensors in the first argument of a stored call."""
    if depth > DEEPEST:
        raise InputError(f"cannot read a call: its arguments are nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        for each in value.values():
            yield from _entries(each, depth + 1)
    elif isinstance(value, list) and value and isinstance(value[0], str):
        if value[0] not in _CONSTANTS:
            yield value
    elif isinstance(value, list):
        for each in value:
            yield from _entries(each, depth + 1)


def _layer(item: Config, names: Names, inner: Mapping[int, Model]) -> Layer:
    nodes = nodes_of(item)
    nested = nested_of(item, inner)
    shape = build_shape(item) if len(nodes) == 1 and nested[0] is None else None
    given = [_given(node, names, shape) for node in nodes]
    return called(item, nested, given)


def called(item: Config, nested: tuple[Model | None, bool], given: Sequence[Given]) -> Layer:
    """Return a layer with its calls, from what each is given; `nested` is what `nested_of` gives for it."""
    if nested[0] is None and class_of(item) in _FUNCTIONS:
        from cutaway.sources.configs.keras2_functions import operation

        return operation(item, given)
    calls = tuple([_call(each, item, nested[0]) for each in given])
    return layer_of(item, nested, calls or (Call(),))


_FUNCTIONS = frozenset(
    {"TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceMethod", "InstanceProperty", "TensorFlowOpLayer"}
)
"""Layers that call one function of TensorFlow."""


def _given(node: object, names: Names, shape: object) -> Given:
    """Return what a stored call is given; `shape` is that of its first argument, as far as it is known."""
    others: dict[str, object] = {}
    first = _first(node, names, others)
    if isinstance(first, list) and len(first) == 1:
        first = first[0]
    return Given(_typed(first, shape, names.inputs), {key: _arguments(value, names) for key, value in others.items()})


def _first(value: object, names: Names, others: dict[str, object], depth: int = 0) -> object:
    """Return the first argument of a stored call; puts its kwargs into `others`."""
    if depth > DEEPEST:
        raise InputError(f"cannot read a call: its arguments are nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        return {key: _first(each, names, others, depth + 1) for key, each in value.items()}
    if not isinstance(value, list):
        raise InputError(f"cannot read the calls in {names.model!r}: {shown(value)} is not [layer, call, tensor]")
    if not value or not isinstance(value[0], str):
        return [_first(each, names, others, depth + 1) for each in value]
    if len(value) > 3 and isinstance(value[3], dict):
        others.update(value[3])
    if value[0] in _CONSTANTS:
        return value[2] if len(value) > 2 else None
    return Argument(names.refer(value[:3]))


def _arguments(value: object, names: Names, depth: int = 0) -> object:
    """Return any other argument with every stored tensor in it as an Argument."""
    if depth > DEEPEST:
        raise InputError(f"cannot read a call: its arguments are nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        return {key: _arguments(each, names, depth + 1) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    source = names.sought(value)
    return [_arguments(each, names, depth + 1) for each in value] if source is None else Argument(source)


def _typed(value: object, shape: object, without: frozenset[int]) -> object:
    """Return an argument with the shapes of its tensors, which stand in the same lists and dicts.

    Those `without` are the model's inputs: inside it they may be less definite than what it is called with.
    """
    if isinstance(value, Argument) and value.source is not None and referred(value.source) not in without:
        return Argument(value.source, Tensor(shape=shape_of(shape)))
    if isinstance(value, list) and isinstance(shape, list) and len(value) == len(shape):
        return [_typed(each, known, without) for each, known in zip(value, shape, strict=True)]
    if isinstance(value, dict) and isinstance(shape, dict):
        return {key: _typed(each, shape.get(key), without) for key, each in value.items()}
    return value


def _call(given: Given, item: Config, model: Model | None) -> Call:
    if model is not None:
        return model_call(model.keys, [given.first], given.others, plain)
    if class_of(item) in RECURRENT and isinstance(given.first, list):
        given = _with_states(given.first, given.others, settings(item).get("num_constants"))
    return call(class_of(item), [given.first], given.others, plain)


def _with_states(inputs: list[object], others: Mapping[str, object], constants: object) -> Given:
    """Return what a recurrent layer is given, without its states and constants in the list of its inputs."""
    if not inputs:
        return Given(inputs, others)
    first, *rest = inputs
    cut = max(0, len(rest) - constants) if isinstance(constants, int) and constants > 0 else len(rest)
    held = {"initial_state": rest[:cut], "constants": rest[cut:]}
    return Given(first, {**others, **{name: tensors for name, tensors in held.items() if tensors}})


def _warn_of_dropped(model: Model, items: list[Config]) -> None:
    """Warn of calls that are stored without a tensor: Keras stores none that takes none."""
    dropped = [
        layer.name
        for layer, item in zip(model.layers, items, strict=True)
        if nodes_of(item) and not all(each.arguments or each.astray for each in layer.calls)
    ]
    if not dropped:
        return
    named = ", ".join(map(repr, dropped[:4])) + (f" and {len(dropped) - 4} more" if len(dropped) > 4 else "")
    warn(
        f"inputs not stored by Keras 2: {named} in {model.name!r}, shown without a connection to it",
    )
