"""The calls of a live model of Keras: whose they are, and where the tensors in their arguments come from."""

# ruff: noqa: SLF001 - Keras has no public way to the calls of a layer

from collections.abc import Callable, Iterable, Mapping, Sequence

from cutaway.record import Record, field
from cutaway.sources.blueprint import Argument, Reference
from cutaway.sources.configs.functional import ends
from cutaway.sources.live.nodes import (
    KerasObject,
    called,
    calls_of,
    flat,
    is_functional,
    is_tensor,
    keras_of,
    made,
    tensor_of,
)


def unconverted(tensor: KerasObject) -> KerasObject:
    """Return the tensor that a tensor was before Keras converted it to a tensor, which changes nothing."""
    while True:
        node = made(tensor)
        operation = type(called(node))
        if operation.__name__ != "ConvertToTensor" or not operation.__module__.startswith("keras.src.ops"):
            return tensor
        if len(node.arguments.keras_tensors) != 1:
            return tensor
        tensor = node.arguments.keras_tensors[0]


def made_by(tensor: KerasObject) -> KerasObject:
    """Return the call that made a symbolic tensor, conversions left out."""
    return made(unconverted(tensor))


class Calls(Record, kw_only=False, frozen=False):
    """Which calls belong to a model: the operations in order, and for each call (by identity) where it stands."""

    operations: list[KerasObject]
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    nodes: list[list[KerasObject]] = field(default_factory=list)

    @classmethod
    def among(cls, operations: Sequence[KerasObject], nodes: Iterable[KerasObject]) -> "Calls":
        """Return the calls of `operations` that are among `nodes`, numbered as Keras numbers them in a file."""
        own = {id(node) for node in nodes}
        found = cls(list(operations))
        for place, operation in enumerate(found.operations):
            mine = [node for node in calls_of(operation) if id(node) in own]
            found.nodes.append(mine)
            found.places.update((id(node), (place, number)) for number, node in enumerate(mine))
        return found

    def apart(self, is_apart: Callable[[KerasObject], bool]) -> "Calls":
        """Return these calls with those of some operations as if each were of an operation of its own."""
        found = Calls([])
        for operation, nodes in zip(self.operations, self.nodes, strict=True):
            several = [[node] for node in nodes] if len(nodes) > 1 and is_apart(operation) else [nodes]
            for mine in several:
                found.places.update((id(node), (len(found.operations), number)) for number, node in enumerate(mine))
                found.operations.append(operation)
                found.nodes.append(mine)
        return found

    @classmethod
    def one_by_one(cls, nodes: Sequence[KerasObject]) -> "Calls":
        """Return calls as if each were of an operation of its own, in the order given."""
        places = {id(node): (place, 0) for place, node in enumerate(nodes)}
        return cls([called(node) for node in nodes], places, [[node] for node in nodes])

    def refer(self, tensor: KerasObject) -> Reference | None:
        """Return where a symbolic tensor is made; None if outside of this model."""
        history = getattr(tensor, "_keras_history", None)
        if history is None or history[0] is None:
            return None
        place = self.places.get(id(made(tensor)))
        if place is None:
            tensor = unconverted(tensor)
            place = self.places.get(id(made(tensor)))
        return None if place is None else (place, tensor._keras_history[2])

    def handles(self, value: object, write: Callable[[object], object] | None = None) -> object:
        """Return an argument with every symbolic tensor in it as an Argument, and what `write` makes of all else."""
        if is_tensor(value):
            return Argument(self.refer(value), tensor_of(value))
        if isinstance(value, list | tuple):
            return [self.handles(entry, write) for entry in value]
        if isinstance(value, Mapping):
            return {str(key): self.handles(entry, write) for key, entry in value.items()}
        return value if write is None else write(value)


def whole_of(model: KerasObject) -> KerasObject | None:
    """Return the Functional that a Sequential is or holds, None where it is not built; Keras 2.0 calls it `model`."""
    if keras_of(model) == 3 or own_calls(model):
        return getattr(model, "_functional", model)
    inner = vars(model).get("model")  # later ones warn when asked for it
    return inner if is_functional(inner) and own_calls(inner) else None


def own_calls(model: KerasObject) -> list[KerasObject]:
    """Return the calls that make up a Functional; none for what has no graph."""
    by_depth = getattr(model, "_nodes_by_depth", None) or getattr(model, "nodes_by_depth", None) or {}
    return [node for nodes in by_depth.values() for node in nodes]


def structured(model: KerasObject, which: str) -> tuple[object, list[KerasObject]]:
    """Return the "inputs" or "outputs" of a Functional in the structure that it was given them in, and flat."""
    tensors = flat(getattr(model, which))
    for name in (f"_{which}_struct", f"_nested_{which}"):
        if getattr(model, name, None) is not None:
            return getattr(model, name), tensors
    return tensors, tensors


def named(structure: object, flat: Sequence[KerasObject]) -> list[tuple[str, KerasObject]]:
    """Return tensors in the flat order, each with the key that it has in the structure ("" for none)."""
    named = ends(structure)
    if [id(tensor) for _, tensor in named] == [id(tensor) for tensor in flat]:
        return named
    keys = {id(tensor): key for key, tensor in named}
    return [(keys.get(id(tensor), ""), tensor) for tensor in flat]
