"""A Keras config of any dialect to a Model: `to_json()`, `get_config()`, `config.json`, `model_config`."""

import json

from cutaway.errors import InputError
from cutaway.graph import Tensor
from cutaway.record import replace
from cutaway.sources.attributes import is_custom, reduced
from cutaway.sources.blueprint import Argument, Call, Layer, Model
from cutaway.sources.configs.serialized import (
    Config,
    class_of,
    inner_model,
    is_functional,
    is_model,
    layer_items,
    name_of,
    settings,
    shape_of,
    trainable_of,
)
from cutaway.sources.files import MODEL_LEVELS, MODELS

_CALLING = frozenset({"Switch", "Map", "VectorizedMap"})
"""Operations that may call layers and models which they are given."""


def parse(text: str | bytes, where: str) -> Config:
    """Return the config in a JSON text; raises InputError, naming `where`, if it holds none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else f"it is not whole JSON ({error})"
        raise InputError(f"cannot read {where}: {reason}") from error
    if isinstance(data, str) and data.lstrip().startswith("{"):  # a text that was itself made into JSON
        return parse(data, where)
    if isinstance(data, dict):
        return data
    raise InputError(f"cannot read {where}: its JSON holds a {type(data).__name__}, not a model's config")


def model_of(config: Config, where: str) -> Model | None:
    """Return the model that a config describes, or None where it says nothing of its layers (a subclassed model).

    Raises InputError for what is no Keras model.
    """
    root = _root(config, where)
    if not is_model(root):
        return None
    order = _models(root, where)
    version = dialect(order)
    done: dict[int, Model] = {}
    for item in reversed(order):  # a nested model comes after the one it is in
        done[id(item)] = _model(item, done, version)
    return done[id(root)]


def _model(item: Config, inner: dict[int, Model], version: int) -> Model:
    if not is_functional(item):
        from cutaway.sources.configs.chain import sequential

        made = sequential(item, inner)
        return replace(made, freezes=False) if version == 3 else made
    if version == 3:
        from cutaway.sources.configs.keras3 import functional
    else:
        from cutaway.sources.configs.keras2 import functional
    return functional(item, inner)


def lone_model(config: Config, where: str) -> Model:
    """Return a model of one layer, for a config that says nothing of its layers."""
    root = _root(config, where)
    built = root.get("build_config")
    shape = shape_of(built.get("input_shape")) if isinstance(built, dict) else None
    arguments = (Argument(name="inputs", source=None, tensor=Tensor(shape=shape)),) if shape else ()
    layer = Layer(
        name=name_of(root),
        op=class_of(root),
        attributes=reduced(settings(root)),
        trainable=trainable_of(root),
        calls=(Call(arguments=arguments),),
        custom=is_custom(root),
    )
    return Model(name=layer.name, op=layer.op, layers=(layer,), inputs=(), outputs=())


def generation_of(config: Config, where: str) -> int:
    """Return the Keras that can load a config: 3, or 2 for all before it. Raises InputError for what is no model."""
    root = _root(config, where)
    return 3 if dialect(_models(root, where) if is_model(root) else [root]) == 3 else 2


def dialect(models: list[Config]) -> int:
    """Return the major version of the Keras that wrote a model and some of those nested in it: 3, 2 (tf.keras too), ….

    The form of the calls tells the surest; a model that has none of them tells less, and needs less.
    """
    for model in models:
        for item in layer_items(model) if is_model(model) else ():
            nodes = item.get("inbound_nodes")
            if isinstance(nodes, list) and nodes:
                node = nodes[0]
                return 3 if isinstance(node, dict) and isinstance(node.get("args"), list) and "kwargs" in node else 2
            if "batch_input_shape" in settings(item):
                return 2
    root = models[0]
    version = root.get("keras_version")
    if isinstance(version, str) and version[:1] in {"0", "1", "2"}:
        return int(version[0])
    old = str(root.get("module", "")).startswith(("tf_keras", "keras.src.engine", "keras.engine"))
    return 2 if old or not isinstance(root.get("config"), dict) else 3


def _root(config: Config, where: str) -> Config:
    """Return the serialised model in what a file holds; one of before Keras 2 in the form of Keras 2."""
    root = config
    if not isinstance(config.get("class_name"), str) or "config" not in config:
        from cutaway.sources.files.wrapped import unwrapped

        root = unwrapped(config, where)
    if dialect([root]) < 3 or "node_config" in settings(root):
        from cutaway.sources.configs.keras1 import is_old, renewed

        return renewed(root) if is_old(root) else root
    return root


def _models(root: Config, where: str) -> list[Config]:
    found: list[Config] = []
    stack = [(root, 0)]
    while stack:
        item, depth = stack.pop()
        found.append(item)
        if len(found) > MODELS or depth > MODEL_LEVELS:
            most = f"more than {MODELS}" if depth <= MODEL_LEVELS else f"over {MODEL_LEVELS} levels of"
            raise InputError(f"cannot read {where}: {most} models are nested in it")
        layers = layer_items(item)
        for layer in layers:
            if class_of(layer) in _CALLING:
                from cutaway.sources.configs.keras3_control import open_branches

                open_branches(layer, layers)
        nested = map(inner_model, layers)
        stack.extend((inner, depth + 1) for inner, _ in nested if inner is not None)
    return found
