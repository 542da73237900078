"""Questions to a serialised Keras object, `{"class_name", "config", …}`, that every dialect answers alike.

A config is what a JSON text holds: dicts with texts as keys, and lists. What is given as anything else is made so once,
by `as_json`, before a reader sees it.
"""

from collections.abc import Mapping

from cutaway.errors import InputError
from cutaway.graph import Tensor
from cutaway.sources.attributes import is_custom, policy, reduced
from cutaway.sources.blueprint import Call, Layer, Model
from cutaway.sources.files import CONFIG_VALUES
from cutaway.typed import Any

Config = dict[str, Any]
STRUCTURE = frozenset({"layers", "input_layers", "output_layers", "build_input_shape"})
"""The keys of a model's config that its graph tells better."""

_WRAPPERS = frozenset({"TimeDistributed", "Map", "VectorizedMap"})
"""What calls a layer or a model on each part of what it is given, and joins the results."""
_OBJECTS = frozenset({dict})
_WRITTEN = {"GroupQueryAttention": "GroupedQueryAttention"}
"""The one class of Keras 3 that is stored under another name than its own."""


def as_json(value: object) -> Any:  # noqa: ANN401 - as `json.loads`
    """Return a value with dicts for all mappings in it, however deep, and lists for all sequences.

    What no JSON text can hold stays as it is; what contains itself does so still.
    """
    whole = [value]
    made: dict[int, tuple[object, Any]] = {}  # with the original, or its identity could be given to another
    stack: list[Any] = [whole]
    while stack:
        holder = stack.pop()
        for key, item in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            if not isinstance(item, (list, tuple, Mapping)):
                continue
            if id(item) not in made:
                copy = {str(name): each for name, each in item.items()} if isinstance(item, Mapping) else list(item)
                made[id(item)] = (item, copy)
                stack.append(copy)
            holder[key] = made[id(item)][1]
    return whole[0]


def refuse_endless(config: Config, where: str) -> None:
    """Raise InputError for a config that contains itself, or the same part so often that no text could hold it."""
    sizes: dict[int, int] = {}
    stack: list[tuple[Any, bool]] = [(config, False)]
    around: set[int] = set()
    while stack:
        item, whole = stack.pop()
        inside = [
            each for each in (item.values() if isinstance(item, dict) else item) if isinstance(each, (dict, list))
        ]
        if whole:
            around.discard(id(item))
            sizes[id(item)] = len(item) + sum([sizes[id(each)] for each in inside])
            if sizes[id(item)] > CONFIG_VALUES:
                raise InputError(
                    f"cannot read {where}: it holds over {CONFIG_VALUES} values, which no model's config does"
                )
        elif id(item) in around:
            raise InputError(f"cannot read {where}: a part of it contains itself")
        elif id(item) not in sizes:
            around.add(id(item))
            stack.append((item, True))
            stack.extend([(each, False) for each in inside])


def shown(value: object) -> str:
    """Return a value out of a config as errors show it: short, however long or deep it is."""
    from reprlib import Repr

    short = Repr()
    short.maxlevel, short.maxdict, short.maxlist, short.maxstring = 3, 2, 4, 40
    return short.repr(value)[:80]


def settings(item: Config) -> Config:
    """Return the inner `config` of a serialised object; empty where there is none.

    The config of a Sequential is its list of layers up to Keras 2.2.2.
    """
    config = item.get("config")
    if isinstance(config, dict):
        return config
    return {"layers": config} if isinstance(config, list) else {}


def class_of(item: Config) -> str:
    """Return the class name of a serialised object, as the class itself is called: "mine>Scale" is Scale."""
    name = item.get("class_name")
    if not isinstance(name, str) or not name:
        return "Layer"
    return name.rpartition(">")[2] or name if ">" in name else _WRITTEN.get(name, name)


def name_of(item: Config) -> str:
    """Return the name of a serialised layer or model: its own, or else its class."""
    name = item.get("name") or settings(item).get("name")
    return name if isinstance(name, str) and name else class_of(item)


def is_functional(item: object) -> bool:
    """Tell whether a serialised object holds a graph of layers, whatever its class is called."""
    if not isinstance(item, dict):
        return False
    config = settings(item)
    return "input_layers" in config and "output_layers" in config and isinstance(config.get("layers"), list)


