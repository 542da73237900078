"""What of a model `plot_model` and `model_to_dot` show, and where nobody knows how the data flows in that."""

from cutaway.analysis.loose import loose
from cutaway.compat.keras.called import without_inputs
from cutaway.graph import Graph
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.legend import gap_notes

if TYPE_CHECKING:
    from cutaway.compat.keras.plotting import Plotting


def shown(graph: Graph, plotting: "Plotting") -> Graph:
    """Return what of a graph is plotted, with known shapes: a part of it, and what is in wrappers, if asked for.

    A Sequential of Keras 3 has no inputs among its layers.
    """
    graph = _known(graph, weighed=plotting.show_trainable)
    if plotting.layer_range is not None:
        from cutaway.compat.keras.part import part

        graph = part(graph, plotting.layer_range)
    if plotting.generation == 3 and graph.op == "Sequential":
        graph = without_inputs(graph)
    if plotting.expand_nested:
        from cutaway.compat.keras.unwrapped import unwrapped

        graph = unwrapped(graph)
    return graph


def is_cut(whole: Graph, plotting: "Plotting") -> bool:
    """Tell whether a part of a model is shown, of which the flow is known: lines that it lacks lead out of it."""
    return plotting.layer_range is not None and None not in loose(whole)


def unsaid(whole: Graph, graph: Graph, plotting: "Plotting") -> tuple[frozenset[str | None], str]:
    """Return where in what is shown of a model nobody knows how the data flows, and sentences on what is not known."""
    found = loose(graph)
    if is_cut(whole, plotting):
        found -= {None}
    return found, " ".join(gap_notes(graph, graph, found))


def _known(graph: Graph, *, weighed: bool) -> Graph:
    """Return a graph with the shapes that follow from it, and with weights if these are to be known."""
    if weighed:
        from cutaway.analysis.complete import complete

        return complete(graph, verify=False)
    from cutaway.analysis.shapes import infer

    return infer(graph, verify=False)
