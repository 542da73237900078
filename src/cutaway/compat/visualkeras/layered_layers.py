"""What the layered and the functional view draw of each layer: its box, in size and colour, and the text at it."""

from collections import Counter
from collections.abc import Collection, Mapping

from cutaway.compat.visualkeras.colors import paint, palette_of
from cutaway.compat.visualkeras.dimensions import BOUNDS, number, signed, sizing_of
from cutaway.compat.visualkeras.drawn_layer import Drawn, caption_of
from cutaway.compat.visualkeras.fonts import font_of
from cutaway.compat.visualkeras.layers import Layer, Subject
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.pictures import pictured
from cutaway.compat.visualkeras.plain_shapes import ColorWheel
from cutaway.compat.visualkeras.settling import Settled
from cutaway.compat.visualkeras.texts import text_of
from cutaway.compat.visualkeras.volume import OBLIQUE, Extents, Volume, shaped
from cutaway.graph import Graph
from cutaway.record import Record, field, replace
from cutaway.typed import Any
from cutaway.views.parts.solid import Projection
from cutaway.views.sizing import Sizing

_USUAL = 20.0
PORT = 5.6
"""Pixels between two lines that end on one side of a box."""
_STYLED = ("shade_step", "spacing", "font", "font_color", "text_vspacing", "image_fit", "image_axis", "draw_volume")


class Maker(Record, eq=False):
    """Makes what is drawn of the layers of a model; `flat` are the nodes that have no depth.

    In ranks boxes are no smaller than `min_xy` on either side, and as deep as they are wide,
    or a third of that where they are turned. `room` is the least height
    of those that many lines lead to.
    """

    subject: Subject
    settled: Settled
    looks: Looks
    flat: Collection[str] = ()
    projection: Projection = OBLIQUE
    in_ranks: bool = False
    room: Mapping[str, float] = field(default_factory=dict)

    def styles(self) -> dict[str, dict[str, Any]]:
        """Return what is asked for each node: keywords of the view, under rules; colours by class in turns."""
        values = self.settled.values
        wheel = ColorWheel(palette_of(values["palette"]))
        usual = {name: values[name] for name in (*_STYLED, *BOUNDS) if name in values}
        found: dict[str, dict[str, Any]] = {}
        for node, layer in self.subject.layers.items():
            own = self.looks.of(layer)
            color = wheel.get_color(layer.class_names[0])
            found[node] = {"fill": color, "outline": "black", **usual, **own}
        return found

    def drawn(self, styles: Mapping[str, Mapping[str, Any]]) -> dict[str, Drawn]:
        """Return what is drawn of each node."""
        said = text_of(self.settled.values["text_callable"])
        usual = sizing_of(self.settled.values)
        return {
            name: self._one(layer, styles[name], usual, said(place, layer))
            for place, (name, layer) in enumerate(self.subject.layers.items())
        }

    def _one(self, layer: Layer, style: Mapping[str, Any], usual: Sizing, text: Any) -> Drawn:  # noqa: ANN401
        font = font_of(style["font"])
        gap = number("text_vspacing", style["text_vspacing"])
        return Drawn(
            node=layer.node,
            volume=self._volume(layer, style, usual),
            spacing=number("spacing", style.get("spacing", 0)),
            caption=caption_of(text, font, paint(style["font_color"], "the font_color"), gap),
        )

    def _volume(self, layer: Layer, style: Mapping[str, Any], usual: Sizing) -> Volume:
        """Return the box of a layer, which may be sized in a way of its own."""
        sizing = replace(usual, **{name: number(name, style[name]) for name in BOUNDS})
        extent = sizing.volume(self.subject.axes[layer.node])
        extents = Extents(x=extent.x, y=extent.y, z=extent.z)
        if self.in_ranks:
            wide = max(sizing.min_xy, float(int(extent.z)))
            deep = wide if self.projection.yaw is None else wide / 3
            extents = Extents(x=deep, y=max(sizing.min_xy, float(int(extent.y))), z=wide)
        extents = replace(extents, y=max(extents.y, self.room.get(layer.node, 0.0)))
        is_flat = layer.node in self.flat or not style.get("draw_volume", True)
        picture, extents = pictured(style, extents, is_flat=is_flat)
        return Volume(
            solid=shaped(extents, is_flat=is_flat, projection=self.projection),
            fill=paint(style["fill"], f"the fill of {layer.name!r}"),
            outline=paint(style["outline"], f"the outline of {layer.name!r}"),
            shade=signed("shade_step", style["shade_step"]),
            picture=picture,
        )


def line_room(graph: Graph, port: float = PORT) -> dict[str, float]:
    """Return how high boxes must be so that the lines to each end `port` pixels apart, one of them straight."""
    arriving = Counter(edge.target for edge in graph.edges)
    found = {node: 2 * count * port + 4.0 for node, count in arriving.items() if count > 1}
    # two thin lines have room on the smallest box of the original
    return {node: _USUAL if arriving[node] == 2 and port <= PORT else high for node, high in found.items()}
