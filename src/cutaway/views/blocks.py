"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from cutaway.analysis.reduction import READABLE, Reducing, Reduction, Reductions
from cutaway.errors import InputError
from cutaway.garbage import uncollected
from cutaway.graph import Graph, Kind
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import record
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views.block_composing import Prepared, composed
from cutaway.views.composition import Composition
from cutaway.views.facts import FACTS, Fact, MeasureName
from cutaway.views.frame import Frame, framed
from cutaway.views.naming import shared_ids
from cutaway.views.option import option

if TYPE_CHECKING:
    from cutaway.views.block_counts import BlockWords
    from cutaway.views.explaining import Explaining
    from cutaway.views.styling import Styling

_STRUCTURAL = frozenset({"shapes", "dtypes", "names", "activations"})
"""Facts that need no numbers."""
_CHOICES = ("highlight", "mute", "hide", "style", "captions", "notes")


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
        "auto", "equal blocks as one box: 'auto' (above 40 boxes), 'none', a depth, or patterns by their names", "HOW",
        form="fold",
    )  # fmt: skip
    unfold: Any = option(None, "blocks to draw in full, by ids such as 'conv5_*' (default: none)", "ID", form="ids")
    simplify: Any = option(
        "auto", "what is merged or left out: 'auto' (above 40 boxes), 'none', or words with commas between", "WORDS",
        form="simplify",
    )  # fmt: skip
    stages: bool = option(True, "regions around the stages of a folded model, but where captions cut them")
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
        None, "regions around whole boxes, by their captions (default: nested models)", "TEXT=SELECTOR", form="captions"
    )
    notes: Any = option(None, "texts beside nodes (default: none)", "SELECTOR=TEXT", form="notes")
    legend: bool = option(True, "explain colours and signs below the figure")
    title: str | None = option(None, "the heading; empty for none (default: the model's name)", "TEXT")
    totals: bool = option(False, "parameters and multiply–adds beside the title (default: in figures for a place)")
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
        return self.preparing(graph)(self.most)

    def preparing(self, graph: Graph) -> Callable[[int], Prepared]:
        """Return what prepares a graph for as many boxes as it is given; what these share is made once, when needed."""
        return _Preparing(self, graph).at

    def composed(self, prepared: Prepared, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        return composed(self, prepared, theme, breadth)


class _Preparing:
    """A graph while it is made ready to be drawn, for as many boxes as are asked for; what these share is made once."""

    def __init__(self, view: Blocks, graph: Graph) -> None:
        self._view: Final = view
        self._graph: Final = graph

    def at(self, most: int) -> Prepared:
        """Return what is drawn where a figure should have at most so many boxes, or as many as the view has.

        These are drawn where fewer boxes are none that a caller's regions and ids mean.
        """
        try:
            return self._at(most)
        except InputError:
            if most >= self._view.most:
                raise
            return self._at(self._view.most)

    def _at(self, most: int) -> Prepared:
        styling = self._styling(most)
        reduction = styling.reduction if styling else self._reductions.at(most)
        words = _words(reduction)
        return Prepared(
            known=self._known,
            totals=self._totals if self._view.totals else (),
            reduction=reduction,
            shared=shared_ids(reduction.graph),
            styling=styling,
            explaining=_explaining(reduction, words) if self._view.legend else None,
            words=words,
        )

    @cached_property
    def _known(self) -> Graph:
        """The graph with the shapes, and where numbers are asked for the weights, that follow from it."""
        if self._view.is_measured or self._view.totals:
            from cutaway.analysis.complete import complete

            return _with_lengths(complete(self._graph, rules=self._view.rules, verify=False))
        from cutaway.analysis.shapes import infer

        return _with_lengths(infer(self._graph, verify=False))

    @cached_property
    def _totals(self) -> tuple[str, ...]:
        from cutaway.views.quantities import known_totals

        return known_totals(self._known, self._view.rules)

    @cached_property
    def _asked(self) -> Reducing:
        view = self._view
        return Reducing(
            fold=view.fold,
            unfold=tuple(view.unfold or ()),
            simplify=view.simplify,
            depth=view.depth,
            stages=view.stages,
        )

    @cached_property
    def _reductions(self) -> Reductions:
        return Reductions(self._known, self._asked)

    def _styling(self, most: int) -> "Styling | None":
        """Return what is chosen about single nodes, if anything is."""
        view, known = self._view, self._known
        given = {name: value for name in _CHOICES if (value := getattr(view, name)) not in (None, (), [], {})}
        if not given:
            return None
        from cutaway.views.styling import Choices, styled

        def reducing(graph: Graph) -> Reduction:
            reductions = self._reductions if graph is known else Reductions(graph, self._asked)
            return reductions.at(most)

        return styled(known, reducing, Choices(**given))


def _with_lengths(graph: Graph) -> Graph:
    """Return the graph with names for open lengths, where there may be any."""
    if not any(node.kind is Kind.EMBEDDING for node in graph.nodes):
        return graph
    from cutaway.analysis.lengths import named_lengths

    return named_lengths(graph)


def _words(reduction: Reduction) -> "Mapping[str, BlockWords]":
    """Return what is said of folded blocks."""
    if not reduction.blocks:
        return {}
    from cutaway.views.block_counts import block_words
    from cutaway.views.block_names import block_names

    return {
        identity: block_words(block := reduction.blocks[identity], reduction.patterns[block.pattern], name)
        for identity, name in block_names(reduction).items()
    }


def _explaining(reduction: Reduction, words: "Mapping[str, BlockWords]") -> "Explaining | None":
    """Return what is to be explained about folded blocks."""
    if not reduction.blocks:
        return None
    from cutaway.views.explaining import Explaining

    if all(len(set(pattern.fed)) < 2 for pattern in reduction.patterns):
        return Explaining(reduction.blocks, reduction.patterns)  # each block is entered by one tensor
    from cutaway.views.explaining.origins import origins_of

    return Explaining(reduction.blocks, reduction.patterns, origins_of(reduction, words))
