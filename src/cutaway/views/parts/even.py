"""Regions beside each other in a row get one height, those below each other in a column one width, where room is."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from cutaway.geometry import Bounds, Rect
from cutaway.grid import Grid
from cutaway.layered.problem import Layout

_ALIKE: Final = 1.6
"""Regions are evened out of which the largest is no more than so many times as large."""
_BESIDE: Final = 0.6
"""So much of the smaller one lies beside its neighbour."""
_CLEAR: Final = 2.0


def evened(layout: Layout, regions: Sequence[str], *, across: bool) -> Mapping[str, Rect]:
    """Return the rectangles of regions, their heights evened out in rows if the data flows `across`, else their widths.

    None grows beyond its row or column, nor over anything else; torn ones stay as they are.
    """
    whole = {
        each: layout.clusters[each] for each in regions if each in layout.clusters and each not in layout.continued
    }
    found = dict(whole)
    if len(whole) < 2:
        return found
    taken: Grid[Bounds] = Grid([(area, area) for area in _taken(layout)])
    for row in _rows({each: _turned(rect, turn=not across) for each, rect in whole.items()}):
        least = max(rect.height for rect in row.values()) / _ALIKE
        large = {each: rect for each, rect in row.items() if rect.height >= least}
        top, bottom = min(rect.y for rect in large.values()), max(rect.bottom for rect in large.values())
        for each, rect in large.items():
            strips = [
                Rect(rect.x, top, rect.width, rect.y - top),
                Rect(rect.x, rect.bottom, rect.width, bottom - rect.bottom),
            ]
            added = [_turned(strip, turn=not across) for strip in strips if strip.height > 0]
            if not any(_is_taken(strip, taken, whole[each]) for strip in added):
                found[each] = _turned(Rect(rect.x, top, rect.width, bottom - top), turn=not across)
    return found


def _rows(rects: Mapping[str, Rect]) -> list[dict[str, Rect]]:
    """Return the regions of each row, those of several in no order but from above."""
    rows: list[dict[str, Rect]] = []
    last: Rect | None = None
    for each, rect in sorted(rects.items(), key=lambda item: item[1].center.y):
        if last is None or not _lie_beside(last, rect):
            rows.append({})
        rows[-1][each] = last = rect
    return [row for row in rows if len(row) > 1]


def _lie_beside(one: Rect, other: Rect) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return shared >= _BESIDE * min(one.height, other.height)


def _taken(layout: Layout) -> Iterator[Bounds]:
    """Give what a region must not grow over."""
    for rect in (*layout.boxes.values(), *layout.labels.values(), *layout.clusters.values()):
        yield rect.x, rect.y, rect.right, rect.bottom
    for parts in layout.continued.values():
        for part in parts:
            yield part.rect.x, part.rect.y, part.rect.right, part.rect.bottom
    for route in layout.routes.values():
        for one, two in pairwise(route):
            yield min(one.x, two.x), min(one.y, two.y), max(one.x, two.x), max(one.y, two.y)


def _is_taken(strip: Rect, taken: Grid[Bounds], own: Rect) -> bool:
    """Tell whether anything lies in a strip beside a region, or near it, but what holds the region or lies in it."""
    region = (own.x, own.y, own.right, own.bottom)
    wide = strip.grown(_CLEAR)
    return any(
        not _holds(region, area) and not _holds(area, region) and _overlap(area, wide)
        for area in taken.near((wide.x, wide.y, wide.right, wide.bottom))
    )


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _overlap(area: Bounds, rect: Rect) -> bool:
    return area[0] < rect.right and area[2] > rect.x and area[1] < rect.bottom and area[3] > rect.y


def _turned(rect: Rect, *, turn: bool) -> Rect:
    return Rect(rect.y, rect.x, rect.height, rect.width) if turn else rect
