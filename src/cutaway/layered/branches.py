"""Choose for each branch beside a path the side where it goes."""

from collections.abc import Iterator

from cutaway.layered.flat import Node, Side, Style

_WIDE = 150.0  # one side may become this much wider before a lane goes to the other one: skips keep to one side


class Branch:
    """A connected part beside a path, and how it is tied to it.

    `ties` are the channels of its links to the path, `tied` the items of the path there; `left` and `right` the numbers
    of links to what lies left and right of the path. `pull` says where ports and the order of inputs draw it: negative
    to the left; `before`, whether it is left of the path among the inputs of their merge.
    """

    __slots__ = (
        *("before", "bottom", "items", "left", "only_lanes", "order", "pull", "right", "tied", "ties", "top", "width"),
    )

    def __init__(self, items: list[int], top: int, bottom: int) -> None:
        self.items = items
        self.top = top
        self.bottom = bottom
        self.width = 0.0
        self.only_lanes = True
        self.order: tuple[float, int] = (0.0, items[0])
        self.ties: list[int] = []
        self.tied: set[int] = set()
        self.left = 0
        self.right = 0
        self.pull = 0.0
        self.before = False

    def enter(self, order: float, main: float | None, node: Node, style: Style) -> None:
        """Note as which input this enters a node of the path, whose own is `main`."""
        self.order = (order, self.order[1])
        if main is not None:
            sign = -1.0 if style.mirror else 1.0
            way = sign * ((order > main) - (order < main))
            self.before = way < 0
            if not node.round and not node.ins:
                self.pull += way

    @property
    def kind(self) -> tuple[object, ...]:
        """What branches share that lead from the same fork to the same merge."""
        alone = self.only_lanes or self.left or self.right
        return (self.top, self.bottom, tuple(sorted(self.tied)), self.items[0] if alone else -1)


class _Sides:
    """What stands already on both sides of a path, by channel and by row."""

    def __init__(self, default: Side) -> None:
        self._default = default
        self._covered: dict[Side, dict[int, int]] = {-1: {}, 1: {}}
        self._reach: dict[Side, dict[int, float]] = {-1: {}, 1: {}}

    def choose(self, branch: Branch) -> Side:
        """Return the side that costs less: crossings, then the order of inputs, then width."""
        left, right = self._width(branch, -1), self._width(branch, 1)
        return -1 if self._cost(branch, -1, left, right) < self._cost(branch, 1, right, left) else 1

    def _cost(self, branch: Branch, side: Side, here: float, there: float) -> float:
        """Weigh a side, given how wide it is `here` and the other one `there`."""
        covered = self._covered[side]
        far = branch.left if side > 0 else branch.right
        cost = 10.0 * (sum([covered.get(tie, 0) for tie in branch.ties]) + far)
        if branch.pull * side < 0:
            cost += 3.0
        allowed = _WIDE if branch.only_lanes else 0.0
        if here > there + allowed:
            cost += 1.5
        return cost + (0.0 if side == self._default else 0.5)

    def _width(self, branch: Branch, side: Side) -> float:
        reach = self._reach[side]
        if not reach:
            return 0.0
        return max([reach.get(row, 0.0) for row in range(branch.top, branch.bottom + 1)])

    def put(self, branch: Branch, side: Side) -> None:
        """Remember that a branch stands on a side."""
        width = self._width(branch, side) + branch.width
        reach, covered = self._reach[side], self._covered[side]
        reach[branch.top] = width
        for row in range(branch.top + 1, branch.bottom + 1):
            reach[row] = width
            covered[row] = covered.get(row, 0) + 1


def arranged(branches: list[Branch], style: Style) -> Iterator[tuple[Branch, Side]]:
    """Give each branch its side; the nearest to the path come first."""
    sides = _Sides(style.side)
    branches.sort(key=lambda branch: (not branch.ties, branch.bottom - branch.top, branch.top, branch.order))
    groups: dict[tuple[object, ...], list[Branch]] = {}
    for branch in branches:
        groups.setdefault(branch.kind, []).append(branch)
    for group in groups.values():
        lone: list[tuple[Branch, Side]] = [(group[0], sides.choose(group[0]))] if len(group) == 1 else []
        chosen = lone or _balanced(group, mirror=style.mirror)
        for branch, side in chosen:
            sides.put(branch, side)
            yield branch, side


def _balanced(group: list[Branch], *, mirror: bool) -> list[tuple[Branch, Side]]:
    """Put about the same width on both sides, in the order of inputs from left to right."""
    group = sorted(group, key=lambda branch: branch.order, reverse=mirror)
    natural = sum(1 for branch in group if branch.before or branch.pull < 0)
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
