"""Choose the body that shows an output: a stack of maps, a matrix, a bar of units; and how large it is."""

from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import Record, replace
from cutaway.style import Style
from cutaway.typed import TYPE_CHECKING
from cutaway.views.maps.body import Body
from cutaway.views.maps.look import MapLook
from cutaway.views.maps.windows import window
from cutaway.views.sizing import Axes, Sizing

if TYPE_CHECKING:
    from cutaway.views.maps.view import Maps

_THICK = 6.0
"""Points across a bar, a row of values, and a map of one row."""
CUBOIDS = 3
"""Of maps with depth so many are drawn at most, because each of them takes more room."""
_SOLID, _FORESHORTENED = 0.7, 0.4
"""How large maps with depth are beside others, and how long their sides into the page are drawn."""
_UNKNOWN = 26.0
"""Points along a side whose length is not known, where lengths are natural."""
_LEAST = 7.0
_OVERLAP = 0.75
"""Of its length by which a map is moved against the one behind it, at most."""
_REACH, _LEAST_STEP = 0.6, 1.9
"""How far all maps of a stack reach beside the one in front, in its length, unless they would be too dense."""
_CELLS = 12
"""A vector or a side of a matrix of up to so many values shows each of them."""
_COLUMNS, _ROWS, _CELL = 8, 5, 5.0
_SLANT, _MOST_SLANT = 0.2, 12.0


class Wanted(Record):
    """What is asked of one body: the node with what the axes of its output mean, its style and its look."""

    node: Node
    axes: Axes
    style: Style
    look: MapLook
    is_strip: bool


class Bodies(Record):
    """Makes the bodies of one figure; `unit` is how large its type is beside that of a theme as it is."""

    view: "Maps"
    sizing: Sizing
    unit: float
    is_row: bool

    def of(self, wanted: Wanted) -> Body:
        """Return the body for an output; a square where nothing is known of it."""
        axes = wanted.axes
        if axes.is_vector:
            return self._bar(axes.channels, wanted.style)
        if axes.is_image:
            return self._maps(wanted)
        if wanted.is_strip and axes.is_sequence and len(axes.sizes) == 2:
            return self._stack(wanted, Size(self._side(axes.length), _THICK * self.unit), axes.channels)
        if axes.has("heads"):
            lengths = axes.all("length") or (None,)
            return self._stack(wanted, Size(self._side(lengths[-1]), self._side(lengths[0])), axes.heads)
        if axes.names and len(axes.sizes) >= 2:
            return self._matrix(axes.sizes[0], max(self.sizing.along(axes.sizes[-1]), _LEAST), axes.sizes[-1] or _ROWS)
        if axes.names:
            return self._matrix(next(iter(axes.sizes), None), _THICK * self.unit, 1)
        if axes.names is None and gives_maps(wanted.node):
            side = self._side(None)
            return self._stack(wanted, Size(side, side), filters_of(wanted.node))
        side = _LEAST if axes.names == () else 2 * _LEAST
        return Body(form="matrix", width=side, height=side)

    @property
    def _is_natural(self) -> bool:
        return self.sizing.mode == "natural" and self.view.sizes is None

    def _side(self, size: int | None) -> float:
        if size is None and self._is_natural:
            return min(_UNKNOWN * self.unit, self.sizing.max_xy)
        return max(self.sizing.face(size), _LEAST if self._is_natural else 0.0)

    def _bar(self, units: int | None, style: Style) -> Body:
        volume = self.sizing.volume(Axes(names=("channels",), sizes=(units,)))
        length = self._side(None) if units is None else max(volume.y, _LEAST if self._is_natural else 1.0)
        if style.size and style.size[1]:
            length = style.size[1]
        slant, thick = min(_SLANT * length, _MOST_SLANT * self.unit), _THICK * self.unit
        cells = units if units is not None and units <= min(_CELLS, length / 2.5) else 1
        if self.is_row:
            return Body(form="bar", width=thick, height=length, slant=slant, rows=cells)
        return Body(form="bar", width=length, height=thick, slant=slant, columns=cells, is_upright=False)

    def _maps(self, wanted: Wanted) -> Body:
        *deep, high, wide = wanted.axes.spatial
        scale = _SOLID if deep and self._is_natural else 1.0
        face = Size(scale * self._side(wide), scale * self._side(high))
        body = self._stack(wanted, face, wanted.axes.channels)
        if not deep or wanted.style.flat:
            return body
        depth = _FORESHORTENED * scale * self._side(deep[0])
        return replace(body, sheets=min(body.sheets, CUBOIDS), step=depth + self._offset(wanted), depth=depth)

    def _offset(self, wanted: Wanted) -> float:
        own = wanted.look.offset
        return self.view.offset * self.unit if own is None else own

    def _stack(self, wanted: Wanted, face: Size, count: int | None) -> Body:
        style, wide, high = wanted.style, face.width, face.height
        if style.size:
            wide, high = style.size[0] or wide, style.size[1] or high
        most = 1 if style.flat else self.view.maps if style.limit is None else style.limit
        sheets = max(1, min(most if count is None else count, most))
        least = min(wide, high)
        step = min(self._offset(wanted), _OVERLAP * least)
        if self._is_natural and wanted.look.offset is None and sheets > 1:
            most_step = _REACH * max(least, _UNKNOWN if least <= _THICK * self.unit else 0.0) / (sheets - 1)
            step = max(min(step, most_step), min(step, _LEAST_STEP))
        return Body(form="maps", width=wide, height=high, sheets=sheets, step=step)

    def _matrix(self, columns: int | None, high: float, rows: int) -> Body:
        wide = self._side(columns)
        return Body(
            form="matrix",
            width=wide,
            height=high,
            columns=_cells(columns or _COLUMNS, wide, _COLUMNS),
            rows=_cells(rows, high, _ROWS),
        )


def gives_maps(node: Node) -> bool:
    """Tell whether a layer gives maps of some height and width, whatever it reads."""
    return window(node) is not None and "2D" in node.operation


def filters_of(node: Node) -> int | None:
    """Return how many maps a convolution gives."""
    filters = node.attributes.get("filters")
    return filters if isinstance(filters, int) else None


def _cells(count: int, length: float, usual: int) -> int:
    """Return how many cells to show along a side: all of few, else some."""
    return count if count <= min(_CELLS, length / 3) else max(1, min(usual, int(length / _CELL)))
