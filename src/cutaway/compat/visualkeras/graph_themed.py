"""`graph_view` in one of our own looks: the neurons view with what a caller asks for, and words at the columns."""

from collections.abc import Mapping
from typing import Any

from cutaway.compat.visualkeras.canvas import grounded
from cutaway.compat.visualkeras.colors import hexadecimal, paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.graph import groups_of
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.node import neurons
from cutaway.compat.visualkeras.pictures import fit_of
from cutaway.compat.visualkeras.settling import Settled
from cutaway.graph import Kind
from cutaway.record import replace
from cutaway.scene import Scene
from cutaway.style import Style
from cutaway.theme import Theme, chosen
from cutaway.views.frame import framed
from cutaway.views.neurons import Neurons

_OWN = {"ellipsize_after": "limit", "connector_fill": "connector_color"}
_SIZES = ("node_size", "node_spacing", "layer_spacing", "connector_width", *_OWN)
_ALL = 0


def themed_scene(subject: Subject, settled: Settled) -> Scene:
    """Return the figure in the look of a theme."""
    theme = _theme(settled)
    looks = Looks(subject, settled.color_map, settled.styles)
    asked = {node: looks.of(layer) for node, layer in subject.layers.items()}
    view = Neurons(
        neurons=_with_neurons(subject, settled, asked),
        inputs="tensors" if settled.inout_as_tensor else "neurons",
        fold="none",
        simplify="none",
        style={node: style for node, given in asked.items() if (style := _style(given, settled)) != Style()},
        own={node: own for node, given in asked.items() if (own := _own(given))},
        **_own({name: settled.values[name] for name in _SIZES if name in settled.given}),
    )
    composition, frame = view.composed(view.prepared(subject.graph), theme)
    composition = replace(composition, groupings=groups_of(subject, settled))
    scene = framed(composition, frame)
    return grounded(scene, settled.background_fill) if "background_fill" in settled.given else scene


def _theme(settled: Settled) -> Theme:
    theme = chosen(settled.theme)
    if "padding" not in settled.given:
        return theme
    return replace(theme, spacing=replace(theme.spacing, margin=number("padding", settled.padding)))


def _with_neurons(subject: Subject, settled: Settled, asked: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the layers that are drawn as neurons."""
    found: list[str] = []
    for node in subject.graph.nodes:
        is_input = node.kind is Kind.INPUT and not settled.inout_as_tensor
        shown = asked[node.id].get("show_neurons", settled.show_neurons)
        if is_input or (shown and neurons(node, subject.layers[node.id])):
            found.append(node.id)
    return tuple(found)


def _own(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is given of lengths and connectors, by the names that the neurons view has for them."""
    found = {_OWN.get(name, name): given[name] for name in _SIZES if name in given}
    if "limit" in found:
        found["limit"] = max(_ALL, found["limit"] or _ALL)
    if "connector_color" in found:
        found["connector_color"] = hexadecimal(paint(found["connector_color"], "the connector_fill"))
    return found


def _style(given: Mapping[str, Any], settled: Settled) -> Style:
    fill, outline, picture = given.get("fill"), given.get("outline"), given.get("image")
    return Style(
        fill=None if fill is None else hexadecimal(paint(fill, "a fill")),
        stroke=None if outline is None else hexadecimal(paint(outline, "an outline")),
        picture=picture,
        fit=None if picture is None else fit_of(given.get("image_fit", settled.image_fit)),
    )
