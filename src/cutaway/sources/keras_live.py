"""What is asked of live objects of Keras 3, by their own classes' names: no framework is imported for it."""

# ruff: noqa: SLF001 - Keras has no public way to the calls of a layer

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from cutaway.graph import Tensor
from cutaway.record import field, record
from cutaway.sources.arguments import Handle
from cutaway.sources.blueprint import Reference

KerasObject: TypeAlias = Any
"""A layer, a call, a tensor of Keras, whose types are not known without it."""


def is_functional(item: object) -> bool:
    """Tell whether an object is a Functional model, or of a subclass; a Sequential is not."""
    return _is_a(item, "Functional", "keras.src.models.functional")


def is_sequential(item: object) -> bool:
    """Tell whether an object is a Sequential model, or of a subclass."""
    return _is_a(item, "Sequential", "keras.src.models.sequential")


def is_tensor(item: object) -> bool:
    """Tell whether an object is a symbolic tensor of Keras."""
    return _is_a(item, "KerasTensor", "keras.src.backend.common.keras_tensor")


def _is_a(item: object, name: str, module: str) -> bool:
    return any(each.__name__ == name and each.__module__ == module for each in type(item).__mro__)


def tensor_of(item: KerasObject) -> Tensor:
    """Return the type of a symbolic tensor."""
    shape = None if item.shape is None else tuple(item.shape)
    return Tensor(shape=shape, dtype=None if item.dtype is None else str(item.dtype))


def unconverted(tensor: KerasObject) -> KerasObject:
    """Return the tensor that a tensor was before Keras converted it to a tensor, which changes nothing."""
    while True:
        node = _node(tensor)
        operation = type(node.operation)
        if operation.__name__ != "ConvertToTensor" or not operation.__module__.startswith("keras.src.ops"):
            return tensor
        if len(node.arguments.keras_tensors) != 1:
            return tensor
        tensor = node.arguments.keras_tensors[0]


def made_by(tensor: KerasObject) -> KerasObject:
    """Return the call that made a symbolic tensor, conversions left out."""
    return _node(unconverted(tensor))


def _node(tensor: KerasObject) -> KerasObject:
    operation, number, _ = tensor._keras_history
    return operation._inbound_nodes[number]


@record(kw_only=False, frozen=False)
class Calls:
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
            mine = [node for node in operation._inbound_nodes if id(node) in own]
            found.nodes.append(mine)
            found.places.update((id(node), (place, number)) for number, node in enumerate(mine))
        return found

    @classmethod
    def one_by_one(cls, nodes: Sequence[KerasObject]) -> "Calls":
        """Return calls as if each were of an operation of its own, in the order given."""
        places = {id(node): (place, 0) for place, node in enumerate(nodes)}
        return cls([node.operation for node in nodes], places, [[node] for node in nodes])

    def refer(self, tensor: KerasObject) -> Reference | None:
        """Return where a symbolic tensor is made; None if outside of this model."""
        history = getattr(tensor, "_keras_history", None)
        if history is None or history[0] is None:
            return None
        place = self.places.get(id(_node(tensor)))
        if place is None:
            tensor = unconverted(tensor)
            place = self.places.get(id(_node(tensor)))
        return None if place is None else Reference(place[0], place[1], tensor._keras_history[2])

    def handles(self, value: object) -> object:
        """Return an argument with every symbolic tensor in it as a Handle."""
        if is_tensor(value):
            return Handle(self.refer(value), tensor_of(value))
        if isinstance(value, list | tuple):
            return [self.handles(entry) for entry in value]
        if isinstance(value, Mapping):
            return {str(key): self.handles(entry) for key, entry in value.items()}
        return value
