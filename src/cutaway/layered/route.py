"""Give rows and channels their heights and draw the line of each pin through them."""

from cutaway.layered.channel import Course, Tracks, Wire, assign
from cutaway.layered.flat import ENTRY, EXIT, Border, Line, PinKey, Spot
from cutaway.layered.label_room import CLEAR, band
from cutaway.layered.ports import end_x, start_x
from cutaway.layered.sheet import Fan, Hop, Sheet

_CORNER = 4.0  # between a caption and a level stretch: the rounded corner of a lane that crosses the border
_SAME = 1e-6
_EXIT = 6.0  # straight before a lower border: a rounded corner and a bit; the arrowhead comes later


class Router:
    """The heights of a sheet, and the lines through it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.tracks: list[Tracks] = [assign(_wires(sheet, channel)) for channel in range(len(sheet.channels))]
        self.tops: list[float] = []
        self.heights = [max((self._row_height(item) for item in items), default=0.0) for items in sheet.rows]
        self._first: list[float] = []
        y = 0.0
        for channel in range(len(sheet.channels)):
            high, first = self._channel(channel)
            self._first.append(y + first)
            y += high
            self.tops.append(y)
            if channel < len(sheet.rows):
                y += self.heights[channel]
        self.height = y

    def _height(self, item: int) -> float:
        return self.sheet.flat.nodes[item].height if item < self.sheet.nodes else 0.0

    def _row_height(self, item: int) -> float:
        return (self.sheet.flat.nodes[item].row if item < self.sheet.nodes else 0.0) or self._height(item)

    def _border(self, row: int, border: Border) -> bool:
        if not 0 <= row < len(self.sheet.rows):
            return False
        items = self.sheet.rows[row]
        return any(item < self.sheet.nodes and self.sheet.flat.nodes[item].border is border for item in items)

    def _channel(self, channel: int) -> tuple[float, float]:
        """Return the height of a channel and where in it the first track is."""
        flat, count = self.sheet.flat, self.tracks[channel].count
        gaps = flat.style.gaps
        last = len(self.sheet.rows)
        above = band(self.sheet, channel - 1) if channel > 0 else 0.0
        least = gaps.rank if 0 < channel < last else 0.0
        before, after = max(above, CLEAR), CLEAR
        if self._border(channel - 1, ENTRY):
            least, before = flat.head, max(flat.brow + _CORNER, before)
        if self._border(channel, EXIT):
            least, after = max(flat.foot, above), flat.sole + _EXIT
        if channel == 0 and not self._border(0, ENTRY):
            least = flat.head
            before = max(before, flat.head, flat.brow + _CORNER)
        if channel == last and not self._border(last - 1, EXIT):
            least = flat.foot + above
            after = max(after, flat.foot, flat.sole + _CORNER)
        if count == 0:
            return max(least, above), 0.0
        long = (count - 1) * gaps.lane
        high = max(least, before + long + after)
        return high, before + (high - before - after - long) / 2

    def top(self, node: int) -> float:
        """Return the y of the upper border of a node.

        It stands in the middle of its row; beside something much higher, though, a source stands near its targets and a
        sink near its sources.
        """
        row = self.sheet.row[node]
        box = self.sheet.flat.nodes[node]
        if box.row:
            return self.tops[row] + box.drop
        room = self.heights[row] - box.height
        if room > 3 * self.sheet.flat.style.gaps.rank and not box.round:
            if not self.sheet.up[node]:
                return self.tops[row] + room
            if not self.sheet.down[node]:
                return self.tops[row]
        return self.tops[row] + room / 2

    def middle(self, node: int) -> float:
        """Return the y of the centre of a node."""
        return self.top(node) + self._height(node) / 2

    def bottom(self, node: int) -> float:
        """Return the y of the lower border of a node."""
        return self.top(node) + self._height(node)

    def track(self, channel: int, number: int) -> float:
        """Return the y of a track."""
        return self._first[channel] + number * self.sheet.flat.style.gaps.lane

    def line(self, key: PinKey) -> Line:
        """Return the corners of the line from the source of a net to one of its pins."""
        sheet = self.sheet
        node = sheet.flat.nets[key[0]].pins[key[1]].node
        beside = sheet.beside.get(key)
        if beside is None and self._short(sheet.entered[key]):
            x = end_x(sheet, sheet.entered[key])
            return [(x, self.bottom(sheet.flat.nets[key[0]].source)), (x, self.top(node))]
        backwards: Line = []
        if beside is None:
            hop = sheet.entered[key]
            backwards.append((end_x(sheet, hop), self.top(node)))
        else:
            hop = sheet.reached[beside]
            box = sheet.flat.nodes[node]
            edge = sheet.x[node] + (box.right if sheet.x[beside] > sheet.x[node] else -box.left)
            backwards += [(edge, self.middle(node)), (sheet.x[beside], self.middle(node))]
        while True:
            backwards.extend(reversed(self._through(hop)))
            if hop.start < sheet.nodes:
                break
            hop = sheet.reached[hop.start]
        backwards.extend(reversed(self._leaving(hop)))
        return simplified(backwards[::-1])

    def _short(self, hop: Hop) -> bool:
        """Tell whether a hop is a straight line from node to node."""
        sheet = self.sheet
        if hop.start >= sheet.nodes or hop.start in sheet.fans:
            return False
        return hop.net not in self.tracks[channel_of(sheet, hop)].courses

    def _leaving(self, hop: Hop) -> Line:
        """Return the corners between a source's border and the end of its fan."""
        sheet = self.sheet
        bottom = self.bottom(hop.start)
        fan: Fan | None = sheet.fans.get(hop.start)
        if fan is None:
            return [(start_x(sheet, hop), bottom)]
        number = fan.nets.index(hop.net)
        border = sheet.x[hop.start] + fan.border[number]
        depth = bottom + fan.depths[number]
        return [(border, bottom), (border, depth), (sheet.x[hop.start] + fan.below[number], depth)]

    def _through(self, hop: Hop) -> Line:
        """Return the corners of a hop within its channel."""
        sheet = self.sheet
        channel = channel_of(sheet, hop)
        one, two = start_x(sheet, hop), end_x(sheet, hop)
        course: Course | None = self.tracks[channel].courses.get(hop.net)
        if course is None:
            return []
        first = course.upper if sheet.row[hop.start] < channel else course.lower
        second = course.upper if sheet.row[hop.end] < channel else course.lower
        line = [(one, self.track(channel, first))]
        if first != second and course.column is not None:
            line += [
                (course.column, self.track(channel, first)),
                (course.column, self.track(channel, second)),
            ]
        line.append((two, self.track(channel, second)))
        return line


