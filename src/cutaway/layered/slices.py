"""Cut a level at the rows that hold a single node and no lane, and tell the slices between them apart."""

from itertools import pairwise
from math import ceil

from cutaway.geometry import Size
from cutaway.layered.condense import Condensed
from cutaway.layered.distances import down
from cutaway.layered.flat import Flat, Net, Node, PinKey
from cutaway.record import Record

_WIDE = 64.0  # to whole numbers of this the widths of labels are rounded up where they are in nobody's way


class Slice(Record):
    """A part of a level as a level of its own, with the rows of its nodes and the pins that lead back."""

    flat: Flat
    rank: list[int]
    back: frozenset[PinKey]


_Link = tuple[int, tuple[tuple[int, float], ...], tuple[float, float] | None, float | None, tuple[float | None, ...]]
"""What a net is for its slice: ends by their numbers there, the size of its label, its fixed ports."""


class Part:
    """Some rows of a level: the numbers of its nodes and nets there.

    `first` and `last` is the place among the nodes of the one that is alone in the first or last row, if one is.
    """

    __slots__ = ("_boxes", "_level", "_links", "_rank", "ends", "first", "last", "nets", "nodes")

    def __init__(
        self, level: "_Level", nodes: list[int], nets: list[int], ends: tuple[float, float, float, float]
    ) -> None:
        rank = [level.rank[node] for node in nodes]
        low, high = min(rank), max(rank)
        self._level = level
        self.nodes = nodes
        self.nets = nets
        self.ends = ends
        self.first = rank.index(low) if rank.count(low) == 1 else None
        self.last = rank.index(high) if rank.count(high) == 1 else None
        self._rank = tuple([row - low for row in rank])
        self._boxes = level.boxes(self)
        self._links = level.links(self)

    def key(self) -> tuple[object, ...]:
        """Return what is equal only for slices with equal drawings."""
        boxes = tuple([box.look for box in self._boxes])
        return boxes, tuple(self._links), self._rank, self._level.back_of(self), self.ends

    def slice(self) -> Slice:
        """Return the part as a level of its own."""
        whole = self._level.condensed.whole
        head, foot, brow, sole = self.ends
        nets = [
            Net(
                whole.nets[net].tensor,
                source,
                pins,
                None if label is None else Size(*label),
            )
            for net, (source, pins, label, _, _) in zip(self.nets, self._links, strict=True)
        ]
        flat = Flat(
            nodes=tuple(self._boxes), nets=tuple(nets), style=whole.style, head=head, foot=foot, brow=brow, sole=sole
        )
        return Slice(flat=flat, rank=list(self._rank), back=self._level.back_of(self))


