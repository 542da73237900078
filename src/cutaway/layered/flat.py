"""One level of a problem (the members of one cluster, links ending at its border) and its drawing.

All of `layered` below `direction.py` works in one direction: down. The axis of a node is the x at which its main link
passes; x is measured from the main path of the level, y from its upper border.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, Literal, NamedTuple, TypeAlias

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Gaps
from cutaway.record import field, record


class Border(Enum):
    """Where a tensor passes the border of a level; no id of a box or cluster is equal to it."""

    ENTRY = "entry"
    EXIT = "exit"


ENTRY: Final = Border.ENTRY
EXIT: Final = Border.EXIT


@record
class Node:
    """A box, a finished cluster, or the place where a tensor enters or leaves the level through its border.

    `left` and `right` are measured from the axis, as are `ins` and `outs`, the fixed ports of a cluster by tensor; a
    box has none: its ports are free.

    A chain of boxes as one node also has the half widths of its `upper` and `lower` box, the `drop` from the upper
    border of its `row` of a given height, and how far labels within it `reach` to the right.
    """

    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    round: bool = False
    border: Border | None = None
    weight: float = 1.0
    upper: float = 0.0
    lower: float = 0.0
    drop: float = 0.0
    row: float = 0.0
    reach: float = 0.0
    ins: Mapping[str, float] = field(default_factory=dict)
    outs: Mapping[str, float] = field(default_factory=dict)

    @property
    def half(self) -> float:
        """How far a port may be from the axis on both sides."""
        return min(self.left, self.right)


class Pin(NamedTuple):
    """An end of a net: the node it enters, and as which of its inputs."""

    node: int
    order: float


@record
class Net:
    """All links of one tensor on this level: one source, any number of pins, one label beside the first stretch."""

    tensor: str
    source: int
    pins: tuple[Pin, ...]
    label: Size | None = None


def renumbered(net: Net, numbers: Sequence[int] | Mapping[int, int], label: Size | None) -> Net:
    """Return a net on a level where its nodes have other numbers, with this label."""
    pins = tuple(Pin(numbers[pin.node], pin.order) for pin in net.pins)
    return Net(tensor=net.tensor, source=numbers[net.source], pins=pins, label=label)


@record
class Style:
    """What holds for all levels: distances, the side that skips prefer, whether inputs count from the right."""

    gaps: Gaps
    side: Literal[-1, 1] = 1
    mirror: bool = False


@record
class Flat:
    """Nodes and nets of one level.

    `head` and `foot` is the height kept free at its upper and lower border, `brow` and `sole` the part of it where no
    lane may bend.
    """

    nodes: tuple[Node, ...]
    nets: tuple[Net, ...]
    style: Style
    head: float = 0.0
    foot: float = 0.0
    brow: float = 0.0
    sole: float = 0.0


PinKey: TypeAlias = tuple[int, int]
"""Index of the net and of the pin in it."""

Line: TypeAlias = list[Point]


@record(frozen=False)
class Drawing:
    """Where the parts of a level go: axis and top of each node, lines by pin, labels by net, from y = 0 to `height`."""

    places: dict[int, Point] = field(default_factory=dict)
    lines: dict[PinKey, Line] = field(default_factory=dict)
    labels: dict[int, Rect] = field(default_factory=dict)
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0

    def put(self, part: "Drawing", nodes: Sequence[int], nets: Sequence[int], by: Point) -> None:
        """Copy the drawing of a part, moved, into this one, where its nodes and nets have these numbers."""
        x, y = by.x, by.y
        for node, point in part.places.items():
            self.places[nodes[node]] = Point(point.x + x, point.y + y)
        for (net, pin), line in part.lines.items():
            self.lines[nets[net], pin] = [Point(point.x + x, point.y + y) for point in line]
        for net, rect in part.labels.items():
            self.labels[nets[net]] = rect.moved(x, y)
