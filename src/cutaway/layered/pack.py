"""Draw the parts of a level that do not hang together one by one, and put them side by side."""

from math import inf
from typing import NamedTuple

from cutaway.geometry import Point
from cutaway.layered.flat import Border, Drawing, Flat, Line, Net, Pin
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
        return Drawing(places={}, lines={}, labels={}, left=0.0, right=0.0, height=flat.head + flat.foot)
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
        nets=tuple(_renumbered(flat.nets[index], where) for index in nets),
    )


def _renumbered(net: Net, where: dict[int, int]) -> Net:
    return replace(net, source=where[net.source], pins=tuple(Pin(where[pin.node], pin.order) for pin in net.pins))


def _together(flat: Flat, parts: list[_Part]) -> Drawing:
    """Set the parts in lines; all in one where they touch the border of the level."""
    tied = any(node.border for node in flat.nodes)
    heaviest = max(range(len(parts)), key=lambda index: (len(parts[index].nodes), -index))
    whole = Drawing(places={}, lines={}, labels={}, left=0.0, right=0.0, height=0.0)
    gap = flat.style.gaps.box
    widest = inf
    if not tied:
        area = sum((p.drawing.right - p.drawing.left + gap) * (p.drawing.height + gap) for p in parts)
        widest = max((_WIDER * area) ** 0.5, *(p.drawing.right - p.drawing.left for p in parts)) + 2 * gap
    x = top = bottom = origin = 0.0
    ordered = reversed(range(len(parts))) if flat.style.mirror else range(len(parts))
    for index in ordered:
        drawing = parts[index].drawing
        wide = drawing.right - drawing.left
        if x > 0 and x + wide > widest:
            x, top = 0.0, bottom + flat.style.gaps.rank
        by = Point(up(x - drawing.left), top)
        _add(whole, parts[index], by)
        if index == heaviest:
            origin = by.x
        x = by.x + drawing.right + gap
        bottom = max(bottom, top + drawing.height)
        whole.right = max(whole.right, x - gap)
    whole.height = bottom
    _move(whole, Point(-origin, 0.0))
    _reach_border(flat, whole)
    return whole


def _add(whole: Drawing, part: _Part, by: Point) -> None:
    for place, point in part.drawing.places.items():
        whole.places[part.nodes[place]] = Point(point.x + by.x, point.y + by.y)
    for (net, pin), line in part.drawing.lines.items():
        whole.lines[part.nets[net], pin] = [Point(point.x + by.x, point.y + by.y) for point in line]
    for net, rect in part.drawing.labels.items():
        whole.labels[part.nets[net]] = rect.moved(by.x, by.y)


def _move(whole: Drawing, by: Point) -> None:
    for node, point in whole.places.items():
        whole.places[node] = Point(point.x + by.x, point.y)
    for key, line in whole.lines.items():
        whole.lines[key] = [Point(point.x + by.x, point.y) for point in line]
    for net, rect in whole.labels.items():
        whole.labels[net] = rect.moved(by.x, 0.0)
    whole.left += by.x
    whole.right += by.x


def _reach_border(flat: Flat, whole: Drawing) -> None:
    """Prolong the lines that leave the level to its lower border."""
    for (net, pin), line in whole.lines.items():
        node = flat.nets[net].pins[pin].node
        if flat.nodes[node].border is Border.EXIT:
            whole.lines[net, pin] = _prolonged(line, whole.height)
            whole.places[node] = Point(whole.places[node].x, whole.height)


def _prolonged(line: Line, y: float) -> Line:
    return [*(line[:-1] or line), Point(line[-1].x, y)]
