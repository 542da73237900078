"""Turn a finished layout so that it leads down, and back to the page."""

from collections.abc import Callable
from typing import TypeAlias

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Continued, Direction, Layout

_Way: TypeAlias = Callable[[float, float], tuple[float, float]]


def downwards(layout: Layout, direction: Direction) -> Layout:
    """Turn a layout whose links lead in `direction`."""
    wide, high = layout.size.width, layout.size.height
    if direction == "down":
        return layout
    if direction == "up":
        return _turned(layout, layout.size, lambda x, y: (x, high - y))
    if direction == "right":
        return _turned(layout, Size(high, wide), lambda x, y: (y, x))
    return _turned(layout, Size(high, wide), lambda x, y: (y, wide - x))


def turned_back(layout: Layout, direction: Direction) -> Layout:
    """Turn a layout that leads down, so that its links lead in `direction`."""
    if direction != "left":
        return downwards(layout, direction)
    wide, high = layout.size.width, layout.size.height
    return _turned(layout, Size(high, wide), lambda x, y: (high - y, x))


def mirrored(layout: Layout) -> Layout:
    """Swap left and right."""
    wide = layout.size.width
    return _turned(layout, layout.size, lambda x, y: (wide - x, y))


def _turned(layout: Layout, size: Size, way: _Way) -> Layout:
    def rect(old: Rect) -> Rect:
        (x, y), (right, bottom) = way(old.x, old.y), way(old.right, old.bottom)
        return Rect(min(x, right), min(y, bottom), abs(right - x), abs(bottom - y))

    return Layout(
        size=size,
        boxes={name: rect(old) for name, old in layout.boxes.items()},
        clusters={name: rect(old) for name, old in layout.clusters.items()},
        routes={
            name: tuple([Point(*way(point.x, point.y)) for point in route]) for name, route in layout.routes.items()
        },
        labels={name: rect(old) for name, old in layout.labels.items()},
        continued={
            name: tuple(
                [Continued(rect=rect(part.rect), caption=part.caption and rect(part.caption)) for part in parts]
            )
            for name, parts in layout.continued.items()
        },
    )
