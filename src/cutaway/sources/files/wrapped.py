"""What stands around a config in JSON and YAML files: TensorFlow.js models, a version beside it, forms of before 1.0.

Source: `io_handler` and `models.ts` of TensorFlow.js, which writes the arguments of its layers as Keras does.
"""

import json

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources.configs.serialized import Config

_DEEPEST = 8
"""Wrappers around wrappers; no real file has more than two."""
_HOLDERS = ("modelTopology", "model_config", "config")


def unwrapped(config: Config, where: str) -> Config:
    """Return the serialised model, `{"class_name", "config", …}`, in what a file holds.

    A bare `get_config()` is given the class that it must have come from. Raises InputError for what is no Keras model.
    """
    around: Config = {}
    for _ in range(_DEEPEST):
        if isinstance(config.get("class_name"), str) and "config" in config:
            return around | config
        if isinstance(config.get("keras_version"), str):
            around = {"keras_version": config["keras_version"]}
        if "modelTopology" in config:
            _refuse_graph(config, where)
        inner = next((config[key] for key in _HOLDERS if key in config), None)
        if isinstance(inner, str):
            inner = _parsed(inner)
        if not isinstance(inner, dict):
            break
        config = inner
    if isinstance(config.get("layers"), list):
        name = "Functional" if "input_layers" in config else "Sequential"
        if any(isinstance(layer, dict) and "class_name" not in layer for layer in config["layers"]):
            around = {"keras_version": "0.3"}
        return around | {"class_name": name, "config": config}
    if isinstance(config.get("node_config"), list):
        return {"keras_version": "0.3", "class_name": "Graph", "config": config}
    raise _unknown(config, where)


def _refuse_graph(config: Config, where: str) -> None:
    """Raise UnsupportedError for a TensorFlow.js graph model, InputError for one without any architecture."""
    topology = config["modelTopology"]
    if config.get("format") == "graph-model" or (isinstance(topology, dict) and "node" in topology):
        raise UnsupportedError(
            f"cannot read {where}: it is a TensorFlow.js graph model, which holds operations of TensorFlow and no Keras"
            " layers; convert the Keras model to a layers model, or draw the Keras model itself"
        )
    if topology is None:
        raise InputError(f"cannot read {where}: it is a TensorFlow.js model of weights alone (no 'modelTopology')")


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _unknown(config: Config, where: str) -> InputError:
    if "weight_map" in config:
        return InputError(f"cannot read {where}: it is the index of sharded weights, it holds no architecture")
    held = ", ".join(repr(key)[:40] for key in list(config)[:4]) or "nothing"
    return InputError(f"cannot read {where}: it is no Keras model (it holds {held}, not 'class_name' and 'config')")
