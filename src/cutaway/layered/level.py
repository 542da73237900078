"""Lay out one level: rank, order, place, route; parts that hang together one by one, then side by side."""

from cutaway.geometry import Point
from cutaway.layered.acyclic import back_pins
from cutaway.layered.condense import condense, expanded
from cutaway.layered.flat import Drawing, Flat
from cutaway.layered.labels import reserve
from cutaway.layered.order import untangle
from cutaway.layered.paths import split
from cutaway.layered.place import place
from cutaway.layered.ports import set_ports
from cutaway.layered.rank import ranks
from cutaway.layered.route import Router
from cutaway.layered.sheet import Hop, Sheet, build, slices
from cutaway.layered.sides import add_side_entries
from cutaway.layered.tags import label_rects


def draw(flat: Flat) -> Drawing:
    """Return the drawing of a connected level; the main path runs at x = 0 from the top on."""
    back = back_pins(flat)
    condensed = condense(flat, ranks(flat, back), back)
    small = condensed.flat
    sheet = build(small, condensed.rank, condensed.back)
    shift = 0.0
    for first, last in slices(sheet):
        shift = _arrange(sheet, first, last, shift)
    router = Router(sheet)
    lines = {
        (index, pin): router.line((index, pin)) for index, net in enumerate(small.nets) for pin in range(len(net.pins))
    }
    labels = label_rects(router, lines)
    places = {node: Point(sheet.x[node], router.top(node)) for node in range(sheet.nodes)}
    drawing = Drawing(places=places, lines=lines, labels=labels, left=0.0, right=0.0, height=router.height)
    drawing.left, drawing.right = _extent(small, drawing)
    return expanded(condensed, drawing)


def _arrange(sheet: Sheet, first: int, last: int, shift: float) -> float:
    """Order and place the rows of a slice so that its first row stands at `shift`, and return where its last stands."""
    if last == first + 1 and len(sheet.rows[last]) == len(sheet.channels[last]) == 1:
        return _step(sheet, sheet.channels[last][0], shift)
    part, paths = split(sheet, first, last)
    untangle(sheet, first, last)
    add_side_entries(part)
    reserve(part)
    place(part, paths)
    head, tail = (next((item for item in sheet.rows[row] if item < sheet.nodes), 0) for row in (first, last))
    by = shift - sheet.x[head] if first > 0 else 0.0
    if by:
        for item in part.home:
            sheet.x[item] += by
    set_ports(part)
    return sheet.x[tail]


def _step(sheet: Sheet, hop: Hop, shift: float) -> float:
    """Do the same where there is but one link."""
    sheet.leave[hop.net] = hop.start_offset
    sheet.enter[hop.net, hop.pin] = hop.end_offset
    sheet.x[hop.start] = shift
    sheet.x[hop.end] = shift + hop.start_offset - hop.end_offset
    return sheet.x[hop.end]


def _extent(flat: Flat, drawing: Drawing) -> tuple[float, float]:
    """Return how far all that is drawn reaches to the left and to the right."""
    xs = [point.x for line in drawing.lines.values() for point in line]
    for node, point in drawing.places.items():
        box = flat.nodes[node]
        xs += (point.x - box.left, point.x + max(box.right, box.reach - flat.style.gaps.label))
    for rect in drawing.labels.values():
        xs += (rect.x, rect.right)
    return min(xs, default=0.0), max(xs, default=0.0)
