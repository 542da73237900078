"""Reorder rows as long as that saves crossings.

Sweeps down and up sort each row by the barycentres of what its items are linked to in the row before (Sugiyama et al.
1981), then adjacent items change places where that helps (`transpose` of Gansner et al. 1993, §3). Crossings are
counted as inversions (Barth, Jünger, Mutzel 2002), with a sorted list in place of their tree: rows are short.
"""

from bisect import bisect_left, insort

from cutaway.layered.sheet import Neighbour, Sheet

_SWEEPS = 24
_PATIENCE = 4
_BROAD = 120  # rows with more items are not refined by swaps: it would take the square


def untangle(sheet: Sheet) -> None:
    """Reorder the rows; keep them where nothing is better."""
    count = len(sheet.rows)
    best = crossings(sheet)
    if best == 0:
        return
    kept = [list(items) for items in sheet.rows]
    stall = 0
    for sweep in range(_SWEEPS):
        if best == 0 or stall == _PATIENCE:
            break
        down = sweep % 2 == 0
        for row in range(count) if down else range(count - 1, -1, -1):
            _sort(sheet, row, down=down)
        for row in range(count):
            _swap(sheet, row)
        number = crossings(sheet)
        stall += 1
        if number < best:
            best, stall = number, 0
            kept = [list(items) for items in sheet.rows]
    for row, items in enumerate(kept):
        sheet.rows[row][:] = items
        sheet.number(row)


def crossings(sheet: Sheet) -> int:
    """Return how many pairs of hops cross."""
    return sum(_crossings_below(sheet, row) for row in range(len(sheet.rows) - 1))


def _crossings_below(sheet: Sheet, row: int) -> int:
    if len(sheet.rows[row]) < 2 and len(sheet.rows[row + 1]) < 2:
        return 0
    position = sheet.position
    pairs = sorted(
        (position[item] + neighbour.here, position[neighbour.item] + neighbour.there)
        for item in sheet.rows[row]
        for neighbour in sheet.down[item]
    )
    seen: list[float] = []
    number = 0
    index = 0
    while index < len(pairs):
        same = index
        while same < len(pairs) and pairs[same][0] == pairs[index][0]:
            same += 1
        for _, below in pairs[index:same]:
            number += len(seen) - bisect_left(seen, below + 1e-9)
        for _, below in pairs[index:same]:
            insort(seen, below)
        index = same
    return number


def _sort(sheet: Sheet, row: int, *, down: bool) -> None:
    items = sheet.rows[row]
    if len(items) < 2:
        return
    near = sheet.up if down else sheet.down
    keys: dict[int, float] = {}
    for position, item in enumerate(items):
        neighbours = near[item]
        keys[item] = _centre(sheet, neighbours) if neighbours else float(position)
    items.sort(key=keys.__getitem__)
    sheet.number(row)


def _centre(sheet: Sheet, neighbours: list[Neighbour]) -> float:
    position = sheet.position
    leaning = [position[neighbour.item] + neighbour.there - neighbour.here for neighbour in neighbours]
    return sum(leaning) / len(leaning)


def _swap(sheet: Sheet, row: int) -> None:
    """Exchange adjacent items of a row as long as that saves crossings."""
    items = sheet.rows[row]
    if not 1 < len(items) <= _BROAD:
        return
    positions = {
        item: [
            sorted(sheet.position[neighbour.item] + neighbour.there for neighbour in neighbours)
            for neighbours in (sheet.up[item], sheet.down[item])
        ]
        for item in items
    }
    for _ in range(4):
        changed = False
        for index in range(len(items) - 1):
            one, two = items[index], items[index + 1]
            if _saving(positions[one], positions[two]) > 0:
                items[index], items[index + 1] = two, one
                changed = True
        if not changed:
            break
    sheet.number(row)


def _saving(one: list[list[float]], two: list[list[float]]) -> int:
    """Return how many crossings are saved when `two` comes before `one`."""
    saving = 0
    for ones, twos in zip(one, two, strict=True):
        for here in ones:
            for there in twos:
                saving += (here > there) - (here < there)
    return saving
