"""A vertical path of items in some rows, and the rows it was found in."""

from typing import Literal, TypeAlias

from cutaway.layered.sheet import Sheet
from cutaway.record import field, record

Side: TypeAlias = Literal[-1, 1]


@record(frozen=False)
class Path:
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


@record(frozen=False, eq=False)
class Area:
    """A sheet, and to which path each of its items belongs.

    In the rows `even` an even number of equal paths shares the middle; their merge is in the next row, if any.
    """

    sheet: Sheet
    home: dict[int, Path | None]
    even: range = range(0)
