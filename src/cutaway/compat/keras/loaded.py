"""A file, a config or a Graph to what the summary of the model lists that Keras makes of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from cutaway.analysis.count import BITS, weight_size
from cutaway.compat.keras import text2, text3
from cutaway.compat.keras.layer_range import within
from cutaway.compat.keras.level import Item, Level
from cutaway.compat.keras.listing import NO, UNKNOWN, WEIGHTLESS, YES, Connection, Listing, Row, Size
from cutaway.compat.keras.mistakes import ArgumentError
from cutaway.graph import Graph, Tensor, Weight
from cutaway.record import replace

_AT_ONCE = """Activation ActivityRegularization AlphaDropout AveragePooling1D AveragePooling2D AveragePooling3D Dropout
    ELU GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D
    GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D Identity LeakyReLU Masking MaxPooling1D MaxPooling2D
    MaxPooling3D ReLU Reshape Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D UnitNormalization"""
_BUILT_AT_ONCE = frozenset(_AT_ONCE.split())
"""The layers that Keras 3 says to be built before they know any shape; others without weights are not."""
_TUPLES = frozenset({"Attention", "AdditiveAttention", "MultiHeadAttention"})
"""The layers of Keras 2 that give several tensors in a tuple; others give a list."""
_TRAINED: Mapping[bool | None, str] = MappingProxyType({True: YES, False: NO, None: UNKNOWN})


def listing(level: Level, graph: Graph, generation: int, *, nested: bool, layer_range: Sequence[str] | None) -> Listing:
    """Return what the summary lists of a model that is not live, as a generation of Keras loads it.

    Raises ArgumentError for a model of Keras 2 that knows no shape for its input: there are no weights to list then.
    """
    if generation == 2 and not level.built:
        raise ArgumentError(
            f"cannot list {level.name!r}: it is not built, so that nothing is known of its weights; it knows no shape"
            " for its input"
        )
    items = level.layers
    chosen = items[within([item.name for item in items], layer_range)]
    chain = level.sequential or is_chain(level)
    row = partial(_row3 if generation == 3 else _row2, connected=not chain)
    held = (
        [node.weights for node in graph.nodes] if level.built else [item.weights for item in items if _is_built(item)]
    )
    sizes = _sizes(held, BITS.get if generation == 3 else text2.bits)
    return Listing(
        name=level.name,
        chain=chain,
        rows=tuple(_with_inner(item, row, generation) if nested else row(item) for item in chosen),
        trainable=sizes[True],
        non_trainable=sizes[False],
        untold=sizes[None],
    )


def is_chain(level: Level) -> bool:
    """Tell whether each call is fed by the one before, and each layer called once."""
    if any(len(item.outputs) > 1 or len(given) > 1 for item in level.items for given in item.connections):
        return False
    read = {each.layer for item in level.items for given in item.connections for each in given}
    return sum(item.name not in read for item in level.items) == 1


def _with_inner(item: Item, row: Callable[[Item], Row], generation: int) -> Row:
    """Return the row of a layer, with those of the layers in it; nothing is told there of where they are fed from."""
    inner = () if item.inner is None else item.inner.layers
    bare = partial(_row3 if generation == 3 else _row2, connected=False)
    rows = [_with_inner(each, bare, generation) for each in inner if generation == 2 or not each.operation]
    return replace(row(item), rows=tuple(rows))


def _is_built(item: Item) -> bool:
    return item.built or item.operation or (item.inner is not None and item.inner.built)


def _row3(item: Item, *, connected: bool) -> Row:
    given = item.outputs[-1] if item.outputs and _is_built(item) else ()
    built = _is_built(item) or item.op in _BUILT_AT_ONCE
    known = item.weights is None or bool(item.weights)
    return Row(
        name=item.name,
        op=item.op,
        shape=text3.several(_dims(tensor) for tensor in given) if given else UNKNOWN,
        parameters=_parameters(item) if built else 0,
        built=built,
        trainable=_TRAINED[item.trainable] if known and built else WEIGHTLESS,
        connections=_connections(item) if connected else (),
    )


def _row2(item: Item, *, connected: bool) -> Row:
    return Row(
        name=item.name,
        op=item.op,
        shape=_shape2(item),
        parameters=_parameters(item) if item.built else 0,
        built=item.built,
        trainable=_TRAINED[item.trainable],
        connections=_connections(item) if connected else (),
    )


def _shape2(item: Item) -> str:
    """Return the shapes of a layer of Keras 2, which are those of a model's own outputs where it is one."""
    calls = {_shapes(given) for given in item.outputs if given}
    if item.inner is not None and item.inner.outputs:
        calls = {_shapes(item.inner.outputs)}
    if len(calls) != 1:
        return text2.SEVERAL if calls else UNKNOWN
    shapes = calls.pop()
    if UNKNOWN in shapes:
        return UNKNOWN
    if item.inner is not None and len(item.inner.keys) == len(shapes):
        pairs = zip(item.inner.keys, shapes, strict=True)
        return "{" + ", ".join(f"{key!r}: {shape}" for key, shape in pairs) + "}"
    if len(shapes) == 1:
        return f"[{shapes[0]}]" if item.op == "InputLayer" else shapes[0]
    return f"({', '.join(shapes)})" if item.op in _TUPLES else f"[{', '.join(shapes)}]"


def _shapes(tensors: Sequence[Tensor]) -> tuple[str, ...]:
    return tuple(UNKNOWN if tensor.shape is None else str(tensor.shape) for tensor in tensors)


def _dims(tensor: Tensor) -> str:
    return UNKNOWN if tensor.shape is None else text3.dims(tensor.shape)


def _connections(item: Item) -> tuple[Connection, ...]:
    return tuple(each for given in item.connections for each in given)


def _parameters(item: Item) -> int | None:
    sizes = [weight_size(weight) for weight in item.weights or ()]
    known = [size for size in sizes if size is not None]
    return None if item.weights is None or len(known) < len(sizes) else sum(known)


def _sizes(held: Iterable[tuple[Weight, ...] | None], bits: Callable[[str], int | None]) -> Mapping[bool | None, Size]:
    """Return the sizes of weights, each once, by whether they are trained."""
    found: dict[str, Weight] = {}
    known = True
    for weights in held:
        known = known and weights is not None
        for weight in weights or ():
            if weight.key not in found or weight.trainable:
                found[weight.key] = weight
    sizes = {trained: Size(known=known) for trained in (True, False, None)}
    for weight in found.values():
        count, width = weight_size(weight), bits(weight.dtype or "")
        told = count is not None and width is not None
        sizes[weight.trainable] += Size(count or 0, (count or 0) * (width or 0), told)
    return sizes
