"""Give the items of a sheet their x: the items of a path get one x where they cross no heavier path.

So a path becomes a rigid block. Brandes & Köpf 2001 too align items in blocks and then compact these, but they align by
medians of neighbours and balance four results; here the paths say what is in line, and one result is enough. The main
block stands at 0, and all others are pushed towards it as far as the distances allow. Nothing depends on what stands
elsewhere: equal parts get equal drawings and nothing drifts.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from cutaway.layered.distances import apart, beside, down, even_places, up
from cutaway.layered.sheet import Sheet
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.layered.path import Area, Group, Path

_NO_REACH = (0.0, 0.0)


def place(area: "Area", paths: "list[Path]") -> None:
    """Set x of all items, 0 for the main path."""
    block, offset = _blocks(area, paths)
    after: list[dict[int, float]] = [{} for _ in range(max(block.values()) + 1)]
    for row, items in enumerate(area.sheet.rows):
        if len(items) == 1:
            continue
        for one, two, distance in _distances(area.sheet, items):
            first, second = block[one], block[two]
            if first != second:
                need, known = distance + offset[one] - offset[two], after[first]
                if second not in known or known[second] < need:
                    known[second] = need
        for first, second, need in _under_ports(area.sheet, row, block, offset):
            after[first][second] = max(after[first].get(second, need), need)
    spots = _compact(after, block[paths[0].items[0]])
    for item, number in block.items():
        area.sheet.x[item] = spots[number] + offset[item]


def _even_out(area: "Area", group: "Group", block: dict[int, int], offset: dict[int, float]) -> None:
    """Put equal paths into the block of their fork and merge, around its axis, with the stubs that prolong them."""
    sheet = area.sheet
    spots = {(block[end], offset[end]) for end in (group.fork, group.merge) if end is not None}
    straight = all(len({(block[item], offset[item]) for item in items}) == 1 for items in group.members)
    pairs = [list(zip(left, right, strict=True)) for left, right in pairwise(group.members)]
    apart = any(sheet.position[two] - sheet.position[one] != 1 for pair in pairs for one, two in pair)
    if len(spots) > 1 or not straight or apart:
        return
    whole, axis = spots.pop()
    if all(block[items[0]] != whole for items in group.members):
        return  # something comes between
    steps = [max(_distance(sheet, one, two) for one, two in pair) for pair in pairs]
    ends = {items[-1]: number for number, items in enumerate(group.members)}
    stubs = {stub: ends.get(sheet.reached[stub].start) for stub in _stubs(sheet, group.merge)}
    merge = sheet.flat.nodes[group.merge] if stubs and group.merge is not None else None
    places = even_places(steps, axis, merge, sheet.flat.style.gaps)
    for items, place in zip(group.members, places, strict=True):
        for item in items:
            block[item], offset[item] = whole, place
    for stub, number in stubs.items():
        if number is not None:
            block[stub], offset[stub] = whole, places[number]


def _stubs(sheet: Sheet, node: int | None) -> list[int]:
    """Return the stubs beside a node."""
    if node is None:
        return []
    place = sheet.position[node]
    near = sheet.rows[sheet.row[node]][max(0, place - 1) : place + 2]
    return [item for item in near if sheet.stubs.get(item) == node]


def _blocks(area: "Area", paths: "list[Path]") -> tuple[dict[int, int], dict[int, float]]:
    """Return for each item its block and its offset in it; paths taken first go straight through later ones."""
    sheet = area.sheet
    has_ports = bool(sheet.leave) or any(node.ins or node.outs for node in sheet.flat.nodes)
    taken: dict[int, list[tuple[int, int]]] = {}
    block: dict[int, int] = {}
    offset: dict[int, float] = {}
    for path in paths:
        previous = -1
        for item in path.items:
            if previous >= 0 and _free(sheet, taken.setdefault(sheet.row[item], []), previous, item):
                block[item] = block[previous]
                offset[item] = offset[previous] + (_shift(sheet, previous, item) if has_ports else 0.0)
            else:
                block[item] = len(block)
                offset[item] = 0.0
            previous = item
    for items in sheet.rows:
        for item in items:
            if item not in block:
                block[item] = len(block)
                offset[item] = 0.0
    for group in area.groups:
        _even_out(area, group, block, offset)
    numbers = {number: index for index, number in enumerate(dict.fromkeys(block.values()))}
    return {item: numbers[number] for item, number in block.items()}, offset


def _free(sheet: Sheet, taken: list[tuple[int, int]], upper: int, lower: int) -> bool:
    """Tell whether a straight line between two items crosses no earlier one, and then take it."""
    pair = (sheet.position[upper], sheet.position[lower])
    index = bisect_left(taken, pair)
    if index > 0 and taken[index - 1][1] >= pair[1]:
        return False
    if index < len(taken) and taken[index][1] <= pair[1]:
        return False
    taken.insert(index, pair)
    return True


def _shift(sheet: Sheet, upper: int, lower: int) -> float:
    """Return how far the axis of the lower item must be from that of the upper one to make their link straight."""
    if upper >= sheet.nodes and lower >= sheet.nodes:
        return 0.0
    hop = sheet.straight(upper, lower)
    if hop is None or hop.start != upper:
        return 0.0
    downs = sheet.down[upper]
    several = len(downs) > 1 and sum([neighbour.item == lower for neighbour in downs]) > 1
    if several and hop.start_offset == hop.end_offset == 0.0:
        return 0.0  # the boxes stand in line; the ports of both are placed alike
    leave = sheet.leave.get(hop.net, hop.start_offset) if upper < sheet.nodes else 0.0
    return leave - hop.end_offset


def _under_ports(
    sheet: Sheet, row: int, block: dict[int, int], offset: dict[int, float]
) -> Iterator[tuple[int, int, float]]:
    """Yield distances of blocks that let lanes beside the axis of their node go straight down from its fixed ports."""
    for hop in sheet.channels[row]:
        leave = sheet.leave.get(hop.net, hop.start_offset) if hop.start < sheet.nodes else 0.0
        one, two = block[hop.start], block[hop.end]
        if not leave or one == two or sheet.row[hop.start] >= row or sheet.row[hop.end] != row:
            continue
        items = sheet.rows[row]
        axis = next((place for place, item in enumerate(items) if block[item] == one), -1)
        if axis < 0 or any(block[upper.item] == two for upper in sheet.up[hop.end]):
            continue
        need = offset[hop.start] + leave - hop.end_offset - offset[hop.end]
        if leave > 0 and axis < sheet.position[hop.end]:
            yield one, two, need
        elif leave < 0 and axis > sheet.position[hop.end]:
            yield two, one, -need


def _distances(sheet: Sheet, items: list[int]) -> list[tuple[int, int, float]]:
    """Return the least distances of neighbours in a row; a stub does not keep its other neighbour off a label."""
    found = [(one, two, _distance(sheet, one, two)) for one, two in pairwise(items)]
    if not sheet.stubs:
        return found
    found.extend(
        (one, two, _distance(sheet, one, two))
        for one, stub, two in zip(items, items[1:], items[2:], strict=False)
        if stub in sheet.stubs
    )
    return found


def _distance(sheet: Sheet, one: int, two: int) -> float:
    gaps, nodes, count = sheet.flat.style.gaps, sheet.flat.nodes, sheet.nodes
    if one >= count and two >= count:
        return gaps.lane
    if sheet.stubs.get(two) == one:
        return beside(nodes[one].right, gaps)
    first, second = nodes[one] if one < count else None, nodes[two] if two < count else None
    if not sheet.reach:
        return apart(first, second, gaps)
    return apart(first, second, gaps, sheet.reach.get(one, _NO_REACH)[1], sheet.reach.get(two, _NO_REACH)[0])


def _compact(after: list[dict[int, float]], main: int) -> list[float]:
    """Return x of the blocks: the main one at 0, those right and left of it as near as they may be.

    `after` has the least distance from each block to those that stand right of it.
    """
    from cutaway.layered.topological import topological_order

    before = _reversed(after)
    order = topological_order(after)
    x: dict[int, float] = {main: 0.0}
    for one in order:
        if one == main:
            continue
        near = [x[other] + need for other, need in before[one] if other in x]
        if near:
            x[one] = up(max(near))
    right = set(x)
    for one in reversed(order):
        if one in right:
            continue
        near = [
            x[other] - need
            for other, need in after[one].items()
            if other in x and (other not in right or other == main)
        ]
        if near:
            x[one] = down(min(near))
    for one in reversed(order):
        if one not in x:
            x[one] = down(min((x[other] - need for other, need in after[one].items() if other in x), default=0.0))
    for one in order:
        x[one] = up(max([x[one], *(x[other] + need for other, need in before[one])]))
    return [x[one] for one in range(len(after))]


def _reversed(after: list[dict[int, float]]) -> list[list[tuple[int, float]]]:
    """Return for each block those that stand left of it, with the least distances."""
    before: list[list[tuple[int, float]]] = [[] for _ in after]
    for one, edges in enumerate(after):
        for two, need in edges.items():
            before[two].append((one, need))
    return before
