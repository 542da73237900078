"""Recurrent layers: at each step a product with the input and one with the state; and the wrappers around layers."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.cost.convolution import channels, taps
from cutaway.analysis.cost.forward import Forward, Work, elements, product, total
from cutaway.analysis.shapes.call import Call, held
from cutaway.analysis.shapes.space import slid
from cutaway.graph import Dim, Tensor, Value
from cutaway.record import replace

_GATES = {
    **dict.fromkeys(("LSTM", "CuDNNLSTM", "LSTMCell"), 4),
    **dict.fromkeys(("GRU", "CuDNNGRU", "GRUCell"), 3),
    **dict.fromkeys(("SimpleRNN", "SimpleRNNCell"), 1),
}


def layer(forward: Forward) -> int | None:
    """Multiply input and state with the kernels of all gates, at each step."""
    shape = forward.shape
    if shape is None or len(shape) != 3:
        return None
    return product(shape[0], shape[1], _cell(forward.call.op, forward.call.whole("units"), shape[2]))


def with_cell(forward: Forward) -> int | None:
    """Run the cell that is stored inside, at each step."""
    shape = forward.shape
    if shape is None or len(shape) != 3:
        return None
    return product(shape[0], shape[1], _stored(forward.call.attributes.get("cell"), shape[2]))


def one_step(forward: Forward) -> int | None:
    """Run a cell once."""
    shape = forward.shape
    if shape is None or len(shape) != 2:
        return None
    return product(shape[0], _cell(forward.call.op, forward.call.whole("units"), shape[1]))


def _cell(op: str, units: int | None, features: Dim) -> int | None:
    each = total([product(features, units), product(units, units)])
    return product(_GATES.get(op), each)


def _stored(cell: Value, features: Dim) -> int | None:
    """Return the multiply–adds of one step of a stored cell, or of several that stand on each other."""
    pending, done = [cell], 0
    while pending:
        each = pending.pop()
        stored = held(each)
        if stored is None:
            return None
        op, config = stored
        if op == "StackedRNNCells":
            cells = config.get("cells")
            pending += reversed(cells) if isinstance(cells, tuple) else (None,)
            continue
        units = Call(op=op, attributes=config).whole("units")
        found = _cell(op, units, features)
        if found is None:
            return None
        done, features = done + found, units
    return done


def convolutional(forward: Forward, rank: int) -> int | None:
    """Convolve input and state for all four gates, at each step."""
    call, shape = forward.call, forward.shape
    if shape is None or len(shape) != rank + 3:
        return None
    step = replace(call, inputs=(Tensor(shape=(shape[0], *shape[2:])),))
    filters = call.whole("filters")
    each = slid(step, rank, "kernel_size", lambda _: filters)
    depth = total([_known(channels(call, rank, step.shape)), filters])
    return product(4, shape[1], elements(each), taps(call, rank), depth)


def _known(dim: Dim) -> int | None:
    return dim if isinstance(dim, int) else None


def bidirectional(forward: Forward) -> int | None:
    """Run the layer forwards, and it or the one given for it backwards."""
    attributes, inputs = forward.call.attributes, forward.call.inputs[:1]
    ahead = forward.of_inside(attributes.get("layer"), inputs)
    back = attributes.get("backward_layer")
    return total([ahead, ahead if back is None else forward.of_inside(back, inputs)])


def time_distributed(forward: Forward) -> int | None:
    """Run the layer at each step."""
    shapes = [tensor.shape for tensor in forward.call.inputs]
    known = [shape for shape in shapes if shape is not None and len(shape) > 2]
    if not known or len(known) < len(shapes):
        return None
    cut = [
        replace(tensor, shape=(tensor.shape[0], *tensor.shape[2:])) for tensor in forward.call.inputs if tensor.shape
    ]
    return product(known[0][1], forward.of_inside(forward.call.attributes.get("layer"), cut))


def wrapper(forward: Forward) -> int | None:
    """Run the layer; what a normalisation of its kernel does, it does in training only."""
    return forward.of_inside(forward.call.attributes.get("layer"), forward.call.inputs)


def chain(forward: Forward) -> int | None:
    """Run the layers one after the other."""
    layers = forward.call.attributes.get("layers")
    tensors, done = forward.call.inputs, 0
    for each in layers if isinstance(layers, tuple) else (None,):
        found = forward.of_inside(each, tensors)
        if found is None:
            return None
        done += found
        tensors = forward.call.inner(each, tensors)
    return done


RULES: Mapping[str, Work] = {
    **dict.fromkeys(("LSTM", "CuDNNLSTM", "GRU", "CuDNNGRU", "SimpleRNN"), layer),
    **dict.fromkeys(("LSTMCell", "GRUCell", "SimpleRNNCell"), one_step),
    "RNN": with_cell,
    **{f"ConvLSTM{rank}D": partial(convolutional, rank=rank) for rank in (1, 2, 3)},
    "Bidirectional": bidirectional,
    "TimeDistributed": time_distributed,
    **dict.fromkeys(("Wrapper", "SpectralNormalization"), wrapper),
    **dict.fromkeys(("Sequential", "Pipeline"), chain),
}
