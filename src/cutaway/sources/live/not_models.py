"""What a caller gives by mistake in place of a model: each has a sentence of its own, with what to do."""

from cutaway.errors import CutawayError, InputError, UnsupportedError
from cutaway.sources.live.nodes import KerasObject, has_graph, is_tensor, keras_of

_ACCEPTED = "expected a path, a JSON text, a config dict or a Keras model"


def mistaken(value: object) -> InputError | None:
    """Return what is to be raised for a value that is surely no model; None for one that may be."""
    reason = _mistaken(value)
    return None if reason is None else InputError(f"cannot read {reason}")


def unread(value: object) -> CutawayError:
    """Return what is to be raised for a value that tells nothing of layers."""
    reason = _foreign(value)
    if reason is not None:
        return UnsupportedError(f"cannot read {reason}")
    return InputError(f"cannot read {'None' if value is None else _article(type(value).__name__)}: {_ACCEPTED}")


def _mistaken(value: KerasObject) -> str | None:
    kind = type(value).__name__
    if isinstance(value, type):
        return f"the class {value.__name__}: expected a model, which a call of the class makes"
    if isinstance(value, bytes | bytearray | memoryview):
        return f"{kind}: expected a path of a file, or its JSON as a text"
    if hasattr(value, "read") and hasattr(value, "seek"):
        return f"an open file: expected its path{_named(value)}"
    if isinstance(value, list | tuple | set | frozenset):
        return _collected(value, kind)
    if is_tensor(value) and keras_of(value) is None:
        return f"a tensor of Keras ({kind}): expected the model that gives it, keras.Model(inputs, outputs)"
    if kind in {"function", "method", "builtin_function_or_method", "partial"}:
        return f"a function{_named(value, '__name__')}: expected a model, and not what makes it; call it first"
    return None


def _collected(value: KerasObject, kind: str) -> str:
    if any(map(has_graph, value)):
        return f"{_article(kind)} of models: draw them one by one"
    if len(value) and all(keras_of(each) is not None for each in value):
        return f"{_article(kind)} of layers: expected a model of them, as keras.Sequential([...])"
    if len(value) and all(is_tensor(each) for each in value):
        return f"{_article(kind)} of tensors: expected the model that gives them, keras.Model(inputs, outputs)"
    return f"{_article(kind)}: {_ACCEPTED}"


def _foreign(value: object) -> str | None:
    """Return why an object of another framework, or of TensorFlow below Keras, is not read."""
    kind = type(value).__name__
    bases = [(each.__module__, each.__name__) for each in type(value).__mro__]
    if any(name == "Module" and module.startswith("torch.nn") for module, name in bases):
        return f"{_article(kind)} of PyTorch: only Keras models are read"
    if any(name == "Module" and module.startswith("flax") for module, name in bases):
        return f"{_article(kind)} of Flax: only Keras models are read"
    if not any(module.startswith("tensorflow.") for module, _ in bases):
        return None
    if any(module.startswith("tensorflow.python.saved_model") for module, _ in bases) or kind == "AutoTrackable":
        return (
            f"{_article(kind)} that was restored from a SavedModel: it holds functions and no layers; draw the model"
            " that was saved, or its file of model.save('net.keras')"
        )
    if kind in {"Function", "PolymorphicFunction", "ConcreteFunction"} or hasattr(value, "python_function"):
        return "a tf.function: it holds operations and no layers; draw the Keras model that it was made from"
    if any(name == "Module" for _, name in bases) and not any("keras" in module for module, _ in bases):
        return f"{_article(kind)}: a tf.Module does not tell its layers, and only Keras models are read"
    return None


def _named(value: object, attribute: str = "name") -> str:
    name = getattr(value, attribute, None)
    return f" {name!r}" if isinstance(name, str) and name else ""


def _article(name: str) -> str:
    return f"an {name}" if name[:1].lower() in {*"aeiou"} else f"a {name}"
