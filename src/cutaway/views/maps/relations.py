"""Which links of the `maps` view are windows, funnels or full connections: those between lone neighbours."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from cutaway.graph import Graph, Kind, Node
from cutaway.record import Record
from cutaway.theme import Theme
from cutaway.views.maps.glyph import MapGlyph, breadth, height
from cutaway.views.maps.windows import Relation, window
from cutaway.views.sizing import Axes

_LEAST: Final = 4.0
"""Points along the side of a window at least, so that it can be seen."""
_MOST: Final = 0.6
"""Of a map so much is covered by a window at most, so that the rest can be seen."""
_UNKNOWN: Final = 0.2
_LIMIT: Final = 14.0
"""A window is at most so high, in points, where it would lead lines into words."""


class Joint(Record):
    """What is drawn between two nodes in place of an arrow: `wide` and `high` are the sides of a window in points."""

    source: str
    target: str
    relation: Relation
    wide: float = 0.0
    high: float = 0.0


def joints(graph: Graph, glyphs: Mapping[str, object], axes: Mapping[str, Axes], scale: float) -> dict[str, Joint]:
    """Return the joints by the ids of their edges. Where lines part or come together, arrows say more."""
    leaving = Counter([edge.source for edge in graph.edges] + [output.node for output in graph.outputs])
    arriving = Counter([edge.target for edge in graph.edges])
    nodes = {node.id: node for node in graph.nodes}
    found: dict[str, Joint] = {}
    for edge in graph.edges:
        one, other = glyphs[edge.source], glyphs[edge.target]
        if leaving[edge.source] > 1 or arriving[edge.target] > 1:
            continue
        if isinstance(one, MapGlyph) and isinstance(other, MapGlyph) and not other.count:
            joint = _joint(nodes[edge.source], nodes[edge.target], one, other)
            if joint is not None:
                found[edge.id] = _measured(joint, one, other, nodes[edge.target], axes, scale)
    return found


def _joint(source: Node, target: Node, one: MapGlyph, other: MapGlyph) -> Joint | None:
    relation: Relation | None = None
    forms = (one.body.form, other.body.form)
    if forms == ("maps", "maps"):
        seen = window(target)
        relation = seen.relation if seen else None
    elif forms == ("bar", "bar"):
        relation = "full" if target.kind is Kind.DENSE else None
    elif "bar" in forms and Kind.RECURRENT not in {source.kind, target.kind}:
        relation = "funnel"
    return relation and Joint(source=source.id, target=target.id, relation=relation)


def _measured(
    joint: Joint, one: MapGlyph, other: MapGlyph, node: Node, axes: Mapping[str, Axes], scale: float
) -> Joint:
    if joint.relation not in {"window", "opening"}:
        return joint
    seen = window(node)
    owner, body = (joint.source, one.body) if joint.relation == "window" else (joint.target, other.body)
    known = axes[owner]
    sizes = (*known.all("height"), *known.all("width")) if known.is_image else (1, known.length)
    sides = seen.sides if seen else ()
    high, wide = sides if len(sides) == 2 else (1, *sides)[-2:] if sides else (1, 1)
    return Joint(
        source=joint.source, target=joint.target, relation=joint.relation,
        wide=_side(wide, sizes[1], body.width, scale), high=_side(high, sizes[0], body.height, scale),
    )  # fmt: skip


def _side(length: int, size: int | None, side: float, scale: float) -> float:
    share = min(1.0, length / size) if size else _UNKNOWN
    return max(min(_LEAST, side), min(share * side * scale, _MOST * side, _LIMIT * max(scale, 1.0)))


def lifts(glyphs: Mapping[str, object], found: Mapping[str, Joint], theme: Theme, between: float) -> dict[str, float]:
    """Return how far words make room for lines that lead to something larger, by the ids of nodes.

    Glyphs are at least so far apart as `between` says, and their words reach so much nearer to each other than bodies.
    """
    rooms: dict[str, float] = {}
    for joint in found.values():
        one, other = glyphs[joint.source], glyphs[joint.target]
        if joint.relation in {"window", "opening"} or not isinstance(one, MapGlyph) or not isinstance(other, MapGlyph):
            continue
        beyond = [_beyond(one, theme), _beyond(other, theme)]
        rise = (half(other) - half(one)) / (sum(beyond) + between)
        for node, lift in ((joint.source, rise * beyond[0]), (joint.target, -rise * beyond[1])):
            rooms[node] = max(rooms.get(node, 0.0), lift)
    return {node: room for node, room in rooms.items() if room > 0.0}


def _beyond(glyph: MapGlyph, theme: Theme) -> float:
    """Return how far words reach beyond the body along the flow, to either side."""
    words, size = (glyph.words.lines, glyph.words.below), glyph.body.size
    if glyph.is_row:
        return max(0.0, *[(breadth(lines, theme) - size.width) / 2 for lines in words])
    return max(0.0, *[(height(lines, theme) - size.height) / 2 for lines in words])


def half(glyph: MapGlyph) -> float:
    """Return how far a body reaches across the flow, to either side."""
    size = glyph.body.size
    return (size.height if glyph.is_row else size.width) / 2
