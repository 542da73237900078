"""What the functional view draws of each layer beyond its box: text in it, badges, nodes behind the model's outputs."""

from collections.abc import Mapping, Sequence

from cutaway.compat.visualkeras.box_text import box_text
from cutaway.compat.visualkeras.collapsing import Span
from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.drawn_layer import Drawn
from cutaway.compat.visualkeras.functional_marks import badge, badge_size
from cutaway.compat.visualkeras.layers import Layer, Subject
from cutaway.compat.visualkeras.mistakes import WrongValueError
from cutaway.compat.visualkeras.settling import Settled, with_changes
from cutaway.compat.visualkeras.stand_in import stand_in
from cutaway.compat.visualkeras.volume import Extents, shaped
from cutaway.errors import unknown
from cutaway.geometry import Size
from cutaway.graph import Edge, Node, Port, Tensor
from cutaway.record import replace
from cutaway.typed import Any
from cutaway.views.sizing import Axes

OUTPUT = "Output"
_MODES = ("below", "inside")

Styles = Mapping[str, Mapping[str, Any]]


def simple_settled(settled: Settled) -> Settled:
    """Return what is asked for in the simple text mode: flat boxes, and texts below them unless there are others."""
    mode = settled.values["simple_text_label_mode"]
    if mode not in _MODES:
        raise WrongValueError(
            f"simple_text_label_mode must be 'below' or 'inside', not {mode!r}: {unknown(mode, _MODES)}"
        )
    if not settled.values["simple_text_visualization"]:
        return settled
    below = {"text_callable": settled.values["text_callable"] or "name_shape"} if mode == "below" else {}
    return with_changes(settled, draw_volume=False, orientation_rotation=None, **below)


def with_outputs(subject: Subject) -> Subject:
    """Return a model with a small node behind each of its outputs."""
    graph, layers, axes = subject.graph, dict(subject.layers), dict(subject.axes)
    nodes, edges = list(graph.nodes), list(graph.edges)
    given = {node.id: node.outputs for node in nodes}
    for place, output in enumerate(graph.outputs):
        name = f"output_{place}"
        while name in layers:
            name += "_"
        tensors = [port.tensor for port in given[output.node][output.port : output.port + 1]] or [Tensor()]
        node = Node(
            id=name,
            name=name,
            op=OUTPUT,
            inputs=(Port(name="input", tensor=tensors[0]),),
            outputs=(Port(name="output", tensor=tensors[0]),),
        )
        told = stand_in(node)
        nodes.append(node)
        edges.append(Edge(source=output.node, target=name, source_port=output.port))
        axes[name] = Axes()
        layers[name] = Layer(
            node=name, name=name, live=told, told=told, index=None, classes=(), class_names=(OUTPUT, "object")
        )
    graph = replace(graph, nodes=tuple(nodes), edges=tuple(edges))
    return replace(subject, graph=graph, layers=layers, axes=axes)


def finished(
    drawn: Mapping[str, Drawn], subject: Subject, styles: Styles, settled: Settled, spans: Sequence[Span]
) -> dict[str, Drawn]:
    """Return what is drawn of each layer, with small nodes for outputs, texts in boxes, and badges."""
    values, found = settled.values, dict(drawn)
    side = max(2.0 * number("virtual_node_size", values["virtual_node_size"]), 16.0)
    for node, layer in subject.layers.items():
        if layer.class_names[0] == OUTPUT:
            volume = found[node].volume
            solid = shaped(Extents(x=side, y=side, z=side), is_flat=len(volume.solid.faces) == 1)
            found[node] = replace(found[node], volume=replace(volume, solid=solid))
        if values["simple_text_visualization"]:
            inside = values["simple_text_label_mode"] == "inside"
            found[node] = _simple(found[node], layer, styles[node], has_text=inside)
    for span in spans:
        if not span.is_block:
            node = span.nodes[0]
            found[node] = _with_badge(found[node], span.label, styles[node])
    return found


def _simple(each: Drawn, layer: Layer, style: Mapping[str, Any], *, has_text: bool) -> Drawn:
    """Return a flat box as the simple text mode draws it."""
    volume = each.volume
    size, is_fixed = volume.size, False
    if style.get("box_size") is not None:
        size, is_fixed = _size("box_size", style["box_size"]), True
    least = _size("box_min_size", style.get("box_min_size") or (0, 0))
    size = Size(max(size.width, least.width), max(size.height, least.height))
    marks: tuple[Any, ...] = ()
    if has_text or style.get("box_text_enabled") is True:
        size, marks = box_text(layer, style, size, is_fixed=is_fixed)
    return replace(
        each,
        volume=replace(
            volume,
            solid=shaped(Extents(x=0.0, y=size.height, z=size.width), is_flat=True),
            fill=paint(style.get("box_fill", style["fill"]), "the box_fill"),
            outline=paint(style.get("box_outline", style["outline"]), "the box_outline"),
            thickness=number("box_outline_width", style.get("box_outline_width", 2)),
            within=marks,
        ),
    )


def _with_badge(each: Drawn, label: str, style: Mapping[str, Any]) -> Drawn:
    volume = each.volume
    front, room = volume.solid.front, badge_size(label, style)
    if not room.width:
        return each
    if len(volume.solid.faces) == 1:
        size = Size(max(front.width, room.width), max(front.height, room.height))
        volume = replace(volume, solid=shaped(Extents(x=0.0, y=size.height, z=size.width), is_flat=True))
    marks = badge(label, style, Size(volume.solid.front.right, 0.0))
    from cutaway.views.parts.move import moved

    marks = tuple([moved(mark, 0.0, volume.solid.front.y) for mark in marks])
    return replace(each, volume=replace(volume, within=(*volume.within, *marks)))


def _size(name: str, given: Any) -> Size:  # noqa: ANN401 - checked here
    if not isinstance(given, list | tuple) or len(given) != 2:
        raise WrongValueError(f"cannot use {name}={given!r}: give (width, height) in pixels")
    return Size(number(name, given[0]), number(name, given[1]))
