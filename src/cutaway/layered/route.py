"""Give rows and channels their heights and draw the line of each pin through them, and each label beside it."""

from collections.abc import Collection

from cutaway.layered.flat import ENTRY, EXIT, SAME, Border, Line, Plate, simplified
from cutaway.layered.passage import CLEAR, Passage, Tracks, Wire, assign, height, label_band
from cutaway.layered.sheet import Hop, Sheet

_CORNER = 4.0  # between a caption and a level stretch: the rounded corner of a lane that crosses the border
_EXIT = 6.0  # straight before a lower border: a rounded corner and a bit; the arrowhead comes later


class Router:
    """The heights of a sheet, and the lines through it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._borders = {sheet.row[node]: box.border for node, box in enumerate(sheet.flat.nodes) if box.border}
        self._has_bands = bool(sheet.fans) or any(net.label is not None for net in sheet.flat.nets)
        self.heights = self._row_heights()
        self.passages: list[Passage] = []
        spots, known = _Rounded(), _Known()
        y = 0.0
        for channel in range(len(sheet.channels)):
            tracks = _tracks(*_wires(sheet, channel, spots), known)
            high, first = self._channel(channel, tracks.count)
            self.passages.append(Passage(tracks, y + first, sheet.flat.style.gaps.lane, y + high))
            y += high
            if channel < len(sheet.rows):
                y += self.heights[channel]
        self.height = y
        self._lanes: dict[int, Line] = {}
        self.top = [
            self.passages[row].end + box.drop if box.row else self._top(node)
            for node, (box, row) in enumerate(zip(sheet.flat.nodes, sheet.row, strict=False))
        ]
        """The y of the upper border of each node."""
        self.bottom = [top + box.height for top, box in zip(self.top, sheet.flat.nodes, strict=True)]
        """The y of the lower border of each node."""

    def _row_heights(self) -> list[float]:
        heights = [0.0] * len(self.sheet.rows)
        for box, row in zip(self.sheet.flat.nodes, self.sheet.row, strict=False):
            heights[row] = max(heights[row], box.row or box.height)
        return heights

    def _channel(self, channel: int, count: int) -> tuple[float, float]:
        """Return the height of a channel with so many tracks, and where in it the first is."""
        flat = self.sheet.flat
        gaps = flat.style.gaps
        last = len(self.sheet.rows)
        above = self._band(channel - 1) if channel > 0 and self._has_bands else 0.0
        least = gaps.rank if 0 < channel < last else 0.0
        before, after = max(above, CLEAR), CLEAR
        upper: Border | None = self._borders.get(channel - 1)
        lower: Border | None = self._borders.get(channel)
        if upper is ENTRY:
            least, before = flat.head, max(flat.brow + _CORNER, before)
        if lower is EXIT:
            least, after = max(flat.foot, above), flat.sole + _EXIT
        if channel == 0 and lower is not ENTRY:
            least = flat.head
            before = max(before, flat.head, flat.brow + _CORNER)
        if channel == last and upper is not EXIT:
            least = flat.foot + above
            after = max(after, flat.foot, flat.sole + _CORNER)
        return height(count, gaps, max(least, above), before, after)

    def _band(self, row: int) -> float:
        """Return the height below a row that its labels need: no lane may bend there."""
        sheet, gaps = self.sheet, self.sheet.flat.style.gaps
        depth = 0.0
        for node in sheet.rows[row]:
            if node < sheet.nodes:
                fan = sheet.fans.get(node)
                start = fan.height if fan is not None else 0.0
                labels = label_band([sheet.flat.nets[net] for net in sheet.out[node]], gaps)
                depth = max(depth, start + labels, start + CLEAR if start else 0.0)
        return depth

    def _top(self, node: int) -> float:
        """Return the y of the upper border of a node.

        It stands in the middle of its row; beside something much higher, though, a source stands near its targets and a
        sink near its sources.
        """
        row = self.sheet.row[node]
        box = self.sheet.flat.nodes[node]
        top, room = self.passages[row].end, self.heights[row] - box.height
        if room > 3 * self.sheet.flat.style.gaps.rank and not box.round:
            if not self.sheet.up[node]:
                return top + room
            if not self.sheet.down[node]:
                return top
        return top + room / 2

    def line(self, net: int, pin: int) -> Line:
        """Return the corners of the line from the source of a net to one of its pins."""
        sheet = self.sheet
        node = sheet.flat.nets[net].pins[pin][0]
        beside = sheet.beside.get((net, pin)) if sheet.beside else None
        hop = sheet.entered[net, pin] if beside is None else sheet.reached[beside]
        line = self._lane(hop.start) if hop.start >= sheet.nodes else self._leaving(hop)
        line = [*line, *self._through(hop)]
        if beside is None:
            line.append((sheet.end_x(hop), self.top[node]))
        else:
            box, axis, x = sheet.flat.nodes[node], sheet.x[node], sheet.x[beside]
            middle = self.top[node] + box.height / 2
            line += [(x, middle), (axis + (box.right if x > axis else -box.left), middle)]
        return simplified(line) if sheet.fans else line

    def _lane(self, item: int) -> Line:
        """Return the corners of a lane down to a place of it: once for all pins, of which there may be thousands."""
        sheet, lanes = self.sheet, self._lanes
        waiting: list[Hop] = []
        while item not in lanes and item >= sheet.nodes:
            waiting.append(sheet.reached[item])
            item = waiting[-1].start
        line = lanes[item] if item in lanes else self._leaving(waiting[-1])
        for hop in reversed(waiting):
            corners = self._through(hop)
            if corners:
                line = [*line, *corners]
            lanes[hop.end] = line
        return line

    def _leaving(self, hop: Hop) -> Line:
        """Return the corners between a source's border and the end of its fan."""
        sheet, source = self.sheet, hop.start
        bottom = self.bottom[source]
        fan = sheet.fans.get(source)
        if fan is None:
            return [(sheet.start_x(hop), bottom)]
        number = fan.nets.index(hop.net)
        border = sheet.x[source] + fan.border[number]
        depth = bottom + fan.depths[number]
        return [(border, bottom), (border, depth), (sheet.x[source] + fan.below[number], depth)]

    def _through(self, hop: Hop) -> Line:
        """Return the corners of a hop within its channel."""
        sheet = self.sheet
        row, channel = sheet.row, channel_of(sheet, hop)
        passage = self.passages[channel]
        if hop.net not in passage.tracks.courses:
            return []
        start, end = (sheet.start_x(hop), row[hop.start] < channel), (sheet.end_x(hop), row[hop.end] < channel)
        return passage.corners(hop.net, start, end)

    def labels(self, lines: list[list[Line]]) -> dict[int, Plate]:
        """Return the rectangles of the labels by net, whose lines are known."""
        sheet, plates = self.sheet, dict[int, Plate]()
        for index, net in enumerate(sheet.flat.nets):
            if net.label is not None and net.pins:
                fan = sheet.fans.get(net.source)
                start = self.bottom[net.source] + (fan.height if fan is not None else 0.0)
                spot = (sheet.x[net.source] + sheet.leave[index], start)
                passage = self.passages[sheet.row[net.source] + 1]
                plates[index] = passage.plate(net.label, sheet.flat.style.gaps, spot, lines[index])
        return plates


