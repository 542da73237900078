"""Reading with all that follows from what is read: the one way to numbers, for figures, summaries and reports."""

from typing import TYPE_CHECKING, Any

from cutaway.analysis.complete import complete
from cutaway.analysis.rules import Given
from cutaway.graph import Graph
from cutaway.sources import FilePath, read

if TYPE_CHECKING:
    from cutaway.sources.given_shape import Shapes


def read_complete(
    source: object,
    *,
    input_shape: "Shapes | None" = None,
    weights: "bool | FilePath | None" = None,
    assume: Any = None,  # noqa: ANN401 - see assumed
    rules: Given | None = None,
    verify: bool = True,
) -> Graph:
    """Return the graph of a model with the shapes, types and weights that follow from what is read.

    `source` and `input_shape` are those of `cutaway.read`, `rules`, `assume` and `verify` those of `complete`; a Graph
    is completed as it is. Stored weights are read where the rest leaves those of a layer unknown; with `weights=True`,
    or the path of a file of them, always; with False never.
    """
    if isinstance(source, Graph):
        return complete(source, rules=rules, assume=assume, verify=verify)
    graph = read(source, input_shape=input_shape, weights=True if weights is None else weights)
    return complete(graph, rules=rules, assume=assume, verify=verify)
