"""Turn what is said of nodes into glyphs of the `maps` view: a body by the shape of the output, words around it."""

from collections.abc import Mapping

from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import Record, replace
from cutaway.style import Style
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.maps.bodies import Bodies, Wanted, filters_of, gives_maps
from cutaway.views.maps.body import Body
from cutaway.views.maps.glyph import AIR, MapGlyph, Words
from cutaway.views.maps.look import MapLook, over
from cutaway.views.maps.meaning import size_text
from cutaway.views.parts.box import Glyph, TextLine
from cutaway.views.parts.stack import pill_size
from cutaway.views.sizing import Axes

if TYPE_CHECKING:
    from cutaway.views.maps.view import Maps
    from cutaway.views.parts.picture import Picture

_SIZES = 3
"""Lines below a body at most."""
_CLEAR = 1.0
"""Points between a pill and a line."""
_NOTHING = Style()


class MapMaker(Record):
    """Makes the glyphs of one figure.

    `outputs` tell what those of nodes mean, by their ids; `strips` are the nodes whose maps have one row, and
    `styles` what is asked for single nodes, `pictures` what lies on them. Where words are `split`, details stand below
    a body, behind its size.
    """

    view: "Maps"
    theme: Theme
    bodies: Bodies
    outputs: Mapping[str, tuple[Axes, ...]]
    strips: frozenset[str]
    styles: Mapping[str, Style]
    pictures: "Mapping[str, Picture]"
    is_split: bool = False

    @property
    def is_row(self) -> bool:
        """Whether the flow is across the page."""
        return self.view.direction in {"right", "left"}

    def glyph(self, node: Node, said: Glyph) -> MapGlyph:
        """Return the glyph of a node, of which a box would have `said` so much; its first output has a body."""
        style = self.styles.get(node.id, _NOTHING)
        look = self.look(node.id)
        air = (AIR if look.above is None else look.above, AIR if look.below is None else look.below)
        words = Words(
            lines=self._above(node, said),
            below=(*self._below(node), *self._details(node, said)),
            count=said.count,
            air=air,
        )
        wanted = Wanted(
            node=node, axes=self.outputs[node.id][0], style=style, look=look, is_strip=node.id in self.strips
        )
        body = self.bodies.of(wanted)
        if look.picture:
            body = _matched(body, look.picture, style)
        if said.count:
            body = self._with_corner(body, said.count)
        size, rooms = words.around(body, self.theme, is_row=self.is_row)
        if style.gap:
            size = _longer(size, 2 * max(style.gap), is_row=self.is_row)
        return MapGlyph(
            words=words,
            role=said.role,
            size=size,
            body=body,
            is_row=self.is_row,
            rooms=rooms,
            look=look,
            style=style,
        )

    def _with_corner(self, body: Body, count: str) -> Body:
        """Return a body with room for a pill at a corner of its front, beside a line in the middle."""
        pill, arrow, size = pill_size(count, self.theme), self.theme.strokes.arrow_width, body.size
        if self.is_row:
            return body.stretched(0.0, pill.height + arrow + _CLEAR - size.height)
        return body.stretched(2 * (pill.width + _CLEAR) + arrow - size.width, 0.0)

    def _above(self, node: Node, said: Glyph) -> tuple[TextLine, ...]:
        text = self.view.tops.get(node.id)
        if text is None and self.view.top == "operation":
            return tuple([line for line in said.lines if line.weight == 700]) if self.is_split else said.lines
        if text is None:
            text = {"class": node.op, "name": node.name}.get(self.view.top, "")
        size = self.theme.sizes.operation
        return tuple([TextLine(text=line, size=size, weight=700, role="ink") for line in text.splitlines() if line])

    def _below(self, node: Node) -> tuple[TextLine, ...]:
        text = self.view.bottoms.get(node.id)
        if text is None:
            text = "\n".join(self._sizes(node)) if self.view.bottom else ""
        size = self.theme.sizes.detail
        return tuple([TextLine(text=line, size=size, role="grey") for line in text.splitlines() if line])

    def _details(self, node: Node, said: Glyph) -> tuple[TextLine, ...]:
        if not self.is_split or self.view.top != "operation" or node.id in self.view.tops:
            return ()
        return tuple([line for line in said.lines if line.weight != 700])

    def _sizes(self, node: Node) -> list[str]:
        """Return the sizes of the outputs of a node, each once; of many, the first."""
        if self.outputs[node.id][0].names is None and gives_maps(node):
            return [f"{filters_of(node) or '?'}@?×?"]
        pairs = zip(self.outputs[node.id], node.outputs, strict=True)
        found = [size_text(axes, port.tensor, is_strip=node.id in self.strips) for axes, port in pairs]
        told = list(dict.fromkeys(found))
        return told if len(told) <= _SIZES else [*told[: _SIZES - 1], f"and {len(told) - _SIZES + 1} more"]

    def look(self, name: str) -> MapLook:
        """Return how a node is drawn."""
        found = over(self.view.looks.get(name), self.view.look)
        return found if found.picture or name not in self.pictures else replace(found, picture=self.pictures[name])


def _matched(body: Body, picture: "Picture", style: Style) -> Body:
    """Return a body whose front has the shape of a picture, where that is asked for."""
    if (picture.fit or style.fit) != "match_aspect" or body.form == "bar":
        return body
    from cutaway.views.parts.picture import matched

    face = matched(Size(body.width, body.height), picture)
    return replace(body, width=face.width, height=face.height)


def _longer(size: Size, more: float, *, is_row: bool) -> Size:
    return Size(size.width + more, size.height) if is_row else Size(size.width, size.height + more)


def has_body(node: Node, said: Glyph, *, signs: bool) -> bool:
    """Tell whether a node has a body; signs of merges, small circles and closed models have none."""
    return bool(node.outputs) and said.role != "nested" and (said.form == "box" or not signs)
