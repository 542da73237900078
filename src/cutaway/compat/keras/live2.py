"""A live model of Keras 2 to what its summary lists."""

from collections.abc import Sequence
from functools import partial

from cutaway.compat.keras.layer_range import within
from cutaway.compat.keras.listing import NO, UNKNOWN, YES, Listing, Row
from cutaway.compat.keras.live import connections, is_chain, own_calls, rows, size_of
from cutaway.compat.keras.mistakes import ArgumentError
from cutaway.compat.keras.text2 import SEVERAL, bits
from cutaway.sources.live.nodes import KerasObject, is_functional


def listing(model: KerasObject, *, nested: bool, layer_range: Sequence[str] | None) -> Listing:
    """Return what the summary of a live model of Keras 2 lists; a layer that is no model is listed by itself.

    Raises ArgumentError for a model that is not built: Keras 2 knows nothing of its layers then.
    """
    if not model.built:
        raise ArgumentError(
            f"cannot list {model.name!r}: it is not built, so that nothing is known of its weights; call it on data, or"
            " build(input_shape) it"
        )
    layers = list(getattr(model, "layers", [model]))
    chain = not is_functional(model) or is_chain(model, _given)
    own = set() if chain else own_calls(model)
    chosen = layers[within([layer.name for layer in layers], layer_range)]
    trained = getattr(model, "_collected_trainable_weights", None)  # by the models of TensorFlow 1
    return Listing(
        name=model.name,
        chain=chain,
        rows=rows(chosen, partial(_row, own=own), nested=nested),
        trainable=size_of(model.trainable_weights if trained is None else trained, bits),
        non_trainable=size_of(model.non_trainable_weights, bits),
    )


def _row(layer: KerasObject, own: set[int]) -> Row:
    built = layer.built or getattr(layer, "_is_graph_network", False)
    return Row(
        name=layer.name,
        op=type(layer).__name__,
        shape=_shape(layer),
        parameters=int(layer.count_params()) if built else 0,
        built=bool(built),
        trainable=YES if layer.trainable else NO,
        connections=connections(layer, own, _given) if own else (),
    )


def _given(node: KerasObject) -> object:
    return node.keras_inputs if hasattr(node, "keras_inputs") else node.input_tensors


def _shape(layer: KerasObject) -> str:
    try:
        return str(layer.output_shape)
    except AttributeError:  # it was called on several
        return SEVERAL
    except RuntimeError:  # it was never called with symbolic tensors
        return UNKNOWN
