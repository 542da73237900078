"""Say where the lanes touch the nodes: in the order of where they go, straight where that is possible."""

from cutaway.layered.distances import half_border, spread
from cutaway.layered.label_room import aside, by_target, leaving
from cutaway.layered.sheet import Hop, Sheet


def set_ports(sheet: Sheet) -> None:
    """Set where nets leave and enter the nodes, as offsets from their axes."""
    boxes, out = sheet.flat.nodes, sheet.out
    for row, items in enumerate(sheet.rows):
        waiting: list[int] = []
        for node in items:
            nets = out[node] if node < sheet.nodes else ()
            if len(nets) == 1 and not boxes[node].outs:
                sheet.leave.setdefault(nets[0], 0.0)
            elif nets:
                waiting.append(node)
        down = leaving(sheet, row) if waiting else {}
        for node in waiting:
            _leave(sheet, node, down)
    for row in range(len(sheet.rows)):
        for node, hops in _arriving(sheet, row).items():
            if len(hops) == 1 and not boxes[node].ins:
                sheet.enter[hops[0].net, hops[0].pin] = 0.0
            else:
                _enter(sheet, node, hops)


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


def _enter(sheet: Sheet, node: int, hops: list[Hop]) -> None:
    box = sheet.flat.nodes[node]
    if box.ins:
        for hop in hops:
            sheet.enter[hop.net, hop.pin] = hop.end_offset
        return
    nets = sheet.flat.nets
    sign = -1.0 if sheet.flat.style.mirror else 1.0
    hops.sort(key=lambda hop: (_from(sheet, hop), sign * nets[hop.net].pins[hop.pin][1], hop.net, hop.pin))
    wishes = [sheet.start_x(hop) - sheet.x[node] for hop in hops]
    port = sheet.flat.style.gaps.port
    for hop, offset in zip(hops, spread(wishes, half_border(box, port, upper=True), port), strict=True):
        sheet.enter[hop.net, hop.pin] = offset


def _from(sheet: Sheet, hop: Hop) -> float:
    """Return where a hop comes from, from left to right; lanes from beside the node come from far outside."""
    if sheet.row[hop.start] < sheet.row[hop.end]:
        return sheet.start_x(hop) - sheet.x[hop.end]
    return aside(sheet.position[hop.start] - sheet.position[hop.end])
