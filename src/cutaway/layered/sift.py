"""Put each item of a row where it crosses least, all other rows being as they are (Matuszewski et al. 1999)."""

from collections.abc import Iterable

from cutaway.layered.crossings import Ends, Tangle, disorder

BROAD = 120  # rows with more items are left as they are: it would take the square


def settle(tangle: Tangle, rows: Iterable[int]) -> bool:
    """Sift rows, and those beside a changed one that are among them, as long as that saves crossings."""
    waiting = dict.fromkeys(rows)
    among = frozenset(waiting)
    changed = False
    while waiting and not tangle.spent:
        row = next(iter(waiting))
        del waiting[row]
        if _sift(tangle, row):
            changed = True
            waiting.update(dict.fromkeys(near for near in (row - 1, row + 1) if near in among))
    return changed


def _sift(tangle: Tangle, row: int) -> bool:
    items = tangle.rows[row]
    key = (-1, row)
    if not 1 < len(items) <= BROAD or not tangle.between(row, row) or tangle.hopeless(key, row, row):
        return False
    cost = _costs(tangle, items)
    order = list(range(len(items)))
    heavy = sorted(order, key=lambda one: -len(tangle.ups[items[one]]) - len(tangle.downs[items[one]]))
    changed, moved = False, True
    while moved:
        moved = False
        for one in heavy:
            place = order.index(one)
            best = _best(cost[one], order, place)
            if best != place:
                del order[place]
                order.insert(best, one)
                changed = moved = True
    if changed:
        tangle.put(row, [items[one] for one in order])
        tangle.recount((row,))
    tangle.tried(key)
    return changed


def _costs(tangle: Tangle, items: list[int]) -> list[list[int]]:
    """Return for each item and each other one how many crossings more they have if the other one comes first."""
    position = tangle.position

    def keys(ends: Ends) -> list[float]:
        places = [position[item] + there for item, there in ends]
        places.sort()
        return places

    above = [keys(tangle.ups[item]) for item in items]
    below = [keys(tangle.downs[item]) for item in items]
    cost = [[0] * len(items) for _ in items]
    for one in range(len(items)):
        up, down, row = above[one], below[one], cost[one]
        for two in range(one):
            more = (disorder(above[two], up) if up else 0) + (disorder(below[two], down) if down else 0)
            row[two] = more
            cost[two][one] = -more
    tangle.work += len(items) * (len(items) + sum(map(len, (*above, *below))) // 8)
    return cost


def _best(cost: list[int], order: list[int], place: int) -> int:
    """Return the place where an item costs least: its own, or else the nearest of the best."""
    best, least, total = place, 0, 0
    for to in range(place + 1, len(order)):
        total += cost[order[to]]
        if total < least:
            best, least = to, total
    total = 0
    for to in range(place - 1, -1, -1):
        total -= cost[order[to]]
        if total < least or (total == least and best > place and place - to < best - place):
            best, least = to, total
    return best
