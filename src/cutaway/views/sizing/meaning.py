"""What the axes of an output mean, by what makes it; an image is read only where layers of images are."""

import re

from cutaway.graph import Node, Tensor
from cutaway.views.sizing.axes import Axes, AxisName, known_size

__all__ = ["Axes", "axes_of"]

_BY_RANK: dict[int, tuple[AxisName, ...]] = {
    0: (),
    1: ("channels",),
    2: ("length", "channels"),
    3: ("height", "width", "channels"),
    4: ("depth", "height", "width", "channels"),
}
_WINDOWED: dict[str, tuple[AxisName, ...]] = {
    "1": ("length",), "2": ("height", "width"), "3": ("depth", "height", "width"),
}  # fmt: skip
_SPATIAL_CLASS = re.compile(r"(?:Conv|Convolution|Pooling|Padding|UpSampling|Cropping|Connected)([123])D")


def axes_of(node: Node, tensor: Tensor) -> Axes:
    """Return what the axes of an output of a node mean, as far as the node alone tells."""
    shape = tensor.shape
    if shape is None:
        return Axes()
    dims = shape[1:]
    found = _SPATIAL_CLASS.search(node.operation)
    names = _BY_RANK.get(len(dims))
    if names is None:
        outer: list[AxisName] = ["other"] * (len(dims) - 1)
        names = (*outer, "channels")
    if found and "Global" not in node.operation:
        window = _WINDOWED[found[1]]
        tail = len(window) + 1
        if len(dims) >= tail:
            first = node.attributes.get("data_format") == "channels_first"
            inner: tuple[AxisName, ...] = ("channels", *window) if first else (*window, "channels")
            times: list[AxisName] = ["length"] * (len(dims) - tail)
            names = (*times, *inner)
    return Axes(names=names, sizes=tuple([known_size(dim) for dim in dims]))
