"""Let round boxes be entered from their sides: the outermost input of each side, at the height of the centre."""

from cutaway.layered.path import Area, Path
from cutaway.layered.sheet import Hop, Sheet


def add_side_entries(area: Area) -> None:
    """Give each round box up to two stubs beside it, or use the lane that passes there."""
    equal = {group.merge: len(group.members) for group in area.groups}
    sheet = area.sheet
    nodes = sheet.flat.nodes
    for row in range(1, len(sheet.rows)):
        if any(item < sheet.nodes and nodes[item].round for item in sheet.rows[row]):
            _Row(area, row).enter(equal)


class _Row:
    """A row while its round boxes get their side entries: what is done is kept until the row is left."""

    def __init__(self, area: Area, row: int) -> None:
        self._area = area
        self._sheet = sheet = area.sheet
        self._row = row
        self._moved: dict[tuple[int, int], Hop | None] = {}  # what leads to a stub now, if anything
        self._arriving: dict[int, list[Hop]] = {}
        for hop in sheet.channels[row]:
            if hop.pin >= 0 and sheet.row[hop.start] < row:
                self._arriving.setdefault(hop.end, []).append(hop)

    def enter(self, equal: dict[int | None, int]) -> None:
        """Lead inputs to the sides of the round boxes; `equal` has the number of equal branches above a merge."""
        sheet, row = self._sheet, self._row
        items = list(sheet.rows[row])
        settled: list[int] = []
        for place, item in enumerate(items):
            left = right = None
            if item < sheet.nodes and sheet.flat.nodes[item].round:
                left, right = self._outermost(item, equal.get(item, 0))
            if left is not None:
                settled += self._beside(left, settled[-1:])
            settled.append(item)
            if right is not None:
                settled += self._beside(right, items[place + 1 : place + 2])
        sheet.rows[row][:] = settled
        sheet.number(row)
        arrivals = [hop for hop in self._moved.values() if hop is not None]
        kept = [hop for hop in sheet.channels[row] if (hop.net, hop.pin) not in self._moved]
        sheet.channels[row][:] = [*kept, *arrivals]

    def _outermost(self, node: int, equal: int) -> tuple[Hop | None, Hop | None]:
        """Return the hops that are to enter a node from its left and from its right."""
        sheet, hops = self._sheet, self._arriving.get(node, [])
        if len(hops) < 2:
            return None, None
        hops.sort(key=lambda hop: (sheet.position[hop.start], hop.start_offset, self._order(hop)))
        main = self._main(node, hops)
        even = equal == len(hops)  # none of them is the straight one
        return hops[0] if main > 0 or even else None, hops[-1] if main < len(hops) - 1 or even else None

    def _order(self, hop: Hop) -> float:
        return self._sheet.flat.nets[hop.net].pins[hop.pin][1]

    def _main(self, node: int, hops: list[Hop]) -> int:
        path, home = self._area.home.get(node), self._area.home
        for index, hop in enumerate(hops):
            if path is not None and home.get(hop.start) is path:
                straight = self._sheet.straight(hop.start, node)
                return next((number for number, other in enumerate(hops) if other is straight), index)
        return (len(hops) - 1) // 2

    def _beside(self, hop: Hop, next_to: list[int]) -> list[int]:
        """Let a hop enter its node from what stands next to it, or else from a stub, which is returned."""
        sheet, row = self._sheet, self._row
        key = (hop.net, hop.pin)
        del sheet.entered[key]
        self._moved[key] = None
        for item in next_to:
            if _passes(sheet, item, hop.net):
                sheet.beside[key] = item
                return []
        stub = sheet.add(row, hop.net)
        sheet.beside[key] = stub
        sheet.stubs[stub] = hop.end
        arrival = Hop(hop.net, (hop.start, stub), -1, (hop.start_offset, 0.0))
        self._moved[key] = sheet.reached[stub] = arrival
        _prolong(self._area, hop.start, stub)
        return [stub]


def _passes(sheet: Sheet, item: int, net: int) -> bool:
    """Tell whether an item is the lane of a net on its way down."""
    if item < sheet.nodes or sheet.net[item] != net or item in sheet.stubs:
        return False
    return sheet.row[sheet.reached[item].start] < sheet.row[item]


def _prolong(area: Area, start: int, stub: int) -> None:
    """Put a stub at the end of the path that leads to it."""
    path = area.home.get(start)
    if path is not None and path.items[-1] == start:
        path.items.append(stub)
        area.home[stub] = path
    else:
        lone = Path(items=[stub], parent=path, side=1)
        area.home[stub] = lone
