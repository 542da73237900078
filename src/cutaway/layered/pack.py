"""Draw the parts of a level that do not hang together one by one, and put them side by side."""

from math import inf, sqrt
from typing import NamedTuple

from cutaway.geometry import Point
from cutaway.layered.flat import EXIT, Drawing, Flat, Line, renumbered
from cutaway.layered.snap import up
from cutaway.layered.stages import draw
from cutaway.record import replace

_WIDER = 2.5  # how much wider than high a collection of parts may become


class _Part(NamedTuple):
    nodes: list[int]
    nets: list[int]
    drawing: Drawing


def draw_all(flat: Flat) -> Drawing:
    """Return the drawing of a level of any parts; the main path of the heaviest part runs at x = 0."""
    parts: list[_Part] = []
    if not flat.nodes:
        return Drawing(height=flat.head + flat.foot)
    components = _components(flat)
    if len(components) == 1:
        return draw(flat)
    for nodes in components:
        where = {node: index for index, node in enumerate(nodes)}
        nets = [index for index, net in enumerate(flat.nets) if net.source in where]
        parts.append(_Part(nodes, nets, draw(_cut(flat, nodes, nets, where))))
    return _together(flat, parts)


def _components(flat: Flat) -> list[list[int]]:
    leader = list(range(len(flat.nodes)))

    def find(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for net in flat.nets:
        for pin in net.pins:
            one, two = find(net.source), find(pin.node)
            leader[max(one, two)] = min(one, two)
    parts: dict[int, list[int]] = {}
    for node in range(len(flat.nodes)):
        parts.setdefault(find(node), []).append(node)
    return list(parts.values())


def _cut(flat: Flat, nodes: list[int], nets: list[int], where: dict[int, int]) -> Flat:
    return replace(
        flat,
        nodes=tuple(flat.nodes[node] for node in nodes),
        nets=tuple(renumbered(flat.nets[index], where, flat.nets[index].label) for index in nets),
    )


def _together(flat: Flat, parts: list[_Part]) -> Drawing:
    """Set the parts in lines; all in one where they touch the border of the level."""
    heaviest = max(range(len(parts)), key=lambda index: (len(parts[index].nodes), -index))
    gap = flat.style.gaps.box
    widest = _widest(flat, parts)
    spots: dict[int, Point] = {}
    x = top = right = bottom = 0.0
    ordered = reversed(range(len(parts))) if flat.style.mirror else range(len(parts))
    for index in ordered:
        drawing = parts[index].drawing
        wide = drawing.right - drawing.left
        if x > 0 and x + wide > widest:
            x, top = 0.0, bottom + flat.style.gaps.rank
        spots[index] = Point(up(x - drawing.left), top)
        x = spots[index].x + drawing.right + gap
        right = max(right, x - gap)
        bottom = max(bottom, top + drawing.height)
    origin = spots[heaviest].x
    whole = Drawing(left=-origin, right=right - origin, height=bottom)
    for index, spot in spots.items():
        part = parts[index]
        whole.put(part.drawing, part.nodes, part.nets, Point(spot.x - origin, spot.y))
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
    for (net, pin), line in whole.lines.items():
        node = flat.nets[net].pins[pin].node
        if flat.nodes[node].border is EXIT:
            whole.lines[net, pin] = _prolonged(line, whole.height)
            whole.places[node] = Point(whole.places[node].x, whole.height)


def _prolonged(line: Line, y: float) -> Line:
    return [*(line[:-1] or line), Point(line[-1].x, y)]
