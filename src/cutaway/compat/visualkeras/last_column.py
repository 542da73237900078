"""Outputs of `graph_view` in the last column, as in the original, where the way there is free."""

from itertools import pairwise

from cutaway.geometry import Rect
from cutaway.graph import Graph
from cutaway.layered.problem import Layout, Route
from cutaway.record import replace
from cutaway.views.naming import keyed_outputs


def with_last_outputs(graph: Graph, layout: Layout, air: float) -> Layout:
    """Return a layout with its outputs in the last column; those stay to which something else lies too close there.

    `air` is what is left free above and below them, in points.
    """
    boxes, routes = dict(layout.boxes), dict(layout.routes)
    for key, _ in keyed_outputs(graph):
        last = max(rect.right for rect in boxes.values())
        rect, route = boxes[key], routes[key]
        moved = Rect(last - rect.width, rect.y, rect.width, rect.height)
        way = Rect(rect.x, rect.y - air, last - rect.x, rect.height + 2 * air)
        others = [other for name, other in boxes.items() if name != key]
        lines = [line for name, line in routes.items() if name != key]
        is_free = not any(_meet(way, other) for other in others)
        is_free = is_free and not any(_leads_through(line, way) for line in lines)
        if moved.x > rect.x and is_free and route[-1].y == route[-2].y:
            boxes[key] = moved
            routes[key] = (*route[:-1], replace(route[-1], x=moved.x))
    return replace(layout, boxes=boxes, routes=routes)


def _meet(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _leads_through(route: Route, rect: Rect) -> bool:
    """Tell whether a stretch of an orthogonal line is in a rectangle."""
    return any(
        min(one.x, other.x) < rect.right
        and rect.x < max(one.x, other.x)
        and min(one.y, other.y) < rect.bottom
        and rect.y < max(one.y, other.y)
        for one, other in pairwise(route)
    )
