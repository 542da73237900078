"""The figure of a Dot, as it is when it is drawn: that of `plot_model`, with what a caller changed in the Dot."""

from cutaway.compat.keras.called import output_notes
from cutaway.compat.keras.dot.labelled import graph_title
from cutaway.compat.keras.dot.origin import Origin
from cutaway.compat.keras.dot.painted import painted
from cutaway.compat.keras.dot.redrawing import Redrawing, Redrawn
from cutaway.compat.keras.dot.sketch import Asked, Attributes, Sketch, sketch
from cutaway.compat.keras.plotting import WISH, Plotting, plotted, settled
from cutaway.figure import Figure
from cutaway.fit.natural import natural
from cutaway.graph import Graph
from cutaway.record import Record, replace
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.block_words import legend
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame, framed

if TYPE_CHECKING:
    from cutaway.compat.keras.dot.drawn_dot import DrawnDot
    from cutaway.page import Page
    from cutaway.scene import Scene
    from cutaway.theme import Theme

_ARGUMENTS = ("rankdir", "dpi", "splines")


class Picture(Record, eq=False):
    """A figure, and the dots per inch that its Dot asks for."""

    figure: Figure
    dpi: float


def picture(dot: "DrawnDot", asked: Asked) -> Picture:
    """Return the figure of a Dot; `asked` is what is set from without."""
    from cutaway.compat.keras.dot.drawn_dot import DrawnDot

    origin = dot.origin or _nothing()
    now, before = sketch(dot.obj_dict, asked), sketch(DrawnDot(origin=origin).obj_dict)
    plotting = _replotted(origin.plotting, now.attributes)
    figure = plotted(origin.whole, plotting)
    if _without(now) != _without(before):
        figure = _redrawn(figure, replace(origin, plotting=plotting), before, now)
    return Picture(figure=figure, dpi=float(plotting.dpi))


def _nothing() -> Origin:
    """Return what a Dot is made of that somebody unpickled: what it says is all that is known."""
    graph = Graph(name="")
    return Origin(whole=graph, graph=graph, plotting=Plotting(generation=3), names={}, clusters={}, labels={})


def _replotted(plotting: Plotting, said: Attributes) -> Plotting:
    """Return the arguments with those that the attributes of a graph say. Raises ArgumentError for wrong values."""
    given: dict[str, Any] = {name: said[name] for name in _ARGUMENTS if name in said}
    if "dpi" in given:
        given["dpi"] = _number(given["dpi"])
    checked = settled("model_to_dot", None, (), given)
    return replace(plotting, **{name: getattr(checked, name) for name in given})


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _without(said: Sketch) -> Sketch:
    """Return what a Dot says, without what the arguments of `plot_model` say."""
    rest = {name: value for name, value in said.attributes.items() if name not in _ARGUMENTS}
    return replace(said, attributes=rest)


def _redrawn(figure: Figure, origin: Origin, before: Sketch, now: Sketch) -> Figure:
    """Return a figure with the changes in it; warns of those that it cannot show."""
    redrawing = Redrawing(origin, before, now, figure.graph.name)
    view: Any = figure.view
    prepared = view.prepared(figure.graph)
    composition, frame = view.composed(prepared, figure.theme)
    found = redrawing.redrawn(composition)
    is_titled = now.attributes.get("label") != before.attributes.get("label")
    title = graph_title(now.attributes, figure.graph.name) if is_titled else None
    explained = legend(found.explained, None, prepared)
    notes = (*explained.notes, *output_notes(prepared.reduction.graph, found.composition.glyphs))
    frame = replace(
        frame,
        title=frame.title if title is None else title,
        legend=replace(explained, notes=notes),
    )
    redrawing.warn()
    composed = _Composed(composition=found.composition, frame=frame)
    return Figure(graph=found.composition.graph, view=_Painted(inner=composed, redrawn=found), theme=figure.theme)


class _Composed(Record, eq=False):
    """The view of what is composed already."""

    composition: Composition
    frame: Frame

    def __call__(self, graph: Graph, theme: "Theme", page: "Page") -> "Scene":  # noqa: ARG002 - the form of a view
        """Draw it as it is."""
        return framed(self.composition, self.frame)

    def prepared(self, graph: Graph) -> None:
        """Prepare nothing."""

    def composed(self, prepared: None, theme: "Theme") -> tuple[Composition, Frame]:  # noqa: ARG002 - as above
        """Return what is composed."""
        return self.composition, self.frame


class _Painted(Record, eq=False):
    """The view that draws what is composed, with lines and regions in looks of their own."""

    inner: _Composed
    redrawn: Redrawn

    def __call__(self, graph: Graph, theme: "Theme", page: "Page") -> "Scene":  # noqa: ARG002 - as above
        """Draw it in its natural size."""
        scene = natural(graph, self.inner, theme, WISH).scene
        return painted(scene, self.redrawn.lines, self.redrawn.regions, self.inner.composition.theme)
