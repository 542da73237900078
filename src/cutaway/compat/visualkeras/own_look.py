"""The layered and functional views in a look of our own: what was given is handed on where it has a meaning there."""

from cutaway.compat.visualkeras.canvas import grounded
from cutaway.compat.visualkeras.collapsing import asked_collapsed
from cutaway.compat.visualkeras.colors import hexadecimal, paint, palette_of
from cutaway.compat.visualkeras.dimensions import caps_of, number, sizing_of
from cutaway.compat.visualkeras.fonts import font_of
from cutaway.compat.visualkeras.framing import Plate
from cutaway.compat.visualkeras.grouping import groupings_of
from cutaway.compat.visualkeras.ignoring import flat_nodes, without_ignored
from cutaway.compat.visualkeras.interfaces import LAYERED
from cutaway.compat.visualkeras.layers import Subject, is_unlisted, told_subject
from cutaway.compat.visualkeras.logos import logo_legend, logos_of
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.own_style import own_style, own_theme
from cutaway.compat.visualkeras.plain_shapes import ColorWheel
from cutaway.compat.visualkeras.settling import Settled
from cutaway.compat.visualkeras.texts import text_of
from cutaway.record import replace
from cutaway.style import Style
from cutaway.typed import Any
from cutaway.views.frame import framed

_SAME = ("min_z", "min_xy", "max_z", "max_xy", "scale_z", "scale_xy", "connector_width")
"""Lengths and factors that the volumes view has under the same names."""
_LENGTHS = {"spacing": "gap", "column_spacing": "gap"}
_WORDS = {
    "one_dim_orientation": "one_dim",
    "sizing_mode": "sizing",
    "draw_reversed": "reversed",
    "draw_funnel": "funnels",
    "connector_arrow": "arrows",
    "show_dimension": "dimensions",
    "legend": "legend",
    "orientation_rotation": "rotation",
}
"""Other keywords, by what the volumes view calls them."""


def own_plate(model: object, settled: Settled, *, is_flat: bool) -> Plate:
    """Draw a model, given the values of all keywords of either view."""
    from cutaway.views.volumes import Volumes

    values = settled.values
    subject = _subject(model, settled)
    view = Volumes(
        fold="none", simplify="none", flat=is_flat, style=_styles(subject, settled), **_options(subject, settled)
    )
    composition, frame = view.composed(view.prepared(subject.graph), own_theme(settled))
    logos, all_logos = logos_of(subject, values["logo_groups"])
    row = logo_legend(values["logos_legend"], all_logos, font_of(values["font"]), values["font_color"])
    groupings = groupings_of(subject, values["layered_groups"])
    scene = framed(replace(composition, groupings=groupings, logos=logos), replace(frame, logos=row))
    if "background_fill" in settled.given:
        scene = grounded(scene, values["background_fill"])
    return Plate(scene=scene, graph=subject.graph)


def _subject(model: object, settled: Settled) -> Subject:
    whole = told_subject(model, settled.input_shape)
    is_layered = settled.interface is LAYERED
    unlisted = [node.id for node in whole.graph.nodes if is_layered and is_unlisted(node, whole.graph)]
    subject = without_ignored(whole, settled.type_ignore, settled.index_ignore, unlisted)
    return asked_collapsed(subject, settled).subject


def _options(subject: Subject, settled: Settled) -> dict[str, Any]:
    """Return what is given, by the names of the options of the volumes view."""
    values, given = settled.values, settled.given
    found: dict[str, Any] = {name: number(name, values[name]) for name in _SAME if name in given}
    found |= {new: number(old, values[old]) for old, new in _LENGTHS.items() if old in given}
    found |= {new: values[old] for old, new in _WORDS.items() if old in given}
    if "dimension_caps" in given:
        found["caps"] = caps_of(values["dimension_caps"])
    if "relative_base_size" in given:
        found["sizes"] = sizing_of(values)
    if "connector_fill" in given:
        found["connector_color"] = hexadecimal(paint(values["connector_fill"], "the connector_fill"))
    if values["text_callable"] is not None:
        said = text_of(values["text_callable"])
        texts = {node: said(place, layer) for place, (node, layer) in enumerate(subject.layers.items())}
        lines = {node: "\n".join(text.lines) for node, text in texts.items() if text}
        found["text"] = lambda node: lines.get(node.id, "")
        found["text_position"] = "above" if any(text and text.above for text in texts.values()) else "below"
    return found


def _styles(subject: Subject, settled: Settled) -> dict[str, Style]:
    """Return what is asked for single layers, by the ids of their nodes."""
    values = settled.values
    looks = Looks(subject, values["color_map"], values["styles"])
    flat = flat_nodes(subject, values.get("index_2D"))
    wheel = None if values["palette"] is None else ColorWheel(palette_of(values["palette"]))
    found: dict[str, Style] = {}
    for node, layer in subject.layers.items():
        tint = {"fill": wheel.get_color(layer.class_names[0])} if wheel else {}
        style = own_style({**tint, **_usual(settled), **looks.of(layer)}, layer.name)
        if node in flat:
            style = replace(style, flat=True)
        if style != Style():
            found[node] = style
    return found


def _usual(settled: Settled) -> dict[str, Any]:
    names = ("shade_step", "image_fit", "image_axis")
    return {name: settled.values[name] for name in names if name in settled.given or name != "shade_step"}
