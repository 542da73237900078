"""Recurrent layers: the weights of the cell that runs at each step."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.formulas.convolution import channels, window
from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, axis, inside, name_of, weight, with_bias, within
from cutaway.analysis.shapes.call import Call, held, one
from cutaway.analysis.shapes.dims import size, times
from cutaway.graph import Dim, Value
from cutaway.record import replace

_GATES = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}
_FUSED = {"CuDNNLSTM": 8, "CuDNNGRU": 6}


def cell(call: Call, gates: int) -> Weights | None:
    """Give the kernel of the input, that of the state, and a bias for all gates side by side.

    A GRU that resets after the product has two biases. Keras 2 writes how it computes (`implementation`), and the files
    in which that stands without `reset_after` are of a time when there was none.
    """
    units = size(call.whole("units"))
    width = times(units, gates)
    after = call.flag("reset_after", default="implementation" not in call.attributes) if gates == 3 else False
    if after is None:
        return None
    return with_bias(call, _kernels(call, units, width), (2, width) if after else (width,))


def layer(call: Call, kind: str) -> Weights | None:
    """Give the weights of the layer's own cell."""
    found = cell(call, _GATES[kind])
    return None if found is None else within({"SimpleRNN": "simple_rnn"}.get(kind, kind.lower()) + "_cell", found)


def fused(call: Call) -> Weights | None:
    """Give the weights as cuDNN has them: a bias for the input and one for the state."""
    units = size(call.whole("units"))
    gates = _FUSED[call.op]
    return (*_kernels(call, units, times(units, gates // 2)), weight(call, "bias", (times(units, gates),)))


def _kernels(call: Call, units: Dim, width: Dim) -> Weights:
    kernel = weight(call, "kernel", (axis(call.shape, -1), width))
    return (kernel, weight(call, "recurrent_kernel", (units, width)))


def convolutional(call: Call, rank: int) -> Weights | None:
    """Give the kernels of the cell's convolutions, four gates side by side."""
    shape = call.shape
    filters, taps = size(call.whole("filters")), window(call, rank)
    width = times(filters, 4)
    step = replace(call, inputs=one((shape[0], *shape[2:]) if shape and len(shape) == rank + 3 else None, None))
    kernels = (
        weight(call, "kernel", (*taps, channels(step, rank), width)),
        weight(call, "recurrent_kernel", (*taps, filters, width)),
    )
    found = with_bias(call, kernels, (width,))
    return None if found is None else within("conv_lstm_cell", found)


def with_cell(call: Call) -> Weights | None:
    """Give the weights of the cell stored inside, which sees one step."""
    shape = call.shape
    step = one((shape[0], *shape[2:]) if shape is not None and len(shape) > 2 else None, call.first.dtype)
    inner = call.attributes.get("cell")
    found = inside(call, inner, step)
    return None if found is None else within(name_of(inner), found)


def stacked(call: Call) -> Weights | None:
    """Give the weights of all cells, each of which sees the output of the one before."""
    cells = call.attributes.get("cells")
    if not isinstance(cells, tuple):
        return None
    weights: Weights = ()
    step = call.inputs[:1]
    for inner in cells:
        found = inside(call, inner, step)
        if found is None:
            return None
        weights += within(name_of(inner), found)
        step = one((axis(call.shape, 0), _output(inner)), call.first.dtype)
    return weights


def _output(cell: Value) -> Dim:
    found = held(cell)
    return None if found is None else size(Call(op=found[0], attributes=found[1]).whole("units"))


RULES: Mapping[str, Formula] = {
    **{name: partial(layer, kind=name) for name in _GATES},
    **{f"{name}{version}": partial(layer, kind=name) for name in ("LSTM", "GRU") for version in ("V1", "V2")},
    **{f"{name}Cell": partial(cell, gates=gates) for name, gates in _GATES.items()},
    **dict.fromkeys(_FUSED, fused),
    **{f"ConvLSTM{rank}D": partial(convolutional, rank=rank) for rank in (1, 2, 3)},
    "RNN": with_cell,
    "StackedRNNCells": stacked,
}
