"""Sizes that a caller assumes where a model leaves them open."""

from collections.abc import Mapping, Sequence
from operator import index

from cutaway.analysis.tensors import describe
from cutaway.errors import InputError, warn
from cutaway.graph import Dim, Graph, Node, Tensor
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.table import Raw

Assumed = int | Sequence[object] | Mapping[str, object]
"""A size for all open axes but the batch; a shape; or shapes by the names of inputs, sizes by the names of axes."""


def assumed(graph: Graph, assume: Assumed) -> Graph:
    """Return the graph with `assume` in place of the open sizes of its inputs.

    A number is the size of every open axis but the batch: the length of a text, say. A shape is that of the only input;
    the batch axis may be left out, None and "?" leave an axis as it is. A mapping gives a number or a shape for inputs
    by their names, or sizes for axes by theirs, where axes have names. What follows from these sizes is left to `infer`
    with `sizes`. Warns of what changes nothing. Raises InputError for what is no size, what contradicts a known one,
    and names that do not occur.
    """
    nodes = {node.id: node for node in graph.nodes}
    inputs = [nodes[each] for each in graph.inputs if each in nodes and nodes[each].outputs]
    changed: dict[str, Node] = {}
    idle: list[Node] = []
    for node, given in _by_input(inputs, assume):
        port = changed.get(node.id, node).outputs[0]
        shape = _fitted(node, port.tensor, given, assume)
        if shape == port.tensor.shape and not isinstance(given, Mapping):  # names of axes are those of open ones
            idle.append(node)
        outputs = (replace(port, tensor=replace(port.tensor, shape=shape)), *node.outputs[1:])
        changed[node.id] = replace(node, outputs=outputs)
    if idle or not changed:
        _warn_of_idle(idle, inputs, assume)
    return replace(graph, nodes=tuple([changed.get(node.id, node) for node in graph.nodes]))


def stated(assume: Assumed) -> "Raw":
    """Return what is assumed as plain numbers: one, a tuple of them, or either by names."""
    if isinstance(assume, Mapping):
        return {str(name): stated(value) for name, value in assume.items()}  # type: ignore[arg-type] # checked by then
    if isinstance(assume, Sequence):
        return tuple([None if size is None or size == "?" else index(size) for size in assume])  # type: ignore[arg-type]
    return index(assume)


def assumption(assume: Assumed) -> str:
    """Say what is assumed, as figures, summaries and reports declare it: "128 for open sizes", "tokens (?, 128)"."""
    found = stated(assume)
    if isinstance(found, Mapping):
        return ", ".join(f"{name} {_size_text(value)}" for name, value in found.items())
    return _size_text(found) if isinstance(found, tuple) else f"{found} for open sizes"


def _size_text(value: "Raw") -> str:
    if not isinstance(value, tuple):
        return str(value)
    return f"({', '.join('?' if size is None else str(size) for size in value)}{',' if len(value) == 1 else ''})"


def _warn_of_idle(idle: Sequence[Node], inputs: Sequence[Node], assume: object) -> None:
    """Warn of what is assumed in vain: of `idle` inputs that it names, or of all inputs together."""
    if not isinstance(assume, Mapping) and len(idle) < len(inputs):
        return
    opened = [
        node
        for node in inputs
        if (shape := node.outputs[0].tensor.shape) is None or not all(isinstance(dim, int) for dim in shape[1:])
    ]
    rest = f"open sizes are in {_described(opened)}" if opened else "no input has open sizes"
    warn(f"what is assumed, {assume!r}, changes nothing{f' of {_described(idle)}' if idle else ''}: {rest}")


def _described(nodes: Sequence[Node]) -> str:
    return ", ".join(f"{node.name!r} {describe(node.outputs[0].tensor)}" for node in nodes)


def _by_input(inputs: Sequence[Node], assume: object) -> list[tuple[Node, object]]:
    """Return what is given for each input: a number, a shape, or sizes by the names of axes."""
    if not isinstance(assume, Mapping):
        if isinstance(assume, Sequence) and len(inputs) != 1:
            names = ", ".join(repr(node.name) for node in inputs) or "none"
            raise _error(assume, f"the model has {len(inputs)} inputs ({names}): give shapes by their names")
        return [(node, assume) for node in inputs]
    by_name = {node.name: node for node in inputs} | {node.id: node for node in inputs}
    axes = {dim for node in inputs for dim in node.outputs[0].tensor.shape or () if isinstance(dim, str)}
    for name in assume:
        if name not in by_name and name not in axes:
            known = ", ".join(repr(each) for each in dict.fromkeys([*(node.name for node in inputs), *sorted(axes)]))
            raise _error(assume, f"there is no input and no axis {name!r}; the model has {known or 'no inputs'}")
    sizes = {name: size for name, size in assume.items() if name in axes and name not in by_name}
    given = [(by_name[name], value) for name, value in assume.items() if name in by_name]
    for node, value in given:
        if isinstance(value, Mapping):
            raise _error(assume, f"{value!r} of the input {node.name!r} is no size and no shape")
    return [*given, *((node, sizes) for node in inputs if sizes)]


def _fitted(node: Node, tensor: Tensor, given: object, assume: object) -> tuple[Dim, ...] | None:
    """Return the shape of an input with what is given for it."""
    shape = tensor.shape
    if isinstance(given, Mapping):
        sizes = {name: _size(size, assume) for name, size in given.items()}
        return None if shape is None else tuple([sizes.get(dim, dim) if isinstance(dim, str) else dim for dim in shape])
    if not isinstance(given, Sequence) or isinstance(given, str):
        size = _size(given, assume)
        return None if shape is None else (*shape[:1], *(dim if isinstance(dim, int) else size for dim in shape[1:]))
    stated = tuple([None if size is None or size == "?" else _size(size, assume) for size in given])
    if shape is None:
        return stated
    if len(stated) == len(shape) - 1:
        stated = (None, *stated)
    fits = len(stated) == len(shape)
    if not fits or any(
        isinstance(dim, int) and size not in {None, dim} for dim, size in zip(shape, stated, strict=True)
    ):
        raise _error(assume, f"the input {node.name!r} is {describe(tensor)}")
    return tuple([dim if size is None else size for dim, size in zip(shape, stated, strict=True)])


def _size(value: object, assume: object) -> int:
    """Return a size; raises InputError for what is none."""
    try:
        size = -1 if isinstance(value, bool) else index(value)  # type: ignore[arg-type] # of any kind of integer
    except TypeError:
        size = -1
    if size < 1:
        raise _error(assume, f"{value!r} is no size: sizes are whole numbers from 1")
    return size


def _error(assume: object, why: str) -> InputError:
    return InputError(
        f"cannot assume {assume!r}: {why}; give a number for all open axes but the batch, such as 128, a shape, such as"
        " (224, 224, 3), or such by the names of inputs"
    )
