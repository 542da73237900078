"""The rows of a level: its nodes and, where a tensor passes a row, a place for its lane; the hops between them.

A place of a lane is what the literature calls a dummy node (Sugiyama et al. 1981).
A tensor has one lane down for all its consumers below and, if it leads back, one lane up beside what it goes around.
"""

from cutaway.layered.flat import LANE_WEIGHT, Flat, PinKey
from cutaway.record import Record, field


class Hop:
    """A stretch of a lane through one channel, `start` being nearer to the source.

    `pin` is the number of the pin where the hop ends in a node, else -1. The offsets are those of fixed ports. There
    are thousands of hops, and a record takes twice the time to make.
    """

    __slots__ = ("end", "end_offset", "net", "pin", "start", "start_offset")

    def __init__(self, net: int, ends: tuple[int, int], pin: int, offsets: tuple[float, float]) -> None:
        self.net = net
        self.start, self.end = ends
        self.pin = pin
        self.start_offset, self.end_offset = offsets


class Neighbour:
    """A hop seen from one of its ends: the item at the other end, how its port leans there and here (within ±0.5)."""

    __slots__ = ("here", "hop", "item", "there")

    def __init__(self, item: int, there: float, here: float, hop: Hop) -> None:
        self.item = item
        self.there = there
        self.here = here
        self.hop = hop


class Fan(Record):
    """The nets leaving a node from left to right: offsets at its border, and below after bends at these depths."""

    nets: tuple[int, ...]
    border: tuple[float, ...]
    below: tuple[float, ...]
    depths: tuple[float, ...]
    height: float


