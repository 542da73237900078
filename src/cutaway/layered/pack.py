"""Draw the parts of a level that do not hang together one by one, and put them side by side."""

from math import inf, sqrt

from cutaway.layered import chain
from cutaway.layered.distances import up
from cutaway.layered.flat import EXIT, Drawing, Flat, Spot, Stamps, renumbered
from cutaway.layered.stamp import draw
from cutaway.record import Record, replace

_WIDER = 2.5  # how much wider than high a collection of parts may become


class _Part(Record, kw_only=False):
    nodes: list[int]
    nets: list[int]
    drawing: Drawing


def draw_parts(flat: Flat, leaders: list[int], stamps: Stamps) -> Drawing:
    """Return the drawing of a level of several parts, which have leaders; the heaviest part is at x = 0."""
    components: dict[int, list[int]] = {}
    for node, leader in enumerate(leaders):
        components.setdefault(leader, []).append(node)
    nets: dict[int, list[int]] = {leader: [] for leader in components}
    for index, net in enumerate(flat.nets):
        nets[leaders[net.source]].append(index)
    parts = [
        _Part(nodes, nets[leader], _drawn(_cut(flat, nodes, nets[leader]), stamps))
        for leader, nodes in components.items()
    ]
    return _together(flat, parts)


def _drawn(part: Flat, stamps: Stamps) -> Drawing:
    return chain.drawn(part) or draw(part, stamps)


def _cut(flat: Flat, nodes: list[int], nets: list[int]) -> Flat:
    where = {node: index for index, node in enumerate(nodes)}
    return replace(
        flat,
        nodes=tuple([flat.nodes[node] for node in nodes]),
        nets=tuple([renumbered(flat.nets[index], where) for index in nets]),
    )


def _together(flat: Flat, parts: list[_Part]) -> Drawing:
    """Set the parts in lines; all in one where they touch the border of the level."""
    heaviest = max(range(len(parts)), key=lambda index: (len(parts[index].nodes), -index))
    gap = flat.style.gaps.box
    widest = _widest(flat, parts)
    spots: dict[int, Spot] = {}
    x = top = right = bottom = 0.0
    ordered = reversed(range(len(parts))) if flat.style.mirror else range(len(parts))
    for index in ordered:
        drawing = parts[index].drawing
        wide = drawing.right - drawing.left
        if x > 0 and x + wide > widest:
            x, top = 0.0, bottom - flat.foot - flat.head + flat.style.gaps.rank  # each part brings both with it
        axis = up(x - drawing.left)
        spots[index] = (axis, top)
        x = axis + drawing.right + gap
        right = max(right, x - gap)
        bottom = max(bottom, top + drawing.height)
    origin = spots[heaviest][0]
    whole = Drawing.blank(flat)
    whole.left, whole.right, whole.height = -origin, right - origin, bottom
    for index, (axis, top) in spots.items():
        part, dx = parts[index], axis - origin
        for node, (x, y) in zip(part.nodes, part.drawing.places, strict=True):
            whole.places[node] = (x + dx, y + top)
        whole.put_lines(part.drawing, part.nets, (dx, top))
    _reach_border(flat, whole)
    return whole


def _widest(flat: Flat, parts: list[_Part]) -> float:
    """Return how long a line of parts may become."""
    if any(node.border for node in flat.nodes):
        return inf
    gap = flat.style.gaps.box
    widths = [part.drawing.right - part.drawing.left for part in parts]
    area: float = sum((wide + gap) * (part.drawing.height + gap) for wide, part in zip(widths, parts, strict=True))
    return max(sqrt(_WIDER * area), *widths) + 2 * gap


def _reach_border(flat: Flat, whole: Drawing) -> None:
    """Prolong the lines that leave the level to its lower border."""
    for net, lines in zip(flat.nets, whole.lines, strict=True):
        for (node, _), line in zip(net.pins, lines, strict=True):
            if flat.nodes[node].border is EXIT:
                line[max(1, len(line) - 1) :] = [(line[-1][0], whole.height)]
                whole.places[node] = (whole.places[node][0], whole.height)
