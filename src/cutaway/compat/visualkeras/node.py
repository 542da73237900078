"""One layer of `graph_view`: what its style says, and its glyph, a column of circles or a box."""

from collections.abc import Mapping, Sequence

from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number, signed
from cutaway.compat.visualkeras.layers import Layer
from cutaway.compat.visualkeras.mistakes import WrongTypeError
from cutaway.compat.visualkeras.pictures import fit_of
from cutaway.compat.visualkeras.settling import Settled
from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Kind, Node
from cutaway.layered.problem import Route
from cutaway.record import Record, replace
from cutaway.scene import Mark, Path, Rgba, Rounded, Stroke
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.neurons.column import Column, drawn_units
from cutaway.views.neurons.inner import circle
from cutaway.views.neurons.units import units_of, values_of
from cutaway.views.parts.box import Form, Looks, TextLine
from cutaway.views.parts.logos import upright
from cutaway.views.parts.picture import Fit, Picture, Pictures, placed

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped

_FILL = "orange"
_BOX_SCALE = 3.0
_MOST = 20_000
"""The most circles of a layer; more would fill no page."""


class NodeStyle(Record, eq=False):
    """What is asked for the looks of one layer; lengths in points. `indices` are the circles that get the picture."""

    fill: Rgba
    outline: Stroke
    node_size: float
    node_spacing: float
    layer_spacing: float
    connector: Stroke
    limit: int | None
    show_neurons: bool
    box_scale: float
    picture: Picture | None
    fit: Fit
    is_round: bool
    indices: frozenset[int] | None


def node_style(settled: Settled, asked: Mapping[str, Any], name: str, pictures: Pictures) -> NodeStyle:
    """Return what keywords and a layer's own style ask for."""

    def of(key: str) -> Any:  # noqa: ANN401 - each key has its own type
        return asked.get(key, getattr(settled, key))

    connector = paint(of("connector_fill"), f"the connector_fill of {name}")
    return NodeStyle(
        fill=paint(asked.get("fill", _FILL), f"the fill of {name}"),
        outline=Stroke(paint=paint(asked.get("outline", "black"), f"the outline of {name}"), width=1.0),
        node_size=number("node_size", of("node_size")),
        node_spacing=number("node_spacing", of("node_spacing")),
        layer_spacing=number("layer_spacing", of("layer_spacing")),
        connector=Stroke(paint=connector, width=number("connector_width", of("connector_width"))),
        limit=limit_of(of("ellipsize_after")),
        show_neurons=bool(of("show_neurons")),
        box_scale=number("box_scale", asked.get("box_scale", _BOX_SCALE)),
        picture=None if asked.get("image") is None else pictures(asked["image"]),
        fit=fit_of(of("image_fit")),
        is_round=bool(of("circular_crop")),
        indices=_indices(asked.get("image_indices"), name),
    )


def glyph_of(node: Node, layer: Layer | None, style: NodeStyle, *, as_tensor: bool) -> "Shaped":
    """Return the glyph of a layer, or of the output that a layer gives, where there is none."""
    total = None
    if layer is None or node.kind is Kind.INPUT:
        total = None if as_tensor or not node.outputs else values_of(node.outputs[0].tensor)
    elif style.show_neurons:
        total = neurons(node, layer)
    if total is None:
        return box(style)
    return column(min(total, _MOST), style)


def neurons(node: Node, layer: Layer) -> int | None:
    """Return how many circles stand for a layer: its units, else its filters; None for a layer without them."""
    for name in ("units", "filters"):
        found = node.attributes.get(name, getattr(layer.live, name, None))
        if isinstance(found, int) and not isinstance(found, bool) and found > 0:
            return units_of(node) or found
    return None


def column(total: int, style: NodeStyle) -> Column:
    """Return the circles of a layer."""
    found = Column(
        lines=(),
        heads=0,
        role="dense",
        size=Size(style.node_size, 0.0),
        shown=drawn_units(total, style.limit),
        diameter=style.node_size,
        gap=style.node_spacing,
        pad=0.0,
        is_across=True,
        is_framed=False,
        paints=(style.fill, style.outline),
    )
    return replace(found, size=Size(style.node_size, found.length))


class Box(Record, eq=False):
    """A plain box in colours of its own."""

    size: Size
    fill: Rgba
    outline: Stroke
    role: str = "dense"
    lines: tuple[TextLine, ...] = ()
    form: Form = "box"
    count: str = ""
    margin: float = 0.0

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:  # noqa: ARG002
        """Draw it."""
        return (Path(segments=Rounded(rect, 0.0), fill=self.fill, stroke=self.outline),)

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:  # noqa: ARG002
        """Return the route, which ends on the border."""
        return route


def box(style: NodeStyle) -> Box:
    """Return the box of a layer; with a picture that it has to match, in the shape of that."""
    size = Size(style.node_size, style.node_size * style.box_scale)
    if style.picture and style.fit == "match_aspect":
        shape = style.picture.size
        size = Size(size.width, size.width * shape.height / shape.width)
    return Box(size=size, fill=style.fill, outline=style.outline)


def picture_marks(glyph: "Shaped", style: NodeStyle, rect: Rect) -> tuple[Mark, ...]:
    """Draw the picture of a layer on its box, or on those of its circles that are to have it."""
    if style.picture is None:
        return ()
    if not isinstance(glyph, Column):
        images = placed(style.picture, upright(rect), style.fit)
        return (*images, Path(segments=Rounded(rect, 0.0), stroke=style.outline))
    marks: list[Mark] = []
    for place, (neuron, middle) in enumerate(glyph.places(rect)):
        if neuron is None or (style.indices is not None and not style.indices & {place, neuron}):
            continue
        half = glyph.diameter / 2
        square = upright(Rect(middle.x - half, middle.y - half, glyph.diameter, glyph.diameter))
        marks += placed(style.picture, square, style.fit, is_round=style.is_round)
        marks.append(Path(segments=circle(middle, half), stroke=style.outline))
    return tuple(marks)


def limit_of(given: Any) -> int | None:  # noqa: ANN401 - checked here
    """Return how many circles `ellipsize_after` leaves; None for all."""
    return None if given is None else int(max(0.0, signed("ellipsize_after", given))) or None


def _indices(given: Any, name: str) -> frozenset[int] | None:  # noqa: ANN401 - checked here
    if given is None:
        return None
    found = given.tolist() if hasattr(given, "tolist") else given  # of NumPy
    found = [found] if isinstance(found, int) else found
    if isinstance(found, list | tuple | set | frozenset | range) and all(isinstance(each, int) for each in found):
        return frozenset(found)
    raise WrongTypeError(f"cannot use the image_indices {given!r} of {name}: give numbers of circles, from 0 on")
