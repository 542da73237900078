"""The `volumes` view: each node a cuboid as large as what it gives, one behind the other, skips above them."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.layered.problem import Direction
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any, Literal
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

if TYPE_CHECKING:
    from cutaway.views.composition import Composition
    from cutaway.views.frame import Frame


class Volumes(PreparingView):
    """Draw a model as cuboids that are as large as what its layers give.

    Beside the options, `sizes` say how long sides are where the options cannot. `groupings` (views.parts.grouping) lie
    behind the volumes that they name, `logos` (views.parts.logos) on those whose ids they have; `logo_legend` says what
    these mean. Without `plates`, what only hands on a tensor is as wide as what makes it. `room` is how wide a figure
    for a page may be, in points.
    """

    direction: Literal["right", "left"] = option("right", "where the data flows on the page")
    sizing: Mode = option("natural", "how sides grow with sizes", words=MODES)
    scale_xy: float | None = option(
        None, "points for a unit of height and depth (default: by the mode)", "NUMBER", bounds=SCALES
    )
    scale_z: float | None = option(
        None, "points for a unit of channels (default: by the mode)", "NUMBER", bounds=SCALES
    )
    min_xy: float | None = option(
        None, "least height and depth in points (default: by the mode)", "POINTS", bounds=LENGTHS
    )
    max_xy: float | None = option(
        None, "most height and depth in points (default: by the mode)", "POINTS", bounds=LENGTHS
    )
    min_z: float | None = option(None, "least width in points (default: by the mode)", "POINTS", bounds=LENGTHS)
    max_z: float | None = option(None, "most width in points (default: by the mode)", "POINTS", bounds=LENGTHS)
    caps: Any = option(
        None, "greatest lengths for 'channels', 'sequence' or 'general' (default: none)", "NAME=NUMBER", form="caps"
    )
    one_dim: Literal["x", "y", "z"] = option("y", "the side along which vectors lie: depth, height or width")
    flat: bool = option(False, "draw rectangles in place of cuboids")
    reversed: bool = option(False, "let lines into the page lead to the left, as for a decoder")
    angle: float = option(45.0, "of lines into the page", "DEGREES", bounds=(0.0, 90.0))
    depth_share: float = option(0.39, "how long lines into the page are drawn", "SHARE", bounds=(0.0, 1.0))
    rotation: float | None = option(
        None,
        "turn cuboids about the vertical, seen from above (default: lines into the page have an angle)",
        "DEGREES",
        bounds=(-80.0, 80.0),
    )
    spacing: float = option(1.6, "points between neighbours of one size", "POINTS", bounds=(0.0, 200.0))
    gap: float = option(12.0, "points where the size changes", "POINTS", bounds=(0.0, 200.0))
    funnels: bool = option(False, "lines from corner to corner of neighbours")
    connector_color: str | None = option(None, "of lines and arrows (default: by the theme)", "COLOR", form="color")
    connector_width: float | None = option(
        None, "of lines and arrows in points (default: by the theme)", "POINTS", bounds=(0.1, 10.0)
    )
    arrows: bool = option(True, "heads at the ends of lines")
    shade_step: int | None = option(None, "steps of 255 by which top and side are darker (default: by the theme)", "N")
    text: Any = option(
        None,
        "what stands beside each volume: name, type, shape, name_shape (default: sizes of several below them)",
        "WORD",
        form="text",
    )
    text_position: Literal["below", "above"] = option("below", "where that stands")
    dimensions: bool = option(False, "list the shapes of all that has a colour in the legend")
    padding: float | None = option(
        None, "points around the figure (default: by the theme)", "POINTS", bounds=(0.0, 500)
    )
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
    sizes: Sizing | None = None
    groupings: tuple[Any, ...] = ()
    logos: Mapping[str, Any] = MappingProxyType({})
    logo_legend: Any = None
    plates: bool = True
    room: float | None = None
    is_measured: bool = False

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions in which it can be drawn for a page."""
        return (self.direction,)

    @property
    def always(self) -> tuple[str, ...]:
        """What is simplified in small models too: dropouts give what they get, lines of one tensor are one."""
        return "no-dropouts", "lines"

    @property
    def draws(self) -> tuple[str, ...]:
        """The properties of styles that not all views draw, but this one."""
        return ("picture", "fit", "face", "shade", "gap", "size", "flat")

    def composed(self, prepared: Prepared, theme: Theme, breadth: float = 1.0) -> "tuple[Composition, Frame]":
        """Return what is to be drawn, and the words around it; volumes may be `breadth` times as large as usual."""
        from cutaway.views.volumes.composing import composed

        return composed(self, prepared, theme, breadth)
