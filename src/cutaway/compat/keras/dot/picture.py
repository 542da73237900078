"""The figure of a Dot, as it is when it is drawn."""

from typing import TYPE_CHECKING

from cutaway.compat.keras.plotting import plotted
from cutaway.figure import Figure
from cutaway.record import Record

if TYPE_CHECKING:
    from cutaway.compat.keras.dot.drawn_dot import DrawnDot


class Picture(Record, eq=False):
    """A figure, and the dots per inch that its Dot asks for."""

    figure: Figure
    dpi: float


def picture(dot: "DrawnDot", asked: dict[str, dict[str, str]]) -> Picture:
    """Return the figure of a Dot; `asked` are attributes of graph, nodes and edges from the command line."""
    origin = dot.origin
    assert origin is not None
    return Picture(figure=plotted(origin.whole, origin.plotting), dpi=float(origin.plotting.dpi))
