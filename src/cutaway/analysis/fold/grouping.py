"""Neighbours on the line of a level, merged into groups until there is room."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from cutaway.analysis.fold.cuts import Cut, Unit


class Grouping:
    """A line of units while neighbours are merged: each group by its first unit."""

    def __init__(self, units: Sequence[Unit], largest: int) -> None:
        self.layers = [unit.layers for unit in units]
        self.largest = largest
        self.stop = list(range(1, len(units) + 1))
        self.first = list(range(len(units)))
        self.count = len(units)

    def merge(self, found: Sequence[Cut], room: int, at_once: Cut) -> None:
        """Give up cuts until there is room: those up to a kind `at_once`, then one by one, small groups first."""
        for kind in range(at_once, Cut.PART + 1):
            for place, cut in enumerate(found, 1):
                if cut <= kind:
                    self._give_up(place)
            if self.count <= room:
                return
        heap = [(cut, self._size(place), place) for place, cut in enumerate(found, 1) if cut < Cut.BORDER]
        heapify(heap)
        while heap and self.count > room:
            cut, size, place = heappop(heap)
            if self.first[place] != place:
                continue
            if size != self._size(place):
                heappush(heap, (cut, self._size(place), place))
            else:
                self._give_up(place)

    def groups(self) -> list[tuple[int, int]]:
        """Return the groups, each as its first unit and the one behind its last."""
        return [(place, self.stop[place]) for place in range(len(self.stop)) if self.first[place] == place]

    def _before(self, place: int) -> int:
        """Return the first unit of the group before the one that begins at `place`."""
        group = place - 1
        while self.first[group] != group:
            self.first[group] = self.first[self.first[group]]
            group = self.first[group]
        return group

    def _size(self, place: int) -> int:
        return self.layers[self._before(place)] + self.layers[place]

    def _give_up(self, place: int) -> None:
        """Merge the group that begins at a unit with the one before it, if that makes none too large."""
        if self.first[place] != place or self._size(place) > self.largest:
            return
        group = self._before(place)
        self.first[place] = group
        self.layers[group] += self.layers[place]
        self.stop[group] = self.stop[place]
        self.count -= 1
