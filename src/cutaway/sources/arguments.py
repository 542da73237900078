"""The arguments of one call: which tensors enter, in which order and under which names; which values do not flow."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cutaway.errors import InputError
from cutaway.graph import Value
from cutaway.sources.blueprint import Argument, Call

DEEPEST = 64
"""Levels of lists and dicts in an argument; no real call comes near."""

_ATTENTION = ("query", "value", "key", "query_mask", "value_mask", "key_mask", "attention_mask")
_STATES = ("sequences", "initial_state", "mask")
RECURRENT = frozenset(
    (
        *("RNN", "SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU"),
        *("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Bidirectional"),
    )
)
"""The layers that take the states of a recurrence beside their input."""
_POSITIONS: Mapping[str, tuple[str, ...]] = {
    "MultiHeadAttention": _ATTENTION,
    "GroupedQueryAttention": _ATTENTION,
    **dict.fromkeys(RECURRENT, _STATES),
    "GetItem": ("inputs", "key"),
}
"""The positional parameters of classes that take more than one tensor; the names Keras' own call() gives them."""

_LISTED: Mapping[str, tuple[str, ...]] = dict.fromkeys(("Attention", "AdditiveAttention"), ("query", "value", "key"))
"""What stands in the list that is the first argument of these."""

_NOTHING, _TENSORS = frozenset({type(None)}), frozenset({Argument})
_MODEL = ("inputs", "training", "mask")
"""The positional parameters of models."""


Leaf = tuple[tuple[str | int, ...], object]


def leaves(structure: object, *, ordered: bool = False) -> list[Leaf]:
    """Return what stands at the ends of lists and dicts, each with its path; dicts by sorted key if `ordered`.

    Raises InputError where lists and dicts lie deeper in each other than any call's arguments do.
    """
    if not isinstance(structure, (list, tuple, dict)):
        return [((), structure)]
    found: list[Leaf] = []
    stack: list[Leaf] = [((), structure)]
    while stack:
        path, item = stack.pop()
        below: list[tuple[str | int, object]]
        if isinstance(item, (list, tuple)):
            below = list(enumerate(item))
        elif isinstance(item, dict) and "class_name" not in item:
            keys = sorted(item, key=str) if ordered else list(item)
            below = [(str(key), item[key]) for key in keys]
        else:
            found.append((path, item))
            continue
        if len(path) >= DEEPEST:
            raise InputError(f"cannot read a call: its arguments are nested deeper than {DEEPEST} levels")
        stack.extend(((*path, key), entry) for key, entry in reversed(below))
    return found


def call(op: str, args: Sequence[object], kwargs: Mapping[str, object], plain: Callable[[object], Value]) -> Call:
    """Return the call of a layer: a named argument for every tensor, a constant for every other argument.

    Tensors are Arguments, of whatever name, at any depth of lists and dicts; `plain` turns anything else into a plain
    value.
    """
    names = _POSITIONS.get(op, ())
    if len(args) == 1 and not names and _NOTHING.issuperset(map(type, kwargs.values())):  # as most layers are called
        alone = args[0]
        if isinstance(alone, Argument):
            return Call((alone,))
        if isinstance(alone, list) and alone and _TENSORS.issuperset(map(type, alone)):
            listed = _LISTED.get(op, ())[: len(alone)]
            called = (*listed, *[f"input {place}" for place in range(len(listed), len(alone))])
            return Call(tuple(map(_named, alone, called)))
    given: list[tuple[str | None, str, object, list[Leaf]]] = []
    for position, item in enumerate(args):
        known = names[position] if position < len(names) else None
        given.append((known, f"input {position}", item, leaves(item)))
    is_only = sum([isinstance(leaf, Argument) for *_, ends in given for _, leaf in ends]) == 1
    given += [(key, key, item, leaves(item)) for key, item in kwargs.items()]
    arguments: list[Argument] = []
    constants: dict[str, Value] = {}
    for known, name, item, ends in given:
        tensors = [(path, leaf) for path, leaf in ends if isinstance(leaf, Argument)]
        if not tensors and _says(ends):
            constants[known or name] = plain(item)
        for path, leaf in tensors:
            label = _unknown(path, len(arguments), op, alone=is_only) if known is None else _label(known, path)
            arguments.append(_named(leaf, label))
    return Call(arguments=tuple(arguments), constants=MappingProxyType(constants))


def _named(tensor: Argument, name: str) -> Argument:
    return Argument(tensor.source, tensor.tensor, name)


def model_call(
    keys: Sequence[str], args: Sequence[object], kwargs: Mapping[str, object], plain: Callable[[object], Value]
) -> Call:
    """Return the call of a nested model: one argument for each of its inputs, in their order.

    A dict is matched by the inputs' names, anything else by its flattened order, as Keras does (dicts by sorted key).
    Tensors of a `mask` are laid on the inputs in that order (keras/src/models/functional.py, call).
    """
    rest = {_MODEL[place] if place < len(_MODEL) else f"input {place}": item for place, item in enumerate(args)}
    rest.update(kwargs)
    first, width = rest.pop("inputs", None), len(keys)
    if isinstance(first, dict) and all(key in first for key in keys):
        each = [leaves(first[key]) for key in keys]
        items = [found[0][1] if found else None for found in each]
        for key, found in zip(keys, each, strict=True):
            rest.update({_label(f"inputs.{key}", path): leaf for path, leaf in found[1:]})
        rest.update({f"inputs.{key}": item for key, item in first.items() if key not in keys})
    else:
        items = [leaf for _, leaf in leaves(first, ordered=True)]
        rest.update({f"inputs {place}": item for place, item in enumerate(items) if place >= width})
    arguments = []
    for key, item in zip(keys, [*items, *[None] * width], strict=False):
        given = item if isinstance(item, Argument) else Argument(None)
        arguments.append(_named(given, key))
    masks: list[Argument | None] = []
    astray: list[str] = []
    constants: dict[str, Value] = {}
    for name, item in rest.items():
        ends = leaves(item, ordered=True)
        tensors = [_tensor(name, path, leaf) for path, leaf in ends]
        if not any(tensors):
            if _says(ends):
                constants[name] = plain(item)
            continue
        if name == "mask":
            masks, tensors = tensors[:width], tensors[width:]
        astray += [tensor.name for tensor in tensors if tensor is not None]
    return Call(
        arguments=tuple(arguments),
        masks=tuple(masks),
        astray=tuple(astray),
        constants=MappingProxyType(constants),
    )


def _tensor(name: str, path: tuple[str | int, ...], leaf: object) -> Argument | None:
    if not isinstance(leaf, Argument):
        return None
    return _named(leaf, _label(name, path))


def _says(ends: list[Leaf]) -> bool:
    """Tell whether an argument holds anything: Keras notes `mask=[None, None]` at calls without masks."""
    return any(leaf is not None for _, leaf in ends)


def _label(name: str, path: tuple[str | int, ...]) -> str:
    if not path:
        return name
    if all(isinstance(part, str) for part in path):
        return ".".join((name, *map(str, path)))
    return " ".join((name, *map(str, path)))


def _unknown(path: tuple[str | int, ...], place: int, op: str, *, alone: bool) -> str:
    """Name a positional tensor whose parameter is unknown: by its key, its place in a known list, or its number."""
    if not path:
        return "inputs" if alone else f"input {place}"
    listed = _LISTED.get(op, ())
    if len(path) == 1 and isinstance(path[0], int) and path[0] < len(listed):
        return listed[path[0]]
    if all(isinstance(part, str) for part in path):
        return ".".join(map(str, path))
    return f"input {place}"
