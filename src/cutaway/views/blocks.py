"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from cutaway.layered.problem import Direction
from cutaway.theme import Theme
from cutaway.typed import Any
from cutaway.views.block_composing import composed
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame
from cutaway.views.option import (
    CAPTIONS,
    DEPTH,
    FACTS,
    FOLD,
    HIDE,
    HIGHLIGHT,
    LEGEND,
    MUTE,
    NOTES,
    SIMPLIFY,
    STAGES,
    STYLE,
    TITLE,
    TOTALS,
    UNFOLD,
    Fact,
    LineName,
    MeasureName,
    SizeName,
    option,
)
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
    depth: int | None = DEPTH
    fold: Any = FOLD
    unfold: Any = UNFOLD
    simplify: Any = SIMPLIFY
    stages: bool = STAGES
    color_by: MeasureName | None = option(
        None, "colour the boxes by a number that `show` names (default: by their kind)", "NUMBER"
    )
    size_by: SizeName | None = option(
        None,
        "let boxes grow with the 'shape' of outputs, or a number that `show` names (default: with their text)",
        "NUMBER",
    )
    numbers: bool = option(False, "number the boxes and add a key with the layers' names")
    highlight: Any = HIGHLIGHT
    mute: Any = MUTE
    hide: Any = HIDE
    style: Any = STYLE
    captions: Any = CAPTIONS
    notes: Any = NOTES
    legend: bool = LEGEND
    title: str | None = TITLE
    totals: bool = TOTALS
    store: Any = None

    @property
    def is_measured(self) -> bool:
        """Whether numbers are asked for, which take more than reading the model's structure."""
        return bool(self.color_by or self.size_by not in {None, "shape"} or not _STRUCTURAL.issuperset(self.show))

    def composed(self, prepared: Prepared, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        return composed(self, prepared, theme, breadth)
