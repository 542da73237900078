"""What a caller says of a model beside its source, and reading with that: alike for figures, summaries and reports."""

import os

from cutaway.errors import CutawayError, InputError, warn
from cutaway.graph import Graph
from cutaway.record import Record, replace
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed
    from cutaway.analysis.rules import Given
    from cutaway.sources import FilePath
    from cutaway.sources.given_shape import Shapes
    from cutaway.weights import Weights


class Beside(Record):
    """The arguments that `draw`, `summarize` and `report` have in common; None where the caller gave nothing."""

    input_shape: "Shapes | None" = None
    weights: "bool | FilePath | None" = None
    assume: "Assumed | None" = None
    rules: "Given | None" = None

    def read(self, source: object, *, values: bool = False) -> "tuple[Graph, Weights | None]":
        """Return the graph with all that follows from it, and, if wanted, the values of its weights.

        There are none of a Graph, nor with `weights=False`. Warns where what is wanted is held nowhere. Raises what
        `read_complete` raises.
        """
        graph, store = self._read(source, values=values)
        if values and self.weights is not False and not store and any(node.weights != () for node in graph.nodes):
            warn(f"statistics of weights stay unknown: {_without_values(source)}")
        elif self.weights is True:
            warn_without_weights(source)
        return graph, store

    def _read(self, source: object, *, values: bool) -> "tuple[Graph, Weights | None]":
        from cutaway.sources.complete import read_complete

        weights = self.weights
        if isinstance(source, Graph):
            self._refuse_weights()
            return read_complete(source, assume=self.assume, rules=self.rules), None
        if values and weights is not False:
            from cutaway.sources import read_weights

            store = read_weights(source, input_shape=self.input_shape, weights=weights or True)
            return read_complete(store.graph, assume=self.assume, rules=self.rules), store
        graph = read_complete(
            source, input_shape=self.input_shape, weights=weights, assume=self.assume, rules=self.rules
        )
        return graph, None

    def _refuse_weights(self) -> None:
        if not (self.weights is None or self.weights is False):
            raise InputError(f"cannot read {self.weights!r} for a graph: give the file to cutaway.read, with the model")

    def plain(self, source: object) -> Graph:
        """Return the graph alone."""
        if isinstance(source, Graph):
            self._refuse_weights()
            return source
        from cutaway.sources import read

        return read(source, input_shape=self.input_shape, weights=self.weights or False)


def told(source: object, view: object, beside: Beside) -> tuple[Graph, dict[str, Any]]:
    """Return the graph of a source, and what is known besides and a view may have fields for.

    The view says by `weighs` that it draws the values of weights, where there are any, and by `is_measured` that it
    shows numbers.
    """
    store = None
    if getattr(view, "weighs", False):
        store = held(source, input_shape=beside.input_shape, weights=beside.weights)
        if store:
            source, beside = store.graph, replace(beside, weights=None)
    if getattr(view, "is_measured", False) or not (beside.assume is None and beside.rules is None):
        graph, values = beside.read(source, values="statistics" in getattr(view, "show", ()))
        return graph, {"rules": beside.rules, "assume": beside.assume, "store": values or store}
    return beside.plain(source), {"store": store}


def held(source: object, *, input_shape: "Shapes | None", weights: "bool | FilePath | None") -> "Weights | None":
    """Return the values of weights that a source holds, without a word where there are none or none can be read."""
    from cutaway.sources import is_live, read_weights

    if weights is False or isinstance(source, Graph) or not (weights or is_live(source) or _is_held(source)):
        return None
    try:
        return read_weights(source, input_shape=input_shape, weights=weights or True) or None
    except CutawayError:
        return None  # reading the model tells why, if that is the model's fault


def _is_held(source: object) -> bool:
    """Tell whether a source is a file or folder with weights, as far as it can be read."""
    path = _file(source)
    if path is None or path.endswith((".json", ".yaml", ".yml")):
        return False
    from cutaway.sources.stored.weights_file import held_in

    try:
        return held_in(path, repr(path)) is not None
    except CutawayError:
        return False


def warn_without_weights(source: object) -> None:
    """Warn where a source of which the stored weights were asked for holds none, as a configuration alone."""
    from cutaway.sources import is_live

    if is_live(source):
        return
    path = _file(source)
    if path is not None:
        from cutaway.sources.stored.weights_file import held_in

        try:
            if held_in(path, repr(path)) is not None:
                return
        except CutawayError:
            return  # which reading has told
    warn(f"no stored weights are read, as weights=True asks for: {_without_values(source)}")


def _without_values(source: object) -> str:
    """Say why there are no values of weights."""
    if isinstance(source, Graph):
        return "a graph holds no values; give the model itself"
    path = _file(source)
    return f"{'the configuration' if path is None else repr(path)} holds none, only what the layers are"


def _file(source: object) -> str | None:
    """Return the path of a file or folder that a source is; None for a text, a mapping and an object."""
    try:
        path = os.fsdecode(source)  # type: ignore[arg-type] # of anything
        return path if os.path.exists(path) else None
    except (TypeError, ValueError):
        return None
