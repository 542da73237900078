"""Draw a slice of any kind by the stages of the layout.

They settle what goes where across: paths, the order of rows, equal paths, entries from the side, places, ports; then
lines are led through that.
"""

from cutaway.layered.even import equal_groups
from cutaway.layered.flat import Drawing
from cutaway.layered.label_room import reserve
from cutaway.layered.order import untangle
from cutaway.layered.place import place
from cutaway.layered.ports import set_ports
from cutaway.layered.route import Router
from cutaway.layered.sheet import Sheet, build
from cutaway.layered.sides import add_side_entries
from cutaway.layered.slices import Slice
from cutaway.layered.split import split


def drawn(part: Slice) -> Drawing:
    """Return the drawing of any slice."""
    flat = part.flat
    sheet = build(flat, part.rank, part.back)
    _arrange(sheet)
    router = Router(sheet)
    lines = [[router.line(index, pin) for pin in range(len(net.pins))] for index, net in enumerate(flat.nets)]
    places = list(zip(sheet.x, router.top, strict=False))
    return Drawing(places=places, lines=lines, labels=router.labels(lines), height=router.height)


def _arrange(sheet: Sheet) -> None:
    """Order the rows and give all items and ports their x."""
    area, paths = split(sheet)
    untangle(sheet, sheet.flat.style.rounds)
    area.groups = equal_groups(area, paths)
    add_side_entries(area)
    reserve(area)
    place(area, paths)
    set_ports(sheet)
