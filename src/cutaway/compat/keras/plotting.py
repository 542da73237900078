"""What the functions that plot a model share: their arguments in the order of both generations, and the figure."""

from collections.abc import Collection, Mapping, Sequence
from math import isfinite

from cutaway.compat.keras.called import Calls
from cutaway.compat.keras.mistakes import ArgumentError, KeywordError
from cutaway.compat.keras.shown import is_cut, shown
from cutaway.errors import unknown
from cutaway.figure import Figure, FilePath
from cutaway.fit import Wish
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import Record
from cutaway.sources import is_live, read, read_live, read_needed
from cutaway.theme import PAPER
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views import chosen_theme
from cutaway.views.option import Fact, LineName

if TYPE_CHECKING:
    from cutaway.sources.given_shape import Shapes

_OWN = {"plot_model": ("to_file",), "model_to_dot": ("subgraph", "engine")}
"""The keywords that only one function has."""
RANKDIRS: Mapping[str, Direction] = {"TB": "down", "BT": "up", "LR": "right", "RL": "left"}
"""Which way data flows, by the words of Graphviz."""

_AFTER = {
    2: ("layer_range", "show_layer_activations", "show_trainable"),
    3: ("show_layer_activations", "show_trainable", "splines"),
}
"""The last keywords of each generation in their order, which differs."""
_UNWRAPPED = 2 * 842.0
"""Points: the height of two A4 pages."""
WISH = Wish(page=Page(), shape="flow", unwrapped=_UNWRAPPED)
"""One row or column, as Graphviz has, unless it is longer than two A4 pages."""
_DPI = {2: 96, 3: 200}
LINES: Mapping[str, LineName] = {
    "ortho": "rounded",
    "polyline": "cut",
    "spline": "swung",
    "curved": "curved",
    "line": "straight",
    "none": "none",
}
"""What lines look like, by the words of Graphviz."""
_SAME: Mapping[object, str] = {
    True: "spline", False: "line", "true": "spline", "false": "line", "compound": "spline", "": "none",
}  # fmt: skip
"""Further values of `splines`, and what Graphviz takes them for."""


class Plotting(Record):
    """The settled arguments of `plot_model` and `model_to_dot`; `generation` is the Keras of the model, 2 or 3.

    `input_shape` is for models that do not know theirs, as `cutaway.read` takes it; `font` as `cutaway.draw` takes it.
    """

    generation: int
    show_shapes: bool = False
    show_dtype: bool = False
    show_layer_names: bool = False
    rankdir: str = "TB"
    expand_nested: bool = False
    dpi: float = 200
    layer_range: Sequence[str] | None = None
    show_layer_activations: bool = False
    show_trainable: bool = False
    splines: str = "ortho"
    show_layer_numbers: bool | None = None
    input_shape: "Shapes | None" = None
    font: FilePath | Sequence[FilePath] | None = None


def plotted(model: object, plotting: Plotting) -> Figure:
    """Return the figure of a live model, of what a file holds, or of a Graph: each call a box, in our look.

    There are no boxes but these, which are the nodes of the Dot that `model_to_dot` makes.
    """
    whole, show = graph_of(model, plotting), _facts(plotting)
    graph = shown(whole, plotting)
    numbers = plotting.show_layer_numbers
    if numbers is None:
        numbers = not (plotting.show_layer_names or _is_distinct(graph, plotting, show))
    view = Calls(
        show=show,
        direction=RANKDIRS[plotting.rankdir],
        lines=LINES[plotting.splines],
        depth=None if plotting.expand_nested else 0,
        fold="none",
        simplify="none",
        stages=False,
        numbers=numbers,
        is_part=is_cut(whole, plotting),
    )
    theme = PAPER if plotting.font is None else chosen_theme(PAPER, plotting.font)
    return Figure(graph=graph, view=view, theme=theme, wish=WISH)


def generation_of(model: object) -> int:
    """Return the generation of Keras whose defaults a model has: its own, or 3 where it is not live."""
    if isinstance(model, Graph) or not is_live(model):
        return 3
    from cutaway.sources.live.nodes import keras_of

    return keras_of(model) or 3


