"""Which links of the `maps` view are windows, funnels or full connections: those between lone neighbours."""

from collections import Counter
from collections.abc import Mapping

from cutaway.graph import Graph, Kind, Node
from cutaway.record import Record
from cutaway.theme import Theme
from cutaway.views.maps.glyph import MapGlyph, Pair, breadth, height
from cutaway.views.maps.windows import Relation, window
from cutaway.views.sizing import Axes

_LEAST = 4.0
"""Points along the side of a window at least, so that it can be seen."""
_MOST = 0.9
"""Of a map so much is covered by a window at most, so that the rest can be seen."""
_UNKNOWN = 0.2
_PAST = 1.5
"""Points between lines and words."""


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
        if any(0 in axes[node].sizes for node in (edge.source, edge.target) if node in axes):
            continue  # there is nothing to be read
        if isinstance(one, MapGlyph) and isinstance(other, MapGlyph) and not other.count:
            joint = _joint(nodes[edge.source], nodes[edge.target], one, other)
            if joint is not None:
                own = other.look.window_scale
                found[edge.id] = _measured(joint, (one, other), nodes[edge.target], axes, scale if own is None else own)
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
    joint: Joint, glyphs: tuple[MapGlyph, MapGlyph], node: Node, axes: Mapping[str, Axes], scale: float
) -> Joint:
    if joint.relation not in {"window", "opening"}:
        return joint
    seen = window(node)
    owner, body = (joint.source, glyphs[0].body) if joint.relation == "window" else (joint.target, glyphs[1].body)
    known = axes[owner]
    is_strip = known.has("length") and not known.is_image
    sizes = (1, known.length) if is_strip else (known.size("height"), known.size("width"))
    sides = seen.sides if seen else ()
    high, wide = (1, 1, *sides)[-2:]
    return Joint(
        source=joint.source, target=joint.target, relation=joint.relation,
        wide=_side(wide, sizes[1], body.width, scale), high=_side(high, sizes[0], body.height, scale),
    )  # fmt: skip


def _side(length: int, size: int | None, side: float, scale: float) -> float:
    share = min(1.0, length / size) if size else _UNKNOWN
    return max(min(_LEAST, side), min(share * side * scale, _MOST * side))


def lifts(glyphs: Mapping[str, object], found: Mapping[str, Joint], theme: Theme, between: float) -> dict[str, Pair]:
    """Return how far words make room at both ends for lines that lead to something larger, by the ids of nodes.

    Glyphs are at least so far apart as `between` says, and bodies further, where words are longer than they are.
    """
    rooms: dict[str, Pair] = {}
    for joint in found.values():
        one, other = glyphs[joint.source], glyphs[joint.target]
        if joint.relation in {"window", "opening"} or not isinstance(one, MapGlyph) or not isinstance(other, MapGlyph):
            continue
        gap = between + sum(max(0.0, (max(_along(each, theme)) - each.length) / 2) for each in (one, other))
        rise = (half(other) - half(one)) / gap
        for node, glyph, slope in ((joint.source, one, rise), (joint.target, other, -rise)):
            if slope > 0.0:
                ends = zip(rooms.get(node, (0.0, 0.0)), _along(glyph, theme), glyph.words.air, strict=True)
                head, foot = [
                    max(least, slope * ((long + _reach(glyph)) / 2 + _PAST) + _PAST - air) for least, long, air in ends
                ]
                rooms[node] = head, foot
    return {node: room for node, room in rooms.items() if max(room) > 0.0}


def _along(glyph: MapGlyph, theme: Theme) -> Pair:
    """Return how long the words at both ends are along the flow."""
    words = (glyph.words.lines, glyph.words.below)
    above, below = (breadth(lines, theme) if glyph.is_row else height(lines, theme) for lines in words)
    return above, below


def _reach(glyph: MapGlyph) -> float:
    """Return by how much a body reaches beyond the place where lines end on it, less what it reaches before that."""
    if glyph.body.form == "bar":
        return glyph.body.slant
    return 2 * (glyph.body.sheets - 1) * glyph.body.step - glyph.length


def half(glyph: MapGlyph) -> float:
    """Return how far a body reaches across the flow, to either side."""
    size = glyph.body.size
    return (size.height if glyph.is_row else size.width) / 2
