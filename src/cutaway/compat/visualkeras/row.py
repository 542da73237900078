"""Boxes in a row, at the original's offsets: each a gap behind the one before, its depth counted half on either side.

Boxes are painted one over the other, so that sides are covered, but no front: where the original lets one box cover
the front of another, or a text another text, they stand farther apart here. Lines that skip layers lead over all.
"""

from collections.abc import Mapping, Sequence

from cutaway.compat.visualkeras.drawn_layer import Drawn, text_key
from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Edge
from cutaway.record import Record
from cutaway.theme import PAPER
from cutaway.typed import TYPE_CHECKING
from cutaway.views.runs import Run

if TYPE_CHECKING:
    from cutaway.layered.problem import Route

_CLEAR = 3.0
_APART = 6.0
"""Points between two texts."""
_RISE = 9.0
"""Points between boxes and the lowest line above them."""
_PORT = 6.0
"""Points between two lines that rise from one box."""


class Row(Record, eq=False):
    """What stands in one row, from left to right; `skips` are the edges in it that lead over others.

    `is_reversed` lets depths lead to the left; of a row `amid` others, the last box must be free to its right, from
    where `leaving` tensors go elsewhere.
    """

    layers: tuple[Drawn, ...]
    joined: tuple[Edge, ...]
    skips: tuple[Edge, ...]
    is_reversed: bool
    amid: bool
    leaving: int = 1


def placed_row(row: Row, name: str) -> Run:
    """Place all of a row."""
    return _Placing(row).run(name)


