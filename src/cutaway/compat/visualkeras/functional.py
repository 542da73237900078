"""`functional_view`: layers in ranks from left to right, with right-angled lines along all connections."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.collapsing import asked_collapsed
from cutaway.compat.visualkeras.dimensions import number, signed
from cutaway.compat.visualkeras.framing import Plate
from cutaway.compat.visualkeras.functional_drawing import Drawing, head_length
from cutaway.compat.visualkeras.functional_graph import FunctionalEdge, FunctionalGraph, FunctionalNode
from cutaway.compat.visualkeras.functional_layers import finished, simple_settled, with_outputs
from cutaway.compat.visualkeras.ignoring import without_ignored
from cutaway.compat.visualkeras.interfaces import FUNCTIONAL
from cutaway.compat.visualkeras.layered_layers import PORT, Maker, line_room
from cutaway.compat.visualkeras.layers import told_subject
from cutaway.compat.visualkeras.lines import BREADTH
from cutaway.compat.visualkeras.looks import Looks as LayerLooks
from cutaway.compat.visualkeras.settling import Settled, view_function
from cutaway.compat.visualkeras.volume import OBLIQUE
from cutaway.record import replace
from cutaway.scene import Scene
from cutaway.typed import Any
from cutaway.views.parts.solid import Projection


def functional_plate(model: object, given: Settled) -> Plate:
    """Draw a model, given the values of all keywords."""
    settled = simple_settled(given)
    values = settled.values
    subject = without_ignored(told_subject(model, values["input_shape"]), values["type_ignore"], values["index_ignore"])
    found = asked_collapsed(subject, settled)
    subject = with_outputs(found.subject) if values["add_output_nodes"] else found.subject
    subject = replace(subject, graph=replace(subject.graph, outputs=()))
    looks = LayerLooks(subject, values["color_map"], values["styles"])
    maker = Maker(
        subject=subject,
        settled=settled,
        looks=looks,
        projection=_projection(values),
        in_ranks=True,
    )
    styles = maker.styles()
    port = _port(settled, styles)
    maker = replace(maker, room=line_room(subject.graph, port))
    drawn = finished(maker.drawn(styles), subject, styles, settled, found.spans)
    drawing = Drawing(subject, settled, drawn, styles, found.spans, port)
    return Plate(scene=drawing.scene(), graph=subject.graph)


def _port(settled: Settled, styles: Mapping[str, Mapping[str, Any]]) -> float:
    """Return how far apart lines end on a box: as far as the largest arrowhead and the widest line need."""
    values = settled.values
    widths = [
        number("connector_width", style.get("connector_width", values["connector_width"])) for style in styles.values()
    ]
    heads = [head_length(values, style) for style in styles.values()]
    return max([PORT, *(2 * width + 1.0 for width in widths), *(BREADTH * head + 1.0 for head in heads)])


def _projection(values: Mapping[str, Any]) -> Projection:
    turn = values["orientation_rotation"]
    return OBLIQUE if turn is None else replace(OBLIQUE, yaw=signed("orientation_rotation", turn))


def _draw(model: object, settled: Settled) -> Scene:
    if settled.values["theme"] == "classic":
        return functional_plate(model, settled).scene
    from cutaway.compat.visualkeras.own_look import own_plate

    return own_plate(model, settled, is_flat=not settled.draw_volume).scene


functional_view = view_function(
    FUNCTIONAL,
    _draw,
    """Draw a model with all of its connections, in ranks from left to right; return the image.

    The keywords are those of visualkeras, with their defaults, and act as documented there; positions are kept.
    `collapse_rules` act unless `collapse_enabled` is False. `type_ignore`, `index_ignore` and `legend` are those of
    `layered_view`, and so is what `theme`, `model` and `to_file` may be.
    """,
)

__all__ = ["FunctionalEdge", "FunctionalGraph", "FunctionalNode", "functional_view"]
