"""Find the strands of a slice: parallel chains of nodes from its one source to its one sink.

Most slices of networks are of this kind: residual blocks, modules of Inception, skips beside a few layers. Nothing can
cross there, so what the stages would find is known beforehand; `parallel` draws them at once. A chain may fork and
merge once within itself, if it does so evenly: then it is as rigid as any other.
"""

from cutaway.layered.branches import Branch, arranged
from cutaway.layered.flat import LANE_WEIGHT, Flat, Pin
from cutaway.layered.slices import Slice


class Strand:
    """A chain: in each row a node or the lane of a link, `cells` and -1 for a lane.

    `nets` are those that enter the cells, and then the sink, as its input `order`; `pin` is the number of the pin where
    it begins. Where there is a fork `inner`, the cells are those of its main strand.
    """

    __slots__ = ("cells", "inner", "nets", "order", "pin", "weight")

    def __init__(self, pin: int) -> None:
        self.cells: list[int] = []
        self.nets: list[int] = []
        self.inner: Strands | None = None
        self.order = 0.0
        self.pin = pin
        self.weight = 0.0

    def add(self, cell: int, net: int, weight: float) -> None:
        """Add a cell below the others."""
        self.cells.append(cell)
        self.nets.append(net)
        self.weight += weight


class Strands:
    """A source, a sink, and the strands from one to the other.

    `fork` is the net of the source, `first` the row below it, where the strands begin. `main` is the straight one: the
    heaviest, of equal ones the middle; `places` are all from left to right.
    """

    __slots__ = ("first", "flat", "fork", "found", "main", "places", "sink", "source")

    def __init__(self, part: Slice, fork: int, found: list[Strand], sink: int) -> None:
        self.flat = part.flat
        self.fork = fork
        self.source = part.flat.nets[fork].source
        self.first = part.rank[self.source] + 1
        self.sink = sink
        self.found = found
        ways = sorted(found, key=lambda strand: strand.cells[0] >= 0)  # a lane comes first, as among the hops
        top = max([strand.weight for strand in ways])
        heaviest = [strand for strand in ways if strand.weight >= top - 1e-6]
        self.main = heaviest[(len(heaviest) - 1) // 2]
        self.places = found

    def equal(self) -> list[int]:
        """Return the places of those with boxes, if they are equal and of an even number: none is the straight one."""
        places = [place for place, strand in enumerate(self.places) if max(strand.cells) >= 0]
        if len(places) % 2 or len({round(self.places[place].weight, 6) for place in places}) > 1:
            return []
        return places

    def branches(self) -> list[tuple[Branch, Strand]]:
        """Return the strands beside the main one."""
        return [(self._branch(strand), strand) for strand in self.found if strand is not self.main]

    def _branch(self, strand: Strand) -> Branch:
        nodes, cells, end = self.flat.nodes, strand.cells, self.first + len(strand.cells)
        branch = Branch([cells[0] if cells[0] >= 0 else len(nodes) + self.fork], self.first, end - 1)
        branch.only_lanes = max(cells) < 0
        branch.width = max(self._widths(strand))
        branch.ties = [self.first, end]
        branch.tied = {self.source, self.sink}
        branch.enter(strand.order, self.main.order, nodes[self.sink], self.flat.style)
        return branch

    def _widths(self, strand: Strand) -> list[float]:
        nodes, gaps = self.flat.nodes, self.flat.style.gaps
        widths = [nodes[cell].left + nodes[cell].right + gaps.box if cell >= 0 else gaps.lane for cell in strand.cells]
        inner = strand.inner
        if inner is not None:
            start = inner.first - self.first
            rows = zip(*[inner._widths(one) for one in inner.found], strict=True)  # noqa: SLF001 - of this class
            widths[start : start + len(inner.main.cells)] = [sum(row) for row in rows]
        return widths


def strands(part: Slice) -> Strands | None:
    """Return the strands of a slice, or nothing where it is of another kind."""
    flat, rank = part.flat, part.rank
    last = max(rank)
    if part.back or last < 2 or len(flat.nets) != len(flat.nodes) - 1:
        return None
    if any(node.border or node.ins or node.outs for node in flat.nodes):
        return None
    reader = _Reader(part)
    found = reader.fork(rank.index(0), inner=False)
    if found is None or rank[found.sink] < last or reader.read != len(flat.nodes) - 2:
        return None
    forks = [strand.inner for strand in found.found if strand.inner is not None]
    if forks and found.equal():
        return None
    _stand([found, *[fork for fork in forks if fork is found.main.inner]])
    for fork in forks:
        if fork is not found.main.inner:
            _stand([fork])
    return found


def _stand(forks: list[Strands]) -> None:
    """Put the strands in places from left to right, those of forks along one path together."""
    beside = [(branch, strand, fork) for fork in forks for branch, strand in fork.branches()]
    of = {branch: (strand, fork) for branch, strand, fork in beside}
    for fork in forks:
        fork.places = [fork.main]
    for branch, side in arranged([branch for branch, _, _ in beside], forks[0].flat.style):
        strand, fork = of[branch]
        fork.places.insert(0 if side < 0 else len(fork.places), strand)


class _Reader:
    """Read forks along the links; `read` counts the nodes that were met."""

    def __init__(self, part: Slice) -> None:
        self._part = part
        self._flat: Flat = part.flat
        self._leaving = {net.source: index for index, net in enumerate(part.flat.nets)}
        self._entering = [0] * len(part.flat.nodes)
        for net in part.flat.nets:
            for node, _ in net.pins:
                self._entering[node] += 1
        self.read = 0

    def fork(self, source: int, *, inner: bool) -> Strands | None:
        """Return the strands from a node on, if they all end in one, and nothing else does."""
        net = self._leaving.get(source)
        if net is None:
            return None
        rank, pins = self._part.rank, self._flat.nets[net].pins
        if len(pins) < 2 or sum([rank[node] > rank[source] + 1 for node, _ in pins]) > 1:
            return None
        found: list[Strand] = []
        sink = -1
        for number, pin in enumerate(pins):
            strand = Strand(number)
            end = self._followed(strand, net, pin, inner=inner)
            if end < 0 or (found and end != sink):
                return None
            sink = end
            found.append(strand)
        if self._entering[sink] != len(found):
            return None
        return Strands(self._part, net, found, sink)

    def _followed(self, strand: Strand, net: int, pin: Pin, *, inner: bool) -> int:
        """Fill a strand with what comes after a pin, and return the node where it ends; -1 where it cannot be one."""
        rank, nodes, nets, entering = self._part.rank, self._flat.nodes, self._flat.nets, self._entering
        row = rank[nets[net].source] + 1
        node, strand.order = pin
        while True:
            for _ in range(row, rank[node]):
                strand.add(-1, net, LANE_WEIGHT)
            if entering[node] > 1:
                strand.nets.append(net)
                return node if strand.cells else -1
            strand.add(node, net, nodes[node].weight)
            self.read += 1
            if node not in self._leaving:
                return -1
            if len(nets[self._leaving[node]].pins) > 1:
                fork = None if inner or strand.inner is not None else self._fork_within(strand, node)
                if fork is None:
                    return -1
                node = fork.sink
            row, net = rank[node] + 1, self._leaving.get(node, -1)
            if net < 0 or len(nets[net].pins) != 1:
                return -1
            node, strand.order = nets[net].pins[0]

    def _fork_within(self, strand: Strand, node: int) -> Strands | None:
        """Add a fork that is even, and the node where it ends, to a strand."""
        fork = self.fork(node, inner=True)
        if fork is None or len(fork.equal()) != len(fork.found):
            return None
        strand.inner = fork
        strand.cells += [*fork.main.cells, fork.sink]
        strand.nets += fork.main.nets
        strand.weight += fork.main.weight + self._flat.nodes[fork.sink].weight
        self.read += 1
        return fork
