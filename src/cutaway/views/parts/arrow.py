"""The line of an edge with its arrowhead."""

from cutaway.geometry import Point, Rect
from cutaway.layered.problem import Route
from cutaway.scene import Arrowhead, Bent, Mark, Path, Stroke
from cutaway.theme import Theme
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.lane import Lane


def arrow(route: Route, lane: Lane, theme: Theme, stroke: Stroke) -> tuple[Mark, ...]:
    """Draw the part of a route that is not in its lane yet, and its arrowhead; the lane then holds the route.

    There are no heads where they have no length.
    """
    strokes = theme.strokes
    points = lane.parted(route, strokes.edge_radius)
    lane.add(route)
    line = Path(segments=Bent(points, strokes.edge_radius), stroke=stroke)
    if not strokes.arrow_length:
        return (line,)
    head = Arrowhead(route[-2], route[-1], strokes.arrow_length, strokes.arrow_width)
    return line, Path(segments=head, fill=stroke.paint)


def onto_outline(route: Route, glyph: Glyph, rect: Rect, theme: Theme) -> Route:
    """Lead the last stretch on from the border of a glyph's rectangle to its outline: a curve, or a stack of sheets."""
    end, before = route[-1], route[-2]
    if glyph.count:
        from cutaway.views.parts.stack import onto_stack

        return (*route[:-1], onto_stack(end, before, glyph, rect, theme))
    radius = min(rect.width, rect.height) / 2
    if end.x == before.x:  # from above or below, perhaps beside the middle of a circle or on the bend of a pill
        center = min(max(end.x, rect.x + radius), rect.right - radius)
        rise = (max(0.0, radius**2 - (end.x - center) ** 2)) ** 0.5
        y = rect.bottom - radius + rise if before.y > end.y else rect.y + radius - rise
        return (*route[:-1], Point(end.x, y))
    center = min(max(end.y, rect.y + radius), rect.bottom - radius)
    rise = (max(0.0, radius**2 - (end.y - center) ** 2)) ** 0.5
    x = rect.right - radius + rise if before.x > end.x else rect.x + radius - rise
    return (*route[:-1], Point(x, end.y))
