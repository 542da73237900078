"""Lines: through foreign boxes and regions, and along each other."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from cutaway.faults.fault import Fault, spot
from cutaway.faults.labels import owner_name, segments
from cutaway.faults.lookup import Lookup
from cutaway.faults.loose import SAME, reaches_port
from cutaway.faults.outline import Place, apart, bounds, depth, distance, grown, meet, overlap
from cutaway.faults.survey import Course, Owner, Survey
from cutaway.geometry import Bounds
from cutaway.grid import Grid

TOUCH = 0.25
"""Points between a line and a foreign box under which they look joined."""
DIP = 1.0
"""Points by which a line may reach into the box it ends on."""
PARALLEL = 0.05
"""Sine of the angle under which two stretches count as parallel."""
BUNDLE = 24
"""Lines of one group beyond which it is a bundle, such as the full connections of two layers."""
SHARED = 2.0
"""Points that two lines may run together; what rounded corners can come to at a crossing is less."""

Stretch = tuple[Bounds, tuple[Course, int]]


def through_boxes(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the lines that run through, or along the border of, a box they do not belong to."""
    grid = Grid(segments(found.courses))
    ends = {owner: _ends(owner, lookup) for owner in dict.fromkeys(course.owner for course in found.courses)}
    for area in found.areas:
        box = area.owner.box() or area.owner
        own = set(area.owner.chain())
        hits: dict[Owner, Place] = {}
        for course, index in grid.near(grown(area.bounds, TOUCH)):
            owner = course.owner
            if owner in hits or owner in own:
                continue
            a, b = course.chain[index], course.chain[index + 1]
            run = owner.run()
            if run is not None and run is box.run() and box.front not in {None, area} and box not in ends[owner]:
                continue  # between two of a run lines may lie over the sides of others, as these themselves do
            if box not in ends[owner]:
                struck = apart(a, b, area.polygon) < TOUCH
            else:
                struck = box.outline is area and not reaches_port(course, box) and depth(a, b, area.polygon) > DIP
            if struck:
                hits[owner] = a
        for owner, place in sorted(hits.items(), key=lambda hit: hit[0].ref):
            message = f"{owner_name(owner)} runs through {owner_name(box)} near {spot(*place)}"
            yield Fault("edge-through-box", (owner.ref, box.ref), message, place)
    for band in found.bands:
        yield from _bands_over_boxes(band, found, _ends(band.owner, lookup))


def _bands_over_boxes(band: Course, found: Survey, ends: set[Owner]) -> Iterator[Fault]:
    area = band.area()
    boxes = dict.fromkeys(each.owner for each in found.areas if each.owner.outline is each)
    for box in boxes:
        run = band.owner.run()
        outline = box.front if run and run is box.run() else box.outline  # it may lie before the side of what is behind
        if outline and box not in ends and overlap(area.bounds, outline.bounds) and meet(area.polygon, outline.polygon):
            message = f"{owner_name(band.owner)} lies over {owner_name(box)}"
            yield Fault("edge-through-box", (band.owner.ref, box.ref), message, outline.bounds[:2])


