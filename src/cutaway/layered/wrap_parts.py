"""Put the parts of a layout that was cut side by side, and lead its lines from each to the next.

They are stretched to one length, as the lines of a text are, between what lies in them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Continued, Corners, Layout, Problem, Route
from cutaway.layered.wrap_gaps import Gap, Lane, Span, Whole
from cutaway.layered.wrap_rooms import Rooms
from cutaway.record import Record

_LOOSE = 0.25
"""A column that lacks more of its length stays as it is."""
_WIDE = 30.0
"""Points by which a gap outside of clusters gets longer before those in them do too."""
_EDGE = 0.2
_NEAR = 1e-3


class Stretch(Record, kw_only=False, eq=False):
    """By how much what lies in a column moves along the flow: from each of the heights `at` on by the sum of `by`."""

    at: Sequence[float] = ()
    by: Sequence[float] = ()

    def moved(self, y: float) -> float:
        """Return by how much something at a height is moved."""
        place = bisect_right(self.at, y)
        return self.by[place - 1] if place else 0.0

    @property
    def whole(self) -> float:
        """By how much the column is longer."""
        return self.by[-1] if self.by else 0.0


class Part(Record, kw_only=False):
    """One column: the numbers of the gaps at its ends, and its content along the flow and across it."""

    start: int
    end: int
    along: Span
    across: Span


class _Heights(dict[float, float]):
    """Where heights in a column come to lie, each worked out once: there are many corners at one."""

    __slots__ = ("_by", "_stretch")

    def __init__(self, by: float, stretch: Stretch) -> None:
        super().__init__()
        self._by = by
        self._stretch = stretch

    def __missing__(self, y: float) -> float:
        found = self[y] = y + self._by + self._stretch.moved(y)
        return found


def assembled(problem: Problem, whole: Whole, cuts: Sequence[Gap], parts: Sequence[Part], rooms: Rooms) -> Layout:
    """Return the layout in columns."""
    return _Assembly(problem, whole, cuts, parts, rooms).layout()


class _Assembly:
    def __init__(
        self, problem: Problem, whole: Whole, cuts: Sequence[Gap], parts: Sequence[Part], rooms: Rooms
    ) -> None:
        self._problem = problem
        self._old = whole.layout
        self._lines = whole.lines
        self._cuts = cuts
        self._parts = parts
        self._rooms = rooms
        self._clusters = {cluster.id: cluster for cluster in problem.clusters}
        self._middles = [gap.middle for gap in cuts]
        self._head = max(rooms.above(part.start) for part in parts)
        self._length = max(part.along[1] - part.along[0] + rooms.below(part.end) for part in parts)
        self._stretches = self._stretched()
        self._shifts: list[tuple[float, float]] = []
        x = 0.0
        for part in parts:
            left, right = part.across
            self._shifts.append((x - left, self._head - part.along[0]))
            x += right - left
            if part is not parts[-1]:
                x += rooms.gutter(part.end)
        self._breadth = x
        self._heights = [_Heights(dy, stretch) for (_, dy), stretch in zip(self._shifts, self._stretches, strict=True)]
        self._ways = {gap.label: number for number, gap in enumerate(cuts) if gap.label}
        self._turns = [self._turned(number) for number in range(len(cuts))]

    def layout(self) -> Layout:
        old = self._old
        regions = {name: self._regions(name, rect) for name, rect in old.clusters.items()}
        return Layout(
            size=Size(self._breadth, self._head + self._length),
            boxes={name: self._moved(rect) for name, rect in old.boxes.items()},
            clusters={name: parts[0].rect for name, parts in regions.items()},
            routes={link.id: self._route(self._lines[link.id], link.tensor) for link in self._problem.links},
            labels={name: self._labelled(name, rect) for name, rect in old.labels.items()},
            continued={name: tuple(parts[1:]) for name, parts in regions.items() if len(parts) > 1},
        )

    def _labelled(self, name: str, rect: Rect) -> Rect:
        """Return the place of a label: with the box, or beside the line that leads to the next row."""
        number = self._ways.get(name)
        if number is None:
            return self._moved(rect)
        _, a, b, _ = next(iter(self._turns[number].values()))
        return self._rooms.on_the_way(rect, a, b)

    def _column(self, y: float) -> int:
        return bisect_right(self._middles, y)

    def _moved(self, rect: Rect) -> Rect:
        place = self._column(rect.y)
        return rect.moved(self._shifts[place][0], self._heights[place][rect.y] - rect.y)

    def _stretched(self) -> list[Stretch]:
        """Return how the columns are stretched to the length of the longest."""
        lengths = [part.along[1] - part.along[0] for part in self._parts]
        found = []
        for part, length in zip(self._parts, lengths, strict=True):
            lacking = min(max(lengths), self._length - self._rooms.below(part.end)) - length
            found.append(
                stretched(length, lacking, self._rooms.within(part.start, part.end), self._old.labels.values())
            )
        return found

    def _regions(self, name: str, rect: Rect) -> list[Continued]:
        """Return the parts of a cluster, one for each column that it reaches into; the one with its caption first."""
        found: list[Continued] = []
        for place in range(self._column(rect.y), self._column(rect.bottom) + 1):
            part, dx = self._parts[place], self._shifts[place][0]
            heights = self._heights[place]
            top, bottom = heights[rect.y], heights[rect.bottom]
            if rect.y < part.along[0] - _NEAR:
                top = heights[part.along[0]] - self._rooms.brows(part.start)[name]
            if rect.bottom > part.along[1] + _NEAR:
                bottom = heights[part.along[1]] + self._rooms.soles(part.end)[name]
            border = Rect(rect.x + dx, top, rect.width, bottom - top)
            found.append(Continued(rect=border, caption=self._caption(name, part, border)))
        return found if self._problem.direction in {"down", "right"} else found[::-1]

    def _caption(self, name: str, part: Part, border: Rect) -> Rect | None:
        """Return the room for the caption of a part of a cluster that another part goes before."""
        if part.start < 0:
            return None
        if self._problem.direction == "right":
            cluster = self._clusters[name]
            size, wide = cluster.caption, cluster.caption.width + cluster.caption.height
            fits = size.height and min(wide, cluster.least or wide) <= border.height
            return Rect(border.x, border.y, size.height, min(wide, border.height)) if fits else None
        place = self._rooms.caption(part.start, name) if name in self._rooms.brows(part.start) else None
        return None if place is None else place.moved(border.x - self._old.clusters[name].x, border.y)

    def _turned(self, number: int) -> Mapping[Lane, Route]:
        """Return for each line of a cut its four corners on the way to the next column."""
        gap, rooms, step = self._cuts[number], self._rooms, self._rooms.lane_step()
        before, after = self._parts[number], self._parts[number + 1]
        dx, to_x = self._shifts[number][0], self._shifts[number + 1][0]
        low = self._heights[number][before.along[1]] + rooms.leave(before.end)
        high = self._heights[number + 1][after.along[0]] - rooms.enter(after.start)
        gutter = before.across[1] + dx + rooms.gutter(before.end) / 2 - (len(gap.lanes) - 1) * step / 2
        corners = {}
        for place, lane in enumerate(gap.lanes):
            rest = (len(gap.lanes) - 1 - place) * step
            top, bottom, middle = high - place * step, low + rest, gutter + rest
            corners[lane] = (
                Point(lane[1] + dx, bottom), Point(middle, bottom), Point(middle, top), Point(lane[1] + to_x, top)
            )  # fmt: skip
        return corners

    def _route(self, line: Corners, tensor: str) -> Route:
        middles = self._middles
        columns = [bisect_right(middles, y) for _, y in line]
        if columns.count(columns[0]) == len(columns):
            return tuple(self._placed(line, columns[0]))
        points = self._placed(line[:1], columns[0])
        for before, corner, first, last in zip(line, line[1:], columns, columns[1:], strict=False):
            if first != last:
                points += self._between(first, last, (tensor, before[0]))
            points += self._placed((corner,), last)
        return tuple(points)

    def _between(self, first: int, last: int, lane: Lane) -> Iterator[Point]:
        for cut in range(first, last):
            yield from self._turns[cut][lane]
        for cut in range(first - 1, last - 1, -1):
            yield from reversed(self._turns[cut][lane])

    def _placed(self, line: Corners, column: int) -> list[Point]:
        dx, heights = self._shifts[column][0], self._heights[column]
        return [Point(x + dx, heights[y]) for x, y in line]


def stretched(length: float, lacking: float, inner: Sequence[Gap], labels: Iterable[Rect]) -> Stretch:
    """Return how a column of a length is stretched by what it lacks: outside of clusters rather than in them.

    A gap is stretched at both ends, so that a label in it stays in the middle; the two gaps around another label count
    as one.
    """
    if not inner or not _NEAR < lacking <= _LOOSE * length:
        return Stretch()
    chosen: list[Gap] = []
    for depth in sorted({len(gap.torn) for gap in inner}):
        chosen = [gap for gap in inner if len(gap.torn) <= depth]
        if lacking <= _WIDE * len(chosen):
            break
    ends = {round(end, 3) for rect in labels for end in (rect.y, rect.bottom)}
    weights = [0.5 if ends & {round(gap.top, 3), round(gap.bottom, 3)} else 1.0 for gap in chosen]
    unit = lacking / sum(weights) / 2
    at = [y for gap in chosen for y in (gap.top + _EDGE, gap.bottom - _EDGE)]
    return Stretch(at, list(accumulate(unit * weight for weight in weights for _ in range(2))))
