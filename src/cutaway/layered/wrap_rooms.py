"""How much room the columns of a wrapped layout take, with the lines that lead from one to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Problem
from cutaway.layered.wrap_gaps import Gap, Span, Whole

_LEAVE = 7.0  # from the last thing in a column to the first line that turns below it
_ENTER = 9.0  # from the first thing in a column to the last line that turns above it
_DOTS = 0.7  # of a caption's height: what says that this is not the beginning
_AIR = 3.0  # between a caption and a line
_OFF, _CLEAR = 1.0, 4.0  # between the line to the next column and its label, and between this and the column
_PAD = 6.0  # between the border of a cluster that is cut and what is inside


class Rooms:
    """Extents of the columns between any two gaps; the first begins at -1, the last ends at the number of gaps."""

    def __init__(self, problem: Problem, whole: Whole, found: Sequence[Gap]) -> None:
        layout = whole.layout
        self.gaps = problem.gaps
        self._found = found
        self._size = layout.size
        self._clusters = layout.clusters
        self._known = {cluster.id: cluster for cluster in problem.clusters}
        self._is_down = problem.direction == "down"
        numbers = range(len(found))
        self._soles = [self._borders(number, is_above=True) for number in numbers]
        self._brows = [self._borders(number, is_above=False) for number in numbers]
        self._lefts, self._rights = _strips(whole, found)
        step = self.lane_step()
        self._bundles = [(len(gap.lanes) - 1) * step if gap.lanes else 0.0 for gap in found]
        """The room across that the lines of each gap take."""

    def lane_step(self) -> float:
        """Return the distance between two lines side by side."""
        return max(self.gaps.lane, 5.0)

    def soles(self, number: int) -> Mapping[str, float]:
        """Return for each cluster that a gap parts how far its border lies below the content above the gap."""
        return self._soles[number]

    def brows(self, number: int) -> Mapping[str, float]:
        """Return for each cluster that a gap parts how far its border lies above the content below the gap."""
        return self._brows[number]

    def caption(self, number: int, name: str) -> Rect | None:
        """Return the place beside the lines of a gap, as high as 0, where a cluster can be named once more."""
        cluster, border = self._known[name], self._clusters[name]
        high = cluster.caption.height
        wide = cluster.caption.width + _DOTS * high
        if not self._is_down or not high:
            return None
        lanes = [x for _, x in self._found[number].lanes if border.x - _AIR < x < border.right + _AIR]
        left = min([x - _AIR - border.x for x in lanes], default=border.width)
        right = min([border.right - x - _AIR for x in lanes], default=border.width)
        is_left = left >= min(wide, right)
        room = left if is_left else right
        if room < min(wide, cluster.least or wide):
            return None
        wide = min(wide, room)
        return Rect(border.x if is_left else border.right - wide, 0.0, wide, high)

    def _borders(self, number: int, *, is_above: bool) -> dict[str, float]:
        """Return how far the borders of the clusters that a gap parts lie from the content, inner ones nearer."""
        torn = self._found[number].torn
        if not torn:
            return {}
        depths = {name: self._depth(name) for name in torn}
        borders: dict[str, float] = {}
        for name in sorted(torn, key=lambda name: (-depths[name], name)):
            inner = [far for other, far in borders.items() if self._known[other].parent == name]
            rect = None if is_above else self.caption(number, name)
            borders[name] = max(inner, default=0.0) + (rect.height if rect else _PAD)
        return borders

    def _depth(self, name: str) -> int:
        depth, outer = 0, self._known[name].parent
        while outer is not None:
            depth, outer = depth + 1, self._known[outer].parent
        return depth

    def leave(self, number: int) -> float:
        """Return the distance of the first line that turns at a gap from the content above."""
        soles = self._soles[number]
        return max(soles.values()) + _LEAVE if soles else _LEAVE

    def enter(self, number: int) -> float:
        """Return the distance of the last line that turns at a gap from the content below."""
        brows = self._brows[number]
        return max(brows.values()) + _ENTER if brows else _ENTER

    def span(self, start: int, end: int) -> Span:
        """Return where the content between two gaps begins and ends."""
        top = self._found[start].bottom if start >= 0 else 0.0
        return top, self._found[end].top if end < len(self._found) else self._size.height

    def within(self, start: int, end: int) -> Sequence[Gap]:
        """Return the gaps between two."""
        return self._found[start + 1 : end]

    def above(self, number: int) -> float:
        """Return the room for the lines that come from a gap."""
        return self.enter(number) + self._bundles[number] if number >= 0 and self._found[number].lanes else 0.0

    def below(self, number: int) -> float:
        """Return the room for the lines that lead to a gap."""
        is_crossed = number < len(self._found) and self._found[number].lanes
        return self.leave(number) + self._bundles[number] if is_crossed else 0.0

    def gutter(self, number: int) -> float:
        """Return the breadth between the two columns at a gap."""
        return 2 * max(self.gaps.box, 6.0, self._found[number].thick + _OFF + _CLEAR) + self._bundles[number]

    @staticmethod
    def on_the_way(label: Rect, a: Point, b: Point) -> Rect:
        """Return where a label stands beside the line between two columns, from `a` to `b`."""
        middle = (a.y + b.y) / 2
        return Rect(a.x - _OFF - label.width, middle - label.height / 2, label.width, label.height)

    def columns(self, cuts: Sequence[int]) -> Iterator[tuple[int, int, Span, Span]]:
        """Yield each column: the gaps at its ends, its content along the flow, and across it."""
        for start, end in pairwise((-1, *cuts, len(self._found))):
            across = min(self._lefts[start + 1 : end + 1]), max(self._rights[start + 1 : end + 1])
            yield start, end, self.span(start, end), across

    @property
    def area(self) -> float:
        """The room of all that lies between the gaps."""
        return sum(
            (right - left) * (end - start)
            for left, right, (start, end) in zip(
                self._lefts,
                self._rights,
                [self.span(number - 1, number) for number in range(len(self._lefts))],
                strict=True,
            )
        )

    def extent(self, cuts: Sequence[int]) -> Size:
        """Return the size of all columns side by side."""
        breadth = sum(right - left for *_, (left, right) in self.columns(cuts)) + sum(map(self.gutter, cuts))
        return Size(breadth, self.length(cuts))

    def length(self, cuts: Sequence[int]) -> float:
        """Return the height of all columns side by side."""
        head = foot = 0.0
        for start, end in pairwise((-1, *cuts, len(self._found))):
            top, bottom = self.span(start, end)
            head, foot = max(head, self.above(start)), max(foot, bottom - top + self.below(end))
        return head + foot


def _strips(whole: Whole, found: Sequence[Gap]) -> tuple[list[float], list[float]]:
    """Return how far what lies between any two gaps that follow each other reaches to the left and right."""
    layout = whole.layout
    lefts, rights = [layout.size.width] * (len(found) + 1), [0.0] * (len(found) + 1)
    middles = [gap.middle for gap in found]
    rects = (*layout.boxes.values(), *layout.labels.values(), *layout.clusters.values())
    reaches = [
        (strip, rect.x, rect.x + rect.width)
        for rect in rects
        for strip in range(bisect_left(middles, rect.y), bisect_right(middles, rect.y + rect.height) + 1)
    ]
    reaches += [(bisect_right(middles, y), x, x) for line in whole.lines.values() for x, y in line]
    for number, gap in enumerate(found):
        if gap.lanes:  # these lead through the strips on both sides of it
            left, right = gap.lanes[0][1], gap.lanes[-1][1]
            reaches += [(number, left, right), (number + 1, left, right)]
    for strip, left, right in reaches:
        if left < lefts[strip]:  # noqa: PLR1730 - `min` doubles the time of the loop
            lefts[strip] = left
        if right > rights[strip]:  # noqa: PLR1730 - as above
            rights[strip] = right
    return lefts, rights
