"""Draw the joints of the `maps` view: pyramids from windows to values, funnels, full connections; if they are free."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from zlib import crc32

from cutaway.geometry import Point, Rect
from cutaway.graph import Graph
from cutaway.layered.problem import Direction, Layout
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Line, Mark, Move, Paint, Path, Rgba, Role, Stroke, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.maps.body import closed
from cutaway.views.maps.glyph import MapGlyph, Pair
from cutaway.views.maps.obstacles import nearest, raised_words, things
from cutaway.views.maps.relations import Joint
from cutaway.views.maps.spans import End, Span, Stretch, pyramid, spread
from cutaway.views.parts.obstacles import Obstacles, corners, hull

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

WINDOW = ".window"
"""What the role of the windows of a layer ends with; before it stands the role of its body."""
_THIN: Mapping[str, float] = {"window": 0.6, "opening": 0.6, "funnel": 0.5, "full": 0.4}
_VALUE = 1.8
"""Points along the side of the value that a window is seen as."""
_INTO, _OUT_OF = 0.32, 0.66
"""Where on a map lines come in, and where they leave it, along the flow."""
_ON_PICTURE = 0.55
_UNDER = 2.5
"""Points between lines and the words below them."""


class Joints(Record):
    """The joints of a composition by their links, and `words` to stand below some of them.

    `pale` are the links whose lines recede; windows lie anywhere by a `seed`, and are not drawn where not `windows`,
    nor are lines where not `lines`. `regions` draws those of a layout, of whose captions lines keep clear.
    """

    graph: Graph
    glyphs: "Mapping[str, Shaped]"
    found: Mapping[str, Joint]
    words: Mapping[str, str]
    pale: frozenset[str]
    theme: Theme
    direction: Direction
    seed: int | None
    windows: bool
    lines: bool = True
    regions: Callable[[Layout], Sequence[Mark]] | None = None


class Links:
    """Draws the joints of one composition; those that are in the way of something are arrows."""

    def __init__(self, joints: Joints) -> None:
        self._joints = joints
        self._is_row = joints.direction in {"right", "left"}
        self._layout: Layout | None = None
        self._obstacles: Obstacles | None = None
        self._spans: dict[str, Span] = {}

    def connecting(self, key: str, layout: Layout) -> tuple[Mark, ...] | None:
        """Return the lines between two bodies, for a link that is a joint."""
        span = self.spans(layout).get(key)
        if span is None:
            return None
        if not self._joints.lines:
            return ()
        stroke = self._stroke(key)
        return tuple([_line(each, stroke) for each in span.between])

    def over(self, layout: Layout) -> Iterator[Mark]:
        """Give what lies above all bodies: windows, values, the rest of the lines, and words below lines."""
        for key, span in self.spans(layout).items():
            stroke, joint = self._stroke(key), self._joints.found[key]
            marks: list[Mark] = [_line(each, stroke) for each in span.upon if self._joints.lines]
            lines = len(marks)
            for node, end in zip((joint.source, joint.target), span.ends, strict=bool(span.ends)):
                fill, edge = self._window(key, node)
                marks.append(Path(segments=closed(corners(end)), fill=fill, stroke=edge))
            if marks and self._joints.windows:
                yield Group(marks=tuple(marks), ref=key, part="window")
            elif lines:
                yield Group(marks=tuple(marks[:lines]), ref=key, part="window")
            text = self._words(key, span)
            if text is not None:
                yield Group(marks=(text,), ref=key, part="label")

    def spans(self, layout: Layout) -> Mapping[str, Span]:
        """Return where joints are drawn in a layout, by their links."""
        if layout is not self._layout:
            self._layout, self._spans, self._obstacles = layout, {}, None
            straight = [key for key in self._joints.found if len(layout.routes[key]) == 2]
            if straight:
                graph, regions = self._joints.graph, self._joints.regions
                raised = raised_words(graph, layout, is_row=self._is_row)
                around = things(self._joints.glyphs, layout, self._joints.theme, raised)
                self._obstacles = Obstacles(graph, layout, around, regions(layout) if regions else ())
                self._spans = {key: span for key in straight if (span := self._free(key, layout))}
        return self._spans

    def lift(self, node: str, layout: Layout) -> Pair:
        """Return how far the words at both ends of a body are to stand away so that lines that are drawn pass them."""
        glyph, joints = self._joints.glyphs[node], self._joints
        if not isinstance(glyph, MapGlyph) or not any(glyph.words.lift) or joints.words:
            return glyph.words.lift if isinstance(glyph, MapGlyph) else (0.0, 0.0)
        spans = self.spans(layout)
        own = [
            spans[key] for key, joint in joints.found.items() if key in spans and node in {joint.source, joint.target}
        ]
        lines = [stretch for span in own for stretch in span.between]
        return nearest(glyph, glyph.place(layout.boxes[node])[1], lines, joints.theme)

    def _free(self, key: str, layout: Layout) -> Span | None:
        """Return where a joint is drawn if nothing but its two bodies touches its lines, or lies between them."""
        joint = self._joints.found[key]
        but = {key, f"box {joint.source}", f"box {joint.target}"}
        for is_calm in (False, True) if self._joints.seed is not None else (True,):
            span = self._span(key, layout, is_calm=is_calm)
            if span is None or self._obstacles is None:
                continue
            lines = hull([point for stretch in span.between for point in stretch])
            if self._obstacles.leave(lines, (joint.source, joint.target), but):
                return span
        return None

    def _span(self, key: str, layout: Layout, *, is_calm: bool) -> Span | None:
        joint = self._joints.found[key]
        one, other = self._end(joint.source, layout), self._end(joint.target, layout)
        if one is None or other is None:
            return None
        is_row, route = self._is_row, layout.routes[key]
        start, stop = (route[0].x, route[-1].x) if is_row else (route[0].y, route[-1].y)
        forward = 1 if start < stop else -1  # both ways in a figure that is bent
        if joint.relation in {"funnel", "full"}:
            return spread((one, other), joint.relation, forward, is_row=is_row)
        value = self._target(key).look.value or _VALUE
        sides = ((joint.wide, joint.high), (value, value))
        sides = sides if joint.relation == "window" else sides[::-1]
        shares = (_OUT_OF, _INTO) if forward > 0 else (1 - _OUT_OF, 1 - _INTO)
        if not is_calm:
            windows = [self._anywhere(f"{key}/{at}", end, sides[at]) for at, end in enumerate((one, other))]
        else:
            windows = [_in_middle(end, sides[at], shares[at], is_row=is_row) for at, end in enumerate((one, other))]
        return pyramid((one, other), (windows[0], windows[1]))

    def _end(self, node: str, layout: Layout) -> End | None:
        glyph = self._joints.glyphs[node]
        if not isinstance(glyph, MapGlyph):
            return None
        body, place = glyph.place(layout.boxes[node])
        return End(body=body, place=place, outline=body.outline(place))

    def _anywhere(self, key: str, end: End, size: tuple[float, float]) -> Rect:
        front = end.body.front(end.place)
        wide, high = min(size[0], front.width), min(size[1], front.height)
        number = crc32(f"{self._joints.seed}/{key}".encode())
        x, y = (number & 0xFFFF) / 0xFFFF, (number >> 16) / 0xFFFF
        return Rect(front.x + x * (front.width - wide), front.y + y * (front.height - high), wide, high)

    def _target(self, key: str) -> MapGlyph:
        glyph = self._joints.glyphs[self._joints.found[key].target]
        assert isinstance(glyph, MapGlyph)  # noqa: S101 - only these have joints
        return glyph

    def _stroke(self, key: str) -> Stroke:
        target, palette = self._target(key), self._joints.theme.palette
        paint: Role | Rgba = "window.stroke" if "window.stroke" in palette else f"{target.role}.stroke"
        if key in self._joints.pale:
            paint = "edge.pale"
        if target.look.joint is not None:
            paint = target.look.joint
        own = target.look.joint_width
        return Stroke(paint=paint, width=_THIN[self._joints.found[key].relation] if own is None else own)

    def _window(self, key: str, node: str) -> tuple[Paint, Stroke]:
        """Return the colours of a window on the body of a node, which has to be seen through on a picture."""
        target, stroke, on = self._target(key), self._stroke(key), self._joints.glyphs[node]
        look = target.look
        fill: Role | Rgba = look.window if look.window is not None else f"{target.role}{WINDOW}"
        is_on_picture = isinstance(on, MapGlyph) and on.look.picture is not None
        alpha = look.window_alpha
        if is_on_picture:
            alpha = look.window_alpha_on_picture if look.window_alpha_on_picture is not None else alpha or _ON_PICTURE
        if alpha is not None:
            fill = _clear(fill, alpha, self._joints.theme)
        if look.window_stroke is not None or look.window_line is not None:
            paint = stroke.paint if look.window_stroke is None else look.window_stroke
            stroke = Stroke(paint=paint, width=stroke.width if look.window_line is None else look.window_line)
        return fill, stroke

    def _words(self, key: str, span: Span) -> Text | None:
        """Return the words below the lines of a joint, where there is room between the bodies."""
        text, theme = self._joints.words.get(key), self._joints.theme
        if not text or self._obstacles is None:
            return None
        points = [point for stretch in span.between for point in stretch]
        size, left, right = theme.sizes.label, max(a.x for a, _ in span.between), min(b.x for _, b in span.between)
        left, right = min(left, right), max(left, right)
        wide, cap = width(text, size, theme.face), metrics(theme.face).cap_height * size
        low = max(point.y for point in points) + _UNDER + cap
        at = Point((left + right) / 2, low)
        room = Rect(at.x - wide / 2, low - cap, wide, cap + metrics(theme.face).descent * size)
        if wide > right - left or not self._obstacles.hold(room):
            return None
        return Text(at=at, text=text, size=size, face=theme.face, fill="grey", anchor="middle")


def _in_middle(end: End, size: tuple[float, float], share: float, *, is_row: bool) -> Rect:
    """Return where a window lies on the map in front, on the line through the middle of the body."""
    front, middle = end.body.front(end.place), end.place.center
    wide, high = min(size[0], front.width), min(size[1], front.height)
    x = front.x + share * front.width - wide / 2 if is_row else middle.x - wide / 2
    y = middle.y - high / 2 if is_row else front.y + share * front.height - high / 2
    return Rect(min(max(x, front.x), front.right - wide), min(max(y, front.y), front.bottom - high), wide, high)


def _clear(paint: Role | Rgba, alpha: float, theme: Theme) -> Rgba:
    """Return a colour that is seen through."""
    if isinstance(paint, Rgba):
        return Rgba(paint.red, paint.green, paint.blue, alpha)
    color = theme.palette[paint]
    return Rgba(int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16), alpha)


def _line(stretch: Stretch, stroke: Stroke) -> Path:
    return Path(segments=(Move(stretch[0]), Line(stretch[1])), stroke=stroke)