def channel_of(sheet: Sheet, hop: Hop) -> int:
    """Return the channel of a hop: above its lower end, or where its ends are side by side, as its kind says."""
    start, end = sheet.row[hop.start], sheet.row[hop.end]
    if start != end:
        return max(start, end)
    return start + 1 if hop.start < sheet.nodes and hop.pin < 0 else start


class _Rounded(dict[float, float]):
    """Numbers rounded, each once: most lanes go straight through many channels."""

    __slots__ = ()

    def __missing__(self, value: float) -> float:
        found = self[value] = round(value, 6)
        return found


_Known = dict[object, tuple[list[Wire], Tracks]]
"""The tracks of channels by the pins of their nets: many channels are alike."""


def _tracks(wires: list[Wire], straight: Collection[float], known: _Known) -> Tracks:
    """Return the tracks of a channel, those of one that is alike; nets with two tracks depend on straight ones too."""
    if len(wires) < 2:
        return assign(wires)
    pins = tuple([(wire.tops, wire.bottoms) for wire in wires])
    alike = known.get(pins)
    if alike is not None:
        others, tracks = alike
        return tracks.renumbered({other.net: wire.net for other, wire in zip(others, wires, strict=True)})
    tracks = assign(wires, straight)
    if tracks.is_plain:
        known[pins] = wires, tracks
    return tracks


def _wires(sheet: Sheet, channel: int, spots: _Rounded) -> tuple[list[Wire], Collection[float]]:
    """Return the nets of a channel with their pins, but for straight ones, and the pins of these."""
    hops = sheet.channels[channel]
    x, leave, enter, nodes = sheet.x, sheet.leave, sheet.enter, sheet.nodes
    ends = [
        (
            x[hop.start] + (leave[hop.net] if hop.start < nodes else 0.0),
            x[hop.end] + (enter[hop.net, hop.pin] if hop.pin >= 0 else 0.0),
        )
        for hop in hops
    ]
    if all(abs(one - two) < SAME for one, two in ends):
        return [], ()
    row = sheet.row
    pins: dict[int, tuple[dict[float, None], dict[float, None]]] = {}
    for hop, (one, two) in zip(hops, ends, strict=True):
        sides = pins.get(hop.net)
        if sides is None:
            sides = pins[hop.net] = ({}, {})
        sides[row[hop.start] >= channel][spots[one]] = None
        sides[row[hop.end] >= channel][spots[two]] = None
    wires: list[Wire] = []
    straight: dict[float, None] = {}
    for net, (tops, bottoms) in pins.items():
        if len(tops) == 1 and tops.keys() == bottoms.keys():
            straight.update(tops)
        else:
            wires.append(Wire(net, tuple(tops), tuple(bottoms)))
    wires.sort(key=lambda wire: not wire.tops)
    return wires, straight
