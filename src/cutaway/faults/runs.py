"""Runs: boxes so close behind each other that no line is drawn between them, as solids that nearly touch."""

from collections.abc import Iterator
from itertools import pairwise

from cutaway.faults.fault import Fault
from cutaway.faults.lookup import Lookup
from cutaway.faults.outline import Place, apart, meet
from cutaway.faults.survey import Area, Owner, Survey

NEAR = 8.0
"""Points between two boxes of a run at most; more, and nobody sees that one leads to the other."""
HEM = 0.2
"""Points at the border of a front that may be covered: two fronts share it."""


def covers(later: Owner, earlier: Owner) -> bool:
    """Tell whether a box lies on what has to be seen of one drawn before it: on its front in a run, else anywhere."""
    run = later.run()
    if run is None or run is not earlier.run() or not (later.outline and earlier.front):
        return True
    return meet(_hemmed(earlier.front), later.outline.polygon)


def _hemmed(area: Area) -> list[Place]:
    """Return the outline of a face without its hem."""
    left, top, right, bottom = area.bounds
    x, y = (left + right) / 2, (top + bottom) / 2
    dx, dy = min(HEM, (right - left) / 4), min(HEM, (bottom - top) / 4)
    return [(px + _towards(x - px, dx), py + _towards(y - py, dy)) for px, py in area.polygon]


def _towards(way: float, step: float) -> float:
    return max(-step, min(step, way))


def torn_runs(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the edges that a run stands for, but whose ends do not follow each other in it, as all of them do."""
    boxes: dict[Owner, dict[Owner, int]] = {}
    for owner in found.owners:
        run = owner.run() if owner.outline and owner is owner.box() else None
        if run:
            boxes.setdefault(run, {})[owner] = len(boxes.get(run, ()))
    for run in (owner for owner in found.owners if owner.part == "run"):
        yield from _torn(run, boxes.get(run, {}), lookup)


def _torn(run: Owner, places: dict[Owner, int], lookup: Lookup) -> Iterator[Fault]:
    """Yield the edges of one run that nothing shows; a run is painted with the flow or against it, but not in turns."""
    ways: set[int] = set()
    for edge in lookup.standing(run):
        sources = [box for box in lookup.starts(edge.source) if box in places]
        targets = [box for box in lookup.stops(edge.target) if box in places]
        steps = {places[other] - places[one] for one in sources for other in targets if _are_near(one, other)}
        ways |= steps & {1, -1}
        if not steps & {0, 1, -1} or ways == {1, -1}:
            message = f"nothing shows {edge.id!r}: its ends are not next to each other in a run"
            yield Fault("loose-end", (edge.id,), message)


def _are_near(one: Owner, other: Owner) -> bool:
    if one is other or not (one.outline and other.outline):
        return one is other  # both ends are in one folded box
    before, after = one.outline.polygon, other.outline.polygon
    return meet(before, after) or any(apart(a, b, after) <= NEAR for a, b in pairwise(before))
