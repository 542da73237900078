"""`layered_view`: each layer a box as large as what it gives, one behind the other."""

from collections import Counter
from collections.abc import Mapping

from cutaway.compat.visualkeras.canvas import classic
from cutaway.compat.visualkeras.class_legend import class_legend
from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.drawn_layer import Drawn
from cutaway.compat.visualkeras.fonts import font_of
from cutaway.compat.visualkeras.framing import Around, Plate, framed
from cutaway.compat.visualkeras.grouping import groupings_of, with_texts_of
from cutaway.compat.visualkeras.ignoring import flat_nodes, without, without_ignored
from cutaway.compat.visualkeras.interfaces import LAYERED
from cutaway.compat.visualkeras.layered_layers import Maker, line_room
from cutaway.compat.visualkeras.layered_rows import FunnelStyle, in_rows, row_marks, with_funnels, with_texts
from cutaway.compat.visualkeras.layers import Subject, is_unlisted, told_subject
from cutaway.compat.visualkeras.lines import Lines, LineStyle
from cutaway.compat.visualkeras.logos import logo_legend, logos_of
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.settling import Settled, view_function
from cutaway.compat.visualkeras.volume import OBLIQUE
from cutaway.geometry import Size
from cutaway.graph import Edge
from cutaway.record import replace
from cutaway.scene import Mark, Scene
from cutaway.typed import Any
from cutaway.views.composition import Composition, arranged
from cutaway.views.parts.grouping import Grouping, grouped
from cutaway.views.parts.move import moved
from cutaway.views.parts.solid import Projection
from cutaway.views.runs import expanded

_SPACER = "SpacingDummyLayer"
_HEADS = 3
"""Lines into a box of which each has room for an arrowhead."""
_AMID = 14.0
"""Points between rows, which the original has not."""


def layered_plate(model: object, settled: Settled) -> Plate:
    """Draw a model, given the values of all keywords."""
    values = settled.values
    whole = told_subject(model, values["input_shape"])
    unlisted = [node.id for node in whole.graph.nodes if is_unlisted(node, whole.graph)]
    left = without_ignored(whole, values["type_ignore"], values["index_ignore"], unlisted)
    subject, gaps = _without_spacers(left)
    subject = replace(subject, graph=replace(subject.graph, outputs=()))
    looks = Looks(subject, values["color_map"], values["styles"])
    flat = flat_nodes(subject, values["index_2D"]) if values["draw_volume"] else frozenset(subject.layers)
    maker = Maker(
        subject=subject,
        settled=settled,
        looks=looks,
        flat=flat,
        projection=_way(values),
        room=line_room(subject.graph),
    )
    styles = maker.styles()
    drawn = {node: replace(each, before=gaps.get(node, 0.0)) for node, each in maker.drawn(styles).items()}
    return Plate(scene=_scene(subject, settled, drawn, styles), graph=subject.graph)


def _way(values: Mapping[str, Any]) -> Projection:
    return replace(OBLIQUE, reversed=bool(values["draw_reversed"]))


def _without_spacers(subject: Subject) -> tuple[Subject, dict[str, float]]:
    """Leave out the layers that only widen gaps; return by how much they do, before each layer behind them."""
    spacers = {node for node, layer in subject.layers.items() if layer.place_of(_SPACER) is not None}
    if not spacers:
        return subject, {}
    gaps: dict[str, float] = {}
    for edge in subject.graph.edges:  # in the order of the flow
        if edge.source in spacers:
            layer = subject.layers[edge.source]
            own = getattr(layer.live, "spacing", 0) or 0
            gaps[edge.target] = max(gaps.get(edge.target, 0.0), gaps.get(edge.source, 0.0) + number("spacing", own))
    return without(subject, sorted(spacers)), gaps


