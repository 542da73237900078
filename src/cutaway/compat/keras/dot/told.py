"""What a box of Keras tells of one call: the same facts for both generations, live or from a file."""

from collections.abc import Mapping, Sequence

from cutaway.graph import Kind, Node, Tensor
from cutaway.record import Record
from cutaway.sources.live.asked import asked
from cutaway.sources.live.nodes import KerasObject
from cutaway.views.in_full import activation_text, code_text

UNKNOWN = "?"
_TUPLES = frozenset({"Attention", "AdditiveAttention", "MultiHeadAttention"})
"""The layers of Keras 2 that give several tensors in a tuple; others give a list."""


class Told(Record):
    """The facts of one call of a layer, in the words of Keras.

    `activation` is None where the layer has none; `inputs` and `outputs` are shapes, and `dtype` types, as Python
    writes them; `trainable` is None where nothing tells it. `wrapped` are the name and the class of the layer that a
    wrapper holds.
    """

    name: str
    op: str
    activation: str | None
    inputs: str
    outputs: str
    dtype: str
    trainable: bool | None
    has_weights: bool
    is_input: bool
    wrapped: tuple[str, str] | None = None


def told(node: Node, item: KerasObject, generation: int) -> Told:
    """Return the facts of a node; `item` is the live layer behind it, or None."""
    is_input = node.op == "InputLayer" or node.kind is Kind.INPUT
    given, taken = [[port.tensor for port in ports] for ports in (node.outputs, node.inputs)]
    listed = "list" if generation == 2 and is_input else ""
    in_tuple = "tuple" if generation == 2 and node.op in _TUPLES else ""
    return Told(
        name=node.name,
        op=node.op,
        activation=_activation(node, item),
        inputs=_shapes(given if is_input else taken, _keys(item, "inputs", taken), listed),
        outputs=_shapes(given, _keys(item, "outputs", given), listed or in_tuple),
        dtype=_dtype(node, item, generation),
        trainable=node.trainable if item is None else asked(item, "trainable") is not False,
        has_weights=bool(node.weights),
        is_input=is_input,
        wrapped=_wrapped(node),
    )


def _shapes(tensors: Sequence[Tensor], keys: Sequence[str], form: str) -> str:
    """Return shapes as Python writes one, or a list, a tuple or a dict of them."""
    shapes = [code_text(tensor.shape) for tensor in tensors]
    if not shapes or UNKNOWN in shapes:
        return UNKNOWN if set(shapes) <= {UNKNOWN} else f"[{', '.join(shapes)}]"
    if keys:
        known = dict(zip(sorted(keys), shapes, strict=True))
        return "{" + ", ".join([f"{key!r}: {known[key]}" for key in keys]) + "}"
    if len(shapes) == 1:
        return f"[{shapes[0]}]" if form == "list" else shapes[0]
    return f"({', '.join(shapes)})" if form == "tuple" else f"[{', '.join(shapes)}]"


def _keys(item: KerasObject, which: str, tensors: Sequence[Tensor]) -> Sequence[str]:
    """Return the names by which a live model takes or gives tensors in a dict, whose order is that of its names."""
    for name in (f"_{which}_struct", f"_nested_{which}"):
        structure = asked(item, name)
        if isinstance(structure, Mapping) and len(structure) == len(tensors):
            return list(map(str, structure))
    return ()


def _dtype(node: Node, item: KerasObject, generation: int) -> str:
    """Return the types of what a call gives; in Keras 2 the one type of its layer."""
    if generation == 2:
        own = (node.attributes.get("dtype") if item is None else asked(item, "dtype")) or None
        if isinstance(own, str):
            return own
    types = [port.tensor.dtype or UNKNOWN for port in node.outputs]
    keys = _keys(item, "outputs", [port.tensor for port in node.outputs])
    if keys:
        known = dict(zip(sorted(keys), types, strict=True))
        return str({key: known[key] for key in keys})
    return types[0] if len(types) == 1 else str(types) if types else UNKNOWN


def _activation(node: Node, item: KerasObject) -> str | None:
    """Return the name of an activation, "linear" too; None where a layer has none."""
    if item is None:
        return activation_text(node) or None
    function = asked(item, "activation")
    if function is None:
        return None
    return str(asked(function, "name") or asked(function, "__name__") or function)


def _wrapped(node: Node) -> tuple[str, str] | None:
    """Return the name and the class of the layer that a wrapper holds."""
    inner = node.attributes.get("layer")
    if not isinstance(inner, Mapping):
        return None
    config = inner.get("config")
    name = config.get("name") if isinstance(config, Mapping) else None
    op = inner.get("class_name")
    return (str(name), str(op)) if name and op else None