def keywords(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of a function's arguments, its `locals()`, that Plotting knows, and those in its `unknown`."""
    known = {name: arguments[name] for name in Plotting.__record_fields__ if name in arguments}
    return {**known, **arguments["unknown"]}


def settled(
    function: str, model: object, after: Sequence[object], given: Mapping[str, Any], *, names: bool | None = None
) -> Plotting:
    """Return the arguments of a call of a `function` with the defaults of the model's generation for what is None.

    `after` are those behind the last that both generations have in the same place: a truth value begins those of
    Keras 3, anything else those of Keras 2. `names` is the default of `show_layer_names` in Keras 3. Raises
    KeywordError for keywords that are not known, ArgumentError for values that cannot be used.
    """
    generation = generation_of(model)
    values = dict(given)
    order = _AFTER[3 if after and isinstance(after[0], bool) else 2]
    if len(after) > len(order):
        raise KeywordError(
            f"{function}() got {len(after)} arguments behind those that both generations of Keras have, where"
            f" only {len(order)} can stand: {', '.join(order)}; give the others by their names"
        )
    for name, value in zip(order, after, strict=False):
        if values.get(name) is not None:
            raise KeywordError(f"{function}() got multiple values for argument {name!r}")
        values[name] = value
    known = [*_OWN.get(function, ()), *[name for name in Plotting.__record_fields__ if name != "generation"]]
    for name in values:
        if name not in known:
            raise KeywordError(f"{function}() got an unexpected keyword argument {name!r}: {unknown(name, known)}")
    defaults = {"show_layer_names": bool(names) or generation == 2, "dpi": _DPI[generation]}
    values = defaults | {name: value for name, value in values.items() if value is not None}
    flags: dict[str, Any] = {
        name: bool(value) for name, value in values.items() if name.startswith(("show_", "expand_"))
    }
    return Plotting(generation=generation, **(values | flags | _checked(values)))


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those values that may be other than true or false, as they are meant."""
    found = {}
    if "rankdir" in values:
        rankdir = values["rankdir"]
        if not isinstance(rankdir, str) or rankdir not in RANKDIRS:
            upper = str(rankdir).upper()
            meant = f"did you mean {upper!r}? " if upper in RANKDIRS else ""
            raise ArgumentError(f"cannot plot with rankdir={rankdir!r}: {meant}{unknown(None, RANKDIRS)}")
        found["rankdir"] = rankdir
    if "splines" in values:
        given = values["splines"]
        splines = _SAME.get(given, given) if isinstance(given, str | bool) else given
        if not isinstance(splines, str) or splines not in LINES:
            raise ArgumentError(f"cannot plot with splines={given!r}: {unknown(given, LINES)}, True or False")
        found["splines"] = splines
    dpi = values["dpi"]
    if isinstance(dpi, bool) or not _is_real(dpi) or not isfinite(dpi) or dpi <= 0:
        raise ArgumentError(f"cannot plot with dpi={dpi!r}: give dots per inch as a number above 0, such as 200")
    return found | {"dpi": float(dpi)}


def _is_real(value: object) -> bool:
    if isinstance(value, int | float):
        return True
    from numbers import Real

    return isinstance(value, Real)


def graph_of(model: object, plotting: Plotting) -> Graph:
    """Return a model as a graph; warns of one that is not built."""
    if isinstance(model, Graph):
        return model
    graph = _read(model, plotting)
    if not graph.inputs:
        from cutaway.sources.unbuilt import warn_unbuilt

        warn_unbuilt(graph)
    return graph


def _read(model: object, plotting: Plotting) -> Graph:
    """Read a model, and what tells of the parts of a user's own classes where these are to be opened."""
    if not plotting.expand_nested:
        return read(model, input_shape=plotting.input_shape)
    if is_live(model):
        return read_live(model, input_shape=plotting.input_shape, parts=True)[0]
    return read_needed(model, _untold, input_shape=plotting.input_shape)


def _untold(graph: Graph) -> Collection[str] | None:
    """Return the nodes of which the class tells what they hold; None where that is all of them."""
    from cutaway.compat.keras.held import is_own

    told = frozenset([node.id for node in graph.nodes if node.weights == () or not is_own(node)])
    return None if len(told) == len(graph.nodes) else told


def _facts(plotting: Plotting) -> tuple[Fact, ...]:
    """Return the words of `show` for what is asked for."""
    asked: dict[Fact, bool] = {
        "names": plotting.show_layer_names,
        "io_shapes": plotting.show_shapes,
        "io_dtypes": plotting.show_dtype,
        "activations": plotting.show_layer_activations,
        "trained": plotting.show_trainable,
    }
    return ("classes", *[fact for fact, is_asked in asked.items() if is_asked])


def _is_distinct(graph: Graph, plotting: Plotting, show: Sequence[str]) -> bool:
    """Tell whether no two boxes say the same."""
    from cutaway.analysis.collapse import collapse
    from cutaway.views.in_full import classed, full_lines

    drawn = graph if plotting.expand_nested else collapse(graph, 0).graph
    facts, told = frozenset(show), set[object]()
    for node in drawn.nodes:
        said = (classed(node, facts, ()), tuple(full_lines(node, facts)))
        if said in told:
            return False
        told.add(said)
    return True