class _Level:
    """A level that is cut, and what holds for its nodes wherever they are."""

    def __init__(self, condensed: Condensed) -> None:
        self.condensed = condensed
        self.rank = condensed.rank
        self._gaps = condensed.whole.style.gaps
        self._ported = any(node.ins or node.outs for node in condensed.nodes)
        self._leaving = [0] * len(condensed.nodes)
        fed = [False] * len(condensed.nodes)
        number, nets = condensed.number, condensed.whole.nets
        for index in condensed.nets:
            net = nets[index]
            self._leaving[number[net.source]] += 1
            for node, _ in net.pins:
                fed[number[node]] = True
        self._loose = [not (into and out) for into, out in zip(fed, self._leaving, strict=True)]

    def boxes(self, part: Part) -> list[Node]:
        """Return the nodes of a part, the lone ones at its ends without what is of no interest there."""
        nodes = self.condensed.nodes
        boxes = [nodes[node] for node in part.nodes]
        if self.condensed.back:
            return boxes
        first, last = part.first, part.last
        loose = [place for place, node in enumerate(part.nodes) if self._loose[node]]
        through = not loose or all(place in {first, last} for place in loose)
        for place, is_first in ((first, True), (last, False)):
            if place is not None:
                boxes[place] = self._end(boxes[place], part.nodes[place], is_first=is_first, through=through)
        return boxes

    def _end(self, box: Node, node: int, *, is_first: bool, through: bool) -> Node:
        """Return a node alone in the first or last row: only how lanes touch it there is of interest, and its height.

        If every path leads through it, its weight makes no difference either.
        """
        if box.border or box.ins or box.outs or (box.round and not (is_first and self._leaving[node] == 1)):
            return box
        return Node(
            height=box.height,
            drop=box.drop,
            row=box.row,
            weight=1.0 if through else box.weight,
            upper=0.0 if is_first else box.upper,
            lower=box.lower if is_first else 0.0,
        )

    def links(self, part: Part) -> list[_Link]:
        """Return the nets of a part."""
        number, nets = self.condensed.number, self.condensed.whole.nets
        local = {node: place for place, node in enumerate(part.nodes)}
        even = self._evens(part)
        top = part.first if part.first is not None else -1
        links: list[_Link] = []
        for index in part.nets:
            net = nets[index]
            tensor, pins, label = net.tensor, net.pins, net.label
            start = number[net.source]
            ends = tuple([(local[number[node]], order) for node, order in pins])
            plate = None if label is None else self._plate(label, start, even=even, alone=local[start] == top)
            out: float | None = None
            ins: tuple[float | None, ...] = ()
            if self._ported:
                nodes = self.condensed.nodes
                out = nodes[start].outs.get(tensor)
                ins = tuple([nodes[number[node]].ins.get(tensor) for node, _ in pins])
            links.append((local[start], ends, plate, out, ins))
        return links

    def _evens(self, part: Part) -> bool:
        """Tell whether each label of a part is that of the only net leaving its source, and others may be like it."""
        if len(part.nodes) == len(self.rank):
            return False
        number, nets, leaving = self.condensed.number, self.condensed.whole.nets, self._leaving
        return all(leaving[number[nets[net].source]] == 1 for net in part.nets if nets[net].label is not None)

    def _plate(self, label: Size, node: int, *, even: bool, alone: bool) -> tuple[float, float]:
        """Return the size of a label, with a common width where it is in nobody's way.

        That are the labels of the node that is alone in the first row, and those that reach no farther than the gap
        beside a box.
        """
        box = self.condensed.nodes[node]
        wide = label.width
        if even and not box.outs:
            gaps = self._gaps
            room = _WIDE * ceil(wide / _WIDE) if alone else down(box.right + gaps.box) - 2 * gaps.label
            wide = max(wide, room)
        return wide, label.height

    def back_of(self, part: Part) -> frozenset[PinKey]:
        """Return the pins in a part that lead back, by the numbers of the nets there."""
        back = self.condensed.back
        if not back:
            return back
        nets = self.condensed.whole.nets
        return frozenset(
            (place, pin)
            for place, net in enumerate(part.nets)
            for pin in range(len(nets[net].pins))
            if (net, pin) in back
        )


def sliced(condensed: Condensed) -> list[Part]:
    """Return the slices of a level from above; the last node of each is the first of the next."""
    level, whole, rank = _Level(condensed), condensed.whole, condensed.rank
    cuts = _cuts(condensed)
    opening: list[int] = []  # the slice that a row opens or lies in
    for place, (start, end) in enumerate(pairwise((0, *cuts, max(rank) + 1))):
        opening += [place] * (end - start)
    borders = set(cuts)
    nodes: list[list[int]] = [[] for _ in range(len(cuts) + 1)]
    for node, row in enumerate(rank):
        nodes[opening[row]].append(node)
        if row in borders:
            nodes[opening[row] - 1].append(node)
    nets: list[list[int]] = [[] for _ in nodes]
    number = condensed.number
    for index in condensed.nets:
        nets[opening[rank[number[whole.nets[index].source]]]].append(index)
    parts = []
    for place in range(len(nodes)):
        head, brow = (whole.head, whole.brow) if place == 0 else (0.0, 0.0)
        foot, sole = (whole.foot, whole.sole) if place == len(cuts) else (0.0, 0.0)
        parts.append(Part(level, nodes[place], nets[place], (head, foot, brow, sole)))
    return parts


def _cuts(condensed: Condensed) -> list[int]:
    """Return the rows where the level can be cut, from above."""
    rank, number, back, nets = condensed.rank, condensed.number, condensed.back, condensed.whole.nets
    last = max(rank)
    held = [0] * (last + 1)
    for row in rank:
        held[row] += 1
    change = [0] * (last + 3)
    for index in condensed.nets:
        net = nets[index]
        row = rank[number[net.source]]
        for place, (node, _) in enumerate(net.pins):
            target = rank[number[node]]
            first, end = (target, row + 1) if back and (index, place) in back else (row + 1, target)
            if first < end:
                change[first] += 1
                change[end] -= 1
    cuts = []
    lanes = 0
    for row in range(last):
        lanes += change[row]
        if row > 0 and lanes == 0 and held[row] == 1:
            cuts.append(row)
    return cuts
