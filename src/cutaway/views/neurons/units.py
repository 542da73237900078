"""Which layers are drawn as neurons, how many these are, and how they depend on the neurons before them."""

from math import prod
from typing import Final, Literal, TypeAlias

from cutaway.graph import Kind, Node, Tensor

Reading: TypeAlias = Literal["each", "all", "other"]
"""Whether a neuron reads one of the neurons before it, all of them, or what is not known."""

_MIXING: Final = frozenset({"Softmax", "LogSoftmax", "LogSumExp", "Glu"})
"""Activations of which every number depends on all."""
_EACH: Final = frozenset({"BatchNormalization", "SyncBatchNormalization", "Rescaling", "Identity", "Cast", "Masking"})
_MERGING: Final = frozenset({"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Divide", "TrueDivide"})
_OF_CHANNELS: Final = frozenset({Kind.POOLING, Kind.UPSAMPLING})


def units_of(node: Node) -> int | None:
    """Return how many neurons a layer has: units, filters, or the numbers of a vector, of others the channels.

    None is for what has none or does not tell.
    """
    for name in ("units", "filters"):
        value = node.attributes.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return _by_direction(node, value)
    if not node.outputs:
        return None
    shape = node.outputs[0].tensor.shape
    if shape is None or len(shape) < 2:
        return None
    size = shape[1] if node.attributes.get("data_format") == "channels_first" and len(shape) > 2 else shape[-1]
    return size if isinstance(size, int) and size > 0 else None


def _by_direction(node: Node, units: int) -> int | None:
    """Return the neurons of both directions, where a wrapper has two; what it gives may be less."""
    shape = node.outputs[0].tensor.shape if node.outputs else None
    if node.op != "Bidirectional":
        return units
    last = shape[-1] if shape else None
    return last if isinstance(last, int) else None


def vector_of(tensor: Tensor) -> int | None:
    """Return the length of a vector; None for any other tensor, and where it is not known."""
    shape = tensor.shape
    if shape is None or len(shape) != 2 or not isinstance(shape[1], int) or shape[1] < 1:
        return None
    return shape[1]


def values_of(tensor: Tensor) -> int | None:
    """Return how many numbers a tensor has, without the batch; None where that is not known."""
    sizes = tensor.shape[1:] if tensor.shape else None
    if sizes is None or not all(isinstance(size, int) for size in sizes):
        return None
    return prod(size for size in sizes if isinstance(size, int)) or None


def merges(node: Node) -> bool:
    """Tell whether a layer puts several tensors together number by number."""
    return not node.custom and node.kind is Kind.MERGE and node.operation in _MERGING


def is_each(node: Node) -> bool:
    """Tell whether a layer treats every number by itself."""
    if node.custom or len(node.inputs) > 1:
        return False
    if node.kind is Kind.ACTIVATION:
        return node.operation not in _MIXING and node.attributes.get("activation") not in {"softmax", "log_softmax"}
    return node.kind is Kind.REGULARIZATION or node.operation in _EACH


def reading(node: Node) -> Reading:
    """Return what each neuron of a layer reads of those before it."""
    if node.custom:
        return "other"
    if merges(node):
        return "each"
    if is_each(node) or node.kind in _OF_CHANNELS or node.operation.startswith("DepthwiseConv"):
        return "each"
    if node.kind is Kind.CONVOLUTION:
        return "all" if node.attributes.get("groups", 1) == 1 else "other"
    if node.kind in {Kind.DENSE, Kind.RECURRENT, Kind.ACTIVATION}:
        return "all"
    return "other"


def is_stepwise(node: Node) -> bool:
    """Tell whether a dense layer works on each position of a longer tensor alone."""
    shape = node.outputs[0].tensor.shape if node.outputs else None
    return node.kind is Kind.DENSE and shape is not None and len(shape) > 2


def goes_on(node: Node) -> bool:
    """Tell whether a layer gives a vector of the numbers that it reads, each changed by itself."""
    return is_each(node) and bool(node.outputs) and vector_of(node.outputs[0].tensor) is not None
