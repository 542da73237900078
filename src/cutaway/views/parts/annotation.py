"""Notes beside nodes: set where there is room next to the box, else further out with a thin line that leads there."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from cutaway.geometry import Bounds, Point, Rect
from cutaway.grid import Grid
from cutaway.layered.problem import Direction, Layout
from cutaway.record import Record
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Line, Mark, Move, Path, Stroke, Text
from cutaway.theme import Theme
from cutaway.views.parts.wrap import broken

_LONGEST = {"down": 120.0, "across": 78.0}
"""Points; notes are broken into lines so long."""
_GAP = 7.0
"""Points between a box and its note, and between a note and all else that it stands beside."""
_AIR = 2.5
_LEADER = 0.5
_TRIES = 200
"""Things that a note may be moved beyond; nobody looks for it further out."""


class Noted(Record):
    """Where notes stand, in a layout as large as they need: their marks, and the nodes without room for one."""

    marks: tuple[Mark, ...]
    left: float
    top: float
    right: float
    bottom: float
    homeless: tuple[str, ...]


class _Scenery(Record):
    """What a note must not touch: solid things and lines, and the regions around each node."""

    solid: Grid[Bounds]
    lines: Grid[Bounds]
    regions: tuple[tuple[str, Rect], ...]


def noted(
    notes: Mapping[str, str],
    layout: Layout,
    around: Mapping[str, frozenset[str]],
    spare: float | None,
    direction: Direction,
    theme: Theme,
) -> Noted:
    """Set `notes`, by the ids of nodes, beside their boxes; `around` are the regions that each of these lies in.

    `left`, `top`, `right` and `bottom` say how far the notes reach beyond the layout, in its width by `spare` at most.
    """
    scenery = _scenery(layout, theme)
    is_across = direction in {"right", "left"}
    size, face = theme.sizes.label, theme.face
    marks, homeless, taken = list[Mark](), list[str](), list[Rect]()
    for node, text in notes.items():
        box = layout.boxes[node]
        limit = max(_LONGEST["across"], box.width) if is_across else _LONGEST["down"]
        lines = [line for part in text.splitlines() for line in broken(part, size, face, limit)] or [""]
        breadth = max(width(line, size, face) for line in lines)
        cap = metrics(face).cap_height * size
        height = cap + (len(lines) - 1) * size * 1.35 + metrics(face).descent * size
        own = around.get(node, frozenset())
        places = _places(box, breadth, height, scenery, own, taken, is_across=is_across)
        place = next((each for each in places if _fits([*taken, each], layout, spare)), None)
        if place is None:
            homeless.append(node)
            continue
        taken.append(place)
        marks.append(_marks(node, lines, box, place, theme))
    page = layout.size
    return Noted(
        marks=tuple(marks),
        left=max([0.0, *(-rect.x for rect in taken)]),
        top=max([0.0, *(-rect.y for rect in taken)]),
        right=max([0.0, *(rect.right - page.width for rect in taken)]),
        bottom=max([0.0, *(rect.bottom - page.height for rect in taken)]),
        homeless=tuple(homeless),
    )


def _fits(places: list[Rect], layout: Layout, spare: float | None) -> bool:
    if spare is None:
        return True
    left = min(0.0, *(rect.x for rect in places))
    right = max(layout.size.width, *(rect.right for rect in places))
    return right - left <= layout.size.width + spare


def _scenery(layout: Layout, theme: Theme) -> _Scenery:
    solid = [_bounds(rect) for rect in (*layout.boxes.values(), *layout.labels.values())]
    caption = theme.sizes.caption + 2 * theme.spacing.caption
    further = [(key, part) for key, parts in layout.continued.items() for part in parts]
    captioned = [*layout.clusters.values(), *(part.rect for _, part in further if part.caption)]
    solid += [(rect.x, rect.y, rect.right, rect.y + caption) for rect in captioned]
    lines = [
        (min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
        for route in layout.routes.values()
        for a, b in pairwise(route)
    ]
    return _Scenery(
        solid=Grid([(each, each) for each in solid]),
        lines=Grid([(each, each) for each in lines]),
        regions=(*layout.clusters.items(), *((key, part.rect) for key, part in further)),
    )


def _places(  # noqa: PLR0913 - what a place depends on
    box: Rect,
    breadth: float,
    height: float,
    scenery: _Scenery,
    own: frozenset[str],
    taken: list[Rect],
    *,
    is_across: bool,
) -> list[Rect]:
    """Return places beside a box, the nearest first, that behind it before that in front of it."""
    found: list[Rect] = []
    for forward in (True, False):
        place = _start(box, breadth, height, forward=forward, is_across=is_across)
        for _ in range(_TRIES):
            hit = _hit(place, scenery, own, taken)
            if hit is None:
                if _is_in_sight(box, place, scenery, own, is_across=is_across):
                    found.append(place)
                break
            place = _beyond(place, hit, forward=forward, is_across=is_across)
    return sorted(found, key=lambda place: round(_way(box, place)))


def _way(box: Rect, place: Rect) -> float:
    """Return how long the line from a box to its note is."""
    a, b = _ends(box, place)
    return abs(a.x - b.x) + abs(a.y - b.y)


def _start(box: Rect, breadth: float, height: float, *, forward: bool, is_across: bool) -> Rect:
    if is_across:
        y = box.bottom + _GAP if forward else box.y - _GAP - height
        return Rect(box.center.x - breadth / 2, y, breadth, height)
    x = box.right + _GAP if forward else box.x - _GAP - breadth
    return Rect(x, box.center.y - height / 2, breadth, height)


def _beyond(place: Rect, hit: Bounds, *, forward: bool, is_across: bool) -> Rect:
    if is_across:
        y = hit[3] + _AIR + 0.1 if forward else hit[1] - _AIR - 0.1 - place.height
        return Rect(place.x, y, place.width, place.height)
    x = hit[2] + _AIR + 0.1 if forward else hit[0] - _AIR - 0.1 - place.width
    return Rect(x, place.y, place.width, place.height)


def _hit(place: Rect, scenery: _Scenery, own: frozenset[str], taken: Iterable[Rect]) -> Bounds | None:
    """Return something that a note at this place would touch; of a region around its node that is the border."""
    wide = (place.x - _AIR, place.y - _AIR, place.right + _AIR, place.bottom + _AIR)
    for grid in (scenery.solid, scenery.lines):
        for each in grid.near(wide):
            if _meet(each, wide):
                return each
    for rect in taken:
        if _meet(_bounds(rect), wide):
            return _bounds(rect)
    for key, rect in scenery.regions:
        each = _bounds(rect)
        if _meet(each, wide) and not (key in own and _holds(each, wide)):
            return each
    return None


def _is_in_sight(box: Rect, place: Rect, scenery: _Scenery, own: frozenset[str], *, is_across: bool) -> bool:
    """Tell whether a line from a box to its note crosses nothing but other lines, and those at right angles."""
    a, b = _ends(box, place)
    strip = (min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
    near = (strip[0] - _AIR, strip[1] - _AIR, strip[2] + _AIR, strip[3] + _AIR)
    inner = (strip[0], near[1], strip[2], near[3]) if not is_across else (near[0], strip[1], near[2], strip[3])
    if any(_meet(each, inner) and each != _bounds(box) for each in scenery.solid.near(inner)):
        return False
    for each in scenery.lines.near(inner):
        is_along = each[0] == each[2] if is_across else each[1] == each[3]
        if is_along and _meet(each, inner):
            return False
    return not any(key not in own and _meet(_bounds(rect), inner) for key, rect in scenery.regions)


def _ends(box: Rect, place: Rect) -> tuple[Point, Point]:
    """Return where the line from a box to its note begins and ends."""
    if place.x >= box.right:
        return Point(box.right, box.center.y), Point(place.x - 1.5, box.center.y)
    if place.right <= box.x:
        return Point(box.x, box.center.y), Point(place.right + 1.5, box.center.y)
    if place.y >= box.bottom:
        return Point(box.center.x, box.bottom), Point(box.center.x, place.y - 1.5)
    return Point(box.center.x, box.y), Point(box.center.x, place.bottom + 1.5)


def _marks(node: str, lines: list[str], box: Rect, place: Rect, theme: Theme) -> Group:
    size, face = theme.sizes.label, theme.face
    cap = metrics(face).cap_height * size
    start, end = _ends(box, place)
    is_beside = start.y == end.y
    is_before = is_beside and place.right <= box.x
    x = place.right if is_before else place.x if is_beside else box.center.x
    leader = Path(segments=(Move(start), Line(end)), stroke=Stroke(paint="grey", width=_LEADER))
    texts = [
        Text(
            at=Point(x, place.y + cap + number * size * 1.35),
            text=line,
            size=size,
            face=face,
            anchor="end" if is_before else "start" if is_beside else "middle",
        )
        for number, line in enumerate(lines)
    ]
    return Group(marks=(leader, *texts), ref=node, part="note", title=" ".join(lines))


def _bounds(rect: Rect) -> Bounds:
    return rect.x, rect.y, rect.right, rect.bottom


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
