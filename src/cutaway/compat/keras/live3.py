"""A live model of Keras 3 to what its summary lists."""

# ruff: noqa: SLF001 - Keras has no public way to the calls of a layer

import sys
from collections.abc import Sequence
from functools import partial

from cutaway.analysis.count import BITS
from cutaway.compat.keras.layer_range import within
from cutaway.compat.keras.listing import NO, UNKNOWN, WEIGHTLESS, YES, Connection, Listing, Row, Size
from cutaway.compat.keras.live import connections, is_chain, own_calls, rows, size_of
from cutaway.compat.keras.text3 import dims, several
from cutaway.sources.live.nodes import KerasObject, calls_of, flat, is_functional


def listing(model: KerasObject, *, nested: bool, layer_range: Sequence[str] | None) -> Listing:
    """Return what the summary of a live model of Keras 3 lists; a layer that is no model is listed by itself."""
    functional = is_functional(model)
    layers = list(model._operations if functional else getattr(model, "layers", [model]))
    chain = not functional or is_chain(model, _given)
    own = set() if chain else own_calls(model)
    chosen = layers[within([layer.name for layer in layers], layer_range)]
    return Listing(
        name=model.name,
        chain=chain,
        rows=rows(chosen, partial(_row, own=own), nested=nested),
        trainable=size_of(model.trainable_weights, BITS.get),
        non_trainable=size_of(model.non_trainable_weights, BITS.get),
        optimizer=_optimizer(model),
    )


def _optimizer(model: KerasObject) -> Size | None:
    optimizer = getattr(model, "optimizer", None) if getattr(model, "compiled", False) else None
    if optimizer is None or not optimizer.built:
        return None
    return size_of(optimizer.variables, BITS.get)


def _row(layer: KerasObject, own: set[int]) -> Row:
    built = getattr(layer, "built", None)
    trainable = WEIGHTLESS
    if getattr(layer, "weights", ()):
        trainable = YES if layer.trainable else NO
    found: tuple[Connection, ...] = connections(layer, own, _given) if own else ()
    return Row(
        name=layer.name,
        op=type(layer).__name__,
        shape=_shape(layer),
        parameters=int(layer.count_params()) if built else 0,
        built=built is not False,
        trainable=trainable,
        connections=found,
    )


def _given(node: KerasObject) -> object:
    return node.input_tensors


def _shape(layer: KerasObject) -> str:
    """Return the shapes that the last call of a layer gives, or that it was built for."""
    nodes = calls_of(layer)
    if nodes:
        return several(dims(tensor.shape) for tensor in flat(nodes[-1].output_tensors))
    built_for = getattr(layer, "_build_shapes_dict", None)
    if not built_for:
        return UNKNOWN
    if hasattr(layer, "output_shape"):
        return dims(layer.output_shape)
    tree: KerasObject = sys.modules["keras"].tree
    try:
        texts = tree.map_shape_structure(dims, layer.compute_output_shape(**built_for))
    except Exception:  # noqa: BLE001 - code of other people, which may foresee less
        return UNKNOWN
    found = flat(texts)
    return str(found[0]) if len(found) == 1 else str(texts).replace("'", "")
