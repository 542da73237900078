"""Put each item of a row where it crosses least, all other rows being as they are (Matuszewski et al. 1999)."""

from collections.abc import Iterable
from itertools import cycle

from cutaway.layered.crossings import Ends, Tangle, disorder

_Places = tuple[tuple[float, ...], ...]

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
    links = _places(tangle, tangle.ups, items), _places(tangle, tangle.downs, items)
    found = tangle.ways.get(links)  # where all is linked as it was somewhere else, as there
    if found is None:
        work = len(items) * (len(items) + sum([len(ends) for side in links for ends in side]) // 8)
        found = tangle.ways[links] = work, _order(*links)
    work, order = found
    tangle.work += work
    changed = order != list(range(len(items)))
    if changed:
        tangle.put(row, [items[one] for one in order])
        tangle.recount((row,))
    tangle.tried(key)
    return changed


def _places(tangle: Tangle, near: list[Ends], items: list[int]) -> _Places:
    """Return for each item where its hops lead, from left to right."""
    position = tangle.position
    found: list[tuple[float, ...]] = []
    for item in items:
        ends = near[item]
        if len(ends) == 1:  # as most have
            ((other, there),) = ends
            found.append((position[other] + there,))
        else:
            found.append(tuple(sorted([position[other] + there for other, there in ends])))
    return tuple(found)


def _order(above: _Places, below: _Places) -> list[int]:
    """Return the order of items in which they cross least, as far as moving single ones finds it."""
    order = list(range(len(above)))
    cost = _costs(above, below)
    heavy = sorted(order, key=lambda one: -len(above[one]) - len(below[one]))
    vain = 0  # so many were tried since one was moved
    for one in cycle(heavy):
        place = order.index(one)
        best = _best(cost[one], order, place)
        vain += 1
        if best != place:
            del order[place]
            order.insert(best, one)
            vain = 0
        if vain == len(heavy):
            break
    return order


def _costs(above: _Places, below: _Places) -> list[list[int]]:
    """Return for each item and each other one how many crossings more they have if the other one comes first."""
    cost = [[0] * len(above) for _ in above]
    for side in (above, below):
        for one, ends in enumerate(side):
            row, first = cost[one], ends[0] if len(ends) == 1 else None
            for two in range(one if ends else 0):
                others = side[two]
                if first is not None and len(others) == 1:  # as most have
                    (other,) = others
                    more = (other > first) - (other < first)
                else:
                    more = disorder(others, ends)
                row[two] += more
                cost[two][one] -= more
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
