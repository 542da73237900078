"""What both generations of Keras ask of a live model for its summary."""

# ruff: noqa: SLF001 - Keras has no public way to the calls of a layer

from collections.abc import Callable, Iterable, Sequence

from cutaway.compat.keras.listing import Connection, Row, Size
from cutaway.record import replace
from cutaway.sources.live.nodes import KerasObject, calls_of, flat, sizes_of, tensor_of


def is_chain(model: KerasObject, given: Callable[[KerasObject], object]) -> bool:
    """Tell whether in a Functional each call is fed by the one before, and each layer called once.

    `given` returns the tensors that a call is given.
    """
    own = list(model._nodes_by_depth.values())
    if any(len(nodes) > 1 or len(flat(given(nodes[0]))) > 1 for nodes in own):
        return False
    known = {id(node) for nodes in own for node in nodes}
    return all(sum(id(node) in known for node in calls_of(layer)) <= 1 for layer in model.layers)


def own_calls(model: KerasObject) -> set[int]:
    """Return the identities of the calls that a Functional is made of."""
    return {id(node) for nodes in model._nodes_by_depth.values() for node in nodes}


def connections(layer: KerasObject, own: set[int], given: Callable[[KerasObject], object]) -> tuple[Connection, ...]:
    """Return where the tensors come from that a layer is given in the calls which are a model's own."""
    histories = [
        tensor._keras_history for node in calls_of(layer) if not own or id(node) in own for tensor in flat(given(node))
    ]
    return tuple(Connection(operation.name, call, tensor) for operation, call, tensor in histories)


def rows(layers: Sequence[KerasObject], row: Callable[[KerasObject], Row], *, nested: bool) -> tuple[Row, ...]:
    """Return the rows of layers, with those of the layers in them where they are to be listed as well."""
    return tuple(_with_inner(layer, row) if nested else row(layer) for layer in layers)


def _with_inner(layer: KerasObject, row: Callable[[KerasObject], Row]) -> Row:
    inner = getattr(layer, "layers", None) or ()
    return replace(row(layer), rows=tuple(_with_inner(each, row) for each in inner))


def size_of(weights: Iterable[KerasObject], bits: Callable[[str], int | None]) -> Size:
    """Return the size of weights, each once; `bits` tells how many a value of a type takes."""
    total = Size()
    for weight in {id(each): each for each in weights}.values():
        tensor = tensor_of(weight)
        shape = sizes_of(getattr(weight, "shape", None))
        if shape is None:  # a table of words, in Keras 2
            continue
        count = 1
        for size in shape:
            count *= size or 0
        width = bits(tensor.dtype or "")
        total += Size(count, count * (width or 0), width is not None)
    return total
