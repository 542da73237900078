"""Say where the lanes touch the nodes: in the order of where they go, straight where that is possible."""

from cutaway.layered.label_room import aside, by_target, half_border, leaving
from cutaway.layered.sheet import Hop, Sheet
from cutaway.layered.snap import GRID, down, up

_STEP = 2.4
"""In least distances of ports: the usual one."""


def set_ports(sheet: Sheet) -> None:
    """Set where nets leave and enter the nodes, as offsets from their axes."""
    for row, items in enumerate(sheet.rows):
        nodes = [item for item in items if item < sheet.nodes]
        down = leaving(sheet, row) if any(len(sheet.out[node]) > 1 for node in nodes) else {}
        for node in nodes:
            _leave(sheet, node, down)
    for row in range(len(sheet.rows)):
        for hops in _arriving(sheet, row).values():
            _enter(sheet, hops)


def _arriving(sheet: Sheet, row: int) -> dict[int, list[Hop]]:
    hops: dict[int, list[Hop]] = {}
    for hop in sheet.channels[row]:
        if hop.pin >= 0:
            hops.setdefault(hop.end, []).append(hop)
    return hops


def _leave(sheet: Sheet, node: int, hops: dict[int, list[Hop]]) -> None:
    box = sheet.flat.nodes[node]
    nets = [net for net in sheet.out[node] if net not in sheet.leave]
    if not nets:
        return
    if len(nets) == 1 or box.outs:
        for net in nets:
            sheet.leave[net] = box.outs.get(sheet.flat.nets[net].tensor, 0.0)
        return
    nets.sort(key=lambda net: by_target(sheet, hops[net]))
    wishes = [min([sheet.x[hop.end] - sheet.x[node] for hop in hops[net]], key=abs) for net in nets]
    port = sheet.flat.style.gaps.port
    for net, offset in zip(nets, spread(wishes, half_border(box, port, upper=False), port), strict=True):
        sheet.leave[net] = offset


def start_x(sheet: Sheet, hop: Hop) -> float:
    """Return where a hop starts."""
    return sheet.x[hop.start] + (sheet.leave[hop.net] if hop.start < sheet.nodes else 0.0)


def end_x(sheet: Sheet, hop: Hop) -> float:
    """Return where a hop ends."""
    return sheet.x[hop.end] + (sheet.enter[hop.net, hop.pin] if hop.pin >= 0 else 0.0)


def _enter(sheet: Sheet, hops: list[Hop]) -> None:
    node = hops[0].end
    box = sheet.flat.nodes[node]
    if len(hops) == 1 and not box.ins:
        sheet.enter[hops[0].net, hops[0].pin] = 0.0
        return
    if box.ins:
        for hop in hops:
            sheet.enter[hop.net, hop.pin] = hop.end_offset
        return
    nets = sheet.flat.nets
    sign = -1.0 if sheet.flat.style.mirror else 1.0
    hops.sort(key=lambda hop: (_from(sheet, hop), sign * nets[hop.net].pins[hop.pin].order, hop.net, hop.pin))
    wishes = [start_x(sheet, hop) - sheet.x[node] for hop in hops]
    port = sheet.flat.style.gaps.port
    for hop, offset in zip(hops, spread(wishes, half_border(box, port, upper=True), port), strict=True):
        sheet.enter[hop.net, hop.pin] = offset


def _from(sheet: Sheet, hop: Hop) -> float:
    """Return where a hop comes from, from left to right; lanes from beside the node come from far outside."""
    if sheet.row[hop.start] < sheet.row[hop.end]:
        return start_x(sheet, hop) - sheet.x[hop.end]
    return aside(sheet.position[hop.start] - sheet.position[hop.end])


def spread(wishes: list[float], half: float, port: float) -> list[float]:
    """Return increasing offsets within ±half: one that may be straight at 0 is, the others are spread around it.

    Where there is room they are `port` apart and on the grid, and a wish is granted if it leaves room for the others.
    """
    count = len(wishes)
    straight = [number for number, wish in enumerate(wishes) if abs(wish) < 1e-6]
    middle = float(straight[(len(straight) - 1) // 2]) if straight else (count - 1) / 2
    many = max(middle, count - 1 - middle)
    step = min(_STEP * port, half / many) if many else 0.0
    offsets = [step * (number - middle) for number in range(count)]
    if step < 2 * GRID:
        return offsets
    offsets = [down(offset) if offset > 0 else up(offset) for offset in offsets]
    half, least = down(half), min(port, down(step) - GRID)
    for number, wish in enumerate(wishes):
        if number == middle and straight:
            continue
        before = bool(straight) and number < middle
        low = offsets[number - 1] + least if number else -half
        high = (0.0 if before else half) - least * ((middle if before else count - 1) - number)
        offsets[number] = wish if low <= wish <= high else min(max(offsets[number], low), high)
    return offsets
