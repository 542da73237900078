"""One level of a problem (the members of one cluster, links ending at its border) and its drawing.

All of `layered` below `direction.py` works in one direction: down. The axis of a node is the x at which its main link
passes; x is measured from the main path of the level, y from its upper border.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from cutaway.geometry import Size
from cutaway.layered.problem import Gaps
from cutaway.record import Record, field, fields_of
from cutaway.typed import Literal


class Border:
    """Where a tensor passes the border of a level; no id of a box or cluster is equal to it."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


ENTRY = Border("ENTRY")
EXIT = Border("EXIT")

_NOWHERE: Mapping[str, float] = MappingProxyType({})


class Node(Record):
    """A box, a finished cluster, or the place where a tensor enters or leaves the level through its border.

    `left` and `right` are measured from the axis, as are `ins` and `outs`, the fixed ports of a cluster by tensor; a
    box has none: its ports are free.

    `upper` and `lower` are the half widths of its borders where ports may not be as far out as `left` and `right`.

    A chain of boxes as one node has those of its first and last box, the `drop` from the upper border of its `row` of
    a given height, and how far labels within it `reach` to the right.
    """

    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    drop: float = 0.0
    row: float = 0.0
    round: bool = False
    border: Border | None = None
    weight: float = 1.0
    upper: float = 0.0
    lower: float = 0.0
    reach: float = 0.0
    ins: Mapping[str, float] = _NOWHERE
    outs: Mapping[str, float] = _NOWHERE

    @property
    def half(self) -> float:
        """How far a port may be from the axis on both sides."""
        return min(self.left, self.right)

    @property
    def look(self) -> tuple[object, ...]:
        """All but the ports of the single tensors: what tells nodes apart."""
        return (*_SHAPE(self), bool(self.ins), bool(self.outs))


_SHAPE = attrgetter(*list(fields_of(Node))[:-2])

Pin = tuple[int, float]
"""An end of a net: the node it enters, and as which of its inputs."""


class Net(Record, kw_only=False, many=True):
    """All links of one tensor on this level: one source, any number of pins, one label beside the first stretch."""

    tensor: str
    source: int
    pins: tuple[Pin, ...]
    label: Size | None = None


def renumbered(net: Net, numbers: Sequence[int] | Mapping[int, int]) -> Net:
    """Return a net on a level where its nodes have other numbers."""
    pins = tuple([(numbers[node], order) for node, order in net.pins])
    return Net(net.tensor, numbers[net.source], pins, net.label)


LANE_WEIGHT = 0.001  # a long path of lanes still beats a short one, and any box beats all lanes

Side = Literal[-1, 1]
"""Left or right."""


class Style(Record):
    """What holds for all levels: distances, the side that skips prefer, whether inputs count from the right.

    `rounds` are those of sorting rows, as many as help for None.
    """

    gaps: Gaps
    side: Side = 1
    mirror: bool = False
    rounds: int | None = None


class Flat(Record):
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

    def key(self) -> tuple[object, ...]:
        """Return what is equal only for levels with equal drawings, given equal heights and style."""
        nodes = self.nodes
        boxes = tuple([node.look for node in nodes])
        links = [
            (
                net.source,
                net.pins,
                net.label and (net.label.width, net.label.height),
                nodes[net.source].outs.get(net.tensor),
                tuple([nodes[node].ins.get(net.tensor) for node, _ in net.pins]),
            )
            for net in self.nets
        ]
        return boxes, tuple(links)


PinKey = tuple[int, int]
"""Index of the net and of the pin in it."""

Spot = tuple[float, float]
"""A point of a drawing, x and y: there are too many for `Point` before they are final."""

Line = list[Spot]

SAME = 1e-6
"""What is no farther apart is in one place."""

Plate = tuple[float, float, float, float]
"""The rectangle of a label: x, y, width and height."""


class Drawing(Record, frozen=False):
    """Where the parts of a level go, from y = 0 to `height`, and how far it all reaches to the left and right of x = 0.

    `places` has axis and top of each node, `lines` those of each net by pin, `labels` the rectangles by net.
    """

    places: list[Spot]
    lines: list[list[Line]]
    labels: dict[int, Plate] = field(default_factory=dict)
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0

    @classmethod
    def blank(cls, flat: Flat) -> "Drawing":
        """Return a drawing of a level with everything still to be placed."""
        return cls(places=[(0.0, 0.0)] * len(flat.nodes), lines=[[] for _ in flat.nets])

    def put_lines(self, part: "Drawing", nets: Sequence[int], by: Spot) -> None:
        """Copy the lines and labels of a part, moved, into this drawing, where its nets have these numbers."""
        dx, dy = by
        lines, labels = self.lines, self.labels
        for net, pins in zip(nets, part.lines, strict=True):
            lines[net] = [[(x + dx, y + dy) for x, y in line] for line in pins]
        for small, (x, y, wide, high) in part.labels.items():
            labels[nets[small]] = (x + dx, y + dy, wide, high)

    def bound(self, nodes: Sequence[Node], bends: Sequence[float] = ()) -> None:
        """Find how far all reaches to the left and to the right, with the x of lines that bend."""
        lefts = [x - node.left for node, (x, _) in zip(nodes, self.places, strict=True)]
        rights = [x + node.right for node, (x, _) in zip(nodes, self.places, strict=True)]
        rights += [x + wide for x, _, wide, _ in self.labels.values()]
        self.left, self.right = min((*bends, *lefts)), max((*bends, *rights))


Stamps = dict[object, Drawing]
"""The drawings of slices that were made, by what tells slices apart."""


def simplified(line: Line) -> Line:
    """Return a line without points that are no corners."""
    corners: Line = []
    for point in line:
        if corners and abs(point[0] - corners[-1][0]) < SAME and abs(point[1] - corners[-1][1]) < SAME:
            continue
        while len(corners) > 1 and _between(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    return corners


def _between(one: Spot, two: Spot, three: Spot) -> bool:
    return (abs(one[0] - two[0]) < SAME and abs(two[0] - three[0]) < SAME) or (
        abs(one[1] - two[1]) < SAME and abs(two[1] - three[1]) < SAME
    )
