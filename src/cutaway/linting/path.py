"""Rule 8: the main path is straight and aligned; skips leave it to one side, the shorter ones nearer to it.

The main path is the longest one, by boxes. Its stretches are judged where nothing but skips runs beside them: where the
model has branches, none of which is the main one, each of them may lead around the others.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from cutaway.faults.fault import Fault
from cutaway.faults.outline import Place, distance
from cutaway.faults.survey import BOX_PARTS, Course, Owner
from cutaway.linting.subject import Subject
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.graph import PortRef

_STRAIGHT = 1.0
"""Points by which a line may leave the straight unseen."""
_LANES = 50
"""Lines of one tensor among which the lane of another is looked for."""
Chain = tuple[Place, ...]
_WORD = {0: "left or above", 1: "right or below"}


class Way(Record, eq=False):
    """A line from box to box, by their places in the order of the drawing; a bundle or pyramid is no single line."""

    source: int
    target: int
    ref: str
    chain: Chain
    is_line: bool = True


class Skip(Record):
    """A line past a straight stretch of the main path: places on the path, the side, and how far it goes."""

    start: int
    stop: int
    side: int
    reach: float
    ref: str
    place: tuple[float, float]


def path(subject: Subject) -> Iterator[Fault]:
    """Yield the bends of the main path, and skips that do not keep to one side in the order of their lengths."""
    drawn = [owner for owner in subject.found.owners if owner.part in BOX_PARTS and not owner.explaining]
    boxes = [owner for owner in drawn if owner.outline]
    ways = _ways(subject, boxes)
    main = _longest(len(boxes), ways)
    if len(main) < 2:
        return
    places = {box: place for place, box in enumerate(main)}
    centres = [_centre(boxes[box]) for box in main]
    marks = {number for number, owner in enumerate(boxes) if owner.part == "output"}
    flow = _flow([way for way in ways if way.target not in marks] or ways, places)
    yield from _bends(ways, places, main, (flow, marks))
    yield from _skips(ways, places, centres, flow)


def _flow(ways: list[Way], places: Mapping[int, int]) -> int:
    """Return the axis along which most of the main path leads: 0 across the page, 1 down or up it."""
    steps = [way for way in ways if places.get(way.target, -1) - places.get(way.source, -1) == 1]
    straight = [sum(_leads_along(way, flow) for way in steps) for flow in (0, 1)]
    return 0 if straight[0] > straight[1] else 1


def _ways(subject: Subject, boxes: list[Owner]) -> list[Way]:
    numbers = {owner: number for number, owner in enumerate(boxes)}
    lookup = subject.lookup
    ways: list[Way] = []
    lanes: dict[PortRef, list[Chain]] = {}
    courses: dict[Owner, list[Course]] = {}
    for course in subject.found.courses:
        if course.owner.explaining:
            continue
        courses.setdefault(course.owner, []).append(course)
    for owner, drawn in courses.items():
        ends: dict[tuple[int, int], None] = {}
        tensors = lookup.tensors(owner)
        chain = _whole(drawn, [before for tensor in tensors for before in lanes.get(tensor, ())])
        is_line = len(drawn) == 1 or any(course.tips for course in drawn)
        for tensor in tensors if is_line else ():
            lanes.setdefault(tensor, []).append(chain)
        for edge in lookup.carried(owner):
            for source in lookup.starts(edge.source):
                ends.update(dict.fromkeys((numbers[source], numbers[stop]) for stop in lookup.stops(edge.target)))
        ways += [
            Way(source=source, target=target, ref=owner.ref, chain=chain, is_line=is_line)
            for source, target in ends
            if source != target
        ]
    return ways + _steps(subject, boxes, numbers)


def _steps(subject: Subject, boxes: list[Owner], numbers: Mapping[Owner, int]) -> list[Way]:
    """Return the ways from box to box within runs, which no line shows."""
    lookup = subject.lookup
    found: dict[tuple[int, int], str] = {}
    for run in [owner for owner in subject.found.owners if owner.part == "run"]:
        for edge in lookup.standing(run):
            for source in lookup.starts(edge.source):
                found |= {(numbers[source], numbers[stop]): edge.id for stop in lookup.stops(edge.target)}
    return [
        Way(
            source=source, target=target, ref=ref, chain=(_centre(boxes[source]), _centre(boxes[target])), is_line=False
        )
        for (source, target), ref in found.items()
        if source != target
    ]


def _whole(drawn: list[Course], lanes: list[Chain]) -> Chain:
    """Return a line from its beginning: one that leaves a lane drawn before is drawn from the parting on."""
    chain = tuple(place for line in drawn for place in line.chain)
    for lane in lanes[:_LANES]:
        for place, (a, b) in enumerate(pairwise(lane)):
            if place and distance(chain[0], a, b) <= _STRAIGHT / 2:
                return (*lane[: place + 1], *chain)
    return chain


def _longest(count: int, ways: list[Way]) -> list[int]:
    """Return the longest path; boxes in a cycle are no part of it."""
    out: list[list[int]] = [[] for _ in range(count)]
    waits = [0] * count
    for source, target in dict.fromkeys((way.source, way.target) for way in ways):
        out[source].append(target)
        waits[target] += 1
    ready = [box for box in range(count) if not waits[box]]
    length, before = [1] * count, [-1] * count
    for box in ready:  # grows on the way
        for target in out[box]:
            if length[box] + 1 > length[target]:
                length[target], before[target] = length[box] + 1, box
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    if not ready:
        return []
    found = [max(ready, key=lambda box: (length[box], -box))]
    while before[found[-1]] >= 0:
        found.append(before[found[-1]])
    return found[::-1]


def _bends(ways: list[Way], places: Mapping[int, int], main: list[int], how: tuple[int, set[int]]) -> Iterator[Fault]:
    """Yield the lines of the main path that bend though nothing but skips runs beside them.

    `how` is the axis of the flow, and which boxes are marks of outputs.
    """
    flow, marks = how
    branching = {way.source for way in ways if way.target not in places}
    joining = {way.target for way in ways if way.source not in places}
    direct: dict[tuple[int, int], list[Way]] = {}
    for way in ways:
        direct.setdefault((way.source, way.target), []).append(way)
    for source, target in pairwise(main):
        if source in branching or target in joining:
            continue
        found = direct[source, target]
        if _turns_back(found[0], flow) or not found[0].is_line:
            continue
        if target in marks and _is_straight(found[0].chain, 1 - flow):
            continue  # the name of an output may stand beside what gives it
        if not any(_is_straight(way.chain, flow) for way in found):
            message = f"the main path bends at the line of {found[0].ref!r}, which has nothing but skips beside it"
            yield Fault("bent-path", (found[0].ref,), message, found[0].chain[0])


def _leads_along(way: Way, flow: int) -> bool:
    if way.is_line:
        return _is_straight(way.chain, flow)
    (ax, ay), (bx, by) = way.chain[:2]
    return (abs(bx - ax) > abs(by - ay)) == (flow == 0)


def _is_straight(chain: Chain, flow: int) -> bool:
    across = [point[1 - flow] for point in chain]
    return max(across) - min(across) <= _STRAIGHT


def _turns_back(way: Way, flow: int) -> bool:
    """Tell whether a line leads on to the next row or column of a drawing that is wrapped like text."""
    along = [point[flow] for point in way.chain]
    forth = sum(max(0.0, b - a) for a, b in pairwise(along))
    back = sum(max(0.0, a - b) for a, b in pairwise(along))
    return min(forth, back) > _STRAIGHT


def _skips(
    ways: list[Way], places: Mapping[int, int], centres: list[tuple[float, float]], flow: int
) -> Iterator[Fault]:
    skips = [skip for way in ways if (skip := _skip(way, places, centres, flow)) is not None]
    sides = [[skip for skip in skips if skip.side == side] for side in (0, 1)]
    few, many = sorted(sides, key=len)
    fewer = [skip for skip in few if not any(_would_cross(skip, other) for other in many)]
    if fewer:
        refs = tuple(dict.fromkeys(skip.ref for skip in fewer))
        message = f"{len(refs)} of {len(skips)} skips leave the main path to another side than the others: {refs[0]!r}"
        yield Fault("skips-on-both-sides", refs, f"{message}, to the {_WORD[fewer[0].side]}", fewer[0].place)
    for side in sides:
        around: list[Skip] = []
        for skip in sorted(side, key=lambda skip: (skip.start, -skip.stop)):
            while around and around[-1].stop < skip.stop:
                around.pop()
            is_shorter = around and (around[-1].start, around[-1].stop) != (skip.start, skip.stop)
            if is_shorter and skip.reach > around[-1].reach + _STRAIGHT:
                message = f"the shorter skip {skip.ref!r} lies farther from the main path than {around[-1].ref!r}"
                yield Fault("skips-out-of-order", (skip.ref, around[-1].ref), message, skip.place)
            around.append(skip)


def _would_cross(one: Skip, two: Skip) -> bool:
    """Tell whether two skips cross if they are on one side: one begins within the other and ends beyond it."""
    return one.start < two.start < one.stop < two.stop or two.start < one.start < two.stop < one.stop


def _skip(way: Way, places: Mapping[int, int], centres: list[tuple[float, float]], flow: int) -> Skip | None:
    """Return a line as a skip, if it leads past a straight stretch of the main path."""
    start, stop = places.get(way.source), places.get(way.target)
    if start is None or stop is None or stop - start < 2:
        return None
    axes = [centre[1 - flow] for centre in centres[start : stop + 1]]
    if max(axes) - min(axes) > _STRAIGHT:
        return None
    away = [point[1 - flow] - axes[0] for point in way.chain]
    low, high = -min(away), max(away)
    if max(low, high) <= _STRAIGHT:
        return None
    side = 1 if high >= low else 0
    return Skip(
        start=start, stop=stop, side=side, reach=max(low, high), ref=way.ref, place=way.chain[len(way.chain) // 2]
    )


def _centre(owner: Owner) -> tuple[float, float]:
    left, top, right, bottom = owner.outline.bounds if owner.outline else (0.0, 0.0, 0.0, 0.0)
    return (left + right) / 2, (top + bottom) / 2
