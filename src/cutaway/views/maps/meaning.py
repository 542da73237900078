"""What outputs are to the `maps` view: stacks of maps, matrices, vectors; and how their sizes are written."""

import re
from collections.abc import Iterable

from cutaway.graph import Dim, Graph, Kind, Node, Tensor
from cutaway.views.sizing import Axes
from cutaway.views.spelling import shape_text

_ALONG_TIME = re.compile(r"(?:Conv|Pooling|Padding|UpSampling|Cropping|Connected)[A-Za-z]*1D|Conv1D")
_KEEPING = frozenset({Kind.ACTIVATION, Kind.NORMALIZATION, Kind.REGULARIZATION, Kind.MERGE})


def strips(graph: Graph) -> frozenset[str]:
    """Return the ids of nodes whose sequences are maps of one row: of layers that slide along time, and next to these.

    Others that read or give sequences see them as matrices, a step in each column.
    """
    sources: dict[str, str] = {}
    targets: dict[str, list[str]] = {}
    for edge in graph.edges:
        sources.setdefault(edge.target, edge.source)
        targets.setdefault(edge.source, []).append(edge.target)
    sliding = {node.id for node in graph.nodes if _slides(node)}
    found = set(sliding)
    for node in graph.nodes:
        if (node.kind in _KEEPING and sources.get(node.id) in found) or (
            node.kind is Kind.INPUT and any(target in sliding for target in targets.get(node.id, ()))
        ):
            found.add(node.id)
    return frozenset(found)


def _slides(node: Node) -> bool:
    return "1D" in node.operation and "Global" not in node.operation and bool(_ALONG_TIME.search(node.operation))


def size_text(axes: Axes, tensor: Tensor, *, is_strip: bool) -> str:
    """Write the size of an output: `6@28×28` for maps, `16@1×128` for strips, `128×64` for a matrix, `120`."""
    if axes.names is None or tensor.shape is None:
        return "?"
    if len(axes.names) != len(tensor.shape) - 1:
        return shape_text(tensor.shape)
    dims = tensor.shape[1:]
    maps = [dim for name, dim in zip(axes.names, dims, strict=True) if name in {"channels", "heads"}]
    rest = [dim for name, dim in zip(axes.names, dims, strict=True) if name not in {"channels", "heads"}]
    if not dims:
        return "scalar"
    if axes.is_image and maps:
        return f"{_times(maps)}@{_times(rest)}"
    if is_strip and maps and len(rest) == 1:
        return f"{_times(maps)}@1×{_dim(rest[0])}"
    if axes.has("heads") and rest:
        return f"{_times(maps)}@{_times(rest)}"
    return _times(dims)


def _times(dims: Iterable[Dim]) -> str:
    return "×".join(map(_dim, dims))


def _dim(dim: Dim) -> str:
    return "?" if dim is None else str(dim)
