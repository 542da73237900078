"""Settle what goes where across: paths, the order of rows, equal paths, entries from the side, places, ports."""

from cutaway.layered.even import equal_groups
from cutaway.layered.label_room import reserve
from cutaway.layered.order import untangle
from cutaway.layered.place import place
from cutaway.layered.ports import set_ports
from cutaway.layered.sheet import Sheet
from cutaway.layered.sides import add_side_entries
from cutaway.layered.split import split


def arrange(sheet: Sheet) -> None:
    """Order the rows and give all items and ports their x."""
    area, paths = split(sheet)
    untangle(sheet, sheet.flat.style.rounds)
    area.groups = equal_groups(area, paths)
    add_side_entries(area)
    reserve(area)
    place(area, paths)
    set_ports(sheet)
