"""Split the items of a sheet into vertical paths, and say how these stand from left to right.

The heaviest path is the main one. What is left when it is taken out falls into branches; each goes to one side of it,
shorter ones nearer, and is split in the same way. So the first order is already good, and usually final.
"""

from collections import deque
from itertools import pairwise

from cutaway.layered.flat import LANE_WEIGHT, Side
from cutaway.layered.path import Area, Path, sided
from cutaway.layered.sheet import Sheet


def split(sheet: Sheet) -> tuple[Area, list[Path]]:
    """Return the paths of a sheet, those of branches after the one beside them; put the rows in order."""
    members = [item for items in sheet.rows for item in items]
    area = Area(sheet=sheet, home=dict.fromkeys(members))
    root = _take(area, members, None, 1)
    paths = [root]
    waiting = deque([(root, members)])
    while waiting:
        path, items = waiting.popleft()
        rest = [item for item in items if area.home[item] is None]
        if not rest:
            continue
        for branch, side in sided(area, path, _parts(area, rest)):
            child = _take(area, branch.items, path, side)
            (path.left if side < 0 else path.right).append(child)
            paths.append(child)
            waiting.append((child, branch.items))
    _stand(area, root)
    return area, paths


def _take(area: Area, items: list[int], parent: Path | None, side: Side) -> Path:
    """Return the heaviest path through free items; of equal ones the middle."""
    chosen = items if _is_path(area.sheet, items) else _heaviest(area.sheet, items)
    path = Path(items=chosen, parent=parent, side=side)
    for item in chosen:
        area.home[item] = path
    return path


def _is_path(sheet: Sheet, items: list[int]) -> bool:
    """Tell whether items are one below the other, each linked to the next; most branches are."""
    down = sheet.down
    return all(two in [neighbour.item for neighbour in down[one]] for one, two in pairwise(items))


def _heaviest(sheet: Sheet, items: list[int]) -> list[int]:
    best: dict[int, float] = {}
    following: dict[int, int] = {}
    nodes, count, down = sheet.flat.nodes, sheet.nodes, sheet.down
    for item in reversed(items):
        top = 0.0
        ways = [way for neighbour in down[item] if (way := neighbour.item) in best]
        if len(ways) == 1:
            (way,) = ways
            following[item], top = way, best[way]
        elif ways:
            top = max([best[way] for way in ways])
            following[item] = _middle([way for way in ways if best[way] >= top - 1e-6])
        best[item] = top + (nodes[item].weight if item < count else LANE_WEIGHT)
    top = max(best.values())
    item = _middle([item for item in items if best[item] >= top - 1e-6])
    path = [item]
    while item in following:
        item = following[item]
        path.append(item)
    return path


def _middle(items: list[int]) -> int:
    return items[(len(items) - 1) // 2]


def _parts(area: Area, rest: list[int]) -> list[list[int]]:
    """Return the connected parts of free items, each in the order of the rows."""
    up, down = area.sheet.up, area.sheet.down
    seen: set[int] = set()
    parts = []
    number = {item: index for index, item in enumerate(rest)}
    for start in rest:
        if start in seen:
            continue
        seen.add(start)
        found = [start]
        for item in found:
            for neighbours in (up[item], down[item]):
                for neighbour in neighbours:
                    other = neighbour.item
                    if other in number and other not in seen:
                        seen.add(other)
                        found.append(other)
        found.sort(key=number.__getitem__)
        parts.append(found)
    return parts


def _stand(area: Area, root: Path) -> None:
    """Put the rows in the order in which the paths stand."""
    where: dict[int, int] = {}
    stack: list[tuple[Path, bool]] = [(root, False)]
    while stack:
        path, opened = stack.pop()
        if opened:
            for item in path.items:
                where[item] = len(where)
            continue
        stack.extend((child, False) for child in reversed(path.right))
        stack.append((path, True))
        stack.extend((child, False) for child in path.left)
    for row, items in enumerate(area.sheet.rows):
        if len(items) > 1:
            items.sort(key=where.__getitem__)
            area.sheet.number(row)
