"""`graph_view` in one of our own looks: the neurons view with what a caller asks for, and words at the columns."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.canvas import grounded
from cutaway.compat.visualkeras.colors import hexadecimal, paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.graph import groups_of
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.node import limit_of, neurons
from cutaway.compat.visualkeras.own_style import own_style, own_theme
from cutaway.compat.visualkeras.settling import Settled
from cutaway.graph import Kind
from cutaway.record import replace
from cutaway.scene import Scene
from cutaway.style import Style
from cutaway.typed import Any
from cutaway.views.frame import framed
from cutaway.views.neurons import Neurons

_LENGTHS = ("node_size", "node_spacing", "layer_spacing", "connector_width")
_ALL = 0


def themed_scene(subject: Subject, settled: Settled) -> Scene:
    """Return the figure in the look of a theme."""
    theme = own_theme(settled)
    looks = Looks(subject, settled.color_map, settled.styles)
    asked = {node: looks.of(layer) for node, layer in subject.layers.items()}
    styled = {node: {"image_fit": settled.image_fit, **given} for node, given in asked.items()}
    view = Neurons(
        neurons=_with_neurons(subject, settled, asked),
        inputs="tensors" if settled.inout_as_tensor else "neurons",
        fold="none",
        simplify="none",
        style={node: style for node, given in styled.items() if (style := own_style(given, node)) != Style()},
        own={node: own for node, given in asked.items() if (own := _own(given))},
        **_own({name: settled.values[name] for name in settled.given}),
    )
    composition, frame = view.composed(view.prepared(subject.graph), theme)
    composition = replace(composition, groupings=groups_of(subject, settled))
    scene = framed(composition, frame)
    return grounded(scene, settled.background_fill) if "background_fill" in settled.given else scene


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
    found: dict[str, Any] = {name: number(name, given[name]) for name in _LENGTHS if name in given}
    if "ellipsize_after" in given:
        found["limit"] = limit_of(given["ellipsize_after"]) or _ALL
    if "connector_fill" in given:
        found["connector_color"] = hexadecimal(paint(given["connector_fill"], "the connector_fill"))
    return found
