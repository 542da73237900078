"""What stands above the volumes of a strip: names of inputs and outputs, and the lines that skip some."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Edge
from cutaway.ruler import metrics, width
from cutaway.typed import TYPE_CHECKING
from cutaway.views.volumes.signs import AIR, signs
from cutaway.views.volumes.strip import CLEAR, Strip, Volume
from cutaway.views.volumes.words import measured

if TYPE_CHECKING:
    from cutaway.layered.problem import Route
    from cutaway.views.parts.box import TextLine

_RISE, _FAR = 9.0, 15.0
"""Points between volumes and a line above them, beside the arrowhead: inside of a stage, and from one to another."""
_STEP = 27.0
"""Points between two lines above each other at most, where that makes their steps even."""
_HAIR = 1e-6
_LANE = 7.0
"""Points between two lines above each other."""
_ASIDE = 500.0
"""Points beside a strip where lines may arrive."""
_INWARDS = 12.0
"""Points that words rather go outwards than inwards."""


Words = tuple["Rect", tuple["TextLine", ...], tuple[str, ...]]
"""A room, the lines in it, and the volumes that these are of."""


class Above:
    """What is above volumes whose `boxes` are known: `rooms` of words, `outputs`, `lines` and their `labels`."""

    def __init__(self, strip: Strip, boxes: Sequence[Rect]) -> None:
        self.rooms: list[Words] = []
        self.outputs: dict[str, Rect] = {}
        self.lines: dict[str, Route] = {}
        self.labels: dict[str, Rect] = {}
        self._strip, self._theme, self._boxes = strip, strip.theme, boxes
        self._place = {volume.id: place for place, volume in enumerate(strip.volumes)}
        self._tops = strip.tops()
        rims = [Rect(box.x - each.rim[0], box.y, box.width + sum(each.rim), box.height) for each, box in self._both()]
        self._obstacles = [*rims, *self._beside()]
        if strip.funnels:
            middles = [box.center.x for box in boxes]
            self._obstacles += [
                Rect(left, min(one.y, two.y), right - left, abs(one.y - two.y) + 1.0)
                for (left, one), (right, two) in pairwise(zip(middles, boxes, strict=True))
            ]
        self._signs()
        self._names()
        self._skipping()

    def _both(self) -> Iterator[tuple[Volume, Rect]]:
        return zip(self._strip.volumes, self._boxes, strict=True)

    def _beside(self) -> tuple[Rect, Rect]:
        """Return where lines arrive from the left and leave to the right, or the other way around."""
        first, last = self._boxes[0], self._boxes[-1]
        one, two = (self._strip.volumes[place].solid.front for place in (0, -1))
        return (
            Rect(first.x - _ASIDE, first.y + one.y, _ASIDE, one.height),
            Rect(last.right, last.y + two.y, _ASIDE, two.height),
        )

    def _signs(self) -> None:
        """Set the words that are asked for above each volume, those of an output with its name."""
        air = self._theme.spacing.caption
        for sign, (volume, box) in zip(signs(self._strip), self._both(), strict=True):
            if sign is None or not sign.width:
                continue
            middle = box.x + volume.solid.front.x + sign.start + sign.width / 2
            if volume.output and not volume.under:
                room, low = volume.label, box.y - 0.5 * air
                found = Rect(middle - room.width / 2, low - room.height, room.width, room.height)
                self.outputs[volume.output] = found
            else:
                room, low = measured(volume.named, self._theme), box.y - 0.7 * air
                found = Rect(middle - room.width / 2, low - room.height, room.width, room.height)
                self.rooms.append((found, volume.named, (volume.id,)))
            self._obstacles.append(found)

    def _names(self) -> None:
        """Set the names of outputs next to their volumes, then those of inputs, beside lines that rise there."""
        tops, volumes = self._tops, self._strip.volumes
        risers = [
            self._rising(place, number, len(tops[volume.id])).x
            for place, volume in enumerate(volumes)
            for number, _ in enumerate(tops.get(volume.id, ()))
        ]
        told = [slot for caption, slot in self._strip.slots() if caption.lines]
        captioned = {volume.id for slot in told for volume in slot}
        for place, volume in enumerate(volumes):
            if volume.output and volume.output not in self.outputs:  # the last of its chain
                wish = self._beside_output(place, volume, is_under=volume.under and volume.id not in captioned)
                self.outputs[volume.output] = self._free(wish, risers, is_left=2 * place < len(volumes), air=2 * CLEAR)
        for place, volume in enumerate(volumes):
            if volume.named and not self._strip.signed:
                crown, room = self._rising(place, 0, 1), measured(volume.named, self._theme)
                low = crown.y - 0.7 * self._theme.spacing.caption
                wish = Rect(crown.x - room.width / 2, low - room.height, room.width, room.height)
                rect = self._free(wish, risers, is_left=2 * place < len(volumes))
                self.rooms.append((rect, volume.named, (volume.id,)))

    def _beside_output(self, place: int, volume: Volume, *, is_under: bool) -> Rect:
        """Return where the name of an output would best be: above its volume, or under it."""
        room, box, air = volume.label, self._boxes[place], 0.5 * self._theme.spacing.caption
        x = (box.center.x if is_under else box.x + volume.middle) - room.width / 2
        y = box.bottom + air if is_under else self._rising(place, 0, 1).y - air - room.height
        return Rect(x, y, room.width, room.height)

    def _free(self, wish: Rect, lines: Sequence[float], *, is_left: bool, air: float = CLEAR) -> Rect:
        """Return the nearest place for words that no line crosses, `air` beside what is there, or higher.

        Words near an end of the strip go towards that end, as far as another place is not much nearer.
        """
        shifts = [0.0]
        shifts += [x + AIR - wish.x for x in lines] + [x - AIR - wish.right for x in lines]
        for each in self._met(wish, air):
            shifts += [each.right + air - wish.x, each.x - air - wish.right]
        free = [
            shift
            for shift in sorted(shifts, key=lambda shift: abs(shift) + (_INWARDS if (shift > 0) == is_left else 0.0))
            if abs(shift) < _ASIDE / 2
            and all(not wish.x + shift - AIR + _HAIR < x < wish.right + shift + AIR - _HAIR for x in lines)
        ] or [0.0]
        places = [wish.moved(shift, 0.0) for shift in free]
        rect = next((place for place in places if not self._met(place, air)), places[0])
        while met := self._met(rect, air):
            rect = rect.moved(0.0, min(each.y for each in met) - 1.0 - rect.bottom)
        self._obstacles.append(rect)
        return rect

    def _met(self, rect: Rect, air: float) -> list[Rect]:
        wide = Rect(rect.x - air, rect.y, rect.width + 2 * air, rect.height)
        return [each for each in self._obstacles if each.overlaps(wide, _HAIR)]

    def _rising(self, place: int, number: int, count: int) -> Point:
        """Return where the line of a number among so many rises from a volume."""
        solid, box = self._strip.volumes[place].solid, self._boxes[place]
        one, two = solid.crown
        middle, step = (one.x + two.x) / 2, self._strip.pitch(self._strip.volumes[place], count)
        share = ((number - (count - 1) / 2) * step) / max(two.x - one.x, 1e-9)
        return Point(box.x + middle + share * (two.x - one.x), box.y + (one.y + two.y) / 2 + share * (two.y - one.y))

    def _skipping(self) -> None:
        """Lead lines over what they skip, the shorter ones below the longer."""
        ends: list[tuple[Edge, Point, Point]] = []
        for edge in self._strip.inner_first():
            tops = [(self._place[node], self._tops[node]) for node in (edge.source, edge.target)]
            start, end = (self._rising(place, own.index(edge.id), len(own)) for place, own in tops)
            ends.append((edge, start, end))
        there = [*self._obstacles]
        self._leading(ends, {})
        if even := self._even(ends):
            self._obstacles = there
            self.labels.clear()
            self._leading(ends, even)

    def _leading(self, ends: Sequence[tuple[Edge, Point, Point]], even: Mapping[str, float]) -> None:
        """Lead lines over what they skip, those of `even` at least so high."""
        for rank, (edge, start, end) in enumerate(ends):
            y = self._lead(edge, start, end, even.get(edge.id, start.y))
            text = self._strip.labels.get(edge.id)
            if text:
                self._label(edge, text, y, [point.x for _, *points in ends[rank:] for point in points])

    def _even(self, ends: Sequence[tuple[Edge, Point, Point]]) -> dict[str, float]:
        """Return how high lines are that lead over each other in steps, if these are even and not too high."""
        ladder: list[tuple[str, float]] = []
        low, high = 0.0, 0.0
        for edge, start, end in ends:
            left, right = min(start.x, end.x), max(start.x, end.x)
            if edge.id in self._strip.labels and (not ladder or (left < low and right > high)):
                ladder.append((edge.id, self.lines[edge.id][1].y))
                low, high = left, right
        steps = [one - two for (_, one), (_, two) in pairwise(ladder)]
        step = min(max(steps, default=0.0), _STEP)
        found, y = dict[str, float](), ladder[0][1] if ladder else 0.0
        for name, own in ladder[1:]:
            found[name] = y = min(own, y - step)
        return found

    def _lead(self, edge: Edge, start: Point, end: Point, highest: float) -> float:
        """Lead a line above all that is between its ends, and above `highest`; return how high."""
        left, right = min(start.x, end.x), max(start.x, end.x)
        below = [each for each in self._obstacles if each.x < right + CLEAR and each.right > left - CLEAR]
        rise = _FAR if edge.id in self._strip.labels else _RISE
        y = min(highest, *[each.y + (rise - _RISE if each.height == 0.0 else 0.0) - rise for each in below])
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
        self._obstacles.append(rect.moved(0.0, _RISE - CLEAR - 2.0))
