"""What stands above the volumes of a strip: names of inputs and outputs, and the lines that skip some."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Edge
from cutaway.ruler import metrics, width
from cutaway.views.volumes.strip import CLEAR, PORT, Strip
from cutaway.views.volumes.words import measured

if TYPE_CHECKING:
    from cutaway.layered.problem import Route
    from cutaway.views.parts.box import TextLine

_RISE: Final = 9.0
"""Points between volumes and the lowest line above them, beside the arrowhead."""
_LANE: Final = 7.0
"""Points between two lines above each other."""
_LEADER: Final = 9.0
"""Points from a volume up to the name of what it gives."""


class Above:
    """What is above volumes whose `boxes` are known: `rooms` of words, `outputs`, `lines` and their `labels`."""

    def __init__(self, strip: Strip, boxes: Sequence[Rect]) -> None:
        self.rooms: Final[list[tuple[Rect, tuple[TextLine, ...], str]]] = []
        self.outputs: Final[dict[str, Rect]] = {}
        self.lines: Final[dict[str, Route]] = {}
        self.labels: Final[dict[str, Rect]] = {}
        self._strip, self._theme, self._boxes = strip, strip.theme, boxes
        self._place = {volume.id: place for place, volume in enumerate(strip.volumes)}
        self._tops = strip.tops()
        self._obstacles = list(boxes)
        self._names()
        self._skipping()

    def _names(self) -> None:
        """Set the names of inputs and outputs above their volumes, beside lines that rise there."""
        tops = self._tops
        risers = [
            self._rising(place, number, len(tops[volume.id])).x
            for place, volume in enumerate(self._strip.volumes)
            for number in range(len(tops.get(volume.id, ())))
        ]
        for place, volume in enumerate(self._strip.volumes):
            own = tops.get(volume.id, [])
            mine = [self._rising(place, number, len(own)).x for number in range(len(own))]
            if volume.named:
                crown, room = self._rising(place, 0, 1), measured(volume.named, self._theme)
                rect = self._beside_lines(
                    room, crown, 0.7 * self._theme.spacing.caption, [x for x in risers if x in mine or x > crown.x]
                )
                self.rooms.append((rect, volume.named, volume.id))
            if volume.output:
                crown = self._rising(place, len(own) - 1, len(own))
                after, before = [x for x in risers if x > crown.x], [x for x in risers if x < crown.x]
                rect = self._beside_lines(volume.label, crown, _LEADER, after, before)
                self.outputs[volume.output] = rect
                self.lines[volume.output] = (crown, Point(crown.x, rect.bottom))

    def _beside_lines(
        self, room: Size, crown: Point, away: float, after: Sequence[float], before: Sequence[float] = ()
    ) -> Rect:
        """Return the place of words above a volume, clear of lines that rise after and before them."""
        left = min(crown.x - room.width / 2, min(after, default=1e9) - CLEAR - room.width)
        left = max(left, max(before, default=-1e9) + CLEAR)
        if away == _LEADER:
            left = min(max(left, crown.x - room.width + CLEAR), crown.x - CLEAR)
        rect = Rect(left, crown.y - away - room.height, room.width, room.height)
        rect = self._clear(rect, crown.x - CLEAR, min(after, default=1e9) - CLEAR)
        self._obstacles.append(rect)
        return rect

    def _clear(self, rect: Rect, most: float, end: float) -> Rect:
        """Move words beside what is in the way, beginning at `most` and not beyond the `end`; else above it."""
        for _ in self._obstacles:
            met = [each for each in self._obstacles if each.overlaps(rect, 1e-6)]
            right = max((each.right for each in met), default=rect.x) + CLEAR
            if not met:
                break
            if rect.x < right <= most and right + rect.width <= end:
                rect = rect.moved(right - rect.x, 0.0)
            else:
                rect = rect.moved(0.0, min(each.y for each in met) - 1.0 - rect.bottom)
        return rect

    def _rising(self, place: int, number: int, count: int) -> Point:
        """Return where the line of a number among so many rises from a volume."""
        solid, box = self._strip.volumes[place].solid, self._boxes[place]
        one, two = solid.crown
        middle, step = (one.x + two.x) / 2, min(PORT, max(0.0, abs(two.x - one.x) - 1.0) / max(1, count - 1))
        share = ((number - (count - 1) / 2) * step) / max(two.x - one.x, 1e-9)
        return Point(box.x + middle + share * (two.x - one.x), box.y + (one.y + two.y) / 2 + share * (two.y - one.y))

    def _skipping(self) -> None:
        """Lead lines over what they skip, the shorter ones below the longer."""
        ends: list[tuple[Edge, Point, Point]] = []
        for edge in self._strip.inner_first():
            tops = [(self._place[node], self._tops[node]) for node in (edge.source, edge.target)]
            start, end = (self._rising(place, own.index(edge.id), len(own)) for place, own in tops)
            ends.append((edge, start, end))
        for rank, (edge, start, end) in enumerate(ends):
            y = self._lead(edge, start, end)
            text = self._strip.labels.get(edge.id)
            if text:
                self._label(edge, text, y, [point.x for _, *points in ends[rank:] for point in points])

    def _lead(self, edge: Edge, start: Point, end: Point) -> float:
        """Lead a line above all that is between its ends; return how high."""
        left, right = min(start.x, end.x), max(start.x, end.x)
        below = [each for each in self._obstacles if each.x < right + CLEAR and each.right > left - CLEAR]
        y = min(each.y for each in below) - _RISE
        self.lines[edge.id] = (start, Point(start.x, y), Point(end.x, y), end)
        self._obstacles.append(Rect(left, y + _RISE - _LANE, right - left, 0.0))
        return y

    def _label(self, edge: Edge, text: str, y: float, lines: Sequence[float]) -> None:
        """Set a label on a line, between lines that rise past it, if it has room there."""
        theme, (start, *_, end) = self._theme, self.lines[edge.id]
        left, right = min(start.x, end.x), max(start.x, end.x)
        size, air = theme.sizes.label, theme.spacing.label_air
        room = Size(width(text, size, theme.face) + 2 * air, metrics(theme.face).cap_height * size + 2 * air)
        stops = sorted({left, right, *(x for x in lines if left < x < right)})
        low, high = max(pairwise(stops), key=lambda each: each[1] - each[0], default=(left, right))
        if high - low < room.width + 2 * CLEAR:
            return
        rect = Rect((low + high - room.width) / 2, y - theme.strokes.edge / 2 - room.height, room.width, room.height)
        self.labels[edge.id] = rect
        self._obstacles.append(rect.moved(0.0, _RISE - PORT))
