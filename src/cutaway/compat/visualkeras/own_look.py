"""The layered and functional views in a look of our own: what was given is handed on where it has a meaning there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cutaway.compat.visualkeras.canvas import grounded
from cutaway.compat.visualkeras.collapsing import collapsed, rules_of
from cutaway.compat.visualkeras.colors import hexadecimal, paint
from cutaway.compat.visualkeras.dimensions import caps_of, number
from cutaway.compat.visualkeras.fonts import font_of
from cutaway.compat.visualkeras.grouping import groupings_of
from cutaway.compat.visualkeras.ignoring import without_ignored
from cutaway.compat.visualkeras.layers import Subject, is_unlisted, told_subject
from cutaway.compat.visualkeras.logos import logo_legend, logos_of
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.pictures import fit_of, tone_of
from cutaway.compat.visualkeras.rendering import rendered
from cutaway.compat.visualkeras.settling import Settled
from cutaway.compat.visualkeras.texts import text_of
from cutaway.record import replace
from cutaway.scene import Scene
from cutaway.style import Style
from cutaway.theme import Theme
from cutaway.views.choice import chosen_theme
from cutaway.views.frame import framed

if TYPE_CHECKING:
    from PIL.Image import Image

_SAME = ("min_z", "min_xy", "max_z", "max_xy", "scale_z", "scale_xy")
_RENAMED = {"spacing": "gap", "one_dim_orientation": "one_dim", "sizing_mode": "sizing", "draw_reversed": "reversed"}


def own_layered(model: object, settled: Settled) -> "Image":
    """Draw a model as volumes, and return and write the image."""
    whole = told_subject(model, settled.values["input_shape"])
    unlisted = [node.id for node in whole.graph.nodes if is_unlisted(node, whole.graph)]
    subject = without_ignored(whole, settled.type_ignore, settled.index_ignore, unlisted)
    return rendered(_scene(subject, settled, is_flat=not settled.draw_volume), settled.to_file, settled.format)


def own_functional(model: object, settled: Settled) -> "Image":
    """Draw a model as volumes or, as long as nobody asks for these, as rectangles, and return and write the image."""
    rules = rules_of(settled.collapse_rules)
    subject = without_ignored(
        told_subject(model, settled.values["input_shape"]), settled.type_ignore, settled.index_ignore
    )
    if rules and (settled.collapse_enabled or "collapse_enabled" not in settled.given):
        subject = collapsed(subject, rules).subject
    return rendered(_scene(subject, settled, is_flat=not settled.draw_volume), settled.to_file, settled.format)


def _scene(subject: Subject, settled: Settled, *, is_flat: bool) -> Scene:
    from cutaway.views.volumes import Volumes

    values, given = settled.values, settled.given
    theme = _theme(settled)
    options: dict[str, Any] = {name: number(name, values[name]) for name in _SAME if name in given}
    options |= {new: values[old] for old, new in _RENAMED.items() if old in given}
    if "dimension_caps" in given:
        options["caps"] = caps_of(values["dimension_caps"])
    if "relative_base_size" in given:
        options["base"] = number("relative_base_size", values["relative_base_size"])
    if values.get("orientation_rotation") is not None:
        options["rotation"] = float(values["orientation_rotation"])
    if "legend" in given:
        options["legend"] = bool(values["legend"])
    view = Volumes(fold="none", simplify="none", flat=is_flat, style=_styles(subject, settled), **options)
    composition, frame = view.composed(view.prepared(subject.graph), theme)
    logos, all_logos = logos_of(subject, values["logo_groups"])
    row = logo_legend(values["logos_legend"], all_logos, font_of(values["font"]), values["font_color"])
    groupings = groupings_of(subject, values["layered_groups"])
    scene = framed(replace(composition, groupings=groupings, logos=logos), replace(frame, logos=row))
    return grounded(scene, values["background_fill"]) if "background_fill" in given else scene


def _theme(settled: Settled) -> Theme:
    values = settled.values
    theme = chosen_theme(values["theme"])
    if values["font"] is not None:
        theme = replace(theme, face=font_of(values["font"]).face)
    if "padding" in settled.given:
        theme = replace(theme, spacing=replace(theme.spacing, margin=number("padding", values["padding"])))
    palette = dict(theme.palette)
    strokes = theme.strokes
    if "connector_fill" in settled.given:
        palette["edge"] = hexadecimal(paint(values["connector_fill"], "the connector_fill"))
    if "connector_width" in settled.given:
        strokes = replace(strokes, edge=number("connector_width", values["connector_width"]))
    return replace(theme, palette=palette, strokes=strokes)


def _styles(subject: Subject, settled: Settled) -> dict[str, Style]:
    """Return what is asked for single layers, by the ids of their nodes."""
    values = settled.values
    looks = Looks(subject, values["color_map"], values["styles"])
    said = text_of(values["text_callable"])
    flat = set(values.get("index_2D") or ())
    found: dict[str, Style] = {}
    for place, (node, layer) in enumerate(subject.layers.items()):
        text = said(place, layer)
        style = _style({**_usual(settled), **looks.of(layer)}, "\n".join(text.lines) if text else None)
        if layer.index is not None and layer.index in flat:
            style = replace(style, flat=True)
        if style != Style():
            found[node] = style
    return found


def _usual(settled: Settled) -> dict[str, Any]:
    names = ("shade_step", "image_fit", "image_axis")
    return {name: settled.values[name] for name in names if name in settled.given or name != "shade_step"}


def _style(given: Mapping[str, Any], label: str | None) -> Style:
    fill, outline, picture, shade = (given.get(name) for name in ("fill", "outline", "image", "shade_step"))
    return Style(
        fill=None if fill is None else hexadecimal(paint(fill, "a fill")),
        stroke=None if outline is None else hexadecimal(paint(outline, "an outline")),
        shade=None if shade is None else int(shade),
        label=label,
        picture=picture,
        fit=None if picture is None else fit_of(given.get("image_fit", "fill")),
        face=None if picture is None else tone_of(given.get("image_axis", "z")),
    )
