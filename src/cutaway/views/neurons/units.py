"""Which layers are drawn as neurons, how many these are, and how they depend on the neurons before them."""

from collections.abc import Mapping
from math import prod
from types import MappingProxyType

from cutaway.analysis.shapes.call import CUSTOM, held
from cutaway.graph import Kind, Node, Tensor, Value
from cutaway.typed import Literal

Reading = Literal["each", "all", "other"]
"""Whether a neuron reads one of the neurons before it, all of them, or what is not known."""

_ONE_BY_ONE = """celu elu exponential gelu hardshrink hardsigmoid hardsilu hardswish hardtanh leakyrelu linear
    logsigmoid mish parametricsoftplus prelu relu relu6 selu sigmoid silu softplus softshrink softsign sparseplus
    sparsesigmoid squareplus srelu swish tanh tanhshrink threshold thresholdedrelu"""
_ACTIVATIONS: Mapping[str, Reading] = MappingProxyType(
    {
        **dict.fromkeys(_ONE_BY_ONE.split(), "each"),
        **dict.fromkeys(("softmax", "logsoftmax", "sparsemax"), "all"),
    }
)
"""What each number that activations give depends on, by their names in small letters; of others it is not known."""
_EACH = frozenset({"BatchNormalization", "SyncBatchNormalization", "Rescaling", "Identity", "Cast", "Masking"})
_MERGING = frozenset({"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Divide", "TrueDivide"})
_OF_CHANNELS = frozenset({Kind.POOLING, Kind.UPSAMPLING})
_WRAPPERS = frozenset({"TimeDistributed", "SpectralNormalization"})
"""Layers that do what the layer inside them does."""


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
    operation, attributes = _done(node)
    if operation.startswith(CUSTOM) or len(node.inputs) > 1:
        return False
    if node.kind is Kind.ACTIVATION:
        return _activation(operation, attributes) == "each"
    return node.kind is Kind.REGULARIZATION or operation in _EACH


def is_dense(node: Node) -> bool:
    """Tell whether every unit of a layer reads all features; DenseFeatures is dense by name only."""
    return node.kind is Kind.DENSE and node.operation != "DenseFeatures"


def reading(node: Node) -> Reading:
    """Return what each neuron of a layer reads of those before it."""
    operation, attributes = _done(node)
    if operation.startswith(CUSTOM):
        return "other"
    if merges(node) or is_each(node) or operation.startswith("DepthwiseConv"):
        return "each"
    if node.kind is Kind.ACTIVATION:
        return _activation(operation, attributes)
    if node.kind is Kind.CONVOLUTION or (node.kind is Kind.UPSAMPLING and "Transpose" in operation):
        return "all" if attributes.get("groups", 1) == 1 else "other"
    if node.kind in _OF_CHANNELS:
        return "each"
    return "all" if is_dense(node) or node.kind is Kind.RECURRENT else "other"


def _done(node: Node) -> tuple[str, Mapping[str, Value]]:
    """Return what a layer does and its attributes: of a wrapper, those of the layer inside it."""
    if node.custom:
        return f"{CUSTOM}{node.op}", node.attributes
    inner = held(node.attributes.get("layer")) if node.operation in _WRAPPERS else None
    return inner or (node.operation, node.attributes)


def _activation(operation: str, attributes: Mapping[str, Value]) -> Reading:
    """Return what each number of an activation depends on."""
    name = (attributes.get("activation") or "linear") if operation == "Activation" else operation
    return _ACTIVATIONS.get(name.replace("_", "").lower(), "other") if isinstance(name, str) else "other"


def is_stepwise(node: Node) -> bool:
    """Tell whether a dense layer works on each position of a longer tensor alone."""
    shape = node.outputs[0].tensor.shape if node.outputs else None
    return node.kind is Kind.DENSE and shape is not None and len(shape) > 2


def goes_on(node: Node) -> bool:
    """Tell whether a layer gives a vector of the numbers that it reads, each changed by itself."""
    return is_each(node) and bool(node.outputs) and vector_of(node.outputs[0].tensor) is not None
