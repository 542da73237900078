"""Words at columns that lie beside each other behind one: lines lead to them from above or below, so words make way."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cutaway.layered.problem import Layout
from cutaway.views.composition import Composition, arranged
from cutaway.views.neurons.columns import Asked, Side, larger, shift
from cutaway.views.neurons.joints import Joint

if TYPE_CHECKING:
    from cutaway.geometry import Rect
    from cutaway.views.neurons.column import Column


def beside_forks(composition: Composition, joints: Sequence[Joint], asked: Mapping[str, Asked]) -> dict[str, Asked]:
    """Return where words are to stand beside the lines of some joints, given where they were asked to stand."""
    layout = arranged(composition)
    found = dict(asked)
    for joint in joints:
        one, other = (_Spot(composition, layout, node) for node in (joint.source, joint.target))
        before = found.get(joint.target, Asked())
        found[joint.target] = Asked(side=before.side or _side(one, other), shifts=before.shifts)
        for spot, far in ((one, other), (other, one)):
            if way := abs(far.along - spot.along):
                rises = spot.first - far.first, far.last - spot.last
                head, foot = (
                    shift(part, spot.column, rise / way, composition.theme) if rise > 0 else 0.0
                    for part, rise in zip(spot.column.parts, rises, strict=True)
                )
                last = found.get(spot.node, Asked())
                shifts = last.shifts if spot is other and found[spot.node].side else larger(last.shifts, (head, foot))
                found[spot.node] = Asked(side=last.side, shifts=shifts)
    return found


class _Spot:
    """A column that has a place: where it lies along the flow, and its first and last circle across it."""

    def __init__(self, composition: Composition, layout: Layout, node: str) -> None:
        glyph: Any = composition.glyphs[node]
        self.node = node
        self.column: Column = glyph
        frame: Rect = glyph.frame(layout.boxes[node])
        middle, half = frame.center, glyph.length / 2
        self.along, across = (middle.x, middle.y) if glyph.is_across else (middle.y, middle.x)
        self.first, self.last, self.middle = across - half, across + half, across


def _side(one: _Spot, other: _Spot) -> Side:
    """Return the side of a column that is away from where lines come from, if they come from beside it."""
    if other.first > one.middle:
        return "foot"
    return "head" if other.last < one.middle else ""
