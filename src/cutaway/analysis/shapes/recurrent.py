"""Recurrent layers, their cells, and the wrappers around them."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes.call import Call, Rule, Tensors, held, one
from cutaway.analysis.shapes.dims import Shape, size, times
from cutaway.analysis.shapes.space import slid
from cutaway.graph import Dim, Tensor, Value
from cutaway.record import replace

_STATES = {"LSTM": 2, "CuDNNLSTM": 2, "GRU": 1, "CuDNNGRU": 1, "SimpleRNN": 1}
_CELLS = {"LSTMCell": 2, "GRUCell": 1, "SimpleRNNCell": 1}


def layer(call: Call) -> Tensors:
    """Give the last step, or all of them with `return_sequences`, and the states with `return_state`."""
    units = size(call.whole("units"))
    return _outputs(call, units, ((units,),) * _STATES.get(call.op, 1))


def with_cell(call: Call) -> Tensors:
    """Run the cell that is stored inside: a known one, or several stacked."""
    cell = call.attributes.get("cell")
    states = _states(cell)
    return _outputs(call, states[-1][0], states if all(dim is not None for state in states for dim in state) else ())


def _states(cell: Value) -> tuple[Shape, ...]:
    """Return the shapes, without the batch, of a cell's states; the last one's is the cell's output."""
    unknown: tuple[Shape, ...] = ((None,),)
    found = held(cell)
    if found is None:
        return unknown
    op, config = found
    if op == "StackedRNNCells":
        inner = config.get("cells")
        cells = inner if isinstance(inner, tuple) else ()
        return tuple(state for each in cells for state in _states(each)) or unknown
    if op not in _CELLS:
        return unknown
    return ((size(Call(op=op, attributes=config).whole("units")),),) * _CELLS[op]


def _outputs(call: Call, units: Dim, states: tuple[Shape, ...]) -> Tensors:
    sequences, with_states = call.flag("return_sequences"), call.flag("return_state")
    shape = call.shape
    if shape is None or len(shape) < 3 or sequences is None:
        return one(None, call.dtype)
    batch, steps = (shape[1], shape[0]) if call.flag("time_major") else shape[:2]
    if not sequences:
        first: Shape = (batch, units)
    else:
        first = (steps, batch, units) if call.flag("time_major") else (batch, steps, units)
    outputs = one(first, call.dtype)
    if not with_states:
        return outputs
    return (*outputs, *(Tensor(shape=(batch, *state), dtype=call.dtype) for state in states))


def convolutional(call: Call, rank: int) -> Tensors:
    """Run a convolution at each step; the states have the shape of one step's output."""
    shape = call.shape
    sequences = call.flag("return_sequences")
    if shape is None or len(shape) != rank + 3 or sequences is None:
        return one(None, call.dtype)
    filters = size(call.whole("filters"))
    step = replace(call, inputs=one((shape[0], *shape[2:]), call.first.dtype))
    each = slid(step, rank, "kernel_size", lambda _: filters)
    if each is None:
        return one(None, call.dtype)
    outputs = one((each[0], shape[1], *each[1:]) if sequences else each, call.dtype)
    return (*outputs, *one(each, call.dtype) * 2) if call.flag("return_state") else outputs


def bidirectional(call: Call) -> Tensors:
    """Run the inner layer both ways and merge: side by side, element by element, or not at all."""
    outputs = call.inner(call.attributes.get("layer"), call.inputs[:1])
    mode = call.word("merge_mode", "none" if "merge_mode" in call.attributes else "concat")
    if not outputs or mode not in {"none", "concat", "sum", "mul", "ave"}:
        return ()
    result, states = outputs[0], outputs[1:]
    if mode == "none":
        return (result, result, *states, *states)
    if mode == "concat" and result.shape:
        result = Tensor(shape=(*result.shape[:-1], times(result.shape[-1], 2)), dtype=result.dtype)
    return (result, *states, *states)


def time_distributed(call: Call) -> Tensors:
    """Apply the inner layer to each step of its inputs."""
    shapes = [tensor.shape for tensor in call.inputs]
    cut = [
        Tensor(shape=(shape[0], *shape[2:]), dtype=tensor.dtype)
        for tensor, shape in zip(call.inputs, shapes, strict=True)
        if shape is not None and len(shape) > 2
    ]
    if not cut or len(cut) < len(shapes):
        return ()
    steps = shapes[0][1] if shapes[0] else None
    outputs = call.inner(call.attributes.get("layer"), cut)
    return tuple(with_steps(output, steps) for output in outputs)


def with_steps(tensor: Tensor, steps: Dim) -> Tensor:
    """Put the axis of time steps back, after the batch."""
    shape = tensor.shape
    return Tensor(shape=(shape[0], steps, *shape[1:]) if shape else None, dtype=tensor.dtype)


def wrapper(call: Call) -> Tensors:
    """Do what the inner layer does."""
    return call.inner(call.attributes.get("layer"), call.inputs)


def chain(call: Call) -> Tensors:
    """Do what the inner layers do, one after the other: a Sequential inside a wrapper, a pipeline of transforms."""
    tensors = call.inputs
    layers = call.attributes.get("layers")
    for inner in layers if isinstance(layers, tuple) else (None,):
        is_input = isinstance(inner, Mapping) and inner.get("class_name") == "InputLayer"
        tensors = tensors if is_input else call.inner(inner, tensors)
    return tensors


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_STATES, layer),
    "RNN": with_cell,
    **{f"ConvLSTM{rank}D": partial(convolutional, rank=rank) for rank in (1, 2, 3)},
    "Bidirectional": bidirectional,
    "TimeDistributed": time_distributed,
    "Wrapper": wrapper,
    "SpectralNormalization": wrapper,
    "Sequential": chain,
    "Pipeline": chain,
}
