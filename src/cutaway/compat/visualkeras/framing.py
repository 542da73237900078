"""A finished drawing with its legends below it, on its ground."""

from collections.abc import Sequence
from math import ceil

from cutaway.compat.visualkeras.canvas import grounded
from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.record import Record
from cutaway.scene import Mark, Scene
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.parts.move import moved

if TYPE_CHECKING:
    from cutaway.compat.visualkeras.class_legend import ClassLegend
    from cutaway.views.parts.logos import LogoLegend


class Plate(Record, eq=False):
    """A finished drawing, and the graph that it shows."""

    scene: Scene
    graph: Graph


class Around(Record, eq=False):
    """What is called the drawing, and what stands below it."""

    name: str
    padding: float
    legend: "ClassLegend | None"
    logos: "LogoLegend | None"


def framed(marks: Sequence[Mark], size: Size, theme: Theme, around: Around, ground: Any) -> Scene:  # noqa: ANN401
    """Return the marks of a drawing, which has its padding around it, with the legends, which have theirs."""
    found, wide, high = list(marks), size.width, size.height
    if around.legend:
        group, breadth, height = around.legend.marks(wide, theme)
        found.append(moved(group, 0.0, high - around.padding))
        wide, high = max(wide, breadth), high - around.padding + height
    if around.logos:
        wide = max(wide, around.logos.breadth(theme))
        group, height = around.logos.marks(wide, theme)
        found.append(moved(group, 0.0, high - around.padding))
        high += height - around.padding + 2 * around.logos.padding
    scene = Scene(
        width=float(max(1, ceil(wide))),
        height=float(max(1, ceil(high))),
        marks=tuple(found),
        palette=theme.palette,
        title=around.name,
    )
    return grounded(scene, ground)
