"""A vertical path of items in some rows, and the rows it was found in."""

from cutaway.layered.flat import Side
from cutaway.layered.sheet import Sheet
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