class _Placing:
    """A row while it is placed; y is 0 on the axis on which all boxes are centred."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._place = {layer.node: place for place, layer in enumerate(row.layers)}
        self._tops = _attached(row.skips, self._place)
        self._boxes: list[Rect] = []
        self._rooms: dict[str, Rect] = {}
        self._routes: dict[str, Route] = {}

    def run(self, name: str) -> Run:
        """Place boxes, texts and lines."""
        self._along()
        self._captions()
        self._lines()
        rects = [*self._boxes, *self._rooms.values()]
        points = [point for route in self._routes.values() for point in route]
        left = min([rect.x for rect in rects] + [point.x for point in points])
        top = min([rect.y for rect in rects] + [point.y - 1 for point in points])
        right = max([rect.right for rect in rects] + [point.x for point in points])
        bottom = max(rect.bottom for rect in rects)
        order = list(enumerate(self._row.layers))
        members = {
            layer.node: self._boxes[place].moved(-left, -top)
            for place, layer in (reversed(order) if self._row.is_reversed else order)
        }
        ends = (self._boxes[0], self._boxes[-1]) if self._row.leaving > 1 else self._boxes[:1]
        half = min(rect.height / 2 for rect in ends)
        return Run(
            id=name,
            members=members,
            size=Size(right - left, bottom - top),
            axis=-top,
            half=max(0.0, half - 2.0),
            routes={
                key: tuple([Point(point.x - left, point.y - top) for point in route])
                for key, route in self._routes.items()
            },
            joined=tuple([edge.id for edge in self._row.joined]),
            labels={text_key(node): room.moved(-left, -top) for node, room in self._rooms.items()},
        )

    def _along(self) -> None:
        """Give each box its x."""
        cursor, sign = 0.0, -1.0 if self._row.is_reversed else 1.0
        fronts: list[tuple[float, float]] = []
        below = above = float("-inf")
        for place, layer in enumerate(self._row.layers):
            solid = layer.volume.solid
            wide, deep = solid.front.width, solid.size.width - solid.front.width
            cursor += layer.before
            x = cursor - sign * deep / 2
            if fronts:
                x = max(x, self._least(place, fronts[-1][1]))
            over = (solid.crown[0].x + solid.crown[1].x) / 2 - solid.front.x
            x = max(x, self._fenced(place) + max(solid.front.x, self._overhang(layer)))
            if layer.node in self._tops:
                x = max(x, above + _CLEAR - over + wide / 2)
            if layer.caption:
                is_above, room = self._is_above(layer), layer.caption.size.width
                start = (over if is_above else wide / 2) - room / 2
                x = max(x, (above if is_above else below) + _APART - start)
                if is_above:
                    above = x + start + room
                else:
                    below = x + start + room
            if layer.node in self._tops:
                above = max(above, x + over + wide / 2)
            cursor = x + sign * deep / 2 + wide + layer.spacing
            fronts.append((x, x + wide))
            self._boxes.append(Rect(x - solid.front.x, -solid.size.height / 2, solid.size.width, solid.size.height))

    def _overhang(self, layer: Drawn) -> float:
        """Return how far the text of a layer begins before its front."""
        if layer.caption is None:
            return 0.0
        solid = layer.volume.solid
        middle = (solid.crown[0].x + solid.crown[1].x) / 2 if self._is_above(layer) else solid.front.center.x
        return layer.caption.size.width / 2 - middle + solid.front.x

    def _fenced(self, place: int) -> float:
        """Return where a layer and its text may begin, beside shaded rectangles that it or those before are not in."""
        layer, least = self._row.layers[place], float("-inf")
        for other, box in zip(self._row.layers, self._boxes, strict=False):
            left = [room for fence, room in other.fences.items() if fence not in layer.fences]
            entered = [room for fence, room in layer.fences.items() if fence not in other.fences]
            if left or entered:
                front = box.x + other.volume.solid.front.x
                right = front - self._overhang(other) + other.caption.size.width if other.caption else box.right
                least = max(least, max(right, box.right) + max([*left, *entered]) + _CLEAR)
        return least

    def _is_above(self, layer: Drawn) -> bool:
        """Tell whether a text stands above its box, where no line rises."""
        return layer.caption is not None and layer.caption.above and layer.node not in self._tops

    def _least(self, place: int, right: float) -> float:
        """Return the least x of a front: behind the one before, and beside lines that rise from there."""
        layer, before = self._row.layers[place], self._row.layers[place - 1]
        least = right + before.spacing
        taller = layer.volume.size.height > before.volume.size.height
        if before.node in self._tops and taller and not self._row.is_reversed:
            count = len(self._tops[before.node])
            least = max(least, self._crown(place - 1, count - 1, count).x + _CLEAR)
        if layer.node in self._tops and not taller:
            solid = layer.volume.solid
            low = solid.crown[0].x - solid.front.x
            least = max(least, self._boxes[place - 1].right - low + _CLEAR)
        if self._row.amid and place == len(self._row.layers) - 1:
            reach = max(_reach(other, box) for other, box in zip(self._row.layers, self._boxes, strict=False))
            least = max(least, reach - layer.volume.solid.front.width)
        return least

    def _captions(self) -> None:
        """Set texts below the front or above the back of their boxes, off all boxes that they would touch."""
        for layer, box in zip(self._row.layers, self._boxes, strict=True):
            caption = layer.caption
            if caption is None:
                continue
            size, solid = caption.size, layer.volume.solid
            is_above = self._is_above(layer)
            over = (solid.crown[0].x + solid.crown[1].x) / 2
            middle = box.x + (over if is_above else solid.front.center.x)
            left = middle - size.width / 2
            right = left + size.width
            near = [each for each in self._boxes if each.x < right + 1 and each.right > left - 1]
            near += self._between(left - 1, right + 1)
            if is_above:
                y = min(each.y for each in near) - caption.gap - size.height
            else:
                y = max(each.bottom for each in near) + caption.gap
            self._rooms[layer.node] = Rect(left, y, size.width, size.height)

    def _between(self, left: float, right: float) -> list[Rect]:
        """Return what the lines from box to box cover between two x."""
        found: list[Rect] = []
        for place in range(len(self._boxes) - 1):
            corners = [self._row.layers[at].volume.corners(self._boxes[at]) for at in (place, place + 1)]
            for start, end in zip(corners[0][1], corners[1][0], strict=True):
                low, high = max(left, start.x), min(right, end.x)
                if low < high:
                    ys = [start.y + (end.y - start.y) * (x - start.x) / (end.x - start.x) for x in (low, high)]
                    found.append(Rect(low, min(ys), high - low, abs(ys[0] - ys[1])))
        return found

    def _lines(self) -> None:
        """Lead lines over what they skip, the shorter ones below the longer."""
        obstacles = [*self._boxes, *self._rooms.values()]
        place = self._place
        for edge in sorted(self._row.skips, key=lambda each: (place[each.target] - place[each.source], each.id)):
            ends = []
            for node in (edge.source, edge.target):
                own = self._tops[node]
                ends.append(self._crown(place[node], own.index(edge.id), len(own)))
            start, end = ends
            left, right = min(start.x, end.x), max(start.x, end.x)
            y = min(each.y for each in obstacles if each.x < right + _CLEAR and each.right > left - _CLEAR) - _RISE
            self._routes[edge.id] = (start, Point(start.x, y), Point(end.x, y), end)
            obstacles.append(Rect(left, y, right - left, 0.0))

    def _crown(self, place: int, number: int, count: int) -> Point:
        """Return where one of so many lines rises from the upper edge at the back of a box."""
        solid, box = self._row.layers[place].volume.solid, self._boxes[place]
        one, two = solid.crown
        wide = two.x - one.x
        step = min(_PORT, wide / count)
        share = 0.5 + (number - (count - 1) / 2) * step / max(wide, 1e-9)
        return Point(box.x + one.x + share * wide, box.y + one.y + share * (two.y - one.y))


def _reach(layer: Drawn, box: Rect) -> float:
    """Return how far right a box reaches at the height of the axis."""
    middle = box.y + box.height / 2
    before = Point(box.right + 2, middle)
    return layer.volume.met((Point(box.right + 1, middle), before)[::-1], box, PAPER, is_source=True)[-1].x


def _attached(skips: Sequence[Edge], place: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the skips that end on the top of each box, from left to right so that they do not cross."""
    found: dict[str, list[tuple[bool, int, str]]] = {}
    for edge in skips:
        one, two = place[edge.source], place[edge.target]
        span = abs(two - one)
        for node, leads_right in ((edge.source, two > one), (edge.target, one > two)):
            found.setdefault(node, []).append((leads_right, -span if leads_right else span, edge.id))
    return {node: [name for _, _, name in sorted(each)] for node, each in found.items()}
