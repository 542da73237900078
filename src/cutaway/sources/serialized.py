"""Questions to a serialised Keras object, `{"class_name", "config", …}`, that every dialect answers alike."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from cutaway.errors import InputError
from cutaway.graph import Tensor
from cutaway.sources.attributes import policy

Config: TypeAlias = Mapping[str, object]
STRUCTURE = frozenset({"layers", "input_layers", "output_layers", "build_input_shape"})
"""The keys of a model's config that its graph tells better."""

_WRITTEN = {"GroupQueryAttention": "GroupedQueryAttention"}
"""The one class of Keras 3 that is stored under another name than its own."""


def settings(item: Config) -> Config:
    """Return the inner `config` of a serialised object; empty where there is none."""
    config = item.get("config")
    return config if isinstance(config, Mapping) else MappingProxyType({})


def class_of(item: Config) -> str:
    """Return the class name of a serialised object, as the class itself is called."""
    name = item.get("class_name")
    return _WRITTEN.get(name, name) if isinstance(name, str) and name else "Layer"


def name_of(item: Config) -> str:
    """Return the name of a serialised layer or model: its own, or else its class."""
    name = item.get("name") or settings(item).get("name")
    return name if isinstance(name, str) and name else class_of(item)


def is_functional(item: object) -> bool:
    """Tell whether a serialised object holds a graph of layers, whatever its class is called."""
    if not isinstance(item, Mapping):
        return False
    config = settings(item)
    return isinstance(config.get("layers"), list | tuple) and "input_layers" in config and "output_layers" in config


def is_sequential(item: object) -> bool:
    """Tell whether a serialised object holds a chain of layers: a Sequential, or a subclass of it that is built."""
    if not isinstance(item, Mapping) or is_functional(item):
        return False
    config = settings(item)
    if not isinstance(config.get("layers"), list | tuple):
        return False
    return class_of(item) == "Sequential" or "build_input_shape" in config


def is_model(item: object) -> bool:
    """Tell whether a serialised object says how its layers hang together."""
    return is_functional(item) or is_sequential(item)


def inner_model(item: Config) -> tuple[Config | None, bool]:
    """Return the model that a layer is or wraps, and whether it is wrapped (in a TimeDistributed)."""
    if is_model(item):
        return item, False
    wrapped = settings(item).get("layer")
    if class_of(item) == "TimeDistributed" and isinstance(wrapped, Mapping) and is_model(wrapped):
        return wrapped, True
    return None, False


def is_operation(item: Config) -> bool:
    """Tell whether a serialised node is an operation of keras.ops and no layer: class names collide (Add, Softmax)."""
    module = item.get("module")
    if isinstance(module, str):
        return module.startswith(("keras.src.ops", "keras.ops"))
    config = settings(item)
    return "module" not in item and "trainable" not in config and "dtype" not in config


def trainable_of(item: Config) -> bool | None:
    """Return whether a serialised layer is trainable; None where it does not say."""
    value = settings(item).get("trainable")
    return value if isinstance(value, bool) else None


def layer_items(model: Config) -> list[Config]:
    """Return the serialised layers of a serialised model; raises InputError where one is no object."""
    layers = settings(model).get("layers")
    listed = list(layers) if isinstance(layers, list | tuple) else [layers]
    items = [layer for layer in listed if isinstance(layer, Mapping)]
    if len(items) != len(listed):
        raise InputError(f"cannot read the model {name_of(model)!r}: its 'layers' are not a list of objects")
    return items


def shape_of(value: object) -> tuple[int | None, ...] | None:
    """Return a stored shape, or None for anything that is not one."""
    if not isinstance(value, list | tuple):
        return None
    sizes = [size for size in value if size is None or (isinstance(size, int) and not isinstance(size, bool))]
    return tuple(sizes) if len(sizes) == len(value) else None


def input_tensor(item: Config) -> Tensor:
    """Return the type of the tensor that a serialised InputLayer gives."""
    config = settings(item)
    shape = config.get("batch_shape", config.get("batch_input_shape"))
    return Tensor(shape=shape_of(shape), dtype=policy(config.get("dtype")))
