"""Sizes that a caller assumes where a model leaves them open."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cutaway.graph import Graph

Assumed: TypeAlias = int | Sequence[object] | Mapping[str, object]
"""A size for all open axes but the batch; a shape; or shapes by the names of inputs, sizes by the names of axes."""


def assumed(graph: Graph, assume: Assumed) -> Graph:
    """Return the graph with `assume` in place of the open sizes of its inputs."""
    return graph
