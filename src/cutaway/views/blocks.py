"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from collections.abc import Callable, Mapping
from typing import Any

from cutaway.analysis.reduction import READABLE
from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import Record
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views import shared_options
from cutaway.views.block_composing import composed
from cutaway.views.composition import Composition
from cutaway.views.facts import FACTS, Fact, MeasureName, SizeName
from cutaway.views.frame import Frame, framed
from cutaway.views.option import option
from cutaway.views.preparing import Prepared, Preparing

_STRUCTURAL = frozenset({"shapes", "dtypes", "names", "activations"})
"""Facts that need no numbers."""


class Blocks(Record):
    """Draw a model as boxes and arrows.

    Beside the options, `rules` are the caller's own for classes of layers (analysis.rules.Given), and `store` holds the
    values of the weights (views.inside.Store); `assume` are the sizes that were put in place of open ones.
    """

    show: tuple[Fact, ...] = option(
        ("shapes", "activations"), "what to say about layers, separated by commas", words=FACTS
    )
    direction: Direction = option("down", "where the data flows on the page")
    depth: int | None = shared_options.DEPTH
    fold: Any = shared_options.FOLD
    unfold: Any = shared_options.UNFOLD
    simplify: Any = shared_options.SIMPLIFY
    stages: bool = shared_options.STAGES
    color_by: MeasureName | None = option(
        None, "colour the boxes by a number that `show` names (default: by their kind)", "NUMBER"
    )
    size_by: SizeName | None = option(
        None,
        "let boxes grow with the 'shape' of outputs, or a number that `show` names (default: with their text)",
        "NUMBER",
    )
    numbers: bool = option(False, "number the boxes and add a key with the layers' names")
    highlight: Any = shared_options.HIGHLIGHT
    mute: Any = shared_options.MUTE
    hide: Any = shared_options.HIDE
    style: Any = shared_options.STYLE
    captions: Any = shared_options.CAPTIONS
    notes: Any = shared_options.NOTES
    legend: bool = shared_options.LEGEND
    title: str | None = shared_options.TITLE
    totals: bool = shared_options.TOTALS
    rules: Mapping[str, Any] | None = None
    store: Any = None
    assume: Any = None
    most: int = READABLE

    @property
    def is_measured(self) -> bool:
        """Whether numbers are asked for, which take more than reading the model's structure."""
        return bool(self.color_by or self.size_by not in {None, "shape"} or not _STRUCTURAL.issuperset(self.show))

    @uncollected
    def __call__(self, graph: Graph, theme: Theme, page: Page) -> Scene:  # noqa: ARG002 - fitting comes from outside
        """Return the figure of `graph` in its natural size."""
        return framed(*self.composed(self.prepared(graph), theme))

    def prepared(self, graph: Graph) -> Prepared:
        """Return what of a graph is drawn: once for all sizes and directions that are tried."""
        return self.preparing(graph)(self.most)

    def preparing(self, graph: Graph) -> Callable[[int], Prepared]:
        """Return what prepares a graph for as many boxes as it is given; what these share is made once, when needed."""
        return Preparing(self, graph).at

    def composed(self, prepared: Prepared, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        return composed(self, prepared, theme, breadth)
