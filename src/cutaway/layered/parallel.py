"""Draw a slice of parallel strands at once: nothing is to be searched there, all stages of the layout are sums.

The rules are those of the stages, and so is the drawing; a slice of another kind is left to them.
"""

from cutaway.layered.channel import Tracks, Wire, assign
from cutaway.layered.flat import Drawing, Line, Plate
from cutaway.layered.label_rects import plate
from cutaway.layered.label_room import half_border, label_width
from cutaway.layered.passage import CLEAR, Passage, height, label_band
from cutaway.layered.place import apart, beside, even_places
from cutaway.layered.ports import spread
from cutaway.layered.slices import Slice
from cutaway.layered.snap import down, up
from cutaway.layered.strands import Strands, strands

_NO_TRACKS = Tracks({}, {}, 0)


def drawn(part: Slice) -> Drawing | None:
    """Return the drawing of a slice of parallel strands, nothing for any other."""
    found = strands(part)
    return None if found is None else _Parallel(found).drawing()


class _Parallel:
    """Strands with their places: the x of each, where it enters the sink, and the y of all rows.

    `aside` tells on which side of a round sink (-1, 1) the outermost strands enter it, by their places.
    """

    def __init__(self, found: Strands) -> None:
        self._found = found
        self._flat = found.flat
        equal = found.equal()
        self._aside = self._sides(len(equal) == len(found.places))
        self._x = self._across(equal)
        self._enter = self._ports()
        self._passages, self._top, self._height = self._along()

    def _sides(self, even: bool) -> dict[int, int]:  # noqa: FBT001 - whether none is the straight one
        found = self._found
        if not self._flat.nodes[found.sink].round:
            return {}
        main, last = found.places.index(found.main), len(found.places) - 1
        sides = {}
        if main > 0 or even:
            sides[0] = -1
        if main < last or even:
            sides[last] = 1
        return sides

    def _across(self, equal: list[int]) -> list[float]:
        """Return the x of all strands: the main one or the even group at 0, the others as near as they may be."""
        found, gaps = self._found, self._flat.style.gaps
        sink = self._flat.nodes[found.sink]
        reaches = self._reaches()
        distances = [self._distance(one, reaches) for one in range(len(found.places) - 1)]
        x = [0.0] * len(found.places)
        low = high = found.places.index(found.main)
        if equal and equal[-1] - equal[0] == len(equal) - 1:
            low, high = equal[0], equal[-1]
            x[low : high + 1] = even_places(distances[low:high], 0.0, sink if self._aside else None, gaps)
        last = len(x) - 1
        for place in range(high + 1, len(x)):
            least = beside(sink.right, gaps) if place == last and place in self._aside else 0.0
            x[place] = up(max(x[place - 1] + distances[place - 1], least))
        for place in range(low - 1, -1, -1):
            least = beside(sink.left, gaps) if place == 0 and place in self._aside else 0.0
            x[place] = down(min(x[place + 1] - distances[place], -least))
        return x

    def _reaches(self) -> dict[int, float]:
        """Return how far nodes keep others off to their right for the labels below or within them."""
        flat, gaps = self._flat, self._flat.style.gaps
        reaches = {node: box.reach for node, box in enumerate(flat.nodes) if box.reach}
        for _, source, _, label in flat.nets:
            if label is not None:
                reaches[source] = max(reaches.get(source, 0.0), label_width(label, gaps))
        return reaches

    def _distance(self, place: int, reaches: dict[int, float]) -> float:
        """Return the least distance of a strand from the next one to its right."""
        found, gaps = self._found, self._flat.style.gaps
        pairs = zip(found.places[place].cells, found.places[place + 1].cells, strict=True)
        if not reaches:
            return max([apart(found.node(one), found.node(two), gaps) for one, two in pairs])
        left = gaps.lane
        return max(
            [
                apart(found.node(one), found.node(two), gaps, reaches.get(one, 0.0), left * (two in found.labelled))
                for one, two in pairs
            ]
        )

    def _ports(self) -> list[float]:
        """Return for each strand the x where it enters the sink from above."""
        enter = [0.0] * len(self._x)
        straight = [place for place in range(len(enter)) if place not in self._aside]
        if len(straight) > 1:
            half = half_border(self._flat.nodes[self._found.sink], upper=True)
            for place, x in zip(straight, spread([self._x[place] for place in straight], half), strict=True):
                enter[place] = x
        return enter

    def _along(self) -> tuple[list[Passage], list[float], float]:
        """Return the channels, the first above the source, the y of each node's upper border, and that of the end."""
        flat, rank = self._flat, self._found.rank
        gaps, last = flat.style.gaps, len(self._found.main.cells) + 1
        heights, bands = [0.0] * (last + 1), [0.0] * (last + 1)
        for box, row in zip(flat.nodes, rank, strict=True):
            heights[row] = max(heights[row], box.row or box.height)
        if self._found.labelled:
            for net in flat.nets:
                row = rank[net.source]
                bands[row] = max(bands[row], label_band([net], gaps))
        passages = [Passage(_NO_TRACKS, 0.0, gaps.lane, flat.head)]
        y = flat.head + heights[0]
        for row in range(1, last + 1):
            tracks = self._fork() if row == 1 else self._merge() if row == last else _NO_TRACKS
            high, first = height(tracks.count, gaps, max(gaps.rank, bands[row - 1]), max(bands[row - 1], CLEAR))
            passages.append(Passage(tracks, y + first, gaps.lane, y + high))
            y += high
            y += heights[row]
        top = [
            passages[row].end + (box.drop if box.row else (heights[row] - box.height) / 2)
            for box, row in zip(flat.nodes, rank, strict=True)
        ]
        return passages, top, y + flat.foot

    def _fork(self) -> Tracks:
        """Return the tracks below the source: one, unless all is straight."""
        return assign([Wire(self._found.fork, (0.0,), tuple([round(x, 6) for x in self._x]))])

    def _merge(self) -> Tracks:
        """Return the tracks above the sink."""
        wires = []
        for net, place in sorted((strand.last, place) for place, strand in enumerate(self._found.places)):
            x = round(self._x[place], 6)
            wires.append(Wire(net, (x,), (x if place in self._aside else round(self._enter[place], 6),)))
        return assign(wires)

    def drawing(self) -> Drawing:
        """Return the drawing of the slice."""
        found, flat = self._found, self._flat
        lines: list[list[Line]] = [[[]] * len(net.pins) for net in flat.nets]
        xs = [0.0] * len(flat.nodes)
        for place, x in enumerate(self._x):
            self._draw(place, lines)
            for cell in found.places[place].cells:
                if cell >= 0:
                    xs[cell] = x
        labels: dict[int, Plate] = {}
        if self._found.labelled:
            for index, (_, source, _, label) in enumerate(flat.nets):
                if label is not None:
                    start, passage = (xs[source], self._bottom(source)), self._passages[found.rank[source] + 1]
                    labels[index] = plate(label, flat.style.gaps, start, lines[index], passage)
        places = list(zip(xs, self._top, strict=True))
        return Drawing(places=places, lines=lines, labels=labels, height=self._height)

    def _bottom(self, node: int) -> float:
        return self._top[node] + self._flat.nodes[node].height

    def _draw(self, place: int, lines: list[list[Line]]) -> None:
        """Draw the lines along a strand."""
        found, passages, top, x = self._found, self._passages, self._top, self._x[place]
        strand = found.places[place]
        net, pin = found.fork, strand.pin
        line = [(0.0, self._bottom(found.source)), *passages[1].corners(net, (0.0, True), (x, False))]
        for cell, following in zip([cell for cell in strand.cells if cell >= 0], strand.nets, strict=True):
            line.append((x, top[cell]))
            lines[net][pin] = line
            line = [(x, self._bottom(cell))]
            net, pin = following, 0
        sink = self._flat.nodes[found.sink]
        if place in self._aside:
            middle = top[found.sink] + sink.height / 2
            line += [(x, middle), (sink.right if x > 0.0 else -sink.left, middle)]
        else:
            enter = self._enter[place]
            line += passages[-1].corners(net, (x, True), (enter, False))
            line.append((enter, top[found.sink]))
        lines[net][pin] = line
