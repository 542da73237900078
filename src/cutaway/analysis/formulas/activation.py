"""Activations that are learned: one value for each place of the input, or for all along the shared axes."""

from collections.abc import Mapping

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, weight
from cutaway.analysis.shapes.call import Call

_NAMES = {
    "PReLU": ("alpha",),
    "ParametricSoftplus": ("alpha", "beta"),
    "SReLU": ("t_left", "a_left", "t_right", "a_right"),
}


def learned(call: Call) -> Weights | None:
    """Give weights of the input's shape without the batch, 1 along `shared_axes`."""
    shared = call.wholes("shared_axes") if call.has("shared_axes") else ()
    if shared is None:
        return None
    if call.shape is None:
        return tuple(weight(call, name, None) for name in _NAMES[call.op])
    if any(not 1 <= place < len(call.shape) for place in shared):
        return None
    shape = tuple(1 if place in shared else dim for place, dim in enumerate(call.shape))[1:]
    return tuple(weight(call, name, shape) for name in _NAMES[call.op])


RULES: Mapping[str, Formula] = dict.fromkeys(_NAMES, learned)
