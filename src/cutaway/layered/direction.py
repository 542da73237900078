"""Turn a problem so that its links lead down, and the finished layout back.

Right and left are turned, not mirrored, so that what is right of a lane going down is above it afterwards: labels.
"""

from collections.abc import Iterable

from cutaway.geometry import Rect, Size
from cutaway.layered.flat import Line, Spot, Style
from cutaway.layered.problem import Cluster, Corners, Direction, Insets, Problem
from cutaway.record import Record, replace

_ARROW = 8.0  # between two rows at least: an arrowhead
_LINE = 2.0  # between two boxes or lanes at least: so much keeps two lines apart
_CAPTION_GAP = 4.0  # between a caption and a lane beside it


class Frame(Record):
    """What a cluster keeps free, turned: insets, and the room for its caption.

    `brow` and `sole` are the heights at the upper and lower border where nothing may bend, `brow_start` and
    `sole_start` how far from the left border lanes may cross them; `least` is the least size.
    """

    insets: Insets
    brow: float = 0.0
    brow_start: float = 0.0
    sole: float = 0.0
    sole_start: float = 0.0
    least: Size = Size(0.0, 0.0)


class Turn(Record, kw_only=False):
    """The way from the page to the drawing that leads down, and back."""

    direction: Direction

    @property
    def sideways(self) -> bool:
        """Whether width and height change places."""
        return self.direction in {"right", "left"}

    def size(self, size: Size) -> Size:
        """Turn a size (both ways)."""
        return Size(size.height, size.width) if self.sideways else size

    def style(self, problem: Problem) -> Style:
        """Return what holds for all levels: skips go to the right of the page, or below."""
        asked = problem.gaps
        gaps = replace(asked, rank=max(asked.rank, _ARROW), box=max(asked.box, _LINE), lane=max(asked.lane, _LINE))
        return Style(gaps=gaps, side=-1 if self.sideways else 1, mirror=self.sideways, rounds=problem.rounds)

    def frame(self, cluster: Cluster) -> Frame:
        """Turn what a cluster keeps free."""
        kept, caption = cluster.insets, cluster.caption
        top = max(kept.top, caption.height)
        if self.direction == "down":
            turned = Insets(top=top, right=kept.right, bottom=kept.bottom, left=kept.left)
            return Frame(insets=turned, brow=caption.height, brow_start=caption.width, least=caption)
        if self.direction == "up":
            turned = Insets(top=kept.bottom, right=kept.right, bottom=top, left=kept.left)
            return Frame(insets=turned, sole=caption.height, sole_start=caption.width, least=caption)
        top = max(kept.top, caption.height + _CAPTION_GAP if caption.height else 0.0)
        first, last = (kept.left, kept.right) if self.direction == "right" else (kept.right, kept.left)
        turned = Insets(top=first, right=top, bottom=last, left=kept.bottom)
        return Frame(insets=turned, least=self.size(caption))

    def lines_back(self, lines: Iterable[tuple[Line, Spot]], size: Size) -> list[Corners]:
        """Move lines in a drawing of this (turned) size, and turn them back to the page."""
        wide, high = size.width, size.height
        if self.direction == "down":
            return [tuple([(x + dx, y + dy) for x, y in line]) for line, (dx, dy) in lines]
        if self.direction == "up":
            return [tuple([(x + dx, high - (y + dy)) for x, y in line]) for line, (dx, dy) in lines]
        if self.direction == "right":
            return [tuple([(y + dy, wide - (x + dx)) for x, y in line]) for line, (dx, dy) in lines]
        return [tuple([(high - (y + dy), wide - (x + dx)) for x, y in line]) for line, (dx, dy) in lines]

    def rects_back(self, rects: dict[str, Rect], size: Size) -> dict[str, Rect]:
        """Turn rectangles in a drawing of this (turned) size back to the page."""
        if self.direction == "down":
            return rects
        corners = [([(rect.x, rect.y), (rect.right, rect.bottom)], (0.0, 0.0)) for rect in rects.values()]
        return {
            name: Rect(min(x, right), min(y, bottom), abs(right - x), abs(bottom - y))
            for name, ((x, y), (right, bottom)) in zip(rects, self.lines_back(corners, size), strict=True)
        }
