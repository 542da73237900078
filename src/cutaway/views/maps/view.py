"""The `maps` view: stacks of feature maps with windows on them, after LeCun et al. 1998, figure 2."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.layered.problem import Direction
from cutaway.theme import Theme
from cutaway.typed import Any, Literal
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame
from cutaway.views.maps.composing import composed
from cutaway.views.maps.look import MapLook
from cutaway.views.option import (
    CAPTIONS,
    DEPTH,
    FOLD,
    HIDE,
    HIGHLIGHT,
    LEGEND,
    LENGTHS,
    MUTE,
    NOTES,
    SCALES,
    SIMPLIFY,
    STAGES,
    STYLE,
    TITLE,
    TOTALS,
    UNFOLD,
    option,
)
from cutaway.views.preparing import Prepared, PreparingView
from cutaway.views.sizing import MODES, Mode, Sizing

Top = Literal["operation", "class", "name", "none"]
_TOPS: Mapping[str, str] = MappingProxyType(
    {
        "operation": "what the layer does",
        "class": "the name of its class",
        "name": "its own name",
        "none": "nothing",
    }
)


class Maps(PreparingView):
    """Draw a model as stacks of feature maps.

    Beside the options, `look` is how all nodes are drawn, and `looks` how some are, by their ids; `tops` and `bottoms`
    are words in place of the usual ones, likewise. `sizes` say how long sides are where the options cannot. Without
    `signs`, merges have bodies too. The roles `window` and `window.stroke` of a theme are the colours of all windows,
    where it has these. `groupings` (views.parts.grouping) lie behind the stacks that they name, `logos`
    (views.parts.logos) on those whose ids they have; `logo_legend` says what these mean.
    """

    direction: Direction = option("right", "where the data flows on the page")
    top: Top = option("operation", "what stands above a stack", words=_TOPS)
    bottom: bool = option(True, "write the size of the output below a stack")
    maps: int = option(8, "how many maps of a stack are drawn at most", "N", bounds=(1, 1000))
    sizing: Mode = option("natural", "how sides grow with sizes", words=MODES)
    scale_xy: float | None = option(
        None, "points for a unit of height and width (default: by the mode)", "NUMBER", bounds=SCALES
    )
    min_xy: float | None = option(
        None, "least height and width in points (default: by the mode)", "POINTS", bounds=LENGTHS
    )
    max_xy: float | None = option(
        None, "most height and width in points (default: by the mode)", "POINTS", bounds=LENGTHS
    )
    spacing: float = option(26.0, "points between neighbours", "POINTS", bounds=(0.0, 1000.0))
    offset: float = option(3.0, "points from one map of a stack to the next", "POINTS", bounds=(0.0, 100.0))
    windows: bool = option(True, "show what a kernel sees, on the map in front")
    window_scale: float = option(1.0, "how large windows are, beside what a kernel sees", "NUMBER", bounds=(0.0, 100.0))
    links: bool = option(True, "lines of kernels, funnels and full connections, in place of arrows")
    seed: int | None = option(None, "vary where windows lie (default: in the middle)", "N")
    depth: int | None = DEPTH
    fold: Any = FOLD
    unfold: Any = UNFOLD
    simplify: Any = SIMPLIFY
    stages: bool = STAGES
    highlight: Any = HIGHLIGHT
    mute: Any = MUTE
    hide: Any = HIDE
    style: Any = STYLE
    captions: Any = CAPTIONS
    notes: Any = NOTES
    legend: bool = LEGEND
    title: str | None = TITLE
    totals: bool = TOTALS
    look: MapLook = MapLook()
    looks: Mapping[str, MapLook] = MappingProxyType({})
    tops: Mapping[str, str] = MappingProxyType({})
    bottoms: Mapping[str, str] = MappingProxyType({})
    sizes: Sizing | None = None
    signs: bool = True
    groupings: tuple[Any, ...] = ()
    logos: Mapping[str, Any] = MappingProxyType({})
    logo_legend: Any = None
    is_measured: bool = False

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions in which it is drawn for a page: stacks in rows are easier to read than below each other."""
        return (self.direction,)

    @property
    def draws(self) -> tuple[str, ...]:
        """The properties of styles that not all views draw, but this one."""
        return ("picture", "fit", "shade", "gap", "size", "flat", "limit")

    def composed(self, prepared: Prepared, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it; words may be `breadth` times as wide as usual."""
        return composed(self, prepared, theme, breadth)
