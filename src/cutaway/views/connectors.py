"""The lines of a figure: arrows along the routes of the layout, and what a view draws in their place."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from cutaway.analysis.accounts import output_line
from cutaway.geometry import Point
from cutaway.graph import Graph
from cutaway.layered.problem import Layout, Route
from cutaway.record import Record
from cutaway.scene import Group, Mark, Stroke
from cutaway.typed import TYPE_CHECKING
from cutaway.views.naming import keyed_outputs
from cutaway.views.parts.lines import Lane, arrow

if TYPE_CHECKING:
    from cutaway.views.composition import Composition


class _Link(Record, kw_only=False):
    """A line: its key in the layout, what it is called on the scene, and what it connects."""

    key: str
    name: str
    source: str
    port: int
    target: str


def _links(graph: Graph) -> Iterator[_Link]:
    for edge in graph.edges:
        yield _Link(edge.id, edge.id, edge.source, edge.source_port, edge.target)
    for key, output in keyed_outputs(graph):
        yield _Link(key, output_line(output), output.node, output.port, key)


def connector_marks(composition: "Composition", layout: Layout) -> list[Mark]:
    """Draw all lines; those that are no arrows lie above the others."""
    marks, above = list[Mark](), list[Mark]()
    theme, connecting = composition.theme, composition.connecting
    joined = {link for run in composition.runs for link in run.drawn}
    usual, pale = [Stroke(paint=role, width=theme.strokes.edge) for role in ("edge", "edge.pale")]
    leading = _leading(composition, layout) if composition.lines != "rounded" else None
    lanes: defaultdict[tuple[str, int], Lane] = defaultdict(Lane)
    for link in _links(composition.graph):
        if link.key in joined:
            continue
        stands_for = composition.stands_for.get(link.name, ())
        lines = connecting(link.key, layout) if connecting else None
        if lines is not None:
            above.append(Group(marks=lines, ref=link.name, part="edge", stands_for=stands_for))
            continue
        stroke = pale if (link.source, link.port) in composition.pale else usual
        route = _between(link, composition, layout)
        lane = lanes[link.source, link.port]
        lines = leading(link, route, stroke) if leading else arrow(route, lane, theme, stroke)
        marks.append(Group(marks=lines, ref=link.name, part="edge", stands_for=stands_for))
    return marks + above


def _leading(composition: "Composition", layout: Layout) -> "Callable[[_Link, Route, Stroke], tuple[Mark, ...]]":
    """Return what draws the route of a link where lines do not look as usual."""
    from cutaway.views.parts.leading import Course, Leading
    from cutaway.views.regions import region_marks

    tensors = {link.key: f"line of {link.source}:{link.port}" for link in _links(composition.graph)}
    leading = Leading(composition, layout, region_marks(composition, layout), tensors)
    return lambda link, route, stroke: leading.arrow(
        Course(route, (link.source, link.target), tensors[link.key]), stroke
    )


def counted_ends(composition: "Composition", layout: Layout) -> Mapping[str, list[Point]]:
    """Return where lines touch the glyphs that have a count."""
    found: dict[str, list[Point]] = {node: [] for node, glyph in composition.glyphs.items() if glyph.count}
    for link in _links(composition.graph) if found else ():
        if link.key not in layout.routes:
            continue  # it is drawn by the run that it is in
        if link.source in found or link.target in found:
            route = _between(link, composition, layout)
            for node, place in ((link.source, 0), (link.target, -1)):
                if node in found:
                    found[node].append(route[place])
    return found


def _between(link: _Link, composition: "Composition", layout: Layout) -> Route:
    """Lead a route up to the outlines of both its glyphs."""
    glyphs, boxes, theme = composition.glyphs, layout.boxes, composition.theme
    back = glyphs[link.source].met(layout.routes[link.key][::-1], boxes[link.source], theme, is_source=True)
    return glyphs[link.target].met(back[::-1], boxes[link.target], theme, is_source=False)
