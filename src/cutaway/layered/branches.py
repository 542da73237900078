"""Choose for each branch beside a path the side where it goes."""

from collections.abc import Iterator

from cutaway.layered.path import Area, Path, Side
from cutaway.record import field, record

_WIDE = 40.0  # one side may become this much wider before a lane goes to the other one


@record(frozen=False)
class Branch:
    """A connected part beside a path, and how it is tied to it."""

    items: list[int]
    top: int
    bottom: int
    width: float
    only_lanes: bool
    order: tuple[float, int] = (0.0, 0)
    ties: list[int] = field(default_factory=list)
    """The channels of its links to the path."""
    tied: set[int] = field(default_factory=set)
    """The items of the path at these links."""
    far: dict[Side, int] = field(default_factory=lambda: {-1: 0, 1: 0})
    """Numbers of links to what lies left and right of the path."""
    pull: float = 0.0
    """Where ports and the order of inputs draw it: negative to the left."""

    @property
    def kind(self) -> tuple[object, ...]:
        """What branches share that lead from the same fork to the same merge."""
        return (self.top, self.bottom, tuple(sorted(self.tied)))


class _Sides:
    """What stands already on both sides of a path, by channel and by row."""

    def __init__(self, default: Side) -> None:
        self._default = default
        self._covered: dict[tuple[Side, int], int] = {}
        self._reach: dict[tuple[Side, int], float] = {}

    def choose(self, branch: Branch) -> Side:
        """Return the side that costs less: crossings, then the order of inputs, then width."""
        return -1 if self._cost(branch, -1) < self._cost(branch, 1) else 1

    def _cost(self, branch: Branch, side: Side) -> float:
        other: Side = -1 if side > 0 else 1
        cost = 10.0 * (sum(self._covered.get((side, tie), 0) for tie in branch.ties) + branch.far[other])
        if branch.pull * side < 0:
            cost += 3.0
        allowed = _WIDE if branch.only_lanes else 0.0
        if self._width(branch, side) > self._width(branch, other) + allowed:
            cost += 1.5
        return cost + (0.0 if side == self._default else 0.5)

    def _width(self, branch: Branch, side: Side) -> float:
        return max(self._reach.get((side, row), 0.0) for row in range(branch.top, branch.bottom + 1))

    def put(self, branch: Branch, side: Side) -> None:
        """Remember that a branch stands on a side."""
        width = self._width(branch, side) + branch.width
        for row in range(branch.top, branch.bottom + 1):
            self._reach[side, row] = width
            if row > branch.top:
                self._covered[side, row] = self._covered.get((side, row), 0) + 1


def sided(area: Area, path: Path, items: list[list[int]]) -> Iterator[tuple[list[int], Side]]:
    """Give each branch of a path its side; the nearest to the path come first."""
    default: Side = area.sheet.flat.style.side
    sides = _Sides(default)
    beyond = path.beyond()
    branches = [_measured(area, path, beyond, branch) for branch in items]
    branches.sort(key=lambda branch: (not branch.ties, branch.bottom - branch.top, branch.top, branch.order))
    groups: dict[tuple[object, ...], list[Branch]] = {}
    for branch in branches:
        alone = branch.only_lanes or any(branch.far.values())
        groups.setdefault((*branch.kind, branch.items[0] if alone else -1), []).append(branch)
    for group in groups.values():
        chosen: list[tuple[Branch, Side]]
        if len(group) == 1:
            chosen = [(group[0], sides.choose(group[0]))]
        else:
            chosen = _balanced(group, mirror=area.sheet.flat.style.mirror)
        for branch, side in chosen:
            sides.put(branch, side)
            yield branch.items, side


def _balanced(group: list[Branch], *, mirror: bool) -> list[tuple[Branch, Side]]:
    """Put about the same width on both sides, in the order of inputs from left to right."""
    group = sorted(group, key=lambda branch: branch.order, reverse=mirror)
    natural = sum(1 for branch in group if branch.pull < 0)
    total = sum(branch.width for branch in group)
    costs = []
    before = 0.0
    for cut in range(len(group) + 1):
        costs.append((round(abs(total - 2 * before), 3), abs(cut - natural), cut))
        before += group[cut].width if cut < len(group) else 0.0
    cut = min(costs)[2]
    left: list[tuple[Branch, Side]] = [(branch, -1) for branch in reversed(group[:cut])]
    right: list[tuple[Branch, Side]] = [(branch, 1) for branch in group[cut:]]
    return [*left, *right]


def _measured(area: Area, path: Path, beyond: dict[int, Side], items: list[int]) -> Branch:
    sheet = area.sheet
    gaps = sheet.flat.style.gaps
    widths: dict[int, float] = {}
    for item in items:
        wide = gaps.lane
        if item < sheet.nodes:
            node = sheet.flat.nodes[item]
            wide = node.left + node.right + gaps.box
        widths[sheet.row[item]] = widths.get(sheet.row[item], 0.0) + wide
    branch = Branch(
        items=items,
        top=sheet.row[items[0]],
        bottom=sheet.row[items[-1]],
        width=max(widths.values()),
        only_lanes=all(item >= sheet.nodes for item in items),
        order=(0.0, items[0]),
    )
    for item in items:
        _tie(area, path, beyond, branch, item)
    return branch


def _tie(area: Area, path: Path, beyond: dict[int, Side], branch: Branch, item: int) -> None:
    """Note the links of an item to its path and to what is farther away."""
    sheet = area.sheet
    for neighbour in (*sheet.up[item], *sheet.down[item]):
        home = area.home.get(neighbour.item)
        if home is path:
            branch.ties.append(max(sheet.row[item], sheet.row[neighbour.item]))
            branch.tied.add(neighbour.item)
            branch.pull += neighbour.there
            if neighbour.hop.end == neighbour.item:
                _order(area, branch, neighbour.item, (neighbour.hop.net, neighbour.hop.pin))
        elif home is not None and home.items[0] in beyond:
            channel = max(sheet.row[item], sheet.row[neighbour.item])
            if home is not path.parent or sheet.row[path.items[0]] < channel <= sheet.row[path.items[-1]]:
                branch.far[beyond[home.items[0]]] += 1


def _order(area: Area, branch: Branch, node: int, key: tuple[int, int]) -> None:
    """Compare the place of an input among the inputs of a node of the path with that of the path itself."""
    sheet = area.sheet
    order = sheet.flat.nets[key[0]].pins[key[1]].order
    branch.order = (order, branch.order[1])
    flat = sheet.flat
    if flat.nodes[node].round or flat.nodes[node].ins:
        return
    for neighbour in sheet.up[node]:
        if area.home.get(neighbour.item) is area.home[node]:
            main = flat.nets[neighbour.hop.net].pins[neighbour.hop.pin].order
            sign = -1.0 if flat.style.mirror else 1.0
            branch.pull += sign * ((order > main) - (order < main))
            return
