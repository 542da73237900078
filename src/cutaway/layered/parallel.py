"""Draw a slice of parallel strands at once: nothing is to be searched there, all stages of the layout are sums.

The rules are those of the stages, and so is the drawing; a slice of another kind is left to them.
"""

from cutaway.layered.flat import SAME, Drawing, Line, Plate
from cutaway.layered.passage import CLEAR, NO_TRACKS, Passage, Tracks, Wire, assign, height, label_band
from cutaway.layered.slices import Slice
from cutaway.layered.spread_strands import Fork, Placing
from cutaway.layered.strands import strands


def drawn(part: Slice) -> Drawing | None:
    """Return the drawing of a slice of parallel strands, nothing for any other."""
    found = strands(part)
    if found is None:
        return None
    forks = Placing(part.flat).forks(found)
    return _Parallel(part, forks).drawing()


class _Parallel:
    """The heights of a slice, and the lines along its strands."""

    def __init__(self, part: Slice, forks: list[Fork]) -> None:
        self._flat = part.flat
        self._rank = part.rank
        self._forks = forks
        self._labelled = any(net.label is not None for net in part.flat.nets)
        self._passages, self._top, self._height = self._along()

    def _along(self) -> tuple[list[Passage], list[float], float]:
        """Return the channels, the first above the source, the y of each node's upper border, and that of the end."""
        flat, rank = self._flat, self._rank
        gaps, last = flat.style.gaps, self._forks[0].end
        heights, bands = [0.0] * (last + 1), [0.0] * (last + 1)
        for box, row in zip(flat.nodes, rank, strict=True):
            heights[row] = max(heights[row], box.row or box.height)
        if self._labelled:
            for net in flat.nets:
                row = rank[net.source]
                bands[row] = max(bands[row], label_band([net], gaps))
        passages = [Passage(NO_TRACKS, 0.0, gaps.lane, flat.head)]
        bent = {channel for fork in self._forks for channel in (fork.strands.first, fork.end)}
        y = flat.head + heights[0]
        for row in range(1, last + 1):
            tracks = self._tracks(row) if row in bent else NO_TRACKS
            high, first = height(tracks.count, gaps, max(gaps.rank, bands[row - 1]), max(bands[row - 1], CLEAR))
            passages.append(Passage(tracks, y + first, gaps.lane, y + high))
            y += high
            y += heights[row]
        top = [
            passages[row].end + (box.drop if box.row else (heights[row] - box.height) / 2)
            for box, row in zip(flat.nodes, rank, strict=True)
        ]
        return passages, top, y + flat.foot

    def _tracks(self, channel: int) -> Tracks:
        """Return the tracks of a channel in which strands part or meet."""
        hops = [hop for fork in self._forks for hop in fork.hops(channel)]
        if all(abs(one - two) < SAME for _, one, two in hops):
            return NO_TRACKS
        pins: dict[int, tuple[dict[float, None], dict[float, None]]] = {}
        for net, one, two in sorted(hops):
            tops, bottoms = pins.setdefault(net, ({}, {}))
            tops[round(one, 6)] = None
            bottoms[round(two, 6)] = None
        return assign([Wire(net, tuple(tops), tuple(bottoms)) for net, (tops, bottoms) in pins.items()])

    def drawing(self) -> Drawing:
        """Return the drawing of the slice."""
        flat = self._flat
        lines: list[list[Line]] = [[[]] * len(net.pins) for net in flat.nets]
        xs = [0.0] * len(flat.nodes)
        for fork in self._forks:
            for place, (strand, x) in enumerate(zip(fork.strands.places, fork.x, strict=True)):
                self._draw(fork, place, lines)
                for cell in strand.cells:
                    if cell >= 0:
                        xs[cell] = x
        labels: dict[int, Plate] = {}
        if self._labelled:
            for index, net in enumerate(flat.nets):
                label, source = net.label, net.source
                if label is not None:
                    start, passage = (xs[source], self._bottom(source)), self._passages[self._rank[source] + 1]
                    labels[index] = passage.plate(label, flat.style.gaps, start, lines[index])
        places = list(zip(xs, self._top, strict=True))
        return Drawing(places=places, lines=lines, labels=labels, height=self._height)

    def _bottom(self, node: int) -> float:
        return self._top[node] + self._flat.nodes[node].height

    def _draw(self, fork: Fork, place: int, lines: list[list[Line]]) -> None:
        """Draw the lines along a strand, but not those of the fork within it."""
        top, x, axis = self._top, fork.x[place], fork.axis
        strand, sink = fork.strands.places[place], fork.strands.sink
        net, pin = fork.strands.fork, strand.pin
        corners = self._passages[fork.strands.first].corners(net, (axis, True), (x, False))
        line = [(axis, self._bottom(fork.strands.source)), *corners]
        inner = fork.inner_rows(strand)
        for row, (cell, following) in enumerate(zip(strand.cells, strand.nets[1:], strict=True)):
            if cell < 0 or row in inner:
                continue
            if row != inner.stop:
                line.append((x, top[cell]))
                lines[net][pin] = line
            line = [(x, self._bottom(cell))]
            net, pin = following, 0
        box = self._flat.nodes[sink]
        if place in fork.aside:
            middle = top[sink] + box.height / 2
            line += [(x, middle), (axis + (box.right if x > axis else -box.left), middle)]
        else:
            line += self._passages[fork.end].corners(net, (x, True), (fork.enter[place], False))
            line.append((fork.enter[place], top[sink]))
        lines[net][pin] = line
