"""What Keras' own layers hold in themselves: cells, wrapped layers, the projections of an attention."""

from collections.abc import Mapping

from cutaway.analysis.names import snake
from cutaway.analysis.shapes.call import CUSTOM
from cutaway.graph import Value
from cutaway.record import Record

Attributes = Mapping[str, Value]
_CELLS = {
    "LSTM": "LSTMCell",
    "GRU": "GRUCell",
    "SimpleRNN": "SimpleRNNCell",
    **{f"ConvLSTM{n}D": "ConvLSTMCell" for n in (1, 2, 3)},
}
_ATTENTION = {"query_dense": "query", "key_dense": "key", "value_dense": "value", "output_dense": "attention_output"}


class Inside(Record, kw_only=False):
    """An object within a layer: the attribute that holds it, its class, its name and its config."""

    attribute: str
    op: str
    name: str
    attributes: Attributes


def inside(item: Inside) -> list[Inside]:
    """Return the objects that a layer of Keras has in it, in the order of their weights."""
    op, attributes = item.op, item.attributes
    if op in _CELLS:
        return [Inside("cell", _CELLS[op], snake(_CELLS[op]), attributes)]
    if op in {"MultiHeadAttention", "GroupedQueryAttention"}:
        bias = {"bias_axes": attributes.get("use_bias", True)}
        return [Inside(attribute, "EinsumDense", name, bias) for attribute, name in _ATTENTION.items()]
    if op == "RNN":
        return _serialized("cell", attributes.get("cell"))
    if op == "StackedRNNCells":
        return _cells(attributes.get("cells"))
    if op == "Bidirectional":
        forward = _serialized("forward_layer", attributes.get("layer"))
        backward = _serialized("backward_layer", attributes.get("backward_layer") or attributes.get("layer"))
        return [_renamed(each, "forward_") for each in forward] + [_renamed(each, "backward_") for each in backward]
    if op in {"TimeDistributed", "Wrapper", "SpectralNormalization"}:
        return _serialized("layer", attributes.get("layer"))
    return []


def _renamed(item: Inside, prefix: str) -> Inside:
    name = item.name.removeprefix("forward_").removeprefix("backward_")
    return Inside(item.attribute, item.op, prefix + name, item.attributes)


def _cells(value: Value) -> list[Inside]:
    counts: dict[str, int] = {}
    found = []
    for each in value if isinstance(value, tuple) else ():
        for inner in _serialized("", each):
            base = snake(inner.op.removeprefix(CUSTOM))
            number = counts[base] = counts.get(base, -1) + 1
            found.append(Inside(f"cells/{numbered(base, number)}", inner.op, inner.name, inner.attributes))
    return found


def _serialized(attribute: str, value: Value) -> list[Inside]:
    """Return the object that an attribute tells of, as `attributes.reduced` leaves it."""
    if not isinstance(value, Mapping):
        return []
    op, config = value.get("class_name"), value.get("config")
    if not isinstance(op, str):
        return []
    held = config if isinstance(config, Mapping) else {}
    name = held.get("name")
    shown = f"{CUSTOM}{op}" if value.get("custom") else op
    return [Inside(attribute, shown, name if isinstance(name, str) else snake(op), held)]


def numbered(base: str, number: int) -> str:
    """Return the name of a group, of those that begin alike and are counted from 0."""
    return base if number == 0 else f"{base}_{number}"
