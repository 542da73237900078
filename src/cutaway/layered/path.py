"""A vertical path of items in some rows, the rows it was found in, and the sides on which what is beside it goes."""

from collections.abc import Iterator

from cutaway.layered.branches import Branch, arranged
from cutaway.layered.flat import Side
from cutaway.layered.sheet import Hop, Sheet
from cutaway.record import Record, field


class Path(Record, frozen=False):
    """Items one below the other, and the paths of the branches on both sides, the nearest first."""

    items: list[int]
    parent: "Path | None"
    side: Side
    left: "list[Path]" = field(default_factory=list)
    right: "list[Path]" = field(default_factory=list)

    def beyond(self) -> "dict[int, Side]":
        """Tell on which side of this path its ancestors are, by their first item."""
        sides: dict[int, Side] = {}
        path = self
        while path.parent is not None:
            sides[path.parent.items[0]] = -1 if path.side > 0 else 1
            path = path.parent
        return sides


class Group(Record):
    """An even number of equal stretches of paths from left to right, between a fork and a merge or beside one."""

    members: list[list[int]]
    fork: int | None
    merge: int | None


class Area(Record, frozen=False, eq=False):
    """A sheet, to which path each of its items belongs, and the groups of equal paths that share a middle."""

    sheet: Sheet
    home: dict[int, Path | None]
    groups: list[Group] = field(default_factory=list)


def sided(area: Area, path: Path, items: list[list[int]]) -> Iterator[tuple[Branch, Side]]:
    """Give each branch of a path its side; the nearest to the path come first."""
    beside = _Beside(area, path)
    return arranged([beside.branch(branch) for branch in items], area.sheet.flat.style)


class _Beside:
    """A path and what lies beside it."""

    def __init__(self, area: Area, path: Path) -> None:
        self._area = area
        self._sheet = area.sheet
        self._path = path
        self._beyond = path.beyond()
        self._mains: dict[int, float | None] = {}

    def branch(self, items: list[int]) -> Branch:
        """Return a branch with its measures and ties."""
        sheet = self._sheet
        row, nodes, count = sheet.row, sheet.flat.nodes, sheet.nodes
        gaps = sheet.flat.style.gaps
        branch = Branch(items, row[items[0]], row[items[-1]])
        widths: dict[int, float] = {}
        for item in items:
            wide = gaps.lane
            if item < count:
                node = nodes[item]
                wide = node.left + node.right + gaps.box
                branch.only_lanes = False
            widths[row[item]] = widths.get(row[item], 0.0) + wide
        branch.width = max(widths.values())
        for item in items:
            self._tie(branch, item)
        return branch

    def _tie(self, branch: Branch, item: int) -> None:
        """Note the links of an item to its path and to what is farther away."""
        sheet, homes, path, beyond = self._sheet, self._area.home, self._path, self._beyond
        for neighbours, channel in ((sheet.up[item], sheet.row[item]), (sheet.down[item], sheet.row[item] + 1)):
            for neighbour in neighbours:
                other = neighbour.item
                home = homes[other]
                if home is path:
                    branch.ties.append(channel)
                    branch.tied.add(other)
                    branch.pull += neighbour.there
                    if neighbour.hop.end == other:
                        self._order(branch, other, neighbour.hop)
                elif (
                    home is not None
                    and home.items[0] in beyond
                    and (home is not path.parent or sheet.row[path.items[0]] < channel <= sheet.row[path.items[-1]])
                ):
                    branch.left += beyond[home.items[0]] < 0
                    branch.right += beyond[home.items[0]] > 0

    def _order(self, branch: Branch, node: int, hop: Hop) -> None:
        """Compare the place of an input among the inputs of a node of the path with that of the path itself."""
        flat = self._sheet.flat
        if node not in self._mains:
            self._mains[node] = self._main(node)
        branch.enter(flat.nets[hop.net].pins[hop.pin][1], self._mains[node], flat.nodes[node], flat.style)

    def _main(self, node: int) -> float | None:
        """Return the place of the path itself among the inputs of one of its nodes."""
        nets, home = self._sheet.flat.nets, self._area.home
        for neighbour in self._sheet.up[node]:
            if home[neighbour.item] is self._path:
                return nets[neighbour.hop.net].pins[neighbour.hop.pin][1]
        return None