class Sheet(Record, frozen=False):
    """Items (nodes first, then places of lanes) in rows, and hops in channels; channel `c` lies above row `c`.

    The stages fill it one after another: `build` makes nodes and lanes, their hops and neighbours; `split` puts `rows`
    and `position` in order by paths, and `order` settles them; `sides` adds stubs and sets `beside`; `label_room` sets
    `reach`, `fans` and, for nets with room for labels between them, `leave`; `place` sets `x`; `ports` the rest of
    `leave`, and `enter`. `route` only reads it.
    """

    flat: Flat
    nodes: int
    """The number of nodes among the items."""
    row: list[int]
    net: list[int]
    rows: list[list[int]]
    channels: list[list[Hop]]
    out: list[list[int]]
    """The nets that leave a node."""
    up: list[list[Neighbour]] = field(default_factory=list)
    down: list[list[Neighbour]] = field(default_factory=list)
    position: list[int] = field(default_factory=list)
    reached: dict[int, Hop] = field(default_factory=dict)
    """The hop that ends in a place of a lane."""
    entered: dict[PinKey, Hop] = field(default_factory=dict)
    """The hop that ends in a pin."""
    beside: dict[PinKey, int] = field(default_factory=dict)
    """The item from which a pin is entered sideways."""
    stubs: dict[int, int] = field(default_factory=dict)
    """The ends of lanes beside a round node, and this node."""
    x: list[float] = field(default_factory=list)
    reach: dict[int, tuple[float, float]] = field(default_factory=dict)
    """How far a node keeps others off to its left and right, where labels reach beyond it."""
    leave: dict[int, float] = field(default_factory=dict)
    """Where a net leaves its source, from the axis."""
    enter: dict[PinKey, float] = field(default_factory=dict)
    """Where a pin is on its node, from the axis."""
    fans: dict[int, Fan] = field(default_factory=dict)
    """How the nets of a node spread below it where its border is too short for their labels."""

    def weight(self, item: int) -> float:
        """Return what an item adds to the weight of a path."""
        return self.flat.nodes[item].weight if item < self.nodes else LANE_WEIGHT

    def start_x(self, hop: Hop) -> float:
        """Return where a hop starts."""
        return self.x[hop.start] + (self.leave[hop.net] if hop.start < self.nodes else 0.0)

    def end_x(self, hop: Hop) -> float:
        """Return where a hop ends."""
        return self.x[hop.end] + (self.enter[hop.net, hop.pin] if hop.pin >= 0 else 0.0)

    def number(self, row: int) -> None:
        """Write down the positions of the items of a row after its order has changed."""
        for position, item in enumerate(self.rows[row]):
            self.position[item] = position

    def add(self, row: int, net: int) -> int:
        """Add a place of a lane at the end of a row."""
        item = len(self.row)
        self.row.append(row)
        self.net.append(net)
        self.up.append([])
        self.down.append([])
        self.position.append(len(self.rows[row]))
        self.x.append(0.0)
        self.rows[row].append(item)
        return item

    def connect(self, channel: int, hop: Hop) -> None:
        """Add a hop to a channel, and to its ends where they are in different rows."""
        start, end = hop.start, hop.end
        self.channels[channel].append(hop)
        if hop.pin >= 0:
            self.entered[hop.net, hop.pin] = hop
        else:
            self.reached[end] = hop
        way = self.row[end] - self.row[start]
        if way == 0:
            return
        here = _lean(self, start, hop.start_offset) if hop.start_offset else 0.0
        there = _lean(self, end, hop.end_offset) if hop.end_offset else 0.0
        ahead, behind = (self.down, self.up) if way > 0 else (self.up, self.down)
        ahead[start].append(Neighbour(end, there, here, hop))
        behind[end].append(Neighbour(start, here, there, hop))

    def straight(self, upper: int, lower: int) -> Hop | None:
        """Return the hop from an item to one in the row below that should be straight: by the axes, or the middle."""
        reached = self.reached.get(lower)
        if lower in self.stubs:
            return reached if reached is not None and reached.start == upper else None
        hops = [neighbour.hop for neighbour in self.down[upper] if neighbour.item == lower]
        if len(hops) < 2:
            return hops[0] if hops else None
        away = [abs(hop.start_offset) + abs(hop.end_offset) for hop in hops]
        nearest = [hop for hop, far in zip(hops, away, strict=True) if far <= min(away) + 1e-6]
        return nearest[(len(nearest) - 1) // 2]


def _lean(sheet: Sheet, item: int, offset: float) -> float:
    if item >= sheet.nodes or offset == 0.0:
        return 0.0
    node = sheet.flat.nodes[item]
    return 0.9 * offset / (node.left + node.right)


def build(flat: Flat, rank: list[int], back: frozenset[PinKey]) -> Sheet:
    """Return the sheet with all lanes, rows in the order of the nodes."""
    count = max(rank, default=-1) + 1
    rows: list[list[int]] = [[] for _ in range(count)]
    position = []
    for node, row in enumerate(rank):
        position.append(len(rows[row]))
        rows[row].append(node)
    sheet = Sheet(
        flat=flat,
        nodes=len(flat.nodes),
        row=list(rank),
        net=[-1] * len(rank),
        rows=rows,
        channels=[[] for _ in range(count + 1)],
        out=[[] for _ in rank],
        up=[[] for _ in rank],
        down=[[] for _ in rank],
        position=position,
        x=[0.0] * len(rank),
    )
    rising = {index for index, _ in back}
    for index, net in enumerate(flat.nets):
        if net.pins:
            sheet.out[net.source].append(index)
        _lane_down(sheet, index, back)
        if index in rising:
            _lane_up(sheet, index, back)
    return sheet


def _hop(sheet: Sheet, key: tuple[int, int], start: int, end: int) -> Hop:
    net, pin = key
    flat, count = sheet.flat, sheet.nodes
    out = into = 0.0
    if start < count and flat.nodes[start].outs:
        out = flat.nodes[start].outs.get(flat.nets[net].tensor, 0.0)
    if end < count and flat.nodes[end].ins:
        into = flat.nodes[end].ins.get(flat.nets[net].tensor, 0.0)
    return Hop(net, (start, end), pin, (out, into))


def _lane_down(sheet: Sheet, index: int, back: frozenset[PinKey]) -> None:
    net = sheet.flat.nets[index]
    first = sheet.row[net.source]
    pins = [(node, number) for number, (node, _) in enumerate(net.pins) if not back or (index, number) not in back]
    if not pins:
        return
    lane = [net.source]
    for row in range(first + 1, max([sheet.row[node] for node, _ in pins])):
        lane.append(sheet.add(row, index))
        sheet.connect(row, _hop(sheet, (index, -1), lane[-2], lane[-1]))
    for node, number in pins:
        row = sheet.row[node]
        sheet.connect(row, _hop(sheet, (index, number), lane[row - 1 - first], node))


def _lane_up(sheet: Sheet, index: int, back: frozenset[PinKey]) -> None:
    net = sheet.flat.nets[index]
    first = sheet.row[net.source]
    pins = [(node, number) for number, (node, _) in enumerate(net.pins) if (index, number) in back]
    lane: list[int] = []
    for row in range(first, min(sheet.row[node] for node, _ in pins) - 1, -1):
        lane.append(sheet.add(row, index))
        previous = lane[-2] if len(lane) > 1 else net.source
        sheet.connect(row + 1, _hop(sheet, (index, -1), previous, lane[-1]))
    for node, number in pins:
        row = sheet.row[node]
        sheet.connect(row, _hop(sheet, (index, number), lane[first - row], node))
