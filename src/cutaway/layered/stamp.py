"""Draw equal slices of a level once, and put the drawings below each other.

What lies between two rows where a level can be cut depends on nothing else, so the drawing of the level is that of its
slices. Networks repeat themselves: most slices are copies, in one level or in several.
"""

from collections.abc import Callable

from cutaway.layered.condense import Condensed
from cutaway.layered.flat import Drawing, Node, Spot
from cutaway.layered.slices import Part, Slice, sliced


class Stamps(dict[object, Drawing]):
    """The drawings of slices that were made, by what tells slices apart."""

    __slots__ = ()


def stamped(condensed: Condensed, stamps: Stamps, draw: Callable[[Slice], Drawing]) -> Drawing:
    """Return the drawing of a level; `draw` makes that of a slice that is like none in `stamps`."""
    whole = Drawing.blank(condensed.whole)
    x = y = 0.0
    bends: list[float] = []
    for place, part in enumerate(sliced(condensed)):
        key = part.key()
        drawing = stamps.get(key)
        if drawing is None:
            drawing = stamps[key] = draw(part.slice())
            drawing.left, drawing.right = _bends(drawing)
        if place and part.first is not None:
            x -= drawing.places[part.first][0]
        _put_columns(whole, condensed, part, drawing, (x, y))
        whole.put_lines(drawing, part.nets, (x, y))
        bends += (x + drawing.left, x + drawing.right)
        whole.height = y + drawing.height
        if part.last is not None:
            last = drawing.places[part.last]
            x, y = x + last[0], y + last[1]
    for net, (left, top, _, high) in whole.labels.items():
        label = condensed.whole.nets[net].label
        assert label is not None  # noqa: S101 - there is no plate without a label
        whole.labels[net] = (left, top, label.width, high)
    whole.left, whole.right = _extent(condensed.whole.nodes, whole, bends)
    return whole


def _put_columns(whole: Drawing, condensed: Condensed, part: Part, drawing: Drawing, by: Spot) -> None:
    """Copy the boxes of a slice into the drawing of the level, chains opened."""
    dx, dy = by
    places, above, columns = whole.places, condensed.above, condensed.columns
    for node, (x, y) in zip(part.nodes, drawing.places, strict=True):
        column = columns[node]
        places[column[0]] = (x + dx, y + dy)
        if len(column) > 1:
            _open(whole, condensed, column, (x + dx, y + dy - above[column[0]]))


def _open(whole: Drawing, condensed: Condensed, column: list[int], start: Spot) -> None:
    """Draw a chain of boxes below each other; the row of their node begins at `start`."""
    flat, above, inner = condensed.whole, condensed.above, condensed.inner
    x, first = start
    upper = column[0]
    for lower in column[1:]:
        net = inner[upper]
        top, bottom = first + above[upper] + flat.nodes[upper].height, first + above[lower]
        whole.places[lower] = (x, bottom)
        whole.lines[net] = [[(x, top), (x, bottom)]]
        label = flat.nets[net].label
        if label is not None:
            whole.labels[net] = (
                x + flat.style.gaps.label,
                (top + bottom - label.height) / 2,
                label.width,
                label.height,
            )
        upper = lower


def _bends(drawing: Drawing) -> Spot:
    """Return how far the bent lines of a slice reach; straight ones do not reach beyond their nodes."""
    xs = [x for pins in drawing.lines for line in pins if len(line) > 2 for x, _ in line]
    axis = drawing.places[0][0]
    return min(xs, default=axis), max(xs, default=axis)


def _extent(nodes: tuple[Node, ...], drawing: Drawing, bends: list[float]) -> Spot:
    """Return how far all reaches to the left and to the right."""
    lefts = [x - node.left for node, (x, _) in zip(nodes, drawing.places, strict=True)]
    rights = [x + node.right for node, (x, _) in zip(nodes, drawing.places, strict=True)]
    rights += [x + wide for x, _, wide, _ in drawing.labels.values()]
    return min(*bends, *lefts), max(*bends, *rights)
