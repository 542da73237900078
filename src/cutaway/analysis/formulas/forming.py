"""What formulas are made of: one weight, a bias, axes of the input, the weights of a layer inside."""

from collections.abc import Sequence

from cutaway.analysis.formulas.formed import Formed
from cutaway.analysis.names import snake
from cutaway.analysis.shapes.call import CUSTOM, Call, Tensors, held
from cutaway.analysis.shapes.dims import Shape
from cutaway.graph import Dim, Value
from cutaway.record import replace

Weights = tuple[Formed, ...]


def weight(call: Call, name: str, shape: Shape | None, *, dtype: str | None = None, trainable: bool = True) -> Formed:
    """Return a weight of the layer; without `dtype` it has the type of the layer's policy."""
    return Formed(name=name, shape=shape, dtype=dtype or call.variable_dtype, trainable=trainable)


def with_bias(call: Call, weights: Weights, shape: Shape | None, flag: str = "use_bias") -> Weights | None:
    """Return weights and the bias, if the layer has one; None where it does not say so in a way that is known."""
    found = call.flag(flag, default=True)
    if found is None:
        return None
    return (*weights, weight(call, "bias", shape)) if found else weights


def axis(shape: Shape | None, place: int) -> Dim:
    """Return the size of an axis, unknown where the shape has no such axis."""
    return shape[place] if shape is not None and -len(shape) <= place < len(shape) else None


def within(name: str, weights: Weights) -> Weights:
    """Return the weights of a part as those of the layer that holds it under this name."""
    return tuple([replace(weight, name=f"{name}/{weight.name}") for weight in weights])


def formed(call: Call) -> Weights | None:
    """Return the weights of a layer by the formula of its class.

    They are unknown where its activation is a layer that learns: Keras 2 counts that one's weights as the layer's own,
    Keras 3 does not.
    """
    formula = call.formulas.get(call.op)
    activations = [call.text(key) for key in ("activation", "recurrent_activation")]
    if formula is None or any(call.formulas.get(word or "", none) is not none for word in activations):
        return None
    return formula(call)


def none(_: Call) -> Weights:
    """Give no weights."""
    return ()


def inside(call: Call, layer: Value, inputs: Tensors) -> Weights | None:
    """Return the weights of a layer stored inside this one, None where they are unknown."""
    found = held(layer)
    if found is None:
        return None
    op, config = found
    trainable = config.get("trainable") is not False
    weights = formed(replace(call, op=op, attributes=config, inputs=inputs, ports=(), trainable=trainable))
    return weights if weights is None or trainable else frozen(weights)


def frozen(weights: Sequence[Formed]) -> Weights:
    """Return the weights as those of a layer that is not trained."""
    return tuple([replace(weight, trainable=False) for weight in weights])


def name_of(layer: Value) -> str:
    """Return the name of a layer stored inside another one; without a stored one, that of its class in Keras."""
    found = held(layer)
    if found is None:
        return ""
    op, config = found
    name = config.get("name")
    return name if isinstance(name, str) else snake(op.removeprefix(CUSTOM))
