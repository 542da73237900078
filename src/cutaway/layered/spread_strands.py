"""Place strands side by side: the main one at the axis of its source, the others as near as they may be."""

from collections.abc import Iterator

from cutaway.layered.distances import apart, beside, down, even_places, half_border, label_width, spread, up
from cutaway.layered.flat import Flat, Node
from cutaway.layered.strands import Strand, Strands

_NO_ROWS = range(-1, -1)

_Cell = tuple[int, float]
"""A node (or a negative number for a lane, `_STUB` for its end beside a round node) and its distance from an axis."""

_STUB = -2


class Fork:
    """Strands with their places: the `axis` of their source and sink, the `x` of each, where they `enter` the sink.

    Those in `aside` enter a round sink from its sides. `end` is the row of the sink.
    """

    __slots__ = ("aside", "axis", "end", "enter", "strands", "x")

    def __init__(self, found: Strands, x: list[float], aside: frozenset[int], enter: list[float]) -> None:
        self.strands = found
        self.axis = 0.0
        self.x = x
        self.aside = aside
        self.enter = enter
        self.end = found.first + len(found.main.cells)

    def move(self, x: float) -> None:
        """Move the axis to an x."""
        self.axis = x
        self.x = [x + one for one in self.x]
        self.enter = [x + one for one in self.enter]

    def inner_rows(self, strand: Strand) -> range:
        """Return which cells of a strand belong to the fork within it."""
        inner = strand.inner
        if inner is None:
            return _NO_ROWS
        start = inner.first - self.strands.first
        return range(start, start + len(inner.main.cells))

    def hops(self, channel: int) -> list[tuple[int, float, float]]:
        """Return the links in a channel, but not those of the forks within: the net, and the x of both ends."""
        first, places, axis = self.strands.first, self.strands.places, self.axis
        if channel == first:
            return [(strand.nets[0], axis, x) for strand, x in zip(places, self.x, strict=True)]
        if channel == self.end:
            ends = [x if place in self.aside else self.enter[place] for place, x in enumerate(self.x)]
            return [(strand.nets[-1], x, end) for strand, x, end in zip(places, self.x, ends, strict=True)]
        found = []
        if first < channel < self.end:
            for strand, x in zip(places, self.x, strict=True):
                inner = self.inner_rows(strand)
                if not inner or not inner.start <= channel - first <= inner.stop:
                    found.append((strand.nets[channel - first], x, x))
        return found


class Placing:
    """The forks of a slice, placed from the inside out."""

    def __init__(self, flat: Flat) -> None:
        self._flat = flat
        gaps = flat.style.gaps
        self._reaches = {node: (0.0, box.reach) for node, box in enumerate(flat.nodes) if box.reach}
        """How far nodes keep others off to their left and right for the labels below or within them."""
        for net in flat.nets:
            source, label = net.source, net.label
            if label is not None:
                self._reaches[source] = (gaps.lane, max(flat.nodes[source].reach, label_width(label, gaps)))
        self._inner: dict[Strand, Fork] = {}

    def forks(self, found: Strands) -> list[Fork]:
        """Return the forks of a slice in their places, that of its source first."""
        for strand in found.places:
            if strand.inner is not None:
                self._inner[strand] = self._fork(strand.inner)
        whole = self._fork(found)
        for strand, x in zip(found.places, whole.x, strict=True):
            if strand in self._inner:
                self._inner[strand].move(x)
        return [whole, *self._inner.values()]

    def _fork(self, found: Strands) -> Fork:
        """Return strands around an axis at 0."""
        sink, equal = self._flat.nodes[found.sink], found.equal()
        main, last = found.places.index(found.main), len(found.places) - 1
        aside = frozenset[int]()
        if sink.round:
            aside = frozenset([place for place in (0, last) if place != main or len(equal) > last])
        together = bool(equal) and equal[-1] - equal[0] == len(equal) - 1
        x = self._across(found, equal if together else [main], aside)
        enter = [0.0] * len(x)
        straight = [place for place in range(len(x)) if place not in aside]
        if len(straight) > 1:
            port = self._flat.style.gaps.port
            half, wishes = half_border(sink, port, upper=True), [x[place] for place in straight]
            for place, offset in zip(straight, spread(wishes, half, port), strict=True):
                enter[place] = offset
        return Fork(found, x, aside, enter)

    def _across(self, found: Strands, middle: list[int], aside: frozenset[int]) -> list[float]:
        """Return the x of strands from the axis: one or an even number of them in the middle, the others beside it."""
        gaps, sink = self._flat.style.gaps, self._flat.nodes[found.sink]
        distances = [self._distance(found, place) for place in range(len(found.places) - 1)]
        x = [0.0] * len(found.places)
        low, high = middle[0], middle[-1]
        if low < high:
            x[low : high + 1] = even_places(distances[low:high], 0.0, sink if aside else None, gaps)
        last = len(x) - 1
        for place in range(high + 1, len(x)):
            least = beside(sink.right, gaps) if place == last and place in aside else 0.0
            x[place] = up(max(x[place - 1] + distances[place - 1], least))
        for place in range(low - 1, -1, -1):
            least = beside(sink.left, gaps) if place == 0 and place in aside else 0.0
            x[place] = down(min(x[place + 1] - distances[place], -least))
        return x

    def _distance(self, found: Strands, place: int) -> float:
        """Return the least distance of a strand from the next one to its right."""
        one, two = found.places[place], found.places[place + 1]
        if one.inner is None and two.inner is None:
            return max([self._apart(*pair) for pair in zip(one.cells, two.cells, strict=True)])
        return max(
            [
                self._apart(left, right) + out - into
                for lefts, rights in zip(self._rows(found, one), self._rows(found, two), strict=True)
                for (left, out), (right, into) in _facing(lefts, rights)
            ]
        )

    def _apart(self, left: int, right: int) -> float:
        nodes, reaches = self._flat.nodes, self._reaches
        one: Node | None = nodes[left] if left >= 0 else None
        two: Node | None = nodes[right] if right >= 0 else None
        if not reaches:
            return apart(one, two, self._flat.style.gaps)
        reach_right = reaches[left][1] if left in reaches else 0.0
        reach_left = reaches[right][0] if right in reaches else 0.0
        return apart(one, two, self._flat.style.gaps, reach_right, reach_left)

    def _rows(self, found: Strands, strand: Strand) -> list[list[_Cell]]:
        """Return what a strand has in each row, from left to right."""
        rows = [[(cell, 0.0)] for cell in strand.cells]
        fork = self._inner.get(strand)
        if fork is not None:
            inner, start = fork.strands, fork.strands.first - found.first
            for row in range(len(inner.main.cells)):
                cells = [one.cells[row] for one in inner.places]
                rows[start + row] = list(zip(cells, fork.x, strict=True))
            stubs = [(_STUB, fork.x[place]) for place in sorted(fork.aside)]
            rows[fork.end - found.first] = [*stubs[:1], (inner.sink, 0.0), *stubs[1:]]
        return rows


def _facing(lefts: list[_Cell], rights: list[_Cell]) -> Iterator[tuple[_Cell, _Cell]]:
    """Yield what is next to each other in a row of two strands; what is behind a stub is also next to it."""
    yield lefts[-1], rights[0]
    if lefts[-1][0] == _STUB:
        yield lefts[-2], rights[0]
    if rights[0][0] == _STUB:
        yield lefts[-1], rights[1]
