"""What is asked of live layers, calls and tensors of any Keras, by their classes' names: no framework is imported.

Keras 3 keeps a call as a Node with `operation` and `arguments`; tf_keras and tf.keras from 2.4 on with `layer`,
`call_args` and `call_kwargs`; older ones with `outbound_layer`, `input_tensors` and the constants in `arguments`
(keras/engine/topology.py of 2.0, base_layer.py of 2.2, node.py of TensorFlow 2.2). In all of them a tensor's
`_keras_history` is its layer, the number of that layer's call, and the number among its tensors.
"""

# ruff: noqa: SLF001 - Keras has no public way to the calls of a layer

import re
import sys
from collections.abc import Mapping
from functools import lru_cache

from cutaway.graph import Tensor
from cutaway.sources.arguments import leaves
from cutaway.typed import Any

KerasObject = Any
"""A layer, a call, a tensor of Keras, whose types are not known without it."""

_KERAS_2 = re.compile(r"((?:.+\.)?(?:tf_)?keras(?:\.src)?)\.engine\.(?:base_layer|base_layer_v1|topology)")
"""The module of the base class of all layers, from Keras 2.0 to tf_keras, with the package in front of `engine`."""

_CLASSES = 64
"""So many of Keras' own classes are remembered by what they are, which is asked of their objects several times.

Users' are not: Keras gives one other bases when a model is made with a graph, and its code may hold anything.
"""

_PLAIN_SIZES = frozenset({int, type(None)})
_OWN = re.compile(r"(?:tensorflow\w*\.(?:python\.)?)?(?:tf_)?keras\.")


def keras_of(item: object) -> int | None:
    """Return the major version of Keras whose layer, operation or model an object is; None for anything else.

    Metrics, which are layers to Keras 2, are none here.
    """
    kind: KerasObject = type(item)
    return (_keras_of if _is_own(kind.__module__) else _keras_of.__wrapped__)(kind)


@lru_cache(_CLASSES)
def _keras_of(kind: type) -> int | None:
    modules = [each.__module__ for each in kind.__mro__]
    if "keras.src.layers.layer" in modules or "keras.src.ops.operation" in modules:
        return 3
    if _is_kind.__wrapped__(kind, "Metric", ("metrics", "metrics.base_metric")):
        return None
    return 2 if any(map(_KERAS_2.fullmatch, modules)) else None


def required_part(item: object, name: str) -> KerasObject:
    """Return a module of the Keras 2 that a layer belongs to, as "engine.input_layer"; ImportError without one."""
    for each in type(item).__mro__:
        package = _KERAS_2.fullmatch(each.__module__)
        if package is not None and f"{package[1]}.{name}" in sys.modules:
            return sys.modules[f"{package[1]}.{name}"]
    raise ImportError(f"the Keras of {type(item).__name__} has no module {name}")


_BASES = frozenset({"Layer", "Model", "Network"})
"""Classes of Keras that say nothing of what they do when they are called."""


def is_own(item: object) -> bool:
    """Tell whether the class of an object is Keras' own, and not a user's."""
    return _is_own(type(item).__module__)


@lru_cache(8 * _CLASSES)
def _is_own(module: str) -> bool:
    return _OWN.match(module) is not None


def is_functional(item: object) -> bool:
    """Tell whether an object is a model with a graph of layers, or of a subclass; a Sequential is not."""
    if is_sequential(item):
        return False
    if _is_a(item, "Functional", ("keras.src.models.functional", "engine.functional")):
        return keras_of(item) == 3 or hasattr(item, "_nodes_by_depth")
    if _is_a(item, "Network", ("engine.network",)):
        return bool(getattr(item, "_is_graph_network", False))
    return _is_a(item, "Container", ("engine.topology",))


def is_sequential(item: object) -> bool:
    """Tell whether an object is a Sequential model, or of a subclass."""
    return _is_a(item, "Sequential", ("keras.src.models.sequential", "engine.sequential", "keras.models"))


def has_graph(item: object) -> bool:
    """Tell whether a model does what its graph or its chain of layers says, and no `call` of a user's instead."""
    if not is_functional(item) and not is_sequential(item):
        return False
    caller = _caller(item)
    return caller is None or _is_own(caller.__module__)


def does_as_keras(item: object) -> bool:
    """Tell whether what is done by calling an object is Keras' own, though its class, a subclass, may be a user's."""
    caller = _caller(item)
    if is_own(item) or caller is None:
        return is_own(item)
    return caller.__name__ not in _BASES and _is_own(caller.__module__)


def has_no_call(item: object) -> bool:
    """Tell whether nothing says what a model does when it is called: its `call` is that of the base class."""
    caller = None if "call" in getattr(item, "__dict__", ()) else _caller(item)
    return caller is not None and caller.__name__ in _BASES and _OWN.match(caller.__module__) is not None


def _caller(item: object) -> type | None:
    """Return the class that has the `call` of an object."""
    return next((each for each in type(item).__mro__ if "call" in vars(each)), None)


def is_tensor(item: object) -> bool:
    """Tell whether an object is a symbolic tensor of Keras."""
    if _is_a(item, "KerasTensor", ("keras.src.backend.common.keras_tensor", "engine.keras_tensor")):
        return True
    return getattr(item, "_keras_history", None) is not None


def _is_a(item: object, name: str, modules: tuple[str, ...]) -> bool:
    kind: KerasObject = type(item)
    return (_is_kind if _is_own(kind.__module__) else _is_kind.__wrapped__)(kind, name, modules)


@lru_cache(8 * _CLASSES)
def _is_kind(kind: type, name: str, modules: tuple[str, ...]) -> bool:
    return any(each.__name__ == name and each.__module__.endswith(modules) for each in kind.__mro__)


