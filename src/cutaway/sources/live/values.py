"""Configs and arguments of live layers as a file of the same model would hold them."""

import re
import warnings
from collections.abc import Mapping

from cutaway.graph import Value
from cutaway.sources.attributes import PLAIN, plain, reduced
from cutaway.sources.configs.serialized import STRUCTURE, Config, as_json
from cutaway.sources.live.keras2_values import written
from cutaway.sources.live.nodes import KerasObject, is_own, is_sequential, keras_of

_LONGEST = 200
"""Characters of an error that are told."""


def model_attributes(model: KerasObject) -> Mapping[str, Value]:
    """Return what a model's file says of it besides its layers: a subclass may say anything."""
    if is_own(model):
        return reduced({"dtype": model.dtype_policy.name} if keras_of(model) == 3 and is_sequential(model) else {})
    return reduced({key: value for key, value in serialized_config(model).items() if key not in STRUCTURE})


def serialized_config(item: KerasObject) -> Config:
    """Return the config of a layer as a file would hold it; what cannot be serialised is named by its class."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras warns of lambdas, which are never serialised in full here
            config = item.get_config()
    except Exception:  # noqa: BLE001 - code of other people: any layer may lack a config or fail in it
        return {}
    if not isinstance(config, Mapping):
        return {}
    write = serialized if keras_of(item) == 3 else written
    return {str(key): write(value) for key, value in config.items()}


def serialized(value: object) -> object:
    """Return a value as Keras serialises it; the name of its class where Keras cannot."""
    if type(value) in PLAIN:
        return value
    copied = _copied(value)
    if copied is not None:
        return copied
    from keras import saving

    if type(value).__name__ == "function" and getattr(value, "__name__", "") == "<lambda>":
        return {"class_name": "__lambda__", "config": {}}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: object = as_json(saving.serialize_keras_object(value))
    except Exception:  # noqa: BLE001 - as above
        return {"class_name": type(value).__name__, "config": {}, "module": type(value).__module__}
    return found


def _copied(value: object) -> object | None:
    """Return dicts and lists of what a JSON text holds, as Keras serialises them; None for anything else.

    Most values are such, and Keras asks of each whether it is one of twelve kinds of others.
    """
    if type(value) is dict:
        items = [item if type(item) in PLAIN else _copied(item) for item in value.values()]
        if any(made is None and item is not None for made, item in zip(items, value.values(), strict=True)):
            return None
        return dict(zip(map(str, value), items, strict=True))
    if isinstance(value, list | tuple) and type(value) in {list, tuple}:
        items = [item if type(item) in PLAIN else _copied(item) for item in value]
        return (
            None if any(made is None and item is not None for made, item in zip(items, value, strict=True)) else items
        )
    return None


def constant(value: object) -> Value:
    """Return an argument of a call of Keras 3 that is no tensor as a plain value."""
    return plain(serialized(value))


def told(error: Exception) -> str:
    """Return what an error of Keras or of a user's code says, in whole sentences on one line."""
    text = re.split(r"(?:Call a|A)rguments received by", re.sub(r"\x1b\[[0-9;]*m", "", str(error)))[0]
    lines = [line for line in text.splitlines() if not line.startswith("Exception encountered when calling")]
    sentences = re.split(r"(?<=\.) (?=[A-Z])", " ".join(" ".join(lines).split()))
    said = sentences[0]
    for sentence in sentences[1:]:
        if len(said) + len(sentence) > _LONGEST:
            break
        said = f"{said} {sentence}"
    if len(said) > _LONGEST:
        said = f"{said[:_LONGEST].rsplit(' ', 1)[0]} …"
    return f"{type(error).__name__}: {said.removesuffix('.')}" if said else type(error).__name__
