"""Turn what is said of nodes into glyphs of the `maps` view: a body by the shape of the output, words around it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import Record, replace
from cutaway.style import Style
from cutaway.theme import Theme
from cutaway.views.maps.body import Body
from cutaway.views.maps.glyph import AIR, MapGlyph, Words
from cutaway.views.maps.look import MapLook, over
from cutaway.views.maps.meaning import size_text
from cutaway.views.parts.box import Glyph, TextLine
from cutaway.views.parts.stack import pill_size
from cutaway.views.sizing import Axes, Sizing

if TYPE_CHECKING:
    from cutaway.views.maps.view import Maps

_THICK: Final = 6.0
"""Points across a bar."""
_STRIP: Final = 6.0
_CUBOIDS: Final = 4
"""Of maps with depth so many are drawn at most, because each of them takes more room."""
_UNKNOWN: Final = 26.0
"""Points along a side whose length is not known, where lengths are natural."""
_LEAST: Final = 7.0
_OVERLAP: Final = 0.75
"""Of its length by which a map is moved against the one behind it, at most."""
_REACH, _LEAST_STEP = 0.6, 1.3
"""How far all maps of a stack reach beside the one in front, in its length, unless they would be too dense."""
_CELLS: Final = 12
"""A vector or a side of a matrix of up to so many values shows each of them."""
_COLUMNS, _ROWS = 8, 5
_CLEAR: Final = 1.0
"""Points between a pill and a line."""
_NOTHING: Final = Style()
_FORESHORTENED: Final = 0.4
"""How long sides into the page are drawn, at 45 degrees."""


class MapMaker(Record):
    """Makes the glyphs of one figure.

    `axes` tell what the outputs of nodes mean, by their ids; `strips` are the nodes whose maps have one row, and
    `styles` what is asked for single nodes.
    """

    view: "Maps"
    theme: Theme
    sizing: Sizing
    axes: Mapping[str, Axes]
    strips: frozenset[str]
    styles: Mapping[str, Style]

    @property
    def is_row(self) -> bool:
        """Whether the flow is across the page."""
        return self.view.direction in {"right", "left"}

    def glyph(self, node: Node, said: Glyph) -> MapGlyph:
        """Return the glyph of a node of one output, of which a box would have `said` so much."""
        style = self.styles.get(node.id, _NOTHING)
        look = self.look(node.id)
        air = (AIR if look.above is None else look.above, AIR if look.below is None else look.below)
        words = Words(lines=self._above(node, said), below=self._below(node), count=said.count, air=air)
        body = self.body(node.id, style)
        if said.count:
            body = self._with_corner(body, said.count)
        size, margin = words.around(body, self.theme, is_row=self.is_row)
        return MapGlyph(
            words=words,
            role=said.role,
            size=size,
            body=body,
            is_row=self.is_row,
            margin=margin,
            look=look,
            style=style,
        )

    def body(self, name: str, style: Style) -> Body:
        """Return the body for the output of a node."""
        axes, is_strip = self.axes[name], name in self.strips
        if axes.is_vector:
            return self._bar(axes.channels, style)
        if axes.is_image:
            return self._maps(name, style)
        if is_strip and axes.is_sequence and len(axes.sizes) == 2:
            return self._stack(name, Size(self._side(axes.length), _STRIP), axes.channels, style)
        if axes.has("heads"):
            sizes = axes.all("length")
            face = Size(self._side(sizes[-1] if sizes else None), self._side(sizes[0] if sizes else None))
            return self._stack(name, face, axes.heads, style)
        if axes.names and len(axes.sizes) >= 2:
            return self._matrix(axes)
        side = _LEAST if axes.names == () else 2 * _LEAST
        return Body(form="matrix", width=side, height=side)

    def _with_corner(self, body: Body, count: str) -> Body:
        """Return a body with room for a pill at a corner of its front, beside a line in the middle."""
        pill, arrow, size = pill_size(count, self.theme), self.theme.strokes.arrow_width, body.size
        if self.is_row:
            return body.stretched(0.0, pill.height + arrow + _CLEAR - size.height)
        return body.stretched(2 * (pill.width + _CLEAR) + arrow - size.width, 0.0)

    def _above(self, node: Node, said: Glyph) -> tuple[TextLine, ...]:
        text = self.view.tops.get(node.id)
        if text is None and self.view.top == "operation":
            return said.lines
        if text is None:
            text = {"class": node.op, "name": node.name}.get(self.view.top, "")
        size = self.theme.sizes.operation
        return tuple([TextLine(text=line, size=size, weight=700, role="ink") for line in text.splitlines() if line])

    def _below(self, node: Node) -> tuple[TextLine, ...]:
        text = self.view.bottoms.get(node.id)
        if text is None:
            tensor, is_strip = node.outputs[0].tensor, node.id in self.strips
            text = size_text(self.axes[node.id], tensor, is_strip=is_strip) if self.view.bottom else ""
        size = self.theme.sizes.detail
        return tuple([TextLine(text=line, size=size, role="grey") for line in text.splitlines() if line])

    def look(self, name: str) -> MapLook:
        """Return how a node is drawn."""
        return over(self.view.looks.get(name), self.view.look)

    def _side(self, size: int | None) -> float:
        if size is None and self.sizing.mode == "natural":
            return min(_UNKNOWN, self.sizing.max_xy)
        return max(self.sizing.face(size), _LEAST if self.sizing.mode == "natural" else 0.0)

    def _bar(self, units: int | None, style: Style) -> Body:
        volume = self.sizing.volume(Axes(names=("channels",), sizes=(units,)))
        length = max(volume.y, _LEAST) if units is not None else self._side(None)
        if style.size and style.size[1]:
            length = style.size[1]
        slant = min(0.2 * length, 12.0)
        cells = units if units is not None and units <= min(_CELLS, length / 2.5) else 1
        if self.is_row:
            return Body(form="bar", width=_THICK, height=length, slant=slant, rows=cells)
        return Body(form="bar", width=length, height=_THICK, slant=slant, columns=cells, is_upright=False)

    def _maps(self, name: str, style: Style) -> Body:
        axes = self.axes[name]
        *deep, high, wide = axes.spatial
        body = self._stack(name, Size(self._side(wide), self._side(high)), axes.channels, style)
        if not deep:
            return body
        depth = _FORESHORTENED * self._side(deep[0])
        return replace(body, sheets=min(body.sheets, _CUBOIDS), step=depth + self.view.offset, depth=depth)

    @property
    def _unit(self) -> float:
        """How large the type is beside that of a theme as it is: what is natural grows with it."""
        return self.theme.sizes.operation / 8.0

    def _stack(self, name: str, face: Size, count: int | None, style: Style) -> Body:
        wide, high, most = face.width, face.height, self.view.maps if style.limit is None else style.limit
        if style.size:
            wide, high = style.size[0] or wide, style.size[1] or high
        set_offset = self.look(name).offset
        offset = self.view.offset * self._unit if set_offset is None else set_offset
        sheets = max(1, min(count if count is not None else most, most))
        step = min(offset, _OVERLAP * min(wide, high))
        if self.sizing.mode == "natural" and sheets > 1:
            step = max(min(step, _REACH * min(wide, high) / (sheets - 1)), min(step, _LEAST_STEP))
        return Body(form="maps", width=wide, height=high, sheets=sheets, step=step)

    def _matrix(self, axes: Axes) -> Body:
        *first, last = axes.sizes
        wide, high = self._side(first[0]), max(self.sizing.along(last), _LEAST)
        columns, rows = first[0] or _COLUMNS, last or _ROWS
        return Body(
            form="matrix", width=wide, height=high,
            columns=columns if columns <= min(_CELLS, wide / 3) else _few(wide, _COLUMNS),
            rows=rows if rows <= min(_CELLS, high / 3) else _few(high, _ROWS),
        )  # fmt: skip


def _few(length: float, most: int) -> int:
    return max(1, min(most, int(length / 5.0)))


def has_body(node: Node, said: Glyph, *, signs: bool) -> bool:
    """Tell whether a node has a body; signs of merges, small circles, closed models and several outputs have none."""
    return len(node.outputs) == 1 and said.role != "nested" and (said.form == "box" or not signs)