def flat(structure: object) -> list[KerasObject]:
    """Return what stands in lists and dicts, dicts by sorted key, as Keras flattens them."""
    if type(structure) is list and not any(isinstance(each, (list, tuple, dict)) for each in structure):
        return list(structure)
    return [leaf for _, leaf in leaves(structure, ordered=True)]


def held(item: KerasObject) -> list[KerasObject]:
    """Return the layers that a layer holds, in the order of its attributes; metrics, layers in Keras 2, left out."""
    if keras_of(item) == 2 and hasattr(item, "_flatten_layers"):
        found = list(item._flatten_layers(recursive=False, include_self=False))
    else:
        public = getattr(item, "layers", ()) if keras_of(item) == 2 else ()
        found = list(getattr(item, "_layers", None) or public)
    layers: list[KerasObject] = []
    stack = found[::-1]
    while stack:
        each = stack.pop()
        if hasattr(each, "_inbound_nodes") or hasattr(each, "inbound_nodes"):
            if keras_of(each) is not None:
                layers.append(each)
        else:  # TensorFlow 2.0 to 2.3 has its lists and dicts of layers here
            stack.extend(list(getattr(each, "layers", ()))[::-1])
    return layers


def calls_of(item: KerasObject) -> list[KerasObject]:
    """Return the calls of a layer; Keras 2.0 and 2.1 keep them under a public name."""
    found = getattr(item, "_inbound_nodes", None)
    nodes: list[KerasObject] = getattr(item, "inbound_nodes", []) if found is None else found
    return nodes


def called(node: KerasObject) -> KerasObject:
    """Return the layer or operation that a call is of."""
    for name in ("operation", "layer", "outbound_layer"):
        found = getattr(node, name, None)
        if found is not None:
            return found
    raise TypeError(f"a {type(node).__name__} is no call of a layer")


def given_to(node: KerasObject) -> tuple[list[object], dict[str, object]]:
    """Return the positional and the named arguments of a call, as files of the same Keras hold them."""
    if hasattr(node, "operation"):
        return list(node.arguments.args), dict(node.arguments.kwargs)
    if hasattr(node, "call_args"):
        return _named_but_first(node)
    tensors = flat(node.input_tensors) if flat(getattr(node, "inbound_layers", ())) else []
    constants = getattr(node, "arguments", None)
    named = dict(constants) if isinstance(constants, Mapping) else {}
    return ([tensors[0] if len(tensors) == 1 else tensors] if tensors else []), named


def _named_but_first(node: KerasObject) -> tuple[list[object], dict[str, object]]:
    """Return the arguments of a call with names for all but the first, as Keras 2 writes them.

    What is behind the last name, as the tensors of tf.einsum, is not in its files; here it has that of the parameter.
    """
    args, kwargs = list(node.call_args), dict(node.call_kwargs)
    spec = getattr(called(node), "_call_spec", None)
    known: KerasObject = getattr(spec, "arg_names", None) or getattr(called(node), "_call_fn_args", None)
    names = [str(name) for name in known or ()]
    first, rest = args[:1], args[1:]
    if not first and names and names[0] in kwargs:
        first = [kwargs.pop(names[0])]
    named = {**dict(zip(names[1:], rest, strict=False)), **kwargs}
    beyond = rest[len(names[1:]) :]
    if beyond:
        named[str(getattr(getattr(spec, "full_argspec", None), "varargs", None) or "args")] = beyond
    return first, named


def given_by(node: KerasObject) -> list[KerasObject]:
    """Return the tensors that a call gives."""
    return flat(node.outputs if hasattr(node, "outputs") else node.output_tensors)


def fed_to(node: KerasObject) -> list[KerasObject]:
    """Return the symbolic tensors that a call is given."""
    args, kwargs = given_to(node)
    return [tensor for _, tensor in leaves([*args, *kwargs.values()]) if is_tensor(tensor)]


def made(tensor: KerasObject) -> KerasObject:
    """Return the call that made a symbolic tensor."""
    operation, number, _ = tensor._keras_history
    return calls_of(operation)[number]


def tensor_of(item: KerasObject) -> Tensor:
    """Return the type of a symbolic tensor, a variable, or a specification of one."""
    known = getattr(item, "_keras_shape", None)  # of Keras 2.0 to 2.2, on tensors of any backend
    shape = sizes_of(getattr(item, "shape", None) if known is None else known)
    return Tensor(shape=shape, dtype=dtype_of(item))


def dtype_of(item: KerasObject) -> str | None:
    """Return the name of the type of a tensor, a variable or a specification of one: as it is kept, if plainly."""
    kept = getattr(item, "_dtype", None)
    dtype = kept if type(kept) is str else getattr(item, "dtype", None)
    return None if dtype is None else str(getattr(dtype, "name", dtype))


def shape_of(variable: KerasObject, missing: object) -> object:
    """Return the shape of a variable, as it is kept, if plainly: asked for it, that of TensorFlow makes an object."""
    kept = getattr(variable, "_shape", None)
    return kept if type(kept) is tuple else getattr(variable, "shape", missing)


def sizes_of(shape: KerasObject) -> tuple[int | None, ...] | None:
    """Return a shape of any framework as plain numbers; None for one of unknown rank, or for no shape."""
    if not isinstance(shape, list | tuple):
        if type(shape).__name__ != "TensorShape" or shape.ndims is None:
            return None
        shape = list(shape)
    if _PLAIN_SIZES.issuperset(map(type, shape)):
        return tuple(shape)
    sizes = [getattr(size, "value", size) for size in shape]  # TensorFlow 1 wraps each number
    if not all(size is None or hasattr(size, "__index__") for size in sizes):
        return None
    return tuple([None if size is None else int(size) for size in sizes])
