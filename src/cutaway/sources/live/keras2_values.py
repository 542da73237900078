"""Values in configs and calls of live Keras 2, as its files hold them: told by their own faces, without Keras.

The forms are those of its JSON encoder (keras/saving/legacy/saved_model/json_utils.py, get_json_type).
"""

import enum
import math
import warnings
from collections.abc import Mapping, Sequence

from cutaway.sources.live.nodes import KerasObject, sizes_of

_DEEPEST = 64
"""Levels of lists, dicts and objects in each other that are kept; no real config comes near."""

_MOST = 4096
"""Numbers of an array that are kept; of a larger one only its size."""


def written(value: KerasObject, depth: int = 0) -> object:
    """Return a value of a config or a call as a file would hold it; the name of its class where none could."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return {str(key): written(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [written(each, depth + 1) for each in value]
    if isinstance(value, enum.Enum):
        return written(value.value, depth + 1)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if value is Ellipsis:
        return {"class_name": "__ellipsis__", "config": {}}
    return _told(value, depth)


def _told(value: KerasObject, depth: int) -> object:
    """Return what an object tells of itself: its numbers, its size, its name, or its config."""
    kind = type(value).__name__
    if kind in {"DType", "Policy"}:
        return str(value.name)
    if kind == "TensorShape":
        shape = sizes_of(value)
        return None if shape is None else list(shape)
    if hasattr(value, "get_config") and not isinstance(value, type):
        return {"class_name": kind, "config": written(_config(value), depth + 1)}
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return _numbers(value)
    if kind == "function" and value.__name__ == "<lambda>":
        return {"class_name": "__lambda__", "config": {}}
    if callable(value) and isinstance(getattr(value, "__name__", None), str):
        return value.__name__
    return {"class_name": kind, "config": {}}


def _config(value: KerasObject) -> object:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return value.get_config()
    except Exception:  # noqa: BLE001 - code of other people, which may fail in any way
        return {}


def _numbers(value: KerasObject) -> object:
    """Return an array or a constant tensor as lists of numbers; of a large one only its size."""
    shape = sizes_of(value.shape) or ()
    try:
        if math.prod(size or 0 for size in shape) > _MOST:
            return {"class_name": "__numpy__", "config": {"value": _hollow(shape)}}
        array = value.numpy() if hasattr(value, "numpy") else value
        return written(array.tolist())
    except Exception:  # noqa: BLE001 - as above
        return {"class_name": type(value).__name__, "config": {}}


def _hollow(shape: Sequence[int | None]) -> object:
    """Return lists as long as those of an array of a shape, which hold themselves again and again, and nothing."""
    held: object = None
    for size in reversed(shape):
        held = [held] * (size or 0)
    return held
