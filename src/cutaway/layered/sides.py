"""Let round boxes be entered from their sides: the outermost input of each side, at the height of the centre."""

from cutaway.layered.flat import PinKey
from cutaway.layered.path import Area, Path, Side
from cutaway.layered.sheet import Hop, Sheet


def add_side_entries(area: Area) -> None:
    """Give each round box up to two stubs beside it, or use the lane that passes there."""
    equal = {group.merge: len(group.members) for group in area.groups}
    for row in range(1, len(area.sheet.rows)):
        for node in list(area.sheet.rows[row]):
            if node < area.sheet.nodes and area.sheet.flat.nodes[node].round:
                _add_sides(area, node, equal.get(node, 0))


def _add_sides(area: Area, node: int, equal: int) -> None:
    sheet = area.sheet
    row = sheet.row[node]
    hops = [hop for hop in sheet.channels[row] if hop.end == node and sheet.row[hop.start] < row]
    if len(hops) < 2:
        return
    hops.sort(key=lambda hop: (sheet.position[hop.start], hop.start_offset, _order(sheet, (hop.net, hop.pin))))
    main = _main(area, node, hops)
    even = equal == len(hops)  # none of them is the straight one
    if main > 0 or even:
        _enter(area, hops[0], -1)
    if main < len(hops) - 1 or even:
        _enter(area, hops[-1], 1)


def _order(sheet: Sheet, key: PinKey) -> float:
    return sheet.flat.nets[key[0]].pins[key[1]].order


def _main(area: Area, node: int, hops: list[Hop]) -> int:
    path = area.home.get(node)
    for index, hop in enumerate(hops):
        if path is not None and area.home.get(hop.start) is path:
            straight = area.sheet.straight(hop.start, node)
            return next((number for number, other in enumerate(hops) if other is straight), index)
    return (len(hops) - 1) // 2


def _enter(area: Area, hop: Hop, side: Side) -> None:
    sheet, node = area.sheet, hop.end
    row = sheet.row[node]
    key = (hop.net, hop.pin)
    position = sheet.position[node] + side
    items = sheet.rows[row]
    sheet.channels[row].remove(hop)
    del sheet.entered[key]
    if 0 <= position < len(items) and _passes(sheet, items[position], hop.net):
        sheet.beside[key] = items[position]
        return
    stub = sheet.add(row, hop.net)
    items.pop()
    items.insert(sheet.position[node] + (1 if side > 0 else 0), stub)
    sheet.number(row)
    sheet.beside[key] = stub
    sheet.stubs[stub] = node
    arrival = Hop(hop.net, hop.start, stub, -1, hop.start_offset, 0.0)
    sheet.channels[row].append(arrival)
    sheet.reached[stub] = arrival
    _prolong(area, hop.start, stub)


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