def channel_of(sheet: Sheet, hop: Hop) -> int:
    """Return the channel of a hop: above its lower end, or where its ends are side by side, as its kind says."""
    start, end = sheet.row[hop.start], sheet.row[hop.end]
    if start != end:
        return max(start, end)
    return start + 1 if hop.start < sheet.nodes and hop.pin < 0 else start


def _wires(sheet: Sheet, channel: int) -> list[Wire]:
    """Return the nets of a channel with their pins; none where all are straight."""
    ends = [(hop, start_x(sheet, hop), end_x(sheet, hop)) for hop in sheet.channels[channel]]
    if all(abs(one - two) < 1e-6 for _, one, two in ends):
        return []
    tops: dict[int, dict[float, None]] = {}
    bottoms: dict[int, dict[float, None]] = {}
    for hop, one, two in ends:
        for item, x in ((hop.start, one), (hop.end, two)):
            side = tops if sheet.row[item] < channel else bottoms
            side.setdefault(hop.net, {})[round(x, 6)] = None
    return [
        Wire(net=net, tops=tuple(tops.get(net, ())), bottoms=tuple(bottoms.get(net, ())))
        for net in dict.fromkeys((*tops, *bottoms))
    ]


def simplified(line: Line) -> Line:
    """Return a line without points that are no corners."""
    corners: Line = []
    for point in line:
        if corners and abs(point[0] - corners[-1][0]) < _SAME and abs(point[1] - corners[-1][1]) < _SAME:
            continue
        while len(corners) > 1 and _between(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    return corners


def _between(one: Spot, two: Spot, three: Spot) -> bool:
    return (abs(one[0] - two[0]) < _SAME and abs(two[0] - three[0]) < _SAME) or (
        abs(one[1] - two[1]) < _SAME and abs(two[1] - three[1]) < _SAME
    )
