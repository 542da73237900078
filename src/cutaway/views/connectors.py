"""The lines of a figure: arrows along the routes of the layout, and what a view draws in their place."""

from collections import Counter
from collections.abc import Callable, Mapping

from cutaway.analysis.accounts import output_line
from cutaway.geometry import Point
from cutaway.graph import Graph
from cutaway.layered.problem import Layout, Route
from cutaway.scene import Group, Mark, Stroke
from cutaway.typed import TYPE_CHECKING
from cutaway.views.naming import keyed_outputs
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.lines import Lane, arrow

if TYPE_CHECKING:
    from cutaway.views.composition import Composition
    from cutaway.views.parts.shaped import Shaped


_Link = tuple[str, str, str, int, str]
"""A line: its key in the layout, what it is called on the scene, and what it connects: a node, its port, and a node."""


def _links(graph: Graph) -> list[_Link]:
    links = [(key := edge.id, key, edge.source, edge.source_port, edge.target) for edge in graph.edges]
    return links + [(key, output_line(output), output.node, output.port, key) for key, output in keyed_outputs(graph)]


def connector_marks(composition: "Composition", layout: Layout) -> list[Mark]:
    """Draw all lines; those that are no arrows lie above the others."""
    marks, above = list[Mark](), list[Mark]()
    theme, connecting = composition.theme, composition.connecting
    joined = {link for run in composition.runs for link in run.drawn}
    usual, pale = [Stroke(paint=role, width=theme.strokes.edge) for role in ("edge", "edge.pale")]
    leading = _leading(composition, layout) if composition.lines != "rounded" else None
    links = _links(composition.graph)
    ports = [link[2:4] for link in links]
    lanes = {port: Lane() for port, count in Counter(ports).items() if count > 1}
    plain, accounts = _plain(composition), composition.stands_for
    for link, port in zip(links, ports, strict=True):
        key, name, source, _, target = link
        if key in joined:
            continue
        stands_for = accounts.get(name, ())
        lines = connecting(key, layout) if connecting else None
        if lines is not None:
            above.append(Group(lines, name, "edge", stands_for))
            continue
        stroke = pale if port in composition.pale else usual
        is_plain = source in plain and target in plain
        route = layout.routes[key] if is_plain else _between(link, composition, layout)
        lines = leading(link, route, stroke) if leading else arrow(route, lanes.get(port), theme, stroke)
        marks.append(Group(lines, name, "edge", stands_for))
    return marks + above


def _plain(composition: "Composition") -> frozenset[str]:
    """Return the ids of those glyphs on the border of whose rectangle lines end, as they do at most."""
    return frozenset([key for key, glyph in composition.glyphs.items() if _is_box(glyph)])


def _leading(composition: "Composition", layout: Layout) -> "Callable[[_Link, Route, Stroke], tuple[Mark, ...]]":
    """Return what draws the route of a link where lines do not look as usual."""
    from cutaway.views.parts.leading import Course, Leading
    from cutaway.views.regions import region_marks

    tensors = {key: f"line of {source}:{port}" for key, _, source, port, _ in _links(composition.graph)}
    leading = Leading(composition, layout, region_marks(composition, layout), tensors)
    return lambda link, route, stroke: leading.arrow(Course(route, (link[2], link[4]), tensors[link[0]]), stroke)


def counted_ends(composition: "Composition", layout: Layout) -> Mapping[str, list[Point]]:
    """Return where lines touch the glyphs that have a count."""
    found: dict[str, list[Point]] = {node: [] for node, glyph in composition.glyphs.items() if glyph.count}
    for link in _links(composition.graph) if found else ():
        key, _, source, _, target = link
        if key not in layout.routes:
            continue  # it is drawn by the run that it is in
        if source in found or target in found:
            route = _between(link, composition, layout)
            for node, place in ((source, 0), (target, -1)):
                if node in found:
                    found[node].append(route[place])
    return found


def _between(link: _Link, composition: "Composition", layout: Layout) -> Route:
    """Lead a route up to the outlines of both its glyphs."""
    glyphs, boxes, theme = composition.glyphs, layout.boxes, composition.theme
    key, _, source, _, target = link
    route = layout.routes[key]
    if not _is_box(glyphs[source]):
        route = glyphs[source].met(route[::-1], boxes[source], theme, is_source=True)[::-1]
    return route if _is_box(glyphs[target]) else glyphs[target].met(route, boxes[target], theme, is_source=False)


def _is_box(glyph: "Shaped") -> bool:
    """Tell whether lines end on the border of a glyph's rectangle, as most do."""
    return type(glyph) is Glyph and glyph.form == "box" and not glyph.count