def is_sequential(item: object) -> bool:
    """Tell whether a serialised object holds a chain of layers: a Sequential, or a subclass of it that is built."""
    if not isinstance(item, dict) or is_functional(item):
        return False
    config = settings(item)
    layers = config.get("layers")
    if not isinstance(layers, list):
        return False
    return class_of(item) == "Sequential" or "build_input_shape" in config or _starts(layers)


def _starts(layers: list[object]) -> bool:
    """Tell whether a list of layers begins with an input, as no list but that of a model's layers does."""
    return bool(layers) and isinstance(layers[0], dict) and class_of(layers[0]) == "InputLayer"


def is_model(item: object) -> bool:
    """Tell whether a serialised object says how its layers hang together."""
    return is_functional(item) or is_sequential(item)


def inner_model(item: Config) -> tuple[Config | None, bool]:
    """Return the model that a layer is or wraps, and whether it is wrapped (in one of _WRAPPERS)."""
    config = settings(item)
    if "layers" in config and is_model(item):
        return item, False
    wrapped = config.get("layer")
    if wrapped is not None and isinstance(wrapped, dict) and class_of(item) in _WRAPPERS and is_model(wrapped):
        return wrapped, True
    return None, False


def nested_of(item: Config, inner: Mapping[int, Model]) -> tuple[Model | None, bool]:
    """Return the model that `inner`, by the identity of configs, holds for a layer, and whether it is wrapped."""
    config, wraps = inner_model(item) if inner else (None, False)
    return None if config is None else inner[id(config)], wraps


def layer_of(
    item: Config, nested: tuple[Model | None, bool], calls: tuple[Call, ...] = (), *, operation: bool = False
) -> Layer:
    """Return a serialised layer, or an operation, with its calls; `nested` is what `nested_of` gives for it."""
    model, wraps = nested
    return Layer(  # there are many, and to name their fields costs as much as to fill them
        name_of(item),
        class_of(item),
        reduced(settings(item)) if model is None or wraps else model.attributes,
        calls,
        trainable_of(item),
        operation,
        model,
        wraps,
        _same(item),
        is_custom(item),
    )


def _same(item: Config) -> int | None:
    """Return the number that Keras 3 gives to an object that it writes more than once."""
    number = item.get("shared_object_id")
    return number if isinstance(number, int) else None


def is_operation(item: Config) -> bool:
    """Tell whether a node of Keras 3 is an operation of keras.ops and no layer: class names collide (Add, Softmax)."""
    module = item.get("module")
    if isinstance(module, str):
        return module.startswith(("keras.src.ops", "keras.ops"))
    if "module" in item or ">" in str(item.get("class_name")):  # what a package has registered is no operation's class
        return False
    config = settings(item)  # HDF5 has no modules; a layer that leaves out all that Keras notes lacks its name, too
    return "name" in config and "trainable" not in config and "dtype" not in config


def trainable_of(item: Config) -> bool | None:
    """Return whether a serialised layer is trainable; None where it does not say."""
    value = settings(item).get("trainable")
    return value if isinstance(value, bool) else None


def layer_items(model: Config) -> list[Config]:
    """Return the serialised layers of a serialised model; raises InputError where one is no object."""
    layers = settings(model).get("layers")
    listed: list[Any] = layers if isinstance(layers, list) else [layers]
    if not _OBJECTS.issuperset(map(type, listed)):
        raise InputError(f"cannot read the model {name_of(model)!r}: its 'layers' are not a list of objects")
    return listed


def shape_of(value: object) -> tuple[int | None, ...] | None:
    """Return a stored shape, or None for anything that is not one."""
    if not isinstance(value, (list, tuple)):
        return None
    for size in value:
        if size is not None and (type(size) is not int or size < 0):
            return None
    return tuple(value)


def input_tensor(item: Config) -> Tensor:
    """Return the type of the tensor that a serialised InputLayer gives."""
    config = settings(item)
    shape = config.get("batch_shape", config.get("batch_input_shape"))
    return Tensor(shape=shape_of(shape), dtype=policy(config.get("dtype")))
