"""Layers of `graph_view` centred behind all layers that lead to them, as in the original, in the order of a layout."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from cutaway.compat.visualkeras.wiring import Bands, bands, passed
from cutaway.geometry import Rect, Size
from cutaway.layered.problem import Layout, Route
from cutaway.record import replace


def centred(ends: Mapping[str, tuple[str, str]], layout: Layout, air: float) -> Layout:
    """Return a layout in which each column follows the one before it, or the same where a line passes a column.

    `ends` are the source and the target of each line. Layers keep their columns, their order in them, and `air`
    between each other, in points. Where they cannot all lie at the middle of their sources, they are as near to it as
    they can be, by least squares; two lines from one count twice.
    """
    columns = bands(layout)
    if layout.clusters or layout.labels or any(passed(route, columns) for route in layout.routes.values()):
        return layout
    sources: dict[str, list[str]] = {}
    for source, target in ends.values():
        sources.setdefault(target, []).append(source)
    boxes = dict(layout.boxes)
    for names in _columns(layout, columns):
        wanted = [_middle(boxes, sources.get(name, [name])) for name in names]
        for name, top in zip(names, _tops([boxes[name].height for name in names], wanted, air), strict=True):
            boxes[name] = boxes[name].moved(0.0, top - boxes[name].y)
    return _moved(ends, layout, boxes)


def _columns(layout: Layout, columns: Bands) -> list[list[str]]:
    """Return the names of the boxes of each column, from top to bottom."""
    down = sorted(layout.boxes, key=lambda name: layout.boxes[name].y)
    return [[name for name in down if start <= layout.boxes[name].x <= end] for start, end in columns]


def _middle(boxes: Mapping[str, Rect], names: Sequence[str]) -> float:
    return fmean([boxes[name].center.y for name in names])


def _tops(heights: Sequence[float], wanted: Sequence[float], air: float) -> list[float]:
    """Return where boxes of a column begin that keep apart, as near to the middles they want as can be.

    The method pools adjacent violators (Barlow et al., Statistical Inference under Order Restrictions, 1972, ch. 1).
    """
    before, pools = 0.0, list[tuple[float, int]]()
    offsets = list[float]()
    for height, middle in zip(heights, wanted, strict=True):
        mean, count = middle - height / 2 - before, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
        offsets.append(before)
        before += height + air
    placed = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(placed, offsets, strict=True)]


def _moved(ends: Mapping[str, tuple[str, str]], layout: Layout, boxes: Mapping[str, Rect]) -> Layout:
    """Return the layout with boxes where they are now, as far from its top as it was, and lines from one to the other.

    The lines into a box end about its middle, in the order in which they did.
    """
    top = min(rect.y for rect in layout.boxes.values())
    below = layout.size.height - max(rect.bottom for rect in layout.boxes.values())
    rise = top - min(rect.y for rect in boxes.values())
    boxes = {name: rect.moved(0.0, rise) for name, rect in boxes.items()}
    ports: dict[str, list[float]] = {}
    for key, route in layout.routes.items():
        ports.setdefault(ends[key][1], []).append(route[-1].y)
    lower = {name: boxes[name].center.y - (min(found) + max(found)) / 2 for name, found in ports.items()}
    routes: dict[str, Route] = {}
    for key, route in layout.routes.items():
        first, last = route[0], route[-1]
        source, target = ends[key]
        start = first.y + boxes[source].y - layout.boxes[source].y
        routes[key] = replace(first, y=start), replace(last, y=last.y + lower[target])
    size = Size(layout.size.width, max(rect.bottom for rect in boxes.values()) + below)
    return replace(layout, boxes=boxes, routes=routes, size=size)
