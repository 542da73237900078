"""Lines between neurons: straight, from the edge of one circle to that of another, where nothing lies in between."""

from collections.abc import Iterator, Mapping
from math import hypot

from cutaway.geometry import Point, Rect
from cutaway.layered.problem import Layout
from cutaway.record import replace
from cutaway.scene import Line, Mark, Move, Path, Segment
from cutaway.views.composition import Composition
from cutaway.views.neurons.channel import Channels
from cutaway.views.neurons.column import Column
from cutaway.views.neurons.joints import Joint
from cutaway.views.neurons.linework import Linework

End = tuple[int | None, "Point", float]
"""The number of a neuron, None for a box; where lines begin or end on it, and how far they stay away from that."""

_CLEAR = 0.5
"""What lines keep to circles beside those where they end, in points."""
_BACK = {"right": "left", "left": "right", "down": "up", "up": "down"}


class Wires:
    """Draws the lines between neurons of a composition, in whichever layout."""

    def __init__(self, composition: Composition, joints: Mapping[str, Joint], linework: Linework) -> None:
        self._composition = composition
        self._joints = joints
        self._linework = linework
        self._layout: Layout | None = None
        self._channels: Channels | None = None
        self._free: dict[str, bool] = {}
        self._blocked: dict[str, list[tuple[float, float]]] = {}
        self._from: dict[str, list[str]] = {}
        for key, joint in joints.items():
            self._from.setdefault(joint.source, []).append(key)

    def __call__(self, key: str, layout: Layout) -> tuple[Mark, ...] | None:
        """Return the lines of an edge, None where it is an arrow."""
        joint = self._joints.get(key)
        if joint is None:
            return None
        if not self.is_free(key, layout) or (self._linework.together and self._is_beside_blocked(joint, layout)):
            return None
        return tuple(self._drawn(key, joint, *self._both_ends(joint, layout)))

    def _is_beside_blocked(self, joint: Joint, layout: Layout) -> bool:
        """Tell whether beside the target of a joint lies one of another joint of its source that is not free."""
        source = joint.source
        if source not in self._blocked:
            found = [self._joints[key].target for key in self._from[source] if not self.is_free(key, layout)]
            self._blocked[source] = [self._extent(target, layout) for target in found]
        start, end = self._extent(joint.target, layout)
        return any(first <= end and start <= last for first, last in self._blocked[source])

    def _extent(self, name: str, layout: Layout) -> tuple[float, float]:
        """Return where a glyph begins and ends along the flow."""
        frame = self._frame(name, layout)
        return (frame.x, frame.right) if self._composition.direction in {"right", "left"} else (frame.y, frame.bottom)

    def is_free(self, key: str, layout: Layout) -> bool:
        """Tell whether nothing lies between the two glyphs of a joint, and the target is right behind the source."""
        if self._channels is None or self._layout is not layout:
            self._channels, self._layout = Channels(self._composition, layout), layout
            self._free, self._blocked = {}, {}
        if key not in self._free:
            self._free[key] = self._is_clear(key, layout, self._channels)
        return self._free[key]

    def _is_clear(self, key: str, layout: Layout, channels: Channels) -> bool:
        joint = self._joints[key]
        starts, ends = self._both_ends(joint, layout)
        if not starts or not ends:
            return False
        hull = [*self._corners(starts), *reversed(self._corners(ends))]
        if not channels.is_free(hull, joint.source, joint.target):
            return False
        if joint.kind == "each":
            lines = [(start[1], end[1]) for start, end in self._pairs(joint, starts, ends)]
            return channels.are_apart(key, lines)
        return channels.are_apart(key, [hull])

    def _both_ends(self, joint: Joint, layout: Layout) -> tuple[list[End], list[End]]:
        """Return the ends of the lines at both glyphs; none where the target does not lie right behind the source."""
        side = self._side(joint, layout)
        if not side:
            return [], []
        return self._ends(joint.source, layout, side), self._ends(joint.target, layout, _BACK[side])

    def _side(self, joint: Joint, layout: Layout) -> str:
        """Return the side of the source that the target is near to, along the flow; empty for a target elsewhere."""
        one, two = (self._frame(name, layout) for name in (joint.source, joint.target))
        direction = self._composition.direction
        if direction in {"left", "up"}:
            one, two = two, one
        is_across = direction in {"right", "left"}
        gap = two.x - one.right if is_across else two.y - one.bottom
        usual = max(one.height, two.height, 60.0) if is_across else max(one.width, two.width, 60.0)
        return direction if 0 < gap <= self._linework.reach * usual else ""

    def _frame(self, name: str, layout: Layout) -> Rect:
        glyph, rect = self._composition.glyphs[name], layout.boxes[name]
        return glyph.frame(rect) if isinstance(glyph, Column) else rect

    def _ends(self, name: str, layout: Layout, side: str) -> list[End]:
        """Return where lines begin or end: on neurons, or in the middle of the side of a box."""
        glyph, rect = self._composition.glyphs[name], layout.boxes[name]
        if isinstance(glyph, Column):
            return [(number, at, glyph.diameter / 2) for number, at in glyph.places(rect) if number is not None]
        if glyph.count:
            return []
        middle = rect.center
        at = {
            "right": Point(rect.right, middle.y),
            "left": Point(rect.x, middle.y),
            "down": Point(middle.x, rect.bottom),
            "up": Point(middle.x, rect.y),
        }[side]
        return [(None, at, 0.0)]

    def _corners(self, ends: list[End]) -> list[Point]:
        """Return the outermost points that lines at a column or box pass."""
        half = ends[0][2]
        first, last = ends[0][1], ends[-1][1]
        if self._composition.direction in {"right", "left"}:
            return [Point(first.x, first.y - half), Point(last.x, last.y + half)]
        return [Point(first.x - half, first.y), Point(last.x + half, last.y)]

    def _drawn(self, key: str, joint: Joint, starts: list[End], ends: list[End]) -> Iterator[Mark]:
        usual = self._linework.strokes.get(key, self._linework.stroke)
        shades, looks = self._linework.shades.get(key, {}), self._linework.looks
        if (joint.source, 0) in self._composition.pale:
            usual, shades = replace(usual, paint="edge.pale"), {}
        rows: dict[int, list[Segment]] = {}
        pairs = list(self._pairs(joint, starts, ends))
        if self._grazes(joint, pairs):
            side = self._composition.direction
            pairs = [(_aside(start, side), _aside(end, _BACK[side])) for start, end in pairs]
        for start, end in pairs:
            shade = shades.get((start[0], end[0]), -1) if start[0] is not None and end[0] is not None else -1
            rows.setdefault(shade, []).extend(_line(start, end))
        for shade in sorted(rows):
            yield Path(segments=tuple(rows[shade]), stroke=usual if shade < 0 else looks[shade])

    def _grazes(self, joint: Joint, pairs: list[tuple[End, End]]) -> bool:
        """Tell whether a line to the middle of a circle would lead through the one beside it."""
        is_across = self._composition.direction in {"right", "left"}
        slopes = [(b.y - a.y, b.x - a.x) if is_across else (b.x - a.x, b.y - a.y) for (_, a, _), (_, b, _) in pairs]
        slope = max([abs(across) / (abs(along) or 1.0) for across, along in slopes], default=0.0)
        columns = [self._composition.glyphs[name] for name in (joint.source, joint.target)]
        return any(
            column.diameter + column.gap < (column.diameter / 2 + _CLEAR) * hypot(1.0, slope)
            for column in columns
            if isinstance(column, Column) and len(column.shown) > 1
        )

    def _pairs(self, joint: Joint, starts: list[End], ends: list[End]) -> Iterator[tuple[End, End]]:
        """Give the ends of the lines to draw."""
        numbers = [start[0] for start in starts], [end[0] for end in ends]
        for one, other in joint.pairs(*numbers, self._linework.most):
            yield starts[one], ends[other]


def _aside(end: End, side: str) -> End:
    """Return an end at that side of its circle, where it is widest."""
    number, at, radius = end
    x, y = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}[side]
    return number, Point(at.x + x * radius, at.y + y * radius), 0.0


def _line(start: End, end: End) -> tuple[Segment, Segment]:
    (_, a, off), (_, b, short) = start, end
    x, y = b.x - a.x, b.y - a.y
    length = hypot(x, y) or 1.0
    x, y = x / length, y / length
    return Move(Point(a.x + x * off, a.y + y * off)), Line(Point(b.x - x * short, b.y - y * short))
