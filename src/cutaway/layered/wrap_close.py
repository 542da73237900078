"""Close the room of lanes that shortened lines have left empty, between the rows or columns of a wrapped layout."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

from cutaway.geometry import Size
from cutaway.layered.problem import Layout, Route
from cutaway.layered.wrap import mapped
from cutaway.layered.wrap_gaps import Span

_NEAR = 0.02


def closed(layout: Layout, before: Mapping[str, Route], *, upright: bool) -> Layout:
    """Return a layout without the room of lanes that routes had `before`; lanes lie above each other if `upright`."""
    taken = _merged([*_rects(layout, upright=upright), *_lanes(layout.routes, upright=upright)])
    old = sorted({low for low, _ in _lanes(before, upright=upright)})
    strips: dict[float, float] = {}
    for (_, start), (end, _) in pairwise(taken):
        left = [at for at in old if start + _NEAR < at < end - _NEAR]
        if left:
            strips[start + _NEAR] = end - start - max(left[0] - start, end - left[-1])
    return _without(layout, strips, upright=upright) if strips else layout


def _rects(layout: Layout, *, upright: bool) -> Iterator[Span]:
    parts = [part.rect for parts in layout.continued.values() for part in parts]
    for rect in (*layout.boxes.values(), *layout.labels.values(), *layout.clusters.values(), *parts):
        yield (rect.y, rect.bottom) if upright else (rect.x, rect.right)


def _lanes(routes: Mapping[str, Route], *, upright: bool) -> Iterator[Span]:
    """Give where lines run along the flow."""
    for route in routes.values():
        for a, b in pairwise(route):
            if upright and a.y == b.y:
                yield a.y, a.y
            elif not upright and a.x == b.x:
                yield a.x, a.x


def _merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + _NEAR:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


def _without(layout: Layout, strips: Mapping[float, float], *, upright: bool) -> Layout:
    """Return a layout in which strips are taken out, by where they begin and how wide they are."""
    at = sorted(strips)
    before = [0.0, *accumulate(strips[start] for start in at)]

    def moved(value: float) -> float:
        return value - before[bisect_right(at, value)]

    wide, high = layout.size.width, layout.size.height
    if upright:
        return mapped(layout, Size(wide, moved(high)), lambda x, y: (x, moved(y)))
    return mapped(layout, Size(moved(wide), high), lambda x, y: (moved(x), y))
