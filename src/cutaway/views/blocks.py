"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from typing import Any

from cutaway.layered.problem import Direction
from cutaway.theme import Theme
from cutaway.views import shared_options
from cutaway.views.block_composing import composed
from cutaway.views.composition import Composition
from cutaway.views.facts import FACTS, Fact, LineName, MeasureName, SizeName
from cutaway.views.frame import Frame
from cutaway.views.option import option
from cutaway.views.preparing import Prepared, PreparingView

_STRUCTURAL = frozenset({"shapes", "dtypes", "names", "activations", "classes", "io_shapes", "io_dtypes"})
"""Facts that need no numbers."""


class Blocks(PreparingView):
    """Draw a model as boxes and arrows.

    Beside the options, `store` holds the values of the weights (views.inside.Store).
    """

    show: tuple[Fact, ...] = option(
        ("shapes", "activations"), "what to say about layers, separated by commas", words=FACTS
    )
    direction: Direction = option("down", "where the data flows on the page")
    lines: LineName = option("rounded", "how lines are led")
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
    store: Any = None

    @property
    def is_measured(self) -> bool:
        """Whether numbers are asked for, which take more than reading the model's structure."""
        return bool(self.color_by or self.size_by not in {None, "shape"} or not _STRUCTURAL.issuperset(self.show))

    def composed(self, prepared: Prepared, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        return composed(self, prepared, theme, breadth)
