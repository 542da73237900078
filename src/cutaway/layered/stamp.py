"""Cut a level at the rows that hold a single node and no lane, and draw equal slices once.

What lies between two such rows depends on nothing else, so the drawing of the level is that of its slices, one below
the other. Networks repeat themselves: most slices are copies.
"""

from collections.abc import Callable
from math import ceil

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.flat import Drawing, Flat, Net, Node, PinKey, renumbered
from cutaway.layered.snap import down
from cutaway.record import record

_WIDE = 64.0  # to whole numbers of this the widths of labels are rounded up where they are in nobody's way


@record
class Slice:
    """A part of a level as a level of its own; `nodes` and `nets` are the numbers in the whole."""

    flat: Flat
    rank: list[int]
    back: frozenset[PinKey]
    nodes: list[int]
    nets: list[int]

    def key(self) -> tuple[object, ...]:
        """Return what is equal only for slices with equal drawings."""
        flat = self.flat
        nets = tuple(
            (
                net.source,
                flat.nodes[net.source].outs.get(net.tensor),
                tuple((pin.node, pin.order, flat.nodes[pin.node].ins.get(net.tensor)) for pin in net.pins),
                None if net.label is None else (net.label.width, net.label.height),
            )
            for net in flat.nets
        )
        ends = (flat.head, flat.foot, flat.brow, flat.sole)
        return tuple(map(_look, flat.nodes)), nets, tuple(self.rank), self.back, ends


def _look(node: Node) -> tuple[object, ...]:
    return (
        *(node.left, node.right, node.height, node.round, node.border, node.weight, bool(node.ins), bool(node.outs)),
        *(node.upper, node.lower, node.drop, node.row, node.reach),
    )


def stamped(flat: Flat, rank: list[int], back: frozenset[PinKey], draw: Callable[[Slice], Drawing]) -> Drawing:
    """Return the drawing of a level; `draw` makes that of a slice. Its extents are left open."""
    slices = _slices(flat, rank, back)
    if len(slices) == 1:
        return draw(slices[0])
    memory: dict[tuple[object, ...], Drawing] = {}
    whole = Drawing()
    by = Point(0.0, 0.0)
    for part in slices:
        key = part.key()
        drawing = memory.get(key)
        if drawing is None:
            drawing = memory[key] = draw(part)
        first = part.rank.index(0)
        if part is not slices[0]:
            by = Point(by.x - drawing.places[first].x, by.y)
        whole.put(drawing, part.nodes, part.nets, by)
        last = part.rank.index(max(part.rank))
        whole.height = by.y + drawing.height
        by = Point(by.x + drawing.places[last].x, by.y + drawing.places[last].y)
    for net, rect in whole.labels.items():
        label = flat.nets[net].label
        if label is not None and label.width != rect.width:
            whole.labels[net] = Rect(rect.x, rect.y, label.width, rect.height)
    return whole


def _slices(flat: Flat, rank: list[int], back: frozenset[PinKey]) -> list[Slice]:
    last = max(rank)
    cuts = _cuts(flat, rank, back, last)
    if not cuts:
        return [Slice(flat=flat, rank=rank, back=back, nodes=list(range(len(rank))), nets=list(range(len(flat.nets))))]
    opening = [0] * (last + 1)  # the slice that a row opens or lies in
    for row in range(1, last + 1):
        opening[row] = opening[row - 1] + (row in cuts)
    count = opening[last] + 1
    nodes: list[list[int]] = [[] for _ in range(count)]
    for node, row in enumerate(rank):
        nodes[opening[row]].append(node)
        if row in cuts:
            nodes[opening[row] - 1].append(node)
    nets: list[list[int]] = [[] for _ in range(count)]
    for index, net in enumerate(flat.nets):
        nets[opening[rank[net.source]]].append(index)
    starts = [0, *sorted(cuts)]
    slices = []
    for part in range(count):
        head = (flat.head, flat.brow) if part == 0 else (0.0, 0.0)
        foot = (flat.foot, flat.sole) if part == count - 1 else (0.0, 0.0)
        rows = {node: rank[node] - starts[part] for node in sorted(nodes[part])}
        slices.append(_slice(flat, rows, nets[part], back, (*head, *foot)))
    return slices


def _cuts(flat: Flat, rank: list[int], back: frozenset[PinKey], last: int) -> set[int]:
    """Return the rows where the level can be cut."""
    held = [0] * (last + 1)
    for row in rank:
        held[row] += 1
    change = [0] * (last + 3)
    for index, net in enumerate(flat.nets):
        row = rank[net.source]
        for number, pin in enumerate(net.pins):
            target = rank[pin.node]
            first, end = (target, row) if (index, number) in back else (row + 1, target - 1)
            if first <= end:
                change[first] += 1
                change[end + 1] -= 1
    cuts = set()
    lanes = 0
    for row in range(last):
        lanes += change[row]
        if row > 0 and lanes == 0 and held[row] == 1:
            cuts.add(row)
    return cuts


def _slice(
    flat: Flat,
    rows: dict[int, int],
    nets: list[int],
    back: frozenset[PinKey],
    ends: tuple[float, float, float, float],
) -> Slice:
    """Return some nodes, given with their rows, and nets as a level of their own."""
    number = {node: small for small, node in enumerate(rows)}
    top = [node for node, row in rows.items() if row == 0]
    head, brow, foot, sole = ends
    return Slice(
        flat=Flat(
            nodes=tuple(flat.nodes[node] for node in rows),
            nets=_evened(flat, nets, number, top[0] if len(top) == 1 else -1),
            style=flat.style,
            head=head,
            brow=brow,
            foot=foot,
            sole=sole,
        ),
        rank=list(rows.values()),
        back=_own(flat, nets, back) if back else back,
        nodes=list(rows),
        nets=nets,
    )


def _own(flat: Flat, nets: list[int], back: frozenset[PinKey]) -> frozenset[PinKey]:
    """Return the pins of some nets that lead back, by the numbers of the nets among them."""
    return frozenset(
        (small, pin) for small, net in enumerate(nets) for pin in range(len(flat.nets[net].pins)) if (net, pin) in back
    )


def _evened(flat: Flat, nets: list[int], number: dict[int, int], top: int) -> tuple[Net, ...]:
    """Return nets by the numbers of nodes in a slice, and all labels that are in nobody's way with one width.

    These are the labels of `top`, the only node in its row, and those that reach no farther than the gap beside a box.
    """
    leaving: dict[int, int] = {}
    for index in nets:
        leaving[flat.nets[index].source] = leaving.get(flat.nets[index].source, 0) + 1
    alone = all(leaving[flat.nets[index].source] == 1 for index in nets if flat.nets[index].label is not None)
    return tuple(
        renumbered(net, number, _even(flat, net, alone_in_row=net.source == top) if alone else net.label)
        for net in (flat.nets[index] for index in nets)
    )


def _even(flat: Flat, net: Net, *, alone_in_row: bool) -> Size | None:
    label, node, gaps = net.label, flat.nodes[net.source], flat.style.gaps
    if label is None or node.outs:
        return label
    room = _WIDE * ceil(label.width / _WIDE) if alone_in_row else down(node.right + gaps.box) - 2 * gaps.label
    return Size(room, label.height) if label.width <= room else label
