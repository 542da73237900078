"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cutaway.analysis.reduction import READABLE, Reducing, Reduction, reduced
from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import record, replace
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views.block_glyphs import GlyphMaker, evened
from cutaway.views.block_words import description, edge_labels, heading_facts, legend, node_titles
from cutaway.views.composition import Composition, output_key
from cutaway.views.facts import FACTS, Fact, MeasureName
from cutaway.views.frame import Frame, framed
from cutaway.views.naming import border_names, captions, shared_ids, terminal_names
from cutaway.views.option import option
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.key import KeyEntry
from cutaway.views.parts.legend import Legend
from cutaway.views.parts.room import roomy

if TYPE_CHECKING:
    from cutaway.views.readings import Readings
    from cutaway.views.styling import Styling

_STRUCTURAL = frozenset({"shapes", "dtypes", "names", "activations"})
"""Facts that need no numbers."""
_CHOICES = ("highlight", "mute", "hide", "style", "captions", "notes")
_LIMITS = {"down": 118.0, "across": 74.0, "table": 150.0}
"""The widest line in a box, in points: boxes in a column may be wide, boxes in a row had better be high."""


@record
class Prepared:
    """What of a graph is drawn, the same in every size and direction: `known` is whole, `reduction` what is left."""

    known: Graph
    reduction: Reduction
    styling: "Styling | None"


