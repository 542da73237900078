"""Keep room for the labels right of the lanes below their sources, before anything has a place."""

from math import copysign

from cutaway.layered.distances import half_border, label_width, near
from cutaway.layered.sheet import Fan, Hop, Sheet
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.layered.path import Area

BORDER_STEP = 1.6  # distance of ports that spread out below the node, in least distances of ports
_SNAP = 0.5  # a lane that would bend by less leaves straight


def reserve(area: "Area") -> None:
    """Set the ports of nodes with several nets and labels, and how far labels reach beyond their nodes."""
    sheet = area.sheet
    nodes, nets = sheet.flat.nodes, sheet.flat.nets
    sheet.reach.update([(node, (0.0, box.reach)) for node, box in enumerate(nodes) if box.reach])
    sources = {net.source for net in nets if net.label is not None and net.pins}
    for row, items in enumerate(sheet.rows if sources else ()):
        labelled = [item for item in items if item in sources]
        hops = leaving(sheet, row) if labelled else {}
        for node in labelled:
            _reserve(area, node, hops)


def _reserve(area: "Area", node: int, hops: dict[int, list[Hop]]) -> None:
    sheet = area.sheet
    nets = sorted(sheet.out[node], key=lambda net: by_target(sheet, hops[net]))
    if not sheet.flat.nodes[node].outs and len(nets) > 1:
        _spread(area, node, nets)
    left, right = 0.0, sheet.flat.nodes[node].reach
    for net in nets:
        offset = sheet.leave.get(net, sheet.flat.nodes[node].outs.get(sheet.flat.nets[net].tensor, 0.0))
        left = max(left, -offset)
        right = max(right, offset + room(sheet, net))
    sheet.reach[node] = (left + sheet.flat.style.gaps.lane, right)


def room(sheet: Sheet, net: int) -> float:
    """Return how much room a lane needs to its right for its label."""
    return label_width(sheet.flat.nets[net].label, sheet.flat.style.gaps)


def leaving(sheet: Sheet, row: int) -> dict[int, list[Hop]]:
    """Return the hops that leave the nodes of a row, by net."""
    hops: dict[int, list[Hop]] = {}
    for hop in sheet.channels[row + 1]:
        if hop.start < sheet.nodes:
            hops.setdefault(hop.net, []).append(hop)
    return hops


def by_target(sheet: Sheet, hops: list[Hop]) -> tuple[float, int]:
    """Return a key that sorts the nets leaving a node by where their hops go."""
    net, node = hops[0].net, hops[0].start
    row, position = sheet.row, sheet.position
    places = [
        position[hop.end] if row[hop.end] > row[node] else aside(position[hop.end] - position[node]) for hop in hops
    ]
    return (sum(places) / len(places), net)


def aside(away: int) -> float:
    """Return a key for a lane so many places beside a node: beyond all that come straight, the nearest outermost."""
    return copysign(1e9, away) - away


def _spread(area: "Area", node: int, nets: list[int]) -> None:
    """Put the ports so far apart that the labels fit between the lanes: on the node's border, or else below it."""
    sheet = area.sheet
    offsets = [0.0]
    for net in nets[:-1]:
        offsets.append(offsets[-1] + room(sheet, net))
    main = _main(area, node, nets)
    half = half_border(sheet.flat.nodes[node], sheet.flat.style.gaps.port, upper=False)
    for origin in (offsets[main], near(offsets[-1] / 2)):
        if origin <= half and offsets[-1] - origin <= half:
            for net, offset in zip(nets, offsets, strict=True):
                sheet.leave[net] = offset - origin
            return
    below = [offset - offsets[main] for offset in offsets]
    many = max(main, len(nets) - 1 - main)
    lane, port = sheet.flat.style.gaps.lane, sheet.flat.style.gaps.port
    step = min(BORDER_STEP * port, lane, half / many)  # never wider than below, or lanes of the fan would cross
    depths = [lane * (number + 1 if number < main else len(nets) - number) for number in range(len(nets))]
    depths[main] = 0.0
    sheet.fans[node] = Fan(
        nets=tuple(nets),
        border=tuple(
            offset if abs(offset - step * (number - main)) < _SNAP else step * (number - main)
            for number, offset in enumerate(below)
        ),
        below=tuple(below),
        depths=tuple(depths),
        height=max(depths),
    )
    for net, offset in zip(nets, below, strict=True):
        sheet.leave[net] = offset


def _main(area: "Area", node: int, nets: list[int]) -> int:
    """Return which of the nets goes on in the path of the node, or else the middle one."""
    sheet = area.sheet
    path = area.home[node]
    for neighbour in sheet.down[node]:
        if path is not None and area.home.get(neighbour.item) is path:
            straight = sheet.straight(node, neighbour.item)
            if straight is not None and straight.net in nets:
                return nets.index(straight.net)
    return (len(nets) - 1) // 2
