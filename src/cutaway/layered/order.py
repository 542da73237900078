"""Reorder rows as long as that saves crossings: sift each, then find better ways for whole paths through many.

The order to begin with comes from the paths of the sheet and is nearly right for networks. Where it is not, sweeps down
and up first sort each row by the barycentres of what its items are linked to in the row before (Sugiyama et al. 1981).
"""

from collections.abc import Iterable, Iterator

from cutaway.layered.crossings import Ends, Tangle, tangled
from cutaway.layered.reroute import LONG, reroute
from cutaway.layered.sheet import Sheet
from cutaway.layered.sift import BROAD, settle

_SWEEPS = 24
_PATIENCE = 4
_REACH = 4  # rows beyond a crossing on a path that are rerouted with it
_AROUND = 8  # rows above and below a crossing that are shuffled
_FAILURES = 2
_SHAKEN = 30_000  # steps of work beyond which nothing is shuffled: about 15 ms


def untangle(sheet: Sheet, rounds: int | None = None) -> None:
    """Reorder the rows; keep them where nothing is better. With `rounds` they are only sorted down and up so often."""
    if rounds == 0 or not tangled(sheet):
        return
    tangle = Tangle(sheet)
    if rounds is not None:
        _sweep(tangle, 2 * rounds)
        return
    if 2 * tangle.total > len(sheet.row):
        _sweep(tangle)
    rows = range(len(sheet.rows))
    settle(tangle, rows)
    paths = _paths(tangle)
    changed = True
    while changed and not tangle.spent:
        changed = _straighten(tangle, paths, rows)
        changed |= settle(tangle, rows)
    _shake(tangle, paths)


def _shake(tangle: Tangle, paths: list[list[int]]) -> None:
    """Shuffle the rows around crossings and untangle them anew; not for long: it rarely helps where there are many."""
    failed, number, row, count = 0, 0, -1, len(tangle.rows)
    while failed < _FAILURES and tangle.work < _SHAKEN and tangle.total:
        row = next(near % count for near in range(row + 1, row + 1 + count) if tangle.counts[near % count])
        number += 1
        failed = 0 if _anew(tangle, paths, range(max(0, row - _AROUND), row + _AROUND + 2), number) else failed + 1


def _anew(tangle: Tangle, paths: list[list[int]], rows: range, number: int) -> bool:
    """Order some rows from a random order on; take the old order back unless that saved crossings."""
    rows = rows[: len(tangle.rows) - rows[0]]
    kept = [list(tangle.rows[row]) for row in rows]
    before = tangle.total
    for row in rows:
        tangle.put(row, sorted(tangle.rows[row], key=lambda item: (item * 7919 + number * 104729) % 8191))
    for row in rows:
        _sort(tangle, row, tangle.ups)
    for row in reversed(rows):
        _sort(tangle, row, tangle.downs)
    tangle.recount(rows)
    parts = [part for path in paths if (part := [item for item in path if tangle.sheet.row[item] in rows])]
    changed = True
    while changed and tangle.work < 2 * _SHAKEN:
        changed = settle(tangle, rows)
        changed |= _straighten(tangle, parts, rows)
    if tangle.total < before:
        return True
    for row, items in zip(rows, kept, strict=True):
        tangle.put(row, items)
    tangle.recount(rows)
    return False


def _sweep(tangle: Tangle, most: int = _SWEEPS) -> None:
    """Sort all rows down and up until that saves no crossings."""
    best, stall = tangle.total, 0
    kept = [list(items) for items in tangle.rows]
    for sweep in range(most):
        if best == 0 or stall == _PATIENCE:
            break
        count = len(tangle.rows)
        for row in range(count) if sweep % 2 == 0 else range(count - 1, -1, -1):
            _sort(tangle, row, tangle.ups if sweep % 2 == 0 else tangle.downs)
        tangle.recount(range(count))
        stall += 1
        if tangle.total < best:
            best, stall = tangle.total, 0
            kept = [list(items) for items in tangle.rows]
    for row, items in enumerate(kept):
        tangle.put(row, items)
    tangle.recount(range(len(kept)))


def _sort(tangle: Tangle, row: int, near: list[Ends]) -> None:
    items, position = tangle.rows[row], tangle.position
    keys: dict[int, float] = {}
    for place, item in enumerate(items):
        ends = near[item]
        keys[item] = sum(position[other] + there for other, there in ends) / len(ends) if ends else place
    tangle.put(row, sorted(items, key=keys.__getitem__))


def _paths(tangle: Tangle) -> list[list[int]]:
    """Part the items into paths straight down: along a lane to its end, else to the middle one of what is free."""
    sheet = tangle.sheet
    free = [True] * len(sheet.row)
    paths = []
    for items in tangle.rows:
        for start in items:
            if not free[start]:
                continue
            free[start] = False
            path = [start]
            while ways := [item for item, _ in tangle.downs[path[-1]] if free[item]]:
                lane = [item for item in ways if item >= sheet.nodes and sheet.net[item] == sheet.net[path[-1]]]
                following = lane[0] if lane else ways[(len(ways) - 1) // 2]
                free[following] = False
                path.append(following)
            paths.append(path)
    return paths


def _straighten(tangle: Tangle, paths: list[list[int]], rows: Iterable[int]) -> bool:
    """Find better ways for those parts of paths that cross something in some rows; tell whether there were any."""
    crossed: set[int] = set()
    for row in rows:
        if tangle.counts[row]:
            crossed |= tangle.crossing(row)
    tangle.work += len(tangle.sheet.row) // 8  # to look through all paths
    changed = False
    for path in paths:
        if not crossed.isdisjoint(path):
            for part in _parts(tangle, path, crossed):
                if tangle.spent:
                    return changed
                changed |= reroute(tangle, part)
    return changed


def _parts(tangle: Tangle, path: list[int], crossed: set[int]) -> Iterator[list[int]]:
    """Yield the parts of a path that are near to crossings, cut where they are long or their rows are broad."""
    rows, row = tangle.rows, tangle.sheet.row
    near: set[int] = set()
    for index, item in enumerate(path):
        if item in crossed:
            near.update(range(index - _REACH, index + 2 * _REACH + 1))
    part: list[int] = []
    for index, item in enumerate(path):
        is_near = index in near
        if is_near and len(part) < LONG and len(rows[row[item]]) <= BROAD:
            part.append(item)
        elif part:
            yield part
            part = [item] if is_near and len(part) == LONG else []
    if part:
        yield part
