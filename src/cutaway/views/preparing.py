"""What every view does with a graph before it draws: infer, hide, simplify, fold, find stages; once for all sizes."""

from collections.abc import Callable, Mapping
from functools import cached_property

from cutaway.analysis.loose import loose
from cutaway.analysis.reduction import READABLE, Reducing, Reduction, Reductions
from cutaway.errors import InputError
from cutaway.garbage import uncollected
from cutaway.graph import Graph, Kind
from cutaway.record import Record, field
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.naming import shared_ids

if TYPE_CHECKING:
    from cutaway.page import Page
    from cutaway.scene import Scene
    from cutaway.theme import Theme
    from cutaway.views.block_names import BlockWords
    from cutaway.views.composition import Composition
    from cutaway.views.explaining import Explaining
    from cutaway.views.frame import Frame
    from cutaway.views.parts.picture import Picture, Pictures
    from cutaway.views.readings import Readings
    from cutaway.views.sizing.axes import Axes
    from cutaway.views.styling import Styling

_CHOICES = ("highlight", "mute", "hide", "style", "captions", "notes")


class Prepared(Record, eq=False):
    """What of a graph is drawn, the same in every size and direction: `known` is whole, `reduction` what is left.

    `totals` say how large the model is, where that is asked for; `shared` are the ids of calls whose weights other
    calls use too; `explaining` makes the drawings that explain folded blocks, `words` are what is said of these;
    `measured` keeps the numbers by the words for the side of a box that stands for them, `axes` what those of outputs
    mean (views.sizing.drawn); `pictures` are those of styles, by the ids of nodes, in views that draw such; `loose` is
    where nobody knows how the data flows (analysis.loose).
    """

    known: Graph
    totals: tuple[str, ...]
    reduction: Reduction
    shared: frozenset[str]
    styling: "Styling | None"
    explaining: "Explaining | None"
    words: "Mapping[str, BlockWords]"
    measured: "dict[str, Readings]" = field(default_factory=dict)
    axes: "dict[str, tuple[Axes, ...]]" = field(default_factory=dict)
    pictures: "Mapping[str, Picture]" = field(default_factory=dict)
    loose: frozenset[str | None] = frozenset()

    @property
    def opened(self) -> "Mapping[str, BlockWords]":
        """What is said of open blocks, on the borders of their regions."""
        return {block: words for block, words in self.words.items() if self.reduction.blocks[block].is_open}


class PreparingView(Record):
    """A view that prepares a graph once, and composes it in whatever size and direction it may be drawn.

    `rules` are the caller's own for classes of layers (analysis.rules.Given), `assume` the sizes that were put in place
    of open ones; `most` boxes are drawn where nothing else is said. What `is_part` of a larger model may lack lines
    that are known.
    """

    rules: Mapping[str, Any] | None = None
    assume: Any = None
    most: int = READABLE
    is_part: bool = False

    @property
    def always(self) -> tuple[str, ...]:
        """What is simplified in small models too where nobody says what (words of analysis.simplify)."""
        return ()

    @uncollected
    def __call__(self, graph: Graph, theme: "Theme", page: "Page") -> "Scene":  # noqa: ARG002 - others fit it to a page
        """Return the figure of `graph` in its natural size."""
        from cutaway.views.frame import framed

        return framed(*self.composed(self.prepared(graph), theme))

    def prepared(self, graph: Graph) -> Any:  # noqa: ANN401 - what a view prepares is its own
        """Return what of a graph is drawn: once for all sizes and directions that are tried."""
        return self.preparing(graph)(self.most)

    def preparing(self, graph: Graph) -> Callable[[int], Any]:
        """Return what prepares a graph for as many boxes as it is given; what these share is made once, when needed."""
        return Preparing(self, graph).at

    def composed(self, prepared: Any, theme: "Theme", breadth: float = 1.0) -> "tuple[Composition, Frame]":  # noqa: ANN401
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        raise NotImplementedError


class Preparing:
    """A graph while it is made ready to be drawn, for as many boxes as are asked for; what these share is made once.

    `view` has all options of `views.option`, `rules`, `most` and `is_measured`.
    """

    def __init__(self, view: Any, graph: Graph) -> None:  # noqa: ANN401 - a view of any kind
        self._view = view
        self._graph = graph
        if view.style:
            from cutaway.views.unused import warn_of_unused

            warn_of_unused(view, view.style)

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
            pictures=self._pictures_of(styling) if styling else {},
            loose=self._loose,
        )

    def _pictures_of(self, styling: "Styling") -> "Mapping[str, Picture]":
        """Return the pictures that can be read."""
        given = styling.values("picture") if "picture" in getattr(self._view, "draws", ()) else {}
        return {node: found for node, each in given.items() if (found := self._pictures(each))}

    @cached_property
    def _pictures(self) -> "Pictures":
        from cutaway.views.parts.picture import Pictures

        return Pictures()

    @cached_property
    def _known(self) -> Graph:
        """The graph with the shapes, and where numbers are asked for the weights, that follow from it."""
        if self._view.is_measured or self._view.totals:
            from cutaway.analysis.complete import complete

            return _with_lengths(complete(self._graph, rules=self._view.rules, verify=False))
        from cutaway.analysis.shapes import infer

        return _with_lengths(infer(self._graph, verify=False))

    @cached_property
    def _loose(self) -> frozenset[str | None]:
        found = loose(self._known)
        return found - {None} if self._view.is_part else found

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
            always=view.always,
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
    from cutaway.views.block_names import block_names, block_words

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
