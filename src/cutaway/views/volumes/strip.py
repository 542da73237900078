"""A strip: the volumes of one chain one behind the other, with captions below and lines above that skip some."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Edge
from cutaway.layered.problem import Route
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Group
from cutaway.theme import Theme
from cutaway.views.parts.box import TextLine
from cutaway.views.parts.cuboid import Solid
from cutaway.views.runs import Run
from cutaway.views.volumes.words import measured, set_lines

CLEAR: Final = 3.0
"""Points between a line or caption and the volume beside it."""
_RISE: Final = 9.0
"""Points between volumes and the lowest line above them, beside the arrowhead."""
PORT: Final = 5.0
"""Points between two lines that end on one volume."""
_LEADER: Final = 9.0
"""Points from a volume up to the name of what it gives."""
_TOUCHING: Final = 7.0
"""Points between two volumes up to which no line between them is needed."""


class Volume(Record):
    """One of a strip: neighbours of one `stage` nearly touch, and have one caption.

    `named` stands above it, and a count reaches `foot` below it. `output` is the key of the output whose name, of this size, stands there with a line.
    """

    id: str
    solid: Solid
    stage: int = 0
    named: tuple[TextLine, ...] = ()
    output: str = ""
    label: Size = Size(0.0, 0.0)
    foot: float = 0.0
    before: float | None = None
    after: float = 0.0


class Strip(Record):
    """What is placed in one strip, from left to right, and the gaps between fronts.

    `captions` are those of the stages; `skips` are the edges that lead over others, with `labels` by their ids.
    """

    volumes: tuple[Volume, ...]
    captions: Mapping[int, tuple[TextLine, ...]]
    joined: tuple[Edge, ...]
    skips: tuple[Edge, ...]
    labels: Mapping[str, str]
    near: float
    gap: float
    theme: Theme
    lefts: bool = False

    def run(self, name: str, scope: str | None, half: float) -> Run:
        """Place all of it."""
        return _Placing(self).run(name, scope, half)


class _Placing:
    """A strip while it is placed, the origin being on its axis."""

    def __init__(self, strip: Strip) -> None:
        self._strip = strip
        self._theme = strip.theme
        self._place = {volume.id: place for place, volume in enumerate(strip.volumes)}
        self._tops = _attached(strip.skips, self._place)
        for volume in strip.volumes:
            if volume.output:
                self._tops.setdefault(volume.id, []).append(volume.output)
        self._fronts: list[Rect] = []
        self._rooms: list[tuple[Rect, tuple[TextLine, ...], str]] = []
        self._lines: dict[str, Route] = {}
        self._labels: dict[str, Rect] = {}
        self._outputs: dict[str, Rect] = {}
        self._obstacles: list[Rect] = []

    def run(self, name: str, scope: str | None, half: float) -> Run:
        self._along()
        self._below()
        self._obstacles = [self._box(place) for place in range(len(self._fronts))]
        self._above()
        self._skipping()
        joined = self._joined()
        return self._made(name, scope, half, joined)

    def _along(self) -> None:
        """Give each volume its x: neighbours nearly touch, captions have room beside each other."""
        strip, volumes = self._strip, self._strip.volumes
        captions = {stage: measured(lines, self._theme).width for stage, lines in strip.captions.items()}
        stages = [[*group] for group in _grouped(volumes)]
        end = right = 0.0
        last: Volume | None = None
        for stage in stages:
            wide, inner = 0.0, []
            for place, volume in enumerate(stage):
                wide += self._gap(stage[place - 1], volume) if place else 0.0
                inner.append(wide)
                wide += volume.solid.front.width
            caption = captions.get(stage[0].stage, 0.0)
            over = max(0.0, (caption - wide) / 2)
            start = 0.0
            if last is not None:
                mine, other = stage[0].solid.front.height, last.solid.front.height
                start = max(end + self._between(last, stage[0]), right + CLEAR + over)
                if mine < other:  # the caption lies beside the volume before, below its own
                    low = min(_depth(last.solid), max(0.0, (other - mine) / 2 - self._theme.spacing.caption))
                    start = max(start, end + CLEAR + low + (caption - wide) / 2)
                elif right > end and mine > other:
                    start = max(start, right + CLEAR)
            for volume, x in zip(stage, inner, strict=True):
                front = volume.solid.front
                self._fronts.append(Rect(start + x, -front.height / 2, front.width, front.height))
            end, right, last = start + wide, start + wide + over, stage[-1]

    def _gap(self, one: Volume, other: Volume) -> float:
        wished = one.after + (other.before or 0.0)
        return self._strip.near + wished

    def _between(self, one: Volume, other: Volume) -> float:
        """Return the gap between two stages: lines rise from both beside what is higher."""
        deep, next_deep = _depth(one.solid), _depth(other.solid)
        gap = self._strip.gap + one.after + (other.before or 0.0)
        if one.solid.front.height > other.solid.front.height:
            return max(gap, deep - next_deep + CLEAR) if other.id in self._tops else max(gap, 0.55 * deep)
        if one.id in self._tops:
            return max(gap, deep - one.solid.front.width / 2 + CLEAR)
        return gap

    def _below(self) -> None:
        """Set the captions below the stages."""
        place = 0
        for stage in _grouped(self._strip.volumes):
            members = self._fronts[place : place + len(stage)]
            place += len(stage)
            lines = self._strip.captions.get(stage[0].stage, ())
            if not lines:
                continue
            room = measured(lines, self._theme)
            middle = (members[0].x + members[-1].right) / 2
            foot = max(volume.foot for volume in stage)
            top = max(front.bottom for front in members) + foot + 0.8 * self._theme.spacing.caption
            rect = Rect(middle - room.width / 2, top, room.width, room.height)
            self._rooms.append((rect, lines, stage[0].id))

    def _box(self, place: int) -> Rect:
        solid, front = self._strip.volumes[place].solid, self._fronts[place]
        return Rect(front.x - solid.front.x, front.y - solid.front.y, solid.size.width, solid.size.height)

    def _above(self) -> None:
        """Set the names of inputs and outputs above their volumes, beside lines that rise there."""
        tops = self._tops
        risers = [
            self._rising(place, number, len(tops[volume.id])).x
            for place, volume in enumerate(self._strip.volumes)
            for number in range(len(tops.get(volume.id, ())))
        ]
        for place, volume in enumerate(self._strip.volumes):
            room = measured(volume.named, self._theme) if volume.named else volume.label
            if not volume.named and not volume.output:
                continue
            own = tops.get(volume.id, [])
            crown = self._rising(place, len(own) - 1, len(own)) if volume.output else self._rising(place, 0, 1)
            low = crown.y - (_LEADER if volume.output else 0.7 * self._theme.spacing.caption)
            left = crown.x - room.width / 2
            mine = [self._rising(place, number, len(own)).x for number in range(len(own))]
            if volume.output:
                mine.pop()
            before = max((x for x in risers if x < crown.x), default=None)
            after = min((x for x in risers if x > crown.x or (x in mine and not volume.output)), default=None)
            if after is not None and left + room.width > after - CLEAR:
                left = after - CLEAR - room.width
            if before is not None and left < before + CLEAR:
                left = before + CLEAR
            if volume.output:
                left = min(max(left, crown.x - room.width + CLEAR), crown.x - CLEAR)
            rect = self._clear(Rect(left, low - room.height, room.width, room.height), crown.x)
            self._obstacles.append(rect)
            if volume.output:
                self._outputs[volume.output] = rect
                self._lines[volume.output] = (crown, Point(crown.x, rect.bottom))
            else:
                self._rooms.append((rect, volume.named, volume.id))

    def _clear(self, rect: Rect, x: float) -> Rect:
        """Move what is to stand above x beside what is in the way, as far as it still does, or above."""
        met = [each for each in self._obstacles if each.overlaps(rect, 1e-6)]
        right = max((each.right for each in met), default=rect.x) + CLEAR
        if not met:
            return rect
        if right <= x - CLEAR:
            return rect.moved(right - rect.x, 0.0)
        return rect.moved(0.0, min(each.y for each in met) - CLEAR - rect.bottom)

    def _rising(self, place: int, number: int, count: int) -> Point:
        """Return where the line of a number among so many rises from a volume."""
        solid, box = self._strip.volumes[place].solid, self._box(place)
        one, two = solid.crown
        middle, step = (one.x + two.x) / 2, min(PORT, abs(two.x - one.x) / count)
        share = ((number - (count - 1) / 2) * step) / max(two.x - one.x, 1e-9)
        return Point(box.x + middle + share * (two.x - one.x), box.y + (one.y + two.y) / 2 + share * (two.y - one.y))

    def _skipping(self) -> None:
        """Lead lines over what they skip, the shorter ones below the longer."""
        skips = sorted(
            self._strip.skips,
            key=lambda edge: (abs(self._place[edge.target] - self._place[edge.source]), self._place[edge.source]),
        )
        for edge in skips:
            ends: list[Point] = []
            for node in (edge.source, edge.target):
                own = self._tops[node]
                ends.append(self._rising(self._place[node], own.index(edge.id), len(own)))
            self._lead(edge, ends[0], ends[1])

    def _lead(self, edge: Edge, start: Point, end: Point) -> None:
        theme, left, right = self._theme, min(start.x, end.x), max(start.x, end.x)
        below = [each for each in self._obstacles if each.x < right + CLEAR and each.right > left - CLEAR]
        y = min(each.y for each in below) - _RISE
        self._lines[edge.id] = (start, Point(start.x, y), Point(end.x, y), end)
        line = Rect(left, y, right - left, 0.0)
        self._obstacles.append(Rect(line.x, y + _RISE - 7.0, line.width, 0.0))
        text = self._strip.labels.get(edge.id)
        if text:
            size, air = theme.sizes.label, theme.spacing.label_air
            wide = width(text, size, theme.face) + 2 * air
            high = metrics(theme.face).cap_height * size + 2 * air
            rect = Rect((left + right - wide) / 2, y - theme.strokes.edge / 2 - high, wide, high)
            self._labels[edge.id] = rect
            self._obstacles.append(rect.moved(0.0, _RISE - 5.0))

    def _joined(self) -> tuple[str, ...]:
        """Return what needs no line; what is too far apart gets one."""
        joined: list[str] = []
        for edge in self._strip.joined:
            one, two = sorted((self._place[edge.source], self._place[edge.target]))
            if self._box(two).x - self._box(one).right <= _TOUCHING:
                joined.append(edge.id)
                continue
            ends = [Point(self._box(one).right, 0.0), Point(self._box(two).x, 0.0)]
            first = self._place[edge.source] == one
            self._lines[edge.id] = tuple(ends if first else ends[::-1])
        return tuple(joined)

    def _made(self, name: str, scope: str | None, half: float, joined: tuple[str, ...]) -> Run:
        boxes = {volume.id: self._box(place) for place, volume in enumerate(self._strip.volumes)}
        rects = [*boxes.values(), *self._outputs.values(), *(rect for rect, _, _ in self._rooms)]
        rects += [*self._labels.values()]
        points = [point for line in self._lines.values() for point in line]
        left = min(*[rect.x for rect in rects], *[point.x for point in points], 1e9)
        top = min(*[rect.y for rect in rects], *[point.y - 1.0 for point in points], 1e9)
        right = max(*[rect.right for rect in rects], *[point.x for point in points], -1e9)
        bottom = max(*[rect.bottom for rect in rects], -1e9)
        order = sorted(boxes, key=self._place.__getitem__, reverse=self._strip.lefts)
        members = {each: boxes[each].moved(-left, -top) for each in order}
        members |= {key: rect.moved(-left, -top) for key, rect in self._outputs.items()}
        words = [
            Group(marks=set_lines(lines, rect.moved(-left, -top), self._theme), ref=ref, part="note")
            for rect, lines, ref in self._rooms
        ]
        return Run(
            id=name,
            members=members,
            size=Size(right - left, bottom - top),
            axis=-top,
            half=half,
            scope=scope,
            routes={
                key: tuple([Point(point.x - left, point.y - top) for point in line])
                for key, line in self._lines.items()
            },
            joined=joined,
            labels={key: rect.moved(-left, -top) for key, rect in self._labels.items()},
            words=tuple(words),
            rooms=tuple([rect.moved(-left, -top) for rect, _, _ in self._rooms]),
        )


def _grouped(volumes: Sequence[Volume]) -> Iterator[list[Volume]]:
    """Yield the volumes of each stage."""
    stage: list[Volume] = []
    for volume in volumes:
        if stage and stage[-1].stage != volume.stage:
            yield stage
            stage = []
        stage.append(volume)
    if stage:
        yield stage


def _depth(solid: Solid) -> float:
    """Return how far a solid reaches beyond its front to the right."""
    return solid.size.width - solid.front.right


def _attached(skips: Sequence[Edge], place: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the skips that end on the top of each volume, from left to right so that they do not cross."""
    found: dict[str, list[tuple[int, float, str]]] = {}
    for edge in skips:
        one, two = place[edge.source], place[edge.target]
        left, right = min(one, two), max(one, two)
        span = right - left
        for node in (edge.source, edge.target):
            leads_right = place[node] == left
            found.setdefault(node, []).append((int(leads_right), -span if leads_right else span, edge.id))
    return {node: [name for _, _, name in sorted(each)] for node, each in found.items()}
