"""Cut a level at the rows that hold a single node and no lane, and draw equal slices once.

What lies between two such rows depends on nothing else, so the drawing of the level is that of its slices, one below
the other. Networks repeat themselves: most slices are copies.
"""

from collections.abc import Callable

from cutaway.geometry import Point
from cutaway.layered.flat import Drawing, Flat, Net, Node, Pin, PinKey
from cutaway.record import record


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
    """Return the drawing of a level; `draw` makes that of a slice."""
    slices = _slices(flat, rank, back)
    if len(slices) == 1:
        return draw(slices[0])
    memory: dict[tuple[object, ...], Drawing] = {}
    whole = Drawing(places={}, lines={}, labels={}, left=0.0, right=0.0, height=0.0)
    by = Point(0.0, 0.0)
    for part in slices:
        key = part.key()
        drawing = memory.get(key)
        if drawing is None:
            drawing = memory[key] = draw(part)
        first = part.rank.index(0)
        if part is not slices[0]:
            by = Point(by.x - drawing.places[first].x, by.y)
        _put(whole, part, drawing, by)
        last = part.rank.index(max(part.rank))
        whole.height = by.y + drawing.height
        by = Point(by.x + drawing.places[last].x, by.y + drawing.places[last].y)
    return whole


def _put(whole: Drawing, part: Slice, drawing: Drawing, by: Point) -> None:
    for node, place in drawing.places.items():
        whole.places[part.nodes[node]] = Point(place.x + by.x, place.y + by.y)
    for (net, pin), line in drawing.lines.items():
        whole.lines[part.nets[net], pin] = [Point(point.x + by.x, point.y + by.y) for point in line]
    for net, rect in drawing.labels.items():
        whole.labels[part.nets[net]] = rect.moved(by.x, by.y)
    whole.left = min(whole.left, drawing.left + by.x)
    whole.right = max(whole.right, drawing.right + by.x)


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
    number = [0] * (last + 1)
    for row in rank:
        number[row] += 1
    change = [0] * (last + 3)
    for index, net in enumerate(flat.nets):
        row = rank[net.source]
        for place, pin in enumerate(net.pins):
            target = rank[pin.node]
            first, end = (target, row) if (index, place) in back else (row + 1, target - 1)
            if first <= end:
                change[first] += 1
                change[end + 1] -= 1
    cuts = set()
    lanes = 0
    for row in range(last):
        lanes += change[row]
        if row > 0 and lanes == 0 and number[row] == 1:
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
    place = {node: small for small, node in enumerate(rows)}
    head, brow, foot, sole = ends
    return Slice(
        flat=Flat(
            nodes=tuple(flat.nodes[node] for node in rows),
            nets=tuple(_numbered(flat.nets[net], place) for net in nets),
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


def _numbered(net: Net, place: dict[int, int]) -> Net:
    return Net(
        tensor=net.tensor,
        source=place[net.source],
        pins=tuple(Pin(place[pin.node], pin.order) for pin in net.pins),
        label=net.label,
    )
