"""What the layout is asked (Box, Link, Cluster in a Problem) and what it answers (Layout)."""

from collections.abc import Mapping

from cutaway.geometry import Point, Rect, Size
from cutaway.record import Record, field, replace
from cutaway.typed import Literal

Direction = Literal["down", "up", "right", "left"]
"""Where the links lead on the page."""


class Box(Record, kw_only=False, many=True):
    """Something with a size to be placed, as it will be seen on the page, whatever the direction.

    A `round` box is a small circle or pill: its middle input enters along the flow, others may enter from its sides.
    Lines end on it `margin` points or more within its corners. `axis` is where the line passes that is to be straight,
    from its upper or, in a column, left side; None is the middle. Others end no farther from that on either side.
    """

    id: str
    size: Size
    cluster: str | None = None
    round: bool = False
    margin: float = 0.0
    axis: float | None = None


class Link(Record, kw_only=False, many=True):
    """A line from one box to another.

    Links with an equal `tensor` carry the same thing, leave by one port and share one lane until they part. `order` is
    the place among the inputs of the target: inputs enter in that order where that costs no crossing. `label` is
    the size of a text set beside the first stretch of the lane; only the first link of a tensor may carry one.
    """

    id: str
    source: str
    target: str
    tensor: str
    order: int = 0
    label: Size | None = None


class Insets(Record):
    """Room between a cluster's border and its members, on the page."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


class Cluster(Record):
    """A region around its boxes and inner clusters. `caption` is kept free in the upper left corner of the page.

    Where the region goes on in a further part, its caption there is at `least` so wide; 0 is as wide as it would be.
    """

    id: str
    parent: str | None = None
    insets: Insets = Insets()
    caption: Size = Size(0.0, 0.0)
    least: float = 0.0


class Gaps(Record):
    """Least distances in points: between boxes along the flow and across it, between parallel lanes, around labels.

    `port` is that between two lines that end on one side of a box: of the width of an arrowhead; `beside` is what a
    lane keeps to boxes on top of the distance of boxes.
    """

    rank: float = 18.0
    box: float = 14.0
    lane: float = 8.0
    label: float = 4.0
    port: float = 5.0
    beside: float = 0.0


class Problem(Record):
    """Boxes, links and clusters to be laid out in one direction; ids are unique among boxes and clusters.

    Boxes beside each other are sorted in so many `rounds` at most, to save crossings, or as long as that helps; with 0
    they stay as their paths put them. Only what `may_bend` becomes a U, where lines enter some boxes from their sides.
    """

    boxes: tuple[Box, ...]
    links: tuple[Link, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    direction: Direction = "down"
    gaps: Gaps = field(default_factory=Gaps)
    rounds: int | None = None
    may_bend: bool = True


class Continued(Record):
    """A further part of a cluster that is wrapped; `caption` is the room to name it once more, where there is any."""

    rect: Rect
    caption: Rect | None = None


Route = tuple[Point, ...]
"""The corners of an orthogonal line, from the source's border to the target's border, sharp: the view rounds them."""
Corners = tuple[tuple[float, float], ...]
"""A route whose points are not made: of a layout that is wrapped, there are thousands that nobody asks for."""


class Layout(Record):
    """Where everything goes, from the origin on: nothing has a negative coordinate or reaches beyond `size`.

    Routes and labels are keyed by link id; `boxes` and `clusters` by their ids. A cluster that is wrapped has further
    parts in `continued`.
    """

    size: Size
    boxes: Mapping[str, Rect]
    clusters: Mapping[str, Rect]
    routes: Mapping[str, Route]
    labels: Mapping[str, Rect]
    continued: Mapping[str, tuple[Continued, ...]] = field(default_factory=dict)


def routed(layout: Layout, lines: Mapping[str, Corners]) -> Layout:
    """Return a layout with the routes through these corners."""
    return replace(layout, routes={name: route_through(line) for name, line in lines.items()})


def route_through(corners: Corners) -> Route:
    """Return the route through corners."""
    return tuple([Point(x, y) for x, y in corners])
