"""Shaded boxes behind nodes that a caller names, with captions; the drawing makes room for both.

Unlike regions, which the layout keeps free of all else, they only surround their members: they may cross each other.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Layout
from cutaway.record import Record, replace
from cutaway.ruler import Face, metrics, width
from cutaway.scene import Group, Mark, Path, Rgba, Role, Rounded, Stroke, Text
from cutaway.views.composition import shifted
from cutaway.views.parts.move import moved
from cutaway.views.parts.stretch import Strips, stretched
from cutaway.views.parts.wrap import broken

_LEADING = 1.25
_STEPS = 200
"""How many lines further down a caption is tried."""


class Grouping(Record):
    """A box behind the nodes `members` (their ids), `padding` points larger than they are on all sides.

    The caption stands centred below it, or `above`, at a distance of `spacing`.
    """

    members: tuple[str, ...]
    caption: str = ""
    padding: float = 10.0
    fill: Role | Rgba | None = "region"
    stroke: Role | Rgba | None = "region.stroke"
    width: float = 1.0
    radius: float = 0.0
    above: bool = False
    spacing: float = 5.0
    face: Face = Face()
    size: float = 7.5
    color: Role | Rgba = "ink"


class Grouped(Record):
    """A layout with room for its groupings, and their marks, which lie behind all others."""

    layout: Layout
    marks: tuple[Mark, ...]


def grouped(groupings: Sequence[Grouping], layout: Layout) -> Grouped:
    """Set groupings behind the boxes of a layout, which moves apart what they would touch, and grows around them."""
    known = [each for each in groupings if any(member in layout.boxes for member in each.members)]
    if not known:
        return Grouped(layout=layout, marks=())
    inner_first = sorted(known, key=lambda each: len(each.members))
    for each in inner_first:
        layout = _spaced(each, layout, inner_first)
    rects = _rects(inner_first, layout)
    captions = _captions(inner_first, rects, layout)
    everything = [*rects, *(rect for rect, _ in captions if rect)]
    strokes = [rect.grown(each.width / 2) for rect, each in zip(rects, inner_first, strict=True) if each.stroke]
    room = _around([Rect(0.0, 0.0, layout.size.width, layout.size.height), *everything, *strokes])
    order = sorted(range(len(known)), key=lambda place: -len(inner_first[place].members))
    marks: list[Mark] = []
    for place in order:
        inside = [box for box, rect in layout.boxes.items() if rects[place].contains(rect) and not box.startswith("\0")]
        box, words = _drawn(inner_first[place], rects[place], captions[place][1])
        marks += [moved(each, -room.x, -room.y) for each in (replace(box, stands_for=tuple(inside)), words)]
    at_zero = replace(shifted(layout, -room.x, -room.y), size=Size(room.width, room.height))
    return Grouped(layout=at_zero, marks=tuple(marks))


def _spaced(grouping: Grouping, layout: Layout, groupings: Sequence[Grouping]) -> Layout:
    """Return a layout in which the nearest boxes on all sides are clear of a grouping and its caption."""
    inside = _rects([each for each in groupings if _is_inner(each, grouping)], layout)
    core = _around([*(layout.boxes[each] for each in grouping.members if each in layout.boxes), *inside])
    low = _caption_size(grouping, core.width + 2 * grouping.padding).height
    above, below = (low, 0.0) if grouping.above else (0.0, low)
    pad = grouping.padding + grouping.width
    others = [rect for box, rect in layout.boxes.items() if box not in grouping.members]
    xs, ys = Strips(), Strips()
    for rect in others:
        if rect.y < core.bottom + pad and rect.bottom > core.y - pad:
            xs.keep_apart(rect.x, rect.right, core.x, core.right, pad, pad)
        if rect.x < core.right + pad and rect.right > core.x - pad:
            ys.keep_apart(rect.y, rect.bottom, core.y, core.bottom, pad + above, pad + below)
    boxes = list(layout.boxes.values())
    across = xs.free([(rect.x, rect.right) for rect in boxes])
    down = ys.free([(rect.y, rect.bottom) for rect in boxes])
    return stretched(layout, across, down) if across or down else layout


def _rects(groupings: Sequence[Grouping], layout: Layout) -> list[Rect]:
    """Return the box of each grouping, those with fewer members being known first."""
    found: list[Rect] = []
    for place, each in enumerate(groupings):
        core = [layout.boxes[member] for member in each.members if member in layout.boxes]
        core += [rect for rect, other in zip(found, groupings[:place], strict=False) if _is_inner(other, each)]
        found.append(_around(core).grown(each.padding))
    return found


def _is_inner(one: Grouping, other: Grouping) -> bool:
    return one is not other and len(one.members) < len(other.members) and set(one.members) <= set(other.members)


def _captions(
    groupings: Sequence[Grouping], rects: Sequence[Rect], layout: Layout
) -> list[tuple[Rect | None, tuple[Text, ...]]]:
    """Set each caption where it meets no box, line, label or other caption; further off where need be."""
    taken = list(_obstacles(layout))
    found: list[tuple[Rect | None, tuple[Text, ...]]] = []
    for place, (each, rect) in enumerate(zip(groupings, rects, strict=True)):
        if not each.caption:
            found.append((None, ()))
            continue
        size = _caption_size(each, rect.width)
        others = [other for number, other in enumerate(rects) if number != place and _cuts(other, rect)]
        spot = _free(each, rect, size, [*taken, *others])
        taken.append(spot)
        found.append((spot, _lines(each, spot, rect.width)))
    return found


def _cuts(other: Rect, rect: Rect) -> bool:
    """Tell whether the border of another box could run through the caption of this one."""
    return not other.contains(rect.grown(1.0))


def _free(grouping: Grouping, rect: Rect, size: Size, taken: Sequence[Rect]) -> Rect:
    """Return the first place below (or above) a box, else on its other side, that nothing takes."""
    left = rect.center.x - size.width / 2
    aside = (rect.width - size.width) / 2  # a line may run through the middle
    step = grouping.size / 2
    low = Rect(left, rect.bottom + grouping.spacing, size.width, size.height - grouping.spacing)
    high = Rect(left, rect.y - size.height, size.width, size.height - grouping.spacing)
    sides = [(high, -step), (low, step)] if grouping.above else [(low, step), (high, -step)]
    for number in range(_STEPS):
        for spot, way in sides[: 1 if number < 3 else 2]:
            for dx in (0.0, -aside, aside):
                wish = spot.moved(dx, way * number)
                if not any(wish.overlaps(each) for each in taken):
                    return wish
    return sides[0][0]


def _obstacles(layout: Layout) -> Iterator[Rect]:
    yield from layout.boxes.values()
    yield from layout.labels.values()
    yield from layout.clusters.values()
    yield from (part.rect for parts in layout.continued.values() for part in parts)
    for route in layout.routes.values():
        for one, two in pairwise(route):
            left, top = min(one.x, two.x), min(one.y, two.y)
            yield Rect(left, top, abs(one.x - two.x), abs(one.y - two.y)).grown(1.0)


def _caption_size(grouping: Grouping, breadth: float) -> Size:
    """Return the room that a caption takes beside its box, with the distance to it."""
    lines = _broken(grouping, breadth)
    if not lines:
        return Size(0.0, 0.0)
    widest = max(width(line, grouping.size, grouping.face) for line in lines)
    known = metrics(grouping.face)
    high = known.cap_height + known.descent + (len(lines) - 1) * _LEADING
    return Size(widest, high * grouping.size + grouping.spacing)


def _broken(grouping: Grouping, breadth: float) -> tuple[str, ...]:
    if not grouping.caption:
        return ()
    limit = max(breadth, 6 * grouping.size)
    lines = [
        line for part in grouping.caption.splitlines() for line in broken(part, grouping.size, grouping.face, limit)
    ]
    return tuple(lines)


def _lines(grouping: Grouping, spot: Rect, breadth: float) -> tuple[Text, ...]:
    cap, size = metrics(grouping.face).cap_height, grouping.size
    return tuple(
        Text(
            at=Point(spot.center.x, spot.y + (cap + place * _LEADING) * size),
            text=line,
            size=size,
            face=grouping.face,
            fill=grouping.color,
            anchor="middle",
        )
        for place, line in enumerate(_broken(grouping, breadth))
    )


def _drawn(grouping: Grouping, rect: Rect, lines: Sequence[Text]) -> tuple[Group, Group]:
    stroke = Stroke(paint=grouping.stroke, width=grouping.width) if grouping.stroke and grouping.width > 0 else None
    box = Path(segments=Rounded(rect, grouping.radius), fill=grouping.fill, stroke=stroke)
    group = Group(marks=(box,), ref=grouping.caption, part="grouping", title=grouping.caption)
    return group, Group(marks=tuple(lines), ref=grouping.caption)


def _around(rects: Sequence[Rect]) -> Rect:
    left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
    right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
    return Rect(left, top, right - left, bottom - top)