def _scene(
    subject: Subject, settled: Settled, drawn: Mapping[str, Drawn], styles: Mapping[str, Mapping[str, Any]]
) -> Scene:
    values = settled.values
    font = font_of(values["font"])
    ground, padding = values["background_fill"], number("padding", values["padding"])
    theme = replace(
        classic(margin=0.0, box=_AMID, rank=max(_AMID, number("spacing", values["spacing"]))), face=font.face
    )
    logos, all_logos = logos_of(subject, values["logo_groups"])
    composition = Composition(
        graph=subject.graph,
        theme=theme,
        direction="right",
        glyphs={node: each.volume for node, each in drawn.items()},
        titles={node: layer.name for node, layer in subject.layers.items()},
        groupings=groupings_of(subject, values["layered_groups"]),
        logos=logos,
    )
    marks, size = _drawing(subject, settled, _fenced(drawn, composition.groupings), composition)
    legend = class_legend(subject, styles, values, font)
    row = logo_legend(values["logos_legend"], all_logos, font, values["font_color"])
    around = Around(name=subject.graph.name, padding=padding, legend=legend, logos=row)
    size = Size(size.width + 2 * padding, size.height + 2 * padding)
    return framed([moved(mark, padding, padding) for mark in marks], size, theme, around, ground)


def _fenced(drawn: Mapping[str, Drawn], groupings: tuple[Grouping, ...]) -> dict[str, Drawn]:
    """Let layers keep apart that are not in the same shaded rectangles."""
    found = dict(drawn)
    for place, each in enumerate(groupings):
        for node in each.members:
            fences = {**found[node].fences, place: each.padding + each.width}
            found[node] = replace(found[node], fences=fences)
    return found


def _drawing(
    subject: Subject, settled: Settled, drawn: Mapping[str, Drawn], composition: Composition
) -> tuple[list[Mark], Size]:
    """Lay out and draw all boxes, from the origin on."""
    if not drawn:
        return [], Size(0.0, 0.0)
    values = settled.values
    rows = in_rows(subject.graph, drawn, composition, is_reversed=bool(values["draw_reversed"]))
    layout = with_texts(expanded(rows.composition, arranged(rows.composition)))
    behind: tuple[Mark, ...] = ()
    if composition.groupings:
        said = [node for node, each in drawn.items() if each.caption]
        with_room = grouped(with_texts_of(composition.groupings, said), with_funnels(rows, layout))
        layout, behind = with_room.layout, with_room.marks
    asked = settled.given & {"connector_fill"}
    width = number("connector_width", values["connector_width"])
    color = paint(values["connector_fill"], "the connector_fill")
    funnels = FunnelStyle(
        is_drawn=bool(values["draw_funnel"]) and width > 0, width=width, paint=color if asked else None
    )
    plain = LineStyle(paint=color, width=width or 1.0)
    arrow = replace(plain, head=4.0 + 2 * width)
    edges = {edge.id: edge for edge in subject.graph.edges}
    arriving = Counter(edge.target for edge in edges.values())

    def style(edge: Edge) -> LineStyle:
        return arrow if arriving[edge.target] <= _HEADS else plain

    lines = Lines(edges, composition.glyphs, style, composition.theme)
    marks = [*behind, *row_marks(rows, layout, funnels, lines)]
    return marks, layout.size


def _draw(model: object, settled: Settled) -> Scene:
    if settled.values["theme"] == "classic":
        return layered_plate(model, settled).scene
    from cutaway.compat.visualkeras.own_look import own_plate

    return own_plate(model, settled, is_flat=not settled.draw_volume).scene


layered_view = view_function(
    LAYERED,
    _draw,
    """Draw a model as boxes one behind the other, each as large as what its layer gives; return the image.

    The keywords are those of visualkeras, with their defaults, and act as documented there; positions are kept. What
    they are resolved from is told by `settling`. `theme` is the look: "classic", or a theme of `cutaway.draw`. `model`
    may be a live model of any Keras, an object with `layers`, a Graph, or a path. `to_file` may also be .jpg, .svg,
    .pdf, or an open file.
    """,
)

__all__ = ["layered_view"]
