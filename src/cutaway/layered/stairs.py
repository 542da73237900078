"""Tracks for very many wires: each below all earlier ones that it overlaps, found by a tree instead of by comparing."""

from bisect import bisect_left, bisect_right


class Stairs:
    """The lowest track in use above each place of a channel, in a segment tree over the ends of the wires.

    `ends` are the left and right ends of the wires from above, `apart` is the least distance of two on one track.
    """

    def __init__(self, ends: list[tuple[float, float]], apart: float) -> None:
        self._ends = ends
        self._apart = apart
        self._places = sorted({x for pair in ends for x in pair})
        self._size = 1 << max(1, len(self._places) - 1).bit_length()
        self._all = [-1] * (2 * self._size)  # the lowest track of a wire over the whole of a part
        self._any = [-1] * (2 * self._size)  # or over some of it

    def tracks(self) -> list[int]:
        """Return the track of each wire."""
        found = []
        for low, high in self._ends:
            first = bisect_right(self._places, low - self._apart)
            last = bisect_left(self._places, high + self._apart)
            track = self._lowest(first, last) + 1
            self._use(bisect_left(self._places, low), bisect_right(self._places, high), track)
            found.append(track)
        return found

    def _lowest(self, first: int, last: int) -> int:
        """Return the lowest track in use at the places from `first` to before `last`."""
        lowest = -1
        one, two = first + self._size, last + self._size
        for edge in (one, two - 1):
            above = edge >> 1
            while above:
                lowest = max(lowest, self._all[above])
                above >>= 1
        while one < two:
            if one & 1:
                lowest = max(lowest, self._any[one])
                one += 1
            if two & 1:
                two -= 1
                lowest = max(lowest, self._any[two])
            one >>= 1
            two >>= 1
        return lowest

    def _use(self, first: int, last: int, track: int) -> None:
        """Note that a track, below all that are in use there, is in use from `first` to before `last`."""
        one, two = first + self._size, last + self._size
        edges = (one, two - 1)
        while one < two:
            if one & 1:
                self._all[one] = self._any[one] = track
                one += 1
            if two & 1:
                two -= 1
                self._all[two] = self._any[two] = track
            one >>= 1
            two >>= 1
        for edge in edges:
            above = edge >> 1
            while above:
                self._any[above] = max(self._any[above], track)
                above >>= 1