def through_regions(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the lines that enter the region of a scope with which neither of their ends has to do."""
    grid = Grid(segments(found.courses))
    homes = {owner: lookup.homes(owner) for owner in dict.fromkeys(course.owner for course in found.courses)}
    for region in found.regions:
        hits: dict[Owner, Place] = {}
        for a, b in pairwise(region.polygon):
            side = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
            for course, index in grid.near(grown(side, TOUCH)):
                owner = course.owner
                if owner in hits or region.owner.ref in homes[owner]:
                    continue
                if apart(course.chain[index], course.chain[index + 1], region.polygon) < TOUCH:
                    hits[owner] = course.chain[index]
        for owner, place in sorted(hits.items(), key=lambda hit: hit[0].ref):
            message = f"{owner_name(owner)} runs through {owner_name(region.owner)}, which it is no part of"
            yield Fault("edge-through-scope", (owner.ref, region.owner.ref), message, place)


def shared_stretches(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the pairs of lines of different tensors that run together, and lines hidden under their like."""
    places = {course: number for number, course in enumerate(found.courses)}
    tensors = {owner: lookup.tensors(owner) for owner in dict.fromkeys(course.owner for course in found.courses)}
    shared: dict[tuple[int, int], float] = defaultdict(float)
    stretches = segments(found.courses)
    grid = Grid(stretches)
    reach = max((course.width for course in found.courses), default=0.0)
    drawn: dict[Owner, list[Stretch]] = {}
    for stretch in stretches:
        drawn.setdefault(stretch[1][0].owner, []).append(stretch)
    for owner, own in drawn.items():
        others = _others(owner, own, stretches, grid) if len(own) > BUNDLE else grid
        for area, (course, index) in own:
            near = {(places[other], at) for other, at in others.near(grown(area, reach)) if other.owner is not owner}
            for number, at in sorted(each for each in near if each[0] > places[course]):
                other = found.courses[number]
                if not tensors[owner] & tensors[other.owner]:
                    shared[places[course], number] += _along(course, index, other, at)
    for (first, second), length in sorted(shared.items()):
        if length > SHARED:
            here, there = found.courses[first].owner, found.courses[second].owner
            message = (
                f"{owner_name(here)} and {owner_name(there)} run together for {length:.1f} pt but do not share a source"
            )
            yield Fault("shared-segment", (here.ref, there.ref), message, found.courses[second].chain[0])
    yield from _hidden(found)


def _others(
    owner: Owner, own: list[Stretch], stretches: list[Stretch], grid: Grid[tuple[Course, int]]
) -> Grid[tuple[Course, int]]:
    """Return the lines of others about a bundle: each line of it lies near all of the rest, which does not matter."""
    around = bounds([corner for area, _ in own for corner in (area[:2], area[2:])])
    near = {(course, at) for course, at in grid.near(grown(around, SHARED)) if course.owner is not owner}
    return Grid([stretch for stretch in stretches if stretch[1] in near] if near else [])


def piled_arrowheads(found: Survey) -> Iterator[Fault]:
    """Yield the pairs of lines whose arrowheads overlap: they have too little room to arrive side by side."""
    grid = Grid([(head.bounds, number) for number, head in enumerate(found.arrowheads)])
    for number, head in enumerate(found.arrowheads):
        for other in sorted(set(grid.near(head.bounds))):
            second = found.arrowheads[other]
            if other <= number or head.owner is second.owner or not overlap(head.bounds, second.bounds, SAME):
                continue
            if meet(head.polygon, second.polygon):
                message = (
                    f"the arrowheads of {owner_name(head.owner)} and {owner_name(second.owner)} overlap at "
                    f"{spot(head.bounds[0], head.bounds[1])}"
                )
                yield Fault("arrow-over-arrow", (head.owner.ref, second.owner.ref), message, head.bounds[:2])


def _hidden(found: Survey) -> Iterator[Fault]:
    """Yield the lines that begin, end and measure the same as another group's: only one of them can be seen."""
    drawn: dict[tuple[int, ...], Course] = {}
    for course in found.courses:
        length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(course.chain))
        key = tuple(round(value / SAME) for value in (*course.chain[0], *course.chain[-1], length))
        first = drawn.setdefault(key, course)
        if first.owner is not course.owner:
            message = f"{owner_name(course.owner)} lies under or over {owner_name(first.owner)} from end to end"
            yield Fault("shared-segment", (first.owner.ref, course.owner.ref), message, course.chain[0])


def _along(one: Course, index: int, other: Course, at: int) -> float:
    """Return the length over which one stretch runs along another with less than a line between them."""
    (ax, ay), (bx, by) = one.chain[index], one.chain[index + 1]
    (cx, cy), (dx, dy) = other.chain[at], other.chain[at + 1]
    ux, uy, vx, vy = bx - ax, by - ay, dx - cx, dy - cy
    length, second = hypot(ux, uy), hypot(vx, vy)
    if not length or not second or abs(ux * vy - uy * vx) > PARALLEL * length * second:
        return 0.0
    ux, uy = ux / length, uy / length
    start, stop = sorted(((cx - ax) * ux + (cy - ay) * uy, (dx - ax) * ux + (dy - ay) * uy))
    low, high = max(0.0, start), min(length, stop)
    if high <= low:
        return 0.0
    middle = (low + high) / 2
    between = distance((ax + middle * ux, ay + middle * uy), (cx, cy), (dx, dy))
    return high - low if between < one.width + other.width else 0.0


def _ends(owner: Owner, lookup: Lookup) -> set[Owner]:
    """Return the boxes that a group's lines may touch."""
    ends: set[Owner] = set()
    for edge in lookup.carried(owner):
        ends.update(lookup.starts(edge.source))
        ends.update(lookup.stops(edge.target))
    return ends
