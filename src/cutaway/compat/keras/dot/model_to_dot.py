"""`keras.utils.model_to_dot` of Keras 2 and 3, for live models of either, and for files without Keras."""

from collections.abc import Mapping, Sequence

from cutaway.compat.keras.mistakes import ArgumentError, MissingError
from cutaway.compat.keras.plotting import Plotting, graph_of, keywords, settled
from cutaway.compat.keras.shown import shown, unsaid
from cutaway.graph import Graph
from cutaway.record import replace
from cutaway.sources.live.asked import asked
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydot

    from cutaway.compat.keras.dot.origin import Origin

ENGINES = ("cutaway", "graphviz")


def model_to_dot(  # noqa: PLR0913, PLR0917 - Keras' own keywords, in their order
    model: object,
    show_shapes: bool = False,  # noqa: FBT001, FBT002
    show_dtype: bool = False,  # noqa: FBT001, FBT002
    show_layer_names: bool | None = None,  # noqa: FBT001
    rankdir: str = "TB",
    expand_nested: bool = False,  # noqa: FBT001, FBT002
    dpi: float | None = None,
    subgraph: bool = False,  # noqa: FBT001, FBT002
    *after: Any,  # noqa: ANN401 - each generation has its own order
    layer_range: Sequence[str] | None = None,
    show_layer_activations: bool | None = None,
    show_trainable: bool | None = None,
    splines: str | bool | None = None,
    engine: str = "cutaway",
    **unknown: object,
) -> "pydot.Dot | pydot.Cluster":
    """Return a model as a `pydot.Dot`, or as a `pydot.Cluster` for a `subgraph` of a figure of your own.

    `model` is a live model, or anything that `cutaway.read` reads, or a Graph. The names of nodes are those that Keras
    gives them, `str(id(layer))`, with `_2` behind that of the second call of a layer; models that are not live have
    paths such as `encoder/conv1` for names, behind that of the model in a subgraph. Labels have the form of the Keras
    that the model is of: tables in the HTML-like language for Keras 3 and files, records for Keras 2; what they say is
    escaped. There is one edge for each tensor that flows, so that a layer that is fed twice from one has two. The
    inputs of nested models are no nodes: edges lead to the layers that take them. Nor are outputs, or the input of a
    Sequential of Keras 3, as in Keras.

    `write_png`, `write_svg`, `write_pdf`, `write`, `create` and the like draw without Graphviz: as `plot_model` does,
    with all that you change in the object before: each node is a box, and there are no others. What there is no picture
    for here is told in one warning. With `engine="graphviz"` they run Graphviz instead.

    The keywords are those of `plot_model`, which has more than are named here, and those behind `subgraph` may be given
    by their place as in either generation; names are shown unless `show_layer_names` is False. Raises MissingError (an
    ImportError) without pydot, and errors that are InputError and also of the class that Keras raises.
    """
    given = keywords(locals())
    if engine not in ENGINES:
        raise ArgumentError(f"cannot draw with engine={engine!r}: give 'cutaway' or 'graphviz'")
    _require_pydot()
    plotting = settled("model_to_dot", model, after, given, names=True)
    from cutaway.compat.keras.dot.origin import captioned, cluster, fill

    made = _origin(model, plotting, is_part=bool(subgraph))
    if subgraph:
        part = cluster(made.graph.name, captioned(None, made.graph.name, made))
        fill(part, made)
        return part
    from cutaway.compat.keras.dot.drawn_dot import DrawnDot

    return DrawnDot(origin=made, engine=engine)


def _require_pydot() -> None:
    try:
        import pydot  # noqa: F401
    except ImportError as error:
        raise MissingError(
            "cannot make an object of pydot: it is not installed; `pip install pydot` (or cutaway[dot]), or call"
            " plot_model, which does not need it"
        ) from error


def _origin(model: object, plotting: Plotting, *, is_part: bool) -> "Origin":
    """Return what a Dot of a model says."""
    from cutaway.analysis.collapse import collapse
    from cutaway.compat.keras.dot.origin import origin

    whole, items = _read(model, plotting)
    graph = shown(whole, plotting)
    loose, notes = unsaid(whole, graph, plotting)
    if plotting.expand_nested:
        items = {**items, **_wrapped(graph, items)}
    else:
        graph = collapse(graph, 0).graph
    made = origin(whole, graph, items, plotting, is_part=is_part)
    return replace(made, loose=loose, notes=notes)


def _wrapped(graph: Graph, items: Mapping[str, object]) -> dict[str, object]:
    """Return the live layers in wrappers, by the ids that they have in an unwrapped graph."""
    found: dict[str, object] = {}
    scopes = {scope.id: scope for scope in graph.scopes}
    parts = [(node.id, node.name, node.scope) for node in graph.nodes]
    for identity, name, scope in [*[(each.id, each.name, each.parent) for each in graph.scopes], *parts]:
        wrapper = items.get(scope or "") or found.get(scope or "")
        if identity not in items and wrapper is not None and scope in scopes:
            held = [asked(wrapper, key) for key in ("layer", "forward_layer", "backward_layer")]
            live = next((each for each in held if each is not None and asked(each, "name") == name), None)
            if live is not None:
                found[identity] = live
    return found


def _read(model: object, plotting: Plotting) -> tuple[Graph, Mapping[str, object]]:
    """Return a model with what follows from it, and its live layers by the ids of their calls."""
    from cutaway.sources import is_live, read_live
    from cutaway.sources.live.nodes import has_graph
    from cutaway.sources.unbuilt import warn_unbuilt

    if isinstance(model, Graph) or not is_live(model):
        return graph_of(model, plotting), {}
    graph, items = read_live(model, input_shape=plotting.input_shape, parts=plotting.expand_nested)
    if not has_graph(model):  # a traced one, whose inputs were made for that
        items = {identity: item for identity, item in items.items() if identity not in graph.inputs}
    warn_unbuilt(graph)
    return graph, items