@record
class Blocks:
    """Draw a model as boxes and arrows.

    Beside the options, `rules` are the caller's own for classes of layers (analysis.rules.Given), and `store` holds the
    values of the weights (views.inside.Store); `assume` are the sizes that were put in place of open ones.
    """

    show: tuple[Fact, ...] = option(
        ("shapes", "activations"), "what to say about layers, separated by commas", words=FACTS
    )
    direction: Direction = option("down", "where the data flows on the page")
    depth: int | None = option(None, "how deep nested models are opened; 0 keeps them closed (default: all)", "N")
    fold: Any = option(
        "none", "equal blocks as one box: 'auto' (above 40 boxes), 'none', a depth, or patterns by their names", "HOW",
        form="fold",
    )  # fmt: skip
    unfold: Any = option(None, "blocks to draw in full nevertheless, by their ids (default: none)", "ID", form="ids")
    simplify: Any = option(
        "none", "what is merged or left out: 'auto' (above 40 boxes), 'none', or words with commas between", "WORDS",
        form="simplify",
    )  # fmt: skip
    stages: bool = option(True, "regions around the stages of a folded model")
    color_by: MeasureName | None = option(
        None, "colour the boxes by a number that `show` names (default: by their kind)", "NUMBER"
    )
    size_by: MeasureName | None = option(
        None, "let the boxes grow with a number that `show` names (default: as large as their text)", "NUMBER"
    )
    numbers: bool = option(False, "number the boxes and add a key with the layers' names")
    highlight: Any = option(
        None, "nodes that stand out, while the rest recedes (default: none)", "SELECTOR", form="selectors"
    )
    mute: Any = option(None, "nodes that recede (default: none)", "SELECTOR", form="selectors")
    hide: Any = option(
        None, "nodes that are left out, while edges go through (default: none)", "SELECTOR", form="selectors"
    )
    style: Any = option(
        None, "colours, patterns and labels of nodes (default: by their kind)", "SELECTOR=STYLE", form="styles"
    )
    captions: Any = option(
        None, "regions around nodes, by their captions (default: nested models)", "TEXT=SELECTOR", form="captions"
    )
    notes: Any = option(None, "texts beside nodes (default: none)", "SELECTOR=TEXT", form="notes")
    legend: bool = option(True, "explain colours and signs below the figure")
    title: str | None = option(None, "the heading; empty for none (default: the model's name)", "TEXT")
    rules: Mapping[str, Any] | None = None
    store: Any = None
    assume: Any = None
    most: int = READABLE

    @property
    def is_measured(self) -> bool:
        """Whether numbers are asked for, which take more than reading the model's structure."""
        return bool(self.color_by or self.size_by or not _STRUCTURAL.issuperset(self.show))

    @uncollected
    def __call__(self, graph: Graph, theme: Theme, page: Page) -> Scene:  # noqa: ARG002 - fitting comes from outside
        """Return the figure of `graph` in its natural size."""
        return framed(*self.composed(self.prepared(graph), theme))

    def prepared(self, graph: Graph) -> Prepared:
        """Return what of a graph is drawn: once for all sizes and directions that are tried."""
        known = self._known(graph)
        styling = self._styling(known)
        reduction = styling.reduction if styling else self._reduced(known)
        return Prepared(known=known, reduction=reduction, styling=styling)

    def composed(self, prepared: Prepared, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        known, reduction, styling = prepared.known, prepared.reduction, prepared.styling
        drawn, show = reduction.graph, frozenset(self.show)
        readings = self._readings(known, drawn, theme) if self.is_measured else None
        totals = readings.totals if readings else ()
        shared = shared_ids(drawn)
        numbers = self._numbers(drawn)
        maker = GlyphMaker(
            theme=theme,
            show=show,
            limit=breadth * _limit(show, self.direction),
            names=terminal_names(drawn),
            shared=shared,
            merged=reduction.merged,
            marks=reduction.marks,
            borders=border_names(drawn),
            lines=readings.lines if readings else {},
            labels=styling.texts("label") if styling else {},
        )
        glyphs = evened(_glyphs(maker, known, reduction, numbers), self.direction, all_alike=_has_tables(show))
        glyphs = roomy(glyphs, drawn, self.direction, theme)
        if readings:
            from cutaway.views.parts.heat import applied, heated

            glyphs = applied(glyphs, readings, self.direction)
            theme = heated(theme) if readings.scale else theme
        if styling:
            glyphs, theme = _tinted(glyphs, styling, theme)
        composition = Composition(
            graph=drawn,
            theme=theme,
            direction=self.direction,
            glyphs=glyphs,
            labels=edge_labels(drawn, show),
            titles=node_titles(drawn, readings.titles) if readings else node_titles(drawn),
            captions=captions(drawn, shared),
            stands_for=reduction.stands_for,
            **(styling.of_composition() if styling else {}),
        )
        frame = Frame(
            title=known.name if self.title is None else self.title,
            facts=heading_facts(known, totals),
            legend=self._legend(composition, readings, prepared, sharing=bool(shared)) if self.legend else Legend(),
            key=tuple(KeyEntry(number=number, words=name) for name, number in numbers.items()),
            description=description(known, totals),
        )
        return composition, frame

    def _known(self, graph: Graph) -> Graph:
        """Return the graph with the shapes, and where numbers are asked for the weights, that follow from it."""
        if not self.is_measured:
            from cutaway.analysis.shapes import infer

            return infer(graph, verify=False)
        from cutaway.analysis.complete import complete

        return complete(graph, rules=self.rules, verify=False)

    def _reduced(self, graph: Graph) -> Reduction:
        """Return what is left of the graph to draw."""
        return reduced(
            graph,
            Reducing(
                fold=self.fold,
                unfold=tuple(self.unfold or ()),
                simplify=self.simplify,
                depth=self.depth,
                most=self.most,
                stages=self.stages and not self.captions,
            ),
        )

    def _readings(self, known: Graph, drawn: Graph, theme: Theme) -> "Readings":
        """Return the numbers that are asked for."""
        from cutaway.views.measured import Asked, readings

        asked = Asked(
            show=frozenset(self.show),
            color_by=self.color_by,
            size_by=self.size_by,
            across="The height" if self.direction in {"right", "left"} else "The width",
            rules=self.rules,
            store=self.store,
        )
        return readings(known, drawn, asked, theme)

    def _styling(self, known: Graph) -> "Styling | None":
        """Return what is chosen about single nodes, if anything is."""
        given = {name: value for name in _CHOICES if (value := getattr(self, name)) not in (None, (), [], {})}
        if not given:
            return None
        from cutaway.views.styling import Choices, styled

        return styled(known, self._reduced, Choices(**given))

    def _legend(
        self, composition: Composition, readings: "Readings | None", prepared: Prepared, *, sharing: bool
    ) -> Legend:
        """Return what explains the figure, and declares what is assumed."""
        found = legend(composition, readings, prepared, sharing=sharing)
        if self.assume is None:
            return found
        from cutaway.analysis.assume import assumption

        return replace(found, notes=(f"Assumed: {assumption(self.assume)}.", *found.notes))

    def _numbers(self, graph: Graph) -> dict[str, str]:
        return {node.id: str(place) for place, node in enumerate(graph.nodes, 1)} if self.numbers else {}


def _tinted(glyphs: Mapping[str, Glyph], styling: "Styling", theme: Theme) -> tuple[dict[str, Glyph], Theme]:
    """Return the glyphs as they are styled, and the theme with the colours of that."""
    from cutaway.views.parts.tint import tinted

    found = tinted(glyphs, styling.shades(output_key), theme)
    return dict(found.glyphs), found.theme


def _has_tables(show: frozenset[str]) -> bool:
    return not show.isdisjoint({"weights", "statistics", "initializers"})


def _limit(show: frozenset[str], direction: Direction) -> float:
    if _has_tables(show):
        return _LIMITS["table"]
    return _LIMITS["across" if direction in {"right", "left"} else "down"]


def _glyphs(maker: GlyphMaker, graph: Graph, reduction: Reduction, numbers: Mapping[str, str]) -> dict[str, Glyph]:
    """Return the glyphs of what is left of `graph`, and of its outputs."""
    fed = Counter(edge.target for edge in reduction.graph.edges)
    calls = {node.id for node in graph.nodes}
    nodes, glyphs = {node.id: node for node in reduction.graph.nodes}, dict[str, Glyph]()
    for node in nodes.values():
        number = numbers.get(node.id, "")
        block = reduction.blocks.get(node.id)
        if block is not None:
            glyphs[node.id] = maker.block(node, block, reduction.patterns[block.pattern], number)
        elif node.id in calls:
            glyphs[node.id] = maker.node(node, fed[node.id], number)
        else:
            members = len(calls.intersection(reduction.stands_for[node.id]))
            glyphs[node.id] = maker.closed(node, members, number)
    for place, output in enumerate(reduction.graph.outputs):
        glyphs[output_key(place)] = maker.output(output, nodes[output.node].outputs[output.port].tensor)
    return glyphs
