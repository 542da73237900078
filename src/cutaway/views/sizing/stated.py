"""What axes a layer's own class states, of what it reads and of what it makes: images only where it works on images."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cutaway.analysis.shapes.call import held
from cutaway.graph import Kind, Node, Value
from cutaway.views.sizing.axes import SPATIAL, AxisName

Names = tuple[AxisName, ...]

_WINDOWED = re.compile(
    r"(?:Conv|ConvLSTM|[Cc]onvolution|Pooling|ZeroPadding|Cropping|UpSampling|Connected|SpatialDropout)([123])D"
)
_IMAGES = re.compile(r"Random[A-Z]|Resizing|CenterCrop|CutMix|MixUp|RandAugment|AugMix|AutoContrast")
_FOR_IMAGES = frozenset({"Conv", "ConvTranspose", "DepthwiseConv", "SeparableConv", "MaxPool", "AveragePool"})
"""Operations that state by the number of axes what these are."""
LENGTH: Names = ("length",)
OTHER: Names = ("other",)
"""An axis of unknown meaning."""
_SEQUENCE: Names = ("length", "channels")
_PARTS: Mapping[int, Names] = MappingProxyType({1: ("length",), 2: SPATIAL[1:], 3: SPATIAL})
BY_RANK: Mapping[int, Names] = MappingProxyType(
    {0: (), 1: ("channels",), 2: _SEQUENCE, 3: (*SPATIAL[1:], "channels"), 4: (*SPATIAL, "channels")}
)
"""What axes most likely are of which nothing else is known."""


def made(node: Node, port: int, rank: int) -> Names | None:
    """Return what the axes of an output of a layer are that has `rank` of them without the batch, if that is stated."""
    return _made(node.operation, node.kind, node.attributes, port, rank)


def wanted(node: Node, rank: int) -> Names | None:
    """Return what the axes are of a tensor of `rank` axes that a layer reads, if that is stated."""
    operation = node.operation
    if operation == "ReversibleEmbedding" and rank > 1:  # it reads features, from which it makes scores of tokens
        return None
    if node.kind is Kind.EMBEDDING and "Position" not in operation:
        return LENGTH * rank
    if node.kind is Kind.RECURRENT and "ConvLSTM" not in operation:
        return _SEQUENCE if rank == 2 else None
    if "Attention" in operation and rank == 2:
        return _SEQUENCE
    return _windowed(operation, node.attributes, rank) or _of_inner(node, rank)


def _made(operation: str, kind: Kind, attributes: Mapping[str, Value], port: int, rank: int) -> Names | None:
    if rank == 1 and kind in {Kind.CONVOLUTION, Kind.POOLING, Kind.DENSE, Kind.RECURRENT}:
        return ("channels",)
    if "Attention" in operation and port and rank == 3:
        return ("heads", "length", "length")
    if operation == "TextVectorization":
        return LENGTH * rank
    inner = held(attributes.get("layer")) if operation == "TimeDistributed" else None
    if inner is not None:
        steps = _windowed(inner[0], inner[1], rank - 1)
        return ("length", *steps) if steps else None
    if kind is Kind.RECURRENT and rank == 2 and "ConvLSTM" not in operation:
        return _SEQUENCE
    return _windowed(operation, attributes, rank)


def _of_inner(node: Node, rank: int) -> Names | None:
    inner = held(node.attributes.get("layer")) if node.operation == "TimeDistributed" else None
    steps = _windowed(inner[0], inner[1], rank - 1) if inner is not None else None
    return ("length", *steps) if steps else None


def _windowed(operation: str, attributes: Mapping[str, Value], rank: int) -> Names | None:
    """Return the axes of what a window slides over; more of them than the window has are steps in time."""
    found = _WINDOWED.search(operation)
    if found:
        parts = int(found[1])
    elif operation in _FOR_IMAGES and rank - 1 in _PARTS:
        parts = rank - 1
    elif _IMAGES.match(operation):
        parts = 2
    else:
        return None
    extra = rank - parts - 1
    if extra < 0:
        return None
    inner: Names = (*_PARTS[parts], "channels")
    if _order(attributes) == "channels_first":
        inner = ("channels", *_PARTS[parts])
    return (*LENGTH * extra, *inner)


def _order(attributes: Mapping[str, Value]) -> Value:
    arguments = attributes.get("call")
    stored = attributes.get("data_format")
    return stored if stored is not None or not isinstance(arguments, Mapping) else arguments.get("data_format")
