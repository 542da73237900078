"""Lines: through foreign boxes and regions, along each other, and ends that hang loose."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from cutaway.faults.fault import Fault, spot
from cutaway.faults.labels import owner_name, segments
from cutaway.faults.lookup import Lookup
from cutaway.faults.outline import Place, apart, depth, distance, from_border, grown, meet, overlap
from cutaway.faults.survey import Area, Course, Owner, Survey
from cutaway.graph import Edge, PortRef
from cutaway.grid import Grid

TOUCH = 0.25
"""Points between a line and a foreign box under which they look joined."""
REACH = 1.0
"""Points between the end of a line and the border it is meant to end on."""
DIP = 1.0
"""Points by which a line may reach into the box it ends on."""
PARALLEL = 0.05
"""Sine of the angle under which two stretches count as parallel."""
SHARED = 2.0
"""Points that two lines may run together; what rounded corners can come to at a crossing is less."""
SAME = 0.5
"""Points between the ends of two lines that are the same to the eye."""


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
            if box not in ends[owner]:
                struck = apart(a, b, area.polygon) < TOUCH
            else:
                struck = box.outline is area and depth(a, b, area.polygon) > DIP
            if struck:
                hits[owner] = a
        for owner, place in sorted(hits.items(), key=lambda hit: hit[0].ref):
            message = f"{owner_name(owner)} runs through {owner_name(box)} near {spot(*place)}"
            yield Fault("edge-through-box", (owner.ref, box.ref), message, place)


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
    for area, (course, index) in stretches:
        around = grown(area, reach)
        near = {(places[other], at) for other, at in grid.near(around) if places[other] > places[course]}
        for number, at in sorted(near):
            other = found.courses[number]
            if course.owner is other.owner or tensors[course.owner] & tensors[other.owner]:
                continue
            shared[places[course], number] += _along(course, index, other, at)
    for (first, second), length in sorted(shared.items()):
        if length > SHARED:
            here, there = found.courses[first].owner, found.courses[second].owner
            message = (
                f"{owner_name(here)} and {owner_name(there)} run together for {length:.1f} pt but do not share a source"
            )
            yield Fault("shared-segment", (here.ref, there.ref), message, found.courses[second].chain[0])
    yield from _hidden(found)


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


def loose_ends(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the lines that do not lead from the border of a box they come from to one they go to.

    A line may also begin on one drawn before it that carries the same tensor from there: it leaves their common lane.
    """
    courses: dict[Owner, list[Course]] = {}
    for course in found.courses:
        courses.setdefault(course.owner, []).append(course)
    grid = Grid(segments(found.courses))
    lanes: dict[PortRef, set[Owner]] = {}
    for owner, lines in courses.items():
        tensors = lookup.tensors(owner)
        drawn = [lanes[tensor] for tensor in tensors if tensor in lanes]
        leaving = [course for course in lines if drawn and _leaves(course, drawn, grid)]
        faults = [fault for edge in lookup.carried(owner) for fault in _loose_edge(owner, edge, lines, leaving, lookup)]
        yield from faults
        if not faults:
            for tensor in tensors:
                lanes.setdefault(tensor, set()).add(owner)


def _loose_edge(
    owner: Owner, edge: Edge, lines: list[Course], leaving: list[Course], lookup: Lookup
) -> Iterator[Fault]:
    starts, stops = lookup.starts(edge.source), lookup.stops(edge.target)
    if edge.id != owner.ref and starts.keys() & stops.keys():
        return  # it runs inside a closed or folded box
    if owner.explaining:  # a drawing in the legend begins and ends with lines that lead in and out
        begins, ends = bool(starts), bool(stops)
    else:  # a line goes through the hidden nodes that it stands for
        begins, ends = edge.source not in owner.stands_for, edge.target not in owner.stands_for
    if begins and not leaving and not any(_begins(course, starts) for course in lines):
        yield _loose(owner, "begins", lines[0].chain[0], starts)
    if ends and not any(_arrives(course, stops) for course in lines):
        yield _loose(owner, "ends", lines[0].chain[-1], stops)


def _begins(course: Course, boxes: dict[Owner, None]) -> bool:
    return any(_is_on(course.chain[0], area) for area in _outlines(boxes))


def _leaves(course: Course, drawn: list[set[Owner]], grid: Grid[tuple[Course, int]]) -> bool:
    """Tell whether a line begins on one of those that are drawn."""
    x, y = course.chain[0]
    return any(
        distance((x, y), other.chain[at], other.chain[at + 1]) <= SAME
        for other, at in grid.near((x - SAME, y - SAME, x + SAME, y + SAME))
        if any(other.owner in lane for lane in drawn)
    )


def _arrives(course: Course, boxes: dict[Owner, None]) -> bool:
    tips = (course.chain[-1], *course.tips)
    return any(_is_on(tip, area) for area in _outlines(boxes) for tip in tips)


def _outlines(boxes: dict[Owner, None]) -> list[Area]:
    return [owner.outline for owner in boxes if owner.outline]


def _is_on(point: Place, area: Area) -> bool:
    return from_border(point, area.polygon) <= REACH


def _loose(owner: Owner, verb: str, place: Place, boxes: dict[Owner, None]) -> Fault:
    names = " or ".join(owner_name(box) for box in boxes) or "any box, for none is drawn there"
    message = f"{owner_name(owner)} {verb} at {spot(*place)}, not on {names}"
    return Fault("loose-end", (owner.ref,), message, place)


def _ends(owner: Owner, lookup: Lookup) -> set[Owner]:
    """Return the boxes that a group's lines may touch."""
    ends: set[Owner] = set()
    for edge in lookup.carried(owner):
        ends.update(lookup.starts(edge.source))
        ends.update(lookup.stops(edge.target))
    return ends
