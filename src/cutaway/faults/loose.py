"""Lines whose ends hang loose."""

from collections.abc import Iterable, Iterator

from cutaway.faults.fault import Fault, spot
from cutaway.faults.labels import owner_name, segments
from cutaway.faults.lookup import Lookup
from cutaway.faults.outline import Place, distance, from_border
from cutaway.faults.survey import Area, Course, Owner, Survey
from cutaway.graph import Edge, PortRef
from cutaway.grid import Grid

REACH = 1.0
"""Points between the end of a line and the border it is meant to end on."""
SAME = 0.5
"""Points between the ends of two lines that are the same to the eye."""


def loose_ends(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the lines that do not lead from the border of a box they come from to one they go to.

    A line may also begin on one drawn before it that carries the same tensor from there: it leaves their common lane.
    """
    courses: dict[Owner, list[Course]] = {}
    for course in (*found.courses, *found.bands):
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
    starts = course.chain if course.is_band else course.chain[:1]
    return any(_is_on(start, area) for area in _borders(boxes) for start in starts)


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
    return any(_is_on(tip, area) for area in _borders(boxes) for tip in tips)


def _borders(boxes: Iterable[Owner]) -> Iterator[Area]:
    """Yield what a line to one of the boxes may end on."""
    for owner in boxes:
        if owner.outline:
            yield owner.outline
        yield from owner.ports


def reaches_port(course: Course, box: Owner) -> bool:
    """Tell whether a line begins or ends at a port within the outline of a box."""
    ends = (course.chain[0], course.chain[-1], *course.tips)
    return any(_is_on(end, port) for port in box.ports for end in ends)


def _is_on(point: Place, area: Area) -> bool:
    left, top, right, bottom = area.bounds
    x, y = point
    if not (left - REACH <= x <= right + REACH and top - REACH <= y <= bottom + REACH):
        return False
    return from_border(point, area.polygon) <= REACH


def _loose(owner: Owner, verb: str, place: Place, boxes: dict[Owner, None]) -> Fault:
    names = " or ".join(owner_name(box) for box in boxes) or "any box, for none is drawn there"
    message = f"{owner_name(owner)} {verb} at {spot(*place)}, not on {names}"
    return Fault("loose-end", (owner.ref,), message, place)
