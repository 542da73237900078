"""What a caller says of a model beside its source, and reading with that: alike for figures, summaries and reports."""

from typing import TYPE_CHECKING

from cutaway.errors import InputError
from cutaway.graph import Graph
from cutaway.record import record

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed
    from cutaway.analysis.rules import Given
    from cutaway.sources import FilePath
    from cutaway.sources.given_shape import Shapes
    from cutaway.weights import Weights


@record
class Beside:
    """The arguments that `draw`, `summarize` and `report` have in common; None where the caller gave nothing."""

    input_shape: "Shapes | None" = None
    weights: "bool | FilePath | None" = None
    assume: "Assumed | None" = None
    rules: "Given | None" = None

    def read(self, source: object, *, values: bool = False) -> "tuple[Graph, Weights | None]":
        """Return the graph with all that follows from it, and, if wanted, the values of its weights.

        There are none of a Graph, nor with `weights=False`. Raises what `read_complete` raises.
        """
        from cutaway.sources.complete import read_complete

        weights = self.weights
        if isinstance(source, Graph):
            if not (weights is None or weights is False):
                raise InputError(f"cannot read {weights!r} for a graph: give the file to cutaway.read, with the model")
            return read_complete(source, assume=self.assume, rules=self.rules), None
        if values and weights is not False:
            from cutaway.sources import read_weights

            store = read_weights(source, input_shape=self.input_shape, weights=weights or True)
            return read_complete(store.graph, assume=self.assume, rules=self.rules), store
        graph = read_complete(
            source, input_shape=self.input_shape, weights=weights, assume=self.assume, rules=self.rules
        )
        return graph, None
