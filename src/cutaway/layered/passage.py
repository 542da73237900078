"""A channel with its tracks, their heights, and the corners of lanes and the labels in it."""

from collections.abc import Collection, Mapping, Sequence

from cutaway.geometry import Size
from cutaway.layered.flat import SAME, Line, Net, Plate, Spot
from cutaway.layered.problem import Gaps
from cutaway.record import Record

CLEAR = 9.0  # straight before a node: room for an arrowhead and a rounded corner


class Wire:
    """A net in a channel: the x of its pins at the upper and at the lower side, and its left and right end."""

    __slots__ = ("bottoms", "high", "low", "net", "tops")

    def __init__(self, net: int, tops: tuple[float, ...], bottoms: tuple[float, ...]) -> None:
        self.net = net
        self.tops = tops
        self.bottoms = bottoms
        pins = tops + bottoms
        self.low = min(pins)
        self.high = max(pins)


class Course(Record, kw_only=False):
    """The tracks of a net, counted from above; with two of them, `column` joins them."""

    upper: int
    lower: int
    column: float | None = None


class Tracks(Record, kw_only=False):
    """The courses of the nets that are not straight, their extents from left to right, and the number of tracks."""

    courses: dict[int, Course]
    spans: dict[int, tuple[tuple[int, float, float], ...]]
    count: int

    @property
    def is_plain(self) -> bool:
        """Whether no net has two tracks."""
        return all(course.column is None for course in self.courses.values())

    def renumbered(self, numbers: Mapping[int, int] | Sequence[int]) -> "Tracks":
        """Return the tracks of a channel that is alike but for the numbers of its nets."""
        courses = {numbers[net]: course for net, course in self.courses.items()}
        return Tracks(courses, {numbers[net]: spans for net, spans in self.spans.items()}, self.count)


NO_TRACKS = Tracks({}, {}, 0)


def assign(wires: list[Wire], straight: Collection[float] = ()) -> Tracks:
    """Return tracks for all wires that need one, in a channel with further pins of straight nets."""
    parts = [wire for wire in wires if wire.high - wire.low > SAME]
    if not parts:
        return NO_TRACKS
    if len(parts) == 1:
        wire = parts[0]
        return Tracks({wire.net: Course(0, 0)}, {wire.net: ((0, wire.low, wire.high),)}, 1)
    from cutaway.layered.channel import settled

    return settled(parts, wires, straight)


class Passage(Record, kw_only=False):
    """The tracks of a channel, the y of the first one, their distance, and where the channel ends."""

    tracks: Tracks
    first: float
    step: float
    end: float

    def track(self, number: int) -> float:
        """Return the y of a track."""
        return self.first + number * self.step

    def corners(self, net: int, start: tuple[float, bool], end: tuple[float, bool]) -> Line:
        """Return the corners of a net between two x, each said to be above the channel or not."""
        course = self.tracks.courses.get(net)
        if course is None:
            return []
        (one, one_above), (two, two_above) = start, end
        if course.column is None and abs(one - two) < SAME:
            return []
        first = self.track(course.upper if one_above else course.lower)
        second = self.track(course.upper if two_above else course.lower)
        if first == second or course.column is None:
            return [(one, first), (two, second)]
        return [(one, first), (course.column, first), (course.column, second), (two, second)]

    def free_above(self, left: float, right: float) -> float:
        """Return the y of the first level stretch between two x, or that of the end."""
        ys = [self.end]
        for spans in self.tracks.spans.values():
            ys += [self.track(track) for track, low, high in spans if low < right and left < high]
        return min(ys)

    def plate(self, label: Size, gaps: Gaps, start: Spot, lines: list[Line]) -> Plate:
        """Return the rectangle of a label beside lines that leave straight down from a spot above the channel.

        It is in the middle of their first stretch, as far as that is free.
        """
        x, top = start
        end = min(_stretch_end(line, x, top) for line in lines)
        free = self.free_above(x, x + gaps.label * 2 + label.width)
        low = max(top, min(end, free) - gaps.label - label.height)
        middle = (top + end - label.height) / 2
        return x + gaps.label, max(top + gaps.label, min(low, middle)), label.width, label.height


def height(count: int, gaps: Gaps, least: float, before: float, after: float = CLEAR) -> tuple[float, float]:
    """Return the height of a channel with so many tracks, and where in it the first is: in the middle of what is free.

    `before` and `after` are the distances of the tracks to what is above and below; `least` is the least height.
    """
    if count == 0:
        return least, 0.0
    long = (count - 1) * gaps.lane
    high = max(least, before + long + after)
    return high, before + (high - before - after - long) / 2


def label_band(nets: Sequence[Net], gaps: Gaps) -> float:
    """Return the height that the labels of nets need below their source."""
    return max([net.label.height + 2 * gaps.label for net in nets if net.label is not None], default=0.0)


def _stretch_end(line: Line, x: float, start: float) -> float:
    """Return where a line leaves the stretch straight down at `x`."""
    ends = [y for at, y in line if abs(at - x) < 1e-6 and y > start]
    return ends[0] if ends else start
