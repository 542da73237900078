"""Layers around other layers."""

from collections.abc import Mapping

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, inside, name_of, weight, within
from cutaway.analysis.shapes.call import Call, Tensors
from cutaway.graph import Tensor, Value


def wrapper(call: Call) -> Weights | None:
    """Give the weights of the layer inside."""
    return _of(call, call.attributes.get("layer"), call.inputs)


def time_distributed(call: Call) -> Weights | None:
    """Give the weights of the layer inside, which sees one step of each input."""
    return _of(call, call.attributes.get("layer"), tuple(_step(tensor) for tensor in call.inputs))


def bidirectional(call: Call) -> Weights | None:
    """Give the weights of the layer that reads forwards and of the one that reads backwards, alike unless stored."""
    forward = call.attributes.get("layer")
    backward = call.attributes.get("backward_layer")
    there = inside(call, forward, call.inputs[:1])
    back = there if backward is None else inside(call, backward, call.inputs[:1])
    if there is None or back is None:
        return None
    first, last = ways(forward, backward)
    return (*within(first, there), *within(last, back))


def ways(forward: Value, backward: Value) -> tuple[str, str]:
    """Name the layers in a Bidirectional: the one that reads forwards, and the one that reads backwards."""
    named = name_of(forward)
    bare = named.removeprefix("forward_")
    last = f"backward_{bare}" if backward is None else name_of(backward)
    if bare == named and backward is not None:  # Keras 2 stores the names from before it adds what tells them apart
        last = f"backward_{last}"
    return f"forward_{bare}", last


def spectral(call: Call) -> Weights | None:
    """Give the weights of the layer inside, with the vector by which its kernel's largest singular value is found."""
    found = wrapper(call)
    if found is None:
        return None
    kernels = [each for each in found if each.name.rpartition("/")[2] in {"kernel", "embeddings"}]
    if len(kernels) != 1:
        return None
    kernel = kernels[0]
    shape = None if kernel.shape is None else (1, kernel.shape[-1])
    vector = weight(call, "vector_u", shape, dtype=kernel.dtype, trainable=False)
    return (kernel, vector, *(each for each in found if each is not kernel))


def chain(call: Call) -> Weights | None:
    """Give the weights of the layers inside, each of which sees what the one before gives."""
    layers = call.attributes.get("layers")
    if not isinstance(layers, tuple):
        return None
    found: Weights = ()
    tensors = call.inputs
    for inner in layers:
        weights = inside(call, inner, tensors)
        if weights is None:
            return None
        found += within(name_of(inner), weights)
        tensors = call.inner(inner, tensors)
    return found


def _of(call: Call, layer: Value, inputs: Tensors) -> Weights | None:
    weights = inside(call, layer, inputs)
    return None if weights is None else within(name_of(layer), weights)


def _step(tensor: Tensor) -> Tensor:
    shape = tensor.shape
    return Tensor(shape=(shape[0], *shape[2:]) if shape is not None and len(shape) > 1 else None, dtype=tensor.dtype)


RULES: Mapping[str, Formula] = {
    "Wrapper": wrapper,
    "TimeDistributed": time_distributed,
    "Bidirectional": bidirectional,
    "SpectralNormalization": spectral,
    "Pipeline": chain,
}
