"""Find the strands of a slice: parallel chains of nodes from its one source to its one sink.

Most slices of networks are of this kind: residual blocks, modules of Inception, squeeze and excitation. Nothing in them
can cross, so what the stages would find is known beforehand; `parallel` draws them at once.
"""

from cutaway.layered.branches import Branch, arranged
from cutaway.layered.flat import Flat, Node
from cutaway.layered.sheet import LANE_WEIGHT
from cutaway.layered.slices import Slice


class Strand:
    """A chain: in each row between source and sink a node or the lane of a link, `cells` and -1 for a lane.

    `pin` is that of the source's net, `nets` are those that leave its nodes, `last` is the one that enters the sink, as
    its input `order`.
    """

    __slots__ = ("cells", "last", "nets", "order", "pin", "weight")

    def __init__(self, pin: int, last: int) -> None:
        self.cells: list[int] = []
        self.nets: list[int] = []
        self.pin = pin
        self.last = last
        self.order = 0.0
        self.weight = 0.0

    @property
    def has_boxes(self) -> bool:
        """Whether there is more to it than a lane."""
        return bool(self.nets)


class Strands:
    """A source, a sink, and what leads from one to the other."""

    __slots__ = ("flat", "fork", "labelled", "main", "places", "rank", "sink", "source")

    def __init__(self, part: Slice, source: int, sink: int, found: list[Strand]) -> None:
        self.flat: Flat = part.flat
        self.rank = part.rank
        self.source = source
        self.sink = sink
        self.main, self.places = _in_place(part.flat, found, sink)
        """The straight one, and all from left to right."""
        self.fork = next(index for index, net in enumerate(part.flat.nets) if net.source == source)
        """The net of the source."""
        self.labelled = frozenset([net.source for net in part.flat.nets if net.label is not None])
        """The nodes whose nets have labels."""

    def node(self, cell: int) -> Node | None:
        """Return the node of a cell, None for a lane."""
        return self.flat.nodes[cell] if cell >= 0 else None

    def equal(self) -> list[int]:
        """Return the places of those with boxes, if they are equal and of an even number: none is the straight one."""
        places = [place for place, strand in enumerate(self.places) if strand.has_boxes]
        if len(places) % 2 or len({round(self.places[place].weight, 6) for place in places}) > 1:
            return []
        return places


def strands(part: Slice) -> Strands | None:
    """Return the strands of a slice, or nothing where it is of another kind."""
    flat, rank = part.flat, part.rank
    nodes, nets = flat.nodes, flat.nets
    last = max(rank)
    if part.back or last < 2 or len(nets) != len(nodes) - 1:
        return None
    leaving = {net.source: index for index, net in enumerate(nets)}
    source, sink = rank.index(0), rank.index(last)
    if len(leaving) < len(nets) or sink in leaving or any(node.border or node.ins or node.outs for node in nodes):
        return None
    pins = nets[leaving[source]].pins if source in leaving else ()
    if len(pins) < 2 or sum([rank[node] > 1 for node, _ in pins]) > 1:
        return None
    found: list[Strand] = []
    for number, (node, order) in enumerate(pins):
        strand = _followed(part, leaving, Strand(number, leaving[source]), (node, order))
        if strand is None:
            return None
        found.append(strand)
    inner = [cell for strand in found for cell in strand.cells if cell >= 0]
    if len(inner) != len(nodes) - 2 or len(set(inner)) < len(inner):
        return None
    return Strands(part, source, sink, found)


def _followed(part: Slice, leaving: dict[int, int], strand: Strand, end: tuple[int, float]) -> Strand | None:
    """Fill a strand with what comes after an end of a link, down to the sink; nothing if it forks."""
    rank, nodes, nets = part.rank, part.flat.nodes, part.flat.nets
    cells, row, last = strand.cells, 1, max(rank)
    node, order = end
    while True:
        lanes = rank[node] - row
        if lanes:
            cells += [-1] * lanes
            strand.weight += LANE_WEIGHT * lanes
        net = leaving.get(node)
        if net is None:
            break
        pins = nets[net].pins
        if len(pins) != 1:
            return None
        cells.append(node)
        strand.nets.append(net)
        strand.weight += nodes[node].weight
        strand.last = net
        row = rank[node] + 1
        node, order = pins[0]
    strand.order = order
    return strand if rank[node] == last else None


def _in_place(flat: Flat, found: list[Strand], sink: int) -> tuple[Strand, list[Strand]]:
    """Return the heaviest strand (of equal ones the middle), and all from left to right."""
    ways = sorted(found, key=lambda strand: strand.cells[0] >= 0)  # a lane comes first, as among the hops
    top = max([strand.weight for strand in ways])
    heaviest = [strand for strand in ways if strand.weight >= top - 1e-6]
    main = heaviest[(len(heaviest) - 1) // 2]
    branches: dict[int, Strand] = {}
    beside = []
    for strand in found:
        if strand is not main:
            branch = _branch(flat, strand, main, sink)
            branches[branch.items[0]] = strand
            beside.append(branch)
    left: list[Strand] = []
    right: list[Strand] = []
    for branch, side in arranged(beside, flat.style):
        (left if side < 0 else right).append(branches[branch.items[0]])
    return main, [*reversed(left), main, *right]


def _branch(flat: Flat, strand: Strand, main: Strand, sink: int) -> Branch:
    """Return a strand as a branch beside the main one."""
    nodes, gaps, cells = flat.nodes, flat.style.gaps, strand.cells
    first = cells[0] if cells[0] >= 0 else len(nodes)
    branch = Branch([first], 1, len(cells))
    branch.only_lanes = not strand.nets
    widths = [nodes[cell].left + nodes[cell].right + gaps.box if cell >= 0 else gaps.lane for cell in cells]
    branch.width = max(widths)
    branch.ties = [1, len(cells) + 1]
    branch.enter(strand.order, main.order, nodes[sink], flat.style)
    return branch
