"""Columns that lie beside each other behind one: lines lead to them from above or below, so words make way."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cutaway.layered.problem import Layout
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.composition import Composition, arranged
from cutaway.views.neurons.columns import CLEAR, Asked, Side, larger, shift
from cutaway.views.neurons.joints import Joint

if TYPE_CHECKING:
    from cutaway.geometry import Rect
    from cutaway.views.neurons.column import Column

_NOTHING = Asked()
_SLACK = 0.2
"""Points that are not worth another round."""


def beside_forks(composition: Composition, joints: Sequence[Joint], asked: Mapping[str, Asked]) -> dict[str, Asked]:
    """Return where words are to stand beside the lines of some joints, given where they were asked to stand."""
    layout, theme = arranged(composition), composition.theme
    found, forks = dict(asked), dict[str, list[_Spot]]()
    for joint in joints:
        one, other = (_Spot(composition, layout, node) for node in (joint.source, joint.target))
        forks.setdefault(joint.source, [one]).append(other)
        before = found.get(other.node, _NOTHING)
        found[other.node] = replace(before, side=before.side or _side(one, other))
        for spot, far in ((one, other), (other, one)):
            last = found.get(spot.node, _NOTHING)
            if not (spot is other and last.side):
                found[spot.node] = replace(last, shifts=larger(last.shifts, spot.shifts(far, theme)))
    for source, *targets in forks.values():
        for node, rooms in _apart(source, sorted(targets, key=lambda spot: spot.middle)):
            last = found[node]
            found[node] = replace(last, rooms=(last.rooms[0] + rooms[0], last.rooms[1] + rooms[1]))
    return found


class _Spot:
    """A column that has a place: where it lies along the flow, and its first and last circle across it.

    `ends` are how far it reaches with its words in both directions across the flow, and how far these reach along it
    from the middle.
    """

    def __init__(self, composition: Composition, layout: Layout, node: str) -> None:
        glyph: Any = composition.glyphs[node]
        self.node = node
        self.column: Column = glyph
        rect = layout.boxes[node]
        frame: Rect = glyph.frame(rect)
        middle, half = frame.center, glyph.length / 2
        self.along, across = (middle.x, middle.y) if glyph.is_across else (middle.y, middle.x)
        self.first, self.last, self.middle = across - half, across + half, across
        self.ends = [(self.first, glyph.diameter / 2), (self.last, glyph.diameter / 2)]
        for part, plate in glyph.plates(rect, composition.theme):
            low, high, wide = (
                (plate.y, plate.bottom, plate.width) if glyph.is_across else (plate.x, plate.right, plate.height)
            )
            is_head = part == glyph.parts[0]
            self.ends[not is_head] = (low if is_head else high, wide / 2)

    def shifts(self, far: "_Spot", theme: Theme) -> tuple[float, float]:
        """Return how far the words at both ends stand away so that lines to another column pass them."""
        way = abs(far.along - self.along)
        rises = self.first - far.first, far.last - self.last
        head, foot = (
            shift(part, self.column, rise / way, theme) if rise > 0 and way else 0.0
            for part, rise in zip(self.column.parts, rises, strict=True)
        )
        return head, foot


def _apart(source: _Spot, targets: Sequence[_Spot]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Give the room that neighbours need at their ends so that the lines to one of them pass the words of the other."""
    for above, below in pairwise(targets):
        top, half = below.ends[0]
        near = top - _passing(source.along, source.last, above.along, above.last, below.along, half) - CLEAR
        if near < -_SLACK:
            yield below.node, (-near, 0.0)
        low, half = above.ends[1]
        near = _passing(source.along, source.first, below.along, below.first, above.along, half) - CLEAR - low
        if near < -_SLACK:
            yield above.node, (0.0, -near)


def _passing(start: float, at: float, end: float, to: float, along: float, half: float) -> float:
    """Return where, across the flow, a line passes the words of a column on the side from which it comes."""
    half += CLEAR
    place = along - half if start < along else along + half
    return at + (to - at) * (place - start) / (end - start) if end != start else at


def _side(one: _Spot, other: _Spot) -> Side:
    """Return the side of a column that is away from where lines come from, if they come from beside it."""
    if other.first > one.middle:
        return "foot"
    return "head" if other.last < one.middle else ""
