"""What a live model keeps of itself, put back after its code has run: on its layers, in their lists, dicts and sets.

Calling or building a layer makes variables, sets attributes and counts calls, all over what Keras tracks. The values of
variables are none of that: symbolic calls do not change them.
"""

import random
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

from cutaway.sources.live.nodes import KerasObject

_Undo = Callable[[], None]

_ATOMS = (str, int, float, complex, bytes, type, ModuleType, FunctionType, MethodType, BuiltinFunctionType)
"""What nothing is put into, or nothing of ours."""
_FOREIGN = frozenset({"tensorflow", "numpy", "jax", "jaxlib", "torch", "h5py", "threading"})
"""Packages whose objects are values, and not parts of a model."""
_CALLS = (".ops.node", ".engine.node")
"""Modules of what notes a call, which nobody changes, and by which a part would lead to all of its model."""
_BOOKKEEPING = (".keras.", ".trackable.", ".object_identity", ".training.tracking.")
"""Modules of TensorFlow whose objects do belong to models."""


_NAMES = (
    ("keras.src.backend.common.global_state", "GLOBAL_STATE_TRACKER"),
    ("tf_keras.src.backend", "PER_GRAPH_OBJECT_NAME_UIDS"),
    ("keras.src.backend", "PER_GRAPH_OBJECT_NAME_UIDS"),
)
"""Where each Keras counts the names that it has given, on which those of later layers depend."""


@contextmanager
def unchanged(model: KerasObject) -> Iterator[None]:
    """Leave a model, and all that is reached from it, after the block as it was before, also when that raises."""
    counted = [getattr(sys.modules.get(module), name, None) for module, name in _NAMES]
    undoing, chance = list(_kept([model, *counted])), random.getstate()  # from which Keras takes seeds
    try:
        yield
    finally:
        random.setstate(chance)
        for undo in undoing:
            undo()


def _kept(starts: list[object]) -> Iterator[_Undo]:
    """Give what puts back the state of all objects that are reached from some, each once."""
    seen: dict[int, object] = {}  # the objects too: the identity of one that is gone is given to another
    stack = starts
    while stack:
        item = stack.pop()
        if item is None or isinstance(item, _ATOMS) or id(item) in seen:
            continue
        seen[id(item)] = item
        if isinstance(item, tuple):
            stack.extend(item)
        for held in _containers(item):
            yield _undo(held)
            stack.extend(held.values() if isinstance(held, dict) else held)


def _containers(item: object) -> list[KerasObject]:
    """Return what an object keeps its state in: itself if it is a container, and its attributes."""
    found: list[object] = []
    if isinstance(item, list | dict | set):
        is_proxy = not issubclass(type(item), list | dict | set)  # as TensorFlow has in place of dicts
        found.append(_attribute(item, "__wrapped__") if is_proxy else item)
    module = type(item).__module__ or ""
    if module.endswith(_CALLS):
        return []
    if module.partition(".")[0] not in _FOREIGN or any(part in f"{module}." for part in _BOOKKEEPING):
        found.append(vars(item) if isinstance(item, threading.local) else _attribute(item, "__dict__"))
    return [each for each in found if isinstance(each, list | dict | set)]


def _attribute(item: object, name: str) -> object:
    """Return an attribute past what the class of an object does when it is asked."""
    try:
        return object.__getattribute__(item, name)
    except AttributeError:
        return None


def _undo(held: KerasObject) -> _Undo:
    """Return what puts back the contents of a list, dict or set, past what its class does when it is changed."""
    base: KerasObject = next(each for each in (OrderedDict, dict, list, set) if isinstance(held, each))
    clear, put = base.clear, getattr(base, "extend" if base is list else "update")

    def contents() -> list[object]:
        return list(held.items() if isinstance(held, dict) else held)

    before = contents()

    def undo() -> None:
        now = contents()
        if len(now) == len(before) and all(map(_same, now, before)):
            return
        clear(held)
        put(held, before)

    return undo


def _same(one: object, other: object) -> bool:
    """Tell whether two entries are one: pairs of dicts are made anew."""
    if type(one) is tuple and type(other) is tuple and len(one) == len(other):
        return all(a is b for a, b in zip(one, other, strict=True))
    return one is other
