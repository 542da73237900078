"""`graph_view`: layers as columns of circles and as boxes, with straight lines between them, as the original draws."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.canvas import classic, grounded, plain_frame
from cutaway.compat.visualkeras.centering import centred
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.grouping import dicts, groupings_of
from cutaway.compat.visualkeras.ignoring import without_ignored
from cutaway.compat.visualkeras.interfaces import GRAPH
from cutaway.compat.visualkeras.last_column import with_last_outputs
from cutaway.compat.visualkeras.layers import Subject, told_subject
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.node import NodeStyle, glyph_of, node_style, picture_marks
from cutaway.compat.visualkeras.settling import Settled, view_function
from cutaway.compat.visualkeras.wiring import Lines, line_ends
from cutaway.graph import Graph, Kind
from cutaway.layered.problem import Layout
from cutaway.record import Record, replace
from cutaway.scene import Mark, Scene
from cutaway.typed import TYPE_CHECKING
from cutaway.views.composition import Composition, Overlaying, arranged
from cutaway.views.frame import composed
from cutaway.views.naming import keyed_outputs, output_key
from cutaway.views.parts.picture import Pictures
from cutaway.views.parts.stretch import Strips, stretched

if TYPE_CHECKING:
    from cutaway.views.parts.grouping import Grouping
    from cutaway.views.parts.shaped import Shaped


def _draw(model: object, settled: Settled) -> Scene:
    return graph_scene(told_subject(model, settled.values["input_shape"]), settled)


graph_view = view_function(
    GRAPH,
    _draw,
    """Draw the layers of a model as columns of neurons, or as boxes, and the lines between them.

    Takes a live model, an object with layers, or the path of a file; returns a Pillow image of mode RGBA and writes
    `to_file` in the format of its suffix. `theme` names a look of ours in place of the classic one.
    """,
)


class _Drawn(Record, eq=False):
    """What is drawn of a model: its graph with the outputs that are shown, and the styles and glyphs by their keys."""

    graph: Graph
    styles: Mapping[str, NodeStyle]
    glyphs: "Mapping[str, Shaped]"


def graph_scene(subject: Subject, settled: Settled) -> Scene:
    """Return the figure in the look that is asked for."""
    subject = without_ignored(subject, settled.type_ignore, settled.index_ignore)
    if settled.theme == "classic":
        return _classic(subject, settled)
    from cutaway.compat.visualkeras.graph_themed import themed_scene

    return themed_scene(subject, settled)


def _classic(subject: Subject, settled: Settled) -> Scene:
    """Return the figure in the classic look."""
    drawn = _drawn(subject, settled)
    nearest = min([style.layer_spacing for style in drawn.styles.values()], default=0.0)
    apart = 2.0 * number("node_size", settled.node_size)
    theme = classic(margin=number("padding", settled.padding), box=apart, rank=nearest)
    composition = Composition(
        graph=drawn.graph,
        theme=theme,
        direction="right",
        glyphs=drawn.glyphs,
        groupings=groups_of(subject, settled),
        titles={node: layer.name for node, layer in subject.layers.items()},
    )
    layout = with_last_outputs(drawn.graph, spaced(drawn.graph, arranged(composition), drawn.styles), apart / 2)
    if not composition.groupings:
        layout = centred(line_ends(drawn.graph), layout, apart)
    composition = replace(composition, connecting=Lines(composition, drawn.styles), overlaying=_overlaying(drawn))
    scene = composed(composition, plain_frame(subject.graph.name), layout)
    return grounded(scene, settled.background_fill)


def _drawn(subject: Subject, settled: Settled) -> _Drawn:
    looks = Looks(subject, settled.color_map, settled.styles)
    seen = Pictures()
    styles = {node: node_style(settled, looks.of(layer), layer.name, seen) for node, layer in subject.layers.items()}
    graph = subject.graph
    glyphs: dict[str, Shaped] = {}
    for node in graph.nodes:
        as_tensor = settled.inout_as_tensor or node.kind is not Kind.INPUT
        glyphs[node.id] = glyph_of(node, subject.layers[node.id], styles[node.id], as_tensor=as_tensor)
    if not settled.inout_as_tensor and not _has_early_outputs(graph):
        graph = replace(graph, outputs=())
    plain = node_style(settled, {}, "outputs", seen)
    nodes = {node.id: node for node in graph.nodes}
    for place, output in enumerate(graph.outputs):
        key = output_key(place)
        styles[key] = plain
        glyphs[key] = glyph_of(nodes[output.node], None, plain, as_tensor=settled.inout_as_tensor)
    return _Drawn(graph=graph, styles=styles, glyphs=glyphs)


def groups_of(subject: Subject, settled: Settled) -> "tuple[Grouping, ...]":
    """Return the shaded boxes behind layers, with captions in the font of the call if they have none."""
    usual = {"font_color": settled.font_color, **({} if settled.font is None else {"font": settled.font})}
    return groupings_of(subject, [{**usual, **group} for group in dicts("layered_groups", settled.layered_groups)])


def _overlaying(drawn: _Drawn) -> Overlaying:
    """Return what draws the pictures of layers, each above its own layer."""
    shown = [key for key, style in drawn.styles.items() if style.picture]

    def overlaid(layout: Layout) -> tuple[Mark, ...]:
        return tuple(
            [mark for key in shown for mark in picture_marks(drawn.glyphs[key], drawn.styles[key], layout.boxes[key])]
        )

    return overlaid


def _has_early_outputs(graph: Graph) -> bool:
    """Tell whether an output comes from a layer that is not in the last column."""
    ranks = dict.fromkeys([node.id for node in graph.nodes], 0)
    for node in graph.nodes:
        sources = [ranks[edge.source] + 1 for edge in graph.edges if edge.target == node.id]
        ranks[node.id] = max(sources, default=0)
    last = max(ranks.values(), default=0)
    return any(ranks[output.node] < last for output in graph.outputs)


def spaced(graph: Graph, layout: Layout, styles: Mapping[str, NodeStyle]) -> Layout:
    """Return a layout with as much room behind each layer as that layer asks for."""
    strips, boxes = Strips(), layout.boxes
    links = [(edge.source, edge.target) for edge in graph.edges]
    links += [(output.node, key) for key, output in keyed_outputs(graph)]
    for source, target in links:
        one, two = boxes[source], boxes[target]
        strips.keep_apart(one.x, one.right, two.x, two.right, styles[source].layer_spacing, 0.0)
    across = strips.free([(rect.x, rect.right) for rect in boxes.values()])
    return stretched(layout, across, {}) if across else layout
