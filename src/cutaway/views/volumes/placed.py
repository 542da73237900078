"""A strip as a run of the layout: what is placed in it, from its upper left corner on."""

from collections.abc import Iterator

from cutaway.geometry import Point, Rect, Size
from cutaway.record import replace
from cutaway.scene import Close, Group, Line, Mark, Move, Path, Rgba, Stroke
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.move import moved
from cutaway.views.runs import Ended, Run
from cutaway.views.volumes.above import Above, Words
from cutaway.views.volumes.along import Along
from cutaway.views.volumes.strip import CLEAR, Strip
from cutaway.views.volumes.words import measured, set_lines

if TYPE_CHECKING:
    from cutaway.theme import Theme

_TOUCHING = 7.0
"""Points between two volumes up to which no line between them is needed."""
_FUNNEL = Rgba(128, 128, 128, 0.16)


def placed(strip: Strip, name: str, scope: str | None, ended: Ended) -> Run:
    """Place all of a strip, with lines from elsewhere on it."""
    return _Placed(strip).run(name, scope, ended)


class _Placed:
    """A strip whose volumes have their places, the origin being on its axis."""

    def __init__(self, strip: Strip) -> None:
        self._strip = strip
        self._theme: Theme = strip.theme
        self._place = {volume.id: place for place, volume in enumerate(strip.volumes)}
        self._fronts = Along(strip).fronts()
        self._boxes = [self._box(place) for place in range(len(self._fronts))]
        above = Above(strip, self._boxes)
        self._outputs, self._lines, self._labels = above.outputs, above.lines, above.labels
        self._rooms: list[Words] = [*self._below(), *above.rooms]
        self._brackets = [*self._bracketed()]
        self._bands: dict[str, Group] = {}

    def run(self, name: str, scope: str | None, ended: Ended) -> Run:
        """Return the run."""
        joined = self._joined()
        boxes = dict(zip(self._place, self._boxes, strict=True))
        left, top, right, bottom = self._sides(ended)
        order = sorted(boxes, key=self._place.__getitem__, reverse=self._strip.lefts)
        members = {each: boxes[each].moved(-left, -top) for each in order}
        outputs = {key: rect.moved(-left, -top) for key, rect in self._outputs.items()}
        is_first = any(each.output for each in self._strip.volumes if each.id == order[0])
        members = outputs | members if is_first else members | outputs  # next to the volume that it is of
        words = [
            Group(
                marks=set_lines(lines, rect.moved(-left, -top), self._theme),
                ref=refs[0],
                part="note",
                stands_for=refs[1:],
            )
            for rect, lines, refs in self._rooms
        ]
        words += [
            Group(marks=tuple([moved(mark, -left, -top) for mark in marks]), ref=ref, part="note")
            for _, marks, ref in self._brackets
        ]
        return Run(
            id=name,
            members=members,
            size=Size(right - left, bottom - top),
            axis=-top,
            half=ended.half,
            ended=ended,
            scope=scope,
            routes={
                key: tuple([Point(point.x - left, point.y - top) for point in line])
                for key, line in self._lines.items()
            },
            joined=(*joined, *self._outputs),
            bands={
                key: replace(band, marks=tuple([moved(mark, -left, -top) for mark in band.marks]))
                for key, band in self._bands.items()
            },
            labels={key: rect.moved(-left, -top) for key, rect in self._labels.items()},
            words=tuple(words),
            rooms=tuple([rect.moved(-left, -top) for rect, _, _ in (*self._rooms, *self._brackets)]),
        )

    def _sides(self, ended: Ended) -> tuple[float, float, float, float]:
        """Return how far it all reaches: left, top, right, bottom."""
        rects = [*self._boxes, *self._outputs.values(), *(rect for rect, _, _ in self._rooms)]
        rects += [*self._labels.values(), *(rect for rect, _, _ in self._brackets)]
        points = [point for line in self._lines.values() for point in line]
        room, aside = (-ended.half, ended.half / 4) if ended.low else (1e9, 0.0)  # it may be moved aside later
        left = min(*[rect.x for rect in rects], *[point.x for point in points], 1e9)
        top = min(*[rect.y for rect in rects], *[point.y - 1.0 for point in points], room) - aside
        right = max(*[rect.right for rect in rects], *[point.x for point in points], -1e9)
        bottom = max(*[rect.bottom for rect in rects], -room) + aside
        return left, top, right, bottom

    def _joined(self) -> tuple[str, ...]:
        """Return what needs no line; what is too far apart gets one, or a funnel."""
        joined: list[str] = []
        for edge in self._strip.joined:
            one, two = sorted((self._place[edge.source], self._place[edge.target]))
            space = self._fronts[two].x - self._fronts[one].right
            if self._strip.funnels and space > 2 * CLEAR:
                behind = self._strip.volumes[one if self._strip.lefts else two].id
                self._bands[behind] = Group(marks=self._funnel(one, two), ref=edge.id, part="edge")
            elif self._boxes[two].x - self._boxes[one].right <= _TOUCHING:
                joined.append(edge.id)
            else:
                ends = [Point(self._boxes[one].right, 0.0), Point(self._boxes[two].x, 0.0)]
                self._lines[edge.id] = tuple(ends if self._place[edge.source] == one else ends[::-1])
        return tuple(joined)

    def _funnel(self, one: int, two: int) -> tuple[Mark, ...]:
        """Draw the sides of a funnel from the end of a volume to the beginning of the next."""
        faces, others = self._strip.volumes[one].solid.faces, self._strip.volumes[two].solid.faces
        here, there = self._boxes[one], self._boxes[two]
        lower, upper = faces["front"][3], faces["front"][2]
        begins, ends = [lower, upper], [others["front"][0], others["front"][1]]
        if "top" in faces and "top" in others:
            begins.append(faces["top"][2])
            ends.append(others["top"][1])
        left = [Point(point.x + here.x, point.y + here.y) for point in begins]
        right = [Point(point.x + there.x, point.y + there.y) for point in ends]
        stroke = Stroke(paint="edge", width=0.5 * self._theme.strokes.edge)
        return tuple(
            [
                Path(
                    segments=(Move(left[at]), Line(left[at + 1]), Line(right[at + 1]), Line(right[at]), Close()),
                    fill=_FUNNEL,
                    stroke=stroke,
                )
                for at in range(len(left) - 1)
            ]
        )

    def _box(self, place: int) -> Rect:
        solid, front = self._strip.volumes[place].solid, self._fronts[place]
        return Rect(front.x - solid.front.x, front.y - solid.front.y, solid.size.width, solid.size.height)

    def _bracketed(self) -> Iterator[tuple[Rect, tuple[Mark, ...], str]]:
        """Yield the brackets with their rooms, all at one height below everything else."""
        theme = self._theme
        low = max([rect.bottom for rect, _, _ in self._rooms] + [box.bottom for box in self._boxes])
        for each in self._strip.brackets:
            left, right = self._fronts[each.first].x, self._fronts[each.last].right
            room = each.room(left, right, low + theme.spacing.caption, theme)
            yield room, each.marks(room, theme), self._strip.volumes[each.first].id

    def _below(self) -> list[Words]:
        """Return the captions below the volumes with their rooms, all from one height on."""
        found: list[Words] = []
        low, place = self._strip.low, 0
        for caption, slot in self._strip.slots():
            members = self._fronts[place : place + len(slot)]
            place += len(slot)
            if not caption.lines:
                continue
            room = measured(caption.lines, self._theme)
            middle = (members[0].x + members[-1].right) / 2
            rect = Rect(middle - room.width / 2, 0.0, room.width, room.height)
            found.append((rect, caption.lines, tuple([each.id for each in slot])))
        air = 0.8 * self._theme.spacing.caption
        if any(rect.moved(0.0, low + air).overlaps(box) for rect, _, _ in found for box in self._boxes):
            low = max(box.bottom for box in self._boxes)
        return [(rect.moved(0.0, low + air), lines, refs) for rect, lines, refs in found]
